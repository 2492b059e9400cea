"""Whose turn it is, and who is asked together before it comes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vfadmin.sync.ahead import TOGETHER, Turns


def test_where_nobody_is_asked_together_everybody_comes_in_order() -> None:
    turns = Turns([3, 1, 2, 3], together=False)
    assert [turns.next() for _ in range(3)] == [3, 1, 2]
    assert not turns


def test_twenty_are_asked_together_and_come_next() -> None:
    turns = Turns(range(50), together=True)
    first = turns.next()
    assert first == tuple(range(TOGETHER))
    second = turns.next()
    assert second == tuple(range(TOGETHER, 2 * TOGETHER))
    turns.asked(first)
    assert [turns.next() for _ in range(TOGETHER)] == list(range(TOGETHER))
    assert turns.next() == tuple(range(2 * TOGETHER, 50))


def test_who_is_alone_asks_for_himself_and_who_was_woken_goes_first() -> None:
    turns = Turns([7], together=True)
    assert turns.next() == 7
    turns = Turns([7, 8], together=False)
    turns.hurry(8)
    turns.hurry(9)
    assert [turns.next() for _ in range(3)] == [9, 7, 8]


@given(people=st.lists(st.integers(0, 99)), woken=st.lists(st.integers(0, 99), max_size=5))
def test_everybody_has_one_turn(people: list[int], woken: list[int]) -> None:
    turns = Turns(people, together=True)
    for one in woken:
        turns.hurry(one)
    had: list[int] = []
    while turns:
        some = turns.next()
        if isinstance(some, tuple):
            assert len(some) <= TOGETHER
            turns.asked(some)
        else:
            had.append(some)
    assert sorted(had) == sorted({*people, *woken})

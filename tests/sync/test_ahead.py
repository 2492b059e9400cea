"""Whose turn it is, and who is taken together before it comes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vfadmin.sync.ahead import TOGETHER, Turns


def test_where_nobody_is_taken_together_everybody_comes_in_order() -> None:
    turns = Turns([3, 1, 2, 3], together=False)
    assert [turns.next() for _ in range(3)] == [3, 1, 2]
    assert not turns
    assert turns.next() is None


def test_twenty_are_taken_together_and_come_next() -> None:
    turns = Turns(range(50), together=True)
    first = turns.next()
    assert first == tuple(range(TOGETHER))
    second = turns.next()
    assert second == tuple(range(TOGETHER, 2 * TOGETHER))
    turns.ready(first)
    assert [turns.next() for _ in range(TOGETHER)] == list(range(TOGETHER))
    assert turns.next() == tuple(range(2 * TOGETHER, 50))


def test_no_more_are_taken_than_are_soon_to_come() -> None:
    turns = Turns(range(60), together=True)
    some = turns.next(enough=4)
    assert isinstance(some, tuple)
    assert turns.next(may_take=False, enough=4) is None, "one has to wait for those who are being taken"
    turns.ready(some)
    assert [turns.next(enough=4) for _ in range(17)] == [*range(17)]
    assert turns.next(enough=4) == tuple(range(TOGETHER, 2 * TOGETHER)), "three are left, and four are enough"
    assert turns.next(may_take=False, enough=4) == 17


def test_who_is_alone_is_taken_by_himself_and_who_was_woken_goes_first() -> None:
    turns = Turns([7], together=True)
    assert turns.next() == 7
    turns = Turns([7, 8], together=False)
    turns.hurry(8)
    turns.hurry(9)
    assert [turns.next() for _ in range(3)] == [9, 7, 8]


def test_who_falls_due_meanwhile_comes_last_and_once() -> None:
    turns = Turns([7, 8], together=False)
    turns.queue([8, 9, 9])
    assert [turns.next() for _ in range(3)] == [7, 8, 9]
    turns.queue([7])
    assert turns.next() == 7


@given(
    people=st.lists(st.integers(0, 99)),
    woken=st.lists(st.integers(0, 99), max_size=5),
    due=st.lists(st.integers(0, 99), max_size=30),
    enough=st.integers(1, 27),
)
def test_everybody_has_one_turn(people: list[int], woken: list[int], due: list[int], enough: int) -> None:
    turns = Turns(people, together=True)
    for one in woken:
        turns.hurry(one)
    turns.queue(due)
    had: list[int] = []
    while turns:
        some = turns.next(enough=enough)
        if isinstance(some, tuple):
            assert len(some) <= TOGETHER
            turns.ready(some)
        else:
            assert some is not None
            had.append(some)
    assert sorted(had) == sorted({*people, *woken, *due})

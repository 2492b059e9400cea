from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vfadmin.ui.persons.difference import LIMIT, steps

ids = st.lists(st.integers(0, 30), unique=True, max_size=25)


@given(ids, ids)
def test_the_steps_lead_from_one_list_to_the_other(old: list[int], new: list[int]) -> None:
    plan = steps(old, new)
    staying = [one for one in old if one in new]
    if plan is None:
        assert staying != [one for one in new if one in old], "only another order may give up"
        return
    played = list(old)
    for step in plan:
        if step.inserted:
            assert step.last - step.first + 1 == len(step.inserted)
            played[step.first : step.first] = step.inserted
        else:
            del played[step.first : step.last + 1]
    assert played == new


def test_nothing_changed_needs_no_step() -> None:
    assert steps(range(1000), range(1000)) == []


def test_many_scattered_changes_are_left_to_a_reset() -> None:
    assert steps(range(1000), range(0, 1000, 3)) is None
    assert steps(range(9000), range(10)) is None
    assert len(steps(range(1000), [n for n in range(1000) if n % 20]) or []) <= LIMIT

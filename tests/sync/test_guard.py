"""The delete guard's limits (R-less rule of the design: max(5, min(50, 10 %)))."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.sync.guard import Deletions, fleet_limit, held, limit
from vfadmin.sync.values import GuardLimits

LIMITS = GuardLimits()


@pytest.mark.parametrize(("pairs", "allowed"), [(0, 5), (40, 5), (64, 6), (300, 30), (500, 50), (9000, 50)])
def test_the_limit_grows_with_the_mailbox_between_5_and_50(pairs: int, allowed: int) -> None:
    assert limit(pairs, LIMITS) == allowed
    assert not held(Deletions(planned=allowed, inferred=0, recent=0, pairs=pairs), LIMITS)
    assert held(Deletions(planned=allowed + 1, inferred=0, recent=0, pairs=pairs), LIMITS)


def test_yesterdays_deletions_count_too() -> None:
    assert held(Deletions(planned=3, inferred=0, recent=3, pairs=10), LIMITS)


@pytest.mark.parametrize(("inferred", "waits"), [(1, False), (2, True)])
def test_deletions_nobody_told_of_are_held_sooner(inferred: int, waits: bool) -> None:
    assert held(Deletions(planned=inferred, inferred=inferred, recent=0, pairs=8), LIMITS) is waits


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_nothing_planned_is_never_held(recent: int, pairs: int) -> None:
    assert not held(Deletions(planned=0, inferred=0, recent=recent, pairs=pairs), LIMITS)


@pytest.mark.parametrize(("pairs", "allowed"), [(0, 50), (4_000, 50), (20_000, 200)])
def test_a_few_deletions_in_each_of_many_mailboxes_wait_too(pairs: int, allowed: int) -> None:
    assert fleet_limit(pairs, LIMITS) == allowed
    before = Deletions(1, inferred=0, recent=0, pairs=40, fleet_recent=allowed - 1, fleet_pairs=pairs)
    behind = Deletions(1, inferred=0, recent=0, pairs=40, fleet_recent=allowed, fleet_pairs=pairs)
    assert (held(before, LIMITS), held(behind, LIMITS)) == (False, True)

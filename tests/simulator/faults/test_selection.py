"""Which requests a rule strikes."""

from __future__ import annotations

import pytest

from vfadmin.simulator.faults import FaultRule, FaultRules
from vfadmin.simulator.faults.selection import drawn


def struck(rules: FaultRules, count: int) -> list[bool]:
    return [rules.first("instead", "GetItem", "a@x.test") is not None for _ in range(count)]


def in_force(*rules: FaultRule) -> FaultRules:
    found = FaultRules()
    found.replace(rules)
    return found


def test_some_pass_first_and_then_as_many_are_struck_as_was_said() -> None:
    assert struck(in_force(FaultRule(skip=2, times=2)), 6) == [False, False, True, True, False, False]


def test_the_same_seed_strikes_the_same_requests() -> None:
    rule = FaultRule(times=None, probability=0.3, seed=7)
    once, again = struck(in_force(rule), 500), struck(in_force(rule), 500)

    assert once == again
    assert once != struck(in_force(FaultRule(times=None, probability=0.3, seed=8)), 500)
    assert 100 < sum(once) < 200


@pytest.mark.parametrize(("share", "all_or_none"), [(0.0, False), (1.0, True)])
def test_none_and_all_are_exact(share: float, all_or_none: bool) -> None:
    assert {drawn(3, number, share) for number in range(500)} == {all_or_none}


def test_a_second_rule_follows_when_the_first_is_used_up() -> None:
    rules = in_force(FaultRule(status=503), FaultRule(status=429))

    found = [rules.first("instead", "GetItem", "a@x.test") for _ in range(3)]

    assert [rule.status if rule else None for rule in found] == [503, 429, None]


@pytest.mark.parametrize(
    "rule",
    [
        FaultRule(operation="FindItem"),
        FaultRule(mailbox="b@x.test"),
        FaultRule(kind="drip"),
        FaultRule(times=0),
    ],
)
def test_what_does_not_fit_passes(rule: FaultRule) -> None:
    assert struck(in_force(rule), 2) == [False, False]


def test_a_kind_does_not_count_what_it_cannot_touch() -> None:
    rules = in_force(FaultRule(kind="empty_list"))

    assert rules.every("content", "GetItem", "a@x.test") == []
    assert len(rules.every("content", "FindItem", "a@x.test")) == 1

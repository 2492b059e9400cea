"""What a pair looks like after a write, at the edges no cycle is meant to reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.strategies import plain
from vfadmin.calendars.base import Capabilities, Item, Side, Written
from vfadmin.sync.settle import agreed_of, finished, from_payload, intent_payload, target_of
from vfadmin.sync.values import Act, Outcome, PairPlan, PairView, Reason, Twin, Write

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
CAPABILITIES = {VF: Capabilities(), EX: Capabilities()}
EVENT = plain()
PAIR = PairView("k", Twin("7", "1", EVENT), Twin("AAA", "ck", EVENT), EVENT, row=1)
ITEMS = {VF: Item("7", "2", EVENT), EX: Item("AAA", "ck", EVENT)}


def test_a_plan_without_an_event_cannot_write_one() -> None:
    plan = PairPlan(PAIR, ITEMS, None, (), Outcome.CLOSE)
    with pytest.raises(ValueError, match="agreed on no event"):
        agreed_of(plan)


def test_a_write_needs_something_to_aim_at() -> None:
    plan = PairPlan(PAIR, {VF: None, EX: None}, EVENT, (), Outcome.SETTLE)
    with pytest.raises(ValueError, match="no item"):
        target_of(plan, Write(Act.UPDATE, EX, Reason.EDITED))


def test_a_first_of_two_writes_leaves_what_was_never_seen_unseen() -> None:
    unseen = replace(PAIR, valueframe=Twin("7"), exchange=Twin("AAA"), base=None)
    agreed = replace(EVENT, title="Uusi")
    write = Write(Act.UPDATE, EX, Reason.MATCHED, frozenset({"title"}), frozenset({"title"}), final=False)
    plan = PairPlan(unseen, ITEMS, agreed, (write,), Outcome.SETTLE)
    after = finished(plan, write, Written("AAA", "ck2"), CAPABILITIES)
    assert (after.pair.exchange.seen, after.pair.base) == (None, None)
    shown = after.current[EX]
    assert shown is not None
    assert shown.event.title == "Uusi"


def test_an_intent_remembers_all_that_finishing_needs() -> None:
    agreed = replace(EVENT, title="Uusi")
    write = Write(
        Act.UPDATE,
        EX,
        Reason.CONFLICT,
        frozenset({"title"}),
        frozenset({"title"}),
        True,
        frozenset({"title"}),
    )
    plan = PairPlan(PAIR, ITEMS, agreed, (write,), Outcome.SETTLE)
    remembered, same = from_payload(PAIR, "update", "exchange", intent_payload(plan, write))
    assert same == write
    assert remembered.agreed == agreed
    written = Written("AAA", "ck2")
    assert (
        finished(remembered, same, written, CAPABILITIES).pair
        == finished(plan, write, written, CAPABILITIES).pair
    )

"""Naming a plan's operations for people: a dry run tells them beforehand, a verify afterwards."""

from __future__ import annotations

from vfadmin.calendars.base import Side
from vfadmin.sync.values import PairPlan, PlannedOperation, Write


def operation_of(plan: PairPlan, write: Write) -> PlannedOperation:
    """One write of a plan."""
    return operation(plan, write.side, write.act.value, write.reason.value, tuple(sorted(write.names)))


def operation(
    plan: PairPlan, side: Side, word: str, reason: str, names: tuple[str, ...] = ()
) -> PlannedOperation:
    """What is done to the plan's event on that side, in the words of the history."""
    item = plan.current[side] or plan.current[side.other]
    event = plan.agreed or (item.event if item else None)
    if event is None:
        return PlannedOperation(side, word, reason, "", None, private=False, fields=names)
    title = "" if event.private else event.title
    return PlannedOperation(side, word, reason, title, event.when.start, event.private, names)

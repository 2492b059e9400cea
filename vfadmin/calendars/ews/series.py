"""Bringing the occurrences of a series into step: what differs, and the requests that settle it.

A series is written in several requests: its master first, then deletions and changes of occurrences. The
master says of which write it is unfinished until the last of them is through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from lxml import etree

from vfadmin.calendars.event import NO_REMINDER, Event
from vfadmin.calendars.ews import properties
from vfadmin.calendars.ews.soap import Message
from vfadmin.calendars.ews.write import SEND_TO_NONE, Part, occurrence_parts, set_fields
from vfadmin.calendars.ews.xml import branch, element
from vfadmin.calendars.recurrence.days import number
from vfadmin.calendars.series import OVERRIDABLE, Override, Recurrence, occurrence, rule_of

_BATCH = 50
_T = TypeVar("_T")
_SETTLED = frozenset({"ErrorItemNotFound", "ErrorCalendarOccurrenceIsDeletedFromRecurrence"})
"""What a deletion is answered where the occurrence is gone already."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be done to the occurrences of a series: days to delete, and fields to set, in order."""

    deleted: tuple[date, ...]
    changed: tuple[tuple[date, frozenset[str]], ...]


def deviates(recurrence: Recurrence | None) -> bool:
    """Whether any occurrence is not as its series."""
    return recurrence is not None and bool(recurrence.exceptions or recurrence.deleted)


def difference(stands: Recurrence, wanted: Event) -> Difference:
    """What makes the occurrences that stand those of the wanted series.

    A move is refused while it crosses a neighbour, be it one that will move away itself. So what goes
    later is moved last first, and then what goes earlier first first.
    """
    target = wanted.recurrence or Recurrence("")
    before = {one.original: one for one in stands.exceptions}
    after = {one.original: one for one in target.exceptions}
    changed = {
        day: _differing(before.get(day, Override(day)), after.get(day, Override(day)))
        for day in sorted((before.keys() | after.keys()) - set(target.deleted))
    }
    changed = {day: names for day, names in changed.items() if names}
    later = [day for day in changed if _goes_later(after.get(day), wanted)]
    order = [*reversed(later), *(day for day in changed if day not in later)]
    gone = tuple(day for day in target.deleted if day not in stands.deleted)
    return Difference(gone, tuple((day, changed[day]) for day in order))


def yielding(before: Recurrence | None, stands: Event, wanted: Event) -> Event:
    """The wanted series where somebody may have changed it right after its master was written.

    What he did to an occurrence stays: it is neither as it was ``before`` nor as its series. Where the rule
    is not ours any more nothing is left to do, for the number of an occurrence would mean another day.
    """
    ours, theirs = wanted.recurrence, stands.recurrence
    if ours is None or theirs is None:
        return stands
    if (ours.rrule, wanted.when.start) != (theirs.rrule, stands.when.start):
        return stands
    known = {one.original: one for one in (before or Recurrence("")).exceptions}
    edited = {one.original: one for one in theirs.exceptions if one != known.get(one.original)}
    kept = [one for one in ours.exceptions if one.original not in edited]
    exceptions = sorted((*kept, *edited.values()), key=lambda one: one.original)
    deleted = tuple(day for day in ours.deleted if day not in edited)
    return replace(wanted, recurrence=replace(ours, exceptions=tuple(exceptions), deleted=deleted))


def settling(master_id: str, stands: Recurrence, wanted: Event, home_zone: str) -> tuple[etree._Element, ...]:
    """The requests that make the occurrences that stand those of the wanted series, in their order."""
    todo = difference(stands, wanted)
    return (
        *deletions(master_id, wanted, todo.deleted),
        *changes(master_id, wanted, todo.changed, home_zone),
    )


def check(messages: Iterable[Message]) -> None:
    """Raise the first fault that a settling request was answered; what is gone already is none."""
    for message in messages:
        if message.fault is not None and message.fault.code not in _SETTLED:
            raise message.fault


def deletions(master_id: str, wanted: Event, days: tuple[date, ...]) -> Iterator[etree._Element]:
    """DeleteItem of single occurrences, to Deleted Items and without a word to anybody."""
    for some in _batches(days):
        yield branch(
            "m:DeleteItem",
            branch("m:ItemIds", *(_occurrence_id(master_id, wanted, day) for day in some)),
            DeleteType="MoveToDeletedItems",
            SendMeetingCancellations=SEND_TO_NONE,
        )


def changes(
    master_id: str, wanted: Event, changed: tuple[tuple[date, frozenset[str]], ...], home_zone: str
) -> Iterator[etree._Element]:
    """UpdateItem of single occurrences; the master was just written on condition that nobody else had."""
    own = {} if wanted.recurrence is None else {one.original: one for one in wanted.recurrence.exceptions}
    for some in _batches(changed):
        made = []
        for day, names in some:
            shown = _as_event(wanted, own.get(day, Override(day)))
            sets = set_fields(occurrence_parts(shown, names, wanted.when.all_day, home_zone))
            made.append(branch("t:ItemChange", _occurrence_id(master_id, wanted, day), sets))
        yield _overwriting(*made)


def finished(master_id: str) -> etree._Element:
    """UpdateItem that takes the mark of an unfinished write off the master."""
    done = Part(properties.UNFINISHED, properties.value_element(properties.UNFINISHED, properties.DONE))
    return _overwriting(branch("t:ItemChange", element("t:ItemId", Id=master_id), set_fields([done])))


def _overwriting(*made: etree._Element) -> etree._Element:
    return branch(
        "m:UpdateItem",
        branch("m:ItemChanges", *made),
        ConflictResolution="AlwaysOverwrite",
        MessageDisposition="SaveOnly",
        SendMeetingInvitationsOrCancellations=SEND_TO_NONE,
    )


def _occurrence_id(master_id: str, wanted: Event, day: date) -> etree._Element:
    """An occurrence by its number; deleted ones keep theirs (MS-OXWSCDATA 2.2.4.51)."""
    index = 0 if wanted.recurrence is None else number(rule_of(wanted.recurrence, wanted.when), day)
    return element("t:OccurrenceItemId", RecurringMasterId=master_id, InstanceIndex=str(index))


def _as_event(series: Event, own: Override) -> Event:
    """The occurrence as an event of its own."""
    given = {name: value for name in OVERRIDABLE if (value := getattr(own, name)) is not None}
    if given.get("reminder_minutes") == NO_REMINDER:
        given["reminder_minutes"] = None
    return replace(series, **{"when": occurrence(series.when, own.original), **given})


def _differing(one: Override, other: Override) -> frozenset[str]:
    return frozenset(name for name in OVERRIDABLE if getattr(one, name) != getattr(other, name))


def _goes_later(own: Override | None, series: Event) -> bool:
    if own is None or own.when is None:
        return False
    return own.when.start > occurrence(series.when, own.original).start


def _batches(things: tuple[_T, ...]) -> Iterator[tuple[_T, ...]]:
    for start in range(0, len(things), _BATCH):
        yield things[start : start + _BATCH]

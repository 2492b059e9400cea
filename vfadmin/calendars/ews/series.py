"""Bringing the occurrences of a series into step: what differs, and the requests that settle it.

A series is written in several requests: its master first, then deletions and changes of occurrences. The
master says of which write it is unfinished until the last of them is through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from lxml import etree

from vfadmin.calendars.event import Event
from vfadmin.calendars.ews import properties
from vfadmin.calendars.ews.soap import Message
from vfadmin.calendars.ews.write import SEND_TO_NONE, Part, occurrence_parts, set_fields
from vfadmin.calendars.ews.xml import branch, element
from vfadmin.calendars.exchange import marks
from vfadmin.calendars.exchange.occurrences import as_event, difference
from vfadmin.calendars.recurrence.days import number
from vfadmin.calendars.series import Override, Recurrence, rule_of

_BATCH = 50
_T = TypeVar("_T")
_SETTLED = frozenset({"ErrorItemNotFound", "ErrorCalendarOccurrenceIsDeletedFromRecurrence"})
"""What a deletion is answered where the occurrence is gone already."""


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
            shown = as_event(wanted, own.get(day, Override(day)))
            sets = set_fields(occurrence_parts(shown, names, wanted.when.all_day, home_zone))
            made.append(branch("t:ItemChange", _occurrence_id(master_id, wanted, day), sets))
        yield _overwriting(*made)


def finished(master_id: str) -> etree._Element:
    """UpdateItem that takes the mark of an unfinished write off the master."""
    done = Part(marks.UNFINISHED, properties.value_element(marks.UNFINISHED, marks.DONE))
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


def _batches(things: tuple[_T, ...]) -> Iterator[tuple[_T, ...]]:
    for start in range(0, len(things), _BATCH):
        yield things[start : start + _BATCH]

"""Events as rows and back: which column holds which field, and what the store can represent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import aliased

from vfadmin.calendars.base import RECURRENCE, ZONE, Capabilities, Item
from vfadmin.calendars.codec import recurrence_json
from vfadmin.calendars.event import (
    FIELDS,
    NO_REMINDER,
    PERSONAL,
    Event,
    Participant,
    Recurrence,
    ShowAs,
    When,
    canonical,
    readable,
)
from vfadmin.calendars.series import has_clock
from vfadmin.calendars.series_json import Clock, read_day, read_override
from vfadmin.models import CalendarEvent, EventParticipant

LINK = aliased(EventParticipant, name="link")
"""The link of the person whose calendar is read, where the event is somebody else's."""

COLUMNS = (
    CalendarEvent.id,
    CalendarEvent.version,
    CalendarEvent.title,
    CalendarEvent.location,
    CalendarEvent.body,
    CalendarEvent.starts_at,
    CalendarEvent.ends_at,
    CalendarEvent.all_day,
    CalendarEvent.zone,
    CalendarEvent.private,
    CalendarEvent.show_as,
    CalendarEvent.reminder_minutes,
    CalendarEvent.acknowledged,
    CalendarEvent.rrule,
    CalendarEvent.exceptions,
    CalendarEvent.deleted_occurrences,
    CalendarEvent.uid,
    CalendarEvent.created_at,
    CalendarEvent.modified_at,
    CalendarEvent.sync_key,
    CalendarEvent.sync_stamp,
    CalendarEvent.external_organizer,
    CalendarEvent.provisional,
    LINK.person_id.label("link"),
    LINK.private.label("link_private"),
    LINK.show_as.label("link_show_as"),
    LINK.reminder_minutes.label("link_reminder"),
    LINK.acknowledged.label("link_acknowledged"),
    LINK.sync_key.label("link_key"),
    LINK.sync_stamp.label("link_stamp"),
)
"""What is read of an event, in one order for every query."""

CARRIED = frozenset(FIELDS)


def project(event: Event) -> Event:
    """The event as the store shows it: in canonical form, of its participants who they are."""
    if not event.participants:
        return canonical(event)
    linked = frozenset(Participant(one.person) for one in event.participants)
    return replace(canonical(event), participants=linked)


CAPABILITIES = Capabilities(fields=CARRIED, recurrence=True, keyed=True, project=project)


def item_of(row: Row[Any], participants: Iterable[int] = (), *, tentative: bool = False) -> Item:
    """The item in a row of `COLUMNS` and of the persons linked to it.

    ``tentative`` shows what the person has not acknowledged as tentative (R16).

    A series whose rule cannot be read or expressed is *unsupported*. Raises ValueError, TypeError or
    OverflowError for what else another program wrote amiss.
    """
    recurrence, unsupported = _recurrence(row)
    linked = row.link is not None
    persons = () if linked else participants
    event = _event_of(row, recurrence, frozenset(map(Participant, persons)), tentative=tentative)
    key, stamp = (row.link_key, row.link_stamp) if linked else (row.sync_key, row.sync_stamp)
    return Item(
        id=str(row.id),
        version=str(row.version),
        event=event,
        key=None if key is None else _text(key),
        stamp=None if stamp is None else _text(stamp),
        uid=None if row.uid is None else _text(row.uid),
        created=row.created_at,
        modified=row.modified_at,
        unsupported=_why(event) if unsupported or not readable(event) else None,
        participating=linked,
        # A participant's copy is a plain one, or its mailbox would look like another organizer's; and who is
        # invited to a stranger's meeting is the stranger's word.
        without=frozenset({"participants"}) if linked or row.external_organizer else frozenset(),
        provisional=not linked and row.provisional,
    )


def _why(event: Event) -> str:
    """Why a series is left alone."""
    return RECURRENCE if has_clock(event.when) else ZONE


def values_of(event: Event, names: Iterable[str] = CARRIED) -> dict[str, Any]:
    """The columns that hold the named fields of the event, in canonical form."""
    shown = project(event)
    values: dict[str, Any] = {}
    for name in names:
        if name in _WRITERS:
            values.update(_WRITERS[name](shown))
    return values


def _recurrence(row: Row[Any]) -> tuple[Recurrence | None, bool]:
    """The recurrence of a row, and whether it cannot be read in full."""
    rule = _text(row.rrule or "")
    if not rule:
        return None, False
    clock = Clock("UTC" if row.all_day else _text(row.zone))
    try:
        exceptions = tuple(read_override(one, clock) for one in _list(row.exceptions))
        deleted = tuple(read_day(one, clock) for one in _list(row.deleted_occurrences))
    except ValueError:
        return Recurrence(rule), True
    return Recurrence(rule, exceptions, deleted), False


def link_values_of(event: Event, names: Iterable[str] = PERSONAL) -> dict[str, Any]:
    """The columns of a participant's link that hold the named fields of the event."""
    shown = project(event)
    silent = shown.reminder_minutes is None
    values: dict[str, Any] = {
        "private": shown.private,
        "show_as": shown.show_as.value,
        "reminder_minutes": NO_REMINDER if silent else shown.reminder_minutes,
        "acknowledged": shown.acknowledged,
    }
    return {name: value for name, value in values.items() if name in names}


def _event_of(
    row: Row[Any], recurrence: Recurrence | None, participants: frozenset[Participant], *, tentative: bool
) -> Event:
    private, show_as, reminder, acknowledged = _personal(row)
    if tentative and row.link is not None and _undecided(row):
        show_as = ShowAs.TENTATIVE
    return canonical(
        Event(
            title=_text(row.title),
            location=_text(row.location),
            text=_text(row.body),
            when=When(row.starts_at, row.ends_at, row.all_day, _text(row.zone)),
            private=private,
            show_as=show_as,
            reminder_minutes=reminder,
            acknowledged=acknowledged,
            recurrence=recurrence,
            participants=participants,
        )
    )


def _personal(row: Row[Any]) -> tuple[bool, ShowAs, int | None, bool]:
    """What the person has for himself: of somebody else's event what the link says, or else the owner's."""
    private, show_as, reminder = row.private, row.show_as, _minutes(row.reminder_minutes)
    if row.link is None:
        return private, ShowAs(show_as), reminder, row.acknowledged
    own = _minutes(row.link_reminder)
    if own is not None:
        reminder = None if own == NO_REMINDER else own
    return (
        # Nobody makes another's private event less private, be it in his own calendar (R31).
        private or bool(row.link_private),
        ShowAs(show_as if row.link_show_as is None else row.link_show_as),
        reminder,
        row.link_acknowledged,
    )


def _undecided(row: Row[Any]) -> bool:
    """Whether the person has said nothing to the event; what takes up no time needs no word."""
    said = row.link_acknowledged or row.link_show_as is not None
    return not said and row.show_as != ShowAs.FREE.value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")  # noqa: TRY004 - what a program wrote amiss, not what was called so
    return value


def _minutes(value: object) -> int | None:
    """SQLite keeps any value in any column."""
    if value is not None and not isinstance(value, int):
        raise ValueError("not a number of minutes")
    return value


def _list(values: object) -> list[Any]:
    if not isinstance(values, list):
        raise ValueError("not a list")  # noqa: TRY004 - see above
    return values


def _when(event: Event) -> dict[str, Any]:
    when = event.when
    return {"starts_at": when.start, "ends_at": when.end, "all_day": when.all_day, "zone": when.zone}


def _rule(event: Event) -> dict[str, Any]:
    rule = recurrence_json(event.recurrence) or {"rrule": None, "exceptions": [], "deleted": []}
    names = {"rrule": "rrule", "exceptions": "exceptions", "deleted": "deleted_occurrences"}
    return {names[name]: value for name, value in rule.items()}


_WRITERS: Mapping[str, Callable[[Event], dict[str, Any]]] = {
    "title": lambda event: {"title": event.title},
    "location": lambda event: {"location": event.location},
    "text": lambda event: {"body": event.text},
    "when": _when,
    "private": lambda event: {"private": event.private},
    "show_as": lambda event: {"show_as": event.show_as.value},
    "reminder_minutes": lambda event: {"reminder_minutes": event.reminder_minutes},
    "acknowledged": lambda event: {"acknowledged": event.acknowledged},
    "recurrence": _rule,
}

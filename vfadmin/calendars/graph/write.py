"""What is written to Graph: exactly the fields the engine names, and never an attendee.

Nothing else of an event is touched: its categories, attachments, a Teams link and the formatting of a text
whose words did not change stay as they are.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from vfadmin.calendars.base import Mark, People
from vfadmin.calendars.event import FIELDS, Event, When
from vfadmin.calendars.exchange.zones import windows_zone
from vfadmin.calendars.graph import line, patterns, properties
from vfadmin.calendars.graph.read import SHOW_AS
from vfadmin.calendars.graph.values import time_in
from vfadmin.calendars.series import rule_of

_STATUS = {shown: name for name, shown in SHOW_AS.items() if name != "unknown"}
_TRANSACTIONS = uuid.UUID("6a0f4c0d-6ac1-4d1e-a3b0-6b1c6b8f4f2e")


@dataclass(frozen=True, slots=True)
class Home:
    """Where, when and among whom a write happens."""

    zone: str
    now: datetime
    people: People


def create_body(
    event: Event, mark: Mark, home: Home, *, revive: str | None = None, unfinished: bool = False
) -> dict[str, Any]:
    """The event to create, its key and stamp inside (*Create event*)."""
    names = frozenset(FIELDS) - ({"recurrence"} if event.recurrence is None else set())
    body = fields(event, names, home)
    own = {
        **properties.of_mark(mark, home.now),
        **properties.of_creation(mark, home.now),
        **_own(event, names, home),
    }
    if unfinished:
        own[properties.UNFINISHED] = mark.stamp
    body["singleValueExtendedProperties"] = properties.values(own)
    body["transactionId"] = transaction(mark.key, revive)
    return body


def transaction(key: str, revive: str | None) -> str:
    """What makes a repeated create the same one; an event made anew after its deletion is another."""
    return key if revive is None else str(uuid.uuid5(_TRANSACTIONS, f"{key} {revive}"))


def update_body(
    event: Event, names: frozenset[str], mark: Mark, home: Home, *, unfinished: bool = False
) -> dict[str, Any]:
    """The named fields with key and stamp (*Update event*)."""
    own = {**properties.of_mark(mark, home.now), **_own(event, names, home)}
    if unfinished:
        own[properties.UNFINISHED] = mark.stamp
    return {**fields(event, names, home), "singleValueExtendedProperties": properties.values(own)}


def finished_body() -> dict[str, Any]:
    """What takes the mark of an unfinished write off a master."""
    return {"singleValueExtendedProperties": properties.values({properties.UNFINISHED: properties.DONE})}


def fields(event: Event, names: frozenset[str], home: Home) -> dict[str, Any]:
    """The named fields of an event or of one occurrence as Graph has them."""
    body: dict[str, Any] = {}
    if "when" in names:
        body |= _when(event.when, home.zone)
    if "text" in names:
        body["body"] = text_body(event, home.people)
    if "recurrence" in names:
        body["recurrence"] = _recurrence(event, home.zone)
    for name, write in _WRITERS.items():
        if name in names:
            body |= write(event)
    return body


def text_body(event: Event, people: People) -> dict[str, str]:
    """The text, with the names of who takes part below it."""
    return {"contentType": "text", "content": line.below(event.text, own_line(event, people))}


def own_line(event: Event, people: People) -> str:
    """The line that tells who takes part."""
    known = (people.attendees.get(one.person) for one in event.participants)
    return line.of(_named(one.name for one in known if one is not None))


def _named(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.strip()]


def _own(event: Event, names: frozenset[str], home: Home) -> dict[str, str]:
    own: dict[str, str] = {}
    if "acknowledged" in names:
        own[properties.ACKNOWLEDGED] = "true" if event.acknowledged else "false"
    if "participants" in names:
        known = home.people.attendees.keys()
        own |= properties.of_participants({one.person for one in event.participants} & known)
    return own


def _when(when: When, home_zone: str) -> dict[str, Any]:
    if when.all_day:
        # Days belong to no zone; Outlook shows which one they were entered in.
        zone = windows_zone(home_zone)
        times = [{"dateTime": one.strftime("%Y-%m-%dT%H:%M:%S"), "timeZone": zone} for one in _days(when)]
    else:
        times = [time_in(one, when.zone) for one in (when.start, when.end)]
    return {"start": times[0], "end": times[1], "isAllDay": when.all_day}


def _days(when: When) -> tuple[datetime, datetime]:
    start, end = (datetime.combine(one.date(), time()) for one in (when.start, when.end))
    return start, end


def _recurrence(event: Event, home_zone: str) -> dict[str, Any] | None:
    if event.recurrence is None:
        return None
    zone = home_zone if event.when.all_day else event.when.zone
    return patterns.write_rule(rule_of(event.recurrence, event.when), windows_zone(zone))


def _title(event: Event) -> dict[str, Any]:
    return {"subject": event.title}


def _private(event: Event) -> dict[str, Any]:
    return {"sensitivity": "private" if event.private else "normal"}


def _location(event: Event) -> dict[str, Any]:
    return {"location": {"displayName": event.location}}


def _show_as(event: Event) -> dict[str, Any]:
    return {"showAs": _STATUS[event.show_as]}


def _reminder(event: Event) -> dict[str, Any]:
    minutes = event.reminder_minutes
    if minutes is None:
        return {"isReminderOn": False}
    return {"isReminderOn": True, "reminderMinutesBeforeStart": minutes}


_WRITERS: Mapping[str, Callable[[Event], dict[str, Any]]] = {
    "title": _title,
    "private": _private,
    "location": _location,
    "show_as": _show_as,
    "reminder_minutes": _reminder,
}

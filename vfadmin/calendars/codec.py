"""Events as JSON and back: how the store keeps base, seen, payloads and history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from vfadmin.calendars.event import Event, Participant, Recurrence, ShowAs, When
from vfadmin.calendars.series_json import Clock, override_json, read_override

KEYS = (
    "title",
    "location",
    "text",
    "start",
    "end",
    "all_day",
    "zone",
    "private",
    "show_as",
    "reminder_minutes",
    "acknowledged",
    "recurrence",
    "participants",
)
"""What a document has, in the order in which it is told; a database need not keep that (JSONB does not)."""


def to_json(event: Event) -> dict[str, Any]:
    """A JSON document of the event; `from_json` gives an equal event back."""
    return {
        "title": event.title,
        "location": event.location,
        "text": event.text,
        "start": _time(event.when.start),
        "end": _time(event.when.end),
        "all_day": event.when.all_day,
        "zone": event.when.zone,
        "private": event.private,
        "show_as": event.show_as.value,
        "reminder_minutes": event.reminder_minutes,
        "acknowledged": event.acknowledged,
        "recurrence": recurrence_json(event.recurrence),
        "participants": [
            [one.person, one.acknowledged] for one in sorted(event.participants, key=lambda one: one.person)
        ],
    }


def from_json(data: Mapping[str, Any]) -> Event:
    """The event of such a document; raises KeyError or ValueError for anything else."""
    rule = data["recurrence"]
    return Event(
        title=data["title"],
        location=data["location"],
        text=data["text"],
        when=When(
            datetime.fromisoformat(data["start"]),
            datetime.fromisoformat(data["end"]),
            data["all_day"],
            data["zone"],
        ),
        private=data["private"],
        show_as=ShowAs(data["show_as"]),
        reminder_minutes=data["reminder_minutes"],
        acknowledged=data["acknowledged"],
        recurrence=None if rule is None else _read_recurrence(rule, data["zone"]),
        participants=frozenset(Participant(person, done) for person, done in data["participants"]),
    )


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def recurrence_json(rule: Recurrence | None) -> dict[str, Any] | None:
    """Rule, exceptions and deleted days of a series."""
    if rule is None:
        return None
    exceptions = [override_json(one) for one in rule.exceptions]
    return {
        "rrule": rule.rrule,
        "exceptions": exceptions,
        "deleted": [day.isoformat() for day in rule.deleted],
    }


def _read_recurrence(rule: Mapping[str, Any], zone: str) -> Recurrence:
    exceptions = tuple(read_override(one, Clock(zone)) for one in rule["exceptions"])
    return Recurrence(rule["rrule"], exceptions, tuple(date.fromisoformat(day) for day in rule["deleted"]))

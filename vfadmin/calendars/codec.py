"""Events as JSON and back: how the store keeps base, seen, payloads and history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from vfadmin.calendars.event import Event, Participant, Recurrence, ShowAs, When


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
        "recurrence": _recurrence(event.recurrence),
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
        recurrence=None
        if rule is None
        else Recurrence(rule["rrule"], tuple(rule["exceptions"]), tuple(rule["deleted"])),
        participants=frozenset(Participant(person, done) for person, done in data["participants"]),
    )


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _recurrence(rule: Recurrence | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return {"rrule": rule.rrule, "exceptions": list(rule.exceptions), "deleted": list(rule.deleted)}

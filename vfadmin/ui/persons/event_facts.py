"""The events of a person as the form reads and writes them, under the keys of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.directory import EventTypeRow
    from vfadmin.services.events import EventRow

Facts = dict[str, Any]
ZONE = "Europe/Helsinki"
"""The zone of a new event: ValueFrame is used in Finland."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """The events of some days, who is named in them, and the event types there are."""

    rows: tuple[EventRow, ...]
    names: Mapping[int, str]
    types: tuple[EventTypeRow, ...]


def read_page(services: Services, person_id: int, first: date, after: date) -> EventPage:
    """The events that overlap [first, after). Called in the services' thread."""
    rows = services.events.list(person_id, first, after)
    named = {row.owner for row in rows} | {one.person for row in rows for one in row.participants}
    names = {row.id: row.name for row in services.search.rows(sorted(named))}
    return EventPage(tuple(rows), names, tuple(services.directory.event_types()))


def read_event(services: Services, event_id: int) -> EventRow:
    """One event as it is now. Called in the services' thread."""
    return services.events.show(event_id)


def store_event(services: Services, row: EventRow | None, facts: Mapping[str, Any]) -> EventRow:
    """Add an event, or change of one that was seen what is given. Called in the services' thread."""
    if row is None:
        return services.events.add(facts)
    return services.events.edit(row.id, facts, row.version)


def delete_event(services: Services, row: EventRow) -> EventRow:
    """Delete an event as it was seen. Called in the services' thread."""
    return services.events.delete(row.id, row.version)


def facts_of(row: EventRow) -> Facts:
    """What can be changed of an event."""
    return {
        "all_day": row.all_day,
        "start": wall(row.start),
        "end": wall(row.end),
        "title": row.title,
        "location": row.location,
        "text": row.text,
        "type": row.type_id,
        "show_as": row.show_as,
        "reminder_minutes": row.reminder_minutes,
        "private": row.private,
        "acknowledged": row.acknowledged,
    }


def new_facts(now: datetime, first: date) -> Facts:
    """An event of an hour: the next full hour, or nine o'clock on the first day shown if that is later."""
    home = now.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    start = home.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if first > home.date():
        start = datetime(first.year, first.month, first.day, 9)  # noqa: DTZ001 - wall clock of the zone above
    return {
        **dict.fromkeys(("title", "location", "text"), ""),
        "type": None,
        "all_day": False,
        "start": start.isoformat(),
        "end": (start + timedelta(hours=1)).isoformat(),
        "show_as": "busy",
        "reminder_minutes": None,
        "private": False,
        "acknowledged": True,
    }


def wall(moment: date) -> str:
    """The day, or the time on the wall of the event's own zone."""
    return moment.replace(tzinfo=None).isoformat() if isinstance(moment, datetime) else moment.isoformat()

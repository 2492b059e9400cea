"""The Event value and its canonical form.

Two events that are equal here are the same to every reader of either calendar; *equal means
nothing to do*. Every keeper builds its events through `canonical`, so a difference that only a
server's habits made (line ends, seconds, trailing blanks, a no-break space) never becomes a write.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from vfadmin.calendars.series import (
    NO_REMINDER,
    Override,
    Recurrence,
    ShowAs,
    canonical_series,
    ends,
    is_supported,
)
from vfadmin.calendars.texts import canonical_line, canonical_text, cut_utf16
from vfadmin.calendars.when import When, all_day, canonical_when

__all__ = [
    "FIELDS",
    "LOCATION_LIMIT",
    "LONGEST_REMINDER",
    "NO_REMINDER",
    "PERSONAL",
    "TITLE_LIMIT",
    "Event",
    "Override",
    "Participant",
    "Recurrence",
    "ShowAs",
    "When",
    "all_day",
    "canonical",
    "canonical_line",
    "canonical_reminder",
    "canonical_text",
    "canonical_when",
    "cut_utf16",
    "differing",
    "ends_at",
    "plain_event",
    "readable",
    "with_fields",
]

TITLE_LIMIT = 255
LOCATION_LIMIT = 255
"""Exchange keeps 255 UTF-16 units of a subject and of a location."""

LONGEST_REMINDER = 2_629_800
"""Minutes: what EWS's schema allows for ReminderMinutesBeforeStart (five years)."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person linked to the event, by ValueFrame id."""

    person: int
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A calendar event as both sides can agree on it. Each attribute is one field of the merge."""

    title: str
    when: When
    location: str = ""
    text: str = ""
    private: bool = False
    show_as: ShowAs = ShowAs.BUSY
    reminder_minutes: int | None = None
    acknowledged: bool = True
    recurrence: Recurrence | None = None
    participants: frozenset[Participant] = field(default_factory=frozenset)


PERSONAL = frozenset({"private", "show_as", "reminder_minutes", "acknowledged"})
"""The fields each participant has for himself (R15); all others are the owner's."""

FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Event))
"""The names of the merge fields, in a fixed order."""


def differing(one: Event, other: Event) -> frozenset[str]:
    """The names of the fields in which two canonical events differ."""
    return frozenset(name for name in FIELDS if getattr(one, name) != getattr(other, name))


def with_fields(event: Event, source: Event, names: frozenset[str]) -> Event:
    """``event`` with the named fields taken from ``source``."""
    return replace(event, **{name: getattr(source, name) for name in names})


def readable(event: Event) -> bool:
    """Whether the event is a single one, or a series whose rule both sides can express."""
    return event.recurrence is None or is_supported(event.recurrence, event.when)


def ends_at(event: Event) -> datetime | None:
    """When the event is over: of a series, its last occurrence; None for one that never ends.

    Nothing is known of a series whose rule cannot be read, so that one never ends either.
    """
    return event.when.end if event.recurrence is None else ends(event.recurrence, event.when)


def canonical(event: Event) -> Event:
    """The event in canonical form; applying it twice changes nothing.

    Raises OverflowError for an all-day event that the year 9999 cannot hold.
    """
    # Not `replace`: this is the innermost of every comparison, and that takes twice as long.
    plain = plain_event(
        title=event.title,
        when=event.when,
        location=event.location,
        text=event.text,
        private=event.private,
        show_as=event.show_as,
        reminder_minutes=event.reminder_minutes,
        acknowledged=event.acknowledged,
        recurrence=event.recurrence,
        participants=event.participants,
    )
    if event.recurrence is None or not is_supported(event.recurrence, plain.when):
        return plain
    exceptions = tuple(_canonical_override(one) for one in event.recurrence.exceptions)
    when, recurrence = canonical_series(
        replace(event.recurrence, exceptions=exceptions), plain.when, _inherited(plain)
    )
    return replace(plain, when=when, recurrence=recurrence)


def plain_event(
    *,
    title: str,
    when: When,
    location: str,
    text: str,
    private: bool,
    show_as: ShowAs,
    reminder_minutes: int | None,
    acknowledged: bool,
    recurrence: Recurrence | None = None,
    participants: frozenset[Participant] = frozenset(),
) -> Event:
    """An event of these fields, in canonical form but for its recurrence. Raises as `canonical` does."""
    return Event(
        canonical_line(title, TITLE_LIMIT),
        canonical_when(when),
        canonical_line(location, LOCATION_LIMIT),
        canonical_text(text),
        private,
        show_as,
        canonical_reminder(reminder_minutes),
        acknowledged,
        recurrence,
        participants,
    )


def canonical_reminder(minutes: int | None) -> int | None:
    """No reminder after the start, and none longer before it than any calendar takes."""
    return None if minutes is None else max(0, min(minutes, LONGEST_REMINDER))


def _canonical_override(one: Override) -> Override:
    silent = one.reminder_minutes in (None, NO_REMINDER)
    return replace(
        one,
        title=None if one.title is None else canonical_line(one.title, TITLE_LIMIT),
        location=None if one.location is None else canonical_line(one.location, LOCATION_LIMIT),
        text=None if one.text is None else canonical_text(one.text),
        reminder_minutes=one.reminder_minutes if silent else canonical_reminder(one.reminder_minutes),
    )


def _inherited(event: Event) -> dict[str, object]:
    """What an occurrence has of its series where it has nothing of its own."""
    silent = event.reminder_minutes is None
    return {
        "title": event.title,
        "location": event.location,
        "text": event.text,
        "show_as": event.show_as,
        "private": event.private,
        "reminder_minutes": NO_REMINDER if silent else event.reminder_minutes,
    }

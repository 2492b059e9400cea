"""The Event value and its canonical form.

Two events that are equal here are the same to every reader of either calendar; *equal means
nothing to do*. Every keeper builds its events through `canonical`, so a difference that only a
server's habits made (line ends, seconds, trailing blanks, a no-break space) never becomes a write.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

TITLE_LIMIT = 255
LOCATION_LIMIT = 255
"""Exchange keeps 255 UTF-16 units of a subject and of a location."""

LONGEST_REMINDER = 2_629_800
"""Minutes: what EWS's schema allows for ReminderMinutesBeforeStart (five years)."""

_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_BLANK_RUN = re.compile(r"[\s]+")
_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")


class ShowAs(StrEnum):
    """How the time shows to others (free/busy)."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    OOF = "oof"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class When:
    """When an event takes place: one field, because its parts mean nothing alone.

    ``start`` and ``end`` are aware, in UTC, on the whole minute. An all-day event has the midnights
    of its first day and of the day after its last, written as UTC, and no zone of its own.
    ``zone`` is the IANA name in which the wall clock was meant.
    """

    start: datetime
    end: datetime
    all_day: bool = False
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The rule of a series (RFC 5545) with what deviates from it; one field of the merge."""

    rrule: str
    exceptions: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


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


FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Event))
"""The names of the merge fields, in a fixed order."""


def differing(one: Event, other: Event) -> frozenset[str]:
    """The names of the fields in which two canonical events differ."""
    return frozenset(name for name in FIELDS if getattr(one, name) != getattr(other, name))


def with_fields(event: Event, source: Event, names: frozenset[str]) -> Event:
    """``event`` with the named fields taken from ``source``."""
    return replace(event, **{name: getattr(source, name) for name in names})


def canonical(event: Event) -> Event:
    """The event in canonical form; applying it twice changes nothing.

    Raises OverflowError for an all-day event that the year 9999 cannot hold.
    """
    return replace(
        event,
        title=canonical_line(event.title, TITLE_LIMIT),
        location=canonical_line(event.location, LOCATION_LIMIT),
        text=canonical_text(event.text),
        when=canonical_when(event.when),
        reminder_minutes=canonical_reminder(event.reminder_minutes),
    )


def canonical_text(text: str) -> str:
    """NFC, LF line ends, no trailing blanks, nothing XML 1.0 forbids, no-break space as space."""
    text = _BREAKS.sub("\n", text).replace("\xa0", " ")
    text = "".join(char for char in text if _allowed(char))
    text = unicodedata.normalize("NFC", text)
    return _TRAILING.sub("", text).strip("\n").rstrip()


def canonical_line(text: str, limit: int) -> str:
    """`canonical_text` on one line, cut to ``limit`` UTF-16 units without splitting a character."""
    line = _BLANK_RUN.sub(" ", canonical_text(text)).strip()
    return cut_utf16(line, limit).rstrip()


def cut_utf16(text: str, limit: int) -> str:
    """The longest start of ``text`` that takes at most ``limit`` UTF-16 units."""
    if len(text) * 2 <= limit:
        return text
    units = 0
    for index, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1  # noqa: PLR2004 - the end of the basic plane
        if units > limit:
            return text[:index]
    return text


def canonical_when(when: When) -> When:
    """Whole minutes in UTC; an all-day event on midnights, at least one day long, without a zone.

    Raises OverflowError where that leads out of the years 1 to 9999.
    """
    start, end = _minute(when.start), _minute(when.end)
    if not when.all_day:
        return When(start, max(start, end), all_day=False, zone=when.zone)
    first = start.replace(hour=0, minute=0)
    last = end.replace(hour=0, minute=0)
    if last < end:
        last += timedelta(days=1)
    return When(first, max(last, first + timedelta(days=1)), all_day=True, zone="UTC")


def canonical_reminder(minutes: int | None) -> int | None:
    """No reminder after the start, and none longer before it than any calendar takes."""
    return None if minutes is None else max(0, min(minutes, LONGEST_REMINDER))


def all_day(first: date, end: date) -> When:
    """An all-day `When` from its first day to ``end``, which is exclusive."""
    return When(_midnight(first), _midnight(end), all_day=True, zone="UTC")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _allowed(char: str) -> bool:
    """Whether XML 1.0 (section 2.2, Char) lets the character stand in a document."""
    if char < " ":
        return char in "\t\n"
    return not ("\ud800" <= char <= "\udfff" or char in "\x7f\ufffe\uffff")

"""When an event takes place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


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


def canonical_when(when: When) -> When:
    """Whole minutes in UTC; an all-day event on midnights, at least one day long, without a zone.

    Raises OverflowError where that leads out of the years 1 to 9999.
    """
    start, end = _minute(when.start), _minute(when.end)
    if not when.all_day:
        if start is when.start and end is when.end and start <= end:
            return when  # as most are that were read
        return When(start, max(start, end), all_day=False, zone=when.zone)
    first = start.replace(hour=0, minute=0)
    last = end.replace(hour=0, minute=0)
    if last < end:
        last += timedelta(days=1)
    return When(first, max(last, first + timedelta(days=1)), all_day=True, zone="UTC")


def all_day(first: date, end: date) -> When:
    """An all-day `When` from its first day to ``end``, which is exclusive."""
    return When(_midnight(first), _midnight(end), all_day=True, zone="UTC")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _minute(moment: datetime) -> datetime:
    if moment.tzinfo is UTC and not moment.second and not moment.microsecond:
        return moment
    return moment.astimezone(UTC).replace(second=0, microsecond=0)

"""Moments as Exchange writes them (xs:dateTime, Edm.DateTimeOffset)."""

from __future__ import annotations

from datetime import MAXYEAR, UTC, datetime

_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def read_moment(text: object) -> datetime | None:
    """A moment in UTC; None for anything else.

    One whose offset leads out of the years 1 to 9999 is the end of the calendar it comes nearest to.
    """
    try:
        moment = datetime.fromisoformat(text.strip()) if isinstance(text, str) and "T" in text else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None:
        # MS-OXWSCDATA: a value without an offset is in the zone of the TimeZoneContext, and ours is UTC.
        return None if moment is None else moment.replace(tzinfo=UTC)
    if moment.tzinfo is UTC:
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return _LATEST if moment.year == MAXYEAR else _EARLIEST


def shown_moment(moment: datetime) -> str:
    """The moment as Exchange takes it: UTC, whole seconds."""
    # Not strftime: on some systems it leaves the zeros of an early year out.
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"

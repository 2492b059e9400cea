"""Windows' zones and IANA's, and the days of an all-day event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from exchangelib.winzone import IANA_TO_MS_TIMEZONE_MAP, MS_TIMEZONE_TO_IANA_MAP

Clock = Callable[[datetime], datetime]
"""What a clock shows at a moment."""

_PREFERRED = {
    # One Windows zone stands for many places; among equal ones a Finnish reader expects Helsinki.
    "FLE Standard Time": "Europe/Helsinki",
    "UTC": "UTC",
}
_USUAL = ("FLE", "W. Europe", "GMT", "Eastern", "Central", "Pacific")
"""Of zones with one clock these are named before others."""
_DAY = timedelta(days=1)
_LAST_START = date.max - _DAY


@lru_cache(maxsize=512)
def windows_zone(iana: str) -> str:
    """The Windows zone of an IANA name; ``UTC`` when there is none."""
    found: tuple[str, str] | None = IANA_TO_MS_TIMEZONE_MAP.get(iana)
    return found[0] if found else "UTC"


@lru_cache(maxsize=512)
def iana_zone(windows: str | None) -> str | None:
    """The preferred IANA name of what a server calls a zone; None when nobody knows it.

    Items carry Windows names, now and then IANA names (other programs' imports) and, from custom
    time zones, anything.
    """
    if not windows:
        return None
    if windows in _PREFERRED:
        return _PREFERRED[windows]
    name: str | None = MS_TIMEZONE_TO_IANA_MAP.get(windows)
    if name is None and windows in IANA_TO_MS_TIMEZONE_MAP:
        return iana_zone(windows_zone(windows))
    return name


def preferred_zone(iana: str) -> str:
    """The name a zone has after a stay on Exchange; applying it twice changes nothing."""
    return iana_zone(windows_zone(iana)) or "UTC"


@lru_cache(maxsize=64)
def candidates(home_zone: str) -> tuple[str, ...]:
    """The names a zone can have that is known by its rules alone; where several fit, the first is meant."""
    usual = [f"{name} Standard Time" for name in _USUAL]
    names = (iana_zone(windows) for windows in (*usual, "UTC", *sorted(MS_TIMEZONE_TO_IANA_MAP)))
    return tuple(dict.fromkeys(name for name in (preferred_zone(home_zone), *names) if name is not None))


def midnight(day: date, zone: str) -> datetime:
    """The instant at which the day begins in the zone, in UTC. Raises OverflowError before the year 1."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def days_of(
    start: datetime, end: datetime, zones: tuple[str | None, ...], own: Clock | None = None
) -> tuple[date, date]:
    """The first day of an all-day event and the day after its last.

    EWS gives the instants of two local midnights, in UTC; the first of the zones in which both are
    midnights tells the days, after ``own``, the clock of a zone that came with its rules. When none does
    (a phone's own idea), the nearest midnight does: a local midnight is never more than 14 hours from one
    in UTC.
    """
    clocks = [own, *(None if zone is None else _clock(zone) for zone in zones)]
    first, last = _midnights(start, end, clocks) or (_nearest_day(start), _nearest_day(end))
    first = min(first, _LAST_START)
    return first, max(last, first + _DAY)


def _clock(zone: str) -> Clock:
    return lambda moment: moment.astimezone(ZoneInfo(zone))


def _midnights(start: datetime, end: datetime, clocks: Iterable[Clock | None]) -> tuple[date, date] | None:
    """The days by the first clock on which both moments are midnights."""
    for clock in clocks:
        if clock is None:
            continue
        try:
            first, last = clock(start), clock(end)
        except OverflowError:
            continue  # no such local time: the year would be 0 or 10000
        if first.time() == last.time() == time():
            return first.date(), last.date()
    return None


def _nearest_day(moment: datetime) -> date:
    try:
        return (moment.astimezone(UTC) + timedelta(hours=12)).date()
    except OverflowError:
        return date.max

"""Windows time zones: names, IANA twins, and definitions made from the IANA data.

The pairing is CLDR's (through tzlocal); rules are read off the zone's own transitions in a reference year,
because Windows keeps rules ("last Sunday of October, 04:00") where IANA keeps instants.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import tz_win, win_tz

REFERENCE_YEAR = 2026
_UTC_IDS = frozenset(("UTC", "tzone://Microsoft/Utc", "Etc/UTC"))
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLACES = {
    "FLE Standard Time": "Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius",
    "GTB Standard Time": "Athens, Bucharest",
    "W. Europe Standard Time": "Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
    "Romance Standard Time": "Brussels, Copenhagen, Madrid, Paris",
    "Central Europe Standard Time": "Belgrade, Bratislava, Budapest, Ljubljana, Prague",
    "Central European Standard Time": "Sarajevo, Skopje, Warsaw, Zagreb",
    "GMT Standard Time": "Dublin, Edinburgh, Lisbon, London",
    "Russian Standard Time": "Moscow, St. Petersburg",
    "Tokyo Standard Time": "Osaka, Sapporo, Tokyo",
    "Eastern Standard Time": "Eastern Time (US & Canada)",
    "Central Standard Time": "Central Time (US & Canada)",
    "Mountain Standard Time": "Mountain Time (US & Canada)",
    "Pacific Standard Time": "Pacific Time (US & Canada)",
}


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """One yearly change: in `month`, the n-th `weekday` (-1: the last) at `at` local time, to `offset`."""

    month: int
    weekday: str
    occurrence: int
    at: timedelta
    offset: timedelta


@dataclass(frozen=True, slots=True)
class ZoneDefinition:
    """A Windows zone: standard offset and, where it keeps summer time, the two yearly changes."""

    id: str
    name: str
    standard: timedelta
    to_daylight: ZoneRule | None = None
    to_standard: ZoneRule | None = None


@lru_cache(maxsize=512)
def zone_info(windows_id: str) -> tzinfo | None:
    """The clock of a Windows zone; None for an id no server knows."""
    if windows_id in _UTC_IDS:
        return UTC
    name = win_tz.get(windows_id)
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def windows_id(iana_name: str) -> str | None:
    """The Windows id of an IANA zone, or the id itself where it is one already."""
    if iana_name in win_tz or iana_name in _UTC_IDS:
        return iana_name
    return tz_win.get(iana_name)


def known_ids() -> tuple[str, ...]:
    """All Windows ids this server knows, from west to east."""
    ids = (*(name for name in win_tz if zone_info(name) is not None), *({"UTC"} - win_tz.keys()))
    return tuple(sorted(ids, key=lambda name: (definition(name).standard, name)))


@lru_cache(maxsize=512)
def definition(zone_id: str) -> ZoneDefinition:
    """The definition of a known zone; KeyError for an unknown one."""
    zone = zone_info(zone_id)
    if zone is None:
        raise KeyError(zone_id)
    changes = _changes(zone, REFERENCE_YEAR)
    offsets = {offset for _, _, offset in changes} | {
        _offset(zone, datetime(REFERENCE_YEAR, 1, 1, tzinfo=UTC))
    }
    standard = min(offsets)
    name = _display_name(zone_id, standard)
    if len(changes) != 2 or len(offsets) != 2:  # noqa: PLR2004 (a summer and a winter)
        return ZoneDefinition(zone_id, name, _offset(zone, datetime(REFERENCE_YEAR, 1, 1, tzinfo=UTC)))
    rules = {offset: _rule(zone, index) for index, (_, _, offset) in enumerate(changes)}
    return ZoneDefinition(zone_id, name, standard, rules[max(offsets)], rules[standard])


def display_name(zone_id: str) -> str:
    """The name Windows shows, with the standard offset; the id itself for a custom zone."""
    return definition(zone_id).name if zone_info(zone_id) is not None else zone_id


def fixed(offset: timedelta) -> tzinfo:
    """A zone without rules."""
    return timezone(offset)


def _offset(zone: tzinfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _changes(zone: tzinfo, year: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """The instants in a year where the offset changes, with the offsets before and after."""
    found = []
    step = timedelta(hours=12)
    instant, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    before = _offset(zone, instant)
    while instant < end:
        after = _offset(zone, instant + step)
        if after != before:
            low, high = instant, instant + step
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (low, middle) if _offset(zone, middle) == after else (middle, high)
            exact = high.replace(second=0, microsecond=0)
            found.append((exact, before, after))
            before = after
        instant += step
    return found


def _rule(zone: tzinfo, index: int) -> ZoneRule:
    """The yearly rule behind one change; "last" where that holds in each of five years."""
    places = []
    for year in range(REFERENCE_YEAR, REFERENCE_YEAR + 5):
        changes = _changes(zone, year)
        if index < len(changes):
            instant, before, after = changes[index]
            places.append((instant + before, after))
    local, after = places[0]
    is_last = all(when.day + 7 > calendar.monthrange(when.year, when.month)[1] for when, _ in places)
    occurrence = -1 if is_last else (local.day - 1) // 7 + 1
    at = timedelta(hours=local.hour, minutes=local.minute)
    return ZoneRule(local.month, _DAYS[local.weekday()], occurrence, at, after)


def _display_name(zone_id: str, standard: timedelta) -> str:
    if zone_id in _UTC_IDS:
        return "(UTC) Coordinated Universal Time"
    minutes = int(standard.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    place = _PLACES.get(zone_id) or win_tz[zone_id].rpartition("/")[2].replace("_", " ")
    offset = f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else "UTC"
    return f"({offset}) {place}"

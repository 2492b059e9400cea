"""Windows time zones: names, IANA twins, and definitions made from the IANA data.

The pairing is CLDR's (through tzlocal); rules are read off the zone's own transitions in a reference year,
because Windows keeps rules ("last Sunday of October, 04:00") where IANA keeps instants. A zone that a client
defines itself has its own rules.
"""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal.windows_tz import tz_win, win_tz

from vfadmin.simulator.zone_rules import WEEK, RuleClock, Stage, ZoneDefinition, ZoneRule

REFERENCE_YEAR = 2026
_UTC_IDS = frozenset(("UTC", "tzone://Microsoft/Utc", "Etc/UTC"))
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


Zone = str | ZoneDefinition
"""An item's zone: the id of one that is known, or a client's own definition."""


@lru_cache(maxsize=512)
def zone_info(zone: Zone) -> tzinfo | None:
    """The clock of a zone; None for an id no server knows."""
    if isinstance(zone, ZoneDefinition):
        return RuleClock(zone.stages)
    if zone in _UTC_IDS:
        return UTC
    name = win_tz.get(zone)
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
    return tuple(sorted(ids, key=lambda name: (definition(name).stages[0].standard, name)))


@lru_cache(maxsize=512)
def definition(zone: Zone) -> ZoneDefinition:
    """The definition of a zone; KeyError for an unknown one."""
    if isinstance(zone, ZoneDefinition):
        return zone
    clock = zone_info(zone)
    if clock is None:
        raise KeyError(zone)
    changes = _changes(clock, REFERENCE_YEAR)
    january = _offset(clock, datetime(REFERENCE_YEAR, 1, 1, tzinfo=UTC))
    offsets = {offset for _, _, offset in changes} | {january}
    standard = min(offsets)
    name = _display_name(zone, standard)
    if len(changes) != 2 or len(offsets) != 2:  # noqa: PLR2004 (a summer and a winter)
        return ZoneDefinition(zone, name, (Stage(january),))
    rules = {offset: _rule(clock, index) for index, (_, _, offset) in enumerate(changes)}
    return ZoneDefinition(zone, name, (Stage(standard, rules[max(offsets)], rules[standard]),))


def zone_id(zone: Zone) -> str:
    """The id by which a zone goes."""
    return zone.id if isinstance(zone, ZoneDefinition) else zone


def display_name(zone: Zone) -> str:
    """The name Windows shows, with the standard offset; the id itself where there is none."""
    known = isinstance(zone, str) and zone_info(zone) is not None
    return definition(zone).name if known else zone_id(zone)


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
    return ZoneRule(local.month, at, after, WEEK[local.weekday()], occurrence)


def _display_name(zone_id: str, standard: timedelta) -> str:
    if zone_id in _UTC_IDS:
        return "(UTC) Coordinated Universal Time"
    minutes = int(standard.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    place = _PLACES.get(zone_id) or win_tz[zone_id].rpartition("/")[2].replace("_", " ")
    offset = f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if minutes else "UTC"
    return f"({offset}) {place}"

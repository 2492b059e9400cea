"""A series' rule as an RRULE (MS-OXCICAL 2.1.3.2.1, RFC 5545 3.3.10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.recurrence import (
    GROUPS,
    MONTHS,
    POSITIONS,
    WEEK,
    Kind,
    Recurrence,
    month_days,
    weekdays,
)

DAY_NAMES = {day: day[:2].upper() for day in WEEK}
_FREQUENCIES = {
    "RelativeYearly": "YEARLY",
    "AbsoluteYearly": "YEARLY",
    "RelativeMonthly": "MONTHLY",
    "AbsoluteMonthly": "MONTHLY",
    "Weekly": "WEEKLY",
    "Daily": "DAILY",
}


def rule_text(rule: Recurrence, at: time, zone: tzinfo, *, all_day: bool) -> str:
    """The value of an RRULE; `at` is when its occurrences start by the clock of `zone`."""
    parts = [f"FREQ={_FREQUENCIES[rule.kind]}"]
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    elif rule.end is not None:
        parts.append(f"UNTIL={_until(rule.end, at, zone, all_day=all_day)}")
    parts.append(f"INTERVAL={rule.interval}")
    if rule.kind == "Weekly":
        parts += [f"BYDAY={_days(rule)}", f"WKST={DAY_NAMES[rule.first_day]}"]
    elif rule.kind.startswith("Relative"):
        parts += _relative_days(rule)
    elif rule.kind.startswith("Absolute"):
        days = month_days(rule)
        parts.append(f"BYMONTHDAY={','.join(map(str, days))}")
        if len(days) > 1:
            parts.append("BYSETPOS=-1")
    if rule.kind.endswith("Yearly"):
        parts.append(f"BYMONTH={MONTHS.index(rule.month) + 1}")
    return ";".join(parts)


def _until(end: date, at: time, zone: tzinfo, *, all_day: bool) -> str:
    if all_day:
        return f"{end:%Y%m%d}"
    return f"{datetime.combine(end, at, zone).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _days(rule: Recurrence) -> str:
    return ",".join(DAY_NAMES[day] for day in weekdays(rule))


def _relative_days(rule: Recurrence) -> list[str]:
    """The third Friday is 3FR; the third of several days is picked from all of them."""
    position = POSITIONS[rule.index]
    if len(weekdays(rule)) == 1:
        return [f"BYDAY={position}{_days(rule)}"]
    return [f"BYDAY={_days(rule)}", f"BYSETPOS={position}"]


# --- reading

_LONGEST_MONTH = 31
_DAY = re.compile(r"([+-]?\d)?([A-Z]{2})")


def read_rule(text: str, start: date, zone: tzinfo) -> Recurrence:
    """The rule in an RRULE of an event that starts on a day of `zone`, or ErrorUnsupportedRecurrence."""
    try:
        return _rule(dict(part.split("=", 1) for part in text.upper().split(";") if part), start, zone)
    except (KeyError, ValueError):
        raise ExchangeError(
            "ErrorUnsupportedRecurrence", "The recurrence rule has no counterpart here."
        ) from None


def _rule(parts: dict[str, str], start: date, zone: tzinfo) -> Recurrence:
    """The rule in an RRULE's parts; KeyError or ValueError where they do not make one, or say more."""
    read = _READERS[parts.pop("FREQ")]
    values = {"interval": int(parts.pop("INTERVAL", "1"))} | _end(parts, zone)
    first_day = _NAMES[parts.pop("WKST", "MO")]
    kind, more = read(parts, start)
    if parts:
        raise KeyError(*parts)
    if kind == "Weekly":
        more["first_day"] = first_day
    return Recurrence(kind, start, **values, **more)


def _end(parts: dict[str, str], zone: tzinfo) -> dict[str, Any]:
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if count is not None:
        return {"count": int(count)}
    if until is None:
        return {}
    if not until.endswith("Z"):
        return {"end": date.fromisoformat(until.partition("T")[0])}
    return {"end": datetime.fromisoformat(until).astimezone(zone).date()}


_Read = tuple[Kind, dict[str, Any]]


def _daily(parts: dict[str, str], _: date) -> _Read:
    if "BYDAY" in parts:
        return "Weekly", {"days": tuple(_NAMES[name] for name in parts.pop("BYDAY").split(","))}
    return "Daily", {}


def _weekly(parts: dict[str, str], start: date) -> _Read:
    names = parts.pop("BYDAY", DAY_NAMES[WEEK[start.weekday()]]).split(",")
    return "Weekly", {"days": tuple(_NAMES[name] for name in names)}


def _monthly(parts: dict[str, str], start: date) -> _Read:
    if "BYDAY" in parts:
        return "RelativeMonthly", _relative(parts)
    return "AbsoluteMonthly", {"day_of_month": _month_day(parts, start)}


def _yearly(parts: dict[str, str], start: date) -> _Read:
    month = {"month": MONTHS[int(parts.pop("BYMONTH", start.month)) - 1]}
    if "BYDAY" in parts:
        return "RelativeYearly", _relative(parts) | month
    return "AbsoluteYearly", {"day_of_month": _month_day(parts, start)} | month


def _relative(parts: dict[str, str]) -> dict[str, Any]:
    matches = [_DAY.fullmatch(name) for name in parts.pop("BYDAY").split(",")]
    found = [(match[1], _NAMES[match[2]]) for match in matches if match is not None]
    positions = {position for position, _ in found}
    days = tuple(day for day in WEEK if day in {name for _, name in found})
    if len(positions) != 1 or len(found) != len(matches):
        raise ValueError(positions)
    position = int(positions.pop() or parts.pop("BYSETPOS"))
    group = next((name for name, members in GROUPS.items() if members == days), None)
    if group is None and len(days) != 1:
        raise ValueError(days)
    return {"days": (group,) if group else days, "index": _INDEXES[position]}


def _month_day(parts: dict[str, str], start: date) -> int:
    """One day, or several of which the last counts; -1 is the last of any month."""
    days = [int(day) for day in parts.pop("BYMONTHDAY", str(start.day)).split(",")]
    if len(days) > 1 and parts.pop("BYSETPOS", "") != "-1":
        raise ValueError(days)
    return _LONGEST_MONTH if days == [-1] else max(days)


_INDEXES = {position: index for index, position in POSITIONS.items()}
_NAMES = {name: day for day, name in DAY_NAMES.items()}
_READERS: dict[str, Callable[[dict[str, str], date], _Read]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}

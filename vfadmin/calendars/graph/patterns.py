"""Rules as Graph writes them: a pattern and a range (*patternedRecurrence*)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from vfadmin.calendars.recurrence.rule import Freq, Rule, Unsupported
from vfadmin.calendars.recurrence.text import settled

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_POSITIONS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_FREQUENCIES = {
    "daily": Freq.DAILY,
    "weekly": Freq.WEEKLY,
    "absolutemonthly": Freq.MONTHLY,
    "relativemonthly": Freq.MONTHLY,
    "absoluteyearly": Freq.YEARLY,
    "relativeyearly": Freq.YEARLY,
}
_MONTHS_A_YEAR = 12
_NEVER = "0001-01-01"


def write_rule(rule: Rule, zone: str) -> dict[str, Any]:
    """The recurrence of a rule in its simplest form; ``zone`` is what Windows calls the zone of its days."""
    return {"pattern": _pattern(rule), "range": _range(rule, zone)}


def read_rule(recurrence: object, first: date) -> Rule:
    """The rule of a recurrence, for a series whose first occurrence is on that day.

    Raises Unsupported for whatever does not make sense.
    """
    if not isinstance(recurrence, Mapping):
        raise Unsupported("pattern")
    try:
        return settled(_read(recurrence["pattern"], recurrence["range"], first))
    except Unsupported:
        raise
    except (ValueError, KeyError, TypeError, OverflowError, AttributeError) as error:
        raise Unsupported("pattern") from error


def _pattern(rule: Rule) -> dict[str, Any]:
    if rule.freq is Freq.DAILY:
        return {"type": "daily", "interval": rule.interval}
    if rule.freq is Freq.WEEKLY:
        return {
            "type": "weekly",
            "interval": rule.interval,
            "daysOfWeek": _day_names(rule.days),
            "firstDayOfWeek": _DAYS[rule.week_start],
        }
    if rule.position is None:
        kind: str = "absolute"
        which: dict[str, Any] = {"dayOfMonth": rule.month_day}
    else:
        position = next(name for name, one in _POSITIONS.items() if one == rule.position)
        kind, which = "relative", {"daysOfWeek": _day_names(rule.days), "index": position}
    if rule.month is None:
        return {"type": f"{kind}Monthly", "interval": rule.interval, **which}
    if rule.interval > 1:
        # A yearly pattern is one of every twelfth month, without an interval (MS-OXOCAL 2.2.1.44.1).
        return {"type": f"{kind}Monthly", "interval": rule.interval * _MONTHS_A_YEAR, **which}
    return {"type": f"{kind}Yearly", "interval": rule.interval, "month": rule.month, **which}


def _range(rule: Rule, zone: str) -> dict[str, Any]:
    told: dict[str, Any] = {"startDate": rule.first.isoformat(), "recurrenceTimeZone": zone}
    if rule.until is not None:
        return {"type": "endDate", "endDate": rule.until.isoformat(), **told}
    if rule.count is not None:
        return {"type": "numbered", "numberOfOccurrences": rule.count, **told}
    return {"type": "noEnd", **told}


def _read(pattern: Mapping[str, Any], ends: Mapping[str, Any], first: date) -> Rule:
    kind = str(pattern["type"]).casefold()
    freq = _FREQUENCIES[kind]
    relative, yearly = kind.startswith("relative"), freq is Freq.YEARLY
    how = str(ends["type"]).casefold()
    return Rule(
        freq,
        first,
        interval=int(pattern.get("interval") or 1),
        days=_read_days(pattern) if relative or freq is Freq.WEEKLY else (),
        position=_POSITIONS[str(pattern.get("index") or "first").casefold()] if relative else None,
        month_day=int(pattern["dayOfMonth"]) if kind.startswith("absolute") else None,
        month=int(pattern["month"]) if yearly else None,
        week_start=_DAYS.index(str(pattern.get("firstDayOfWeek") or "sunday").casefold())
        if freq is Freq.WEEKLY
        else 0,
        count=int(ends["numberOfOccurrences"]) if how == "numbered" else None,
        until=_until(ends) if how == "enddate" else None,
    )


def _until(ends: Mapping[str, Any]) -> date:
    told = str(ends["endDate"])
    if told == _NEVER:
        raise Unsupported("until")
    return date.fromisoformat(told[: len(_NEVER)])


def _read_days(pattern: Mapping[str, Any]) -> tuple[int, ...]:
    chosen = {_DAYS.index(str(name).casefold()) for name in pattern["daysOfWeek"]}
    if not chosen:
        raise ValueError("no day")
    return tuple(sorted(chosen))


def _day_names(days: Iterable[int]) -> list[str]:
    return [_DAYS[day] for day in days]

"""Recurrence in Graph's notation ("patternedRecurrence", "recurrencePattern", "recurrenceRange")."""

from __future__ import annotations

from datetime import date
from typing import Any

from vfadmin.simulator.graph.errors import GraphError, invalid_request
from vfadmin.simulator.graph.moments import YEARS, read_zone
from vfadmin.simulator.recurrence import GROUPS, MONTHS, POSITIONS, WEEK, Kind, Recurrence, weekdays

_KINDS: dict[str, Kind] = {
    "daily": "Daily",
    "weekly": "Weekly",
    "absolutemonthly": "AbsoluteMonthly",
    "relativemonthly": "RelativeMonthly",
    "absoluteyearly": "AbsoluteYearly",
    "relativeyearly": "RelativeYearly",
}
_TYPES = {kind: f"{kind[0].lower()}{kind[1:]}" for kind in _KINDS.values()}
_DAYS = {day.lower(): day for day in WEEK}
_INDEXES = {name.lower(): name for name in POSITIONS}
_NO_DATE = "0001-01-01"


def read_recurrence(value: Any) -> tuple[Recurrence, str | None]:  # noqa: ANN401 (a JSON value)
    """The rule of a patternedRecurrence, and the zone its days are in where it names one.

    400 where it is none; whether a server takes the rule is for the series to say.
    """
    if not isinstance(value, dict) or not isinstance(value.get("pattern"), dict):
        raise invalid_request("A recurrence needs a pattern and a range.")
    pattern, limits = value["pattern"], value.get("range")
    if not isinstance(limits, dict):
        raise invalid_request("A recurrence needs a pattern and a range.")
    kind = _choice(pattern.get("type"), _KINDS, "pattern.type")
    start = _day(limits.get("startDate"), "range.startDate")
    fields: dict[str, Any] = {"interval": _count(pattern.get("interval"), "pattern.interval")}
    if kind == "Weekly" or kind.startswith("Relative"):
        fields["days"] = _days(pattern.get("daysOfWeek"), relative=kind != "Weekly")
    if kind == "Weekly":
        fields["first_day"] = _choice(pattern.get("firstDayOfWeek") or "sunday", _DAYS, "firstDayOfWeek")
    if kind.startswith("Relative"):
        fields["index"] = _choice(pattern.get("index") or "first", _INDEXES, "pattern.index")
    if kind.startswith("Absolute"):
        fields["day_of_month"] = _count(pattern.get("dayOfMonth"), "pattern.dayOfMonth")
    if kind.endswith("Yearly"):
        month = _count(pattern.get("month"), "pattern.month")
        if month > len(MONTHS):
            raise invalid_request("The month of a recurrence is from 1 to 12.")
        fields["month"] = MONTHS[month - 1]
    fields |= _limits(limits)
    zone = limits.get("recurrenceTimeZone")
    return Recurrence(kind, start, **fields), read_zone(zone) if zone else None


def _limits(value: dict[str, Any]) -> dict[str, Any]:
    kinds = {"noend": "noEnd", "enddate": "endDate", "numbered": "numbered"}
    kind = _choice(value.get("type"), kinds, "range.type")
    if kind == "endDate":
        return {"end": _day(value.get("endDate"), "range.endDate")}
    if kind == "numbered":
        return {"count": _count(value.get("numberOfOccurrences"), "range.numberOfOccurrences")}
    return {}


def recurrence_json(rule: Recurrence, zone: str) -> dict[str, Any]:
    """A rule as answers write it: what its kind does not use has its default."""
    kind = "endDate" if rule.end else "numbered" if rule.count else "noEnd"
    days = weekdays(rule) if rule.kind == "Weekly" or rule.kind.startswith("Relative") else ()
    pattern = {
        "type": _TYPES[rule.kind],
        "interval": rule.interval,
        "month": MONTHS.index(rule.month) + 1 if rule.kind.endswith("Yearly") else 0,
        "dayOfMonth": rule.day_of_month if rule.kind.startswith("Absolute") else 0,
        "firstDayOfWeek": rule.first_day.lower(),
        "index": rule.index.lower(),
    }
    if days:
        pattern["daysOfWeek"] = [day.lower() for day in days]
    return {
        "pattern": pattern,
        "range": {
            "type": kind,
            "startDate": rule.start.isoformat(),
            "endDate": rule.end.isoformat() if rule.end else _NO_DATE,
            "recurrenceTimeZone": zone,
            "numberOfOccurrences": rule.count or 0,
        },
    }


def _days(value: Any, *, relative: bool) -> tuple[str, ...]:  # noqa: ANN401 (a JSON value)
    if not isinstance(value, list) or not value:
        raise invalid_request("The pattern needs daysOfWeek.")
    chosen = {_choice(day, _DAYS, "pattern.daysOfWeek") for day in value}
    days = tuple(day for day in WEEK if day in chosen)
    if relative:
        # MS-OXOCAL keeps a day, a weekday and a weekend day as groups of their own.
        days = next(((name,) for name, group in GROUPS.items() if group == days), days)
    return days


def _choice(value: Any, known: dict[str, Any], name: str) -> Any:  # noqa: ANN401 (a JSON value, and what it stands for)
    found = known.get(value.lower()) if isinstance(value, str) else None
    if found is None:
        raise GraphError(400, "RequestBodyRead", f"Requested value '{value}' of '{name}' was not found.")
    return found


def _count(value: Any, name: str) -> int:  # noqa: ANN401 (a JSON value)
    # Docs and clients in the wild write numbers as text too; OData's IEEE754Compatible form allows it.
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number < 2**31:
        raise invalid_request(f"'{name}' must be 1 or more.")
    return number


def _day(value: Any, name: str) -> date:  # noqa: ANN401 (a JSON value)
    try:
        found = date.fromisoformat(value[:10])
    except (ValueError, TypeError):
        raise invalid_request(f"'{name}' is no date.") from None
    if found.year not in YEARS:
        raise invalid_request(f"'{name}' is outside what a calendar can keep.")
    return found

"""Recurrence elements, read and written (Types.xsd, RecurrenceType)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple, cast

from lxml import etree

from vfadmin.simulator.errors import schema_violation
from vfadmin.simulator.names import T, local
from vfadmin.simulator.recurrence import GROUPS, MONTHS, POSITIONS, WEEK, Kind, Recurrence
from vfadmin.simulator.times import offset_text

_SUFFIX = "Recurrence"
# The children of each pattern and range in schema order.
_PATTERNS = {
    "RelativeYearlyRecurrence": ("DaysOfWeek", "DayOfWeekIndex", "Month"),
    "AbsoluteYearlyRecurrence": ("DayOfMonth", "Month"),
    "RelativeMonthlyRecurrence": ("Interval", "DaysOfWeek", "DayOfWeekIndex"),
    "AbsoluteMonthlyRecurrence": ("Interval", "DayOfMonth"),
    "WeeklyRecurrence": ("Interval", "DaysOfWeek", "FirstDayOfWeek"),
    "DailyRecurrence": ("Interval",),
}
_RANGES = {
    "NoEndRecurrence": ("StartDate",),
    "EndDateRecurrence": ("StartDate", "EndDate"),
    "NumberedRecurrence": ("StartDate", "NumberOfOccurrences"),
}
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)


class _Field(NamedTuple):
    """One child element: the attribute it sets, and how its text is read."""

    attribute: str
    read: Callable[[str], Any]


def _one_of(*allowed: str) -> Callable[[str], str]:
    return lambda text: allowed[allowed.index(text)]


def _days(text: str) -> tuple[str, ...]:
    return tuple(_one_of(*WEEK, *GROUPS)(name) for name in text.split())


def _date(text: str) -> date:
    """An xs:date. Its offset means nothing: a series begins on a day of its own zone."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return date.fromisoformat(match[1])


_FIELDS = {
    "Interval": _Field("interval", int),
    "DaysOfWeek": _Field("days", _days),
    "DayOfWeekIndex": _Field("index", _one_of(*POSITIONS)),
    "DayOfMonth": _Field("day_of_month", int),
    "Month": _Field("month", _one_of(*MONTHS)),
    "FirstDayOfWeek": _Field("first_day", _one_of(*WEEK)),
    "StartDate": _Field("start", _date),
    "EndDate": _Field("end", _date),
    "NumberOfOccurrences": _Field("count", int),
}


def read_recurrence(element: etree._Element, *, first_day: bool) -> Recurrence:
    """The rule in a Recurrence element; `first_day`: whether the request's schema has FirstDayOfWeek."""
    children = [child for child in element if local(child.tag)]
    if len(children) != 2:  # noqa: PLR2004 (a pattern and a range)
        raise schema_violation("The element 'Recurrence' has incomplete content.")
    pattern, span = children
    kind = cast("Kind", local(pattern.tag).removesuffix(_SUFFIX))
    values = _values(pattern, _PATTERNS, first_day=first_day) | _values(span, _RANGES, first_day=first_day)
    if kind.startswith("Relative") and len(values["days"]) != 1:
        raise schema_violation("The 'DaysOfWeek' element is invalid: one value is expected.")
    return Recurrence(kind, **values)


def _values(element: etree._Element, known: dict[str, tuple[str, ...]], *, first_day: bool) -> dict[str, Any]:
    name = local(element.tag)
    if name not in known or not str(element.tag).startswith(T):
        raise schema_violation(f"The element 'Recurrence' has invalid child element '{name}'.")
    given = {local(child.tag): (child.text or "").strip() for child in element if local(child.tag)}
    expected = [child for child in known[name] if child != "FirstDayOfWeek" or (first_day and child in given)]
    if list(given) != expected:
        raise schema_violation(f"The element '{name}' has the wrong content.")
    values = {}
    for child, text in given.items():
        field = _FIELDS[child]
        try:
            values[field.attribute] = field.read(text)
        except ValueError:
            raise schema_violation(
                f"The '{child}' element is invalid - The value '{text}' is invalid."
            ) from None
    return values


def write_recurrence(rule: Recurrence, zone: tzinfo, *, first_day: bool) -> str:
    """A Recurrence element; as on a real server, its dates carry the offset of the series' zone."""
    pattern = f"{rule.kind}{_SUFFIX}"
    span = "NoEnd" if rule.end is None and rule.count is None else "EndDate" if rule.end else "Numbered"
    inner = _written(rule, pattern, _PATTERNS, zone, first_day=first_day)
    inner += _written(rule, f"{span}{_SUFFIX}", _RANGES, zone, first_day=first_day)
    return f"<t:Recurrence>{inner}</t:Recurrence>"


def _written(
    rule: Recurrence, name: str, known: dict[str, tuple[str, ...]], zone: tzinfo, *, first_day: bool
) -> str:
    inner = ""
    for child in known[name]:
        if child != "FirstDayOfWeek" or first_day:
            inner += f"<t:{child}>{_text(getattr(rule, _FIELDS[child].attribute), zone)}</t:{child}>"
    return f"<t:{name}>{inner}</t:{name}>"


def _text(value: object, zone: tzinfo) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, date):
        offset = datetime.combine(value, time(), zone).utcoffset() or timedelta()
        return value.isoformat() + offset_text(offset)
    return str(value)

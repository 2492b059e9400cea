"""A series' rule as an RRULE (MS-OXCICAL 2.1.3.2.1, RFC 5545 3.3.10)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from vfadmin.simulator.recurrence import MONTHS, POSITIONS, WEEK, Recurrence, month_days, weekdays

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

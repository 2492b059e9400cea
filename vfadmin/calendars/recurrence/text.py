"""The text of a rule, as RFC 5545 (section 3.3.10) writes it, read and written.

Equal rules have one text: what follows from the first day is said once and in one way, defaults and
everything without effect are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from vfadmin.calendars.recurrence.days import days, last
from vfadmin.calendars.recurrence.rule import (
    LONGEST_MONTH,
    POSITIONS,
    WEEK,
    WEEKEND,
    WORKDAYS,
    Freq,
    Rule,
    Unsupported,
    always_has,
    simplest,
)

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = frozenset(
    {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "COUNT", "UNTIL"}
)
_BY = {
    Freq.DAILY: {"BYDAY"},
    Freq.WEEKLY: {"BYDAY"},
    Freq.MONTHLY: {"BYMONTHDAY", "BYDAY", "BYSETPOS"},
    Freq.YEARLY: {"BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"},
}
_NUMBER = re.compile(r"[+-]?\d{1,6}", re.ASCII)
_WEEKDAY = re.compile(rf"([+-]?\d{{1,2}})?({'|'.join(_NAMES)})", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)
_LAST_SECOND = time(23, 59, 59)
_EVERY_MONTH = 28
_LONGEST_TEXT = 500


def parse(text: str, start: datetime, *, all_day: bool) -> Rule:
    """The rule of a series that starts then, in its simplest form. ``start`` is in the series' own zone.

    A start the rule does not have moves to the first day it has. Raises Unsupported.
    """
    parts = _parts(text)
    freq = _freq(parts)
    if {name for name in parts if name.startswith("BY")} - _BY[freq]:
        raise Unsupported("part")
    rule = Rule(
        freq,
        start.date(),
        interval=_number(parts, "INTERVAL", 1),
        week_start=_NAMES.index(parts["WKST"]) if parts.get("WKST") in _NAMES else 0,
        count=_number(parts, "COUNT", 0) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"], start, all_day=all_day) if "UNTIL" in parts else None,
    )
    if rule.interval < 1 or (rule.count is not None and rule.until is not None):
        raise Unsupported("bounds")
    return settled(_PATTERNS[freq](rule, parts))


def write(rule: Rule, zone: tzinfo, *, all_day: bool) -> str:
    """The text of a rule in its simplest form, for a series in that zone."""
    parts = [f"FREQ={rule.freq}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.month is not None:
        parts.append(f"BYMONTH={rule.month}")
    if rule.month_day is not None:
        parts.append(_month_day_text(rule.month_day, rule.month))
    if rule.days:
        parts.append(_days_text(rule))
    if rule.week_start:
        parts.append(f"WKST={_NAMES[rule.week_start]}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={_until_text(rule.until, zone, all_day=all_day)}")
    return ";".join(parts)


def settled(rule: Rule) -> Rule:
    """The rule in its simplest form, its first and its last day among its days. Raises Unsupported."""
    first = next(days(replace(rule, count=None, until=None)), None)
    if first is None:
        raise Unsupported("empty")
    rule = simplest(replace(rule, first=first))
    if rule.until is None:
        return rule
    until = last(rule)
    if until is None:
        raise Unsupported("empty")
    return replace(rule, until=until)


def _parts(text: str) -> dict[str, str]:
    text = text.strip().upper().removeprefix("RRULE:").strip(";")
    if len(text) > _LONGEST_TEXT:
        raise Unsupported("text")
    pairs = [part.partition("=") for part in text.split(";")]
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    if len(parts) != len(pairs) or not parts.keys() <= _PARTS or not all(parts.values()):
        raise Unsupported("part")
    if parts.get("WKST", "MO") not in _NAMES:
        raise Unsupported("WKST")
    return parts


def _freq(parts: Mapping[str, str]) -> Freq:
    try:
        return Freq(parts["FREQ"])
    except (KeyError, ValueError):
        raise Unsupported("FREQ") from None


def _daily(rule: Rule, parts: Mapping[str, str]) -> Rule:
    if "BYDAY" not in parts:
        return rule
    if rule.interval != 1:
        raise Unsupported("BYDAY")
    return _weekly(replace(rule, freq=Freq.WEEKLY), parts)


def _weekly(rule: Rule, parts: Mapping[str, str]) -> Rule:
    if "BYDAY" not in parts:
        return replace(rule, days=(rule.first.weekday(),))
    weekdays = _weekdays(parts)
    if any(ordinal is not None for ordinal, _ in weekdays):
        raise Unsupported("BYDAY")
    return replace(rule, days=_sorted(weekdays))


def _monthly(rule: Rule, parts: Mapping[str, str]) -> Rule:
    return _in_month(rule, parts, None if rule.interval % 12 else rule.first.month)


def _yearly(rule: Rule, parts: Mapping[str, str]) -> Rule:
    if "BYMONTH" not in parts and parts.keys() & {"BYMONTHDAY", "BYDAY"}:
        raise Unsupported("BYMONTH")  # days of every month, or of the year
    month = _number(parts, "BYMONTH", rule.first.month)
    if not 1 <= month <= 12:  # noqa: PLR2004 - the months
        raise Unsupported("BYMONTH")
    return _in_month(replace(rule, month=month), parts, month)


def _in_month(rule: Rule, parts: Mapping[str, str], month: int | None) -> Rule:
    if "BYDAY" not in parts:
        return replace(rule, month_day=_month_day(rule, parts, month))
    if "BYMONTHDAY" in parts:
        raise Unsupported("BYMONTHDAY")
    weekdays = _weekdays(parts)
    ordinals = {ordinal for ordinal, _ in weekdays}
    if ordinals == {None}:
        position = _number(parts, "BYSETPOS", 0)
    elif len(weekdays) == 1 and "BYSETPOS" not in parts:
        position = weekdays[0][0] or 0
    else:
        raise Unsupported("BYDAY")
    group = _sorted(weekdays)
    if position not in POSITIONS or not (len(group) == 1 or group in (WORKDAYS, WEEKEND, WEEK)):
        raise Unsupported("BYSETPOS")
    return replace(rule, days=group, position=position)


def _month_day(rule: Rule, parts: Mapping[str, str], month: int | None) -> int:
    """The one day of the month that is meant.

    RFC 5545 leaves a month out that lacks the day, Exchange takes the month's last one. So the 30th has to be
    told as the last of 28 to 30, and the 31st as the last day.
    """
    given = parts.get("BYMONTHDAY", str(rule.first.day)).split(",")
    if not all(_NUMBER.fullmatch(one) for one in given):
        raise Unsupported("BYMONTHDAY")
    numbers = sorted({int(one) for one in given})
    longest = numbers[-1]
    if "BYSETPOS" in parts:
        consecutive = numbers == list(range(numbers[0], longest + 1))
        fits = consecutive and 1 <= numbers[0] <= _EVERY_MONTH <= longest <= LONGEST_MONTH
        if parts["BYSETPOS"] != "-1" or not fits:
            raise Unsupported("BYSETPOS")
        return longest
    if numbers == [-1]:
        return LONGEST_MONTH
    if len(numbers) > 1 or longest < 1 or not always_has(longest, month):
        raise Unsupported("BYMONTHDAY")
    return longest


_PATTERNS = {Freq.DAILY: _daily, Freq.WEEKLY: _weekly, Freq.MONTHLY: _monthly, Freq.YEARLY: _yearly}


def _weekdays(parts: Mapping[str, str]) -> list[tuple[int | None, int]]:
    """Each weekday with its ordinal, if it has one."""
    matches = [_WEEKDAY.fullmatch(one.strip()) for one in parts["BYDAY"].split(",")]
    found = [
        (int(match[1]) if match[1] else None, _NAMES.index(match[2]))
        for match in matches
        if match is not None
    ]
    if len(found) != len(matches):
        raise Unsupported("BYDAY")
    return found


def _sorted(weekdays: list[tuple[int | None, int]]) -> tuple[int, ...]:
    return tuple(sorted({day for _, day in weekdays}))


def _number(parts: Mapping[str, str], name: str, default: int) -> int:
    text = parts.get(name, str(default))
    if not _NUMBER.fullmatch(text):
        raise Unsupported(name)
    return int(text)


def _until(text: str, start: datetime, *, all_day: bool) -> date:
    """The last day on which an occurrence may still start."""
    match = _UNTIL.fullmatch(text)
    try:
        moment = datetime.strptime(f"{match[1]}{match[2] or '235959'}", "%Y%m%d%H%M%S") if match else None  # noqa: DTZ007
        if match is None or moment is None:
            raise Unsupported("UNTIL")
        if match[3] and not all_day:
            moment = moment.replace(tzinfo=UTC).astimezone(start.tzinfo).replace(tzinfo=None)
        if all_day or moment.time() >= start.time():
            return moment.date()
        return moment.date() - timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise Unsupported("UNTIL") from error


def _until_text(day: date, zone: tzinfo, *, all_day: bool) -> str:
    """The end of the last day: so the text stands when the time of day is changed."""
    if all_day:
        return day.isoformat().replace("-", "")
    end = datetime.combine(day, _LAST_SECOND, zone).astimezone(UTC)
    return f"{end.replace(tzinfo=None).isoformat()}Z".replace("-", "").replace(":", "")


def _month_day_text(day: int, month: int | None) -> str:
    if always_has(day, month):
        return f"BYMONTHDAY={day}"
    if day == LONGEST_MONTH or month is not None:
        return "BYMONTHDAY=-1"
    return f"BYMONTHDAY={','.join(map(str, range(_EVERY_MONTH, day + 1)))};BYSETPOS=-1"


def _days_text(rule: Rule) -> str:
    names = ",".join(_NAMES[day] for day in rule.days)
    if rule.position is None:
        return f"BYDAY={names}"
    return (
        f"BYDAY={rule.position}{names}" if len(rule.days) == 1 else f"BYDAY={names};BYSETPOS={rule.position}"
    )

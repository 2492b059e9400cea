"""Rules as EWS writes them: a pattern and a range (MS-OXWSCDATA 2.2.4.62, RecurrenceType)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lxml import etree

from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.xml import branch, element, find, tag, text_at
from vfadmin.calendars.recurrence.rule import WEEK, WEEKEND, WORKDAYS, Freq, Rule, Unsupported
from vfadmin.calendars.recurrence.text import settled

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GROUPS = {"Day": WEEK, "Weekday": WORKDAYS, "WeekendDay": WEEKEND}
_POSITIONS = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": -1}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS_A_YEAR = 12
_DATE_LENGTH = len("2026-01-31")
_FREQUENCIES = {
    "DailyRecurrence": Freq.DAILY,
    "WeeklyRecurrence": Freq.WEEKLY,
    "AbsoluteMonthlyRecurrence": Freq.MONTHLY,
    "RelativeMonthlyRecurrence": Freq.MONTHLY,
    "AbsoluteYearlyRecurrence": Freq.YEARLY,
    "RelativeYearlyRecurrence": Freq.YEARLY,
}


def write_rule(rule: Rule) -> etree._Element:
    """The Recurrence element of a rule in its simplest form."""
    return branch("t:Recurrence", _pattern(rule), _range(rule))


def read_rule(recurrence: etree._Element, first: date) -> Rule:
    """The rule of such an element, for a series whose first occurrence is on that day.

    Raises Unsupported for a pattern of tasks, and for whatever does not make sense.
    """
    for name, freq in _FREQUENCIES.items():
        pattern = find(recurrence, f"t:{name}")
        if pattern is not None:
            try:
                return settled(_read(recurrence, pattern, freq, first))
            except (ValueError, KeyError, OverflowError) as error:
                raise Unsupported("pattern") from error
    raise Unsupported("pattern")


def _pattern(rule: Rule) -> etree._Element:
    interval = _text("Interval", rule.interval)
    if rule.freq is Freq.DAILY:
        return branch("t:DailyRecurrence", interval)
    if rule.freq is Freq.WEEKLY:
        return branch(
            "t:WeeklyRecurrence",
            interval,
            _text("DaysOfWeek", _day_names(rule.days)),
            _text("FirstDayOfWeek", _DAYS[rule.week_start]),
        )
    if rule.position is None:
        kind, which = "Absolute", [_text("DayOfMonth", rule.month_day)]
    else:
        position = next(name for name, one in _POSITIONS.items() if one == rule.position)
        names = next((name for name, days in _GROUPS.items() if days == rule.days), _day_names(rule.days))
        kind, which = "Relative", [_text("DaysOfWeek", names), _text("DayOfWeekIndex", position)]
    if rule.month is None:
        return branch(f"t:{kind}MonthlyRecurrence", interval, *which)
    if rule.interval > 1:  # a yearly pattern has no interval
        months = _text("Interval", rule.interval * _MONTHS_A_YEAR)
        return branch(f"t:{kind}MonthlyRecurrence", months, *which)
    return branch(f"t:{kind}YearlyRecurrence", *which, _text("Month", _MONTHS[rule.month - 1]))


def _range(rule: Rule) -> etree._Element:
    start = _text("StartDate", rule.first.isoformat())
    if rule.until is not None:
        return branch("t:EndDateRecurrence", start, _text("EndDate", rule.until.isoformat()))
    if rule.count is not None:
        return branch("t:NumberedRecurrence", start, _text("NumberOfOccurrences", rule.count))
    return branch("t:NoEndRecurrence", start)


def _read(recurrence: etree._Element, pattern: etree._Element, freq: Freq, first: date) -> Rule:
    index, month_day, month, week_start = (
        text_at(pattern, f"t:{name}") for name in ("DayOfWeekIndex", "DayOfMonth", "Month", "FirstDayOfWeek")
    )
    count = text_at(recurrence, "t:NumberedRecurrence/t:NumberOfOccurrences")
    until = text_at(recurrence, "t:EndDateRecurrence/t:EndDate")
    return Rule(
        freq,
        first,
        interval=int(text_at(pattern, "t:Interval") or 1),
        days=_read_days(pattern),
        position=None if index is None else _POSITIONS[index],
        month_day=None if month_day is None else int(month_day),
        month=None if month is None else _MONTHS.index(month) + 1,
        # The week of an older schema begins on Sunday.
        week_start=_DAYS.index(week_start or "Sunday") if freq is Freq.WEEKLY else 0,
        count=None if count is None else int(count),
        # The offset an xs:date may carry means nothing: a series has days of its own zone.
        until=None if until is None else date.fromisoformat(until[:_DATE_LENGTH]),
    )


def _read_days(pattern: etree._Element) -> tuple[int, ...]:
    given = text_at(pattern, "t:DaysOfWeek")
    if given is None:
        return ()
    names = given.split()
    chosen = {day for name in names for day in (_GROUPS.get(name) or (_DAYS.index(name),))}
    if not chosen:
        raise ValueError("no day")
    return tuple(sorted(chosen))


def _day_names(days: Iterable[int]) -> str:
    return " ".join(_DAYS[day] for day in days)


def _text(name: str, value: object) -> etree._Element:
    return element(f"t:{name}", str(value))


def modified(shown: Fields) -> list[etree._Element]:
    """The entries of a master's exceptions; each has an ItemId and an OriginalStart."""
    found = shown.child("t:ModifiedOccurrences")
    return [] if found is None else list(found.iterfind(tag("t:Occurrence")))


def deleted(shown: Fields) -> list[etree._Element]:
    """The entries of a master's deleted occurrences; each has the Start it would have had."""
    found = shown.child("t:DeletedOccurrences")
    return [] if found is None else list(found.iterfind(tag("t:DeletedOccurrence")))

"""When a series recurs: the rule as a value, what a server refuses of it, its days (MS-OXOCAL 2.2.1.44)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any, Literal

from dateutil import rrule

from vfadmin.simulator.errors import ExchangeError

Kind = Literal["RelativeYearly", "AbsoluteYearly", "RelativeMonthly", "AbsoluteMonthly", "Weekly", "Daily"]
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GROUPS = {"Day": WEEK, "Weekday": WEEK[:5], "WeekendDay": WEEK[5:]}
POSITIONS = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": -1}
MONTHS = tuple(calendar.month_name)[1:]
# MS-OXOCAL: a series without end is kept with this one.
LAST_DAY = date(4500, 8, 31)
_MOST_OCCURRENCES = 999
_LONGEST_INTERVAL = {"Daily": 999, "Weekly": 99, "RelativeMonthly": 99, "AbsoluteMonthly": 99}
_EVERY_MONTH = 28
# As many occurrences as show every distance there is between two: a month's come round in four years.
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule in the item's own time zone. It ends with `end` (the last day), after `count`, or not at all.

    What a kind does not use keeps its default: `days` and `index` belong to the relative kinds, `days` and
    `first_day` to the weekly one, `day_of_month` to the absolute ones, `month` to the yearly ones. A day of
    the month that a month does not have is its last one.
    """

    kind: Kind
    start: date
    interval: int = 1
    days: tuple[str, ...] = ()
    index: str = "First"
    day_of_month: int = 1
    month: str = "January"
    first_day: str = "Sunday"
    end: date | None = None
    count: int | None = None


def checked(rule: Recurrence) -> Recurrence:
    """The rule, if a server takes it; ErrorCalendarInvalidRecurrence and its more exact kin otherwise."""
    _check_pattern(rule)
    if rule.count is not None and not 1 <= rule.count <= _MOST_OCCURRENCES:
        raise _invalid(f"{rule.count} occurrences")
    if rule.end is not None and rule.end < rule.start:
        raise ExchangeError("ErrorCalendarEndDateIsEarlierThanStartDate")
    if max(rule.start, rule.end or rule.start) > LAST_DAY:
        raise ExchangeError("ErrorRecurrenceEndDateTooBig")
    if next(days_of(rule), None) is None:
        raise ExchangeError("ErrorRecurrenceHasNoOccurrence")
    return rule


def _check_pattern(rule: Recurrence) -> None:
    if not 1 <= rule.interval <= _LONGEST_INTERVAL.get(rule.kind, 1):
        raise _invalid(f"an interval of {rule.interval}")
    if rule.kind == "Weekly":
        if not rule.days:
            raise _invalid("a week without days")
        if not set(rule.days) <= set(WEEK):
            raise ExchangeError("ErrorCalendarInvalidDayForWeeklyRecurrence")
    elif rule.kind.startswith("Absolute"):
        longest = calendar.monthrange(2000, MONTHS.index(rule.month) + 1)[1]
        if not 1 <= rule.day_of_month <= (longest if rule.kind == "AbsoluteYearly" else 31):
            raise _invalid(f"the day {rule.day_of_month} of a month")


def days_of(rule: Recurrence) -> Iterator[date]:
    """The days of a rule, first to last, in its own time zone."""
    return (moment.date() for moment in _expanded(rule))


def days_between(rule: Recurrence, first: date, last: date) -> Iterator[date]:
    """The days of a rule from `first` to `last`, both included."""
    for day in days_of(rule):
        if day > last:
            return
        if day >= first:
            yield day


def shortest_gap(rule: Recurrence) -> int | None:
    """The least number of days from one occurrence to the next; None where there is only one."""
    return min(
        ((after - before).days for before, after in pairwise(islice(days_of(rule), _SAMPLE))), default=None
    )


def weekdays(rule: Recurrence) -> tuple[str, ...]:
    """The days of the week a rule names, one by one."""
    return tuple(day for name in rule.days for day in GROUPS.get(name, (name,)))


def month_days(rule: Recurrence) -> tuple[int, ...]:
    """The days of the month of which the last one that exists is meant: 28 to 31 for the 31st."""
    if rule.day_of_month <= _EVERY_MONTH:
        return (rule.day_of_month,)
    return tuple(range(_EVERY_MONTH, rule.day_of_month + 1))


def _invalid(what: str) -> ExchangeError:
    return ExchangeError("ErrorCalendarInvalidRecurrence", f"The recurrence is invalid: {what}.")


@lru_cache(maxsize=256)
def _expanded(rule: Recurrence) -> rrule.rrule:
    options: dict[str, Any] = {
        "dtstart": datetime.combine(rule.start, time()),
        "interval": rule.interval,
        "wkst": WEEK.index(rule.first_day),
        "cache": True,
    }
    if rule.count is not None:
        options["count"] = rule.count
    else:
        options["until"] = datetime.combine(rule.end or LAST_DAY, time())
    if rule.kind.endswith("Yearly"):
        options["bymonth"] = MONTHS.index(rule.month) + 1
    if rule.days:
        options["byweekday"] = [WEEK.index(day) for day in weekdays(rule)]
    if rule.kind.startswith("Relative"):
        options["bysetpos"] = POSITIONS[rule.index]
    if rule.kind.startswith("Absolute"):
        options |= {"bymonthday": month_days(rule), "bysetpos": -1}
    return rrule.rrule(_FREQUENCIES[rule.kind], **options)


_FREQUENCIES = {
    "RelativeYearly": rrule.YEARLY,
    "AbsoluteYearly": rrule.YEARLY,
    "RelativeMonthly": rrule.MONTHLY,
    "AbsoluteMonthly": rrule.MONTHLY,
    "Weekly": rrule.WEEKLY,
    "Daily": rrule.DAILY,
}

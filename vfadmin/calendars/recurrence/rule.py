"""The rule of a series, by days of its own time zone."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

WEEK = tuple(range(7))
WORKDAYS, WEEKEND = WEEK[:5], WEEK[5:]
POSITIONS = (1, 2, 3, 4, -1)
"""First to fourth, and last."""

LONGEST_MONTH = 31
MOST_OCCURRENCES = 999
LAST_YEAR = 4500
"""Exchange's limits (MS-OXOCAL 2.2.1.44.1): it keeps a series without end until August of that year."""

_SHORTEST_MONTH, _FEBRUARY, _LEAP_YEAR = 28, 2, 2000
_MONTHS_A_YEAR, _DAYS_A_WEEK = 12, 7


class Unsupported(ValueError):
    """A rule that is none, or that Exchange cannot express."""


class Freq(StrEnum):
    """What the interval counts."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


_LONGEST_INTERVAL = {Freq.DAILY: 999, Freq.WEEKLY: 99, Freq.MONTHLY: 99, Freq.YEARLY: 8}
"""99 months are eight years and a little."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The days of a series. It ends with ``until`` (its last day), after ``count`` days, or never.

    ``days`` are weekdays, Monday being 0: those of a week, or with a ``position`` the group of which one is
    meant. ``month_day`` is a day of the month; a month that lacks it has its last day instead. ``month`` is
    of yearly rules alone. What a rule does not use keeps its default.
    """

    freq: Freq
    first: date
    interval: int = 1
    days: tuple[int, ...] = ()
    position: int | None = None
    month_day: int | None = None
    month: int | None = None
    week_start: int = 0
    count: int | None = None
    until: date | None = None

    @property
    def endless(self) -> bool:
        """Whether it never ends."""
        return self.count is None and self.until is None


def always_has(day: int, month: int | None) -> bool:
    """Whether the month of every year, or every month, has that day."""
    return day <= (_SHORTEST_MONTH if month is None else min(_length(month), _length(month, leap=False)))


def simplest(rule: Rule) -> Rule:
    """The one form of all rules with the same days; ``first`` must be one of them.

    How it ends is left as it is. Raises Unsupported for what Exchange refuses.
    """
    rule = _simplest_frequency(rule)
    rule = replace(rule, week_start=_week_start(rule) if rule.freq is Freq.WEEKLY else 0)
    if rule.position is not None and rule.days == WEEK:
        month_day = LONGEST_MONTH if rule.position < 0 else rule.position
        rule = replace(rule, days=(), position=None, month_day=month_day)
    if rule.month is not None and rule.month_day is not None:
        rule = replace(rule, month_day=min(rule.month_day, _length(rule.month)))
    if not 1 <= rule.interval <= _LONGEST_INTERVAL[rule.freq]:
        raise Unsupported("interval")
    if rule.count is not None and not 1 <= rule.count <= MOST_OCCURRENCES:
        raise Unsupported("count")
    if max(rule.first, rule.until or rule.first).year >= LAST_YEAR:
        raise Unsupported("year")
    return rule


def _simplest_frequency(rule: Rule) -> Rule:
    interval = rule.interval
    if rule.freq is Freq.DAILY and not interval % _DAYS_A_WEEK:
        weeks = interval // _DAYS_A_WEEK
        if weeks <= _LONGEST_INTERVAL[Freq.WEEKLY]:
            return replace(rule, freq=Freq.WEEKLY, interval=weeks, days=(rule.first.weekday(),))
    if rule.freq is Freq.WEEKLY and interval == 1 and rule.days == WEEK:
        return replace(rule, freq=Freq.DAILY, days=())
    if rule.freq is Freq.MONTHLY and not interval % _MONTHS_A_YEAR:
        years = interval // _MONTHS_A_YEAR
        return replace(rule, freq=Freq.YEARLY, interval=years, month=rule.first.month)
    return rule


def _week_start(rule: Rule) -> int:
    """The earliest day on which weeks may begin without parting the days otherwise."""
    earlier = [day for day in rule.days if day < rule.week_start]
    parted = rule.interval > 1 and 0 < len(earlier) < len(rule.days)
    return max(earlier) + 1 if parted else 0


def _length(month: int, *, leap: bool = True) -> int:
    return calendar.monthrange(_LEAP_YEAR + (not leap), month)[1]

"""The days of a rule: computed period by period, so that a far day costs no more than a near one."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from vfadmin.calendars.recurrence.rule import LAST_YEAR, Freq, Rule

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_OUT_OF_YEARS = (OverflowError, ValueError)
"""What dates raise beyond the year 9999."""


def days(rule: Rule) -> Iterator[date]:
    """The days of the rule, first to last."""
    given = 0
    for period in count():
        try:
            candidates = _days_in(rule, period)
        except _OUT_OF_YEARS:
            return
        for day in candidates:
            if rule.until is not None and day > rule.until:
                return
            if day >= rule.first:
                yield day
                given += 1
                if given == rule.count:
                    return


def has(rule: Rule, day: date) -> bool:
    """Whether the rule has that day."""
    if rule.count is not None:
        return day in days(rule)
    if day < rule.first or day.year >= LAST_YEAR or (rule.until is not None and day > rule.until):
        return False
    return day in _days_in(rule, _period_of(rule, day))


def last(rule: Rule) -> date | None:
    """The last day of a rule that ends; None for one that has no day at all, or does not end."""
    if rule.count is not None:
        return max(days(rule), default=None)
    return None if rule.until is None else last_until(rule, rule.until)


def last_until(rule: Rule, bound: date) -> date | None:
    """The last day not after the bound."""
    if rule.count is not None:
        return max((day for day in days(rule) if day <= bound), default=None)
    bound = min(bound, rule.until or bound)
    for period in range(_period_of(rule, bound), -1, -1):
        for day in reversed(_days_in(rule, period)):
            if rule.first <= day <= bound:
                return day
    return None


def number(rule: Rule, day: date) -> int:
    """Which day of the rule it is, from 1. Raises ValueError for a day the rule does not have."""
    if not has(rule, day):
        raise ValueError("not a day of this rule")
    return sum(1 for _ in days(replace(rule, count=None, until=day)))


def _period_of(rule: Rule, day: date) -> int:
    """The period a day would belong to; periods count from that of the first day."""
    match rule.freq:
        case Freq.DAILY:
            passed = (day - rule.first).days
        case Freq.WEEKLY:
            passed = (_week_of(rule, day) - _week_of(rule, rule.first)) // _WEEK
        case Freq.MONTHLY:
            passed = (day.year - rule.first.year) * 12 + day.month - rule.first.month
        case _:
            passed = day.year - rule.first.year
    return passed // rule.interval


def _days_in(rule: Rule, period: int) -> tuple[date, ...]:
    """The days of one period, in order; of the first one also those before the rule's first day."""
    passed = period * rule.interval
    match rule.freq:
        case Freq.DAILY:
            return (rule.first + passed * _DAY,)
        case Freq.WEEKLY:
            week = _week_of(rule, rule.first) + passed * _WEEK
            return tuple(sorted(week + (day - rule.week_start) % 7 * _DAY for day in rule.days))
        case Freq.MONTHLY:
            year, month = divmod(rule.first.year * 12 + rule.first.month - 1 + passed, 12)
            return (_in_month(rule, year, month + 1),)
        case _:
            return (_in_month(rule, rule.first.year + passed, rule.month or rule.first.month),)


def _week_of(rule: Rule, day: date) -> date:
    return day - (day.weekday() - rule.week_start) % 7 * _DAY


def _in_month(rule: Rule, year: int, month: int) -> date:
    length = calendar.monthrange(year, month)[1]
    if rule.position is None:
        return date(year, month, min(rule.month_day or rule.first.day, length))
    weekday = date(year, month, 1).weekday()
    fitting = [day for day in range(1, length + 1) if (weekday + day - 1) % 7 in rule.days]
    return date(year, month, fitting[rule.position - 1 if rule.position > 0 else rule.position])

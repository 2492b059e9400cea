"""Rules and the elements EWS has for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.contract.strategies import rules
from vfadmin.calendars.ews.patterns import read_rule, write_rule
from vfadmin.calendars.ews.xml import T
from vfadmin.calendars.recurrence.days import days
from vfadmin.calendars.recurrence.rule import Unsupported
from vfadmin.calendars.recurrence.text import parse

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def element_of(inside: str) -> etree._Element:
    """A Recurrence element with that content."""
    return etree.fromstring(f'<t:Recurrence xmlns:t="{T}">{inside}</t:Recurrence>')


@settings(max_examples=400)
@given(text=rules(), start=st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31)))  # noqa: DTZ001
def test_every_rule_survives_its_element_r17(text: str, start: datetime) -> None:
    rule = parse(text, start, all_day=True)
    assert read_rule(write_rule(rule), rule.first) == rule


@pytest.mark.parametrize(
    ("pattern", "first_days"),
    [
        # The 31st of a month that has 30 days is its last one, as Outlook shows it.
        (
            (
                "<t:AbsoluteMonthlyRecurrence><t:Interval>1</t:Interval><t:DayOfMonth>31</t:DayOfMonth>"
                "</t:AbsoluteMonthlyRecurrence>"
            ),
            [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)],
        ),
        (
            (
                "<t:RelativeMonthlyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Day</t:DaysOfWeek>"
                "<t:DayOfWeekIndex>Last</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>"
            ),
            [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)],
        ),
        (
            (
                "<t:RelativeYearlyRecurrence><t:DaysOfWeek>Weekday</t:DaysOfWeek>"
                "<t:DayOfWeekIndex>First</t:DayOfWeekIndex><t:Month>May</t:Month></t:RelativeYearlyRecurrence>"
            ),
            [date(2026, 5, 1), date(2027, 5, 3), date(2028, 5, 1)],
        ),
        (
            (
                "<t:AbsoluteYearlyRecurrence><t:DayOfMonth>29</t:DayOfMonth><t:Month>February</t:Month>"
                "</t:AbsoluteYearlyRecurrence>"
            ),
            [date(2027, 2, 28), date(2028, 2, 29), date(2029, 2, 28)],
        ),
        (
            (
                "<t:WeeklyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Monday Sunday</t:DaysOfWeek>"
                "<t:FirstDayOfWeek>Monday</t:FirstDayOfWeek></t:WeeklyRecurrence>"
            ),
            [date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 16)],
        ),
        # Without the element, as an older schema has it, a week begins on Sunday.
        (
            (
                "<t:WeeklyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Monday Sunday</t:DaysOfWeek>"
                "</t:WeeklyRecurrence>"
            ),
            [date(2026, 3, 2), date(2026, 3, 15), date(2026, 3, 16)],
        ),
    ],
)
def test_a_pattern_means_the_days_outlook_shows_r17(pattern: str, first_days: list[date]) -> None:
    span = "<t:NoEndRecurrence><t:StartDate>2026-03-02+02:00</t:StartDate></t:NoEndRecurrence>"
    rule = read_rule(element_of(pattern + span), MONDAY.date())
    assert list(islice(days(rule), 3)) == first_days


def test_the_offset_of_an_end_means_nothing_r17() -> None:
    daily = "<t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>"
    span = (
        "<t:EndDateRecurrence><t:StartDate>2026-03-02+02:00</t:StartDate>"
        "<t:EndDate>2026-03-09-11:00</t:EndDate></t:EndDateRecurrence>"
    )
    assert read_rule(element_of(daily + span), MONDAY.date()).until == date(2026, 3, 9)


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<t:DailyRegeneration><t:Interval>1</t:Interval></t:DailyRegeneration>",
        "<t:DailyRecurrence><t:Interval>x</t:Interval></t:DailyRecurrence>",
        "<t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek/></t:WeeklyRecurrence>",
        "<t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Someday</t:DaysOfWeek></t:WeeklyRecurrence>",
        (
            "<t:RelativeMonthlyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday</t:DaysOfWeek>"
            "<t:DayOfWeekIndex>Fifth</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>"
        ),
        (
            "<t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>"
            "<t:EndDateRecurrence><t:EndDate>2026-02-30</t:EndDate></t:EndDateRecurrence>"
        ),
    ],
)
def test_a_pattern_of_nonsense_is_left_alone_r17(inside: str) -> None:
    with pytest.raises(Unsupported):
        read_rule(element_of(inside), MONDAY.date())

"""Rules and their days."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

import pytest

from vfadmin.simulator import Recurrence
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.recurrence import checked, days_between, days_of, shortest_gap


def days(kind: Any, start: str, *, most: int = 4, **more: Any) -> list[str]:
    rule = checked(Recurrence(kind, date.fromisoformat(start), **more))
    return [day.isoformat() for day in islice(days_of(rule), most)]


@pytest.mark.parametrize(
    ("kind", "start", "more", "expected"),
    [
        ("Daily", "2026-03-09", {"interval": 3}, ["2026-03-09", "2026-03-12", "2026-03-15", "2026-03-18"]),
        (
            "Weekly",
            "2026-03-11",
            {"days": ("Monday", "Wednesday")},
            ["2026-03-11", "2026-03-16", "2026-03-18", "2026-03-23"],
        ),
        (
            "AbsoluteMonthly",
            "2026-01-15",
            {"day_of_month": 15, "interval": 2},
            ["2026-01-15", "2026-03-15", "2026-05-15", "2026-07-15"],
        ),
        (
            "RelativeMonthly",
            "2026-01-01",
            {"days": ("Friday",), "index": "Last"},
            ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24"],
        ),
        (
            "RelativeMonthly",
            "2026-01-01",
            {"days": ("Weekday",), "index": "Last"},
            ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30"],
        ),
        (
            "RelativeMonthly",
            "2026-02-01",
            {"days": ("WeekendDay",), "index": "Second"},
            ["2026-02-07", "2026-03-07", "2026-04-05", "2026-05-03"],
        ),
        (
            "AbsoluteYearly",
            "2026-01-01",
            {"day_of_month": 6, "month": "December"},
            ["2026-12-06", "2027-12-06", "2028-12-06", "2029-12-06"],
        ),
        (
            "RelativeYearly",
            "2026-01-01",
            {"days": ("Thursday",), "index": "Fourth", "month": "November"},
            ["2026-11-26", "2027-11-25", "2028-11-23", "2029-11-22"],
        ),
    ],
)
def test_every_kind_has_its_days(kind: str, start: str, more: dict[str, Any], expected: list[str]) -> None:
    assert days(kind, start, **more) == expected


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert days("AbsoluteMonthly", "2028-01-31", day_of_month=31) == [
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
    ]
    assert days("AbsoluteYearly", "2027-01-01", day_of_month=29, month="February", most=2) == [
        "2027-02-28",
        "2028-02-29",
    ]


def test_the_first_day_of_the_week_says_which_weeks_are_left_out() -> None:
    pair = {"days": ("Sunday", "Tuesday"), "interval": 2, "most": 3}

    assert days("Weekly", "2026-03-10", first_day="Monday", **pair) == [
        "2026-03-10",
        "2026-03-15",
        "2026-03-24",
    ]
    assert days("Weekly", "2026-03-10", first_day="Sunday", **pair) == [
        "2026-03-10",
        "2026-03-22",
        "2026-03-24",
    ]


def test_a_series_ends_by_its_day_or_its_number() -> None:
    assert days("Daily", "2026-03-09", end=date(2026, 3, 10)) == ["2026-03-09", "2026-03-10"]
    assert days("Daily", "2026-03-09", count=1) == ["2026-03-09"]


def test_a_window_of_an_endless_series_is_finite() -> None:
    rule = Recurrence("Daily", date(2026, 3, 9))

    assert list(days_between(rule, date(2030, 1, 1), date(2030, 1, 2))) == [
        date(2030, 1, 1),
        date(2030, 1, 2),
    ]


@pytest.mark.parametrize(
    ("more", "gap"),
    [
        ({"kind": "Daily", "interval": 2}, 2),
        ({"kind": "Weekly", "days": ("Monday", "Friday")}, 3),
        ({"kind": "AbsoluteMonthly", "day_of_month": 31}, 28),
        ({"kind": "Daily", "count": 1}, None),
    ],
)
def test_the_shortest_gap_is_found(more: dict[str, Any], gap: int | None) -> None:
    assert shortest_gap(Recurrence(start=date(2027, 1, 1), **more)) == gap


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "Daily", "interval": 0}, "ErrorCalendarInvalidRecurrence"),
        ({"kind": "Daily", "interval": 1000}, "ErrorCalendarInvalidRecurrence"),
        ({"kind": "Weekly", "interval": 100, "days": ("Monday",)}, "ErrorCalendarInvalidRecurrence"),
        ({"kind": "Weekly"}, "ErrorCalendarInvalidRecurrence"),
        ({"kind": "Weekly", "days": ("Weekday",)}, "ErrorCalendarInvalidDayForWeeklyRecurrence"),
        ({"kind": "AbsoluteMonthly", "day_of_month": 32}, "ErrorCalendarInvalidRecurrence"),
        (
            {"kind": "AbsoluteYearly", "day_of_month": 30, "month": "February"},
            "ErrorCalendarInvalidRecurrence",
        ),
        ({"kind": "Daily", "count": 0}, "ErrorCalendarInvalidRecurrence"),
        ({"kind": "Daily", "count": 1000}, "ErrorCalendarInvalidRecurrence"),
        ({"kind": "Daily", "end": date(2026, 3, 8)}, "ErrorCalendarEndDateIsEarlierThanStartDate"),
        ({"kind": "Daily", "end": date(4501, 1, 1)}, "ErrorRecurrenceEndDateTooBig"),
        (
            {"kind": "Weekly", "days": ("Sunday",), "end": date(2026, 3, 14)},
            "ErrorRecurrenceHasNoOccurrence",
        ),
    ],
)
def test_impossible_rules_are_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        checked(Recurrence(start=date(2026, 3, 9), **more))

    assert caught.value.code == code

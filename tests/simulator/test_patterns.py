"""Rules on the wire."""

from __future__ import annotations

import pytest

from tests.simulator.recurring import COUNT, ENDLESS, SERIES, UNTIL, daily, made, nested, ruled, weekly
from tests.simulator.wire import Wire, times
from vfadmin.simulator.names import T, local


@pytest.mark.parametrize(
    "pattern",
    [
        nested("RelativeYearlyRecurrence", DaysOfWeek="Thursday", DayOfWeekIndex="Last", Month="November"),
        nested("AbsoluteYearlyRecurrence", DayOfMonth="6", Month="December"),
        nested("RelativeMonthlyRecurrence", Interval="2", DaysOfWeek="Weekday", DayOfWeekIndex="First"),
        nested("AbsoluteMonthlyRecurrence", Interval="1", DayOfMonth="31"),
        nested("WeeklyRecurrence", Interval="2", DaysOfWeek="Monday Friday", FirstDayOfWeek="Monday"),
        nested("DailyRecurrence", Interval="3"),
    ],
)
def test_a_pattern_comes_back_as_it_was_given(wire: Wire, pattern: str) -> None:
    master_id, _ = made(wire, ruled(pattern, UNTIL.format("2026-01-01", "2030-12-31")))

    (found,) = wire.get(master_id, *SERIES).root.iter(f"{T}Recurrence")

    assert (
        nested(local(found[0].tag), **{local(child.tag): child.text or "" for child in found[0]}) == pattern
    )
    assert found[1].findtext(f"{T}EndDate") == "2030-12-31+02:00"


def test_the_first_day_of_the_week_is_unknown_to_2007(wire: Wire) -> None:
    master_id, _ = made(wire)
    given = weekly().replace(
        "</ty:DaysOfWeek>", "</ty:DaysOfWeek><ty:FirstDayOfWeek>Monday</ty:FirstDayOfWeek>"
    )

    old = wire.get(master_id, "calendar:Recurrence", version="Exchange2007_SP1")

    assert (old.text("DaysOfWeek"), old.text("FirstDayOfWeek")) == ("Wednesday", None)
    assert wire.create(times() + given, version="Exchange2007_SP1").fault == "ErrorSchemaValidation"


@pytest.mark.parametrize(
    "recurrence",
    [
        "<ty:Recurrence/>",
        weekly(span=""),
        weekly(days="Someday"),
        weekly(span=COUNT.format("11.3.2026", 3)),
        weekly(span=COUNT.format("2026-03-11", "many")),
        daily("<ty:NoEndRecurrence/>"),
        ruled(nested("HourlyRecurrence", Interval="1"), ENDLESS.format("2026-03-11")),
        ruled(
            nested(
                "RelativeMonthlyRecurrence", Interval="1", DaysOfWeek="Monday Friday", DayOfWeekIndex="First"
            ),
            ENDLESS.format("2026-03-11"),
        ),
    ],
)
def test_a_rule_that_the_schema_does_not_know_is_a_fault(wire: Wire, recurrence: str) -> None:
    assert wire.create(times() + recurrence).fault == "ErrorSchemaValidation"

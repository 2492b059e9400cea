"""The clock of a zone's rules, against the library's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.simulator import zones
from vfadmin.simulator.zone_rules import RuleClock, Stage, ZoneRule

PLAIN = (
    "FLE Standard Time",
    "Eastern Standard Time",
    "Lord Howe Standard Time",
    "Cen. Australia Standard Time",
    "India Standard Time",
    "E. South America Standard Time",
    "UTC",
)
HOURS_OF_FIVE_YEARS = 5 * 8760


def clock_of(zone: str) -> RuleClock:
    return RuleClock(zones.definition(zone).stages)


@given(st.sampled_from(PLAIN), st.integers(0, 4 * HOURS_OF_FIVE_YEARS - 1))
def test_it_shows_what_the_zone_shows(zone: str, quarters: int) -> None:
    known = zones.zone_info(zone)
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
    local, theirs = instant.astimezone(clock_of(zone)), instant.astimezone(known)
    assert (local.replace(tzinfo=None), local.fold) == (theirs.replace(tzinfo=None), theirs.fold)
    assert local.astimezone(UTC) == instant


@pytest.mark.parametrize("zone", PLAIN)
@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_is_skipped_or_comes_twice_is_read_as_the_library_reads_it(zone: str, fold: int) -> None:
    clock, known = clock_of(zone), zones.zone_info(zone)
    begin = datetime(2026, 1, 1)  # noqa: DTZ001 (a wall clock)
    for quarters in range(4 * 8760):
        wall = begin + timedelta(minutes=15 * quarters)
        one, other = (wall.replace(tzinfo=each, fold=fold) for each in (clock, known))
        assert one.utcoffset() == other.utcoffset(), wall


def test_a_rule_by_date_and_a_stage_that_begins_within_a_year() -> None:
    summer = ZoneRule(6, timedelta(hours=2), timedelta(hours=1), day=1)
    winter = ZoneRule(8, timedelta(hours=3), timedelta(), day=31)
    since = datetime(2027, 7, 1)  # noqa: DTZ001 (a wall clock)
    clock = RuleClock((Stage(timedelta(), summer, winter), Stage(timedelta(hours=5), since=since)))
    shown = [
        datetime.fromisoformat(moment).astimezone(clock).replace(tzinfo=None).isoformat(timespec="minutes")
        for moment in (
            "2026-06-01T01:59+00:00", "2026-06-01T02:00+00:00", "2026-08-31T01:59+00:00",
            "2026-08-31T02:00+00:00", "2027-06-30T22:59+00:00", "2027-06-30T23:00+00:00",
            "2028-06-15T00:00+00:00",
        )
    ]  # fmt: skip
    assert shown == [
        "2026-06-01T01:59", "2026-06-01T03:00", "2026-08-31T02:59",
        "2026-08-31T02:00", "2027-06-30T23:59", "2027-07-01T04:00",
        "2028-06-15T05:00",
    ]  # fmt: skip


@pytest.mark.parametrize("given", [(1, 1, 1), (9999, 12, 31, 23, 59)])
def test_the_ends_of_the_calendar_have_an_offset(given: tuple[int, ...]) -> None:
    year, month, day, *clock = given
    moment = datetime(year, month, day, *clock, tzinfo=clock_of("FLE Standard Time"))
    assert moment.utcoffset() == timedelta(hours=2)

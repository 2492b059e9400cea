"""Which series Exchange can hold at their times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from exchangelib.winzone import IANA_TO_MS_TIMEZONE_MAP
from hypothesis import given
from hypothesis import strategies as st

from tests.calendars.ews.scene import EVENT
from vfadmin.calendars.event import Event, Recurrence, When
from vfadmin.calendars.ews.capabilities import project
from vfadmin.calendars.exchange.clocks import lacking
from vfadmin.calendars.recurrence.days import days
from vfadmin.calendars.series import occurrence, rule_of

HOUR = timedelta(hours=1)
ENDLESS = "FREQ=WEEKLY"
MOVED_ABOUT = {
    # The zone, a day on which its clock was not that of the Windows zone it belongs to now, and one since.
    "Asia/Almaty": (date(2023, 9, 4), date(2024, 3, 4)),
    "Asia/Qostanay": (date(2023, 9, 4), date(2024, 3, 4)),
    "America/Coyhaique": (date(2024, 9, 2), date(2025, 6, 2)),
    "America/Chihuahua": (date(2022, 3, 7), date(2023, 1, 2)),
    "America/Ciudad_Juarez": (date(2022, 11, 7), date(2023, 1, 2)),
    "America/Ojinaga": (date(2022, 3, 7), date(2023, 1, 2)),
    "America/Metlakatla": (date(2018, 11, 12), date(2019, 2, 4)),
    "Europe/Simferopol": (date(2013, 6, 3), date(2014, 11, 3)),
}


def series(zone: str, first: date, rrule: str = ENDLESS) -> Event:
    start = datetime(first.year, first.month, first.day, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return replace(EVENT, when=When(start, start + HOUR, zone=zone), recurrence=Recurrence(rrule))


@pytest.mark.parametrize("zone", MOVED_ABOUT)
def test_a_series_begun_before_its_zone_came_to_another_clock_is_left_alone_r17(zone: str) -> None:
    before, since = MOVED_ABOUT[zone]
    assert lacking(series(zone, before)) == "zone"
    assert lacking(series(zone, since)) is None


def test_a_zone_whose_clock_windows_lacks_cannot_hold_a_series_r17() -> None:
    """A single event can do without its zone's rules."""
    today = date(2026, 3, 2)
    for zone in ("Antarctica/Troll", "America/Scoresbysund", "Antarctica/Casey"):
        assert lacking(series(zone, today, "FREQ=WEEKLY;COUNT=2")) == "zone"
        assert lacking(replace(series(zone, today), recurrence=None)) is None
    for unknown in ("Nowhere/Else", "../etc", ""):
        one = replace(EVENT, when=replace(EVENT.when, zone=unknown), recurrence=Recurrence(ENDLESS))
        assert lacking(one) == "zone"
    for known in ("Europe/Helsinki", "Europe/Riga", "America/New_York", "Asia/Tokyo", "UTC"):
        assert lacking(series(known, today)) is None


def test_a_series_over_before_the_clocks_parted_is_none_of_that_r17() -> None:
    """Scoresbysund had the clock of the Azores until 2024."""
    began = date(2015, 1, 5)
    assert lacking(series("America/Scoresbysund", began, "FREQ=WEEKLY;COUNT=100")) is None
    assert lacking(series("America/Scoresbysund", began, "FREQ=WEEKLY;COUNT=900")) == "zone"
    # Every third year on the first of February, when the clocks were alike; and in the summer after.
    assert lacking(series("America/Scoresbysund", date(2020, 2, 3), "FREQ=YEARLY;INTERVAL=3;COUNT=2")) is None
    assert lacking(series("America/Scoresbysund", date(2020, 8, 3), "FREQ=YEARLY;INTERVAL=2;COUNT=3"))


@given(
    zone=st.sampled_from(sorted(available_timezones() & IANA_TO_MS_TIMEZONE_MAP.keys())),
    first=st.dates(date(1990, 1, 1), date(2028, 12, 31)),
    hour=st.integers(0, 23),
    rrule=st.sampled_from(
        ["FREQ=DAILY;COUNT=400", "FREQ=WEEKLY;COUNT=300", "FREQ=MONTHLY;COUNT=99", "FREQ=YEARLY;COUNT=20"]
    ),
)
def test_a_series_that_is_taken_is_at_its_times_on_exchange_r17(
    zone: str, first: date, hour: int, rrule: str
) -> None:
    start = datetime(first.year, first.month, min(first.day, 28), hour, tzinfo=ZoneInfo(zone))
    when = When(start.astimezone(UTC), start.astimezone(UTC) + HOUR, zone=zone)
    event = project(replace(EVENT, when=when, recurrence=Recurrence(rrule)), elsewhere=True)
    home = replace(event, when=replace(event.when, zone=zone))
    if lacking(home) is not None:
        return
    assert home.recurrence is not None
    for day in days(rule_of(home.recurrence, home.when)):
        assert occurrence(home.when, day).start == occurrence(event.when, day).start


def test_asking_costs_next_to_nothing_r17() -> None:
    """A thousand series: of a zone that is its own Windows zone, and of one that is not."""
    for zone in ("Europe/Helsinki", "Europe/Riga"):
        one = series(zone, date(2026, 3, 2), "FREQ=DAILY")
        lacking(one)
        began = process_time()
        for _ in range(1000):
            lacking(one)
        assert process_time() - began < 0.1


def test_of_two_equal_hours_only_the_first_can_be_told_r17() -> None:
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # half past three in Helsinki, the second time
    daily = Recurrence("FREQ=DAILY;COUNT=3")

    def at(start: datetime, length: timedelta = HOUR / 4, zone: str = "Europe/Helsinki") -> str | None:
        when = When(start, start + length, zone=zone)
        return lacking(replace(EVENT, when=when, recurrence=daily))

    assert at(twice) == at(twice, zone="Europe/Riga") == "repeated-hour"
    assert at(twice - 3 * HOUR, length=3 * HOUR) == "repeated-hour"
    assert at(twice - HOUR) is at(twice + HOUR / 2) is at(twice, zone="UTC") is None
    # Three hours from the first of the two to after the second.
    assert at(twice - HOUR, length=3 * HOUR) is None
    assert lacking(replace(EVENT, when=When(twice, twice + HOUR, zone="Europe/Helsinki"))) is None

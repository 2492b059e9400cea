"""Moments and times in a zone, there and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.calendars.exchange.moments import read_moment, shown_moment
from vfadmin.calendars.exchange.zones import preferred_zone
from vfadmin.calendars.graph.values import read_time, time_in

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
ZONES = st.sampled_from(["Europe/Helsinki", "America/New_York", "Asia/Kolkata", "UTC", "Pacific/Auckland"])


@given(moment=MOMENTS)
def test_a_moment_comes_back(moment: datetime) -> None:
    assert read_moment(shown_moment(moment)) == moment


@given(moment=MOMENTS.filter(lambda one: one.year > 2024), zone=ZONES)
def test_a_time_by_the_clock_of_a_zone_comes_back_r17(moment: datetime, zone: str) -> None:
    """Also one in the second of two equal hours."""
    assert read_time(time_in(moment, preferred_zone(zone))) == moment


def test_of_two_equal_hours_the_second_is_told_by_utc_r17() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert time_in(first, "Europe/Helsinki") == {
        "dateTime": "2026-10-25T03:30:00",
        "timeZone": "FLE Standard Time",
    }
    second = first + timedelta(hours=1)
    assert second.astimezone(ZoneInfo("Europe/Helsinki")).hour == 3
    assert time_in(second, "Europe/Helsinki") == {"dateTime": "2026-10-25T01:30:00", "timeZone": "UTC"}


@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        ({"dateTime": "2026-03-02T07:00:00.0000000", "timeZone": "UTC"}, "2026-03-02T07:00:00+00:00"),
        (
            {"dateTime": "2026-03-02T09:00:00.0000000", "timeZone": "FLE Standard Time"},
            "2026-03-02T07:00:00+00:00",
        ),
        ({"dateTime": "2026-03-02T09:00:00", "timeZone": "Europe/Helsinki"}, "2026-03-02T07:00:00+00:00"),
        ({"dateTime": "2026-03-02T07:00:00", "timeZone": "Nowhere"}, "2026-03-02T07:00:00+00:00"),
    ],
)
def test_the_zone_of_an_answer_is_believed(shown: dict[str, str], moment: str) -> None:
    assert read_time(shown) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "shown", [None, "2026-03-02T07:00:00", {}, {"dateTime": "huomenna"}, {"dateTime": "2026-13-02T07:00:00"}]
)
def test_what_is_no_time_is_none(shown: object) -> None:
    assert read_time(shown) is None


@pytest.mark.parametrize("shown", [None, 7, "huomenna", "2026-13-02T07:00:00Z", "2026-03-02"])
def test_what_is_no_moment_is_none(shown: object) -> None:
    assert read_moment(shown) is None


def test_a_moment_with_an_offset_and_digits_behind_the_second() -> None:
    moment = datetime(2026, 3, 2, 7, 0, 0, 123456, tzinfo=UTC)
    assert read_moment("2026-03-02T09:00:00.1234567+02:00") == moment

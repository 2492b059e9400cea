from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from exchangelib.winzone import MS_TIMEZONE_TO_IANA_MAP
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.calendars.exchange.zones import days_of, iana_zone, midnight, preferred_zone, windows_zone

AVAILABLE = sorted(available_timezones())


@pytest.mark.parametrize(
    ("iana", "windows", "back"),
    [
        ("Europe/Helsinki", "FLE Standard Time", "Europe/Helsinki"),
        ("Europe/Kiev", "FLE Standard Time", "Europe/Helsinki"),
        ("Europe/Kyiv", "FLE Standard Time", "Europe/Helsinki"),
        ("Europe/Stockholm", "W. Europe Standard Time", "Europe/Berlin"),
        ("America/New_York", "Eastern Standard Time", "America/New_York"),
        ("Asia/Tokyo", "Tokyo Standard Time", "Asia/Tokyo"),
        ("UTC", "UTC", "UTC"),
        ("Etc/UTC", "UTC", "UTC"),
        ("Nowhere/Known", "UTC", "UTC"),
    ],
)
def test_names_both_ways(iana: str, windows: str, back: str) -> None:
    assert windows_zone(iana) == windows
    assert preferred_zone(iana) == back


@pytest.mark.parametrize("iana", AVAILABLE)
def test_the_preferred_name_stays_and_exists(iana: str) -> None:
    """Otherwise a round trip would be a change."""
    preferred = preferred_zone(iana)
    assert preferred_zone(preferred) == preferred
    assert ZoneInfo(preferred).key == preferred


@pytest.mark.parametrize("windows", sorted(MS_TIMEZONE_TO_IANA_MAP))
def test_every_zone_of_a_server_has_a_usable_name(windows: str) -> None:
    name = iana_zone(windows)
    assert name is not None
    assert ZoneInfo(name).key == name
    assert preferred_zone(name) in (name, "UTC") or iana_zone(windows_zone(name)) == preferred_zone(name)


@pytest.mark.parametrize(
    "name", [None, "", "Customized Time Zone", "tzone://Microsoft/Custom", "(UTC+02:00) Helsinki"]
)
def test_unknown_zones_do_not_raise(name: str | None) -> None:
    """Hazard: exchangelib warns or raises for zones it does not know."""
    assert iana_zone(name) is None


def test_iana_names_on_items_are_understood() -> None:
    assert iana_zone("Europe/Tallinn") == "Europe/Helsinki"


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.integers(1, 40),
    st.sampled_from(
        ["Europe/Helsinki", "Asia/Tokyo", "America/New_York", "Pacific/Auckland", "UTC", "Asia/Kolkata"]
    ),
)
def test_all_day_events_keep_their_days_in_every_zone(first: date, days: int, zone: str) -> None:
    """R17, scenario 22: also across the nights in which clocks change."""
    last = first + timedelta(days=days)
    shown = days_of(midnight(first, zone), midnight(last, zone), (zone, "Europe/Helsinki", "UTC"))
    assert shown == (first, last)


@pytest.mark.parametrize(
    ("offset_hours", "zones"),
    [(2, (None, "UTC")), (-11, (None, "UTC")), (11, (None,)), (12, (None,)), (0, (None,))],
)
def test_days_of_a_zone_nobody_knows(offset_hours: int, zones: tuple[str | None, ...]) -> None:
    start = datetime(2026, 5, 4, tzinfo=UTC) - timedelta(hours=offset_hours)
    assert days_of(start, start + timedelta(days=2), zones) == (date(2026, 5, 4), date(2026, 5, 6))


def test_the_home_zone_stands_in_for_an_unknown_one() -> None:
    start = midnight(date(2026, 7, 1), "Europe/Helsinki")
    end = midnight(date(2026, 7, 2), "Europe/Helsinki")
    assert days_of(start, end, (None, "Europe/Helsinki")) == (date(2026, 7, 1), date(2026, 7, 2))


def test_an_all_day_event_is_never_shorter_than_a_day() -> None:
    start = midnight(date(2026, 7, 1), "UTC")
    assert days_of(start, start, ("UTC",)) == (date(2026, 7, 1), date(2026, 7, 2))
    assert days_of(start, start, (None,)) == (date(2026, 7, 1), date(2026, 7, 2))


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Helsinki", "UTC", None])
@pytest.mark.parametrize("edge", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_days_at_the_ends_of_the_calendar(edge: datetime, zone: str | None) -> None:
    """Hostile data: the first and the last moment there are have no local time everywhere."""
    first, last = days_of(edge, edge, (zone,))
    assert last - first == timedelta(days=1)
    assert abs(first - edge.date()) <= timedelta(days=1)

"""Zones that come with their rules, as they are read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from tests.simulator.custom_zones import EUROPEAN, always, defined, on_date, on_day
from vfadmin.calendars.ews.xml import T
from vfadmin.calendars.ews.zone_rules import ZoneRules, read_rules, twin

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
AUTUMN = on_day("winter", 10, "PT4H")


def element_of(definition: str) -> etree._Element:
    return etree.fromstring(f'<ty:StartTimeZone xmlns:ty="{T}" {definition}</ty:StartTimeZone>')


def rules_of(definition: str) -> ZoneRules:
    rules = read_rules(element_of(definition))
    assert rules is not None
    return rules


def test_the_clock_goes_as_that_of_the_zone_whose_rules_they_are_r17() -> None:
    rules, helsinki = rules_of(defined()), ZoneInfo("Europe/Helsinki")
    for quarters in range(4 * 8760):
        moment = FIRST + timedelta(minutes=15 * quarters)
        assert rules.local(moment) == moment.astimezone(helsinki).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Europe/Kiev", "Europe/Helsinki"), "Europe/Kiev"),
        (("Europe/Chisinau", "Africa/Cairo", "Europe/Helsinki"), "Europe/Helsinki"),
        (("Europe/Berlin", "UTC"), None),
    ],
)
def test_of_the_names_the_first_with_that_clock_is_meant_r17(
    names: tuple[str, ...], found: str | None
) -> None:
    assert twin(rules_of(defined()), FIRST, LAST, names) == found


def test_the_last_millisecond_of_a_day_is_its_end_r17() -> None:
    """Windows has no other way to write it."""
    ends = on_day("winter", 10, "PT23H59M59.999S", -1, "Thursday")
    changes = on_day("summer", 4, "PT0S", -1, "Friday") + ends
    rules = rules_of(defined(groups=(changes,)))
    assert twin(rules, FIRST, LAST, ("Europe/Helsinki", "Africa/Cairo")) == "Africa/Cairo"


def test_a_later_stage_counts_from_its_beginning_r17() -> None:
    groups = (EUROPEAN, always("summer"))
    rules = rules_of(defined(groups=groups, since=("2027-01-01T00:00:00",)))
    last = datetime(2026, 12, 31, tzinfo=UTC)
    assert twin(rules, FIRST, last, ("Europe/Helsinki",)) == "Europe/Helsinki"
    assert twin(rules, FIRST, LAST, ("Europe/Helsinki",)) is None
    assert twin(rules, last + timedelta(days=1), LAST, ("Europe/Moscow",)) == "Europe/Moscow"


@pytest.mark.parametrize(
    "definition",
    [
        'Id="Customized Time Zone">',
        defined(groups=(on_day("spring", 3, "PT3H") + AUTUMN,)),
        defined(groups=(on_day("summer", 13, "PT3H") + AUTUMN,)),
        defined(groups=(on_day("summer", 3, "PT3H", nth=5) + AUTUMN,)),
        defined(groups=(on_day("summer", 3, "PT3H", weekday="Weekday") + AUTUMN,)),
        defined(groups=(on_day("summer", 3, "-PT1H") + AUTUMN,)),
        defined(groups=(on_day("summer", 3, "P1Y") + AUTUMN,)),
        defined(groups=(on_date("summer", 3, 32, "PT3H") + AUTUMN,)),
        defined(groups=(EUROPEAN, EUROPEAN), since=("eilen",)),
        defined(groups=(EUROPEAN,) * 3, since=("2027-01-01T00:00:00", "2026-01-01T00:00:00")),
        defined().replace('Kind="Group">0', 'Kind="Group">7'),
        defined().replace('Kind="Period"', 'Kind="Group"'),
        defined(groups=("<!-- -->",)),
        defined(periods={"winter": "-PT2H", "summer": "9" * 5000}),
    ],
)
def test_rules_that_make_no_zone_are_none_r17(definition: str) -> None:
    """Hostile data: whatever a program wrote there, the event is read."""
    assert read_rules(element_of(definition)) is None


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])  # noqa: DTZ901 - made aware below
def test_the_ends_of_the_calendar_are_no_others_fault(moment: datetime) -> None:
    rules, instant = rules_of(defined()), moment.replace(tzinfo=UTC)
    assert twin(rules, instant, instant, ("Europe/Berlin",)) is None

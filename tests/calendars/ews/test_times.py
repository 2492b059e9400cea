"""Moments where a clock jumps, other zones, and odd but legal lengths, there and back over the wire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.conftest import connection_to
from tests.calendars.ews.scene import EVENT, created, mark, shown
from tests.simulator.custom_zones import always, both, defined, on_date, on_day
from tests.simulator.wire import Wire
from vfadmin.calendars.event import When, all_day
from vfadmin.calendars.ews import EwsCalendar, EwsServer
from vfadmin.calendars.series import occurrence
from vfadmin.simulator import OutlookUser, Simulator
from vfadmin.simulator.names import T

HELSINKI = "Europe/Helsinki"
JUMPS = {
    HELSINKI: (datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2027, 3, 14, 7, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    "Pacific/Chatham": (datetime(2026, 4, 4, 14, tzinfo=UTC), datetime(2026, 9, 26, 14, tzinfo=UTC)),
}
EVERYWHERE = (*JUMPS, "Asia/Tokyo", "Asia/Kolkata", "Pacific/Kiritimati", "UTC")


@pytest.mark.parametrize("zone", JUMPS)
def test_what_happens_as_the_clock_jumps_comes_back_as_it_went_r17(calendar: EwsCalendar, zone: str) -> None:
    """The hour that comes twice is two different hours, and the one that is left out is none."""
    for jump in JUMPS[zone]:
        before, after = (
            (jump + step).astimezone(ZoneInfo(zone)).utcoffset()
            for step in (-timedelta(minutes=1), timedelta())
        )
        assert before != after
        for minutes in range(-90, 91, 30):
            start = jump + timedelta(minutes=minutes)
            event = replace(EVENT, when=When(start, start + timedelta(minutes=45), zone=zone))
            assert shown(calendar, calendar.create(event, mark()).id) == event


@pytest.mark.parametrize("zone", EVERYWHERE)
def test_whole_days_stay_on_their_days_wherever_the_home_is_r17(exchange: Simulator, zone: str) -> None:
    days = [date(2026, 12, 31), date(2026, 4, 5), date(2026, 10, 25), date(2027, 3, 28)]
    server = EwsServer(connection_to(exchange), lambda: exchange.password, home_zone=zone)
    try:
        calendar = server.calendar(people.ANNA, "default", None)
        for day in days:
            event = replace(EVENT, when=all_day(day, day + timedelta(days=2)))
            written = calendar.create(event, mark())
            assert shown(calendar, written.id).when == event.when
    finally:
        server.close()


@pytest.mark.parametrize("made_in", EVERYWHERE)
def test_whole_days_made_in_another_zone_than_the_mailbox_stay_on_their_days_r17(
    calendar: EwsCalendar, anna: OutlookUser, made_in: str
) -> None:
    first = datetime(2026, 10, 25, tzinfo=ZoneInfo(made_in))
    last = datetime(2026, 10, 26, tzinfo=ZoneInfo(made_in))
    item_id = created(anna, start=first, end=last, all_day=True, time_zone=made_in)
    assert shown(calendar, item_id).when == all_day(date(2026, 10, 25), date(2026, 10, 26))


@pytest.mark.parametrize("length", [timedelta(), timedelta(minutes=1), timedelta(hours=30)])
@pytest.mark.parametrize("year", [1601, 1970, 2026, 4500])
def test_odd_lengths_and_far_years_come_back_as_they_went(
    calendar: EwsCalendar, year: int, length: timedelta
) -> None:
    start = datetime(year, 6, 30, 20, 30, tzinfo=UTC)
    event = replace(EVENT, when=When(start, start + length, zone="Asia/Tokyo"))
    assert shown(calendar, calendar.create(event, mark()).id).when == event.when


CUSTOM = defined(periods={"winter": "-PT2H", "summer": "-PT3H30M"})
SUMMER = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
ITS_TIMES = ("calendar:Start", "calendar:End", "calendar:StartTimeZone", "calendar:EndTimeZone")


@pytest.fixture
def owner(exchange: Simulator) -> Iterator[Wire]:
    """Another client of Anna's, one with a zone of its own."""
    wire = Wire(exchange)
    yield wire
    wire.close()


def in_custom_zone(owner: Wire, recurrence: str = "", definition: str = CUSTOM) -> str:
    answer = owner.create(
        "<ty:Subject>Palaveri</ty:Subject><ty:Start>2026-07-01T06:30:00Z</ty:Start>"
        f"<ty:End>2026-07-01T07:30:00Z</ty:End>{recurrence}"
        f"{both(definition)}",
        person=people.ANNA,
    )
    assert answer.codes == ["NoError"]
    return answer.item_ids()[0][0]


def its_times(owner: Wire, item_id: str) -> list[str | None]:
    answer = owner.get(item_id, *ITS_TIMES, person=people.ANNA)
    zones = [
        one.get("Id") for name in ("StartTimeZone", "EndTimeZone") for one in answer.root.iter(f"{T}{name}")
    ]
    return [answer.text("Start"), answer.text("End"), *zones]


def test_an_event_in_a_zone_nobody_knows_keeps_it_through_another_title_r17(
    calendar: EwsCalendar, owner: Wire
) -> None:
    item_id = in_custom_zone(owner)
    before = its_times(owner, item_id)
    found = calendar.fetch([item_id]).items[item_id]
    assert found.unsupported is None
    assert found.event.when == When(SUMMER, SUMMER + timedelta(hours=1), zone="UTC")

    renamed = replace(found.event, title="Muu")
    calendar.update(item_id, renamed, frozenset({"title"}), found.version, mark())

    assert shown(calendar, item_id) == renamed
    assert its_times(owner, item_id) == before
    assert before[2:] == ["Oma"] * 2


def test_a_series_in_a_zone_nobody_knows_is_left_alone_r17(calendar: EwsCalendar, owner: Wire) -> None:
    """Which hours its summer has, nobody can say; an event made of it would be beside its own."""
    item_id = in_custom_zone(owner, TWENTY)
    assert calendar.fetch([item_id]).items[item_id].unsupported == "zone"


KNOWN = {
    HELSINKI: defined("Customized Time Zone"),
    "Europe/Berlin": defined(
        "Mitteleuropäische Zeit",
        {"s": "-PT1H", "d": "-PT2H"},
        (on_day("d", 3, "PT2H") + on_day("s", 10, "PT3H"),),
    ),
    "America/New_York": defined(
        "",
        {"s": "PT5H", "d": "PT4H"},
        (
            on_day("d", 4, "PT2H", 1) + on_day("s", 10, "PT2H"),
            on_day("d", 3, "PT2H", 2) + on_day("s", 11, "PT2H", 1),
        ),
        ("2007-01-01T00:00:00",),
    ),
    "Asia/Calcutta": defined("Oma", {"s": "-PT5H30M"}, (always("s"),)),
    "Australia/Lord_Howe": defined(
        "LHI",
        {"s": "-PT10H30M", "d": "-PT11H"},
        (on_day("s", 4, "PT2H", 1) + on_day("d", 10, "PT2H", 1),),
    ),
}
WEEKLY = (
    "<ty:Recurrence><ty:WeeklyRecurrence><ty:Interval>1</ty:Interval><ty:DaysOfWeek>Wednesday</ty:DaysOfWeek>"
    "</ty:WeeklyRecurrence>{}</ty:Recurrence>"
)
ENDLESS = WEEKLY.format("<ty:NoEndRecurrence><ty:StartDate>2026-07-01</ty:StartDate></ty:NoEndRecurrence>")
TWENTY = WEEKLY.format(
    "<ty:NumberedRecurrence><ty:StartDate>2026-07-01</ty:StartDate>"
    "<ty:NumberOfOccurrences>20</ty:NumberOfOccurrences></ty:NumberedRecurrence>"
)


@pytest.mark.parametrize("recurrence", ["", TWENTY, ENDLESS], ids=["single", "ending", "endless"])
@pytest.mark.parametrize("zone", KNOWN)
def test_a_zone_is_known_by_its_clock_where_its_name_says_nothing_r17(
    calendar: EwsCalendar, anna: OutlookUser, owner: Wire, zone: str, recurrence: str
) -> None:
    item_id = in_custom_zone(owner, recurrence, KNOWN[zone])
    found = calendar.fetch([item_id]).items[item_id]
    assert (found.unsupported, found.event.when.zone) == (None, zone)
    assert (found.event.when.start, found.event.when.end) == (SUMMER, SUMMER + timedelta(hours=1))
    if recurrence:
        shown_by_outlook = anna.calendar(SUMMER, SUMMER + timedelta(weeks=19, days=3))
        days = [one.start.astimezone(ZoneInfo(zone)).date() for one in shown_by_outlook]
        assert [occurrence(found.event.when, day).start for day in days] == [
            one.start for one in shown_by_outlook
        ]
        assert len(days) == 20


EUROPEAN_DATES = on_day("summer", 3, "PT3H"), on_day("winter", 10, "PT4H")


@pytest.mark.parametrize(
    "definition",
    [
        CUSTOM,
        defined(groups=(on_day("summer", 3, "PT2H") + on_day("winter", 10, "PT4H"),)),
        defined(groups=(on_day("summer", 3, "PT3H", 4) + on_day("winter", 10, "PT4H"),)),
        defined(groups=(on_date("summer", 3, 29, "PT3H") + on_date("winter", 10, 25, "PT4H"),)),
        defined(groups=("".join(EUROPEAN_DATES), always("winter")), since=("2027-02-01T00:00:00",)),
    ],
    ids=["by an odd hour", "an hour early", "the fourth Sunday", "always the same date", "given up"],
)
def test_a_zone_whose_clock_is_only_near_a_known_one_is_none_of_them_r17(
    calendar: EwsCalendar, owner: Wire, definition: str
) -> None:
    item_id = in_custom_zone(owner, ENDLESS, definition)
    assert calendar.fetch([item_id]).items[item_id].unsupported == "zone"


@pytest.mark.parametrize("bias", ["-PT13H", "-PT14H", "PT11H", "-PT5H45M", "PT3H30M"])
def test_whole_days_of_a_zone_with_rules_alone_stay_on_their_days_r17(
    calendar: EwsCalendar, owner: Wire, bias: str
) -> None:
    """Beyond twelve hours from UTC the nearest midnight there would be another day's."""
    hours, minutes = (int(part or 0) for part in re.fullmatch(r"-?PT(\d+)H(?:(\d+)M)?", bias).groups())  # type: ignore[union-attr]
    ahead = timedelta(hours=hours, minutes=minutes) * (1 if bias.startswith("-") else -1)
    start = datetime(2026, 7, 1, tzinfo=UTC) - ahead
    zone = both(defined("Saari", {"s": bias, "d": "-PT1H1M"}, (always("s"),)))
    answer = owner.create(
        f"<ty:Start>{start:%Y-%m-%dT%H:%M:%SZ}</ty:Start>"
        f"<ty:End>{start + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}</ty:End>"
        f"<ty:IsAllDayEvent>true</ty:IsAllDayEvent>{zone}",
        person=people.ANNA,
    )
    assert shown(calendar, answer.item_ids()[0][0]).when == all_day(date(2026, 7, 1), date(2026, 7, 3))

"""Items in zones that a client defined itself."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from lxml import etree

from tests.simulator.custom_zones import (
    EUROPEAN,
    WINTER_AND_SUMMER,
    always,
    both,
    defined,
    on_date,
    on_day,
)
from tests.simulator.recurring import COUNT, weekly
from tests.simulator.wire import Wire, setting, times
from vfadmin.simulator import OutlookUser
from vfadmin.simulator.names import T

LAST_OF_MARCH = "2026-03-26T08:00:00Z", "2026-03-26T09:00:00Z"
THURSDAYS = weekly(COUNT.format("2026-03-26", 3), days="Thursday")
ITS_ZONES = (
    "calendar:StartTimeZone",
    "calendar:EndTimeZone",
    "calendar:StartTimeZoneId",
    "calendar:TimeZone",
)


def made(wire: Wire, definition: str, recurrence: str = "") -> str:
    answer = wire.create(times(*LAST_OF_MARCH) + recurrence + both(definition))
    assert answer.codes == ["NoError"]
    return answer.item_ids()[0][0]


def starts(anna: OutlookUser) -> list[str]:
    shown = anna.calendar(datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC))
    return [f"{one.start:%m-%d %H:%M}" for one in shown]


def test_a_zone_of_ones_own_comes_back_with_its_rules(wire: Wire) -> None:
    """By its id alone: an item has no room for another name (MS-OXOCAL 2.2.1.41)."""
    item_id = made(wire, defined("Customized Time Zone"))
    answer = wire.get(item_id, *ITS_ZONES)

    assert answer.text("StartTimeZoneId") == "Customized Time Zone"
    for name in ("StartTimeZone", "EndTimeZone"):
        (zone,) = answer.root.iter(f"{T}{name}")
        assert dict(zone.attrib) == {"Id": "Customized Time Zone", "Name": ""}
        prefix = "trule:Microsoft/Registry/Customized Time Zone/1"
        assert [(one.get("Id"), one.get("Bias"), one.get("Name")) for one in zone.iter(f"{T}Period")] == [
            (f"{prefix}-Standard", "-PT2H", "Standard"),
            (f"{prefix}-Daylight", "-PT3H", "Daylight"),
        ]
        changes = [[part.text for part in one] for one in zone.iter(f"{T}RecurringDayTransition")]
        assert changes == [
            [f"{prefix}-Daylight", "PT3H", "3", "Sunday", "-1"],
            [f"{prefix}-Standard", "PT4H", "10", "Sunday", "-1"],
        ]


@pytest.mark.parametrize(
    ("definition", "shown"),
    [
        (defined(), ["03-26 08:00", "04-02 07:00", "04-09 07:00"]),
        (
            defined(periods={"winter": "PT4H30M", "summer": "PT3H"}),
            ["03-26 08:00", "04-02 06:30", "04-09 06:30"],
        ),
        (
            defined(groups=(on_date("summer", 4, 3, "PT2H") + on_date("winter", 9, 9, "PT2H"),)),
            ["03-26 08:00", "04-02 08:00", "04-09 07:00"],
        ),
        (
            defined(groups=(on_day("summer", 4, "PT0S", 1, "Monday") + on_day("winter", 9, "PT1H", 4),)),
            ["03-26 08:00", "04-02 08:00", "04-09 07:00"],
        ),
        (
            defined(groups=(EUROPEAN, always("winter")), since=("2026-04-06T00:00:00",)),
            ["03-26 08:00", "04-02 07:00", "04-09 08:00"],
        ),
        (
            defined(groups=(always("winter"), always("summer")), since=("2026-04-06T00:00:00",)),
            ["03-26 08:00", "04-02 08:00", "04-09 07:00"],
        ),
    ],
    ids=["half a year", "by an hour and a half", "by date", "by the first", "given up", "once and for all"],
)
def test_a_series_keeps_the_clock_of_its_own_zone(
    wire: Wire, anna: OutlookUser, definition: str, shown: list[str]
) -> None:
    made(wire, definition, THURSDAYS)

    assert starts(anna) == shown


def test_what_it_gives_back_makes_the_same_zone_again(wire: Wire, anna: OutlookUser) -> None:
    groups = (
        EUROPEAN,
        on_date("summer", 4, 3, "PT23H59M59.999S") + on_date("winter", 9, 9, "PT2H"),
        always("winter"),
    )
    item_id = made(
        wire, defined(groups=groups, since=("2020-01-01T00:00:00", "2027-01-01T00:00:00")), THURSDAYS
    )
    before = zone_of(wire, item_id)

    again = before.replace("<t:", "<ty:").replace("</t:", "</ty:")
    copy = wire.create(times(*LAST_OF_MARCH) + THURSDAYS + again).item_ids()[0][0]

    assert zone_of(wire, copy) == before
    assert "PT23H59M59.999S" in before
    assert starts(anna) == ["03-26 08:00"] * 2 + ["04-02 08:00"] * 2 + ["04-09 07:00"] * 2


def zone_of(wire: Wire, item_id: str) -> str:
    (zone,) = wire.get(item_id, "calendar:StartTimeZone").root.iter(f"{T}StartTimeZone")
    etree.cleanup_namespaces(zone)
    return etree.tostring(zone, encoding="unicode", with_tail=False)


def test_a_whole_day_begins_at_its_own_midnight(wire: Wire, anna: OutlookUser) -> None:
    flag = "<ty:IsAllDayEvent>true</ty:IsAllDayEvent>"
    answer = wire.create(
        times(*LAST_OF_MARCH) + flag + both(defined(periods={"winter": "-PT5H45M", "summer": "-PT7H"}))
    )

    item = anna.item(answer.item_ids()[0][0])

    assert (f"{item.start:%d %H:%M}", f"{item.end:%d %H:%M}") == ("25 18:15", "26 18:15")
    assert item.start_zone == "Oma"


def test_another_title_leaves_the_zone_and_another_zone_moves_the_series(
    wire: Wire, anna: OutlookUser
) -> None:
    item_id = made(wire, defined(), THURSDAYS)
    wire.update(wire.get(item_id).item_ids()[0], setting("item:Subject", "<ty:Subject>Muu</ty:Subject>"))
    assert starts(anna) == ["03-26 08:00", "04-02 07:00", "04-09 07:00"]

    fixed = f"<ty:StartTimeZone {defined(groups=(always('winter'),))}</ty:StartTimeZone>"
    wire.update(wire.get(item_id).item_ids()[0], setting("calendar:StartTimeZone", fixed))

    assert starts(anna) == ["03-26 08:00", "04-02 08:00", "04-09 08:00"]


def test_the_zone_of_a_request_may_be_one_of_its_own(wire: Wire, anna: OutlookUser) -> None:
    context = (
        f"<ty:TimeZoneContext><ty:TimeZoneDefinition {defined()}</ty:TimeZoneDefinition></ty:TimeZoneContext>"
    )
    answer = wire.create(times("2026-07-01T10:00:00", "2026-07-01T11:00:00"), header=context)

    item = anna.item(answer.item_ids()[0][0])

    assert item.start.isoformat() == "2026-07-01T07:00:00+00:00"
    assert item.start_zone == "Oma"


def test_a_zone_of_ones_own_is_told_in_the_items_icalendar(wire: Wire) -> None:
    dated = on_date("summer", 4, 3, "PT2H") + on_date("winter", 9, 9, "PT2H")
    item_id = made(wire, defined(groups=(dated,)), THURSDAYS)
    content = base64.b64decode(wire.get(item_id, "item:MimeContent").text("MimeContent") or "").decode()

    assert "TZID:Oma\r\n" in content
    assert "RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTHDAY=3;BYMONTH=4\r\n" in content
    assert "DTSTART;TZID=Oma:20260326T100000\r\n" in content


@pytest.mark.parametrize(
    "definition",
    [
        defined(groups=(EUROPEAN + on_day("summer", 11, "PT3H"),)),
        defined(groups=(on_day("spring", 3, "PT3H") + on_day("winter", 10, "PT4H"),)),
        defined(groups=(on_day("summer", 13, "PT3H") + on_day("winter", 10, "PT4H"),)),
        defined(groups=(on_day("summer", 3, "PT3H", nth=5) + on_day("winter", 10, "PT4H"),)),
        defined(groups=(on_day("summer", 3, "PT3H", weekday="Weekday") + on_day("winter", 10, "PT4H"),)),
        defined(groups=(on_day("summer", 3, "PT24H") + on_day("winter", 10, "PT4H"),)),
        defined(groups=(on_day("summer", 3, "-PT1H") + on_day("winter", 10, "PT4H"),)),
        defined(groups=(on_date("summer", 3, 32, "PT3H") + on_day("winter", 10, "PT4H"),)),
        defined(periods=WINTER_AND_SUMMER | {"winter": "P1D"}),
        defined(groups=(EUROPEAN,) * 3, since=("2027-01-01T00:00:00", "2026-01-01T00:00:00")),
    ],
)
def test_rules_that_make_no_zone_are_refused(wire: Wire, anna: OutlookUser, definition: str) -> None:
    assert wire.create(times() + both(definition)).codes == ["ErrorTimeZone"]
    assert anna.items() == []


@pytest.mark.parametrize(
    "definition",
    [
        defined(groups=(EUROPEAN, EUROPEAN), since=("nonsense",)),
        defined(groups=(EUROPEAN.replace("<ty:Month>3<", "<ty:Month>maaliskuu<"),)),
    ],
)
def test_values_of_no_type_are_a_fault(wire: Wire, definition: str) -> None:
    assert wire.create(times() + both(definition)).fault == "ErrorSchemaValidation"

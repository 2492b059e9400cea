"""The zone of an item as clients of the schema of 2007 write and read it (MeetingTimeZone)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from tests.simulator.custom_zones import both, defined
from tests.simulator.wire import Wire, times
from vfadmin.simulator.outlook import OutlookUser

OLD = "Exchange2007_SP1"
DAILY = (
    "<ty:Recurrence><ty:DailyRecurrence><ty:Interval>1</ty:Interval></ty:DailyRecurrence>"
    "<ty:NumberedRecurrence><ty:StartDate>2026-03-28</ty:StartDate><ty:NumberOfOccurrences>3"
    "</ty:NumberOfOccurrences></ty:NumberedRecurrence></ty:Recurrence>"
)
START = "2026-03-28T08:00:00Z"


def change(name: str, offset: str, place: str, at: str) -> str:
    return f"<ty:{name}><ty:Offset>{offset}</ty:Offset>{place}<ty:Time>{at}</ty:Time></ty:{name}>"


def last_sunday(month: str) -> str:
    return (
        "<ty:RelativeYearlyRecurrence><ty:DaysOfWeek>Sunday</ty:DaysOfWeek><ty:DayOfWeekIndex>Last"
        f"</ty:DayOfWeekIndex><ty:Month>{month}</ty:Month></ty:RelativeYearlyRecurrence>"
    )


SUMMER = change("Standard", "PT0S", last_sunday("October"), "04:00:00") + change(
    "Daylight", "-PT1H", last_sunday("March"), "03:00:00"
)
HELSINKI = f"<ty:BaseOffset>-PT2H</ty:BaseOffset>{SUMMER}"


def made(wire: Wire, name: str, rules: str = "", recurrence: str = DAILY) -> str:
    """A series that begins the day before summer time does; its id."""
    named = f' TimeZoneName="{name}"' if name else ""
    zone = f"<ty:MeetingTimeZone{named}>{rules}</ty:MeetingTimeZone>"
    answer = wire.create(f"{times(START, '2026-03-28T09:00:00Z')}{recurrence}{zone}", version=OLD)
    assert answer.codes == ["NoError"]
    return answer.item_ids()[0][0]


def starts(anna: OutlookUser) -> list[datetime]:
    first = datetime(2026, 3, 27, tzinfo=UTC)
    return [one.start for one in anna.calendar(first, first + timedelta(days=9))]


def at(*hours: int) -> list[datetime]:
    first = datetime(2026, 3, 28, tzinfo=UTC)
    return [first + timedelta(days=day, hours=hour) for day, hour in enumerate(hours)]


@pytest.mark.parametrize("name", ["Our own time", "Suomen aika", ""])
def test_a_zone_of_an_unknown_name_is_what_its_rules_say(wire: Wire, anna: OutlookUser, name: str) -> None:
    item_id = made(wire, name, HELSINKI)
    assert starts(anna) == at(8, 7, 7)
    shown = wire.get(item_id, "calendar:MeetingTimeZone", version=OLD).root.find(".//{*}MeetingTimeZone")
    assert shown is not None
    assert shown.get("TimeZoneName") == (name or "tzone://Microsoft/Custom")
    assert [
        shown.findtext(f"{{*}}{path}") for path in ("BaseOffset", "Standard/{*}Offset", "Daylight/{*}Time")
    ] == [
        "-PT2H",
        "PT0S",
        "03:00:00",
    ]
    newer = wire.get(item_id, "calendar:StartTimeZone")
    assert newer.root.find(".//{*}StartTimeZone/{*}Periods") is not None
    assert newer.texts("Month") == ["3", "10"]


def test_what_is_read_of_a_zone_can_be_written_again(wire: Wire, anna: OutlookUser) -> None:
    item_id = made(wire, "Our own time", HELSINKI)
    zone = wire.get(item_id, "calendar:MeetingTimeZone", version=OLD).root.find(".//{*}MeetingTimeZone")
    assert zone is not None
    anna.delete(item_id)
    again = etree.tostring(zone, encoding="unicode")
    written = wire.create(f"{times(START, '2026-03-28T09:00:00Z')}{DAILY}{again}", version=OLD)
    assert written.codes == ["NoError"]
    assert starts(anna) == at(8, 7, 7)


@pytest.mark.parametrize(
    ("rules", "hours"),
    [
        ("<ty:BaseOffset>-PT2H</ty:BaseOffset>", (8, 8, 8)),
        ("<ty:BaseOffset>PT8H</ty:BaseOffset>", (8, 8, 8)),
        (
            "<ty:BaseOffset>-PT2H</ty:BaseOffset>"
            + change("Standard", "PT0S", "<ty:AbsoluteDate>2026-10-25</ty:AbsoluteDate>", "04:00:00")
            + change("Daylight", "-PT2H", "<ty:AbsoluteDate>2026-03-30Z</ty:AbsoluteDate>", "03:00:00"),
            (8, 8, 6),
        ),
        (
            "<ty:BaseOffset>-PT2H</ty:BaseOffset>"
            + change("Standard", "PT0S", "", "00:00:00")
            + change("Daylight", "-PT1H", "", "00:00:00"),
            (8, 8, 8),
        ),
    ],
    ids=["no change", "west", "dates", "changes that never come"],
)
def test_the_rules_may_be_fewer_or_others(
    wire: Wire, anna: OutlookUser, rules: str, hours: tuple[int, ...]
) -> None:
    made(wire, "Oma", rules)
    assert starts(anna) == at(*hours)


def test_a_known_name_says_all(wire: Wire, anna: OutlookUser) -> None:
    item_id = made(wire, "FLE Standard Time", "<ty:BaseOffset>PT8H</ty:BaseOffset>")
    assert starts(anna) == at(8, 7, 7)
    shown = wire.get(item_id, "calendar:MeetingTimeZone", version=OLD).root.find(".//{*}MeetingTimeZone")
    assert shown is not None
    assert (shown.get("TimeZoneName"), len(shown)) == ("FLE Standard Time", 0)


@pytest.mark.parametrize(
    "zone",
    [
        "<ty:MeetingTimeZone/>",
        '<ty:MeetingTimeZone TimeZoneName="Mars Standard Time"/>',
        '<ty:MeetingTimeZone TimeZoneName="x"><ty:BaseOffset>P1M</ty:BaseOffset></ty:MeetingTimeZone>',
        f'<ty:MeetingTimeZone TimeZoneName="x">{HELSINKI.replace("Sunday", "Weekday")}</ty:MeetingTimeZone>',
        '<ty:MeetingTimeZone TimeZoneName="x"><ty:BaseOffset>-PT2H</ty:BaseOffset>'
        + change("Standard", "PT0S", "", "04:00:00")
        + change("Daylight", "-PT1H", last_sunday("March"), "03:00:00")
        + "</ty:MeetingTimeZone>",
    ],
    ids=["nothing", "a name", "a month", "weekdays", "one change"],
)
def test_a_zone_whose_clock_nobody_could_tell_is_refused(wire: Wire, zone: str) -> None:
    answer = wire.create(f"{times()}{zone}", version=OLD)
    assert answer.codes == ["ErrorCalendarInvalidTimeZone"]


def test_a_zone_of_the_newer_schema_is_shown_to_an_old_client_by_its_latest_rules(wire: Wire) -> None:
    item_id = wire.create(f"{times()}{both(defined())}").item_ids()[0][0]
    answer = wire.get(item_id, "calendar:MeetingTimeZone", version=OLD)
    assert answer.text("BaseOffset") == "-PT2H"
    assert answer.texts("Offset") == ["PT0S", "-PT1H"]
    assert answer.texts("Month") == ["October", "March"]

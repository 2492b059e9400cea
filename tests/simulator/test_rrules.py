"""Series as iCalendar."""

from __future__ import annotations

import base64
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from tests.simulator.recurring import excepted, made, nth
from tests.simulator.wire import Wire, setting
from vfadmin.simulator import OutlookUser, Recurrence
from vfadmin.simulator.recurrence import days_of
from vfadmin.simulator.rrules import read_rule, rule_text

HELSINKI = ZoneInfo("Europe/Helsinki")
MOVED = setting("calendar:Start", "<ty:Start>2026-03-19T08:00:00Z</ty:Start>") + setting(
    "calendar:End", "<ty:End>2026-03-19T09:00:00Z</ty:End>"
)


def lines(wire: Wire, item_id: str) -> list[str]:
    content = wire.get(item_id, "item:MimeContent").text("MimeContent") or ""
    return base64.b64decode(content).decode().replace("\r\n ", "").splitlines()


def event_lines(wire: Wire, item_id: str, *names: str) -> list[str]:
    """The lines of some names in the events, in order; a zone's own rules are not theirs."""
    found = lines(wire, item_id)
    events = found[found.index("BEGIN:VEVENT") :]
    return [line for line in events if line.startswith(names)]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"kind": "Daily", "interval": 999}, "FREQ=DAILY;INTERVAL=999"),
        ({"kind": "Daily", "interval": 2, "count": 5}, "FREQ=DAILY;COUNT=5;INTERVAL=2"),
        (
            {"kind": "Weekly", "days": ("Monday", "Friday"), "first_day": "Monday", "count": 5},
            "FREQ=WEEKLY;COUNT=5;INTERVAL=1;BYDAY=MO,FR;WKST=MO",
        ),
        (
            {"kind": "RelativeMonthly", "days": ("Friday",), "index": "Third", "count": 5},
            "FREQ=MONTHLY;COUNT=5;INTERVAL=1;BYDAY=3FR",
        ),
        (
            {"kind": "RelativeMonthly", "days": ("WeekendDay",), "index": "Last", "count": 5},
            "FREQ=MONTHLY;COUNT=5;INTERVAL=1;BYDAY=SA,SU;BYSETPOS=-1",
        ),
        (
            {"kind": "AbsoluteMonthly", "day_of_month": 30, "count": 5},
            "FREQ=MONTHLY;COUNT=5;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        ),
        (
            {"kind": "AbsoluteYearly", "day_of_month": 6, "month": "December", "count": 5},
            "FREQ=YEARLY;COUNT=5;INTERVAL=1;BYMONTHDAY=6;BYMONTH=12",
        ),
        (
            {"kind": "RelativeYearly", "days": ("Sunday",), "index": "Second", "month": "May", "count": 5},
            "FREQ=YEARLY;COUNT=5;INTERVAL=1;BYDAY=2SU;BYMONTH=5",
        ),
    ],
)
def test_a_rule_means_the_same_days_as_rrule(rule: dict[str, Any], text: str) -> None:
    given = Recurrence(start=date(2026, 3, 9), **rule)

    written = rule_text(given, time(10), HELSINKI, all_day=False)

    assert written == text
    assert read_rule(written, given.start, HELSINKI) == given
    read = rrulestr(written, dtstart=datetime(2026, 3, 9, 10, tzinfo=HELSINKI))
    assert [moment.date() for moment in islice(read, 9)] == list(islice(days_of(given), 9))


def test_the_last_day_is_written_in_utc_but_for_all_day_series() -> None:
    rule = Recurrence("Daily", date(2026, 3, 9), end=date(2026, 3, 30))

    assert rule_text(rule, time(1), HELSINKI, all_day=False) == (
        "FREQ=DAILY;UNTIL=20260329T220000Z;INTERVAL=1"
    )
    assert rule_text(rule, time(0), HELSINKI, all_day=True) == "FREQ=DAILY;UNTIL=20260330;INTERVAL=1"


def test_a_series_tells_its_rule_its_exceptions_and_its_deletions(wire: Wire) -> None:
    master_id, _ = excepted(wire)
    second = nth(wire, master_id, 2)
    wire.update(second, MOVED)

    zone = "TZID=FLE Standard Time"
    assert event_lines(wire, master_id, "RRULE", "EXDATE", "RECURRENCE-ID", "DTSTART", "SUMMARY") == [
        "RRULE:FREQ=WEEKLY;COUNT=4;INTERVAL=1;BYDAY=WE;WKST=SU",
        f"EXDATE;{zone}:20260325T100000",
        "SUMMARY;LANGUAGE=en-US:Viikko",
        f"DTSTART;{zone}:20260311T100000",
        f"RECURRENCE-ID;{zone}:20260318T100000",
        "SUMMARY;LANGUAGE=en-US:Muu",
        f"DTSTART;{zone}:20260319T100000",
    ]
    assert event_lines(wire, second[0], "RRULE", "RECURRENCE-ID") == [f"RECURRENCE-ID;{zone}:20260318T100000"]


def test_an_all_day_series_names_its_days(wire: Wire, anna: OutlookUser) -> None:
    start = datetime(2026, 3, 9, tzinfo=HELSINKI)
    master_id = anna.create(
        start=start,
        end=start + timedelta(days=1),
        all_day=True,
        recurrence=Recurrence("Daily", start.date(), count=3),
    )
    anna.delete(anna.occurrence(master_id, date(2026, 3, 10)).id)
    noon = start + timedelta(days=2, hours=12)
    third = anna.occurrence(master_id, noon.date()).id
    anna.edit(third, all_day=False, start=noon, end=noon + timedelta(hours=1))

    assert event_lines(wire, master_id, "EXDATE", "RRULE", "RECURRENCE-ID", "DTSTART") == [
        "RRULE:FREQ=DAILY;COUNT=3;INTERVAL=1",
        "EXDATE;VALUE=DATE:20260310",
        "DTSTART;VALUE=DATE:20260309",
        "RECURRENCE-ID;VALUE=DATE:20260311",
        "DTSTART;TZID=FLE Standard Time:20260311T120000",
    ]


def test_a_single_event_says_nothing_of_series(wire: Wire) -> None:
    master_id, _ = made(wire)
    wire.update(
        wire.get(master_id).item_ids()[0],
        '<ty:DeleteItemField><ty:FieldURI FieldURI="calendar:Recurrence"/></ty:DeleteItemField>',
    )

    assert event_lines(wire, master_id, "RRULE", "EXDATE", "RECURRENCE-ID") == []

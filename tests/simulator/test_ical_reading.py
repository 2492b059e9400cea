"""Events that clients write as iCalendar."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from tests.simulator.wire import Wire
from vfadmin.simulator import OutlookUser, Recurrence

WEDNESDAY = date(2026, 3, 11)


def test_a_mime_calendar_item_can_be_written(wire: Wire, anna: OutlookUser) -> None:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:ical-1", "SUMMARY:Taitettu", " rivi\\, kaksi",
        "DTSTART;TZID=Europe/Helsinki:20260311T100000", "DURATION:PT90M", "DESCRIPTION:eka\\ntoka",
        "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "BEGIN:VALARM", "TRIGGER:-PT10M", "END:VALARM", "END:VEVENT",
        "END:VCALENDAR",
    ]  # fmt: skip
    mime = base64.b64encode("\r\n".join(lines).encode()).decode()

    item = anna.item(wire.create(f"<ty:MimeContent>{mime}</ty:MimeContent>").item_ids()[0][0])

    assert (item.uid, item.subject, item.body_text) == ("ical-1", "Taitetturivi, kaksi", "eka\r\ntoka\r\n")
    assert (item.start.isoformat(), item.end.isoformat()) == (
        "2026-03-11T08:00:00+00:00",
        "2026-03-11T09:30:00+00:00",
    )
    assert (item.show_as, item.sensitivity, item.reminder_minutes) == ("Free", "Private", 10)
    assert item.start_zone == "FLE Standard Time"


def recurring(*lines: str) -> str:
    """A property with an event of these lines, ten o'clock on Wednesday 11 March 2026 in Helsinki."""
    event = ["DTSTART;TZID=Europe/Helsinki:20260311T100000", "DURATION:PT1H", *lines]
    text = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *event, "END:VEVENT", "END:VCALENDAR"])
    return f"<ty:MimeContent>{base64.b64encode(text.encode()).decode()}</ty:MimeContent>"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=2;COUNT=3", Recurrence("Daily", WEDNESDAY, 2, count=3)),
        (
            "FREQ=DAILY;BYDAY=MO,WE;UNTIL=20260320T080000Z",
            Recurrence(
                "Weekly",
                WEDNESDAY,
                days=("Monday", "Wednesday"),
                first_day="Monday",
                end=date(2026, 3, 20),
            ),
        ),
        ("FREQ=WEEKLY;WKST=SU", Recurrence("Weekly", WEDNESDAY, days=("Wednesday",))),
        ("FREQ=MONTHLY", Recurrence("AbsoluteMonthly", WEDNESDAY, day_of_month=11)),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260630",
            Recurrence("AbsoluteMonthly", date(2026, 3, 31), day_of_month=31, end=date(2026, 6, 30)),
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
            Recurrence("AbsoluteMonthly", date(2026, 3, 30), day_of_month=30),
        ),
        (
            "FREQ=MONTHLY;BYDAY=2WE",
            Recurrence("RelativeMonthly", WEDNESDAY, days=("Wednesday",), index="Second"),
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            Recurrence("RelativeMonthly", date(2026, 3, 31), days=("Weekday",), index="Last"),
        ),
        ("FREQ=YEARLY", Recurrence("AbsoluteYearly", WEDNESDAY, day_of_month=11, month="March")),
        (
            "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
            Recurrence("RelativeYearly", date(2026, 5, 10), days=("Sunday",), index="Second", month="May"),
        ),
    ],
)
def test_a_mime_series_can_be_written(wire: Wire, anna: OutlookUser, rule: str, expected: Recurrence) -> None:
    item = anna.item(wire.create(recurring(f"RRULE:{rule}")).item_ids()[0][0])

    assert item.recurrence == expected


def test_a_mime_series_leaves_days_out(wire: Wire, anna: OutlookUser) -> None:
    mime = recurring(
        "RRULE:FREQ=DAILY;COUNT=5",
        "EXDATE;TZID=Europe/Helsinki:20260312T100000,20260313T100000",
        "EXDATE:20260315T080000Z",
    )

    item = anna.item(wire.create(mime).item_ids()[0][0])

    assert [start.day for start in item.deletions] == [12, 13, 15]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=1MO,2TU",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=YEARLY;BYWEEKNO=3",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;COUNT=x",
    ],
)
def test_a_mime_rule_without_counterpart_is_refused(wire: Wire, rule: str) -> None:
    assert wire.create(recurring(f"RRULE:{rule}")).codes == ["ErrorUnsupportedRecurrence"]


def test_mime_content_that_is_no_calendar_is_refused(wire: Wire) -> None:
    mime = base64.b64encode(b"MIME-Version: 1.0\r\n\r\nhello").decode()

    assert wire.create(f"<ty:MimeContent>{mime}</ty:MimeContent>").codes == ["ErrorMimeContentInvalid"]

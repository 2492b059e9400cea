from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from lxml import etree

from tests.simulator.schema_check import load_schema
from vfadmin.calendars.base import Mark
from vfadmin.calendars.event import FIELDS, Event, ShowAs, When, all_day
from vfadmin.calendars.ews import folders, read, write
from vfadmin.calendars.ews.xml import tag

START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
EVENT = Event(
    "Palaveri",
    When(START, START + timedelta(hours=1), zone="Europe/Helsinki"),
    location="Sali",
    text="Asia\nToinen",
    reminder_minutes=15,
)
DAY = Event("", all_day(date(2026, 3, 29), date(2026, 3, 30)), show_as=ShowAs.ELSEWHERE)
MARK = Mark("avain", "leima", START, START)
HOME = write.Home("Europe/Helsinki", START)
ALL = frozenset(FIELDS)
schema = cache(load_schema)


def place() -> etree._Element:
    return folders.distinguished("calendar", "anna@example.com")


def changing(names: frozenset[str]) -> etree._Element:
    parts = write.parts(EVENT, names, MARK, HOME)
    other = write.item_change("CC", "DD", write.parts(DAY, names, MARK, HOME))
    return write.update_request([write.item_change("AA", "BB", parts), other])


REQUESTS: dict[str, Callable[[], etree._Element]] = {
    "create": lambda: write.create_request(place(), [write.new_item(EVENT, MARK, HOME)]),
    "create-day": lambda: write.create_request(place(), [write.new_item(DAY, Mark("k", "s"), HOME)]),
    "update": lambda: changing(ALL),
    "update-stamp": lambda: changing(frozenset()),
    "move": lambda: write.move_request("AA", place()),
    "sync": lambda: read.sync_request(folders.by_id("CC"), "tila", 512),
    "sync-all": lambda: read.sync_request(place(), None, 4),
    "get": lambda: read.get_request(["AA", "BB"]),
    "find": lambda: read.find_request(place(), read.keyed("avain"), 0),
    "find-all": lambda: read.find_request(place(), read.keyed(None), 512),
    "find-edited": lambda: read.find_request(place(), read.edited_since(START), 0),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_every_request_is_as_microsofts_schema_wants_it(name: str) -> None:
    """Where the schema is not at hand, it must at least be in the namespaces of EWS."""
    request = etree.fromstring(etree.tostring(REQUESTS[name]()))
    known = schema()
    if known is not None:
        known.assertValid(request)
    assert {etree.QName(one).namespace for one in request.iter()} <= {
        etree.QName(tag("t:x")).namespace,
        etree.QName(tag("m:x")).namespace,
    }


@pytest.mark.parametrize("name", ["create", "create-day", "update", "update-stamp"])
def test_no_write_sends_a_mail(name: str) -> None:
    """R9: said explicitly in every write, because the defaults differ."""
    request = REQUESTS[name]()
    said = [value for key, value in request.attrib.items() if str(key).startswith("SendMeeting")]
    assert said == ["SendToNone"]


def test_an_update_is_conditional() -> None:
    """Hazard: exchangelib's default, AutoResolve, writes over a newer version."""
    request = REQUESTS["update"]()
    assert request.get("ConflictResolution") == "NeverOverwrite"
    conditions = [dict(item_id.attrib) for item_id in request.iter(tag("t:ItemId"))]
    assert conditions == [{"Id": "AA", "ChangeKey": "BB"}, {"Id": "CC", "ChangeKey": "DD"}]


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        (set(), []),
        ({"title"}, ["item:Subject"]),
        ({"text"}, ["item:Body"]),
        ({"private"}, ["item:Sensitivity"]),
        ({"reminder_minutes"}, ["item:ReminderIsSet", "item:ReminderMinutesBeforeStart"]),
        ({"show_as"}, ["calendar:LegacyFreeBusyStatus"]),
        ({"location"}, ["calendar:Location"]),
        (
            {"when"},
            [
                "calendar:Start",
                "calendar:End",
                "calendar:IsAllDayEvent",
                "calendar:StartTimeZone",
                "calendar:EndTimeZone",
            ],
        ),
        ({"participants"}, []),
        ({"recurrence"}, ["calendar:Recurrence"]),
    ],
)
def test_only_the_named_fields_are_written(names: set[str], paths: list[str]) -> None:
    """Never a text whose words did not change, and never the attendees."""
    found = [part.path for part in write.parts(EVENT, frozenset(names), MARK, HOME)]
    assert [path for path in found if ":" in path] == paths
    assert {"vfadminKey", "vfadminStamp"} <= set(found)


def test_a_reminder_taken_away_is_switched_off() -> None:
    changes = write.parts(DAY, frozenset({"reminder_minutes"}), MARK, HOME)
    assert [(one.path, one.value.text) for one in changes if one.path.startswith("item:")] == [
        ("item:ReminderIsSet", "false")
    ]


@pytest.mark.parametrize("show_as", ShowAs)
def test_every_status_has_a_name(show_as: Any) -> None:
    (part,) = [
        one
        for one in write.parts(Event("x", EVENT.when, show_as=show_as), frozenset({"show_as"}), MARK, HOME)
        if one.path == "calendar:LegacyFreeBusyStatus"
    ]
    assert read.SHOW_AS[part.value.text or ""] is show_as


def test_a_day_before_all_midnights_cannot_be_written() -> None:
    """Hostile data: the year 1 begins in Helsinki before there is any time in UTC."""
    event = Event("x", When(datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC), all_day=True))
    with pytest.raises(OverflowError):
        write.parts(event, frozenset({"when"}), MARK, HOME)

"""How what Exchange shows becomes events; round trips are in the contract suite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, answer, fault, message, serving
from tests.calendars.ews.scene import EVENT, RECURRENCE, START, created, mark, shown
from vfadmin.calendars.event import LONGEST_REMINDER, Event, ShowAs, When, all_day
from vfadmin.calendars.ews import EwsCalendar
from vfadmin.calendars.ews.calendar import Place
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.exchange import marks
from vfadmin.errors import CalendarError
from vfadmin.simulator import OutlookUser

TIMES = "<t:Start>2026-03-02T07:00:00Z</t:Start><t:End>2026-03-02T08:00:00Z</t:End>"


def test_a_change_says_when_a_single_event_ends_and_nothing_about_a_series(
    calendar: EwsCalendar, anna: OutlookUser
) -> None:
    single = created(anna)
    series = created(anna, recurrence=RECURRENCE)
    (page,) = calendar.changes(None)
    ends = {one.id: one.ends for one in page.changed}
    assert ends == {single: START + timedelta(hours=1), series: None}
    assert all(one.version for one in page.changed)


def test_only_calendar_items_count(tmp_path: Path, session_at: Callable[..., EwsSession]) -> None:
    """A calendar folder may hold other kinds, and flags may change (MS-OXWSSYNC)."""
    changes = (
        "<m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange><m:Changes>"
        '<t:Create><t:Message><t:ItemId Id="m" ChangeKey="1"/></t:Message></t:Create>'
        '<t:ReadFlagChange><t:ItemId Id="r" ChangeKey="1"/><t:IsRead>true</t:IsRead></t:ReadFlagChange>'
        '<t:Update><t:CalendarItem><t:ItemId Id="c" ChangeKey="1"/></t:CalendarItem></t:Update>'
        "<t:Create/></m:Changes>"
    )
    with serving(tmp_path, Canned(answer("SyncFolderItems", message("SyncFolderItems", changes)))) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        (page,) = calendar.changes(None)
    assert [(one.id, one.version, one.ends) for one in page.changed] == [("c", "1", None)]


def test_an_outlook_users_event_is_read_as_it_is_shown(calendar: EwsCalendar, anna: OutlookUser) -> None:
    item_id = created(
        anna,
        body_html="<p>Ensimmäinen<br>toinen</p>",
        location="Sali",
        reminder_minutes=30,
        show_as="OOF",
        sensitivity="Confidential",
        time_zone="America/New_York",
    )
    event = shown(calendar, item_id)
    assert event == Event(
        "Palaveri",
        When(START, START + timedelta(hours=1), zone="America/New_York"),
        location="Sali",
        text="Ensimmäinen\ntoinen",
        private=True,
        show_as=ShowAs.OOF,
        reminder_minutes=30,
    )


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "Asia/Tokyo", "America/New_York", "UTC"])
def test_whole_days_are_those_of_the_events_zone(calendar: EwsCalendar, anna: OutlookUser, zone: str) -> None:
    """Exchange tells two instants; the days are those of the zone in which they are midnights."""
    from zoneinfo import ZoneInfo

    start = datetime(2026, 3, 28, tzinfo=ZoneInfo(zone))
    item_id = created(
        anna, start=start, end=datetime(2026, 3, 30, tzinfo=ZoneInfo(zone)), all_day=True, time_zone=zone
    )
    assert shown(calendar, item_id).when == all_day(date(2026, 3, 28), date(2026, 3, 30))


def test_whole_days_are_written_in_the_home_zone(calendar: EwsCalendar, anna: OutlookUser) -> None:
    written = calendar.create(replace(EVENT, when=all_day(date(2026, 7, 1), date(2026, 7, 3))), mark())
    item = anna.item(written.id)
    assert (item.all_day, item.start_zone) == (True, "FLE Standard Time")
    assert item.start == datetime(2026, 6, 30, 21, tzinfo=UTC)
    assert item.end == datetime(2026, 7, 2, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("response", "stored", "organiser", "expected"),
    [
        ("Accept", None, people.MATTI, True),
        ("Accept", "false", people.MATTI, True),
        ("NoResponseReceived", None, people.MATTI, False),
        ("Tentative", None, people.MATTI, False),
        ("Tentative", "true", people.MATTI, True),
        ("Unknown", None, people.ANNA, True),
        ("Organizer", None, "/O=EXAMPLE/CN=ANNA", True),
        ("Organizer", "false", people.ANNA, False),
    ],
)
def test_acknowledgement_of_meetings(
    tmp_path: Path,
    session_at: Callable[..., EwsSession],
    response: str,
    stored: str | None,
    organiser: str,
    expected: bool,
) -> None:
    """R16: what the owner accepted or organises is acknowledged; else our own property says."""
    own = f'<t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="{marks.PROPERTY_SET.upper()}"'
    own += f' PropertyName="{marks.ACKNOWLEDGED}" PropertyType="Boolean"/><t:Value>{stored}</t:Value>'
    content = (
        '<m:Items><t:CalendarItem><t:ItemId Id="a" ChangeKey="1"/>'
        f"{own + '</t:ExtendedProperty>' if stored else ''}"
        "<t:Start>2026-03-02T07:00:00Z</t:Start><t:End>2026-03-02T08:00:00Z</t:End><t:IsMeeting>true</t:IsMeeting>"
        f"<t:MyResponseType>{response}</t:MyResponseType><t:Organizer><t:Mailbox>"
        f"<t:EmailAddress>{organiser}</t:EmailAddress></t:Mailbox></t:Organizer></t:CalendarItem></m:Items>"
    )
    with serving(tmp_path, Canned(answer("GetItem", message("GetItem", content)))) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        event = shown(calendar, "a")
    assert event.acknowledged is expected


def test_one_poisonous_item_does_not_keep_the_others(
    tmp_path: Path, session_at: Callable[..., EwsSession]
) -> None:
    good = message(
        "GetItem",
        f'<m:Items><t:CalendarItem><t:ItemId Id="b" ChangeKey="1"/>{TIMES}</t:CalendarItem></m:Items>',
    )
    bad = message("GetItem", "<m:Items/>", "ErrorCorruptData")
    gone = message("GetItem", "<m:Items/>", "ErrorItemNotFound")
    with serving(tmp_path, Canned(answer("GetItem", bad, good, gone))) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        fetched = calendar.fetch(["a", "b", "c"])
    assert fetched.items.keys() == {"b"}
    assert {one: found.code for one, found in fetched.failures.items()} == {"a": "EX-ITEM-03"}


@pytest.mark.parametrize("as_fault", [True, False])
def test_what_concerns_the_mailbox_is_no_items_failure(
    tmp_path: Path, session_at: Callable[..., EwsSession], as_fault: bool
) -> None:
    code = "ErrorMailboxMoveInProgress"
    body = fault(code) if as_fault else answer("GetItem", message("GetItem", "<m:Items/>", code))
    with serving(tmp_path, Canned(body)) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        with pytest.raises(CalendarError) as raised:
            calendar.fetch(["a"])
    assert raised.value.failure.code == "EX-BUSY-03"


def test_a_poisonous_item_cannot_be_deleted_unseen(
    tmp_path: Path, session_at: Callable[..., EwsSession]
) -> None:
    bad = answer("GetItem", message("GetItem", "<m:Items/>", "ErrorCorruptData"))
    with serving(tmp_path, Canned(bad)) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        with pytest.raises(CalendarError) as raised:
            calendar.delete("a", "1")
        assert len(server.requests) == 1
    assert raised.value.failure.code == "EX-ITEM-03"


def test_unknown_values_are_read_without_raising(
    tmp_path: Path, session_at: Callable[..., EwsSession]
) -> None:
    content = (
        '<m:Items><t:CalendarItem><t:ItemId Id="a" ChangeKey="1"/><t:ReminderIsSet>true</t:ReminderIsSet>'
        "<t:ReminderMinutesBeforeStart>-5</t:ReminderMinutesBeforeStart>"
        "<t:LegacyFreeBusyStatus>NoData</t:LegacyFreeBusyStatus>"
        "<t:Start>2026-03-02T07:00:00Z</t:Start><t:End>2026-03-02T08:00:00Z</t:End>"
        '<t:StartTimeZone Id="Customized Time Zone" Name="x"/></t:CalendarItem></m:Items>'
    )
    with serving(tmp_path, Canned(answer("GetItem", message("GetItem", content)))) as server:
        event = shown(EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default")), "a")
    assert (event.reminder_minutes, event.show_as, event.when.zone) == (None, ShowAs.BUSY, "UTC")


def test_a_deletion_without_an_id_is_nothing(tmp_path: Path, session_at: Callable[..., EwsSession]) -> None:
    changes = "<m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"
    changes += '<m:Changes><t:Delete/><t:Delete><t:ItemId Id="a"/></t:Delete></m:Changes>'
    with serving(tmp_path, Canned(answer("SyncFolderItems", message("SyncFolderItems", changes)))) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        (page,) = calendar.changes(None)
    assert page.deleted == ("a",)


@pytest.mark.parametrize(
    ("minutes", "read"),
    [("²", None), ("-5", None), ("99999999999999999999", LONGEST_REMINDER), ("9" * 5000, LONGEST_REMINDER)],
)
def test_a_hostile_reminder_is_none_or_the_longest(
    tmp_path: Path, session_at: Callable[..., EwsSession], minutes: str, read: int | None
) -> None:
    content = (
        '<m:Items><t:CalendarItem><t:ItemId Id="a" ChangeKey="1"/><t:ReminderIsSet>true</t:ReminderIsSet>'
        f"<t:ReminderMinutesBeforeStart>{minutes}</t:ReminderMinutesBeforeStart>{TIMES}</t:CalendarItem></m:Items>"
    )
    with serving(tmp_path, Canned(answer("GetItem", message("GetItem", content)))) as server:
        event = shown(EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default")), "a")
    assert event.reminder_minutes == read


def test_hostile_times_cost_neither_the_page_nor_the_other_items(
    tmp_path: Path, session_at: Callable[..., EwsSession]
) -> None:
    late = "<t:Start>9999-12-31T23:59:59-05:00</t:Start><t:End>9999-12-31T23:59:59-05:00</t:End>"
    early = "<t:Start>0001-01-01T00:00:00+02:00</t:Start><t:End>0001-01-01T00:00:00+02:00</t:End>"
    whole = "<t:IsAllDayEvent>true</t:IsAllDayEvent>"
    items = [
        f'<t:CalendarItem><t:ItemId Id="{name}" ChangeKey="1"/>{times}'
        "<t:CalendarItemType>Single</t:CalendarItemType></t:CalendarItem>"
        for name, times in (("late", late), ("early", early), ("day", late + whole), ("first", early + whole))
    ]
    changes = "".join(f"<t:Create>{one}</t:Create>" for one in items)
    page_of = (
        "<m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"
        f"<m:Changes>{changes}</m:Changes>"
    )
    found = [message("GetItem", f"<m:Items>{one}</m:Items>") for one in items]
    answers = (answer("SyncFolderItems", message("SyncFolderItems", page_of)), answer("GetItem", *found))
    with serving(tmp_path, *map(Canned, answers)) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        (page,) = calendar.changes(None)
        fetched = calendar.fetch([one.id for one in page.changed])
    assert [one.id for one in page.changed] == ["late", "early", "day", "first"]
    assert (fetched.items.keys(), fetched.failures) == ({"late", "early", "day", "first"}, {})


def test_an_item_nobody_can_read_fails_alone(tmp_path: Path, session_at: Callable[..., EwsSession]) -> None:
    """Whatever an item's values make Python raise is that item's failure."""
    home = "../nowhere"  # raises ValueError for all-day events only
    item = '<t:CalendarItem><t:ItemId Id="{}" ChangeKey="1"/>{}</t:CalendarItem>'
    items = (item.format("a", TIMES + "<t:IsAllDayEvent>true</t:IsAllDayEvent>"), item.format("b", TIMES))
    found = [message("GetItem", f"<m:Items>{one}</m:Items>") for one in items]
    with serving(tmp_path, Canned(answer("GetItem", *found))) as server:
        session = session_at(server.url, server.ca_file)
        fetched = EwsCalendar(session, Place(people.ANNA, "default"), home).fetch(["a", "b"])
    assert fetched.items.keys() == {"b"}
    assert {one: found.code for one, found in fetched.failures.items()} == {"a": "EX-ITEM-03"}


@pytest.mark.parametrize("times", ["", "<t:Start>2026-03-02T07:00:00Z</t:Start>"])
def test_an_item_without_its_times_is_left_alone(
    tmp_path: Path, session_at: Callable[..., EwsSession], times: str
) -> None:
    """Times that were made up would move the event in ValueFrame."""
    found = message(
        "GetItem", f'<m:Items><t:CalendarItem><t:ItemId Id="a"/>{times}</t:CalendarItem></m:Items>'
    )
    with serving(tmp_path, Canned(answer("GetItem", found))) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        fetched = calendar.fetch(["a"])
    assert (dict(fetched.items), fetched.failures["a"].code) == ({}, "EX-ITEM-03")

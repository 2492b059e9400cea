"""What is Exchange's own about the keeper; what every keeper does is in the contract suite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, answer, message, serving
from tests.calendars.ews.scene import EVENT, START, created, mark, shown
from vfadmin.calendars.base import Calendar, Mark, Side
from vfadmin.calendars.event import FIELDS, ShowAs, all_day
from vfadmin.calendars.ews import EwsCalendar, EwsServer
from vfadmin.calendars.ews.calendar import Place
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.exchange import marks
from vfadmin.errors import CalendarError, CursorLost, ItemGone, StaleVersion
from vfadmin.simulator import FaultRule, OutlookUser, Simulator, SimulatorConfig, named


def test_it_stands_on_exchanges_side(calendar: EwsCalendar) -> None:
    typed: Calendar = calendar
    assert typed.side is Side.EXCHANGE
    assert typed.capabilities.keyed
    assert typed.capabilities.recurrence
    assert typed.capabilities.fields == frozenset(FIELDS)


def test_an_unchanged_mailbox_costs_one_request(
    exchange: Simulator, server: EwsServer, anna: OutlookUser
) -> None:
    created(anna)
    first = server.calendar(people.ANNA, "default", None)
    *_, page = first.changes(None)
    folder = first.identity().folder
    exchange.clear_requests()
    later = server.calendar(people.ANNA, "default", folder)
    (page,) = later.changes(page.cursor)
    assert (page.changed, page.deleted) == ((), ())
    assert later.identity().folder == folder
    assert later.requests == 1
    assert exchange.request_counts() == {"SyncFolderItems": 1}


def test_pages_are_of_512_and_items_come_in_batches(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    ids = {created(anna, subject=f"Palaveri {n}") for n in range(513)}
    pages = list(calendar.changes(None))
    assert [len(page.changed) for page in pages] == [512, 1]
    exchange.clear_requests()
    fetched = calendar.fetch([one.id for page in pages for one in page.changed])
    assert fetched.items.keys() == ids
    assert exchange.request_counts() == {"GetItem": 11}


def test_a_server_that_promises_more_and_gives_nothing_is_left(
    tmp_path: Path, session_at: Callable[..., EwsSession]
) -> None:
    stuck = (
        "<m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>false</m:IncludesLastItemInRange><m:Changes/>"
    )
    with serving(tmp_path, Canned(answer("SyncFolderItems", message("SyncFolderItems", stuck)))) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        with pytest.raises(CalendarError) as raised:
            list(calendar.changes("s"))
    assert raised.value.failure.code == "EX-UNKNOWN-01"


def test_an_empty_cursor_is_a_lost_one(calendar: EwsCalendar) -> None:
    with pytest.raises(CursorLost):
        list(calendar.changes(""))


# --- writing


def test_a_write_carries_key_stamp_uid_and_times(calendar: EwsCalendar, anna: OutlookUser) -> None:
    made = mark(created=START, modified=START)
    written = calendar.create(EVENT, made)
    item = anna.item(written.id)
    assert item.uid == written.uid == marks.uid_for(made.key)
    stored = {name: named(item.extended, name, marks.PROPERTY_SET) for name in marks.NAMES}
    assert stored[marks.KEY] == made.key
    assert stored[marks.STAMP] == made.stamp
    assert stored[marks.CREATED] == "2026-03-02T07:00:00Z"
    assert (item.subject, item.reminder_minutes, item.sensitivity) == ("Palaveri", None, "Normal")


def test_r30_what_a_create_brought_proves_it_itself(calendar: EwsCalendar, anna: OutlookUser) -> None:
    """Under whatever UID; not in a client's copy of it, and not in the meeting an invitation makes of it."""
    for uid in (None, anna.item(created(anna)).uid):
        made = replace(mark(), uid=uid, brought=True)
        written = calendar.create(EVENT, made)
        calendar.update(written.id, EVENT, frozenset({"title"}), written.version, mark())
        copy = anna.copy(written.id)
        found = calendar.fetch([written.id, copy]).items
        assert [found[one].brought for one in (written.id, copy)] == [True, False]
        anna.learn_of_invitation(written.id, people.MATTI)
        assert not calendar.fetch([written.id]).items[written.id].brought


def test_r30_what_was_born_in_exchange_is_not_brought_by_a_write(
    calendar: EwsCalendar, anna: OutlookUser
) -> None:
    """Neither when our marks are written into it, nor when it is made anew."""
    own = created(anna)
    before = calendar.fetch([own]).items[own]
    calendar.update(own, EVENT, frozenset({"title"}), before.version, replace(mark(), brought=True))
    anew = calendar.create(EVENT, mark())
    found = calendar.fetch([own, anew.id]).items
    assert all(one.key for one in found.values())
    assert [found[one].brought for one in (own, anew.id)] == [False, False]


def test_an_edit_in_outlook_moves_the_modified_time(reach: Callable[..., EwsServer], fake_clock: Any) -> None:
    """R7, in the other direction."""
    config = SimulatorConfig(mailboxes=people.MAILBOXES, clock=fake_clock)
    with Simulator(config) as simulator:
        calendar = reach(simulator).calendar(people.ANNA, "default", None)
        calendar.identity()
        written = calendar.create(EVENT, mark(modified=START))
        assert calendar.fetch([written.id]).items[written.id].modified == START
        later = fake_clock.advance(timedelta(hours=1))
        simulator.outlook(people.ANNA).edit(written.id, subject="Toinen")
        assert calendar.fetch([written.id]).items[written.id].modified == later


def test_an_update_leaves_what_it_does_not_name(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    """Attendees, categories and the formatting of the text stay, and nobody gets a mail (R9)."""
    html = "<p><b>Teams</b> <a href='https://teams.example.com/x'>liity</a></p>"
    item_id = created(anna, body_html=html, categories=["Punainen"], attendees=[people.MATTI])
    exchange.outbox.clear()
    before = anna.item(item_id)
    item = calendar.fetch([item_id]).items[item_id]
    names = frozenset({"title", "when", "location", "show_as", "reminder_minutes", "private", "acknowledged"})
    moved = replace(EVENT, title="Siirretty", when=replace(EVENT.when, end=START + timedelta(hours=2)))
    calendar.update(item_id, moved, names, item.version, mark())
    after = anna.item(item_id)
    assert (after.subject, after.end) == ("Siirretty", START + timedelta(hours=2))
    assert (after.body_html, after.categories, after.is_meeting) == (before.body_html, ("Punainen",), True)
    assert exchange.outbox == []


@pytest.mark.parametrize(
    ("sensitivity", "private", "expected"),
    [
        ("Personal", False, "Personal"),
        ("Confidential", True, "Confidential"),
        ("Normal", True, "Private"),
        ("Private", False, "Normal"),
        ("Personal", True, "Private"),
        ("Confidential", False, "Normal"),
    ],
)
def test_private_flips_between_normal_and_private_only(
    calendar: EwsCalendar, anna: OutlookUser, sensitivity: str, private: bool, expected: str
) -> None:
    item_id = created(anna, sensitivity=sensitivity)
    item = calendar.fetch([item_id]).items[item_id]
    calendar.update(item_id, replace(EVENT, private=private), frozenset({"private"}), item.version, mark())
    assert anna.item(item_id).sensitivity == expected


def test_without_a_look_the_flag_is_written_as_it_is(server: EwsServer, anna: OutlookUser) -> None:
    item_id = created(anna)
    version = anna.item(item_id).change_key
    calendar = server.calendar(people.ANNA, "default", None)
    calendar.update(item_id, replace(EVENT, private=True), frozenset({"private"}), version, mark())
    assert anna.item(item_id).sensitivity == "Private"


def test_a_create_whose_answer_was_lost_is_not_repeated(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    """Scenario 3: it landed, and the same key finds it."""
    made = mark()
    exchange.set_faults([FaultRule(moment="after", operation="CreateItem", status=0)])
    with pytest.raises(CalendarError) as raised:
        calendar.create(EVENT, made)
    assert raised.value.failure.transient
    written = calendar.create(EVENT, made)
    assert [item.id for item in anna.items()] == [written.id]
    assert written.shown is not None


def test_many_creations_look_for_their_keys_once(exchange: Simulator, calendar: EwsCalendar) -> None:
    calendar.identity()
    exchange.clear_requests()
    for _ in range(5):
        calendar.create(EVENT, mark())
    assert exchange.request_counts() == {"FindItem": 1, "CreateItem": 5}


def test_keys_of_a_large_calendar_are_listed_over_pages(
    exchange: Simulator, server: EwsServer, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    first = mark()
    written = calendar.create(EVENT, first)
    copies = [anna.copy(written.id) for _ in range(512)]
    exchange.clear_requests()
    other = server.calendar(people.ANNA, "default", None)
    assert other.create(EVENT, mark()).id not in copies
    assert exchange.request_counts()["FindItem"] == 2
    assert len(calendar.find(first.key)) == 513


def test_working_elsewhere_is_free_on_2010(reach: Callable[..., EwsServer]) -> None:
    event = replace(EVENT, show_as=ShowAs.ELSEWHERE)
    for version, expected in (("2010", ShowAs.FREE), ("2013", ShowAs.ELSEWHERE)):
        config = SimulatorConfig(mailboxes=people.MAILBOXES, version=version)  # type: ignore[arg-type]  # a literal
        with Simulator(config) as simulator:
            for setting in (version, "auto"):
                calendar = reach(simulator, server_version=setting).calendar(people.ANNA, "default", None)
                written = calendar.create(event, mark())
                assert shown(calendar, written.id) == calendar.capabilities.project(event)
                assert shown(calendar, written.id).show_as is expected


@pytest.mark.parametrize("version", ["2010", "2013", "2016", "2019", "online"])
@pytest.mark.parametrize("auth", ["basic", "ntlm"])
def test_every_server_takes_a_whole_life(reach: Callable[..., EwsServer], version: Any, auth: str) -> None:
    with Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, version=version)) as simulator:
        calendar = reach(simulator, auth=auth).calendar(people.ANNA, "default", None)
        made = mark()
        written = calendar.create(EVENT, made)
        assert shown(calendar, written.id) == calendar.capabilities.project(EVENT)
        changed = calendar.update(
            written.id, replace(EVENT, title="Toinen"), frozenset({"title"}), written.version, made
        )
        assert [item.event.title for item in calendar.find(made.key)] == ["Toinen"]
        calendar.delete(written.id, changed.version)
        assert calendar.fetch([written.id]).items == {}
        assert simulator.outbox == []


# --- deleting


def test_what_is_deleted_lies_in_deleted_items(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    item_id = created(anna, attendees=[people.MATTI])
    exchange.outbox.clear()
    calendar.delete(item_id, anna.item(item_id).change_key)
    assert anna.items() == []
    assert [item.subject for item in anna.deleted_items()] == ["Palaveri"]
    assert "DeleteItem" not in exchange.request_counts()
    assert exchange.outbox == []


class _Meddling(EwsCalendar):
    """Somebody else acts right before the move."""

    def __init__(self, session: EwsSession, act: Callable[[], None]) -> None:
        super().__init__(session, Place(people.ANNA, "default"), "Europe/Helsinki")
        self._act = act

    def _move(self, item_id: str, target: Any) -> str | None:
        act, self._act = self._act, lambda: None
        act()
        return super()._move(item_id, target)


def test_what_somebody_changed_meanwhile_is_put_back(
    server: EwsServer, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    """Hazard: EWS moves and deletes without looking at the change key."""
    made = mark()
    written = calendar.create(EVENT, made)
    meddled = _Meddling(server._session, lambda: anna.edit(written.id, subject="Vielä tarpeen"))
    with pytest.raises(StaleVersion):
        meddled.delete(written.id, written.version)
    assert [item.subject for item in anna.items()] == ["Vielä tarpeen"]
    assert anna.deleted_items() == []
    assert [item.event.title for item in calendar.find(made.key)] == ["Vielä tarpeen"]


def test_what_an_invitation_came_to_meanwhile_is_put_back(
    server: EwsServer, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    written = calendar.create(replace(EVENT, show_as=ShowAs.TENTATIVE), mark())
    meddled = _Meddling(server._session, lambda: anna.learn_of_invitation(written.id, people.MATTI))
    with pytest.raises(StaleVersion):
        meddled.delete(written.id, written.version)
    assert [item.my_response for item in anna.items()] == ["NoResponseReceived"]


def test_what_was_only_saved_again_meanwhile_is_deleted(
    server: EwsServer, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    written = calendar.create(EVENT, mark())
    _Meddling(server._session, lambda: anna.touch(written.id)).delete(written.id, written.version)
    assert anna.items() == []


def test_what_somebody_deleted_meanwhile_is_gone(
    server: EwsServer, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    written = calendar.create(EVENT, mark())
    _Meddling(server._session, lambda: anna.delete(written.id)).delete(written.id, written.version)
    assert anna.items() == []
    with pytest.raises(ItemGone):
        calendar.update(written.id, EVENT, frozenset({"title"}), written.version, mark())


# --- another mailbox behind the address


def test_a_moved_mailbox_is_held(exchange: Simulator, server: EwsServer, anna: OutlookUser) -> None:
    """Scenario 25: all ids changed; nothing is taken for deleted."""
    created(anna)
    first = server.calendar(people.ANNA, "default", None)
    *_, page = first.changes(None)
    folder = first.identity().folder
    exchange.move_mailbox(people.ANNA)
    later = server.calendar(people.ANNA, "default", folder)
    for cursor in (page.cursor, None):
        with pytest.raises(CalendarError) as raised:
            list(later.changes(cursor))
        assert raised.value.failure.code == "EX-MBX-07"
    assert server.calendar(people.ANNA, "default", None).identity().folder != folder


def test_a_folder_that_answers_again_was_no_move(
    tmp_path: Path, session_at: Callable[..., EwsSession]
) -> None:
    missing = answer("SyncFolderItems", message("SyncFolderItems", "", "ErrorSyncFolderNotFound"))
    there = '<m:Folders><t:CalendarFolder><t:FolderId Id="known"/></t:CalendarFolder></m:Folders>'
    with serving(
        tmp_path, Canned(missing), Canned(answer("GetFolder", message("GetFolder", there)))
    ) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default", "known"))
        with pytest.raises(CalendarError) as raised:
            list(calendar.changes("cursor"))
    assert raised.value.failure.code == "EX-CAL-01"


def test_a_mailbox_out_of_scope(exchange: Simulator, server: EwsServer) -> None:
    exchange.deny_impersonation(people.MATTI)
    with pytest.raises(CalendarError) as raised:
        list(server.calendar(people.MATTI, "default", None).changes(None))
    found = raised.value.failure
    assert (found.code, found.params["mailbox"], found.params["account"]) == (
        "EX-IMP-01",
        people.MATTI,
        exchange.account,
    )
    exchange.allow_impersonation(people.MATTI)
    assert [page.last for page in server.calendar(people.MATTI, "default", None).changes(None)] == [True]


def test_a_throttled_mailbox_is_told_how_long_to_wait(exchange: Simulator, server: EwsServer) -> None:
    exchange.set_faults(
        [FaultRule(mailbox=people.ANNA, status=500, code="ErrorServerBusy", back_off_ms=5000)]
    )
    with pytest.raises(CalendarError) as raised:
        list(server.calendar(people.ANNA, "default", None).changes(None))
    assert (raised.value.failure.code, raised.value.failure.retry_after) == ("EX-BUSY-01", 5)
    assert len(list(server.calendar(people.LIISA, "default", None).changes(None))) == 1


# --- answers no server should give


@pytest.mark.parametrize("count", [0, 2])
def test_as_many_messages_as_questions(
    tmp_path: Path, session_at: Callable[..., EwsSession], count: int
) -> None:
    item = message(
        "GetItem", '<m:Items><t:CalendarItem><t:ItemId Id="a" ChangeKey="1"/></t:CalendarItem></m:Items>'
    )
    page = message("SyncFolderItems", "<m:SyncState>s</m:SyncState><m:Changes/>")
    answers = Canned(answer("GetItem", *[item] * count)), Canned(answer("SyncFolderItems", *[page] * count))
    with serving(tmp_path, *answers) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        for act in (lambda: calendar.fetch(["a"]), lambda: list(calendar.changes(None))):
            with pytest.raises(CalendarError) as raised:
                act()
            assert raised.value.failure.code == "EX-UNKNOWN-01"


def test_a_write_that_names_no_item(tmp_path: Path, session_at: Callable[..., EwsSession]) -> None:
    nothing = Canned(answer("UpdateItem", message("UpdateItem", "<m:Items/>")))
    with serving(tmp_path, nothing) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        with pytest.raises(CalendarError) as raised:
            calendar.update("a", EVENT, frozenset({"title"}), "1", mark())
    assert raised.value.failure.code == "EX-UNKNOWN-01"


def test_an_unreadable_carrier_of_the_key_is_not_doubled(
    tmp_path: Path, session_at: Callable[..., EwsSession]
) -> None:
    own = (
        f'<t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="{marks.PROPERTY_SET}"'
        f' PropertyName="{marks.KEY}" PropertyType="String"/>'
        "<t:Value>avain</t:Value></t:ExtendedProperty>"
    )
    found = (
        '<m:RootFolder IncludesLastItemInRange="true"><t:Items>'
        '<t:CalendarItem><t:ItemId Id="a" ChangeKey="1"/>'
        f"{own}</t:CalendarItem></t:Items></m:RootFolder>"
    )
    answers = (
        Canned(answer("FindItem", message("FindItem", found))),
        Canned(answer("GetItem", message("GetItem", "<m:Items/>", "ErrorCorruptData"))),
    )
    with serving(tmp_path, *answers) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default", "f"))
        with pytest.raises(CalendarError) as raised:
            calendar.create(EVENT, Mark("avain", "leima"))
        assert len(server.requests) == 2
    assert raised.value.failure.code == "EX-ITEM-03"


def test_a_day_exchange_cannot_name_is_refused_alone(calendar: EwsCalendar) -> None:
    """Hostile data: the midnight of 1.1.1 in Helsinki is before all time in UTC."""
    event = replace(EVENT, when=all_day(date(1, 1, 1), date(1, 1, 2)))
    with pytest.raises(CalendarError) as raised:
        calendar.create(event, mark())
    assert raised.value.failure.code == "EX-ITEM-03"

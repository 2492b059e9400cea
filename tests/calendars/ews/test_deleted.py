"""What an interrupted deletion took along although somebody had edited it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.scene import EVENT, created, mark
from tests.clock import FakeClock
from vfadmin.calendars.base import Item
from vfadmin.calendars.ews import EwsCalendar, EwsServer
from vfadmin.simulator import OutlookUser, Simulator, SimulatorConfig


def read(calendar: EwsCalendar, item_id: str) -> Item:
    return calendar.fetch([item_id]).items[item_id]


@pytest.mark.parametrize("shows_uid", [True, False])
def test_an_edit_is_put_back_by_its_uid_or_else_by_its_key(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser, shows_uid: bool
) -> None:
    written = calendar.create(EVENT, mark())
    item = read(calendar, written.id)
    anna.edit(written.id, location="Muualla")
    anna.delete(written.id)
    known = item if shows_uid else replace(item, uid=None)
    assert calendar.rescue(known, datetime.now(UTC))
    assert [one.location for one in anna.items()] == ["Muualla"]
    assert anna.deleted_items() == []
    assert exchange.outbox == []


def test_what_was_not_edited_stays_deleted(calendar: EwsCalendar, anna: OutlookUser) -> None:
    written = calendar.create(EVENT, mark())
    item = read(calendar, written.id)
    anna.delete(written.id)
    assert not calendar.rescue(item, datetime.now(UTC))
    assert anna.items() == []


def test_what_somebody_had_edited_and_deleted_before_stays_deleted(
    calendar: EwsCalendar, anna: OutlookUser
) -> None:
    """The event was made anew since, under the same UID, and was deleted as it was."""
    key = mark()
    first = calendar.create(EVENT, key)
    anna.edit(first.id, location="Muualla")
    anna.delete(first.id)
    again = calendar.create(EVENT, key)
    item = read(calendar, again.id)
    anna.delete(again.id)
    assert not calendar.rescue(item, datetime.now(UTC))
    assert anna.items() == []


def test_of_several_edits_the_latest_is_put_back(reach: Callable[..., EwsServer]) -> None:
    clock, key = FakeClock(datetime(2026, 3, 2, 8, tzinfo=UTC)), mark()
    with Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, version="2016", clock=clock)) as exchange:
        calendar, anna = reach(exchange).calendar(people.ANNA, "default", None), exchange.outlook(people.ANNA)
        for place in ("Eka", "Toka"):
            item = read(calendar, calendar.create(EVENT, key).id)
            clock.advance(timedelta(minutes=1))
            anna.edit(item.id, location=place)
            anna.delete(item.id)
        assert calendar.rescue(item, clock())
        assert [one.location for one in anna.items()] == ["Toka"]
        assert [one.location for one in anna.deleted_items()] == ["Eka"]
        assert exchange.outbox == []


def test_another_event_stays_deleted(calendar: EwsCalendar, anna: OutlookUser) -> None:
    """Whether it was never ours, or carries another key of ours."""
    item = read(calendar, calendar.create(EVENT, mark()).id)
    anna.delete(created(anna, subject="Toinen"))
    anna.delete(calendar.create(replace(EVENT, title="Kolmas"), mark()).id)
    assert not calendar.rescue(item, datetime.now(UTC))
    assert not calendar.rescue(replace(item, uid=None), datetime.now(UTC))
    assert len(anna.deleted_items()) == 2


def test_only_what_was_edited_of_late_is_read(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    item = read(calendar, calendar.create(EVENT, mark()).id)
    anna.edit(item.id, location="Muualla")
    anna.delete(item.id)
    later = datetime.now(UTC) + timedelta(days=3)
    exchange.clear_requests()
    assert not calendar.rescue(item, later)
    assert exchange.request_counts() == {"FindItem": 1}

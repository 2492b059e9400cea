"""What an interrupted deletion took along although somebody had edited it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.calendars.ews.scene import EVENT, created, mark
from vfadmin.calendars.base import Item
from vfadmin.calendars.ews import EwsCalendar
from vfadmin.simulator import OutlookUser, Simulator


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

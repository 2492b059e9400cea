"""What a cycle holds back: too many deletions, poisoned events, what it cannot represent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.strategies import plain
from tests.sync.looking import fill, history, integration
from tests.sync.world import World, one_by_one
from vfadmin.calendars.base import Draft, Fetched, Side, Written
from vfadmin.calendars.event import Event
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, failure
from vfadmin.models import (
    CalendarEvent,
    Dirty,
    State,
)
from vfadmin.sync.values import GuardLimits, Policy

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def test_too_many_deletions_wait_for_an_admin_and_the_rest_goes_on(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    for item_id in list(world.valueframe.ids().values())[:6]:
        world.valueframe.remove(item_id)
    world.valueframe.add(plain("Uusi", days=5))
    result = world.sync()
    assert result is not None
    assert (result.ok, result.held, result.deleted, result.pushed) == (True, 6, 0, 1)
    assert len(world.shown(EX)) == 13
    assert integration(world).waiting == 6
    assert history(world).count(("exchange", "hold", "held")) == 6
    again = world.sync()
    assert again is not None
    assert (again.deleted, again.held) == (0, 0)
    assert len(world.shown(EX)) == 13


def test_few_deletions_go_through(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    for item_id in list(world.valueframe.ids().values())[:5]:
        world.valueframe.remove(item_id)
    result = world.sync()
    assert result is not None
    assert (result.deleted, result.held) == (5, 0)
    assert len(world.shown(EX)) == 7


def test_a_held_event_that_comes_back_is_free_again(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    ids = world.valueframe.ids()
    for item_id in list(ids.values())[:6]:
        world.valueframe.remove(item_id)
    world.sync()
    with world.store.write() as session:
        session.execute(update(CalendarEvent).values(deleted_at=None))
    world.settle()
    assert integration(world).waiting == 0
    assert len(world.shown(VF)) == len(world.shown(EX)) == 12


def test_an_emptied_far_side_deletes_nothing_by_itself(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    for item_id in world.exchange.ids().values():
        world.exchange.remove(item_id)
    world.lose_cursor(EX)
    result = world.sync()
    assert result is not None
    assert (result.deleted, result.held) == (0, 12)
    assert len(world.shown(VF)) == 12


def test_a_lost_cursor_deletes_exactly_what_was_deleted_meanwhile(ews_world: World) -> None:
    fill(ews_world, 12)
    ews_world.policy = Policy(guard=GuardLimits(share=0.5))
    ids = ews_world.exchange.ids()
    for title in sorted(ids)[:3]:
        ews_world.exchange.remove(ids[title])
    ews_world.exchange.simulator.invalidate_sync_states("aijo@example.test")  # type: ignore[attr-defined]
    result = ews_world.sync()
    assert result is not None
    assert (result.deleted, result.pulled, result.pushed) == (3, 0, 0)
    assert [event.title for event in ews_world.shown(VF)] == sorted(ids)[3:]
    assert integration(ews_world).generation == 2


class PoisonedCalendar(SqlCalendar):
    """A keeper that refuses one title and cannot read another, as a server does with a broken item."""

    def create(self, event: Event, *rest: Any, **more: Any) -> Any:
        if event.title == "Myrkky":
            raise CalendarError(failure("EX-ITEM-03", detail="corrupt"))
        return super().create(event, *rest, **more)

    def write_together(self, drafts: Sequence[Draft]) -> list[Written | CalendarError]:
        return one_by_one(self, drafts)

    def fetch(self, ids: Any) -> Fetched:
        found = super().fetch(ids)
        broken = {id_ for id_, item in found.items.items() if item.event.title == "Lukukelvoton"}
        kept = {id_: item for id_, item in found.items.items() if id_ not in broken}
        return Fetched(kept, {id_: failure("EX-ITEM-03", detail="corrupt") for id_ in broken})


@pytest.fixture
def poisoned(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    original = world.exchange.calendar

    def calendar() -> Any:
        keeper = original()
        keeper.__class__ = PoisonedCalendar
        return keeper

    monkeypatch.setattr(world.exchange, "calendar", calendar)
    return world


def test_one_event_that_always_fails_is_set_aside_and_the_others_go_on(poisoned: World) -> None:
    poisoned.valueframe.add(plain("Myrkky"))
    for number in range(5):
        poisoned.valueframe.add(plain(f"Hyvä {number}", days=2 + number))
    result = poisoned.sync()
    assert result is not None
    assert (result.ok, result.pushed, result.skipped) == (True, 5, 1)
    assert ("exchange", "quarantine", "quarantined") in history(poisoned)
    row = integration(poisoned)
    assert (row.state, row.waiting, row.last_synced_at) == (State.ACTIVE, 1, poisoned.now)
    again = poisoned.sync()
    assert again is not None
    assert again.skipped == 0, "it has a schedule of its own"
    poisoned.now += timedelta(hours=8)
    later = poisoned.sync()
    assert later is not None
    assert later.skipped == 1


def test_an_edit_frees_a_quarantined_event_at_once(poisoned: World) -> None:
    item_id = poisoned.valueframe.add(plain("Myrkky"))
    poisoned.sync()
    poisoned.valueframe.edit(item_id, title="Lääke")
    result = poisoned.sync()
    assert result is not None
    assert result.pushed == 1
    assert integration(poisoned).waiting == 0


def test_an_item_that_cannot_be_read_is_tried_again_later(poisoned: World) -> None:
    poisoned.settle()
    poisoned.exchange.add(plain("Lukukelvoton"))
    poisoned.exchange.add(plain("Luettava", days=2))
    result = poisoned.sync()
    assert result is not None
    assert (result.ok, result.pulled, result.skipped) == (True, 1, 1)
    with poisoned.store.read() as session:
        waiting = session.scalars(select(Dirty)).one()
    assert (waiting.attempts, waiting.error_code) == (1, "EX-ITEM-03")
    assert waiting.not_before is not None
    assert waiting.not_before > poisoned.now


def test_a_dirty_series_is_left_alone_and_said_so(world: World) -> None:
    item_id = world.exchange.add(plain("Sarja"))
    original = world.exchange.calendar

    def unsupported() -> Any:
        keeper = original()
        fetch = keeper.fetch

        def marked(ids: Any) -> Fetched:
            items = {id_: replace(one, unsupported="recurrence") for id_, one in fetch(ids).items.items()}
            return Fetched(items)

        keeper.fetch = marked  # type: ignore[method-assign]
        return keeper

    world.exchange.calendar = unsupported  # type: ignore[method-assign]
    result = world.sync()
    assert result is not None
    assert (result.ok, result.pulled, result.skipped) == (True, 0, 1)
    assert history(world) == [("exchange", "skip", "left-alone")]
    assert item_id in world.exchange.ids().values()


def test_what_is_held_stays_held_and_is_told_once(ews_world: World) -> None:
    fill(ews_world, 12)
    ews_world.policy = Policy()
    for item_id in list(ews_world.valueframe.ids().values())[:6]:
        ews_world.valueframe.remove(item_id)
    ews_world.sync()
    for item_id in ews_world.exchange.ids().values():
        ews_world.exchange.touch(item_id)
    again = ews_world.sync()
    assert again is not None
    assert (again.deleted, again.held) == (0, 6)
    assert history(ews_world).count(("exchange", "hold", "held")) == 6


def test_a_pair_waits_for_a_twin_that_cannot_be_read(poisoned: World) -> None:
    vf_id = poisoned.valueframe.add(plain("Hyvä"))
    poisoned.settle()
    (ex_id,) = poisoned.exchange.ids().values()
    poisoned.exchange.edit(ex_id, title="Lukukelvoton")
    poisoned.valueframe.edit(vf_id, location="Aurora")
    result = poisoned.sync()
    assert result is not None
    assert (result.ok, result.pushed, result.pulled, result.skipped) == (True, 0, 0, 1)
    poisoned.exchange.edit(ex_id, title="Taas luettava")
    poisoned.settle()
    assert [(event.title, event.location) for event in poisoned.shown(VF)] == [("Taas luettava", "Aurora")]

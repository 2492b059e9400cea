"""Whole cycles over real keepers: what moves, what it costs, what is left as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.strategies import NOW, plain
from tests.sync.looking import fill, integration
from tests.sync.world import Fault, World
from vfadmin.calendars.base import Side
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.models import (
    CalendarEvent,
    Cursor,
    Dirty,
    History,
    Pair,
    Run,
)

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def test_events_move_both_ways_and_the_run_is_counted_r1(ews_world: World) -> None:
    ews_world.valueframe.add(plain("ValueFramesta", text="rivi\ntoinen"))
    ews_world.exchange.add(plain("Outlookista"))
    result = ews_world.sync()
    assert result is not None
    assert (result.ok, result.pulled, result.pushed, result.deleted) == (True, 1, 1, 0)
    assert ews_world.shown(VF) == ews_world.shown(EX)
    assert [event.title for event in ews_world.shown(EX)] == ["Outlookista", "ValueFramesta"]
    assert integration(ews_world).last_synced_at == ews_world.now


def test_an_unchanged_mailbox_costs_one_request(ews_world: World) -> None:
    fill(ews_world, 3)
    ews_world.exchange.add(plain("Outlookista", days=3))
    ews_world.settle()
    result = ews_world.sync()
    assert result is not None
    assert (result.ok, result.requests) == (True, 1)


def test_our_own_writes_come_back_as_echoes_and_cost_nothing_more(ews_world: World) -> None:
    fill(ews_world, 3)
    first = ews_world.sync()
    assert first is not None
    assert (first.pulled, first.pushed, first.requests) == (0, 0, 1)


def test_the_origins_times_travel_r7(ews_world: World) -> None:
    ews_world.exchange.add(plain("Outlookista"))
    ews_world.settle()
    with ews_world.store.read() as session:
        row = session.scalars(select(CalendarEvent)).one()
    (item,) = ews_world.exchange.simulator.outlook("aijo@example.test").items()  # type: ignore[attr-defined]
    assert item.subject == row.title
    assert row.created_at == NOW
    assert row.uid == item.uid


def test_an_edit_under_the_engines_hands_is_decided_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(world, 1)
    (vf_id,), (ex_id,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(vf_id, title="ValueFramen nimi")
    original, times = SqlCalendar.update, iter([True])

    def update_late(self: SqlCalendar, *rest: Any) -> Any:
        if next(times, False):
            world.exchange.edit(ex_id, location="Outlookin paikka")
        return original(self, *rest)

    monkeypatch.setattr(SqlCalendar, "update", update_late)
    world.settle()
    (event,) = world.shown(EX)
    assert (event.title, event.location) == ("ValueFramen nimi", "Outlookin paikka")
    assert world.shown(VF) == [event]


def test_a_write_bump_without_a_change_writes_nothing(world: World) -> None:
    fill(world, 1)
    (item_id,) = world.exchange.ids().values()
    for _ in range(5):
        world.exchange.touch(item_id)
        result = world.sync()
        assert result is not None
        assert (result.pulled, result.pushed) == (0, 0)


def test_taking_over_two_full_calendars_creates_nothing_r29(world: World) -> None:
    for number in range(6):
        world.valueframe.add(plain(f"Sama {number}", days=1 + number))
        world.exchange.add(plain(f"Sama {number}", days=1 + number))
    result = world.sync()
    assert result is not None
    assert (result.pulled, result.pushed, result.deleted) == (0, 0, 0)
    assert len(world.shown(VF)) == len(world.shown(EX)) == 6
    with world.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Pair)) == 6
    assert integration(world).matched


def test_old_and_far_events_stay_where_they_are_r8(ews_world: World) -> None:
    ews_world.exchange.add(plain("Vanha", days=-9))
    ews_world.exchange.add(plain("Kaukainen", days=800))
    ews_world.valueframe.add(plain("Vanha täällä", days=-9))
    result = ews_world.sync()
    assert result is not None
    assert (result.pulled, result.pushed) == (0, 0)
    idle = ews_world.sync()
    assert idle is not None
    assert idle.requests == 1, "what waits for its time is not read again and again"
    ews_world.now += timedelta(days=75)
    later = ews_world.sync()
    assert later is not None
    assert later.pulled == 1


def test_idle_runs_in_a_row_are_one_row(world: World) -> None:
    fill(world, 1)
    for _ in range(4):
        world.sync()
    with world.store.read() as session:
        runs = list(session.scalars(select(Run).order_by(Run.started_at)))
    assert [run.pushed for run in runs] == [1, 0]
    assert runs[-1].started_at == world.now


def test_everything_of_a_conflict_is_kept_in_the_history(world: World) -> None:
    fill(world, 1)
    (vf_id,), (ex_id,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(vf_id, title="A")
    world.exchange.edit(ex_id, title="B")
    result = world.sync()
    assert result is not None
    assert result.conflicts == 1
    with world.store.read() as session:
        row = session.scalars(select(History).where(History.reason == "conflict")).one()
    assert row.before is not None
    assert row.after is not None
    assert (row.before["title"], row.after["title"], row.detail["lost"]) == ("B", "A", ["title"])


def test_the_cursor_moves_only_with_the_ids_it_reported(world: World) -> None:
    world.exchange.add(plain())
    world.sync(Fault("after-commit", 3, kill=True))
    with world.store.read() as session:
        cursors = set(session.scalars(select(Cursor.side)))
        reported = set(session.scalars(select(Dirty.side))) | {
            "exchange" for _ in session.scalars(select(Pair.id))
        }
    assert "exchange" not in cursors or "exchange" in reported
    world.settle()
    assert len(world.shown(VF)) == 1


def test_what_aged_out_is_left_as_it_is_on_both_sides_r8(world: World) -> None:
    fill(world, 1)
    (ex_id,) = world.exchange.ids().values()
    world.now += timedelta(days=30)
    world.exchange.edit(ex_id, location="myöhäinen muutos")
    result = world.sync()
    assert result is not None
    assert (result.ok, result.pulled, result.pushed) == (True, 0, 0)
    assert [event.location for event in world.shown(VF)] == [""]
    with world.store.read() as session:
        assert session.scalars(select(Pair.status)).all() == ["frozen"]

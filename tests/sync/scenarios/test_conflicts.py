"""Scenarios in which both sides, or a person and the engine, are at one event."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.strategies import plain
from tests.sync.looking import history
from tests.sync.scenarios.playing import (
    EX,
    NOTHING,
    VF,
    Meanwhile,
    assert_in_step,
    fill_in_step,
    set_faults,
    synced,
    writes,
)
from tests.sync.world import World
from vfadmin.calendars.base import Side
from vfadmin.models import CalendarEvent
from vfadmin.simulator.faults import FaultRule


@pytest.mark.parametrize("minutes", [-5, 5])
def test_scenario_13_equal_timestamps_and_clocks_5_minutes_apart(world: World, minutes: int) -> None:
    set_faults(world, FaultRule(kind="clock_skew", skew_s=minutes * 60, times=None))
    (title,) = fill_in_step(world, 1)
    (near,), (far,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.exchange.edit(far, location="Exchangesta")
    assert synced(world).pulled == 1
    world.valueframe.edit(near, location="ValueFramesta")
    assert synced(world).pushed == 1
    world.exchange.edit(far, text="Exchangesta")
    world.valueframe.edit(near, location="molemmat")
    assert writes(synced(world)) == (1, 1, 0)
    assert_in_step(world, [title])
    (event,) = world.shown(EX)
    assert (event.location, event.text) == ("molemmat", "Exchangesta")


def test_scenario_13_the_same_field_at_the_same_time_goes_to_valueframe(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    (near,), (far,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.exchange.edit(far, location="Exchangesta")
    world.valueframe.edit(near, location="ValueFramesta")
    assert synced(world).conflicts == 1
    assert history(world)[-1] == ("exchange", "update", "conflict")
    assert_in_step(world, [title])
    assert world.shown(EX)[0].location == "ValueFramesta"


def test_scenario_14_the_server_rewrites_the_body_and_the_second_run_writes_nothing(world: World) -> None:
    world.valueframe.add(plain("Palaveri", text="esityslista"))
    set_faults(world, FaultRule(kind="rewritten_body", times=None))
    assert writes(synced(world)) == (0, 1, 0)
    for _ in range(3):
        assert writes(synced(world)) == NOTHING
    (near,), (far,) = world.shown(VF), world.shown(EX)
    assert near.text == "esityslista"
    assert far.text.startswith("esityslista\n")
    set_faults(world)
    world.exchange.edit(world.exchange.ids()["Palaveri"], text="uusi lista")
    assert writes(synced(world)) == (1, 0, 0)
    assert_in_step(world, ["Palaveri"])


@pytest.mark.parametrize("side", Side)
def test_scenario_15_1000_version_bumps_without_a_change(world: World, side: Side) -> None:
    titles = fill_in_step(world, 5)
    for _ in range(4):
        for _ in range(50):
            _bump_all(world, side)
        assert writes(synced(world)) == NOTHING
    assert_in_step(world, titles)


def _bump_all(world: World, side: Side) -> None:
    if side is EX:
        for item_id in world.exchange.ids().values():
            world.exchange.touch(item_id)
        return
    with world.store.write() as session:
        session.execute(update(CalendarEvent).values(version=CalendarEvent.version + 1))


@pytest.mark.parametrize("place", ["after-write", "before-write"])
def test_scenario_16_a_user_edits_in_outlook_around_our_write(world: World, place: str) -> None:
    (title,) = fill_in_step(world, 1)
    (near,), (far,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(near, location="ValueFramesta")
    edit = Meanwhile(place, 1, kill=False, action=lambda: world.exchange.edit(far, text="käyttäjältä"))
    synced(world, edit)
    assert_in_step(world, [title])
    (event,) = world.shown(VF)
    assert (event.location, event.text) == ("ValueFramesta", "käyttäjältä")


def test_scenario_16_a_user_edits_the_same_field_in_outlook_after_our_write(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    (near,), (far,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(near, location="ValueFramesta")
    edit = Meanwhile(
        "after-write", 1, kill=False, action=lambda: world.exchange.edit(far, location="käyttäjältä")
    )
    synced(world, edit)
    assert_in_step(world, [title])
    assert world.shown(VF)[0].location == "käyttäjältä"


def test_scenario_16_a_user_edits_in_valueframe_after_our_write(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    (near,), (far,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.exchange.edit(far, location="Exchangesta")
    edit = Meanwhile(
        "after-write", 1, kill=False, action=lambda: world.valueframe.edit(near, location="käyttäjältä")
    )
    synced(world, edit)
    assert_in_step(world, [title])
    assert world.shown(EX)[0].location == "käyttäjältä"


@pytest.mark.parametrize("deleted", Side)
def test_scenario_17_an_edit_beats_a_deletion(world: World, deleted: Side) -> None:
    (title,) = fill_in_step(world, 1)
    users = {VF: world.valueframe, EX: world.exchange}
    users[deleted].remove(users[deleted].ids()[title])
    edited = deleted.other
    users[edited].edit(users[edited].ids()[title], location="yhä tarpeen")
    assert synced(world).deleted == 0
    assert_in_step(world, [title])
    assert world.shown(deleted)[0].location == "yhä tarpeen"


def test_scenario_17_an_event_deleted_on_both_sides_is_gone(world: World) -> None:
    titles = fill_in_step(world, 2)
    world.valueframe.remove(world.valueframe.ids()[titles[0]])
    world.exchange.remove(world.exchange.ids()[titles[0]])
    assert writes(synced(world)) == NOTHING
    assert_in_step(world, titles[1:])


def test_scenario_17_a_deletion_that_crosses_with_an_edit_keeps_the_edit(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    far = world.exchange.ids()[title]
    world.valueframe.remove(world.valueframe.ids()[title])
    edit = Meanwhile("before-write", 1, kill=False, action=lambda: world.exchange.edit(far, location="X"))
    synced(world, edit)
    world.now += timedelta(hours=7)
    assert_in_step(world, [title])
    assert world.shown(VF)[0].location == "X"

"""Scenarios in which a write happened and nobody was told."""

from __future__ import annotations

import pytest

from tests.strategies import plain
from tests.sync.scenarios.playing import EX, VF, assert_in_step, fill_in_step, set_faults, synced, titles_of
from tests.sync.world import Fault, World
from vfadmin.simulator.faults import FaultRule

LOST = [
    pytest.param({"status": 0, "moment": "after"}, id="reset"),
    pytest.param({"status": 0, "moment": "middle", "cut": 200}, id="reset-in-the-middle"),
    pytest.param({"status": 503, "moment": "after"}, id="unavailable"),
    pytest.param({"kind": "truncated_xml", "cut": 300}, id="truncated"),
]


def test_scenario_01_killed_after_the_create_and_before_its_record(world: World) -> None:
    world.valueframe.add(plain("Palaveri"))
    assert world.sync(Fault("after-write", 1, kill=True)) is None
    assert titles_of(world, EX) == ["Palaveri"]
    assert_in_step(world, ["Palaveri"])


def test_scenario_01_killed_after_the_create_in_valueframe(world: World) -> None:
    world.exchange.add(plain("Palaveri"))
    assert world.sync(Fault("after-write", 1, kill=True)) is None
    assert titles_of(world, VF) == ["Palaveri"]
    assert_in_step(world, ["Palaveri"])


@pytest.mark.parametrize("how", LOST)
def test_scenario_02_an_update_lands_unheard_and_the_user_edits_the_same_field(
    world: World, how: dict[str, object]
) -> None:
    (title,) = fill_in_step(world, 1)
    (near,), (far,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(near, location="ValueFramesta")
    set_faults(world, FaultRule.from_json({"operation": "UpdateItem", **how}))
    assert not synced(world).ok
    assert world.shown(EX)[0].location == "ValueFramesta"
    world.exchange.edit(far, location="käyttäjältä")
    assert_in_step(world, [title])
    assert world.shown(VF)[0].location == "käyttäjältä"


@pytest.mark.parametrize("how", LOST)
def test_scenario_03_a_create_lands_unheard(world: World, how: dict[str, object]) -> None:
    world.valueframe.add(plain("Palaveri"))
    set_faults(world, FaultRule.from_json({"operation": "CreateItem", **how}))
    assert not synced(world).ok
    assert titles_of(world, EX) == ["Palaveri"]
    assert_in_step(world, ["Palaveri"])


@pytest.mark.parametrize("how", LOST)
def test_scenario_03_a_create_lands_unheard_and_its_item_is_edited(
    world: World, how: dict[str, object]
) -> None:
    world.valueframe.add(plain("Palaveri"))
    set_faults(world, FaultRule.from_json({"operation": "CreateItem", **how}))
    assert not synced(world).ok
    world.exchange.edit(world.exchange.ids()["Palaveri"], location="käyttäjältä")
    assert_in_step(world, ["Palaveri"])
    assert world.shown(VF)[0].location == "käyttäjältä"

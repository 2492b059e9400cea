"""Scenarios of items that look alike: copies, shared UIDs, none at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.strategies import plain
from tests.sync.scenarios.playing import (
    EX,
    NOTHING,
    VF,
    assert_in_step,
    change_items,
    fill_in_step,
    synced,
    writes,
)
from tests.sync.world import Fault, World
from vfadmin.calendars.base import Side
from vfadmin.simulator import ids


@pytest.mark.parametrize("side", Side)
def test_scenario_10_a_user_copies_a_synchronised_event(world: World, side: Side) -> None:
    world.valueframe.add(plain("Palaveri"))
    world.settle()
    user = world.exchange if side is EX else world.valueframe
    user.copy(user.ids()["Palaveri"], "Kopio")
    assert_in_step(world, ["Palaveri", "Kopio"])


def test_scenario_10_a_copy_under_the_same_title_stays_two_events(world: World) -> None:
    world.valueframe.add(plain("Palaveri"))
    world.settle()
    world.exchange.copy(world.exchange.ids()["Palaveri"], "Palaveri")
    assert_in_step(world, ["Palaveri", "Palaveri"])


@pytest.mark.parametrize("title", ["Palaveri", "Kopio"])
def test_scenario_10_a_user_copies_in_the_crash_window(world: World, title: str) -> None:
    world.valueframe.add(plain("Palaveri"))
    assert world.sync(Fault("after-write", 1, kill=True)) is None
    world.exchange.copy(world.exchange.ids()["Palaveri"], title)
    assert_in_step(world, ["Palaveri", title])


def test_scenario_10_a_copy_is_edited_and_its_original_deleted(world: World) -> None:
    world.valueframe.add(plain("Palaveri"))
    world.settle()
    original = world.exchange.ids()["Palaveri"]
    world.exchange.copy(original, "Kopio")
    world.exchange.remove(original)
    assert_in_step(world, ["Kopio"])


def test_scenario_11_70_items_with_one_uid_are_70_events(world: World) -> None:
    titles = [f"Sama {number:02}" for number in range(70)]
    for number, title in enumerate(titles):
        world.exchange.add(plain(title, days=1 + number / 24))
    change_items(world, lambda item: replace(item, uid="040000008200E00074C5B7101A82E008"))
    world.exchange.add(plain("Oma"))
    synced(world)
    assert_in_step(world, [*titles, "Oma"])


def test_scenario_12_an_item_without_a_uid(world: World) -> None:
    world.exchange.add(plain("Palaveri"))
    world.valueframe.add(plain("Toinen", days=2))
    change_items(world, lambda item: replace(item, uid=""))
    world.settle()
    world.exchange.edit(world.exchange.ids()["Palaveri"], location="A")
    world.valueframe.edit(world.valueframe.ids()["Palaveri"], text="B")
    assert_in_step(world, ["Palaveri", "Toinen"])


def test_scenario_12_change_keys_beyond_65000_characters(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = ids.change_key
    monkeypatch.setattr(ids, "change_key", lambda *parts: short(*parts) + "A" * 70_000)
    monkeypatch.setattr(ids, "is_change_key", lambda _text: True)
    titles = fill_in_step(world, 2)
    world.valueframe.edit(world.valueframe.ids()[titles[0]], location="ValueFramesta")
    world.exchange.edit(world.exchange.ids()[titles[1]], location="Exchangesta")
    assert writes(synced(world)) == (1, 1, 0)
    assert_in_step(world, titles)


def test_scenario_29_both_calendars_full_of_the_same_events_and_no_key_anywhere_r29(world: World) -> None:
    titles = [f"Tapahtuma {number:02}" for number in range(20)]
    for number, title in enumerate(titles):
        world.exchange.add(plain(title, days=1 + number / 24))
        world.valueframe.add(plain(title, days=1 + number / 24))
    before = (world.valueframe.ids(), world.exchange.ids())
    result = synced(world)
    assert (writes(result)[2], len(world.shown(VF)), len(world.shown(EX))) == (0, 20, 20)
    assert_in_step(world, titles)
    assert (world.valueframe.ids(), world.exchange.ids()) == before
    assert writes(synced(world)) == NOTHING

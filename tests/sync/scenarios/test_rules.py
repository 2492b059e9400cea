"""The five rules that the state machine taught: each was broken once, and an edit or an event was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from tests.strategies import plain
from tests.sync.scenarios.playing import (
    EX,
    VF,
    assert_in_step,
    dirty_ids,
    fill_in_step,
    set_faults,
    synced,
    titles_of,
)
from tests.sync.world import Fault, World
from vfadmin.calendars.base import Side
from vfadmin.models import Intent, Pair
from vfadmin.simulator.faults import FaultRule


@dataclass(slots=True)
class Watch(Fault):
    """Looks at the store after every commit."""

    look: Callable[[], Any] = lambda: None
    seen: list[Any] = field(default_factory=list)

    def strike(self, place: str) -> None:
        if place == self.place:
            self.seen.append(self.look())


def watched(world: World, look: Callable[[], Any]) -> list[Any]:
    """What was seen after each commit of one cycle, what stood there before it first."""
    watch = Watch("after-commit", 0, kill=False, look=look, seen=[look()])
    world.sync(watch)
    return watch.seen


def stamps(world: World) -> list[str]:
    with world.store.read() as session:
        return list(session.scalars(select(Intent.stamp)))


def pair_rows(world: World) -> list[tuple[Any, ...]]:
    with world.store.read() as session:
        rows = session.scalars(select(Pair).order_by(Pair.id))
        return [
            (row.base, row.seen_valueframe, row.seen_exchange, row.valueframe_version, row.exchange_version)
            for row in rows
        ]


@pytest.mark.parametrize("side", Side)
def test_rule_1_an_update_carries_the_stamp_of_its_intent(world: World, side: Side) -> None:
    (title,) = fill_in_step(world, 1)
    source = world.exchange if side is VF else world.valueframe
    target = world.valueframe if side is VF else world.exchange
    source.edit(source.ids()[title], location="meiltä")
    assert world.sync(Fault("after-write", 1, kill=True)) is None
    (item_id,) = target.ids().values()
    written = target.calendar().fetch([item_id]).items[item_id]
    assert [written.stamp] == stamps(world)
    target.edit(item_id, location="käyttäjältä")
    assert_in_step(world, [title])
    assert world.shown(side.other)[0].location == "käyttäjältä"


@pytest.mark.parametrize("side", Side)
def test_rule_2_a_dirty_id_is_cleared_only_once_it_is_paired_and_settled(world: World, side: Side) -> None:
    user = world.exchange if side is EX else world.valueframe
    user.add(plain("Palaveri"))
    (item_id,) = user.ids().values()
    world.settle()
    user.edit(item_id, location="muutettu")
    user.add(plain("Uusi", days=2))
    new_id = user.ids()["Uusi"]

    def look() -> tuple[bool, bool, bool]:
        with world.store.read() as session:
            pairs = session.scalars(select(Pair)).all()
            ids = [(row.exchange_id if side is EX else row.valueframe_id) for row in pairs]
            settled = {
                id_
                for row, id_ in zip(pairs, ids, strict=True)
                if row.exchange_id and row.valueframe_id and row.base is not None
            }
        dirty = dirty_ids(world)
        return new_id in dirty, new_id in settled, item_id in dirty

    seen = watched(world, look)
    told = [new_dirty for new_dirty, _, _ in seen].index(True)
    assert all(new_dirty or new_settled for new_dirty, new_settled, _ in seen[told:])
    assert seen[-1] == (False, True, False)
    assert_in_step(world, ["Palaveri", "Uusi"])


def test_rule_3_closing_an_intent_makes_its_ids_dirty_in_the_same_commit(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    (near,), (far,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(near, location="ValueFramesta")
    set_faults(world, FaultRule(operation="UpdateItem", status=0))
    assert not synced(world).ok
    assert len(stamps(world)) == 1
    seen = watched(world, lambda: (len(stamps(world)), set(dirty_ids(world))))
    closed = next(dirty for intents, dirty in seen if intents == 0)
    assert closed >= {near, far}
    assert_in_step(world, [title])


def test_rule_4_the_commit_of_an_intent_writes_the_intent_alone(world: World) -> None:
    titles = fill_in_step(world, 2)
    for title in titles:
        world.valueframe.edit(world.valueframe.ids()[title], location="ValueFramesta")
    seen = watched(world, lambda: (len(stamps(world)), pair_rows(world)))
    steps = [(one, other) for one, other in pairwise(seen) if other[0] > one[0]]
    # One after the other, or both in one commit where they are written together.
    assert sum(more - intents for (intents, _), (more, _) in steps) == 2
    assert all(before == after for (_, before), (_, after) in steps)
    assert_in_step(world, titles)


def test_rule_5_a_killed_create_adopts_by_key_and_uid(world: World) -> None:
    world.valueframe.add(plain("Palaveri"))
    assert world.sync(Fault("after-write", 1, kill=True)) is None
    original = world.exchange.ids()["Palaveri"]
    world.exchange.copy(original, "Kopio")
    world.settle()
    world.exchange.edit(original, location="alkuperäinen")
    assert_in_step(world, ["Kopio", "Palaveri"])
    near = {event.title: event.location for event in world.shown(VF)}
    assert near == {"Kopio": "", "Palaveri": "alkuperäinen"}


def test_rule_5_a_copy_is_not_taken_for_the_original_that_went(world: World) -> None:
    world.valueframe.add(plain("Palaveri"))
    assert world.sync(Fault("after-write", 1, kill=True)) is None
    original = world.exchange.ids()["Palaveri"]
    world.exchange.copy(original, "Kopio")
    world.exchange.remove(original)
    near = world.valueframe.ids()["Palaveri"]
    world.settle()
    assert titles_of(world, VF) == ["Kopio", "Palaveri"]
    assert world.valueframe.ids()["Palaveri"] == near
    assert_in_step(world, ["Kopio", "Palaveri"])

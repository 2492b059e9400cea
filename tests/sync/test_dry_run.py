"""A dry run tells exactly what the next cycle does, over the histories of the state machine (R28, R29)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import update

from tests.quick_folder import quick_folder
from tests.stores import examples
from tests.strategies import plain
from tests.sync.foretold import Deed, Foretold, compare_with_the_deed
from tests.sync.test_machine import SETTINGS
from tests.sync.world import PERSON, StoreUser, World, store_at
from vfadmin.calendars.base import Side
from vfadmin.models import Pair, PairStatus
from vfadmin.sync.dry_run import dry_run
from vfadmin.sync.values import GuardLimits, Policy


@pytest.fixture
def world() -> Iterator[World]:
    with quick_folder() as folder:
        store, far = store_at(folder / "valueframe.db"), store_at(folder / "exchange.db")
        yield World(store, StoreUser(far, Side.EXCHANGE))
        store.close()
        far.close()


@pytest.mark.timeout(600)
def test_every_clean_cycle_does_what_the_dry_run_told_r28(world: World) -> None:
    done: list[Deed] = []

    class Bound(Foretold):
        def make_world(self) -> World:
            return world

        def noted(self, deeds: list[Deed]) -> None:
            done.extend(deeds)

    run_state_machine_as_test(Bound, settings=settings(SETTINGS, max_examples=examples(30)))
    assert {operation for _, operation, *_ in done} == {"create", "update", "delete"}


def test_what_the_guard_will_hold_is_told_as_held_and_nothing_else_r28(world: World) -> None:
    world.policy = Policy(guard=GuardLimits(minimum=1, maximum=1, share=0))
    ids = [world.valueframe.add(plain(f"e{number}", days=1 + number)) for number in range(3)]
    world.settle()
    for one in ids:
        world.valueframe.remove(one)
    told = dry_run(world.bench, PERSON)
    assert {(one.side, one.operation, one.reason) for one in told.operations} == {
        (Side.EXCHANGE, "skip", "held")
    }
    assert compare_with_the_deed(world) == []
    assert len(world.exchange.ids()) == len(ids)


def test_what_waits_for_its_time_is_not_told_before_a_page_wakes_it_r28(world: World) -> None:
    item = world.valueframe.add(plain("e0", days=1))
    world.settle()
    world.valueframe.edit(item, location="Kokoushuone")
    asleep = update(Pair).values(next_try_at=world.now + timedelta(days=1), status=PairStatus.QUARANTINED)
    with world.store.write() as session:
        session.execute(asleep)
    assert [one.operation for one in dry_run(world.bench, PERSON).operations] == ["update"]
    world.lose_cursor(Side.EXCHANGE)  # which lists what stands there, but an echo wakes nobody
    assert [one[:2] for one in compare_with_the_deed(world)] == [("exchange", "update")]
    with world.store.write() as session:
        session.execute(asleep)
    world.lose_cursor(Side.EXCHANGE)
    assert dry_run(world.bench, PERSON).operations == ()
    assert compare_with_the_deed(world) == []

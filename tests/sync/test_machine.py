"""The engine against a state machine over two real stores; see `machine` for the oracle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.machine import Calendars
from tests.sync.quick_folder import quick_folder
from tests.sync.world import StoreUser, World, store_at
from vfadmin.calendars.base import Side

SETTINGS = settings(
    max_examples=100,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with quick_folder() as folder:
        store, far = store_at(folder / "valueframe.db"), store_at(folder / "exchange.db")
        yield World(store, StoreUser(far, Side.EXCHANGE))
        store.close()
        far.close()


def machine_over(world: World) -> type[Calendars]:
    """The machine bound to one world, which each example empties."""

    class Bound(Calendars):
        def make_world(self) -> World:
            return world

    return Bound


@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_wherever_the_engine_breaks(world: World) -> None:
    run_state_machine_as_test(machine_over(world), settings=SETTINGS)

"""The engine against a state machine over two real stores; see `machine` for the oracle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from tests.quick_folder import quick_folder
from tests.stores import examples
from tests.sync.machine import Calendars, faults
from tests.sync.world import Fault, StoreUser, World, store_at
from vfadmin.calendars.base import Side

SETTINGS = settings(
    max_examples=examples(100),
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


class Verified(Calendars):
    """The same, with complete comparisons that break. A rule of its own leaves the others their chances."""

    @rule(fault=faults)
    def compare_completely_with_a_fault(self, fault: Fault) -> None:
        self.fail(fault, complete=True)


@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_wherever_a_complete_comparison_breaks(world: World) -> None:
    class Bound(Verified):
        def make_world(self) -> World:
            return world

    run_state_machine_as_test(Bound, settings=settings(SETTINGS, max_examples=examples(50)))


@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_wherever_the_engine_breaks(world: World) -> None:
    run_state_machine_as_test(machine_over(world), settings=SETTINGS)

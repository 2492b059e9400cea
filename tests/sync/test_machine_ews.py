"""The engine against the state machine, with Exchange behind EWS on a real socket: 500 examples in a run.

Many short examples here; long ones are `python -m tests.soak`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.quick_folder import quick_folder
from tests.stores import examples
from tests.sync.ews_world import running_outlook_side
from tests.sync.machine import Calendars
from tests.sync.world import World, store_at

PARTS = 4
"""Parts of the same profile, so that two processes share it."""

SETTINGS = settings(
    max_examples=examples(500 // PARTS),
    stateful_step_count=10,
    deadline=None,
    derandomize=False,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)


@pytest.fixture
def world() -> Iterator[World]:
    with quick_folder() as folder, running_outlook_side() as side:
        store = store_at(folder / "valueframe.db")
        yield World(store, side)
        store.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_or_doubled_or_mailed_over_ews(world: World, part: int) -> None:
    class Bound(Calendars):
        def make_world(self) -> World:
            return world

    run_state_machine_as_test(seed(part)(Bound), settings=SETTINGS)

"""The engine against the state machine, with Exchange behind Graph: 200 examples in a run.

Many short examples here; long ones are `python -m tests.soak --protocol graph`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.quick_folder import quick_folder
from tests.stores import examples
from tests.sync.graph_world import running_graph_side
from tests.sync.machine import Calendars
from tests.sync.test_machine_ews import SETTINGS
from tests.sync.world import World, store_at

PARTS = 2
EXAMPLES = 200


@pytest.fixture
def world() -> Iterator[World]:
    with quick_folder() as folder, running_graph_side() as side:
        store = store_at(folder / "valueframe.db")
        yield World(store, side)
        store.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_or_doubled_or_mailed_over_graph(world: World, part: int) -> None:
    class Bound(Calendars):
        def make_world(self) -> World:
            return world

    few = settings(SETTINGS, max_examples=examples(EXAMPLES // PARTS))
    run_state_machine_as_test(seed(part)(Bound), settings=few)

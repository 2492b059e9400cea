"""The engine against the state machine, with Exchange behind EWS on a real socket."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.ews_world import running_outlook_side
from tests.sync.machine import Calendars
from tests.sync.world import World, store_at

SETTINGS = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    directory = Path(tempfile.mkdtemp(prefix="vfadmin-machine-"))
    store = store_at(directory / "valueframe.db")
    with running_outlook_side() as side:
        yield World(store, side)
    store.close()
    shutil.rmtree(directory)


@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_or_mailed_over_ews(world: World) -> None:
    class Bound(Calendars):
        def make_world(self) -> World:
            return world

    run_state_machine_as_test(Bound, settings=SETTINGS)

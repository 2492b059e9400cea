"""The world every scenario plays in: a real store, a mailbox behind EWS, and the guard as it is delivered.

ValueFrame's side is a store, or a REST interface with a field for the key. The latter take part where a
scenario turns on ValueFrame's side; with ``SCENARIOS=all`` in the environment they take part in all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.scenarios.fleet import Fleet, running_fleet
from tests.sync.world import World
from vfadmin.sync.values import Policy

PERSONS = range(1, 6)
OVER_REST = {
    "test_lost_answers": None,
    "test_rules": None,
    "test_conflicts": ("scenario_13", "scenario_16", "scenario_17"),
    "test_lists_and_tokens": ("valueframe", "scenario_09"),
    "test_round_trips": ("changed_in_valueframe",),
    "test_poison_and_throttling": ("nonsense",),
}
"""The scenarios that turn on ValueFrame's side: whole modules, or words of their names."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Between which two sides a scenario plays."""
    if "world" not in metafunc.fixturenames:
        return
    sides = ["ews_world", "graph_world"]
    module = metafunc.module.__name__.rpartition(".")[2]
    words = OVER_REST.get(module, ())
    name = metafunc.function.__name__
    if os.environ.get("SCENARIOS") == "all" or words is None or any(one in name for one in words):
        sides += ["rest_ews_world", "rest_graph_world"]
    metafunc.parametrize("world", sides, indirect=True)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """One person between SQL or REST and EWS or Graph."""
    found: World = request.getfixturevalue(request.param)
    found.policy = Policy()
    return found


@pytest.fixture(params=[(), PERSONS], ids=["ews", "graph"])
def fleet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fleet]:
    """Five persons, all active, and two mailboxes of nobody's: on a server of their own, or in Office 365."""
    with running_fleet(tmp_path, len(PERSONS), spare=2, in_process=True, cloud=request.param) as fleet:
        yield fleet

"""The world every scenario plays in: a real store, a mailbox behind EWS, and the guard as it is delivered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.scenarios.fleet import Fleet, running_fleet
from tests.sync.world import World
from vfadmin.sync.values import Policy

PERSONS = range(1, 6)


@pytest.fixture(params=["ews_world", "graph_world"])
def world(request: pytest.FixtureRequest) -> World:
    """One person between SQL and EWS, or between SQL and Graph."""
    found: World = request.getfixturevalue(request.param)
    found.policy = Policy()
    return found


@pytest.fixture(params=[(), PERSONS], ids=["ews", "graph"])
def fleet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fleet]:
    """Five persons, all active, and two mailboxes of nobody's: on a server of their own, or in Office 365."""
    with running_fleet(tmp_path, len(PERSONS), spare=2, in_process=True, cloud=request.param) as fleet:
        yield fleet

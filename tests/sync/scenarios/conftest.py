"""The world every scenario plays in: a real store, a mailbox behind EWS, and the guard as it is delivered."""

from __future__ import annotations

import pytest

from tests.sync.world import World
from vfadmin.sync.values import Policy


@pytest.fixture
def world(ews_world: World) -> World:
    """One person between SQL and EWS."""
    ews_world.policy = Policy()
    return ews_world

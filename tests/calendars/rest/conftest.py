"""A simulated REST interface for the keeper's own tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.rest_keeper import RestKeeper, running_rest_keeper


@pytest.fixture(scope="session")
def interface() -> Iterator[RestKeeper]:
    with running_rest_keeper() as keeper:
        yield keeper


@pytest.fixture
def keeper(interface: RestKeeper) -> RestKeeper:
    interface.reset()
    return interface

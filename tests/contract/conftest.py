"""Which keepers the contract is put to. A keeper is a fixture that yields a `Keeper`, named here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.ews_keeper import EwsKeeper, running_ews_keeper
from tests.contract.graph_keeper import GraphKeeper, running_graph_keeper
from tests.contract.keeper import Keeper
from tests.contract.rest_keeper import RestKeeper, running_rest_keeper
from tests.contract.sql_keeper import SqlKeeper, opened_sql_keeper
from tests.stores import POSTGRESQL, STORES
from vfadmin.calendars.base import Calendar

KEEPERS = ["sql_keeper", "shared_sql_keeper", "ews_keeper", "graph_keeper", "rest_keeper"]


@pytest.fixture
def sql_keeper(tmp_path: Path) -> Iterator[SqlKeeper]:
    with opened_sql_keeper(tmp_path) as keeper:
        yield keeper


@pytest.fixture
def shared_sql_keeper(tmp_path: Path) -> Iterator[SqlKeeper]:
    """The same on PostgreSQL."""
    with STORES.using(POSTGRESQL), opened_sql_keeper(tmp_path) as keeper:
        yield keeper


@pytest.fixture(scope="session")
def exchange() -> Iterator[EwsKeeper]:
    with running_ews_keeper() as keeper:
        yield keeper


@pytest.fixture
def ews_keeper(exchange: EwsKeeper) -> Iterator[EwsKeeper]:
    exchange.simulator.reset()
    yield exchange
    # R9: whatever a test did, nobody got a mail.
    assert exchange.simulator.outbox == []


@pytest.fixture(scope="session")
def tenant() -> Iterator[GraphKeeper]:
    with running_graph_keeper() as keeper:
        yield keeper


@pytest.fixture
def graph_keeper(tenant: GraphKeeper) -> Iterator[GraphKeeper]:
    tenant.simulator.reset()
    yield tenant
    # R9: whatever a test did, nobody got a mail.
    assert tenant.simulator.outbox == []


@pytest.fixture(scope="session")
def interface() -> Iterator[RestKeeper]:
    with running_rest_keeper() as keeper:
        yield keeper


@pytest.fixture
def rest_keeper(interface: RestKeeper) -> RestKeeper:
    interface.reset()
    return interface


@pytest.fixture(params=KEEPERS)
def keeper(request: pytest.FixtureRequest) -> Keeper:
    found: Keeper = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def calendar(keeper: Keeper) -> Iterator[Calendar]:
    calendar = keeper.calendar()
    yield calendar
    calendar.close()

"""Worlds for the engine's tests: one over two stores, one over EWS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.ews_world import OutlookSide, running_outlook_side
from tests.sync.graph_world import GraphSide, running_graph_side
from tests.sync.office import Office
from tests.sync.rest_world import RestUser, running_rest_user
from tests.sync.world import StoreUser, World, store_at
from vfadmin.calendars.base import Side


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two stores: quick, and both keepers real."""
    store, far = store_at(tmp_path / "valueframe.db"), store_at(tmp_path / "exchange.db")
    yield World(store, StoreUser(far, Side.EXCHANGE))
    store.close()
    far.close()


@pytest.fixture(scope="module")
def outlook() -> Iterator[OutlookSide]:
    """A simulated Exchange with one mailbox."""
    with running_outlook_side() as running:
        yield running


@pytest.fixture
def ews_world(outlook: OutlookSide, tmp_path: Path) -> Iterator[World]:
    """A store and a mailbox behind EWS on a real socket."""
    store = store_at(tmp_path / "valueframe.db")
    yield World(store, outlook)
    store.close()


@pytest.fixture(scope="module")
def cloud() -> Iterator[GraphSide]:
    """A simulated tenant with one mailbox."""
    with running_graph_side() as running:
        yield running


@pytest.fixture
def graph_world(cloud: GraphSide, tmp_path: Path) -> Iterator[World]:
    """A store and a mailbox behind Graph on a real socket."""
    store = store_at(tmp_path / "valueframe.db")
    yield World(store, cloud)
    store.close()


@pytest.fixture(scope="module")
def interface() -> Iterator[RestUser]:
    """A simulated REST interface of ValueFrame's."""
    with running_rest_user() as running:
        yield running


@pytest.fixture
def rest_world(interface: RestUser, tmp_path: Path) -> Iterator[World]:
    """An interface on a real socket, and a store at the far side."""
    store, far = store_at(tmp_path / "vfadmin.db"), store_at(tmp_path / "exchange.db")
    yield World(store, StoreUser(far, Side.EXCHANGE), valueframe=interface)
    store.close()
    far.close()


@pytest.fixture
def rest_ews_world(interface: RestUser, outlook: OutlookSide, tmp_path: Path) -> Iterator[World]:
    """REST at one side and EWS at the other, both on real sockets."""
    store = store_at(tmp_path / "vfadmin.db")
    yield World(store, outlook, valueframe=interface)
    store.close()


@pytest.fixture
def rest_graph_world(interface: RestUser, cloud: GraphSide, tmp_path: Path) -> Iterator[World]:
    """REST at one side and Graph at the other, both on real sockets."""
    store = store_at(tmp_path / "vfadmin.db")
    yield World(store, cloud, valueframe=interface)
    store.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A dozen persons between two stores."""
    store, far = store_at(tmp_path / "valueframe.db"), store_at(tmp_path / "exchange.db")
    yield Office(store, far)
    store.close()
    far.close()

"""A real store, all services over it, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.clock import FakeClock
from tests.empty_database import opened_empty
from tests.services.customer import Customer, exchange_of
from tests.services.workbooks import HEADER, write_list
from vfadmin.models.store import Store
from vfadmin.services.bulk_import import ImportPlan
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.simulator import Simulator


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened_empty(tmp_path / "vfadmin.db")
    yield store
    store.close()


@pytest.fixture
def services(store: Store, tmp_path: Path, fake_clock: FakeClock) -> Services:
    return build_services(
        store, tmp_path, clock=fake_clock, actor=Actor("tuki", "kone-1"), secrets=MemorySecrets()
    )


@pytest.fixture
def check(services: Services, tmp_path: Path) -> Callable[..., ImportPlan]:
    """Check a list of these rows."""

    def checked(
        *rows: Sequence[object], header: Sequence[object] | None = HEADER, **options: Any
    ) -> ImportPlan:
        return services.bulk_import.check(
            write_list(tmp_path / "lista.xlsx", *rows, header=header), **options
        )

    return checked


@pytest.fixture(scope="module")
def exchange() -> Iterator[Simulator]:
    """A server with three mailboxes, on a real socket."""
    with exchange_of() as running:
        yield running


@pytest.fixture
def customer(store: Store, tmp_path: Path, exchange: Simulator) -> Iterator[Customer]:
    """An installation on that server, its mailboxes empty and nobody activated."""
    exchange.reset()
    made = Customer(store, tmp_path, exchange)
    yield made
    made.synchronise.close()

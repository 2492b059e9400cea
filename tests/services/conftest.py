"""A real store, all services over it, and a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock import FakeClock
from vfadmin.models.store import Store, open_store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy: migrating anew for each test is most of its time."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    path = tmp_path / "vfadmin.db"
    shutil.copyfile(empty_database, path)
    store = open_store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def services(store: Store, tmp_path: Path, fake_clock: FakeClock) -> Services:
    return build_services(
        store, tmp_path, clock=fake_clock, actor=Actor("tuki", "kone-1"), secrets=MemorySecrets()
    )

"""A new database for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stores import STORES
from vfadmin.models.store import Store, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vfadmin.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = open_store(STORES.url(path))
    yield store
    store.close()

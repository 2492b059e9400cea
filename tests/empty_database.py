"""Databases that need no migrating: most of what a small test of a store takes."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from tests.quick_folder import quick_folder
from tests.stores import SQLITE, STORES
from vfadmin.calendars.sql import renew_identity
from vfadmin.models.store import Store, open_store


@cache
def migrated() -> bytes:
    """A database's file as the program leaves a new one."""
    with quick_folder() as folder:
        open_store(f"sqlite:///{folder / 'empty.db'}").close()
        return (folder / "empty.db").read_bytes()


def put_empty_database(path: Path) -> None:
    """Put a migrated, empty database there, its owner's alone like every store."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(migrated())


def opened_empty(path: Path) -> Store:
    """A new store at the path, or on PostgreSQL one that is known by it; with an identity of its own."""
    if STORES.kind == SQLITE:
        put_empty_database(path)
    store = open_store(STORES.url(path))
    with store.write() as session:
        renew_identity(session)
    return store

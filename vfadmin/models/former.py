"""The database as it was before its schema changed: a copy beside it, for the way back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection

from vfadmin.errors import StoreError, failure
from vfadmin.models.schema import newest, revision

_PAGES = 4096
"""How many pages are copied at a time."""


def keep_former(connection: Connection, path: Path) -> Path | None:
    """Copy an SQLite file whose schema is about to change; where the copy is, None if nothing is to be kept.

    The connection holds the writers' lock, so what is copied is what the change will start from. The copy is
    called after the revision it has, is whole or not there, and takes the place of the one before it: a text
    that was removed later must not live on in a row of old copies (R31).

    Raises StoreError VF-HOME-01 when it cannot be written: without it nothing is changed.
    """
    found = revision(connection)
    if found is None or found == newest():
        return None
    copy = path.with_name(f"{path.stem}-before-{newest()}-was-{found}.db")
    part = copy.with_name(f"{copy.name}.part")
    try:
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        _copied(path, part)
        for older in path.parent.glob(f"{path.stem}-before-*-was-*.db"):
            older.unlink()
        part.replace(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoreError(failure("VF-HOME-01", path=str(copy))) from error
    return copy


def _copied(path: Path, part: Path) -> None:
    with (
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(part)) as target,
    ):
        source.backup(target, pages=_PAGES)
        # A copy alone in its folder must not need files beside it, as one with a write-ahead log does.
        target.execute("PRAGMA journal_mode = DELETE").fetchone()

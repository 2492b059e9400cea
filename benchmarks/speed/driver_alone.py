"""What SQLite itself takes for the statements of a measurement: its driver with nothing in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.speed.measure import Cost, cost
from vfadmin.models.store import Store

_COMMIT = "COMMIT"
Statement = tuple[str, Any, bool]
"""Its text, its values, and whether it goes once for each of several rows."""


class Recorder:
    """Writes down what a store sends to SQLite, and a copy of the file as it was before."""

    def __init__(self, store: Store, copy: Path) -> None:
        self._store, self._copy = store, copy
        self.statements: list[Statement] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Write down what is sent meanwhile."""
        with (
            closing(sqlite3.connect(self._store.place)) as before,
            closing(sqlite3.connect(self._copy)) as to,
        ):
            before.backup(to)

        def note(
            _connection: object, _cursor: object, text: str, values: object, _context: object, many: bool
        ) -> None:
            self.statements.append((text, values, many))

        def end(_connection: object) -> None:
            self.statements.append((_COMMIT, None, False))

        engine = self._store.engine
        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "commit", end)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", note)
            event.remove(engine, "commit", end)

    def replayed(self) -> Cost:
        """The cost of sending all of it to the copy again."""
        with closing(sqlite3.connect(self._copy, isolation_level=None)) as connection:
            for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {setting}")
            return cost(lambda: _send(connection.cursor(), self.statements))


def _send(cursor: sqlite3.Cursor, statements: list[Statement]) -> None:
    begun = False
    for text, values, many in statements:
        if text == _COMMIT:
            if begun:
                cursor.execute(_COMMIT)
            begun = False
            continue
        if not begun:
            cursor.execute("BEGIN IMMEDIATE")
            begun = True
        if many:
            cursor.executemany(text, values)
        else:
            cursor.execute(text, values).fetchall()

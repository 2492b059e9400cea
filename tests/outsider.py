"""Another program that speaks plain SQL to a store: the database's own driver and nothing of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg

from vfadmin.models.store import Store


class Outsider:
    """One connection; each statement is a transaction of its own."""

    def __init__(self, store: Store) -> None:
        self._sqlite = store.scheme == "sqlite"
        self.connection: Any
        if self._sqlite:
            self.connection = sqlite3.connect(store.place, isolation_level=None)
            self.connection.execute("PRAGMA foreign_keys = ON")
        else:
            address = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
            self.connection = psycopg.connect(address, autocommit=True)

    def run(self, statement: str, *values: object) -> Any:
        """The cursor after the statement, whose values stand where its question marks are."""
        if self._sqlite:
            return self.connection.execute(statement, tuple(_as_text(value) for value in values))
        return self.connection.execute(statement.replace("?", "%s"), values or None)

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows the statement answers."""
        found: list[tuple[Any, ...]] = self.run(statement, *values).fetchall()
        return found

    def number(self, statement: str, *values: object) -> int:
        """The one number the statement answers, as `RETURNING id` does."""
        ((number,),) = self.rows(statement, *values)
        return int(number)


@contextmanager
def outsider(store: Store) -> Iterator[Outsider]:
    """Another program at work on the store."""
    one = Outsider(store)
    with closing(one.connection):
        yield one


def _as_text(value: object) -> object:
    """A time in the form in which SQLite keeps it (docs/STORE.md)."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value

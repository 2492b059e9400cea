"""The SQL keeper under the contract; its outsider is another program that speaks plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.contract.keeper import ORIGIN
from tests.empty_database import opened_empty
from vfadmin.calendars.sql import SqlCalendar, renew_identity
from vfadmin.models import EventType, Person
from vfadmin.models.store import Store

OWNER, SOMEBODY = 1001, 1002
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DEFAULT_TYPE = 7


@dataclass
class SqlOutside:
    """Writes as STORE.md allows, without vfadmin: only the columns a plain program knows."""

    path: Path

    def create(self, title: str) -> str:
        with self._writing() as cursor:
            cursor.execute(
                "INSERT INTO event (owner_id, title, starts_at, ends_at, created_at, modified_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (OWNER, title, _sql(ORIGIN), _sql(ORIGIN.replace(hour=8)), _sql(NOW), _sql(NOW)),
            )
            return str(cursor.lastrowid)

    def edit(self, item_id: str, title: str) -> None:
        with self._writing() as cursor:
            cursor.execute("UPDATE event SET title = ? WHERE id = ?", (title, int(item_id)))
            assert cursor.rowcount == 1

    def delete(self, item_id: str) -> None:
        with self._writing() as cursor:
            cursor.execute("UPDATE event SET deleted_at = ? WHERE id = ?", (_sql(NOW), int(item_id)))
            assert cursor.rowcount == 1

    def copy(self, item_id: str) -> str:
        with self._writing() as cursor:
            cursor.execute(
                "INSERT INTO event"
                " (owner_id, title, location, body, starts_at, ends_at, created_at, modified_at)"
                " SELECT owner_id, title, location, body, starts_at, ends_at, created_at, modified_at"
                " FROM event WHERE id = ?",
                (int(item_id),),
            )
            return str(cursor.lastrowid)

    def titles(self) -> list[str]:
        with self._writing() as cursor:
            cursor.execute("SELECT title FROM event WHERE owner_id = ? AND deleted_at IS NULL", (OWNER,))
            return sorted(title for (title,) in cursor.fetchall())

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Cursor]:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection.cursor()


@dataclass
class SqlKeeper:
    """A store of two persons, the first of whom has the calendar."""

    store: Store
    outside: SqlOutside
    page: int = 4
    now: datetime = NOW
    default_type: int | None = DEFAULT_TYPE

    def calendar(self) -> SqlCalendar:
        return self.of(OWNER)

    def of(self, person: int, *, linked: bool = True, tentative: bool = False) -> SqlCalendar:
        return SqlCalendar(
            self.store,
            person,
            clock=lambda: self.now,
            default_type=lambda: self.default_type,
            linked=lambda: linked,
            tentative=lambda: tentative,
            page=self.page,
        )

    def lose_cursor(self) -> None:
        with self.store.write() as session:
            renew_identity(session)


@contextmanager
def opened_sql_keeper(folder: Path) -> Iterator[SqlKeeper]:
    """A new database in ``folder`` and the keeper over it."""
    path = folder / "store.db"
    store = opened_empty(path)
    try:
        with store.write() as session:
            session.add_all(
                Person(id=one, name=f"Henkilö {one}", sort_name=str(one)) for one in (OWNER, SOMEBODY)
            )
            session.add_all([EventType(id=DEFAULT_TYPE, name="Tapaaminen"), EventType(id=8, name="Matka")])
        yield SqlKeeper(store, SqlOutside(path))
    finally:
        store.close()


def _sql(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

"""The SQL keeper under the contract; its outsider is another program that speaks plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.contract.keeper import ORIGIN
from tests.empty_database import opened_empty
from tests.outsider import outsider
from vfadmin.calendars.sql import SqlCalendar, renew_identity
from vfadmin.models import EventType, Person
from vfadmin.models.store import Store

OWNER, SOMEBODY = 1001, 1002
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DEFAULT_TYPE = 7


@dataclass
class SqlOutside:
    """Writes as STORE.md allows, without vfadmin: only the columns a plain program knows."""

    store: Store

    def create(self, title: str) -> str:
        with outsider(self.store) as other:
            made = other.number(
                "INSERT INTO event (owner_id, title, starts_at, ends_at, created_at, modified_at)"
                " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                *(OWNER, title, ORIGIN, ORIGIN.replace(hour=8), NOW, NOW),
            )
            return str(made)

    def edit(self, item_id: str, title: str) -> None:
        with outsider(self.store) as other:
            assert other.run("UPDATE event SET title = ? WHERE id = ?", title, int(item_id)).rowcount == 1

    def delete(self, item_id: str) -> None:
        with outsider(self.store) as other:
            assert other.run("UPDATE event SET deleted_at = ? WHERE id = ?", NOW, int(item_id)).rowcount == 1

    def copy(self, item_id: str) -> str:
        with outsider(self.store) as other:
            made = other.number(
                "INSERT INTO event"
                " (owner_id, title, location, body, starts_at, ends_at, created_at, modified_at)"
                " SELECT owner_id, title, location, body, starts_at, ends_at, created_at, modified_at"
                " FROM event WHERE id = ? RETURNING id",
                int(item_id),
            )
            return str(made)

    def titles(self) -> list[str]:
        with outsider(self.store) as other:
            rows = other.rows("SELECT title FROM event WHERE owner_id = ? AND deleted_at IS NULL", OWNER)
            return sorted(title for (title,) in rows)


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
    store = opened_empty(folder / "store.db")
    try:
        with store.write() as session:
            session.add_all(
                Person(id=one, name=f"Henkilö {one}", sort_name=str(one)) for one in (OWNER, SOMEBODY)
            )
            session.add_all([EventType(id=DEFAULT_TYPE, name="Tapaaminen"), EventType(id=8, name="Matka")])
        yield SqlKeeper(store, SqlOutside(store))
    finally:
        store.close()

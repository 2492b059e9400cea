"""What the database's driver raises becomes one of the few failures of the store, or stays the caller's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vfadmin.errors import StoreError
from vfadmin.models import Company
from vfadmin.models.faults import store_failure, store_faults
from vfadmin.models.store import Store


class OperationalError(Exception):
    """Named as every driver names it (PEP 249)."""


class AdminShutdown(OperationalError):
    """One of a driver's own kinds."""


def _sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("first line\nsecond line")
    error.sqlite_errorcode = code
    return error


def _wrapped(error: Exception, *, broken: bool = False) -> DBAPIError:
    return DBAPIError("SELECT 1", {}, error, connection_invalidated=broken)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_BUSY, "VF-STORE-04"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "VF-STORE-04"),
        (sqlite3.SQLITE_LOCKED, "VF-STORE-04"),
        (sqlite3.SQLITE_CORRUPT, "VF-STORE-03"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "VF-STORE-03"),
        (sqlite3.SQLITE_NOTADB, "VF-STORE-03"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "VF-HOME-01"),
        (sqlite3.SQLITE_PERM, "VF-HOME-01"),
        (sqlite3.SQLITE_CANTOPEN, "VF-STORE-01"),
        (sqlite3.SQLITE_IOERR_FSYNC, "VF-STORE-01"),
        (sqlite3.SQLITE_FULL, "VF-STORE-01"),
    ],
)
def test_each_trouble_of_sqlite_has_its_code(number: int, code: str) -> None:
    for error in (_sqlite(number), _wrapped(_sqlite(number))):
        known = store_failure(error, "vfadmin.db")
        assert known is not None
        assert known.code == code
        assert "second line" not in str(known.params)


@pytest.mark.parametrize("number", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH])
def test_what_is_no_trouble_of_the_store_stays_as_it_is(number: int) -> None:
    assert store_failure(_sqlite(number), "x") is None
    with pytest.raises(sqlite3.OperationalError), store_faults("x"):
        raise _sqlite(number)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (_wrapped(OperationalError("connection refused\nmore")), "VF-STORE-01"),
        (_wrapped(AdminShutdown("terminating connection")), "VF-STORE-01"),
        (_wrapped(Exception(""), broken=True), "VF-STORE-01"),
        (DisconnectionError("gone"), "VF-STORE-01"),
        (PoolTimeout("QueuePool limit"), "VF-STORE-04"),
    ],
)
def test_a_server_that_cannot_be_had(error: Exception, code: str) -> None:
    with pytest.raises(StoreError) as refused, store_faults("server"):
        raise error
    assert refused.value.failure.code == code
    assert refused.value.__cause__ is error
    assert "more" not in str(refused.value.failure.params)


def test_a_wrong_statement_of_a_server_is_the_callers() -> None:
    error = ProgrammingError("SELECT", {}, Exception("syntax error"))
    assert store_failure(error, "server") is None


@pytest.mark.sqlite
def test_a_full_disk_loses_what_was_being_written_and_nothing_else(store: Store) -> None:
    """SQLite's own limit on pages stands for the disk: same code, same rollback."""
    with store.write() as session:
        session.add(Company(name="Ennen"))

    def small(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    store.close()
    event.listen(store.engine, "connect", small)
    rows = [{"name": f"Yhtiö {n} {'x' * 180}"} for n in range(5000)]
    with pytest.raises(StoreError) as full, store.write() as session:
        session.execute(insert(Company), rows)
    assert full.value.failure.code == "VF-STORE-01"
    event.remove(store.engine, "connect", small)
    store.close()
    with store.read() as session:
        assert session.execute(text("SELECT name FROM company")).scalars().all() == ["Ennen"]


@pytest.mark.sqlite
def test_a_file_that_vanished_is_no_empty_database(store: Store, path: Path) -> None:
    store.close()
    path.unlink()
    with pytest.raises(Exception) as gone, store.read() as session:  # noqa: PT011 - which one is said below
        session.execute(text("SELECT * FROM company"))
    assert isinstance(gone.value, StoreError)
    assert gone.value.failure.code == "VF-STORE-01"
    assert not path.exists()


@pytest.mark.sqlite
def test_an_errors_text_holds_nothing_that_was_written(store: Store) -> None:
    """R31: a driver's error ends up in logs; what an event said does not."""
    with store.write() as session:
        session.add(Company(name="Salaisuus Oy"))
    with pytest.raises(DBAPIError) as refused, store.write() as session:
        session.execute(insert(Company).values(name="Salaisuus Oy"))
    assert "Salaisuus" not in str(refused.value)
    with closing(sqlite3.connect(store.place)) as other:
        assert other.execute("SELECT count(*) FROM company").fetchone() == (1,)

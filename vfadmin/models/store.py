"""The database behind everything: opening it, reading from it, writing to it."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from vfadmin.errors import StoreError, failure
from vfadmin.models import triggers
from vfadmin.models.documents import as_json
from vfadmin.models.faults import named, store_faults
from vfadmin.models.home import refuse_network_share
from vfadmin.models.schema import check_schema

BUSY_SECONDS = 30.0
"""How long a writer waits for another one before VF-STORE-04."""

_OPENING_PAUSE = 0.02
"""Seconds between two attempts to open a file that somebody else is opening."""

_WRITES = "vfadmin_writes"
_MIGRATES = "vfadmin_migrates"


class Store:
    """One database. Safe to share between threads; the sessions it hands out are not.

    Objects stay usable after the commit that wrote them: nothing is expired.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place
        sqlite = self.scheme == "sqlite"
        self._reader = (
            _sqlite_reader(Path(place))
            if sqlite
            else engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
        )
        self._writer = engine.execution_options(**{_WRITES: True})
        # SQLite lets one writer in at a time and makes the others poll: they queue here instead.
        self._turn = threading.Lock() if sqlite else None
        self._writing = threading.local()

    @property
    def scheme(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @property
    def url(self) -> str:
        """The address without its password, fit to be shown."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database and cannot write. Raises StoreError.

        It holds no lock that a writer would wait for; keep it short all the same.
        """
        with store_faults(self.place), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all on an exception.

        It holds the one lock of all writers from its first line: what it reads cannot change before it
        writes. So never wait for a network inside, and never open a second one in the same thread.
        Raises StoreError, VF-STORE-04 when another writer does not finish within 30 seconds.
        """
        with (
            self._my_turn(),
            store_faults(self.place),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()
            triggers.queue(session)
            yield session

    @contextmanager
    def rebuild(self) -> Iterator[Connection]:
        """A connection that may change the tables themselves, all of it or nothing. Raises StoreError."""
        options = {_WRITES: True, _MIGRATES: True}
        with self._my_turn(), store_faults(self.place):
            with self.engine.execution_options(**options).begin() as connection:
                yield connection
            self.engine.dispose()  # that connection checks no foreign keys

    def fold_log(self) -> bool:
        """Fold SQLite's write-ahead log into the file and empty it: what was overwritten is then nowhere.

        False if somebody else kept reading for 30 seconds; a later fold does it. True on PostgreSQL, which
        has no such log. Raises StoreError.
        """
        if self._turn is None:
            return True
        with self._my_turn(), store_faults(self.place), closing(_connect(Path(self.place))) as driver:
            busy: int = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

    def close(self) -> None:
        """Let go of all connections; the last one folds the write-ahead log into the file."""
        self._reader.dispose()
        self.engine.dispose()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if getattr(self._writing, "now", False):
            raise RuntimeError("a second write session in one thread would wait for the first for ever")
        if self._turn is not None and not self._turn.acquire(timeout=BUSY_SECONDS):
            raise StoreError(failure("VF-STORE-04"))
        self._writing.now = True
        try:
            yield
        finally:
            self._writing.now = False
            if self._turn is not None:
                self._turn.release()


def open_store(url: str, *, upgrade: bool = True) -> Store:
    """The store at ``url`` (``sqlite:///…`` or ``postgresql+psycopg://…``), its schema up to date.

    A missing SQLite file is made, readable by its owner only. With ``upgrade`` off an older or empty
    schema is left as it is, for those who move it themselves.

    Raises StoreError: VF-STORE-01 out of reach, VF-STORE-02 a newer version's database (untouched),
    VF-STORE-03 no vfadmin database or damaged, VF-STORE-04 locked, VF-HOME-01 not writable, VF-HOME-02 on
    a network share.
    """
    address = _address(url)
    store = _sqlite_store(address) if address.get_backend_name() == "sqlite" else _server_store(address)
    try:
        _prepare_patiently(store, upgrade=upgrade)
    except BaseException:
        store.close()
        raise
    return store


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        backend = address.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreError(failure("VF-STORE-01", detail="not a database address")) from error
    in_memory = backend == "sqlite" and address.database in {None, "", ":memory:"}
    if backend not in {"sqlite", "postgresql"} or in_memory:
        raise StoreError(failure("VF-STORE-01", detail=address.render_as_string(hide_password=True)))
    return address


def _prepare_patiently(store: Store, *, upgrade: bool) -> None:
    """Prepare, and again if need be.

    Switching to the write-ahead log answers *locked* without any waiting when another process opens the
    same file at that instant.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with store_faults(store.place):
                _prepare(store, upgrade=upgrade)
        except StoreError as error:
            if error.failure.code != "VF-STORE-04" or time.monotonic() > deadline:
                raise
            time.sleep(_OPENING_PAUSE)
        else:
            return


def _prepare(store: Store, *, upgrade: bool) -> None:
    """Check first, and change nothing of what belongs to others; then bring the schema up to date."""
    with store.engine.connect() as connection:
        current = check_schema(connection, store.place)
    if store.scheme == "sqlite":
        _use_write_ahead_log(store)
    if upgrade and not current:
        # Alembic takes a third of Qt's time to load and is needed once in a database's life.
        from vfadmin.models.former import keep_former  # noqa: PLC0415 - as rarely
        from vfadmin.models.migrate import upgrade_schema  # noqa: PLC0415

        with store.rebuild() as connection:
            if store.scheme == "sqlite":
                keep_former(connection, Path(store.place))
            upgrade_schema(connection, store.place)


def _server_store(address: URL) -> Store:
    place = address.render_as_string(hide_password=True)
    try:
        # The driver of a shared database takes its time to load, and most have none.
        from vfadmin.models.server import server_engine  # noqa: PLC0415

        engine = server_engine(address, BUSY_SECONDS)
    except (ImportError, NoSuchModuleError) as error:
        raise StoreError(failure("VF-STORE-01", detail=named(error, place))) from error
    return Store(engine, place)


def _sqlite_store(address: URL) -> Store:
    path = Path(str(address.database)).expanduser().absolute()
    refuse_network_share(path)
    _make_private_file(path)
    return Store(_sqlite_engine(path), str(path))


def _sqlite_reader(path: Path) -> Engine:
    """Connections apart from the writer's, that cannot write.

    Switching one to and fro would make SQLite compile each of its kept statements anew every time.
    """
    engine = _sqlite_engine(path)
    event.listen(engine, "connect", _read_only)
    return engine


def _sqlite_engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=lambda: _connect(path),
        hide_parameters=True,  # an error's text must not carry an event's into a log (R31)
        json_serializer=as_json,
        pool_size=8,
        max_overflow=-1,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file that is there: one that vanished must not come back empty and readable by all.

    The driver begins no transactions: its own way reads without one and starts writing ones late.
    """
    return sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
        isolation_level=None,
    )


def _make_private_file(path: Path) -> None:
    """Make the file with mode 0600 before SQLite does; its -wal and -shm files take over that mode."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError as error:
        raise StoreError(failure("VF-STORE-01", detail=str(path))) from error
    except OSError as error:
        # Windows says of a directory only that it may not be opened.
        code = "VF-STORE-03" if path.is_dir() else "VF-HOME-01"
        raise StoreError(failure(code, path=str(path))) from error
    try:
        if sys.platform != "win32" and os.fstat(descriptor).st_mode & 0o077:
            with suppress(PermissionError):
                os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _on_connect(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - DBAPI has no type
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # FULL: an intent that was committed must survive a power cut, or the write it announced would be
    # done again and the event be there twice.
    cursor.execute("PRAGMA synchronous = FULL")
    # What is removed is overwritten: a text that an admin wanted gone must not stay in free pages (R31).
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _read_only(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - DBAPI has no type
    connection.execute("PRAGMA query_only = ON").close()


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    # Past SQLAlchemy: the first statement of every transaction should not cost more than its others.
    driver: Any = connection.connection.dbapi_connection
    if options.get(_MIGRATES, False):
        # Rebuilding a table drops the old one, which would delete what refers to it. Inside a
        # transaction this pragma does nothing, so it stands before.
        driver.execute("PRAGMA foreign_keys = OFF")
    # IMMEDIATE: a transaction that reads first and asks for the lock later fails at once, not in 30 s,
    # if somebody else wrote in between.
    driver.execute("BEGIN IMMEDIATE" if options.get(_WRITES, False) else "BEGIN")


def _use_write_ahead_log(store: Store) -> None:
    """Readers and the writer do not wait for each other; the mode stays with the file."""
    driver = _connect(Path(store.place))
    try:
        driver.execute("PRAGMA journal_mode = WAL").fetchone()
    finally:
        driver.close()

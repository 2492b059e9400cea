"""A shared database: what every connection to a PostgreSQL server is set to, and what it may say of rows.

Loaded only where one is used: the driver takes as long to load as the rest of the store.
"""

from __future__ import annotations

import json
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from vfadmin.models.documents import as_json
from vfadmin.models.storable import storable, storable_json

_REACHING = {
    "application_name": "vfadmin",
    "connect_timeout": 10,
    # A server that vanished without a word is noticed within half a minute instead of two hours.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
"""Parameters of libpq, in seconds and (the last one) milliseconds; those in the address come first."""

_IDLE_SECONDS = 25
"""Longest pause within a transaction: a machine put to sleep, or frozen, must not keep the writers' lock.

Shorter than the others wait for it, so that none of them fails for that.
"""

_POOL = "vfadmin_pool"

_STATEMENT_IS_WRONG = "42"
"""The class of SQLSTATE that speaks of the statement and of no value in it."""


def server_engine(address: URL, busy_seconds: float) -> Engine:
    """An engine for the server at the address; a wait for a lock ends after ``busy_seconds``."""
    engine = create_engine(
        address,
        connect_args={name: value for name, value in _REACHING.items() if name not in address.query},
        hide_parameters=True,  # an error's text must not carry an event's into a log (R31)
        json_serializer=_json,
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=24,
    )
    waits = f"SET lock_timeout = '{round(busy_seconds * 1000)}ms'"
    idle = f"SET idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'"

    def prepare(connection: psycopg.Connection[Any], record: ConnectionPoolEntry) -> None:
        record.info[_POOL] = engine.pool
        connection.adapters.register_dumper(str, _TextDumper)
        # UTC: a time near the last year of Python's calendar has none in zones east of it.
        connection.execute(f"SET TIME ZONE 'UTC'; {waits}; {idle}".encode())
        connection.commit()

    def end_late(connection: psycopg.Connection[Any] | None, record: ConnectionPoolEntry) -> None:
        # Who was at work when the engine was disposed of gives it back to a pool that nobody has any more.
        if connection is not None and record.info.get(_POOL) is not engine.pool:
            connection.close()

    event.listen(engine, "connect", prepare)
    event.listen(engine, "checkin", end_late)
    event.listen(engine, "handle_error", _keep_silent)
    return engine


def limit_pauses(engine: Engine, seconds: float) -> None:
    """Let no transaction of this process pause for longer than that.

    For a process of many threads: frozen with several of them waiting, it is given the lock once for each.
    """
    limit = f"SET idle_in_transaction_session_timeout = '{round(seconds * 1000)}ms'"

    def prepare(connection: psycopg.Connection[Any], _record: ConnectionPoolEntry) -> None:
        connection.execute(limit.encode())
        connection.commit()

    event.listen(engine, "connect", prepare)
    engine.dispose()  # those that are open had another limit


class _TextDumper(StrDumperUnknown):
    """Texts on their way to the server, without what it has no place for."""

    def dump(self, obj: str) -> Buffer | None:
        """The bytes of the text."""
        return super().dump(storable(obj))


def _json(value: object) -> str:
    text = as_json(value)
    # Most have no escape at all; what has one may have one of those that JSONB refuses.
    return json.dumps(storable_json(value)) if "\\u0000" in text or "\\ud" in text else text


def _keep_silent(context: ExceptionContext) -> None:
    """Leave of a server's words what names the trouble: they quote the row that was refused (R31)."""
    original = context.original_exception
    if not isinstance(original, psycopg.Error):
        return
    said = original.diag
    if (said.sqlstate or "").startswith(_STATEMENT_IS_WRONG):
        return
    parts = (said.sqlstate, said.table_name, said.column_name, said.constraint_name)
    silent = " ".join(part for part in parts if part) or "unanswered"
    original.args = (silent,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(original).__name__}) {silent}",)

"""Where the queue's tables are: in a schema of their own in the same database.

They hold nothing that lasts: what is due stands in ``integration``, so a queue can be thrown away. Each
version of Procrastinate has a schema of its own, so that workers of two versions work side by side during an
upgrade.
"""

from __future__ import annotations

import importlib.metadata

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError

from vfadmin.errors import StoreError, failure
from vfadmin.models.faults import store_faults
from vfadmin.models.store import Store

PREFIX = "vfadmin_queue_"
_LOCK = 0x56464A51
_FORGOTTEN = "1 day"
_FORBIDDEN = "42501"
"""SQLSTATE insufficient_privilege."""


def queue_schema() -> str:
    """The name of the schema of the version that is installed."""
    version = importlib.metadata.version("procrastinate").split(".")
    return PREFIX + "_".join(version[:2])


def prepare_queue(store: Store) -> str:
    """Make the queue's tables where there are none, one process after the other; the schema's name.

    Those of another version are taken away once no worker has used them for a day.
    Raises StoreError, VF-WORKER-03 where the database's user may not make a schema.
    """
    name = queue_schema()
    try:
        with store_faults(store.place), store.engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            _take_away_the_old(connection, name)
            if not _has_tables(connection, name):
                # Somebody who has the right may have made it, empty.
                if name not in inspect(connection).get_schema_names():
                    connection.exec_driver_sql(f"CREATE SCHEMA {name}")
                connection.exec_driver_sql(f"SET LOCAL search_path TO {name}")
                _run(connection, SchemaManager.get_schema())
    except StoreError as error:
        if _is_forbidden(error):
            raise StoreError(failure("VF-WORKER-03", schema=name)) from error
        raise
    return name


def _has_tables(connection: Connection, name: str) -> bool:
    asked = text("SELECT to_regclass(:table)")
    return connection.execute(asked, {"table": f"{name}.procrastinate_jobs"}).scalar() is not None


def _take_away_the_old(connection: Connection, kept: str) -> None:
    for name in inspect(connection).get_schema_names():
        if not name.startswith(PREFIX) or name == kept or not _has_tables(connection, name):
            continue
        used = connection.exec_driver_sql(
            f"SELECT 1 FROM {name}.procrastinate_workers"  # noqa: S608 - a schema of ours
            f" WHERE last_heartbeat > now() - interval '{_FORGOTTEN}' LIMIT 1"
        )
        if used.first() is None:
            connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")


def _run(connection: Connection, script: str) -> None:
    """Several statements, in which a per cent sign is one: the driver sends them as they are."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - only a detached one has none
    driver.execute(script)


def _is_forbidden(error: StoreError) -> bool:
    cause = error.__cause__
    return isinstance(cause, ProgrammingError) and getattr(cause.orig, "sqlstate", None) == _FORBIDDEN

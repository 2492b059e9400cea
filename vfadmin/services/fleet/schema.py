"""Where the queue's tables are: in a schema of their own in the same database.

They hold nothing that lasts: what is due stands in ``integration``, so a queue can be thrown away. Each
version of Procrastinate has a schema of its own, so that workers of two versions work side by side during an
upgrade.
"""

# ruff: noqa: S608 - statements are put together from names of ours and quoted names of roles

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from vfadmin.errors import StoreError, failure
from vfadmin.models.faults import store_faults
from vfadmin.models.roles import quoted
from vfadmin.models.schema import VERSION_TABLE
from vfadmin.models.store import Store

PREFIX = "vfadmin_queue_"
_LOCK = 0x56464A51
_FORGOTTEN = "1 day"
_JOBS = "procrastinate_jobs"
_NEEDED = "SELECT, INSERT, UPDATE, DELETE"
_FORBIDDEN = "42501"
"""SQLSTATE insufficient_privilege."""


def queue_schema() -> str:
    """The name of the schema of the version that is installed."""
    version = importlib.metadata.version("procrastinate").split(".")
    return PREFIX + "_".join(version[:2])


def prepare_queue(store: Store) -> str:
    """Make the queue's tables where there are none, one process after the other; the schema's name.

    Those of another version are taken away once no worker has used them for a day.
    Raises StoreError, VF-WORKER-03 where the database's user may neither make a schema nor use the one
    that is there.
    """
    name = queue_schema()
    try:
        with store_faults(store.place), store.engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            take_away_the_old(connection)
            if not _has_tables(connection, name):
                # Somebody who has the right may have made it, empty.
                if name not in _schemas(connection, "true"):
                    connection.exec_driver_sql(f"CREATE SCHEMA {name}")
                connection.exec_driver_sql(f"SET LOCAL search_path TO {name}")
                _run(connection, SchemaManager.get_schema())
            else:
                _check_that_it_may_be_used(connection, name)
    except StoreError as error:
        if _is_forbidden(error):
            raise StoreError(failure("VF-WORKER-03", schema=name)) from error
        raise
    return name


def share_queue(connection: Connection, names: Iterable[str]) -> None:
    """Make the queue's tables if they are missing, and let these roles and nobody else use them.

    For the owner of vfadmin's tables, in the connection's transaction. Does nothing where that user may make
    no schema, or where the one that is there belongs to somebody it is no member of.
    """
    take_away_the_old(connection)
    _run(connection, queue_script(names))


def queue_script(names: Iterable[str]) -> str:
    """The same as a statement for whoever may work as the owner of vfadmin's tables.

    A worker that made the schema itself would have it for itself alone; who may make schemas could make one
    of somebody else's name, in which that user's statements would look first.
    """
    schema, roles = queue_schema(), ", ".join(map(quoted, names))
    return f"""DO $vfadmin_queue$
DECLARE
  who name; one text;
  role text := current_setting('role'); path text := current_setting('search_path');
BEGIN
  PERFORM pg_advisory_xact_lock({_LOCK});
  SELECT pg_get_userbyid(nspowner) INTO who FROM pg_namespace WHERE nspname = '{schema}';
  IF who IS NULL THEN
    IF NOT has_database_privilege(current_database(), 'CREATE') THEN RETURN; END IF;
    SELECT tableowner INTO who FROM pg_tables
      WHERE schemaname = current_schema() AND tablename = '{VERSION_TABLE}';
    EXECUTE 'CREATE SCHEMA {schema} AUTHORIZATION ' || quote_ident(who);
  ELSIF NOT pg_has_role(who, 'MEMBER') THEN RETURN;
  END IF;
  PERFORM set_config('role', who, true), set_config('search_path', '{schema}', true);
  IF to_regclass('{_JOBS}') IS NULL THEN
    EXECUTE $vfadmin_tables${SchemaManager.get_schema()}$vfadmin_tables$;
  END IF;
  FOR one IN SELECT DISTINCT quote_ident(pg_get_userbyid(grantee)) FROM pg_namespace, aclexplode(nspacl)
    WHERE nspname = '{schema}' AND grantee NOT IN (0, nspowner)
  LOOP
    EXECUTE 'REVOKE ALL ON SCHEMA {schema} FROM ' || one;
    EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM ' || one;
    EXECUTE 'REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM ' || one;
  END LOOP;
  GRANT USAGE ON SCHEMA {schema} TO {roles};
  GRANT {_NEEDED} ON ALL TABLES IN SCHEMA {schema} TO {roles};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {roles};
  PERFORM set_config('role', role, true), set_config('search_path', path, true);
END $vfadmin_queue$"""


def take_away_the_old(connection: Connection) -> None:
    """Remove the schemas of other versions that no worker has used for a day and that are this user's."""
    for name in _schemas(connection, "pg_has_role(nspowner, 'USAGE')"):
        if name == queue_schema() or not _has_tables(connection, name):
            continue
        used = connection.exec_driver_sql(
            f"SELECT 1 FROM {name}.procrastinate_workers"
            f" WHERE last_heartbeat > now() - interval '{_FORGOTTEN}' LIMIT 1"
        )
        if used.first() is None:
            connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")


def _schemas(connection: Connection, condition: str) -> list[str]:
    asked = f"SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :prefix) AND {condition}"
    return list(connection.execute(text(asked), {"prefix": PREFIX}).scalars())


def _has_tables(connection: Connection, name: str) -> bool:
    """Asked of the catalogue: who may not use a schema may not name what is in it either."""
    asked = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = :schema AND tablename = :table)"
    return bool(connection.execute(text(asked), {"schema": name, "table": _JOBS}).scalar())


def _check_that_it_may_be_used(connection: Connection, name: str) -> None:
    asked = (
        "SELECT bool_and(has_schema_privilege(relnamespace, 'USAGE')"
        " AND has_table_privilege(pg_class.oid, word)) FROM pg_class, unnest(CAST(:words AS text[])) AS word"
        " WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema) AND relkind = 'r'"
    )
    given = {"schema": name, "words": _NEEDED.split(", ")}
    if not connection.execute(text(asked), given).scalar():
        raise StoreError(failure("VF-WORKER-03", schema=name))


def _run(connection: Connection, script: str) -> None:
    """Several statements, in which a per cent sign is one: the driver sends them as they are."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - only a detached one has none
    driver.execute(script)


def _is_forbidden(error: StoreError) -> bool:
    cause = error.__cause__
    return isinstance(cause, ProgrammingError) and getattr(cause.orig, "sqlstate", None) == _FORBIDDEN

"""Getting a schema from one revision to another.

Migrations run inside one transaction of the caller's, which on SQLite is the write lock and on
PostgreSQL takes an advisory lock: of several processes that start at once, one migrates and the
others find it done.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, select, update

from vfadmin.models import Base, Integration, roles, triggers
from vfadmin.models.schema import APPLICATION_ID, VERSION_TABLE, check_schema, newest, revision

_MIGRATION_LOCK = 0x56464D49


class BrokenReference(RuntimeError):
    """A row of that table refers to one that is not there."""

    def __init__(self, table: str) -> None:
        super().__init__(f"the migration left a broken reference in {table}")
        self.table = table


def upgrade_schema(connection: Connection, place: str, target: str = "head") -> None:
    """Bring the schema to ``target`` inside the connection's transaction, and set up its triggers."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    if check_schema(connection, place):
        return  # another process was quicker
    triggers.remove(connection)
    command.upgrade(_config(connection), target)
    _finish(connection)


def downgrade_schema(connection: Connection, target: str) -> None:
    """Take the schema back to ``target`` inside the connection's transaction."""
    triggers.remove(connection)
    command.downgrade(_config(connection), target)
    _finish(connection)


def rebuild_schema(
    connection: Connection, place: str, target: str, fill: Callable[[Connection], None]
) -> None:
    """Throw all tables away, make those of revision ``target``, and bring what ``fill`` puts in up to date.

    No trigger sees what is put in. The database gets a new identity, and whoever had a lease has lost it.
    Raises BrokenReference for what refers to nothing.
    """
    fence = connection.scalar(select(func.max(Integration.fence))) or 0
    names = roles.given(connection)
    triggers.remove(connection)
    Base.metadata.drop_all(connection)
    connection.exec_driver_sql(f"DROP TABLE {VERSION_TABLE}")
    upgrade_schema(connection, place, target)
    triggers.remove(connection)
    fill(connection)
    if target != newest():
        upgrade_schema(connection, place)
    _finish(connection)
    if names is not None:  # their rights went with the tables
        roles.give(connection, names)
    connection.execute(
        update(Integration).values(lease_owner=None, lease_until=None, fence=Integration.fence + fence + 1)
    )


def _finish(connection: Connection) -> None:
    # Triggers are no part of a revision: rebuilding a table on SQLite drops them without a word.
    if revision(connection) == newest():
        triggers.install(connection)
        if (names := roles.given(connection)) is not None:
            roles.give(connection, names)  # a new table has none of the rights yet
        if connection.dialect.name == "sqlite":
            _check_references(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _check_references(connection: Connection) -> None:
    """A migration runs without foreign keys; one that broke a reference is undone as a whole."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise BrokenReference(broken[0])


def _config(connection: Connection | None) -> Config:
    config = migration_config(Path(__file__).with_name("migrations"))
    config.attributes["connection"] = connection
    return config


def migration_config(folder: Path) -> Config:
    """Alembic's settings for the migrations in ``folder``; the connection is handed over as an attribute."""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

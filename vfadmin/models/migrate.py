"""Getting a schema from one revision to another.

Migrations run inside one transaction of the caller's, which on SQLite is the write lock and on
PostgreSQL takes an advisory lock: of several processes that start at once, one migrates and the
others find it done.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from vfadmin.models import triggers
from vfadmin.models.schema import APPLICATION_ID, check_schema, newest, revision

_MIGRATION_LOCK = 0x56464D49


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


def _finish(connection: Connection) -> None:
    # Triggers are no part of a revision: rebuilding a table on SQLite drops them without a word.
    if revision(connection) == newest():
        triggers.install(connection)
        if connection.dialect.name == "sqlite":
            _check_references(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _check_references(connection: Connection) -> None:
    """A migration runs without foreign keys; one that broke a reference is undone as a whole."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"the migration left a broken reference in {broken[0]}")


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

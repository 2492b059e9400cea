"""The schema and its migrations: what is there, what is known, and how to get from one to the other.

Migrations run inside one transaction of the caller's, which on SQLite is the write lock and on
PostgreSQL takes an advisory lock: of several processes that start at once, one migrates and the
others find it done.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from vfadmin.errors import StoreError, failure
from vfadmin.models import triggers

APPLICATION_ID = 0x56464144
"""Written into the header of an SQLite file: ``VFAD``."""

SEARCH_TABLE = "person_search"
"""The trigram index over ``person.search_text``; SQLite keeps it in tables of that name and more."""

_MIGRATION_LOCK = 0x56464D49


def check_schema(connection: Connection, place: str) -> bool:
    """Whether the schema is the newest one; only reads.

    Raises StoreError: VF-STORE-02 for a revision nobody knows here, VF-STORE-03 for somebody else's tables.
    """
    found = revision(connection)
    if found is None:
        if _belongs_to_others(connection):
            raise StoreError(failure("VF-STORE-03", path=place))
        return False
    if found not in known_revisions():
        if _is_marked_foreign(connection):
            raise StoreError(failure("VF-STORE-03", path=place))
        raise StoreError(failure("VF-STORE-02", found=found, known=newest()))
    return found == newest()


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


def revision(connection: Connection) -> str | None:
    """The revision the database says it has; None for an empty or a foreign one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The revision of this version of vfadmin."""
    head = _scripts().get_current_head()
    if head is None:
        raise RuntimeError("the migrations are missing from this installation")
    return head


def known_revisions() -> frozenset[str]:
    """Every revision this version of vfadmin can start from."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def _finish(connection: Connection) -> None:
    # Triggers are no part of a revision: rebuilding a table on SQLite drops them without a word.
    if revision(connection) == newest():
        triggers.install(connection)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _belongs_to_others(connection: Connection) -> bool:
    return bool(set(inspect(connection).get_table_names()) - {"alembic_version"})


def _is_marked_foreign(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    mark: int = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    return mark != APPLICATION_ID


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


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

"""The schema: which revision a database has, which ones are known, and whose it is.

Nothing here changes anything or loads Alembic; `vfadmin.models.migrate` does both.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from vfadmin.errors import StoreError, failure

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Every revision this version of vfadmin knows, oldest first. Named here, because asking Alembic would load
it at every start, and it is needed once in a database's life and at upgrades."""

APPLICATION_ID = 0x56464144
"""Written into the header of an SQLite file: ``VFAD``."""

VERSION_TABLE = "alembic_version"


def check_schema(connection: Connection, place: str) -> bool:
    """Whether the schema is the newest one; only reads.

    Raises StoreError: VF-STORE-02 for a revision nobody knows here, VF-STORE-03 for somebody else's tables.
    """
    found = revision(connection)
    if found is None:
        if _belongs_to_others(connection):
            raise StoreError(failure("VF-STORE-03", path=place))
        return False
    if found not in REVISIONS:
        if _is_marked_foreign(connection):
            raise StoreError(failure("VF-STORE-03", path=place))
        raise StoreError(failure("VF-STORE-02", found=found, known=newest()))
    return found == newest()


def revision(connection: Connection) -> str | None:
    """The revision the database says it has; None for an empty or a foreign one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.exec_driver_sql(f"SELECT max(version_num) FROM {VERSION_TABLE}").scalar()  # noqa: S608 - a constant
    return found


def newest() -> str:
    """The revision of this version of vfadmin."""
    return REVISIONS[-1]


def _belongs_to_others(connection: Connection) -> bool:
    return bool(set(inspect(connection).get_table_names()) - {VERSION_TABLE})


def _is_marked_foreign(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    mark: int = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    return mark != APPLICATION_ID

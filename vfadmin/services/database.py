"""Care for the database itself: its schema, its soundness, its backups, its move to another place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, inspect, literal, select, text
from sqlalchemy.exc import DataError, IntegrityError

from vfadmin.errors import UsageError, failure
from vfadmin.models import Base, StoreIdentity, portable, schema
from vfadmin.models.store import Store, open_store
from vfadmin.models.triggers import installed
from vfadmin.services.backup_file import BackupReader, BackupWriter, Manifest, counted, opened_backup
from vfadmin.services.database_roles import RolesGiven, give_roles, roles_script
from vfadmin.services.whole_files import save_whole


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The revision before and after; ``before`` is None for a database that was empty."""

    database: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is amiss: ``revision``, ``damage``, ``reference``, ``trigger`` or ``encoding``, and where."""

    check: str
    detail: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How the database stands; sound without problems."""

    database: str
    revision: str | None
    known: str
    problems: tuple[Problem, ...]


class DatabaseCare:
    """Looks after the database at one address. Each call opens it and closes it again.

    Raises StoreError as `open_store`.
    """

    def __init__(self, url: str, clock: Callable[[], datetime]) -> None:
        self._url, self._clock = url, clock

    def upgrade(self) -> Upgraded:
        """Bring the schema up to date; a missing database is made."""
        with _opened(self._url, upgrade=False) as store, store.engine.connect() as connection:
            before = schema.revision(connection)
        with _opened(self._url) as store:
            return Upgraded(store.url, before, schema.newest())

    def check(self) -> Checked:
        """Look whether the schema is up to date and what is kept is sound. Changes nothing."""
        with _opened(self._url, upgrade=False) as store, store.engine.connect() as connection:
            found = schema.revision(connection)
            problems = [] if found == schema.newest() else [Problem("revision", found or "-")]
            problems += _damages(connection)
            if found == schema.newest() and not installed(connection):
                problems.append(Problem("trigger", "event"))
            return Checked(store.url, found, schema.newest(), tuple(problems))

    def backup(self, path: Path, *, overwrite: bool = False) -> Manifest:
        """Write all tables as they stand at one moment into a file, whole or not at all.

        Raises FileExistsError without ``overwrite``, and OSError.
        """
        if path.exists() and not overwrite:
            raise FileExistsError(path)
        done: list[Manifest] = []
        with _opened(self._url) as store:
            save_whole(path, lambda part: done.append(self._write(store, part)))
        return done[0]

    def restore(self, path: Path, *, replace: bool = False) -> Manifest:
        """Put a backup into the database, all of it or nothing, and check that it is the same there.

        The database gets a new identity: all cursors into it are void, and the next sync of each mailbox
        reads both calendars from end to end.

        Raises UsageError: VF-BACKUP-01 no backup or damaged, VF-BACKUP-02 of a newer version, VF-BACKUP-03
        where the database is not empty and is not to be replaced, VF-BACKUP-04 where it takes a row not.
        """
        with opened_backup(path) as backup, _opened(self._url) as store:
            if not replace and not _is_empty(store):
                raise UsageError(failure("VF-BACKUP-03", detail=store.url))
            _restore(store, backup)
            return backup.manifest

    def move(self, target: str) -> tuple[str, Manifest]:
        """Copy everything into the empty database at ``target``, where it is compared. This one stays.

        Answers the address without its password, and what was copied. Raises as `restore`.
        """
        with _opened(target) as store:
            place = store.url
        with TemporaryDirectory(prefix="vfadmin-move-") as folder:
            file = Path(folder) / "move.zip"
            self.backup(file)
            return place, DatabaseCare(target, self._clock).restore(file)

    def roles(self, **names: str | None) -> RolesGiven:
        """Give the roles of a shared database their rights. Raises as `give_roles`."""
        return give_roles(self._url, **names)

    def roles_script(self, **names: str | None) -> str:
        """The same as a script for psql. The database is not asked. Raises UsageError VF-ROLE-07."""
        return roles_script(**names)

    def _write(self, store: Store, part: Path) -> Manifest:
        writer = BackupWriter(part, self._clock())
        with store.read() as session:
            connection = session.connection()
            for shape in portable.shapes():
                writer.add(shape, portable.rows(connection, shape))
            return writer.finish(portable.counters(connection))


@contextmanager
def _opened(url: str, *, upgrade: bool = True) -> Iterator[Store]:
    store = open_store(url, upgrade=upgrade)
    try:
        yield store
    finally:
        store.close()


def _is_empty(store: Store) -> bool:
    with store.read() as session:
        empty_at_best = portable.FLEETING | {StoreIdentity.__tablename__}
        kept = [table for table in Base.metadata.sorted_tables if table.name not in empty_at_best]
        return not any(session.execute(select(literal(1)).select_from(one).limit(1)).first() for one in kept)


def _restore(store: Store, backup: BackupReader) -> None:
    # Alembic is needed for nothing else, and takes its time to load.
    from vfadmin.models.migrate import BrokenReference, rebuild_schema  # noqa: PLC0415

    manifest = backup.manifest

    def fill(connection: Connection) -> None:
        for name in _in_order(manifest, connection):
            with backup.table(name) as (shape, rows):
                _put(connection, shape, rows)
        if manifest.revision == schema.newest():
            _compare(connection, manifest)

    try:
        with store.rebuild() as connection:
            rebuild_schema(connection, store.place, manifest.revision, fill)
            portable.count_on(connection, manifest.counters)
    except BrokenReference as error:
        raise UsageError(failure("VF-BACKUP-04", table=error.table)) from error


def _in_order(manifest: Manifest, connection: Connection) -> list[str]:
    """The tables of the backup, each behind those it refers to, without the identity of the old database."""
    ordered = [name for name, _ in inspect(connection).get_sorted_table_and_fkc_names() if name]
    return [name for name in ordered if name in manifest.tables and name != portable.IDENTITY]


def _put(connection: Connection, shape: portable.Shape, rows: Iterator[portable.Row]) -> None:
    try:
        portable.put(connection, shape, rows)
    except portable.Unstorable as error:
        raise UsageError(failure("VF-BACKUP-04", table=error.table, row=error.row)) from error
    except (IntegrityError, DataError) as error:
        raise UsageError(failure("VF-BACKUP-04", table=shape.table)) from error


def _compare(connection: Connection, manifest: Manifest) -> None:
    """Read back what was put in. Raises UsageError VF-BACKUP-04 for a table that is not the same."""
    for shape in portable.shapes():
        told = manifest.tables.get(shape.table)
        if shape.table == portable.IDENTITY:
            continue
        if told is None or counted(shape, portable.rows(connection, shape)) != told:
            raise UsageError(failure("VF-BACKUP-04", table=shape.table))


def _damages(connection: Connection) -> list[Problem]:
    if connection.dialect.name == "sqlite":
        told = connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return [
            *(Problem("damage", line) for line in told if line != "ok"),
            *(Problem("reference", f"{one[0]} {one[1]}") for one in broken),
        ]
    encoding: str = connection.execute(text("SHOW server_encoding")).scalar_one()
    return [] if encoding == "UTF8" else [Problem("encoding", encoding)]

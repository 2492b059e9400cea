"""The copy of a database that is kept before its schema changes."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from vfadmin.errors import StoreError
from vfadmin.models import migrate, schema
from vfadmin.models.store import Store, open_store

pytestmark = pytest.mark.sqlite
FORMER = schema.REVISIONS[-2]


def age(store: Store, revision: str = FORMER) -> None:
    """Take the store back to a former revision, and close it."""
    with store.rebuild() as connection:
        connection.execute(text("INSERT INTO company (name) VALUES ('Esimerkki Oy')"))
        migrate.downgrade_schema(connection, revision)
    store.close()


def copies(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if "-before-" in one.name)


def test_an_upgrade_keeps_the_former_database_as_it_was(store: Store, path: Path) -> None:
    age(store)
    open_store(f"sqlite:///{path.as_posix()}").close()

    name = f"vfadmin-before-{schema.newest()}-was-{FORMER}.db"
    assert copies(path.parent) == [name]
    kept = path.with_name(name)
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    former = open_store(f"sqlite:///{kept.as_posix()}", upgrade=False)
    with former.engine.connect() as connection:
        assert schema.revision(connection) == FORMER
        assert connection.execute(text("SELECT name FROM company")).scalars().all() == ["Esimerkki Oy"]
    former.close()


def test_a_new_database_and_one_that_is_up_to_date_leave_no_copy(store: Store, path: Path) -> None:
    store.close()
    open_store(f"sqlite:///{path.as_posix()}").close()
    assert copies(path.parent) == []


def test_only_the_newest_copy_stays(store: Store, path: Path) -> None:
    path.with_name("vfadmin-before-0005-was-0001.db").write_bytes(b"older")
    path.with_name("another.db").write_bytes(b"somebody else's")
    age(store)
    open_store(f"sqlite:///{path.as_posix()}").close()
    assert copies(path.parent) == [f"vfadmin-before-{schema.newest()}-was-{FORMER}.db"]
    assert path.with_name("another.db").exists()


def test_without_a_place_for_the_copy_nothing_is_changed(store: Store, path: Path) -> None:
    age(store)
    blocked = path.with_name(f"vfadmin-before-{schema.newest()}-was-{FORMER}.db")
    blocked.with_name(f"{blocked.name}.part").mkdir()

    with pytest.raises(StoreError) as raised:
        open_store(f"sqlite:///{path.as_posix()}")

    assert raised.value.failure.code == "VF-HOME-01"
    untouched = open_store(f"sqlite:///{path.as_posix()}", upgrade=False)
    with untouched.engine.connect() as connection:
        assert schema.revision(connection) == FORMER
    untouched.close()
    assert not blocked.exists()

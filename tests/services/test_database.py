"""The database's own care: backups that come back on either kind of database, moves, checks, upgrades."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, insert, inspect, select, text, update

from tests.stores import POSTGRESQL, SQLITE, STORES
from vfadmin.errors import StoreError, UsageError
from vfadmin.models import (
    Base,
    CalendarEvent,
    ChangeLog,
    Company,
    EventLink,
    EventParticipant,
    History,
    Integration,
    Pair,
    Person,
    Run,
    Setting,
    StoreIdentity,
    Worker,
    migrate,
    portable,
    schema,
)
from vfadmin.models.store import Store, open_store
from vfadmin.services.database import DatabaseCare, Problem

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
SECRET = "Salaisuus"


def _address(kind: str, path: Path) -> str:
    """An empty database of that kind; PostgreSQL's only in a test that runs on it."""
    return f"sqlite:///{path.with_suffix('.db')}" if kind == SQLITE else STORES.url(path)


def _care(url: str) -> DatabaseCare:
    return DatabaseCare(url, lambda: NOW)


@contextmanager
def _open(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()


def _refusal(run: Callable[[], object]) -> tuple[str, dict[str, Any]]:
    with pytest.raises((UsageError, StoreError)) as refused:
        run()
    assert SECRET not in str(refused.value.failure.params)
    return refused.value.failure.code, dict(refused.value.failure.params)


def _fill(url: str) -> None:
    """A little of everything, with what the two kinds of database keep in different ways."""
    event = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1), "created_at": NOW, "modified_at": NOW}
    with _open(url) as store, store.write() as session:
        session.add(Company(id=7, name="Åbo Öljy Ab"))
        session.add_all(Person(id=one, name=f"Ö {one}", sort_name="}", company_id=7) for one in (1001, 1002))
        session.flush()
        session.execute(
            insert(CalendarEvent), [{**event, "owner_id": 1001, "title": f"😀 {n}"} for n in range(5)]
        )
        last = session.scalars(select(func.max(CalendarEvent.id))).one()
        session.execute(delete(CalendarEvent).where(CalendarEvent.id == last))
        session.execute(
            update(CalendarEvent)
            .where(CalendarEvent.id == 1)
            .values(rrule="FREQ=DAILY", exceptions=[{"b": 1.0, "a": None, "ä": "\\u0000"}], deleted_at=NOW)
        )
        session.add_all(
            [EventParticipant(event_id=2, person_id=1002), EventLink(event_id=2, kind="customer", ref=3)]
        )
        session.add(Integration(person_id=1001, login="a", lease_owner="kone", lease_until=NOW, fence=4))
        session.add_all([Setting(key="z", value=None), Setting(key="Å", value=[1, 2.5, "x", {}, True])])
        session.flush()
        session.add(Run(id=9, person_id=1001, started_at=NOW))
        session.flush()
        session.add(
            History(
                run_id=9, person_id=1001, side="x", operation="y", reason="z", before=None, after={}, at=NOW
            )
        )
        session.add(Pair(key="k", person_id=1001, base={"b": [1], "a": "x"}))


def _content(store: Store) -> dict[str, list[portable.Row]]:
    with store.read() as session:
        connection = session.connection()
        return {one.table: list(portable.rows(connection, one)) for one in portable.shapes()}


def _without_lease(rows: list[portable.Row]) -> list[portable.Row]:
    names = [column.name for column in Integration.__table__.columns]
    passing = {"lease_owner", "lease_until", "fence"}
    return [[value for name, value in zip(names, row, strict=True) if name not in passing] for row in rows]


@pytest.mark.postgresql
@pytest.mark.parametrize("source", [SQLITE, POSTGRESQL])
@pytest.mark.parametrize("target", [SQLITE, POSTGRESQL])
def test_a_backup_of_either_comes_back_in_either(tmp_path: Path, source: str, target: str) -> None:
    old, new = _address(source, tmp_path / "old"), _address(target, tmp_path / "new")
    _fill(old)
    done = _care(old).backup(tmp_path / "backup.zip")
    assert done.revision == schema.newest()
    assert _care(new).restore(tmp_path / "backup.zip") == done
    with _open(old) as before, _open(new) as after:
        kept, found = _content(before), _content(after)
        assert kept.pop("store_identity") != found.pop("store_identity")
        lease, was = found.pop("integration"), kept.pop("integration")
        assert found == kept
        assert _without_lease(lease) == _without_lease(was)
        assert sum(map(len, kept.values())) + 2 == done.rows
        with after.write() as session:
            row = session.scalars(select(Integration)).one()
            assert (row.lease_owner, row.lease_until) == (None, None)
            assert row.fence > 4
            company = Company(name="Uusi")  # numbers go on above what was put in
            session.add(company)
            session.flush()
            assert company.id > 7
            logged = session.scalar(select(func.max(ChangeLog.seq)))
            session.execute(text("UPDATE event SET title = 'Muuttui' WHERE id = 2"))
            made = session.execute(
                insert(CalendarEvent).values(
                    owner_id=1002, starts_at=NOW, ends_at=NOW, created_at=NOW, modified_at=NOW
                )
            ).inserted_primary_key
            assert made is not None
            assert made[0] == 6  # that of an event that is gone is not given out again
            assert session.scalars(select(ChangeLog.seq).where(ChangeLog.seq > logged)).all()
    assert _care(new).check().problems == ()


@pytest.mark.both_stores
def test_a_backup_of_a_former_revision_is_brought_up(tmp_path: Path) -> None:
    """It is the backup that is old: its tables are made as they were, filled, and then brought up."""
    old, new = STORES.url(tmp_path / "old.db"), STORES.url(tmp_path / "new.db")
    with _open(old) as store, store.write() as session:
        session.add(Person(id=1001, name="Virta", sort_name="virta"))
    _care(old).backup(tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as made:
        told = json.loads(made.read("manifest.json"))
        lists = {name: made.read(f"{name}.jsonl") for name in told["tables"]}
    with _open(old) as store:
        with store.rebuild() as connection:
            migrate.downgrade_schema(connection, "0004")
        with store.engine.connect() as connection:
            tables = {
                name: [row["name"] for row in _columns(connection, name)]
                for name in told["tables"]
                if _columns(connection, name)
            }
    with zipfile.ZipFile(tmp_path / "former.zip", "w") as former:
        told["revision"], sums = "0004", {}
        for name, columns in tables.items():
            sums[name] = _written(former, name, lists[name], columns)
        told["tables"] = sums
        former.writestr("manifest.json", json.dumps(told))
    done = _care(new).restore(tmp_path / "former.zip")
    assert done.revision == "0004"
    assert _care(new).check().problems == ()
    with _open(new) as store, store.read() as session:
        person = session.scalars(select(Person)).one()
        assert (person.name, person.mobile_sync_origin) == ("Virta", None)


def _columns(connection: Connection, table: str) -> list[dict[str, Any]]:
    return (
        [dict(one) for one in inspect(connection).get_columns(table)]
        if inspect(connection).has_table(table)
        else []
    )


def _written(file: zipfile.ZipFile, name: str, lines: bytes, columns: list[str]) -> dict[str, Any]:
    """A list with those columns only, as the older version would have written it."""
    first, *rows = [json.loads(line) for line in lines.splitlines()]
    places = [place for place, (column, _) in enumerate(first) if column in columns]
    cut = [[row[place] for place in places] for row in (first, *rows)]
    content = b"".join(json.dumps(row).encode() + b"\n" for row in cut)
    file.writestr(f"{name}.jsonl", content)
    return {"rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}


@pytest.mark.both_stores
def test_what_is_there_is_replaced_only_when_told(tmp_path: Path) -> None:
    url, file = STORES.url(tmp_path / "x.db"), tmp_path / "backup.zip"
    _fill(url)
    _care(url).backup(file)
    with _open(url) as store, store.write() as session:
        session.add(Person(id=2000, name="Jälkeen", sort_name="j"))
        session.execute(update(Integration).values(fence=90))
    assert _refusal(lambda: _care(url).restore(file))[0] == "VF-BACKUP-03"
    with _open(url) as store, store.read() as session:
        assert session.get(Person, 2000) is not None
    _care(url).restore(file, replace=True)
    with _open(url) as store, store.read() as session:
        assert session.scalars(select(Person.id).order_by(Person.id)).all() == [1001, 1002]
        assert session.scalars(select(Integration.fence)).one() > 90  # whoever had it then has lost it


@pytest.mark.parametrize("damage", ["cut", "changed", "none", "text", "row", "manifest"])
def test_a_damaged_backup_changes_nothing(tmp_path: Path, damage: str) -> None:
    url, file = STORES.url(tmp_path / "x.db"), tmp_path / "backup.zip"
    _fill(url)
    _care(url).backup(file)
    with _open(url) as store:
        before = _content(store)
    _damaged(file, damage)
    code, params = _refusal(lambda: _care(url).restore(file, replace=True))
    assert (code, params) == ("VF-BACKUP-01", {"path": str(file)})
    with _open(url) as store:
        assert _content(store) == before
    assert _care(url).check().problems == ()


def _damaged(file: Path, damage: str) -> None:
    if damage == "none":
        file.unlink()
    elif damage == "text":
        file.write_text("ei varmuuskopio")
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    else:
        with zipfile.ZipFile(file) as made:
            content = {name: made.read(name) for name in made.namelist()}
        content["person.jsonl"] = {
            "changed": content["person.jsonl"].replace(b"1002", b"1003"),
            "row": content["person.jsonl"] + b"{}\n",
        }.get(damage, content["person.jsonl"])
        if damage == "manifest":
            content["manifest.json"] = b'{"format": 1}'
        with zipfile.ZipFile(file, "w") as anew:
            for name, data in content.items():
                anew.writestr(name, data)


@pytest.mark.parametrize(("key", "value"), [("revision", "9999"), ("format", 2)])
def test_a_newer_versions_backup_is_refused(tmp_path: Path, key: str, value: object) -> None:
    url, file = STORES.url(tmp_path / "x.db"), tmp_path / "newer.zip"
    told = {"format": 1, "revision": schema.newest(), "made": "", "counters": {}, "tables": {}, key: value}
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("manifest.json", json.dumps(told))
    assert _refusal(lambda: _care(url).restore(file))[0] == "VF-BACKUP-02"


def test_a_backup_takes_no_files_place_unasked(tmp_path: Path) -> None:
    url, file = STORES.url(tmp_path / "x.db"), tmp_path / "backup.zip"
    file.write_text("muuta")
    with pytest.raises(FileExistsError):
        _care(url).backup(file)
    assert file.read_text() == "muuta"
    _care(url).backup(file, overwrite=True)
    assert zipfile.is_zipfile(file)
    assert file.stat().st_mode & 0o077 == 0  # it holds what the database holds


@pytest.mark.postgresql
def test_everything_moves_to_a_server_and_is_compared(tmp_path: Path) -> None:
    old, new = _address(SQLITE, tmp_path / "old"), STORES.url(tmp_path / "new")
    _fill(old)
    place, done = _care(old).move(new)
    assert place.startswith("postgresql+psycopg://postgres@/")
    with _open(old) as before, _open(new) as after:
        assert _content(before)["event"] == _content(after)["event"]
        assert done.tables["event"].rows == 4
    assert _refusal(lambda: _care(old).move(new))[0] == "VF-BACKUP-03"


@pytest.mark.postgresql
def test_what_a_server_does_not_take_is_named_by_its_place_alone_r31(tmp_path: Path) -> None:
    """SQLite keeps any value in any column."""
    old, new = _address(SQLITE, tmp_path / "old"), STORES.url(tmp_path / "new")
    _fill(old)
    with _open(old) as store, store.write() as session:
        session.execute(text("UPDATE event SET ends_at = :x WHERE id = 3"), {"x": f"zzz {SECRET}"})
    code, params = _refusal(lambda: _care(old).move(new))
    assert (code, params) == ("VF-BACKUP-04", {"table": "event", "row": 3})
    assert _care(new).check().problems == ()
    with _open(new) as store, store.read() as session:
        assert session.scalars(select(Person)).all() == []
    again = _address(SQLITE, tmp_path / "again")
    _care(old).move(again)  # where it came from it can stay
    with _open(again) as store, store.read() as session:
        assert session.execute(text("SELECT ends_at FROM event WHERE id = 3")).scalar() == f"zzz {SECRET}"


@pytest.mark.both_stores
def test_a_text_with_what_is_no_text_is_told_without_it(tmp_path: Path) -> None:
    url = STORES.url(tmp_path / "x.db")
    with _open(url) as store, store.write() as session:
        session.add_all([Company(name="a\0b"), Setting(key="k", value="\ud800x")])
    with _open(url) as store:
        content = _content(store)
    assert [row[1] for row in content["company"]] == ["ab"]
    assert [row[1] for row in content["setting"]] == ['"\N{REPLACEMENT CHARACTER}x"']


@pytest.mark.sqlite
def test_a_reference_to_nothing_is_found_and_not_restored(tmp_path: Path) -> None:
    url, file = STORES.url(tmp_path / "x.db"), tmp_path / "backup.zip"
    _fill(url)
    with _open(url) as store:
        store.close()
        with store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("UPDATE person SET company_id = 404 WHERE id = 1002")
    assert _care(url).check().problems == (Problem("reference", "person 1002"),)
    _care(url).backup(file)
    new = f"sqlite:///{tmp_path / 'new.db'}"
    assert _refusal(lambda: _care(new).restore(file)) == ("VF-BACKUP-04", {"table": "person"})
    with _open(new) as store, store.read() as session:
        assert session.scalars(select(Person)).all() == []
        assert session.scalars(select(StoreIdentity)).one().identity


@pytest.mark.both_stores
def test_a_check_says_what_is_old_and_what_is_missing(tmp_path: Path) -> None:
    url = STORES.url(tmp_path / "x.db")
    with _open(url) as store, store.rebuild() as connection:
        migrate.downgrade_schema(connection, "0003")
    found = _care(url).check()
    assert (found.revision, found.known) == ("0003", schema.newest())
    assert found.problems == (Problem("revision", "0003"),)
    done = _care(url).upgrade()
    assert (done.before, done.after) == ("0003", schema.newest())
    assert _care(url).check().problems == ()
    with _open(url) as store, store.rebuild() as connection:
        connection.exec_driver_sql(
            "DROP TRIGGER event_updated"
            if store.scheme == "sqlite"
            else "DROP TRIGGER event_updated ON event"
        )
    assert _care(url).check().problems == (Problem("trigger", "event"),)


@pytest.mark.both_stores
def test_a_newer_database_is_neither_upgraded_nor_replaced(tmp_path: Path) -> None:
    url, file = STORES.url(tmp_path / "x.db"), tmp_path / "backup.zip"
    _care(url).backup(file)
    with _open(url) as store, store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for run in (
        _care(url).upgrade,
        _care(url).check,
        lambda: _care(url).backup(tmp_path / "other.zip"),
        lambda: _care(url).restore(file, replace=True),
    ):
        assert _refusal(run)[0] == "VF-STORE-02"
    assert not (tmp_path / "other.zip").exists()


def test_every_table_is_in_a_backup_but_who_runs_now() -> None:
    tables = [one.name for one in Base.metadata.sorted_tables if one.name != "worker"]
    assert [one.table for one in portable.shapes()] == tables


@pytest.mark.both_stores
def test_running_processes_are_in_no_backup_and_do_not_make_a_database_full(tmp_path: Path) -> None:
    url, file = STORES.url(tmp_path / "x.db"), tmp_path / "backup.zip"
    _fill(url)
    _care(url).backup(file)
    row = {"host": "palvelin", "pid": 7, "version": "1", "kind": "worker", "started_at": NOW, "seen_at": NOW}
    new = STORES.url(tmp_path / "new.db")
    with _open(new) as store, store.write() as session:
        session.add(Worker(id="w", **row))
    _care(new).restore(file)
    with _open(new) as store, store.read() as session:
        assert session.scalars(select(Worker.id)).all() == []
        assert session.scalars(select(Company.id)).all() == [7]

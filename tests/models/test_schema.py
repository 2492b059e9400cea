"""The migrations: what they make is what the models say, and the way back works."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.orm import Session

from tests.models.filled import ROWS, content, fill
from tests.stores import STORES
from vfadmin.calendars.exchange.marks import uid_for
from vfadmin.errors import StoreError
from vfadmin.models import Base, migrate, schema, triggers
from vfadmin.models.store import Store, open_store

pytestmark = pytest.mark.sqlite
BOTH = pytest.mark.both_stores
Rows = dict[str, list[dict[str, Any]]]


def _differences(connection: Connection) -> list[Any]:
    def wanted(thing: Any, _name: str | None, _kind: str, reflected: bool, _other: object) -> bool:
        """What the models have for this kind of database; of what is there, everything."""
        only = None if reflected else getattr(thing, "_ddl_if", None)
        return only is None or only.dialect == connection.dialect.name

    options = {"compare_type": True, "include_object": wanted}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def _objects(connection: Connection) -> set[tuple[str, str, str]]:
    if connection.dialect.name == "postgresql":
        return _objects_of_a_server(connection)
    rows = connection.execute(
        text("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    )
    return {(row.type, row.name, str(row.sql)) for row in rows}


def _objects_of_a_server(connection: Connection) -> set[tuple[str, str, str]]:
    asked = (
        "SELECT 'column', table_name || '.' || column_name,"
        " concat_ws(' ', data_type, character_maximum_length, collation_name, is_nullable, column_default)"
        " FROM information_schema.columns WHERE table_schema = 'public'"
        " UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
        " UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        " UNION ALL SELECT 'function', proname, prosrc FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace"
    )
    return {(kind, name, definition) for kind, name, definition in connection.execute(text(asked))}


@BOTH
def test_the_models_and_the_migrations_say_the_same(store: Store) -> None:
    with store.engine.connect() as connection:
        assert _differences(connection) == []
        assert schema.revision(connection) == schema.newest()


@BOTH
def test_the_comparison_would_notice(store: Store) -> None:
    with store.write() as session:
        session.execute(text("ALTER TABLE event ADD COLUMN mood TEXT"))
    with store.engine.connect() as connection:
        assert [change[0] for change in _differences(connection)] == ["remove_column"]


def test_defaults_and_checks_are_the_models(store: Store, tmp_path: Path) -> None:
    """Alembic compares neither; a database made from the models without a migration shows them."""
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    with made.begin() as modelled, store.engine.connect() as migrated:
        Base.metadata.create_all(modelled)
        for table in Base.metadata.tables:
            assert _columns(migrated, table) == _columns(modelled, table)
            assert _checks(migrated, table) == _checks(modelled, table)
    made.dispose()


def _columns(connection: Connection, table: str) -> set[tuple[Any, ...]]:
    return {tuple(row)[1:] for row in connection.execute(text(f"PRAGMA table_info({table})"))}


def _checks(connection: Connection, table: str) -> set[tuple[Any, ...]]:
    return {(one["name"], one["sqltext"]) for one in inspect(connection).get_check_constraints(table)}


@BOTH
def test_up_down_and_up_again(store: Store, path: Path) -> None:
    with store.engine.connect() as connection:
        before = _objects(connection)
    with store.write() as session:
        migrate.downgrade_schema(session.connection(), "base")
    with store.engine.connect() as connection:
        left = {name for _, name, _ in _objects(connection)}
        assert {name.partition(".")[0].removesuffix("_pkc") for name in left} == {"alembic_version"}
    store.close()
    again = open_store(STORES.url(path))
    with again.engine.connect() as connection:
        after = _objects(connection)
    again.close()
    assert after == before


def test_a_store_of_the_first_revision_is_brought_up_with_its_people(store: Store, path: Path) -> None:
    """It had a trigram index and triggers that filled it, which nobody misses."""
    with store.write() as session:
        session.execute(
            text(
                "INSERT INTO person (id, name, sort_name, search_text) VALUES (7, 'Virta', 'virta', 'virta')"
            )
        )
        connection = session.connection()
        migrate.downgrade_schema(connection, "0001")
        connection.execute(
            text(
                "CREATE TRIGGER person_search_inserted AFTER INSERT ON person BEGIN "
                "INSERT INTO person_search (rowid, search_text) VALUES (NEW.id, NEW.search_text); END"
            )
        )
    store.close()
    again = open_store(f"sqlite:///{path}")
    with again.write() as session:
        session.execute(text("INSERT INTO person (id, name, sort_name) VALUES (8, 'Salo', 'salo')"))
        assert session.execute(text("SELECT id FROM person ORDER BY id")).scalars().all() == [7, 8]
        names = {name for _, name, _ in _objects(session.connection())}
    again.close()
    assert not {name for name in names if name.startswith("person_search")}


@BOTH
@pytest.mark.parametrize("former", schema.REVISIONS[:-1])
def test_a_store_of_any_former_revision_is_brought_up_with_all_it_has(
    store: Store, path: Path, former: str
) -> None:
    """And goes back to it: what both revisions have a place for stands there before and afterwards."""
    with store.rebuild() as connection:
        before = _objects(connection)
        triggers.remove(connection)
        fill(connection)
        triggers.install(connection)
        full = content(connection)
        migrate.downgrade_schema(connection, former)
        back = content(connection)
    assert back == _common(full, back)
    assert len(back["event"]) == ROWS
    store.close()
    again = open_store(STORES.url(path))
    with again.engine.connect() as connection:
        up = content(connection)
        assert _objects(connection) == before
    again.close()
    assert _common(up, back) == back
    assert up.keys() == full.keys()
    assert [row.keys() for row in up["pair"]] == [row.keys() for row in full["pair"]]


def _common(one: Rows, other: Rows) -> Rows:
    """Of the one, what the other has too."""
    return {
        table: [{name: row[name] for name in rows[0]} for row in one[table]] for table, rows in other.items()
    }


def _add_integration(session: Session) -> None:
    """Of person 7, in the columns that every revision has."""
    session.execute(text("INSERT INTO person (id, name, sort_name) VALUES (7, 'Virta', 'virta')"))
    session.execute(
        text(
            "INSERT INTO integration (person_id, login, state, calendar, calendar_name, generation,"
            " matched, error_params, attempts, waiting, fence, version)"
            " VALUES (7, 'v', 'active', 'default', 'V', 1, true, '{}', 0, 0, 0, 1)"
        )
    )


@BOTH
def test_r30_a_former_store_knows_what_was_brought_by_its_own_uids_alone(store: Store, path: Path) -> None:
    ours = uid_for("k")
    uids = {"a": ours, "b": ours.lower(), "c": ours.replace("0" * 40, "1" * 40), "d": "outlook", "e": None}
    with store.write() as session:
        migrate.downgrade_schema(session.connection(), "0003")
        _add_integration(session)
        for key, uid in uids.items():
            values = {"key": key, "uid": uid}
            session.execute(
                text(
                    "INSERT INTO pair (key, person_id, uid, status, error_params, attempts)"
                    " VALUES (:key, 7, :uid, 'ok', '{}', 0)"
                ),
                values,
            )
    store.close()
    again = open_store(STORES.url(path))
    with again.read() as session:
        found = session.execute(text("SELECT key FROM pair WHERE brought ORDER BY key")).scalars().all()
    again.close()
    assert found == ["a", "b"]


@BOTH
def test_r24_a_former_store_offers_the_conflicts_of_its_history(store: Store, path: Path) -> None:
    with store.write() as session:
        migrate.downgrade_schema(session.connection(), "0006")
        _add_integration(session)
        for run, conflicts in ((1, 2), (2, 0)):
            session.execute(
                text(
                    "INSERT INTO run (id, person_id, started_at, pulled, pushed, conflicts, skipped, deleted,"
                    " requests, duration_ms, error_params)"
                    " VALUES (:run, 7, '2026-03-02 09:00:00', 0, 0, :conflicts, 0, 0, 0, 0, '{}')"
                ),
                {"run": run, "conflicts": conflicts},
            )
        for key, run, operation, reason in (
            ("lost", 1, "update", "conflict"),
            ("edited", 1, "update", "edited"),
            ("first", 1, "update", "matched"),
            ("other", 2, "update", "edited"),
        ):
            session.execute(
                text(
                    "INSERT INTO history (run_id, person_id, pair_key, side, operation, reason, detail, at)"
                    " VALUES (:run, 7, :key, 'exchange', :operation, :reason, '{}', '2026-03-02 09:00:00')"
                ),
                {"run": run, "key": key, "operation": operation, "reason": reason},
            )
    store.close()
    again = open_store(STORES.url(path))
    with again.read() as session:
        found = session.execute(text("SELECT pair_key FROM history WHERE contested")).scalars().all()
    again.close()
    assert found == ["lost"]


def test_a_migration_that_fails_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_connection: Connection) -> None:
        raise RuntimeError("kesken")

    with monkeypatch.context() as patch:
        patch.setattr(triggers, "install", broken)
        with pytest.raises(RuntimeError, match="kesken"):
            open_store(f"sqlite:///{path}")
    store = open_store(f"sqlite:///{path}", upgrade=False)
    with store.engine.connect() as connection:
        assert _objects(connection) == set()
    store.close()


def test_a_migration_that_breaks_a_reference_is_undone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Migrations run without foreign keys, or a rebuilt table would take with it what refers to it."""

    def careless(connection: Connection) -> None:
        connection.execute(
            text("INSERT INTO person (id, name, sort_name, company_id) VALUES (1, 'x', 'x', 404)")
        )

    with monkeypatch.context() as patch:
        patch.setattr(triggers, "install", careless)
        with pytest.raises(RuntimeError, match="person"):
            open_store(f"sqlite:///{path}")
    store = open_store(f"sqlite:///{path}")
    with store.read() as session:
        assert session.execute(text("SELECT count(*) FROM person")).scalar() == 0
    for opened in (store.read(), store.write()):
        with opened as session:
            assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
    store.close()


def test_every_database_has_an_identity_of_its_own(store: Store, tmp_path: Path) -> None:
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    found = set()
    for one in (store, other):
        with one.read() as session:
            found.add(session.execute(text("SELECT identity FROM store_identity")).scalar_one())
    other.close()
    assert len(found) == 2


def test_an_upgrade_restores_triggers_that_a_rebuilt_table_lost(store: Store) -> None:
    with store.write() as session:
        connection = session.connection()
        triggers.remove(connection)
        assert not [one for one in _objects(connection) if one[0] == "trigger"]
        triggers.install(connection)
        triggers.install(connection)
        assert len([one for one in _objects(connection) if one[0] == "trigger"]) == 6


@BOTH
def test_a_newer_revision_is_not_touched(store: Store) -> None:
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'tuleva'"))
        with pytest.raises(StoreError) as newer:
            migrate.upgrade_schema(session.connection(), store.place)
    assert newer.value.failure.code == "VF-STORE-02"
    assert newer.value.failure.params == {"found": "tuleva", "known": schema.newest()}


@BOTH
def test_an_unversioned_schema_of_ours_is_refused(store: Store) -> None:
    with store.write() as session:
        session.execute(text("DROP TABLE alembic_version"))
    with store.engine.connect() as connection, pytest.raises(StoreError) as refused:
        schema.check_schema(connection, store.place)
    assert refused.value.failure.code == "VF-STORE-03"


def test_the_migrations_are_found_beside_the_package() -> None:
    """What a wheel or a frozen program has to carry: plain files beside the module."""
    folder = Path(schema.__file__).with_name("migrations")
    assert (folder / "env.py").is_file()
    found = sorted(one.stem[1:5] for one in (folder / "versions").glob("r*.py"))
    assert found == list(schema.REVISIONS)


def test_the_migrations_are_found_in_any_folder(tmp_path: Path) -> None:
    """A folder with a percent sign and a space in its name is no reason to stop."""
    target = tmp_path / "100 % oma" / "migrations"
    shutil.copytree(Path(schema.__file__).with_name("migrations"), target)
    scripts = ScriptDirectory.from_config(migrate.migration_config(target))
    assert [one.revision for one in scripts.walk_revisions()][::-1] == list(schema.REVISIONS)
    assert scripts.get_current_head() == schema.newest()


def test_opening_a_database_that_is_up_to_date_does_not_load_alembic(store: Store, path: Path) -> None:
    """The window waits for this; Alembic alone costs as much as a third of Qt."""
    store.close()
    program = "import sys; from vfadmin.models.store import open_store; open_store(sys.argv[1]).close();"
    program += "print('alembic' in sys.modules)"
    command = [sys.executable, "-c", program, f"sqlite:///{path}"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.strip() == "False"

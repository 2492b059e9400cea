"""Opening, reading and writing the database; and what is said when it cannot be had."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from sqlalchemy import event, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from vfadmin.errors import StoreError
from vfadmin.models import Base, Company, Person, Setting
from vfadmin.models import store as store_module
from vfadmin.models.store import Store, open_store

pytestmark = pytest.mark.sqlite
BOTH = pytest.mark.both_stores
POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="mode bits are a POSIX matter")


def _pragmas(opened: AbstractContextManager[Session], names: Iterable[str]) -> dict[str, object]:
    with opened as session:
        return {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in names}


def _code(url: str) -> str:
    with pytest.raises(StoreError) as error:
        open_store(url)
    return error.value.failure.code


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)


def test_it_opens_with_what_keeps_data_safe(store: Store) -> None:
    expected = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30_000}
    assert _pragmas(store.read(), expected) == expected
    assert _pragmas(store.write(), expected) == expected
    assert store.scheme == "sqlite"


@POSIX_ONLY
def test_files_are_the_owners_alone_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        store = open_store(f"sqlite:///{path}")
        with store.write() as session:
            session.add(Company(name="Yhtiö Oy"))
        modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert modes == {"vfadmin.db": 0o600, "vfadmin.db-wal": 0o600, "vfadmin.db-shm": 0o600}


@POSIX_ONLY
def test_a_file_others_can_read_is_closed_to_them(path: Path) -> None:
    open_store(f"sqlite:///{path}").close()
    path.chmod(0o644)
    open_store(f"sqlite:///{path}").close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "Käyttäjä 100 % #1 & co"
    folder.mkdir()
    for _ in range(2):
        store = open_store(f"sqlite:///{folder / 'vfadmin.db'}")
        store.close()
    assert [one.name for one in folder.iterdir()] == ["vfadmin.db"]


@BOTH
def test_what_is_written_together_is_there_together(store: Store) -> None:
    with store.write() as session:
        company = Company(name="Yhtiö Oy")
        session.add(company)
    assert company.id == 1  # usable after the commit
    with store.read() as session:
        assert session.scalars(select(Company.name)).all() == ["Yhtiö Oy"]


@BOTH
def test_an_exception_undoes_everything(store: Store) -> None:
    def interrupted() -> None:
        with store.write() as session:
            session.add(Company(name="Yhtiö Oy"))
            session.flush()
            raise RuntimeError("kesken")

    with pytest.raises(RuntimeError, match="kesken"):
        interrupted()
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Company)) == 0


@BOTH
def test_a_broken_constraint_is_the_callers_and_undoes_everything(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as session:
        session.add_all([Company(name="Sama"), Company(name="Sama")])
    with pytest.raises(IntegrityError), store.write() as session:
        session.add(Person(id=1, name="x", sort_name="x", company_id=404))
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Company)) == 0


@BOTH
def test_a_wrong_statement_is_the_callers(store: Store) -> None:
    with pytest.raises((OperationalError, ProgrammingError)), store.read() as session:
        session.execute(text("SELECT nonsense FROM nowhere"))


@BOTH
def test_a_read_session_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError), store.read() as session:
        session.execute(insert(Company).values(name="x"))
    with store.write() as session:  # the connection is fit for writing again
        session.add(Company(name="y"))


@BOTH
def test_a_read_session_neither_waits_for_a_writer_nor_makes_it_wait(store: Store) -> None:
    with store.read() as reading:
        assert reading.scalars(select(Company.name)).all() == []
        with store.write() as session:
            session.add(Company(name="Yhtiö Oy"))
            session.flush()
            with store.read() as other:
                assert other.scalars(select(Company.name)).all() == []
        assert reading.scalars(select(Company.name)).all() == []  # one moment, to its end


def test_a_write_session_holds_the_lock_from_its_first_line(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=0)) as other:
        with store.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


@BOTH
def test_writers_of_one_process_take_turns_and_lose_nothing(store: Store) -> None:
    with store.write() as session:
        session.add(Setting(key="count", value=0))

    def increase(_turn: int) -> None:
        with store.write() as session:
            setting = session.get_one(Setting, "count")
            setting.value = setting.value + 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(increase, range(40)))
    with store.read() as session:
        assert session.get_one(Setting, "count").value == 40


@BOTH
def test_a_second_write_session_in_one_thread_is_refused_at_once(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError, match="for ever"), store.write():
        pass
    with store.write() as session:
        session.add(Company(name="x"))


@pytest.mark.usefixtures("impatient")
def test_another_process_that_does_not_finish_is_store_04(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as locked, store.write():
            pass
    assert locked.value.failure.code == "VF-STORE-04"
    with store.write() as session:
        session.add(Company(name="x"))
    store.close()


@pytest.mark.usefixtures("impatient")
def test_another_thread_that_does_not_finish_is_store_04(store: Store) -> None:
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with store.write():
            inside.set()
            assert done.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert inside.wait(30)
    try:
        with pytest.raises(StoreError) as locked, store.write():
            pass
    finally:
        done.set()
        holder.join()
    assert locked.value.failure.code == "VF-STORE-04"


def test_opening_again_changes_nothing(store: Store, path: Path) -> None:
    with store.write() as session:
        session.add(Company(name="Yhtiö Oy"))
    statements: list[str] = []
    again = open_store(f"sqlite:///{path}")
    event.listen(again.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with again.read() as session:
        assert session.scalars(select(Company.name)).all() == ["Yhtiö Oy"]
    again.close()
    assert not [one for one in statements if one.startswith(("CREATE", "INSERT"))]


def test_several_processes_that_start_at_once_migrate_once(path: Path) -> None:
    program = (
        "import sys; from vfadmin.models import migrate; from vfadmin.models.store import open_store;"
        "print('ready', flush=True); sys.stdin.readline(); store = open_store(sys.argv[1]);"
        "session = store.read().__enter__();"
        "print(session.connection().exec_driver_sql('SELECT identity FROM store_identity').scalar())"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, f"sqlite:///{path}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    answers = [one.communicate(timeout=60) for one in started]
    assert [one.returncode for one in started] == [0] * 4, answers
    assert len({out for out, _ in answers}) == 1


def test_threads_that_open_a_new_file_at_once_all_get_it(path: Path) -> None:
    """Switching to the write-ahead log is the one step SQLite does not wait in."""
    barrier = threading.Barrier(6)

    def open_and_close(turn: int) -> str:
        barrier.wait(30)
        store = open_store(f"sqlite:///{path.with_name(f'{turn // 6}.db')}")
        with store.read() as session:
            identity: str = session.execute(text("SELECT identity FROM store_identity")).scalar_one()
        store.close()
        return identity

    with ThreadPoolExecutor(6) as pool:
        for turn in range(5):
            assert len(set(pool.map(open_and_close, range(6 * turn, 6 * turn + 6)))) == 1


def test_a_database_that_stays_locked_is_store_04(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.write() as session:
        session.execute(text("DELETE FROM alembic_version"))
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(text(f"DROP TABLE {table.name}"))
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert _code(f"sqlite:///{path}") == "VF-STORE-04"


def test_a_file_that_is_no_database_is_store_03(path: Path) -> None:
    path.write_bytes(b"Tama on tekstia, ei tietokanta. " * 200)
    before = path.read_bytes()
    assert _code(f"sqlite:///{path}") == "VF-STORE-03"
    assert path.read_bytes() == before


def test_somebody_elses_database_is_store_03_and_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE invoice (id INTEGER)")
    before = path.read_bytes()
    assert _code(f"sqlite:///{path}") == "VF-STORE-03"
    assert path.read_bytes() == before


def test_somebody_elses_migrated_database_is_store_03(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('deadbeef')")
    assert _code(f"sqlite:///{path}") == "VF-STORE-03"


def test_a_newer_versions_database_is_store_02_and_untouched(store: Store, path: Path) -> None:
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as newer:
        open_store(f"sqlite:///{path}")
    assert newer.value.failure.code == "VF-STORE-02"
    assert newer.value.failure.params["found"] == "9999"
    assert newer.value.failure.params["known"]
    assert path.read_bytes() == before


def test_a_damaged_database_is_store_03(store: Store, path: Path) -> None:
    with store.write() as session:
        session.add_all(Company(name=f"Yhtiö {n} {'x' * 150}") for n in range(500))
    store.close()
    damaged = bytearray(path.read_bytes())
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    path.write_bytes(damaged)
    assert _code(f"sqlite:///{path}") == "VF-STORE-03"


def test_a_directory_in_its_place_is_store_03(path: Path) -> None:
    path.mkdir()
    assert _code(f"sqlite:///{path}") == "VF-STORE-03"


def test_a_missing_directory_is_store_01(path: Path) -> None:
    assert _code(f"sqlite:///{path.parent / 'puuttuu' / 'x.db'}") == "VF-STORE-01"


def test_a_place_nobody_can_write_is_home_01() -> None:
    """The kernel's own file system refuses even root."""
    assert _code("sqlite:////proc/vfadmin.db") in {"VF-HOME-01", "VF-STORE-01"}


@pytest.mark.parametrize(
    "url",
    ["", "roska", "sqlite://", "sqlite:///:memory:", "mysql://u:salaisuus@h/d", "oracle://h", "sqlite:/x"],
)
def test_an_address_that_is_none_of_ours_is_store_01(url: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert refused.value.failure.code == "VF-STORE-01"
    assert "salaisuus" not in str(refused.value.failure)


def test_the_shown_address_holds_no_password() -> None:
    with pytest.raises(StoreError) as refused:
        open_store("postgresql+psycopg://vf:salaisuus@127.0.0.1:1/vfadmin?connect_timeout=2")
    assert refused.value.failure.code == "VF-STORE-01"
    assert "salaisuus" not in str(refused.value.failure)


def test_without_upgrade_an_empty_file_stays_empty(path: Path) -> None:
    store = open_store(f"sqlite:///{path}", upgrade=False)
    with store.read() as session:
        assert session.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0
    store.close()


def test_nothing_is_left_behind_when_all_are_closed(store: Store, path: Path) -> None:
    with store.write() as session:
        session.add(Company(name="x"))
    store.close()
    assert [one.name for one in path.parent.iterdir()] == ["vfadmin.db"]


@pytest.fixture
def many(store: Store) -> Iterator[list[threading.Thread]]:
    threads: list[threading.Thread] = []
    yield threads
    for thread in threads:
        thread.join()
    store.close()


@BOTH
def test_many_readers_at_once_do_not_run_out_of_connections(
    store: Store, many: list[threading.Thread]
) -> None:
    barrier, seen = threading.Barrier(30), []

    def look() -> None:
        with store.read() as session:
            barrier.wait(30)
            seen.append(session.scalar(select(func.count()).select_from(Company)))

    many.extend(threading.Thread(target=look) for _ in range(30))
    for thread in many:
        thread.start()
    for thread in many:
        thread.join()
    assert seen == [0] * 30

"""A shared database on a real server: what differs from a file, and what is said when it cannot be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from tests.outsider import Outsider, outsider
from tests.postgresql import Server, restart, server, start_server, stop_process, take_away
from vfadmin.errors import StoreError
from vfadmin.models import CalendarEvent, Company, Person, Setting
from vfadmin.models import store as store_module
from vfadmin.models.store import Store, open_store

pytestmark = pytest.mark.postgresql
SECRET = "Salaisuus"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
EVENT = (
    "INSERT INTO event (owner_id, title, starts_at, ends_at, created_at, modified_at)"
    " VALUES (1, ?, now(), now(), now(), now()) RETURNING id"
)


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of a database with nothing in it."""
    name = server().new_database(template="template0")
    yield server().url(name)
    server().drop(name)


@pytest.fixture
def owner(store: Store) -> None:
    with store.write() as session:
        session.add(Person(id=1, name="Virta", sort_name="virta"))


def _code(run: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as refused:
        run()
    assert SECRET not in str(refused.value.failure)
    return refused.value.failure.code


def _identity(store: Store) -> str:
    with store.read() as session:
        identity: str = session.execute(text("SELECT identity FROM store_identity")).scalar_one()
    store.close()
    return identity


def test_who_is_at_work_while_a_store_is_closed_ends_its_connection_afterwards(store: Store) -> None:
    with store.read() as session:
        held = session.connection().connection.dbapi_connection
        store.close()
        assert session.execute(text("SELECT 1")).scalar_one() == 1
    assert held is not None
    assert held.closed
    with store.read() as session:
        again = session.connection().connection.dbapi_connection
    assert again is not None
    assert not again.closed


def _waits_for_a_lock(other: Outsider) -> None:
    """Go on when somebody waits for an advisory lock."""
    while not other.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
        pass


def test_an_empty_database_is_migrated_and_gets_an_identity(empty: str, store: Store) -> None:
    first = _identity(open_store(empty))
    assert _identity(open_store(empty)) == first
    assert _identity(store) != first


def test_several_processes_that_start_at_once_migrate_once(empty: str) -> None:
    program = (
        "import sys; from vfadmin.models import migrate, server; from vfadmin.models.store import open_store;"
        "print('ready', flush=True); sys.stdin.readline(); store = open_store(sys.argv[1]);"
        "session = store.read().__enter__();"
        "print(session.connection().exec_driver_sql('SELECT identity FROM store_identity').scalar())"
    )
    pipe = subprocess.PIPE
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty], stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )
        for _ in range(3)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    answers = [(one.stdin.write("go\n"), one.stdin.flush()) for one in started if one.stdin is not None]
    assert len(answers) == 3
    answered = [one.communicate(timeout=60) for one in started]
    assert [one.returncode for one in started] == [0] * 3, answered
    assert len({out for out, _ in answered}) == 1


def test_somebody_elses_database_is_store_03_and_untouched(empty: str) -> None:
    name = empty.partition("@/")[2].partition("?")[0]
    server().sql("CREATE TABLE invoice (id int)", name)
    assert _code(lambda: open_store(empty)) == "VF-STORE-03"
    assert server().sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name) == [("invoice",)]


def test_a_newer_versions_database_is_store_02(store: Store) -> None:
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert _code(lambda: open_store(store.url)) == "VF-STORE-02"


@pytest.mark.usefixtures("owner")
def test_change_numbers_become_visible_in_their_order(store: Store) -> None:
    """A reader that remembers the highest one misses none, whoever of two writers commits first."""
    with outsider(store) as slow, outsider(store) as quick, outsider(store) as looking:
        slow.run("BEGIN")
        first = slow.number(EVENT, "hidas")
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(quick.number, EVENT, "nopea")
            _waits_for_a_lock(looking)
            assert looking.rows("SELECT event_id FROM change_log") == []
            slow.run("COMMIT")
            assert second.result(30) > first
        assert looking.rows("SELECT event_id FROM change_log ORDER BY seq") == [(first,), (second.result(),)]


@pytest.mark.usefixtures("owner")
def test_what_a_write_session_has_read_stays_so_until_it_has_written(store: Store) -> None:
    """Another program's edit of an event waits; ours does not overwrite it unseen."""
    with outsider(store) as other, outsider(store) as looking, ThreadPoolExecutor(1) as pool:
        made = other.number(EVENT, "alku")
        with store.write() as session:
            row = session.get_one(CalendarEvent, made)
            theirs = pool.submit(other.run, "UPDATE event SET location = 'muualla' WHERE version = 1")
            _waits_for_a_lock(looking)
            row.title = "meidän"
        assert theirs.result(30).rowcount == 0  # the version it had read is gone
        assert other.rows("SELECT title, location, version FROM event") == [("meidän", "", 2)]


def test_what_is_no_text_is_left_out_and_the_rest_is_kept(store: Store) -> None:
    with store.write() as session:
        session.add(Company(name="a\0b \ud83d\ude00 \udc00 å"))
        session.add(Setting(key="k", value={"x\0": ["\0", "\ud800", "\\u0000", "😀", 1, None]}))
    with store.read() as session:
        assert session.scalars(select(Company.name)).all() == ["ab 😀 \N{REPLACEMENT CHARACTER} å"]
        kept = session.get_one(Setting, "k").value
    assert kept == {"x": ["", "\N{REPLACEMENT CHARACTER}", "\\u0000", "😀", 1, None]}


def test_the_longest_name_has_room(store: Store) -> None:
    """An index of PostgreSQL's takes no more than 2.7 kB a row; random letters cannot be compressed."""
    letters = [chr(0x20000 + 7919 * n % 40_000) for n in range(600)]
    long = Person(
        id=1,
        name="".join(letters[:200]),
        sort_name="".join(letters),
        email="".join(letters[:320]),
        search_text="".join(letters * 2),
    )
    with store.write() as session:
        session.add(long)
    with store.read() as session:
        assert session.scalars(select(Person.id).where(Person.sort_name == long.sort_name)).all() == [1]


@pytest.mark.usefixtures("owner")
def test_a_time_is_the_same_wherever_the_server_stands(store: Store) -> None:
    assert server().sql("SHOW timezone") == [("Asia/Tokyo",)]
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    with store.write() as session:
        session.add(
            CalendarEvent(owner_id=1, starts_at=NOW, ends_at=last, created_at=NOW, modified_at=NOW, title="x")
        )
    with store.read() as session:
        row = session.scalars(select(CalendarEvent)).one()
        assert (row.starts_at, row.ends_at) == (NOW, last)
    with outsider(store) as other:
        assert other.rows("SELECT starts_at AT TIME ZONE 'UTC' FROM event") == [(NOW.replace(tzinfo=None),)]


def test_a_refused_rows_content_is_in_no_error_r31(store: Store) -> None:
    """A server quotes the row, or the value, in its own words; those end up in logs."""
    refused: list[DBAPIError] = []
    with store.write() as session:
        session.add(Company(name=SECRET))
    for statement, values, kind in (
        (insert(Company).values(name=SECRET), {}, IntegrityError),
        (insert(Person).values(id=9, name=SECRET, sort_name="x", kind="y"), {}, IntegrityError),
        (text("SELECT CAST(:secret AS integer)"), {"secret": SECRET}, DataError),
        (insert(Company).values(name=SECRET * 30), {}, DataError),
    ):
        with pytest.raises(kind) as error, store.write() as session:
            session.execute(statement, values)
        refused.append(error.value)
    for one in refused:
        assert SECRET not in f"{one} {one.orig} {one.orig!r} {one.args}"
    assert "uq_company_name" in str(refused[0])


def test_another_writer_that_does_not_finish_is_store_04(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)
    impatient = open_store(store.url)
    with store.write():

        def write() -> None:
            with impatient.write():
                pass

        assert _code(write) == "VF-STORE-04"
        with impatient.read() as session:
            assert session.scalars(select(Company)).all() == []
    write()
    impatient.close()


def test_a_query_the_server_stops_is_store_04(store: Store) -> None:
    def slow() -> None:
        with store.read() as session:
            session.execute(text("SET LOCAL statement_timeout = '10ms'"))
            session.execute(text("SELECT pg_sleep(60)"))

    assert _code(slow) == "VF-STORE-04"


def test_two_that_wait_for_each_other_are_told_store_04(store: Store) -> None:
    """Another program locks in an order of its own; the server ends one of the two."""
    with store.write() as session:
        session.add_all([Company(id=1, name="a"), Company(id=2, name="b")])

    def ours(other: Outsider) -> None:
        with store.write() as session:
            session.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
            session.execute(text("UPDATE company SET name = 'A' WHERE id = 1"))
            waiting.append(pool.submit(other.run, "UPDATE company SET name = 'x' WHERE id = 1"))
            session.execute(text("UPDATE company SET name = 'B' WHERE id = 2"))

    waiting: list[object] = []
    with outsider(store) as other, ThreadPoolExecutor(1) as pool:
        other.run("BEGIN")
        other.run("SET LOCAL deadlock_timeout = '60s'")
        other.run("UPDATE company SET name = 'y' WHERE id = 2")
        assert _code(lambda: ours(other)) == "VF-STORE-04"


@pytest.mark.parametrize("database", ["puuttuu", "vfadmin_empty&port=1"])
def test_a_database_that_is_not_there_is_store_01(database: str) -> None:
    url = f"postgresql+psycopg://postgres:{SECRET}@/{database}?host={server().folder}"
    assert _code(lambda: open_store(url)) == "VF-STORE-01"


@pytest.fixture
def mortal() -> Iterator[Server]:
    """A server that may be stopped."""
    running = start_server()
    yield running
    take_away(running)


def test_a_server_that_restarts_breaks_what_was_under_way_and_nothing_else(mortal: Server) -> None:
    store = open_store(mortal.url("postgres"))
    with store.write() as session:
        session.add(Company(name="Ennen"))

    def broken_off() -> None:
        with store.write() as session:
            session.add(Company(name=SECRET))
            session.flush()
            restart(mortal)
            session.add(Company(name="Perässä"))

    assert _code(broken_off) == "VF-STORE-01"
    with store.write() as session:
        session.add(Company(name="Jälkeen"))
    with store.read() as session:
        assert session.scalars(select(Company.name).order_by(Company.id)).all() == ["Ennen", "Jälkeen"]
    stop_process(mortal)

    def look() -> None:
        with store.read() as session:
            session.scalars(select(Company)).all()

    assert _code(look) == "VF-STORE-01"
    assert _code(lambda: open_store(mortal.url("postgres"))) == "VF-STORE-01"
    store.close()


def test_opening_a_file_does_not_load_the_servers_driver(tmp_path: Path) -> None:
    program = "import sys; from vfadmin.models.store import open_store; open_store(sys.argv[1]).close();"
    program += "print('psycopg' in sys.modules)"
    command = [sys.executable, "-c", program, f"sqlite:///{tmp_path / 'x.db'}"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.strip() == "False"

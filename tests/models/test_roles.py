"""What a shared database refuses to whom, on a real server: by table, by statement, and after an upgrade."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text

from tests.outsider import outsider
from tests.postgresql import server
from tests.roles import LOGINS, as_user, make_login, make_roles, worked_on_as
from tests.stores import STORES
from vfadmin.errors import StoreError
from vfadmin.models import Base, Person, Setting, migrate, roles, schema
from vfadmin.models.rights import Role
from vfadmin.models.roles import USUAL
from vfadmin.models.store import Store, open_store

pytestmark = pytest.mark.postgresql
W, A, S = Role.WORKER, Role.ADMIN, Role.SUPPORT

MAY = {  # S: read, I: add, U: change, D: remove; u: change some columns only
    "alembic_version": ("S", "S", "S"),
    "audit": ("SI", "SI", "SI"),
    "change_floor": ("SIU", "SIU", "SIU"),
    "change_log": ("SID", "SID", "SID"),
    "company": ("S", "SIUD", "SIUD"),
    "connection": ("Su", "Su", "SIUD"),
    "cursor": ("SIUD", "SIUD", "SIUD"),
    "dirty": ("SIUD", "SIUD", "SIUD"),
    "event": ("SIU", "SIU", "SIU"),
    "event_link": ("S", "SIUD", "SIUD"),
    "event_type": ("S", "SIU", "SIU"),
    "history": ("SIUD", "SIUD", "SIUD"),
    "import_batch": ("S", "SIUD", "SIUD"),
    "import_change": ("", "SIUD", "SIUD"),
    "import_layout": ("", "SIUD", "SIUD"),
    "integration": ("Su", "SIUD", "SIUD"),
    "intent": ("SIUD", "SIUD", "SIUD"),
    "pair": ("SIUD", "SIUD", "SIUD"),
    "participant": ("SIUD", "SIUD", "SIUD"),
    "person": ("S", "SIUD", "SIUD"),
    "run": ("SIUD", "SIUD", "SIUD"),
    "setting": ("SIu", "SIu", "SIu"),
    "store_identity": ("S", "S", "S"),
    "worker": ("SIUD", "SIUD", "SIUD"),
}
"""What the three roles may do with each table; the worker's first. A new table needs a line here."""

_ROW = "(id, owner_id, starts_at, ends_at, created_at, modified_at) VALUES (1, 1, now(), now(), now(), now())"
_CONNECTION = (
    "INSERT INTO connection (name, protocol, options, blocked_params, version, server_version)"
    " VALUES ('{}', 'ews', '{{}}', '{{}}', 1, 'auto')"
)
_SETTING = "INSERT INTO setting (key, value, version) VALUES ('{}', 'true', 1)"
_INTEGRATION = (
    "INSERT INTO integration (person_id, login, state, calendar, calendar_name, generation, matched,"
    " error_params, attempts, waiting, fence, version)"
    " VALUES (1, 'v', 'active', 'default', 'V', 1, true, '{}', 0, 0, 0, 1)"
)
STATEMENTS: list[tuple[str, set[Role]]] = [
    # R27: the way to Exchange
    (_CONNECTION.format("uusi"), {S}),
    ("UPDATE connection SET account = 'toinen'", {S}),
    ("UPDATE connection SET url = 'https://toinen.test'", {S}),
    ("UPDATE connection SET blocked_code = NULL, url = 'https://toinen.test'", {S}),
    ("UPDATE connection SET blocked_code = 'EX-AUTH-01', version = version + 1", {W, A, S}),
    ("DELETE FROM connection", {S}),
    # R14: the switch of the whole
    ("UPDATE setting SET value = 'false' WHERE key = 'module'", {S}),
    (f"{_SETTING.format('module')} ON CONFLICT (key) DO UPDATE SET value = 'false'", {S}),
    ("UPDATE setting SET key = 'muu' WHERE key = 'module'", set()),
    ("DELETE FROM setting", set()),
    (_SETTING.format("alerts"), {S}),
    (_SETTING.format("valueframe"), {S}),
    (_SETTING.format("paused"), {A, S}),
    (_SETTING.format("alerts.mail"), {W, A, S}),
    # Whom it concerns, and with which login
    ("UPDATE person SET name = 'Toinen'", {A, S}),
    ("UPDATE integration SET login = 'toinen'", {A, S}),
    ("UPDATE integration SET calendar = 'new'", {A, S}),
    ("UPDATE integration SET state = 'error', fence = fence + 1", {W, A, S}),
    ("DELETE FROM integration", {A, S}),
    # What a sync does, and what nobody does
    (f"INSERT INTO event {_ROW}", {W, A, S}),
    ("UPDATE event SET deleted_at = now()", {W, A, S}),
    ("DELETE FROM event", set()),
    ("DELETE FROM event_link", {A, S}),
    ("INSERT INTO audit (at, actor, host, action, subject) VALUES (now(), 'x', 'y', 'z', 'q')", {W, A, S}),
    ("UPDATE audit SET actor = 'toinen'", set()),
    ("DELETE FROM audit", set()),
    ("TRUNCATE event CASCADE", set()),
    # Erasing a person is the administrator's, and not support's
    ("SELECT vfadmin_pseudonymise('poistettu #1', '[]')", {A}),
    ("SELECT vfadmin_erase_events(1)", {A}),
    ("UPDATE alembic_version SET version_num = '0001'", set()),
    ("UPDATE store_identity SET identity = 'x'", set()),
    # Ways around it
    ("ALTER TABLE setting DISABLE ROW LEVEL SECURITY", set()),
    ("DROP POLICY vfadmin_admin ON setting", set()),
    ("ALTER TABLE event DISABLE TRIGGER ALL", set()),
    ("DROP TABLE run", set()),
    ("CREATE TABLE public.oma (id int)", set()),
    ("CREATE FUNCTION public.max(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'", set()),
    ("GRANT vfadmin_support TO CURRENT_USER", set()),
    ("ALTER TABLE connection OWNER TO CURRENT_USER", set()),
    ("SET ROLE vfadmin_support", {S}),
    ("SET SESSION AUTHORIZATION postgres", set()),
]  # fmt: skip


@pytest.fixture
def shared(store: Store) -> Store:
    """A database with roles, a person, a connection and the switch."""
    make_roles(store)
    with store.write() as session:
        for one in (
            "INSERT INTO person (id, name, sort_name) VALUES (1, 'Virta', 'virta')",
            _INTEGRATION,
            _CONNECTION.format("ews"),
            _SETTING.format("module"),
        ):
            session.execute(text(one))
    return store


def _code(run: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as refused:
        run()
    return refused.value.failure.code


def test_every_table_says_who_may_write_it_and_the_server_holds_to_it(shared: Store) -> None:
    """A table of which nothing is declared beside it is nobody's but the owner's, and stands here."""
    with outsider(shared) as owner:
        there = {
            name for (name,) in owner.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }
        found = {table: tuple(_letters(owner.rows, table, USUAL[role]) for role in Role) for table in there}
    assert there == {"alembic_version", *Base.metadata.tables}
    assert found == MAY
    undeclared = [
        one.class_.__name__ for one in Base.registry.mappers if not hasattr(one.class_, "__rights__")
    ]
    assert undeclared == []


def _letters(rows: Callable[..., list[tuple[bool, bool]]], table: str, role: str) -> str:
    told = ""
    for letter, word in zip("SIUD", ("SELECT", "INSERT", "UPDATE", "DELETE"), strict=True):
        some = "false" if word == "DELETE" else f"has_any_column_privilege('{role}', '{table}', '{word}')"
        ((whole, part),) = rows(f"SELECT has_table_privilege('{role}', '{table}', '{word}'), {some}")
        told += letter if whole else letter.lower() if part else ""
    return told


@pytest.mark.parametrize("role", Role)
def test_r14_r27_each_statement_is_for_whom_it_is(shared: Store, role: Role) -> None:
    """By plain SQL, past everything of ours; each is rolled back."""
    with worked_on_as(shared, role) as store, outsider(store) as user:
        done = {statement for statement, _ in STATEMENTS if _does(user.connection, statement)}
    assert done == {statement for statement, allowed in STATEMENTS if role in allowed}


def _does(connection: psycopg.Connection[tuple[object, ...]], statement: str) -> bool:
    """Whether the server does it; refused is only what somebody has no right to."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement.encode())
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


@pytest.mark.parametrize(
    ("role", "statement", "code"),
    [
        (A, "UPDATE connection SET account = 'x'", "VF-ROLE-01"),
        (W, "UPDATE person SET name = 'x'", "VF-ROLE-02"),
        (W, "DELETE FROM integration", "VF-ROLE-02"),
        (W, "SELECT * FROM import_change", "VF-ROLE-03"),
        (A, "DELETE FROM setting", "VF-ROLE-02"),
        (A, "UPDATE store_identity SET identity = 'x'", "VF-ROLE-04"),
        (S, "DROP TABLE run", "VF-ROLE-04"),
        (S, "SELECT vfadmin_erase_events(1)", "VF-ROLE-09"),
        (W, "SELECT vfadmin_pseudonymise('poistettu #1', '[]')", "VF-ROLE-09"),
    ],
)
def test_who_may_is_named_by_the_code(shared: Store, role: Role, statement: str, code: str) -> None:
    def run() -> None:
        with store.write() as session:
            session.execute(text(statement))

    with worked_on_as(shared, role) as store:
        assert _code(run) == code


@pytest.mark.parametrize(
    ("role", "key", "code"),
    [(W, "module", "VF-ROLE-01"), (A, "module", "VF-ROLE-01"), (W, "days_back", "VF-ROLE-02")],
)
def test_of_a_setting_it_is_the_key_that_tells_who_may(
    shared: Store, role: Role, key: str, code: str
) -> None:
    def run() -> None:
        with store.write() as session:
            session.merge(Setting(key=key, value=False, version=2))

    with worked_on_as(shared, role) as store:
        assert _code(run) == code


@pytest.mark.parametrize(("keys", "who"), [(["paused", "module"], S), (["paused"], A)])
def test_of_several_settings_the_one_that_is_supports_counts(keys: list[str], who: Role) -> None:
    assert roles.keeper("INSERT INTO setting (key) VALUES (%s)", [{"key": one} for one in keys]) is who


def test_a_user_without_a_role_is_told_so(store: Store) -> None:
    make_login("vieras")
    assert _code(lambda: open_store(as_user(store.url, "vieras"))) == "VF-ROLE-03"


def test_the_roles_see_one_another_write(shared: Store) -> None:
    """The triggers run with the rights of whoever writes, and their numbers are everybody's."""
    with worked_on_as(shared, W) as worker, worked_on_as(shared, A) as admin:
        with admin.write() as session:
            session.execute(text(f"INSERT INTO event {_ROW}"))
        with worker.write() as session:
            session.execute(text("UPDATE event SET title = 'x'"))
        with admin.read() as session:
            assert session.execute(text("SELECT event_id FROM change_log")).all() == [(1,), (1,)]


# Giving them


@pytest.fixture
def owned() -> Iterator[str]:
    """The address of an empty database whose owner is nobody else of importance."""
    make_login("omistaja", "CREATEROLE")
    name = server().new_database(template="template0")
    server().sql(f"ALTER DATABASE {name} OWNER TO omistaja")
    yield as_user(server().url(name), "omistaja")
    server().drop(name)


def test_an_owner_who_is_no_superuser_gives_them_as_often_as_it_likes(owned: str) -> None:
    names = {W: "oma_ajo", A: "oma.hallinta", S: "Oma-Tuki"}
    store = open_store(owned)
    for _ in range(2):
        with store.rebuild() as connection:
            roles.give(connection, names)
            assert roles.given(connection) == names
    with store.rebuild() as connection:
        roles.give(connection, USUAL)
        assert roles.given(connection) == USUAL
    with outsider(store) as owner:
        left = owner.rows("SELECT has_table_privilege('Oma-Tuki', 'person', 'SELECT')")
        assert left == [(False,)], "what had the place has nothing any more"
    store.close()


def test_the_script_does_the_same(store: Store) -> None:
    before = _rights(store)
    server().sql(roles.script(USUAL), _database(store))
    by_script = _rights(store)
    server().sql(roles.script(USUAL), _database(store))
    assert before != by_script == _rights(store)
    make_roles(store)
    assert _rights(store) == by_script


def _database(store: Store) -> str:
    return str(store.engine.url.database)


def _rights(store: Store) -> list[tuple[object, ...]]:
    """Everything the server keeps of rights in this database."""
    asked = (
        "SELECT relname, relacl::text, relrowsecurity::text, attname, attacl::text FROM pg_class"
        " LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attacl IS NOT NULL"
        " WHERE relnamespace = 'public'::regnamespace"
        " UNION ALL SELECT policyname, roles::text, cmd, qual, with_check FROM pg_policies ORDER BY 1, 4"
    )
    return server().sql(asked, _database(store))


@pytest.mark.parametrize("former", [schema.REVISIONS[0], schema.REVISIONS[-2]])
def test_an_upgrade_is_the_owners_and_keeps_the_roles(shared: Store, former: str) -> None:
    rights, url = _rights(shared), shared.url
    with shared.rebuild() as connection:
        migrate.downgrade_schema(connection, former)
    for login in LOGINS.values():
        assert _code(partial(open_store, as_user(url, login))) == "VF-ROLE-04"
    open_store(url).close()
    assert _rights(shared) == rights
    with worked_on_as(shared, A) as admin, admin.read() as session:
        assert session.scalars(select(Person.name)).all() == ["Virta"]


def test_a_restored_database_has_its_roles_again(shared: Store) -> None:
    rights = _rights(shared)
    with shared.rebuild() as connection:
        migrate.rebuild_schema(connection, shared.place, schema.newest(), lambda _: None)
    assert _rights(shared) == rights


def test_a_database_without_roles_gets_none_by_an_upgrade(store: Store, path: Path) -> None:
    with store.rebuild() as connection:
        migrate.downgrade_schema(connection, "0005")
    store.close()
    again = open_store(STORES.url(path))
    with again.engine.connect() as connection:
        assert roles.given(connection) is None
    again.close()


def test_r31_a_refusal_says_nothing_of_the_row(shared: Store) -> None:
    with worked_on_as(shared, A) as store, pytest.raises(StoreError) as refused, store.write() as session:
        session.add(Setting(key="alerts", value={"server": "Salaisuus"}))
    assert refused.value.failure.params == {}
    assert "Salaisuus" not in str(refused.value.__cause__)


@pytest.mark.parametrize(
    ("name", "good"),
    [("vfadmin_admin", True), ("Oma-Tuki.1@x", True), ("", False), ("pg_tuki", False), ("a'b", False),
     ('a"b', False), ("ä", False), ("a b", False), ("x" * 64, False)],
)  # fmt: skip
def test_a_name_needs_no_thought_in_a_script(name: str, good: bool) -> None:
    assert roles.usable(name) is good


def test_a_connector_needs_what_the_page_says_and_no_role(shared: Store) -> None:
    page = Path(__file__).parents[2].joinpath("docs", "ROLES.md").read_text(encoding="utf-8")
    make_login("connector")
    given = [line.partition(" --")[0].strip() for line in page.splitlines() if "TO connector" in line]
    assert len(given) == 4
    for statement in given:
        server().sql(statement, _database(shared))
    with psycopg.connect(_address(as_user(shared.url, "connector")), autocommit=True) as connector:
        connector.execute(f"INSERT INTO event {_ROW}".encode())
        connector.execute("INSERT INTO participant (event_id, person_id) VALUES (1, 1)")
        connector.execute("UPDATE event SET title = 'x', starts_at = starts_at - interval '1 hour'")
        connector.execute("INSERT INTO event_link (event_id, kind, ref) VALUES (1, 'customer', 7)")
        connector.execute("DELETE FROM participant")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connector.execute("SELECT * FROM setting")


def _address(url: str) -> str:
    return url.replace("postgresql+psycopg", "postgresql")

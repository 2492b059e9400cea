"""The queue's tables: made once, by whoever comes first, and thrown away when their version is gone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import inspect, make_url, text

from tests.postgresql import server
from tests.roles import as_user, make_login, make_roles, worked_on_as
from vfadmin.errors import StoreError
from vfadmin.models.rights import Role
from vfadmin.models.roles import USUAL
from vfadmin.models.store import Store, open_store
from vfadmin.services.database_roles import give_roles, roles_script
from vfadmin.services.fleet.schema import prepare_queue, queue_schema

pytestmark = pytest.mark.postgresql


def _schemas(store: Store) -> set[str]:
    with store.engine.connect() as connection:
        return {one for one in inspect(connection).get_schema_names() if one.startswith("vfadmin_queue")}


def test_of_several_that_begin_together_one_makes_it(store: Store) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(prepare_queue, [store] * 3)) == {queue_schema()}
    assert _schemas(store) == {"vfadmin_queue_3_10"}


@pytest.mark.parametrize(("ago", "stays"), [(timedelta(days=2), False), (timedelta(hours=1), True)])
def test_another_versions_queue_goes_when_nobody_has_used_it_for_a_day(
    store: Store, ago: timedelta, stays: bool
) -> None:
    prepare_queue(store)
    with store.engine.begin() as connection:
        connection.execute(text("ALTER SCHEMA vfadmin_queue_3_10 RENAME TO vfadmin_queue_3_2"))
        seen = text("INSERT INTO vfadmin_queue_3_2.procrastinate_workers VALUES (DEFAULT, now() - :ago)")
        connection.execute(seen, {"ago": ago})
    prepare_queue(store)
    assert _schemas(store) == {"vfadmin_queue_3_10"} | ({"vfadmin_queue_3_2"} if stays else set())


def test_who_may_not_make_a_schema_is_told_what_to_ask_for(store: Store) -> None:
    """And an empty one that an administrator made for him is enough."""
    role = f"r_{store.engine.url.database}"
    with store.engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"))
    limited = open_store(make_url(str(store.url)).set(username=role).render_as_string(hide_password=False))
    try:
        with pytest.raises(StoreError) as refused:
            prepare_queue(limited)
        assert refused.value.failure.code == "VF-WORKER-03"
        assert refused.value.failure.params == {"schema": queue_schema()}
        with store.engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {queue_schema()} AUTHORIZATION {role}"))
        assert prepare_queue(limited) == queue_schema()
    finally:
        limited.close()
        with store.engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {role} CASCADE"))
            connection.execute(text(f"DROP ROLE {role}"))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("by_script", [False, True])
def test_whoever_has_a_role_may_use_the_queue_that_the_owner_made(
    store: Store, role: Role, by_script: bool
) -> None:
    """It belongs to the owner, whoever ran the script, and is there once however often it was run."""
    for _ in range(2):
        if by_script:
            server().sql(roles_script(), str(store.engine.url.database))
        make_roles(store)
    with worked_on_as(store, role) as opened:
        assert prepare_queue(opened) == queue_schema()
        with opened.engine.begin() as connection:
            connection.exec_driver_sql(f"SET LOCAL search_path TO {queue_schema()}")
            connection.exec_driver_sql("INSERT INTO procrastinate_workers DEFAULT VALUES")
            connection.exec_driver_sql(
                "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('a', 'b')"
            )
            connection.exec_driver_sql("UPDATE procrastinate_jobs SET status = 'doing'")
            done = connection.exec_driver_sql("DELETE FROM procrastinate_jobs RETURNING queue_name").scalars()
            assert done.all() == ["a"]
    assert _schemas(store) == {queue_schema()}


def test_a_role_that_lost_its_place_has_no_queue_any_more(store: Store) -> None:
    """And a queue that somebody else made for himself is not one to start with."""
    make_roles(store)
    give_roles(store.url, worker="toinen_tyo", admin="toinen_hallinta", support="toinen_tuki")
    server().sql(
        'GRANT SELECT ON alembic_version, setting TO "vfadmin_worker"', str(store.engine.url.database)
    )
    with worked_on_as(store, Role.WORKER) as former, pytest.raises(StoreError) as refused:
        prepare_queue(former)
    assert refused.value.failure.code == "VF-WORKER-03"
    give_roles(store.url, worker=USUAL[Role.WORKER])
    with worked_on_as(store, Role.WORKER) as again:
        assert prepare_queue(again) == queue_schema()


def test_an_owner_who_may_make_no_schema_gives_the_roles_all_the_same(owned: Store) -> None:
    name = str(owned.engine.url.database)
    server().sql(f"ALTER DATABASE {name} OWNER TO postgres", name)
    give_roles(owned.url)
    assert _schemas(owned) == set()
    server().sql(roles_script(), name)
    functions = "SELECT DISTINCT pg_get_userbyid(proowner) FROM pg_proc WHERE proname LIKE 'vfadmin%'"
    assert server().sql(functions, name) == [("talonmies",)]
    give_roles(owned.url)
    made = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'vfadmin_queue_3_10'"
    assert server().sql(made, name) == [("talonmies",)]
    make_roles(owned)
    with worked_on_as(owned, Role.WORKER) as worker:
        assert prepare_queue(worker) == queue_schema()


@pytest.fixture
def owned(store: Store) -> Iterator[Store]:
    """A database whose tables belong to somebody who administers nothing, on a server that has the roles."""
    make_roles(store)
    make_login("talonmies")
    name = server().new_database(template="template0")
    server().sql(f"ALTER DATABASE {name} OWNER TO talonmies")
    server().sql("GRANT ALL ON SCHEMA public TO talonmies", name)
    store = open_store(as_user(server().url(name), "talonmies"))
    yield store
    store.close()
    server().drop(name)


def test_a_queue_of_another_version_that_is_somebody_elses_is_let_be(store: Store) -> None:
    make_roles(store)
    with store.engine.begin() as connection:
        connection.execute(text("ALTER SCHEMA vfadmin_queue_3_10 RENAME TO vfadmin_queue_3_2"))
    make_roles(store)
    with store.engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA vfadmin_queue_3_1"))
        connection.execute(text("CREATE TABLE vfadmin_queue_3_1.procrastinate_jobs (id int)"))
    with worked_on_as(store, Role.WORKER) as worker:
        prepare_queue(worker)
    assert _schemas(store) == {"vfadmin_queue_3_10", "vfadmin_queue_3_1"}


def test_a_server_that_is_away_is_told_as_such(store: Store) -> None:
    gone = open_store(str(store.engine.url.render_as_string(hide_password=False)))
    server().drop(str(store.engine.url.database))
    with pytest.raises(StoreError) as away:
        prepare_queue(gone)
    assert away.value.failure.code == "VF-STORE-01"
    gone.close()

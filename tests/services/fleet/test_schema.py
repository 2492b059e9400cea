"""The queue's tables: made once, by whoever comes first, and thrown away when their version is gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import inspect, make_url, text

from tests.postgresql import server
from vfadmin.errors import StoreError
from vfadmin.models.store import Store, open_store
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


def test_a_server_that_is_away_is_told_as_such(store: Store) -> None:
    gone = open_store(str(store.engine.url.render_as_string(hide_password=False)))
    server().drop(str(store.engine.url.database))
    with pytest.raises(StoreError) as away:
        prepare_queue(gone)
    assert away.value.failure.code == "VF-STORE-01"
    gone.close()

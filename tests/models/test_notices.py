"""Whoever watches the store is told of what others write, on either kind of database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from tests.outsider import outsider
from vfadmin.errors import StoreError
from vfadmin.models import Company, Person
from vfadmin.models.notices import ChangeNotices
from vfadmin.models.store import Store

pytestmark = pytest.mark.both_stores
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
LONG = 60.0
"""Seconds nobody waits: what is waited for comes."""


def _write(store: Store, name: str) -> None:
    with store.write() as session:
        session.add(Company(name=name))


def test_a_write_is_told_once_and_what_was_before_is_no_news(store: Store) -> None:
    _write(store, "ennen")
    with ChangeNotices(store) as notices:
        assert not notices.wait(0)
        for name in ("a", "b", "c"):
            _write(store, name)
        assert notices.wait(LONG)
        assert not notices.wait(0)


def test_who_waits_is_told_by_another_thread(store: Store) -> None:
    with ChangeNotices(store) as notices, ThreadPoolExecutor(1) as pool:
        told = pool.submit(notices.wait, LONG)
        _write(store, "a")
        assert told.result(LONG)


def test_another_programs_change_of_an_event_is_told(store: Store) -> None:
    with store.write() as session:
        session.add(Person(id=1, name="Virta", sort_name="virta"))
    with ChangeNotices(store) as notices, outsider(store) as other:
        other.run(
            "INSERT INTO event (owner_id, starts_at, ends_at, created_at, modified_at)"
            " VALUES (1, ?, ?, ?, ?)",
            *(NOW, NOW, NOW, NOW),
        )
        assert notices.wait(LONG)


def test_what_was_undone_is_not_told(store: Store) -> None:
    _write(store, "sama")
    with ChangeNotices(store) as notices:
        with pytest.raises(IntegrityError):
            _write(store, "sama")
        assert not notices.wait(0)


def test_who_waits_can_be_woken_and_then_waits_no_more(store: Store) -> None:
    with ChangeNotices(store) as notices:
        waking = threading.Thread(target=notices.wake)
        waking.start()
        assert not notices.wait(LONG)
        waking.join()
        assert not notices.wait(LONG)
    notices.wake()


@pytest.mark.postgresql
def test_a_broken_connection_is_store_01(store: Store) -> None:
    with ChangeNotices(store) as notices, outsider(store) as other:
        other.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        with pytest.raises(StoreError) as broken:
            notices.wait(LONG)
    assert broken.value.failure.code == "VF-STORE-01"

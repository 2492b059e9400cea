"""A whole worker in this process, over a real server and a real Exchange."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.fleet.world import QUICK
from tests.services.customer import ANNA, HOUR, PEKKA, PEOPLE, Customer
from tests.strategies import NOW
from vfadmin.errors import StoreError, UsageError, failure
from vfadmin.models import Integration
from vfadmin.models.store import Store, open_store
from vfadmin.services.fleet.clock import ServerClock
from vfadmin.services.fleet.worker import FleetWorker
from vfadmin.services.synchronise import MailboxResult
from vfadmin.services.workers import Workers
from vfadmin.simulator import Simulator
from vfadmin.sync.outcome import STOPPED

pytestmark = pytest.mark.postgresql
HOURS = int((datetime.now(UTC) - NOW) / HOUR)
"""The server's clock is the real one; the customer's stands still."""


class Working:
    """A worker in a thread, and what it tells."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.worker = FleetWorker(
            customer.store, customer.synchronise, 2, clock=lambda: datetime.now(UTC), pace=QUICK
        )
        self.results: list[MailboxResult] = []
        self.threads: set[str] = set()
        self.refused: StoreError | None = None
        self._news = threading.Condition()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            self.worker.run(self._note, self._ready.set)
        except StoreError as error:
            self.refused = error

    def _note(self, result: MailboxResult) -> None:
        with self._news:
            self.results.append(result)
            self._news.notify_all()

    @property
    def begun(self) -> bool:
        return self._thread.ident is not None

    def begin(self) -> None:
        self._thread.start()
        assert self._ready.wait(60)

    def until(self, true: Callable[[], bool]) -> None:
        left = 600
        with self._news:
            while not true():
                self._news.wait(0.1)
                left -= 1
                assert left, self.results

    def end(self) -> None:
        self.worker.stop()
        self._thread.join(60)
        assert not self._thread.is_alive()

    def join(self) -> None:
        self._thread.join(60)
        assert not self._thread.is_alive()


@pytest.fixture
def working(customer: Customer) -> Iterator[Working]:
    made = Working(customer)
    yield made
    made.worker.stop()
    if made.begun:
        made.join()


def _both(customer: Customer, person: int) -> tuple[list[str], list[str]]:
    return customer.valueframe_titles(person), customer.outlook_titles(person)


def test_what_falls_due_and_what_is_woken_on_either_side_is_synchronised(working: Working) -> None:
    """The poll is two minutes away when people write: they do not wait for it."""
    customer = working.customer
    for person in PEOPLE:
        customer.activate(person)
    customer.in_valueframe(ANNA, "v1", HOURS)
    customer.in_outlook(PEKKA, "e1", HOURS)
    working.begin()
    working.until(lambda: _both(customer, ANNA) == (["v1"], ["v1"]))
    working.until(lambda: _both(customer, PEKKA) == (["e1"], ["e1"]))
    asked = customer.simulator.request_counts
    working.until(lambda: asked()["Subscribe"] >= len(PEOPLE))
    customer.in_valueframe(PEKKA, "v2", HOURS + 2)
    working.until(lambda: _both(customer, PEKKA) == (["e1", "v2"], ["e1", "v2"]))
    customer.in_outlook(ANNA, "e2", HOURS + 2)
    working.until(lambda: _both(customer, ANNA) == (["e2", "v1"], ["e2", "v1"]))
    (row,) = Workers(customer.store, clock=lambda: datetime.now(UTC)).alive()
    assert row.mailboxes >= len(PEOPLE)
    working.end()
    assert {one.failure.code for one in working.results if one.failure is not None} <= {STOPPED}
    with customer.store.read() as session:
        assert session.scalars(select(Integration.lease_owner)).all() == [None] * len(PEOPLE)
        asked = "SELECT count(*) FROM vfadmin_queue_3_10.procrastinate_jobs WHERE queue_name = 'mailboxes'"
        assert session.execute(text(asked)).scalar() == 0
    assert Workers(customer.store, clock=lambda: datetime.now(UTC)).alive() == ()


def test_r14_while_all_is_paused_nothing_is_taken_and_it_goes_on_at_a_word(working: Working) -> None:
    customer = working.customer
    customer.services.settings.set_paused(paused=True)
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "v1", HOURS)
    working.begin()
    clock = ServerClock(customer.store, lambda: datetime.now(UTC))
    began = clock()
    workers = Workers(customer.store, clock=clock)
    working.until(lambda: workers.alive()[0].seen_at > began + timedelta(seconds=1))
    assert customer.row(ANNA).fence == 0
    customer.services.settings.set_paused(paused=False)
    working.until(lambda: customer.outlook_titles(ANNA) == ["v1"])
    working.end()


@pytest.mark.expected_log("the database's schema is 9999 now: this worker stops")
def test_a_worker_stops_when_another_version_has_changed_the_schema(working: Working) -> None:
    working.begin()
    with working.customer.store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    working.join()
    assert working.refused is not None
    assert working.refused.failure.code == "VF-WORKER-02"
    assert working.refused.failure.params["found"] == "9999"


@pytest.mark.expected_log("the work is taken up again after: VF-STORE-04")
def test_a_store_that_fails_for_a_moment_ends_no_worker(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer, failing = working.customer, threading.Event()
    tend = working.worker._engine.tend

    def fails_once() -> None:
        if not failing.is_set():
            failing.set()
            raise StoreError(failure("VF-STORE-04"))
        tend()

    monkeypatch.setattr(working.worker._engine, "tend", fails_once)
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "v1", HOURS)
    working.begin()
    working.until(lambda: customer.outlook_titles(ANNA) == ["v1"])
    working.end()
    assert failing.is_set()


def test_a_worker_whose_connections_all_break_goes_on(
    working: Working, expected_log: Callable[..., None]
) -> None:
    for line in ("the queue is out of reach", "the work is taken up again", "a job of a worker that is gone"):
        expected_log(line, optional=True)
    customer = working.customer
    customer.activate(ANNA)
    working.begin()
    working.until(lambda: bool(working.results))
    with customer.store.engine.connect() as connection:
        broken = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        mine = " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(broken + mine))
    customer.in_valueframe(ANNA, "v1", HOURS)
    working.until(lambda: customer.outlook_titles(ANNA) == ["v1"])
    working.end()


def test_a_file_is_no_place_for_several_workers(tmp_path: Path, exchange: Simulator, store_kind: str) -> None:
    del store_kind
    store: Store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    customer = Customer(store, tmp_path, exchange)
    with pytest.raises(UsageError) as refused:
        FleetWorker(store, customer.synchronise, 2, clock=customer.clock)
    assert refused.value.failure.code == "VF-WORKER-01"
    customer.synchronise.close()
    store.close()


def test_a_worker_that_freezes_holds_the_writers_up_for_seconds_only(working: Working) -> None:
    working.begin()
    with working.customer.store.engine.connect() as connection:
        told = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar()
    working.end()
    assert told == "5s"


def test_the_servers_clock_counts(store: Store) -> None:
    behind = ServerClock(store, lambda: datetime.now(UTC) - timedelta(hours=1))
    assert behind() < datetime.now(UTC) - timedelta(minutes=59)
    behind.adjust()
    assert abs(behind() - datetime.now(UTC)) < timedelta(seconds=30)

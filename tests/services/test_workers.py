"""Who synchronises, as far as the store tells."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.clock import FakeClock
from tests.services.scenes import active, change, remember
from vfadmin.models import Dirty, Worker
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.workers import ALIVE, Fleet, QueueDepth, WorkerKind

pytestmark = pytest.mark.both_stores


def _process(store: Store, name: str, seen_at: datetime, kind: str = "worker", **more: object) -> None:
    with store.write() as session:
        row = {"host": f"kone-{name}", "pid": 4, "version": "0.1.0", "kind": kind}
        session.add(Worker(id=name, started_at=seen_at, seen_at=seen_at, **{**row, **more}))


def test_where_nobody_synchronises_there_is_nobody(services: Services) -> None:
    assert services.workers.fleet() == Fleet()
    assert services.workers.fleet().per_minute == 0


def test_who_gave_no_sign_of_life_is_gone(services: Services, store: Store, fake_clock: FakeClock) -> None:
    now = fake_clock.now
    _process(store, "a", now - ALIVE)
    _process(store, "b", now - ALIVE + timedelta(seconds=1), recent=30, mailboxes=90, changes=7)
    _process(store, "c", now, "desktop", stopping=True)
    _process(store, "d", now + timedelta(minutes=3), recent=12)  # its clock is ahead

    fleet = services.workers.fleet()

    assert [one.id for one in fleet.workers] == ["b", "d", "c"]
    assert fleet.workers == services.workers.alive()
    assert fleet.per_minute == 42
    first, *_, last = fleet.workers
    assert (first.host, first.pid, first.version, first.kind) == ("kone-b", 4, "0.1.0", WorkerKind.WORKER)
    assert (first.mailboxes, first.changes, first.per_minute, first.stopping) == (90, 7, 30, False)
    assert first.started_at == first.seen_at == now - ALIVE + timedelta(seconds=1)
    assert (last.kind, last.stopping) == (WorkerKind.DESKTOP, True)


def test_the_queue_is_what_waits(services: Services, store: Store, fake_clock: FakeClock) -> None:
    now = fake_clock.now
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")
    due, later, working, postponed = (active(services, name).id for name in ("A", "B", "C", "D"))
    change(store, due, next_run_at=now)
    for one in (later, postponed):
        change(store, one, next_run_at=now + timedelta(minutes=2))
    remember(store, later, now)
    change(store, working, next_run_at=now, lease_owner="x", lease_until=now + timedelta(minutes=1))
    with store.write() as session:
        session.add(
            Dirty(person_id=postponed, side="exchange", item_id="x", not_before=now + timedelta(days=1))
        )

    assert services.workers.fleet().queue == QueueDepth(due=1, dirty=1, held=1)


def test_a_lease_from_a_clock_far_ahead_is_nobodys(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    change(store, active(services).id, lease_owner="x", lease_until=fake_clock.now + timedelta(days=1))
    assert services.workers.fleet().queue.held == 0

from __future__ import annotations

from datetime import timedelta

from tests.clock import FakeClock
from tests.services.scenes import active, change, person, stop
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.search import StateCounts
from vfadmin.services.status import WaitingMailbox


def test_an_empty_store_stands_still(services: Services) -> None:
    summary = services.status.summary()

    assert summary.counts == StateCounts()
    assert (summary.delayed, summary.waiting, summary.oldest, summary.workers) == (0, 0, None, 0)
    assert (summary.module, summary.connections, summary.synchronising) == (True, (), False)


def test_the_summary_counts_what_the_engine_works_on(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    anna, bertta, room = (
        active(services, "Anna"),
        active(services, "Bertta"),
        person(services, "Huone", resource=True),
    )
    services.activation.activate([room.id], login="room@firma.fi")
    stopped = active(services, "Seppo")
    stop(store, stopped.id, fake_clock.now)
    now = fake_clock.now
    change(store, anna.id, failing_since=now, waiting=2, next_run_at=now + timedelta(minutes=5))
    change(
        store,
        bertta.id,
        waiting=1,
        next_run_at=now - timedelta(minutes=3),
        lease_owner="pc:1",
        lease_until=now,
    )
    change(store, stopped.id, lease_owner="pc:2", lease_until=now + timedelta(minutes=1), waiting=9)
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")

    summary = services.status.summary()

    assert summary.counts == StateCounts(active=3, error=1, total=4)
    assert (summary.delayed, summary.waiting, summary.workers) == (1, 3, 1)
    assert summary.oldest == WaitingMailbox(bertta.id, "Bertta", now - timedelta(minutes=3))
    assert [one.name for one in summary.connections] == ["ews"]
    assert summary.synchronising


def test_r14_nothing_is_synchronised_while_the_module_is_off(services: Services) -> None:
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")
    services.settings.set_module(on=False)

    summary = services.status.summary()

    assert (summary.module, summary.synchronising) == (False, False)

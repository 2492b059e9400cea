"""R24: how the whole stands, as one value, and what of it is new."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clock import FakeClock
from tests.services.scenes import active, change, stop
from vfadmin.models import Connection, Run
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.health import Health, news


def breaker(store: Store, name: str, until: object = None) -> None:
    with store.write() as session:
        row = session.get(Connection, name)
        assert row is not None
        row.blocked_code, row.blocked_until = "EX-AUTH-01", until  # type: ignore[assignment]


def test_all_is_well_where_nothing_is(services: Services) -> None:
    health = services.health.now()
    assert health == Health(services.status.summary())
    assert health.concerns() == {}
    assert (health.stopped, health.silent, health.blocked, health.expiring) == ((), 0, (), ())


def test_r24_health_tells_what_stopped_is_silent_or_shut_and_when_it_last_worked(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now = fake_clock.now
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")
    works, silent, stopped = (active(services, name) for name in ("Anna", "Bea", "Cia"))
    change(store, works.id, last_synced_at=now - timedelta(minutes=1), next_run_at=now)
    old = now - timedelta(hours=30)
    change(store, silent.id, last_synced_at=old, next_run_at=now - timedelta(hours=3))
    stop(store, stopped.id, now)
    with store.write() as session:
        session.add(Run(person_id=works.id, started_at=now, finished_at=now))
        session.add(Run(person_id=works.id, started_at=now))

    health = services.health.now()

    assert [(one.code, one.stopped) for one in health.stopped] == [("EX-IMP-01", 1)]
    assert (health.silent, health.due, health.blocked) == (1, 2, ())
    assert (health.last_cycle, health.oldest_success) == (now, old)
    assert health.concerns() == {"stopped:EX-IMP-01": 1, "silent": 1}

    breaker(store, "ews")
    shut = services.health.now()
    assert [one.name for one in shut.blocked] == ["ews"]
    assert "blocked:ews:EX-AUTH-01" in shut.concerns()
    breaker(store, "ews", now + timedelta(minutes=5))
    passing = services.health.now()
    assert [one.name for one in passing.blocked] == ["ews"]
    assert "blocked:ews:EX-AUTH-01" not in passing.concerns(), "it is tried again by itself"


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({}, {"silent": 1}, ("silent",)),
        ({"silent": 1}, {"silent": 1}, ()),
        ({"silent": 1}, {"silent": 2}, ("silent",)),
        ({"silent": 2}, {"silent": 1}, ()),
        ({"silent": 1}, {}, ()),
    ],
)
def test_news_is_what_was_not_there_or_has_grown_by_an_order_of_magnitude(
    before: dict[str, int], now: dict[str, int], told: tuple[str, ...]
) -> None:
    assert news(before, now) == told

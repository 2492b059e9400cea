"""What several processes agree on through the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.empty_database import opened_empty
from tests.services.scenes import active, change, integration
from vfadmin.models import CalendarEvent, Cursor
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.sync import fleet, lease, schedule
from vfadmin.sync.schedule import Stretch

pytestmark = pytest.mark.both_stores
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened_empty(tmp_path / "vfadmin.db")
    yield store
    store.close()


@pytest.fixture
def services(store: Store, fake_clock: FakeClock, tmp_path: Path) -> Services:
    actor = Actor("tuki", "kone")
    made = build_services(store, tmp_path, clock=fake_clock, actor=actor, secrets=MemorySecrets())
    made.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")
    return made


def test_everybody_is_in_one_stretch(services: Services, store: Store) -> None:
    ids = [active(services, f"P{number}").id for number in range(5)]
    services.activation.passivate([ids[1]])
    with store.read() as session:
        found = fleet.stretches(session, 2)
        assert fleet.stretches(session, 10) == [Stretch(ids[0])]
    assert found == [Stretch(ids[0], ids[3]), Stretch(ids[3])]
    assert [sum(one in stretch for stretch in found) for one in ids] == [1] * 5
    assert ids[0] - 1 not in found[0]


def test_nobody_has_no_stretch(services: Services, store: Store) -> None:
    del services
    with store.read() as session:
        assert fleet.stretches(session, 2) == []


def test_only_those_of_a_stretch_are_due_in_it(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    ids = [active(services, f"P{number}").id for number in range(3)]
    with store.read() as session:
        for among, wanted in (
            (None, ids),
            (Stretch(ids[1]), ids[1:]),
            (Stretch(ids[0], ids[1]), ids[:1]),
        ):
            assert schedule.due(session, fake_clock.now, None, among) == wanted
        assert schedule.due_count(session, fake_clock.now) == 3


def test_who_is_woken_goes_first_unless_it_failed_or_is_at_work(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now = fake_clock.now
    free, failed, working, other = (active(services, f"P{number}").id for number in range(4))
    for one in (free, failed, working, other):
        change(store, one, next_run_at=now + MINUTE)
    change(store, failed, failing_since=now)
    change(store, working, lease_owner="x", lease_until=now + MINUTE)
    with store.write() as session:
        fleet.hurry(session, now, [free, failed, working])
    with store.read() as session:
        assert fleet.hurried(session, now, 9) == [free]
    assert integration(store, failed).next_run_at == now + MINUTE
    assert integration(store, working).next_run_at == now + MINUTE


def test_who_is_claimed_is_nobody_elses_for_a_while(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now = fake_clock.now
    ids = [active(services, f"P{number}").id for number in range(3)]
    with store.write() as session:
        fleet.hurry(session, now, ids)
        assert fleet.claim(session, now, 2, MINUTE) == ids[:2]
        assert fleet.claim(session, now, 2, MINUTE) == ids[2:]
        assert fleet.claim(session, now, 2, MINUTE) == []
    with store.write() as session:
        assert schedule.due(session, now, None) == []
        assert schedule.due(session, now + MINUTE, None) == ids
        fleet.unclaim(session, now, ids[:1])
        assert schedule.due(session, now, None) == ids[:1]


def test_who_has_read_all_changes_is_not_behind(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now = fake_clock.now
    new, read, strange, calm = (active(services, f"P{number}").id for number in range(4))
    with store.write() as session:
        for one in (new, read, strange):
            session.add(
                CalendarEvent(owner_id=one, starts_at=now, ends_at=now, created_at=now, modified_at=now)
            )
    everybody = [new, read, strange, calm]
    with store.write() as session:
        assert fleet.behind(session, everybody) == [new, read, strange]
        session.add(Cursor(person_id=read, side="valueframe", token=f"store:{read}:999"))
        session.add(Cursor(person_id=strange, side="valueframe", token="of a REST interface"))
    with store.read() as session:
        assert fleet.behind(session, everybody) == [new, strange]
        assert fleet.behind(session, []) == []


def test_a_short_lease_is_kept_by_its_owner_alone(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now, short = fake_clock.now, timedelta(seconds=2)
    mine, others = (active(services, name).id for name in ("A", "B"))
    with store.write() as session:
        held = lease.acquire(session, mine, "me", now, short)
        lease.acquire(session, others, "you", now, short)
        lease.renew(session, held, now + short)
        session.flush()
    assert integration(store, mine).lease_until == now + 2 * short
    with store.write() as session:
        lease.prolong(session, "me", [], now + MINUTE)
    assert integration(store, mine).lease_until == now + 2 * short  # nobody works there: it runs out
    with store.write() as session:
        lease.prolong(session, "me", [mine, others], now + MINUTE)
    assert integration(store, mine).lease_until == now + MINUTE
    assert integration(store, others).lease_until == now + short
    with store.write() as session:
        lease.give_back(session, "me")
        lease.prolong(session, "me", [mine], now + MINUTE)
    assert (integration(store, mine).lease_owner, integration(store, mine).lease_until) == (None, None)
    assert integration(store, mine).fence == held.fence + 1
    assert integration(store, others).lease_owner == "you"

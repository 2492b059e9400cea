"""Stories a review of the engine found: each lost, doubled or silenced something once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.strategies import NOW, plain
from tests.sync.looking import fill, history, integration
from tests.sync.office import Office
from tests.sync.world import PERSON, Fault, World, one_by_one
from vfadmin.calendars.base import Fetched, Item, Side
from vfadmin.calendars.event import Event
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, StaleVersion, UsageError, failure
from vfadmin.models import Connection, EventParticipant, Integration
from vfadmin.models.store import Store
from vfadmin.sync import lease as leases
from vfadmin.sync.cycle import sync_mailbox
from vfadmin.sync.engine import Engine
from vfadmin.sync.journal import Journal
from vfadmin.sync.run import RunRecord
from vfadmin.sync.schedule import due
from vfadmin.sync.values import Act, Outcome, PairPlan, PairView, Policy, Reason, Twin, Write

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def titles(world: World, side: Side) -> list[str]:
    return [event.title for event in world.shown(side)]


def refuse_title(patch: pytest.MonkeyPatch, method: str, title: str, error: CalendarError) -> None:
    """Let the far side fail at one event."""
    original = getattr(SqlCalendar, method)

    def failing(self: SqlCalendar, *arguments: Any, **more: Any) -> Any:
        event = next(one for one in arguments if isinstance(one, Event))
        if self.side is EX and event.title == title:
            raise error
        return original(self, *arguments, **more)

    patch.setattr(SqlCalendar, method, failing)
    patch.setattr(SqlCalendar, "write_together", one_by_one)


def make_unreadable(patch: pytest.MonkeyPatch, title: str, bad: Callable[[], bool]) -> None:
    """Let one Exchange item be unreadable while ``bad`` says so."""
    original = SqlCalendar.fetch

    def fetch(self: SqlCalendar, ids: Any) -> Fetched:
        found = original(self, ids)
        if self.side is not EX or not bad():
            return found
        broken = {id_ for id_, item in found.items.items() if item.event.title == title}
        kept = {id_: item for id_, item in found.items.items() if id_ not in broken}
        return Fetched(kept, {id_: failure("EX-ITEM-03", detail="corrupt") for id_ in broken})

    patch.setattr(SqlCalendar, "fetch", fetch)


def hold_six(world: World) -> dict[str, str]:
    """Twelve events of which ValueFrame deleted six; answers Exchange's ids by title."""
    fill(world, 12)
    world.policy = Policy()
    ids, far = world.valueframe.ids(), world.exchange.ids()
    for title in sorted(ids)[:6]:
        world.valueframe.remove(ids[title])
    result = world.sync()
    assert result is not None
    assert result.held == 6
    return far


def test_held_deletions_do_not_trickle_through_one_by_one(ews_world: World) -> None:
    far = hold_six(ews_world)
    for title in sorted(far)[:3]:
        ews_world.exchange.touch(far[title])
        ews_world.sync()
    assert len(ews_world.shown(EX)) == 12
    assert integration(ews_world).waiting == 6


def test_what_is_held_counts_against_the_next_deletions(world: World) -> None:
    hold_six(world)
    world.valueframe.remove(next(iter(world.valueframe.ids().values())))
    result = world.sync()
    assert result is not None
    assert (result.deleted, result.held) == (0, 1)


def test_a_held_deletion_from_exchange_is_not_forgotten(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    far, near = world.exchange.ids(), world.valueframe.ids()
    for title in sorted(far)[:6]:
        world.exchange.remove(far[title])
    world.sync()
    with world.store.write() as session:  # a logged change that is none of the content
        session.add(EventParticipant(event_id=int(near["Tapahtuma 00"]), person_id=PERSON))
    world.sync()
    assert integration(world).waiting == 6
    assert len(world.shown(VF)) == 12


def test_an_empty_listing_of_a_single_pair_is_held(world: World) -> None:
    fill(world, 1)
    world.policy = Policy()
    world.exchange.remove(next(iter(world.exchange.ids().values())))
    world.lose_cursor(EX)
    result = world.sync()
    assert result is not None
    assert (result.deleted, result.held) == (0, 1)


def test_taking_over_waits_for_an_item_that_cannot_be_read_r29(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = [True]
    make_unreadable(monkeypatch, "Sama 1", lambda: bad[0])
    for number in range(3):
        world.valueframe.add(plain(f"Sama {number}", days=1 + number))
        world.exchange.add(plain(f"Sama {number}", days=1 + number))
    result = world.sync()
    assert result is not None
    assert (result.pulled, result.pushed) == (0, 0)
    row = integration(world)
    assert (row.waiting, row.matched, row.last_synced_at) == (1, False, None)
    bad[0] = False
    world.now += timedelta(hours=1)
    world.settle()
    assert titles(world, VF) == titles(world, EX) == ["Sama 0", "Sama 1", "Sama 2"]
    assert integration(world).matched


def test_twins_within_a_calendar_are_not_doubled_at_takeover_r29(world: World) -> None:
    for _ in range(2):
        world.valueframe.add(plain("Lounas"))
        world.exchange.add(plain("Lounas"))
    world.sync()
    assert (len(world.shown(VF)), len(world.shown(EX))) == (2, 2)


def test_a_deletion_in_doubt_is_not_taken_for_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world, 1)
    bad = [False]
    make_unreadable(monkeypatch, "Tapahtuma 00", lambda: bad[0])
    world.valueframe.remove(next(iter(world.valueframe.ids().values())))
    world.sync(Fault("before-write", 1, kill=True))
    bad[0] = True
    world.sync()
    bad[0] = False
    world.now += timedelta(hours=7)
    world.settle()
    assert world.shown(VF) == world.shown(EX) == []


def test_an_update_in_doubt_keeps_the_users_later_edit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world, 1)
    bad = [False]
    make_unreadable(monkeypatch, "Tapahtuma 00", lambda: bad[0])
    (near,), (far,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(near, location="ValueFramesta")
    world.sync(Fault("after-write", 1, kill=True))
    world.exchange.edit(far, location="käyttäjältä")
    bad[0] = True
    world.sync()
    bad[0] = False
    world.now += timedelta(hours=7)
    world.settle()
    assert [event.location for event in world.shown(VF)] == ["käyttäjältä"]
    assert world.shown(VF) == world.shown(EX)


def test_an_item_that_is_always_stale_is_set_aside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world, 2)
    refuse_title(monkeypatch, "update", "Tapahtuma 00", StaleVersion(failure("EX-ITEM-02")))
    world.valueframe.edit(world.valueframe.ids()["Tapahtuma 00"], location="X")
    world.sync()
    row = integration(world)
    assert row.waiting == 1
    assert row.next_run_at is not None
    assert row.next_run_at > world.now


def test_one_event_that_breaks_the_connection_does_not_block_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = CalendarError(failure("EX-CONN-05", host="exchange.example.test"))
    refuse_title(monkeypatch, "create", "Myrkky", error)
    world.valueframe.add(plain("Myrkky"))
    for number in range(3):
        world.valueframe.add(plain(f"Hyvä {number}", days=2 + number))
    for _ in range(5):
        world.sync()
        world.now += timedelta(hours=7)
    assert titles(world, EX) == ["Hyvä 0", "Hyvä 1", "Hyvä 2"]


def test_one_event_too_large_for_a_proxy_stops_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.store.write() as session:
        session.add(Connection(name="ews", protocol="ews"))
    error = CalendarError(failure("EX-CONN-11", host="exchange.example.test"))
    refuse_title(monkeypatch, "create", "Suuri", error)
    world.valueframe.add(plain("Suuri"))
    world.valueframe.add(plain("Pieni", days=2))
    result = world.sync()
    assert result is not None
    assert (result.ok, titles(world, EX)) == (True, ["Pieni"])


def test_a_removal_that_was_quicker_counts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world, 3)
    original = leases.acquire

    def acquire(session: Any, *rest: Any) -> Any:
        session.execute(update(Integration).values(state="unused", matched=False))
        return original(session, *rest)

    monkeypatch.setattr(leases, "acquire", acquire)
    with pytest.raises(UsageError, match="VF-STATE-01"):
        sync_mailbox(world.bench, PERSON)
    assert len(world.shown(EX)) == 3


def test_a_success_does_not_close_a_breaker_that_opened_after_it_began(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.store.write() as session:
        session.add(Connection(name="ews", protocol="ews"))
    world.valueframe.add(plain())
    original = SqlCalendar.create

    def create(self: SqlCalendar, *rest: Any, **more: Any) -> Any:
        written = original(self, *rest, **more)
        later = world.now + timedelta(seconds=1)
        with world.store.write() as session:  # another mailbox's thread was refused meanwhile
            session.execute(update(Connection).values(blocked_code="EX-AUTH-01", blocked_since=later))
        return written

    monkeypatch.setattr(SqlCalendar, "create", create)
    world.sync()
    with world.store.read() as session:
        assert session.get_one(Connection, "ews").blocked_code == "EX-AUTH-01"


def test_a_long_reading_keeps_its_lease(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(450):
        world.exchange.add(plain(f"{number}", days=1 + number / 24))
    original, others = SqlCalendar.fetch, []

    def fetch(self: SqlCalendar, ids: Any) -> Fetched:
        if self.side is EX:
            world.now += leases.LENGTH * 0.8
            others.append(sync_mailbox(replace(world.bench, owner="other"), PERSON).failure)
        return original(self, ids)

    monkeypatch.setattr(SqlCalendar, "fetch", fetch)
    result = world.sync()
    assert result is not None
    assert result.ok
    assert {one and one.code for one in others[:3]} == {"VF-LEASE-01"}


def test_a_clock_that_ran_ahead_puts_no_mailbox_to_sleep(world: World) -> None:
    world.now = NOW + timedelta(days=365)
    world.sync()
    world.now = NOW + timedelta(hours=1)
    with world.store.read() as session:
        assert due(session, world.now, 10) == [PERSON]


def test_switching_the_module_off_ends_a_batch_r14(office: Office) -> None:
    on = [True]
    engine = Engine(office.engine()._bench, enabled=lambda: on[0], workers=1)
    done = []
    for result in engine.sync(range(1, 13)):
        done.append(result.person_id)
        on[0] = False
    assert done == [1]


def test_an_unforeseen_fault_around_one_mailbox_spares_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch, expected_log: Any
) -> None:
    expected_log("unforeseen fault around the mailbox")
    original, first = Store.write, iter([True])

    def write(self: Store) -> Any:
        if next(first, False):
            raise ZeroDivisionError
        return original(self)

    monkeypatch.setattr(Store, "write", write)
    engine = office.engine(workers=1)
    results = list(engine.sync([1, 2]))
    assert [result.ok for result in results] == [False, True]


def test_an_unreadable_twin_is_noted_and_told_once(world: World) -> None:
    with world.store.write() as session:
        lease = leases.acquire(session, PERSON, "test", world.now)
    journal = Journal(world.store, lease, RunRecord(PERSON, world.now), lambda: world.now)
    for _ in range(2):
        journal.unreadable(EX, "AAA", failure("EX-ITEM-03", detail="corrupt"))
    assert journal.unread_items()
    assert history(world) == [("exchange", "quarantine", "quarantined")]


def test_a_held_duplicate_of_our_own_becomes_no_pair(world: World) -> None:
    with world.store.write() as session:
        lease = leases.acquire(session, PERSON, "test", world.now)
    journal = Journal(world.store, lease, RunRecord(PERSON, world.now), lambda: world.now)
    pair = PairView("k1", exchange=Twin("AAA", "1"))
    write = Write(Act.DELETE, EX, Reason.OWN_DUPLICATE)
    current = {VF: None, EX: Item("AAA", "1", plain())}
    journal.hold(PairPlan(pair, current, None, (write,), Outcome.HOLD, ((EX, "AAA"),)))
    assert journal.deletions(0, 0).pairs == 0
    assert history(world) == [("exchange", "hold", "held")]

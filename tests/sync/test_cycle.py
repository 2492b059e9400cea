"""Whole cycles over real keepers: what they cost, what they hold back, what stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.strategies import NOW, plain
from tests.sync.world import PERSON, Fault, World
from vfadmin.calendars.base import Fetched, Side
from vfadmin.calendars.event import Event
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, UsageError, failure
from vfadmin.models import (
    CalendarEvent,
    Connection,
    Cursor,
    Dirty,
    History,
    Integration,
    Pair,
    Person,
    Run,
    State,
)
from vfadmin.sync.cycle import sync_mailbox
from vfadmin.sync.values import GuardLimits, Policy

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def integration(world: World) -> Integration:
    with world.store.read() as session:
        return session.get_one(Integration, PERSON)


def set_integration(world: World, **values: Any) -> None:
    with world.store.write() as session:
        session.execute(update(Integration).values(**values))


def history(world: World) -> list[tuple[str, str, str]]:
    with world.store.read() as session:
        rows = session.scalars(select(History).order_by(History.id))
        return [(row.side, row.operation, row.reason) for row in rows]


def fill(world: World, count: int, user: str = "valueframe") -> None:
    for number in range(count):
        getattr(world, user).add(plain(f"Tapahtuma {number:02}", days=1 + number / 24))
    world.settle()


def test_events_move_both_ways_and_the_run_is_counted_r1(ews_world: World) -> None:
    ews_world.valueframe.add(plain("ValueFramesta", text="rivi\ntoinen"))
    ews_world.exchange.add(plain("Outlookista"))
    result = ews_world.sync()
    assert result is not None
    assert (result.ok, result.pulled, result.pushed, result.deleted) == (True, 1, 1, 0)
    assert ews_world.shown(VF) == ews_world.shown(EX)
    assert [event.title for event in ews_world.shown(EX)] == ["Outlookista", "ValueFramesta"]
    assert integration(ews_world).last_synced_at == ews_world.now


def test_an_unchanged_mailbox_costs_one_request(ews_world: World) -> None:
    fill(ews_world, 3)
    ews_world.exchange.add(plain("Outlookista", days=3))
    ews_world.settle()
    result = ews_world.sync()
    assert result is not None
    assert (result.ok, result.requests) == (True, 1)


def test_our_own_writes_come_back_as_echoes_and_cost_nothing_more(ews_world: World) -> None:
    fill(ews_world, 3)
    first = ews_world.sync()
    assert first is not None
    assert (first.pulled, first.pushed, first.requests) == (0, 0, 1)


def test_the_origins_times_travel_r7(ews_world: World) -> None:
    ews_world.exchange.add(plain("Outlookista"))
    ews_world.settle()
    with ews_world.store.read() as session:
        row = session.scalars(select(CalendarEvent)).one()
    (item,) = ews_world.exchange.simulator.outlook("aijo@example.test").items()  # type: ignore[attr-defined]
    assert item.subject == row.title
    assert row.created_at == NOW
    assert row.uid == item.uid


def test_too_many_deletions_wait_for_an_admin_and_the_rest_goes_on(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    for item_id in list(world.valueframe.ids().values())[:6]:
        world.valueframe.remove(item_id)
    world.valueframe.add(plain("Uusi", days=5))
    result = world.sync()
    assert result is not None
    assert (result.ok, result.held, result.deleted, result.pushed) == (True, 6, 0, 1)
    assert len(world.shown(EX)) == 13
    assert integration(world).waiting == 6
    assert history(world).count(("exchange", "hold", "held")) == 6
    again = world.sync()
    assert again is not None
    assert (again.deleted, again.held) == (0, 0)
    assert len(world.shown(EX)) == 13


def test_few_deletions_go_through(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    for item_id in list(world.valueframe.ids().values())[:5]:
        world.valueframe.remove(item_id)
    result = world.sync()
    assert result is not None
    assert (result.deleted, result.held) == (5, 0)
    assert len(world.shown(EX)) == 7


def test_a_held_event_that_comes_back_is_free_again(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    ids = world.valueframe.ids()
    for item_id in list(ids.values())[:6]:
        world.valueframe.remove(item_id)
    world.sync()
    with world.store.write() as session:
        session.execute(update(CalendarEvent).values(deleted_at=None))
    world.settle()
    assert integration(world).waiting == 0
    assert len(world.shown(VF)) == len(world.shown(EX)) == 12


def test_an_emptied_far_side_deletes_nothing_by_itself(world: World) -> None:
    fill(world, 12)
    world.policy = Policy()
    for item_id in world.exchange.ids().values():
        world.exchange.remove(item_id)
    world.lose_cursor(EX)
    result = world.sync()
    assert result is not None
    assert (result.deleted, result.held) == (0, 12)
    assert len(world.shown(VF)) == 12


def test_a_lost_cursor_deletes_exactly_what_was_deleted_meanwhile(ews_world: World) -> None:
    fill(ews_world, 12)
    ews_world.policy = Policy(guard=GuardLimits(share=0.5))
    ids = ews_world.exchange.ids()
    for title in sorted(ids)[:3]:
        ews_world.exchange.remove(ids[title])
    ews_world.exchange.simulator.invalidate_sync_states("aijo@example.test")  # type: ignore[attr-defined]
    result = ews_world.sync()
    assert result is not None
    assert (result.deleted, result.pulled, result.pushed) == (3, 0, 0)
    assert [event.title for event in ews_world.shown(VF)] == sorted(ids)[3:]
    assert integration(ews_world).generation == 2


class PoisonedCalendar(SqlCalendar):
    """A keeper that refuses one title and cannot read another, as a server does with a broken item."""

    def create(self, event: Event, *rest: Any, **more: Any) -> Any:
        if event.title == "Myrkky":
            raise CalendarError(failure("EX-ITEM-03", detail="corrupt"))
        return super().create(event, *rest, **more)

    def fetch(self, ids: Any) -> Fetched:
        found = super().fetch(ids)
        broken = {id_ for id_, item in found.items.items() if item.event.title == "Lukukelvoton"}
        kept = {id_: item for id_, item in found.items.items() if id_ not in broken}
        return Fetched(kept, {id_: failure("EX-ITEM-03", detail="corrupt") for id_ in broken})


@pytest.fixture
def poisoned(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    original = world.exchange.calendar

    def calendar() -> Any:
        keeper = original()
        keeper.__class__ = PoisonedCalendar
        return keeper

    monkeypatch.setattr(world.exchange, "calendar", calendar)
    return world


def test_one_event_that_always_fails_is_set_aside_and_the_others_go_on(poisoned: World) -> None:
    poisoned.valueframe.add(plain("Myrkky"))
    for number in range(5):
        poisoned.valueframe.add(plain(f"Hyvä {number}", days=2 + number))
    result = poisoned.sync()
    assert result is not None
    assert (result.ok, result.pushed, result.skipped) == (True, 5, 1)
    assert ("exchange", "quarantine", "quarantined") in history(poisoned)
    row = integration(poisoned)
    assert (row.state, row.waiting, row.last_synced_at) == (State.ACTIVE, 1, poisoned.now)
    again = poisoned.sync()
    assert again is not None
    assert again.skipped == 0, "it has a schedule of its own"
    poisoned.now += timedelta(hours=8)
    later = poisoned.sync()
    assert later is not None
    assert later.skipped == 1


def test_an_edit_frees_a_quarantined_event_at_once(poisoned: World) -> None:
    item_id = poisoned.valueframe.add(plain("Myrkky"))
    poisoned.sync()
    poisoned.valueframe.edit(item_id, title="Lääke")
    result = poisoned.sync()
    assert result is not None
    assert result.pushed == 1
    assert integration(poisoned).waiting == 0


def test_an_item_that_cannot_be_read_is_tried_again_later(poisoned: World) -> None:
    poisoned.exchange.add(plain("Lukukelvoton"))
    poisoned.exchange.add(plain("Luettava", days=2))
    result = poisoned.sync()
    assert result is not None
    assert (result.ok, result.pulled, result.skipped) == (True, 1, 1)
    with poisoned.store.read() as session:
        waiting = session.scalars(select(Dirty)).one()
    assert (waiting.attempts, waiting.error_code) == (1, "EX-ITEM-03")
    assert waiting.not_before is not None
    assert waiting.not_before > poisoned.now


def test_a_broken_connection_delays_and_never_stops_r24(world: World) -> None:
    world.valueframe.add(plain())
    for attempt in (1, 2, 3):
        result = world.sync(Fault("before-write", 1, kill=False))
        assert result is not None
        assert result.failure is not None
        row = integration(world)
        assert (row.state, row.attempts) == (State.ACTIVE, attempt)
        assert row.failing_since == NOW + timedelta(seconds=1)
        assert row.next_run_at is not None
        assert row.next_run_at > world.now
    world.settle()
    healed = integration(world)
    assert (healed.attempts, healed.failing_since) == (0, None)


def failing(world: World, monkeypatch: pytest.MonkeyPatch, code: str, **more: Any) -> None:
    def refuse(*_: Any) -> Any:
        raise CalendarError(failure(code, **more))

    monkeypatch.setattr(world.exchange, "calendar", refuse)


def test_a_permanent_mailbox_failure_stops_the_integration_r12(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(world, monkeypatch, "EX-IMP-01", account="svc", mailbox="aijo@example.test")
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    row = integration(world)
    assert (row.state, row.error_code, row.error_since) == (State.ERROR, "EX-IMP-01", world.now)
    assert row.error_params["mailbox"] == "aijo@example.test"
    assert row.lease_owner is None
    with pytest.raises(UsageError) as refused:
        sync_mailbox(world.bench, PERSON)
    assert refused.value.failure.code == "VF-STATE-01"


def test_a_refused_account_opens_one_breaker_and_stops_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.store.write() as session:
        session.add(Connection(name="ews", protocol="ews"))
    failing(world, monkeypatch, "EX-AUTH-01", account="svc", offers="NTLM")
    world.sync()
    assert integration(world).state == State.ACTIVE
    with world.store.read() as session:
        breaker = session.get_one(Connection, "ews")
    assert (breaker.blocked_code, breaker.blocked_until) == ("EX-AUTH-01", None)
    monkeypatch.undo()
    closed = world.sync()
    assert closed is not None
    assert closed.failure is not None
    assert closed.failure.code == "EX-AUTH-01", "nothing was sent: the account is not tried again"


def test_a_passing_trouble_closes_its_breaker_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.store.write() as session:
        session.add(Connection(name="ews", protocol="ews"))
    failing(world, monkeypatch, "EX-CONN-03", host="exchange.example.test", port=443)
    world.sync()
    with world.store.read() as session:
        assert session.get_one(Connection, "ews").blocked_until is not None
    monkeypatch.undo()
    world.settle()
    with world.store.read() as session:
        assert session.get_one(Connection, "ews").blocked_code is None


@pytest.mark.expected_log("unforeseen fault while synchronising")
def test_a_fault_of_our_own_delays_one_mailbox(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(world.exchange, "calendar", broken)
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert (result.failure.code, integration(world).state) == ("VF-INTERNAL-01", State.ACTIVE)


def test_a_stop_ends_between_two_writes_and_the_rest_follows(world: World) -> None:
    for number in range(4):
        world.valueframe.add(plain(f"T{number}", days=1 + number))
    asked = iter([False] * 4 + [True] * 100)
    result = sync_mailbox(world.bench, PERSON, lambda: next(asked))
    assert result.failure is not None
    assert result.failure.code == "VF-STOP-01"
    assert 0 < result.pushed < 4
    row = integration(world)
    assert (row.attempts, row.failing_since, row.next_run_at) == (0, None, world.now)
    world.settle()
    assert len(world.shown(EX)) == 4


def test_another_process_at_work_is_left_alone(world: World) -> None:
    set_integration(world, lease_owner="other", lease_until=NOW + timedelta(minutes=3))
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert result.failure.code == "VF-LEASE-01"


def test_a_process_that_lost_its_lease_writes_nothing_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(world, 1)
    world.valueframe.add(plain("Myöhäinen", days=4))
    original = world.exchange.calendar

    def taken_over() -> Any:
        set_integration(world, lease_owner="other", fence=Integration.fence + 1)
        return original()

    monkeypatch.setattr(world.exchange, "calendar", taken_over)
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert result.failure.code == "VF-LEASE-02"
    assert len(world.shown(EX)) == 1
    assert integration(world).lease_owner == "other"


def test_an_edit_under_the_engines_hands_is_decided_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(world, 1)
    (vf_id,), (ex_id,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(vf_id, title="ValueFramen nimi")
    original, times = SqlCalendar.update, iter([True])

    def update_late(self: SqlCalendar, *rest: Any) -> Any:
        if next(times, False):
            world.exchange.edit(ex_id, location="Outlookin paikka")
        return original(self, *rest)

    monkeypatch.setattr(SqlCalendar, "update", update_late)
    world.settle()
    (event,) = world.shown(EX)
    assert (event.title, event.location) == ("ValueFramen nimi", "Outlookin paikka")
    assert world.shown(VF) == [event]


def test_a_write_bump_without_a_change_writes_nothing(world: World) -> None:
    fill(world, 1)
    (item_id,) = world.exchange.ids().values()
    for _ in range(5):
        world.exchange.touch(item_id)
        result = world.sync()
        assert result is not None
        assert (result.pulled, result.pushed) == (0, 0)


def test_taking_over_two_full_calendars_creates_nothing_r29(world: World) -> None:
    for number in range(6):
        world.valueframe.add(plain(f"Sama {number}", days=1 + number))
        world.exchange.add(plain(f"Sama {number}", days=1 + number))
    result = world.sync()
    assert result is not None
    assert (result.pulled, result.pushed, result.deleted) == (0, 0, 0)
    assert len(world.shown(VF)) == len(world.shown(EX)) == 6
    with world.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Pair)) == 6
    assert integration(world).matched


def test_old_and_far_events_stay_where_they_are_r8(ews_world: World) -> None:
    ews_world.exchange.add(plain("Vanha", days=-9))
    ews_world.exchange.add(plain("Kaukainen", days=800))
    ews_world.valueframe.add(plain("Vanha täällä", days=-9))
    result = ews_world.sync()
    assert result is not None
    assert (result.pulled, result.pushed) == (0, 0)
    idle = ews_world.sync()
    assert idle is not None
    assert idle.requests == 1, "what waits for its time is not read again and again"
    ews_world.now += timedelta(days=75)
    later = ews_world.sync()
    assert later is not None
    assert later.pulled == 1


def test_idle_runs_in_a_row_are_one_row(world: World) -> None:
    fill(world, 1)
    for _ in range(4):
        world.sync()
    with world.store.read() as session:
        runs = list(session.scalars(select(Run).order_by(Run.started_at)))
    assert [run.pushed for run in runs] == [1, 0]
    assert runs[-1].started_at == world.now


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "passive"}, "VF-STATE-01"),
        ({"state": "unused"}, "VF-STATE-01"),
    ],
)
def test_only_active_integrations_are_synchronised_r12(
    world: World, change: dict[str, str], code: str
) -> None:
    set_integration(world, **change)
    with pytest.raises(UsageError) as refused:
        world.sync()
    assert refused.value.failure.code == code


def test_resources_and_strangers_are_refused_r10(world: World) -> None:
    with world.store.write() as session:
        session.execute(update(Person).values(kind="resource"))
    with pytest.raises(UsageError) as resource:
        world.sync()
    assert resource.value.failure.code == "VF-STATE-03"
    with pytest.raises(UsageError) as stranger:
        sync_mailbox(world.bench, 999)
    assert stranger.value.failure.code == "VF-PERSON-01"


def test_a_mailbox_belongs_to_one_person_r30(world: World) -> None:
    with world.store.write() as session:
        session.add(Person(id=7, name="Toinen", sort_name="toinen"))
        session.flush()
        session.add(Integration(person_id=7, login="muu", mailbox="aijo@example.test"))
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert (result.failure.code, result.failure.params["person"]) == ("EX-MBX-06", 7)
    assert integration(world).state == State.ERROR


def test_another_mailbox_behind_the_login_is_held_r30(world: World) -> None:
    fill(world, 2)
    set_integration(world, mailbox=None, mailbox_identity="somebody-elses")
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert result.failure.code == "EX-MBX-07"
    assert len(world.shown(VF)) == len(world.shown(EX)) == 2


def test_everything_of_a_conflict_is_kept_in_the_history(world: World) -> None:
    fill(world, 1)
    (vf_id,), (ex_id,) = world.valueframe.ids().values(), world.exchange.ids().values()
    world.valueframe.edit(vf_id, title="A")
    world.exchange.edit(ex_id, title="B")
    result = world.sync()
    assert result is not None
    assert result.conflicts == 1
    with world.store.read() as session:
        row = session.scalars(select(History).where(History.reason == "conflict")).one()
    assert row.before is not None
    assert row.after is not None
    assert (row.before["title"], row.after["title"], row.detail["lost"]) == ("B", "A", ["title"])


def test_the_cursor_moves_only_with_the_ids_it_reported(world: World) -> None:
    world.exchange.add(plain())
    world.sync(Fault("after-commit", 3, kill=True))
    with world.store.read() as session:
        cursors = set(session.scalars(select(Cursor.side)))
        reported = set(session.scalars(select(Dirty.side))) | {
            "exchange" for _ in session.scalars(select(Pair.id))
        }
    assert "exchange" not in cursors or "exchange" in reported
    world.settle()
    assert len(world.shown(VF)) == 1


def test_a_dirty_series_is_left_alone_and_said_so(world: World) -> None:
    item_id = world.exchange.add(plain("Sarja"))
    original = world.exchange.calendar

    def unsupported() -> Any:
        keeper = original()
        fetch = keeper.fetch

        def marked(ids: Any) -> Fetched:
            items = {id_: replace(one, unsupported="recurrence") for id_, one in fetch(ids).items.items()}
            return Fetched(items)

        keeper.fetch = marked  # type: ignore[method-assign]
        return keeper

    world.exchange.calendar = unsupported  # type: ignore[method-assign]
    result = world.sync()
    assert result is not None
    assert (result.ok, result.pulled, result.skipped) == (True, 0, 1)
    assert history(world) == [("exchange", "skip", "left-alone")]
    assert item_id in world.exchange.ids().values()

"""Many mailboxes at once: who is due, what stops, what a dry run shows, and the thread that drives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from tests.strategies import NOW, plain
from tests.sync.office import PEOPLE, Office
from tests.sync.world import World
from vfadmin.calendars.base import Capabilities, Side
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, failure
from vfadmin.models import CalendarEvent, Connection, Cursor, History, Integration, Pair, Person
from vfadmin.models.store import Store
from vfadmin.sync import schedule
from vfadmin.sync.engine import Engine


def change(office: Office, person_id: int, **values: Any) -> None:
    with office.store.write() as session:
        chosen = update(Integration).where(Integration.person_id == person_id)
        session.execute(chosen.values(**values))


def test_all_mailboxes_of_a_batch_are_synchronised_once_each(office: Office) -> None:
    for one in PEOPLE:
        office.add(one, f"Palaveri {one:02}")
    started: list[int] = []
    results = list(office.engine().sync([*PEOPLE, 3, 4], on_start=started.append))
    assert sorted(result.person_id for result in results) == sorted(started) == list(PEOPLE)
    assert all(result.ok and result.pushed == 1 for result in results)
    assert office.far_titles() == [f"Palaveri {one:02}" for one in PEOPLE]


def test_one_throttled_mailbox_waits_alone(office: Office) -> None:
    office.broken = {5}
    results = {one.person_id: one for one in office.engine().sync(PEOPLE)}
    assert [one for one, result in results.items() if not result.ok] == [5]
    with office.store.read() as session:
        row = session.get_one(Integration, 5)
    assert row.next_run_at is not None
    assert row.next_run_at >= NOW + timedelta(seconds=300)
    office.now = NOW + timedelta(minutes=3)
    assert 5 not in office.engine().due()
    assert len(office.engine().due()) == len(PEOPLE) - 1


def test_somebody_who_cannot_be_synchronised_is_a_result_not_an_exception(office: Office) -> None:
    (result,) = office.engine().sync([999])
    assert result.failure is not None
    assert (result.ok, result.failure.code) == (False, "VF-PERSON-01")


def test_nothing_is_due_while_the_module_is_off_r14(office: Office) -> None:
    assert office.engine(enabled=False).due() == []
    assert len(office.engine().due()) == len(PEOPLE)


def test_after_a_stop_nothing_new_begins_until_it_is_taken_up_again(office: Office) -> None:
    engine = office.engine(workers=1)
    engine.stop()
    assert list(engine.sync(PEOPLE)) == []
    engine.resume()
    done = []
    for result in engine.sync(PEOPLE):
        done.append(result.person_id)
        engine.stop()
    assert done == [1]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"state": "passive"}, "passive"),
        ({"state": "error"}, "stopped by an error"),
        ({"state": "unused"}, "never activated"),
        ({"next_run_at": NOW + timedelta(minutes=1)}, "not yet due"),
        ({"lease_owner": "other", "lease_until": NOW + timedelta(minutes=1)}, "at work elsewhere"),
    ],
)
def test_who_is_not_due_r12(office: Office, values: dict[str, Any], why: str) -> None:
    change(office, 3, **values)
    assert 3 not in office.engine().due(), why


def test_inactive_persons_and_resources_are_never_due_r10_r30(office: Office) -> None:
    with office.store.write() as session:
        session.execute(update(Person).where(Person.id == 1).values(active=False))
        session.execute(update(Person).where(Person.id == 2).values(kind="resource"))
    assert office.engine().due() == list(PEOPLE)[2:]
    assert office.engine().everybody() == list(PEOPLE)[2:]


def test_nobody_behind_an_open_breaker_is_due(office: Office) -> None:
    with office.store.write() as session:
        session.add(Connection(name="ews", protocol="ews", blocked_code="EX-AUTH-01", blocked_since=NOW))
    assert office.engine().due() == []
    with office.store.write() as session:
        session.execute(update(Connection).values(blocked_until=NOW - timedelta(seconds=1)))
    assert len(office.engine().due()) == len(PEOPLE)


def test_the_longest_waiting_come_first_and_a_batch_has_a_limit(office: Office) -> None:
    change(office, 9, next_run_at=NOW - timedelta(hours=1))
    change(office, 4, next_run_at=NOW - timedelta(hours=2))
    with office.store.read() as session:
        first = schedule.due(session, NOW, 12)
        few = schedule.due(session, NOW, 2)
    assert first[-2:] == [4, 9], "those that never ran come before all others"
    assert len(few) == 2


def state_of(store: Store) -> list[Any]:
    with store.read() as session:
        return [
            session.scalars(select(table.__table__.primary_key.columns[0])).all()
            for table in (Pair, History, Cursor, CalendarEvent)
        ]


def test_a_dry_run_shows_the_next_sync_and_writes_nowhere(world: World) -> None:
    engine = Engine(world.bench, enabled=lambda: True)
    world.valueframe.add(plain("Uusi"))
    world.exchange.add(plain("Outlookista", days=3))
    before = state_of(world.store)
    (dry,) = engine.preview([1042])
    shown = {(one.side, one.operation, one.title) for one in dry.operations}
    assert shown == {(Side.EXCHANGE, "create", "Uusi"), (Side.VALUEFRAME, "create", "Outlookista")}
    assert state_of(world.store) == before
    result = world.sync()
    assert result is not None
    assert (result.pulled, result.pushed) == (1, 1)


def test_a_dry_run_knows_deletions_edits_and_lost_cursors(world: World) -> None:
    engine = Engine(world.bench, enabled=lambda: True)
    world.valueframe.add(plain("Poistuva"))
    world.valueframe.add(plain("Muuttuva", days=3))
    world.settle()
    ids = world.exchange.ids()
    world.exchange.remove(ids["Poistuva"])
    world.exchange.edit(ids["Muuttuva"], location="Aurora")
    world.lose_cursor(Side.EXCHANGE)
    (dry,) = engine.preview([1042])
    shown = [(one.side, one.operation, one.title, one.fields) for one in dry.operations]
    assert shown == [
        (Side.VALUEFRAME, "update", "Muuttuva", ("location",)),
        (Side.VALUEFRAME, "delete", "Poistuva", ()),
    ]


def test_a_dry_run_hides_private_titles_r31(world: World) -> None:
    item_id = world.valueframe.add(plain("Salainen"))
    world.valueframe.edit(item_id, private=True)
    (dry,) = Engine(world.bench, enabled=lambda: True).preview([1042])
    assert [(one.title, one.private) for one in dry.operations] == [("", True)]


def test_a_dry_run_tells_why_there_is_nothing_to_show(world: World) -> None:
    with world.store.write() as session:
        session.add(Connection(name="ews", protocol="ews", blocked_code="EX-AUTH-01", blocked_since=NOW))
    engine = Engine(world.bench, enabled=lambda: True)
    (closed,) = engine.preview([1042])
    assert closed.failure is not None
    assert closed.failure.code == "EX-AUTH-01"
    with world.store.write() as session:
        session.execute(delete(Connection))
        session.execute(update(Integration).values(state="passive"))
    (passive,) = engine.preview([1042])
    assert passive.failure is not None
    assert passive.failure.code == "VF-STATE-01"


def test_a_dry_run_before_the_own_calendar_exists_shows_what_will_go_there_r2(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.valueframe.add(plain("Uusi"))
    original = world.exchange.calendar

    def missing() -> Any:
        keeper = original()

        def changes(_cursor: Any) -> Any:
            raise CalendarError(failure("EX-CAL-01", name="ValueFrame"))

        keeper.changes = changes  # type: ignore[method-assign]
        return keeper

    monkeypatch.setattr(world.exchange, "calendar", missing)
    engine = Engine(world.bench, enabled=lambda: True)
    (dry,) = engine.preview([1042])
    assert [(one.side, one.title) for one in dry.operations] == [(Side.EXCHANGE, "Uusi")]
    with world.store.write() as session:
        session.execute(update(Integration).values(matched=True))
    (lost,) = engine.preview([1042])
    assert lost.failure is not None
    assert lost.failure.code == "EX-CAL-01"


def test_a_dry_run_names_what_will_be_left_alone(world: World) -> None:
    world.valueframe.add(plain("Sarja"))
    with world.store.write() as session:
        session.execute(update(CalendarEvent).values(rrule="FREQ=WEEKLY"))
    original = world.exchange.calendar

    def without_series() -> Any:
        keeper = original()
        keeper.__class__ = WithoutSeries
        return keeper

    world.exchange.calendar = without_series  # type: ignore[method-assign]
    (dry,) = Engine(world.bench, enabled=lambda: True).preview([1042])
    assert [(one.operation, one.reason, one.title) for one in dry.operations] == [
        ("skip", "recurrence", "Sarja")
    ]


class WithoutSeries(SqlCalendar):
    """A keeper that cannot hold a series."""

    @property
    def capabilities(self) -> Capabilities:
        return replace(super().capabilities, recurrence=False)


@pytest.mark.expected_log("unforeseen fault while asking for")
def test_who_could_not_be_asked_for_together_asks_for_himself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a fault of the far side nor one of ours costs anybody his turn."""
    engine = office.engine()
    for fault in (CalendarError(failure("EX-BUSY-02")), RuntimeError("nobody foresaw it")):

        def look(_: Any, told: Exception = fault) -> None:
            raise told

        monkeypatch.setattr(engine, "_bench", replace(engine._bench, look_ahead=look))
        results = list(engine.sync(PEOPLE))
        assert sorted(one.person_id for one in results) == list(PEOPLE)
        assert all(one.ok for one in results)

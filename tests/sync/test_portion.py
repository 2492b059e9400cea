"""Some mailboxes together: their leases in one commit, and what was quiet in another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select, update

from tests.strategies import NOW
from tests.sync.office import PEOPLE, Office
from tests.sync.together import sync_as_in_a_round, unmoved_in
from vfadmin.calendars.base import ChangePage, Side
from vfadmin.errors import CalendarError, CursorLost, StoreError, failure
from vfadmin.models import Connection, Cursor, Dirty, Integration, Run
from vfadmin.sync.cycle import Bench
from vfadmin.sync.lease import LENGTH, acquire
from vfadmin.sync.portion import Quiet, give_back, is_stale, look, record, take
from vfadmin.sync.reader import Begun

LATER = NOW + timedelta(minutes=5)
pytestmark = pytest.mark.both_stores


@pytest.fixture
def bench(office: Office) -> Bench:
    """The bench of an office in which everybody is in step, and due again by now."""
    office.be_in_step()
    office.now = LATER
    return replace(office.engine()._bench, unmoved=unmoved_in(office.store))


def row(office: Office, person_id: int) -> Integration:
    with office.store.read() as session:
        return session.get_one(Integration, person_id)


def change(office: Office, person_id: int, **values: Any) -> None:
    with office.store.write() as session:
        session.execute(update(Integration).where(Integration.person_id == person_id).values(**values))


def quiet(bench: Bench, *people: int) -> list[Quiet]:
    """What is found where nothing has happened."""
    found = [look(bench, one) for one in take(bench, people or PEOPLE).taken.values()]
    assert all(isinstance(one, Quiet) for one in found)
    return [one for one in found if isinstance(one, Quiet)]


class Counting:
    """Counts the commits of a store."""

    def __init__(self, office: Office) -> None:
        self.commits = self.statements = 0
        engine = office.store.engine
        event.listen(engine, "commit", self._committed)
        event.listen(engine, "before_cursor_execute", self._asked)

    def _committed(self, *_: object) -> None:
        self.commits += 1

    def _asked(self, *_: object) -> None:
        self.statements += 1


def test_a_dozen_quiet_mailboxes_are_two_commits(office: Office, bench: Bench) -> None:
    counting = Counting(office)
    found = quiet(bench)
    record(bench, found)
    assert counting.commits == 2
    assert [one.result.person_id for one in found] == list(PEOPLE)
    for one in PEOPLE:
        after = row(office, one)
        assert (after.last_synced_at, after.next_run_at) == (LATER, LATER + timedelta(minutes=2))
        assert (after.lease_owner, after.lease_until, after.fence) == (None, None, 2)


def test_quiet_looks_in_a_row_are_one_run(office: Office, bench: Bench) -> None:
    record(bench, quiet(bench))
    office.now = LATER + timedelta(minutes=5)
    record(bench, quiet(bench))
    with office.store.read() as session:
        runs = session.execute(select(Run.person_id, func.count()).group_by(Run.person_id)).all()
        finished = set(session.scalars(select(Run.finished_at)))
        began = set(session.scalars(select(Run.started_at)))
    assert [tuple(one) for one in sorted(runs)] == [(one, 1) for one in PEOPLE]
    assert finished == began == {office.now}


def test_a_run_that_did_something_keeps_its_row(office: Office, bench: Bench) -> None:
    office.add(3, "Palaveri")
    result, _ = sync_as_in_a_round(bench, 3)
    assert result.pushed == 1
    for _ in range(2):
        office.now += timedelta(minutes=5)
        sync_as_in_a_round(bench, 3)
    office.now += timedelta(minutes=5)
    record(bench, quiet(bench, 3))
    with office.store.read() as session:
        told = session.scalars(select(Run.pushed).where(Run.person_id == 3).order_by(Run.id)).all()
    assert told == [0, 1, 0]


def test_who_is_not_due_any_more_is_left_alone_unless_he_was_asked_for(office: Office, bench: Bench) -> None:
    change(office, 3, next_run_at=LATER + timedelta(seconds=1))
    portion = take(bench, PEOPLE, if_due=PEOPLE)
    assert portion.needless == {3}
    assert 3 not in portion.taken
    assert row(office, 3).fence == 1
    give_back(bench, portion.taken.values())
    asked_for = take(bench, PEOPLE, if_due=set(PEOPLE) - {3})
    assert set(asked_for.taken) == set(PEOPLE)
    assert asked_for.needless == frozenset()


def test_who_is_at_work_elsewhere_is_not_taken(office: Office, bench: Bench) -> None:
    with office.store.write() as session:
        held = acquire(session, 5, "muu", LATER)
    portion = take(bench, PEOPLE, if_due=set(PEOPLE) - {5})
    assert set(portion.taken) == set(PEOPLE) - {5}
    assert portion.needless == frozenset(), "who was asked for is told that he is at work"
    assert (row(office, 5).lease_owner, row(office, 5).fence) == ("muu", held.fence)
    assert take(bench, [5], if_due=[5]).needless == {5}


@pytest.mark.parametrize(
    "values",
    [{"state": "passive"}, {"matched": False}, {"mailbox": None}, {"folder_identity": None}],
    ids=lambda values: next(iter(values)),
)
def test_only_mailboxes_that_were_found_and_matched_are_taken_together(
    office: Office, bench: Bench, values: dict[str, Any]
) -> None:
    change(office, 3, **values)
    portion = take(bench, [3, 4])
    assert set(portion.taken) == {4}
    assert row(office, 3).lease_owner is None


def test_what_is_quiet_belongs_to_whoever_has_the_fence_by_now(office: Office, bench: Bench) -> None:
    found = quiet(bench)
    change(office, 3, fence=7, lease_owner="muu", state="passive", last_synced_at=NOW)
    record(bench, found)
    after = row(office, 3)
    assert (after.fence, after.lease_owner, after.state) == (7, "muu", "passive")
    assert after.last_synced_at == NOW
    assert row(office, 4).last_synced_at == LATER
    change(office, 4, fence=7)
    with office.store.read() as session:
        before = session.scalar(select(func.count()).select_from(Run))
    record(bench, [one for one in found if one.result.person_id == 4])
    with office.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == before


def test_a_cursor_that_moved_for_nothing_is_kept_with_its_fence(office: Office, bench: Bench) -> None:
    some = quiet(bench, 3, 4, 5)
    change(office, 4, fence=9)
    record(bench, [replace(some[0], cursor="uusi"), replace(some[1], cursor="uusi"), some[2]])
    with office.store.read() as session:
        chosen = select(Cursor.person_id).where(Cursor.side == "exchange", Cursor.token == "uusi")
        assert session.scalars(chosen).all() == [3]


def told_by(keeper: Any, told: Callable[[str | None], Iterator[ChangePage]]) -> Any:
    """The keeper, whose changes are told so."""
    keeper.changes = told
    return keeper


def test_an_empty_page_with_a_new_cursor_is_quiet_too(office: Office, bench: Bench) -> None:
    original = office.exchange

    def exchange(mailbox: Any) -> Any:
        return told_by(original(mailbox), lambda _: iter([ChangePage((), (), "uusi", last=True)]))

    office.exchange = exchange  # type: ignore[method-assign]
    (found,) = quiet(bench, 3)
    assert found.cursor == "uusi"


def in_valueframe(office: Office) -> None:
    office.add(3, "Palaveri")


def dirty(office: Office) -> None:
    with office.store.write() as session:
        session.add(Dirty(person_id=3, side="exchange", item_id="77", attempts=0, inferred=True))


def no_cursor(office: Office) -> None:
    with office.store.write() as session:
        session.execute(update(Cursor).where(Cursor.person_id == 3).values(token="turha"))


@pytest.mark.parametrize("done", [in_valueframe, dirty, no_cursor])
def test_what_the_store_knows_of_speaks_for_a_cycle(
    office: Office, bench: Bench, done: Callable[[Office], None]
) -> None:
    done(office)
    taken = take(bench, [3, 4]).taken
    assert (taken[3].cursor, look(bench, taken[3])) == (None, None)
    assert taken[4].cursor is not None
    give_back(bench, taken.values())


def test_an_item_that_waits_for_its_time_does_not(office: Office, bench: Bench) -> None:
    dirty(office)
    with office.store.write() as session:
        session.execute(
            update(Dirty).values(not_before=LATER + timedelta(minutes=1), error_code="EX-ITEM-06")
        )
    record(bench, quiet(bench, 3))
    assert row(office, 3).waiting == 1


def test_what_changed_in_exchange_is_asked_for_once(office: Office, bench: Bench) -> None:
    asked: list[str | None] = []
    original = office.exchange

    def exchange(mailbox: Any) -> Any:
        keeper = original(mailbox)
        changes = keeper.changes

        def told(cursor: str | None) -> Iterator[ChangePage]:
            asked.append(cursor)
            return changes(cursor)  # type: ignore[no-any-return]

        return told_by(keeper, told)

    office.exchange = exchange  # type: ignore[method-assign]
    office.add(3, "Outlookista", office.far)
    result, was_quiet = sync_as_in_a_round(bench, 3)
    assert (was_quiet, result.ok, result.pulled, len(asked)) == (False, True, 1, 1)


def test_a_failure_of_the_first_question_is_the_cycles_and_is_not_repeated(
    office: Office, bench: Bench
) -> None:
    asked: list[str | None] = []
    original = office.exchange

    def busy(cursor: str | None) -> Iterator[ChangePage]:
        asked.append(cursor)
        raise CalendarError(failure("EX-BUSY-01", mailbox="p3", retry_after=300))

    office.exchange = lambda mailbox: told_by(original(mailbox), busy)  # type: ignore[method-assign, assignment]
    result, _ = sync_as_in_a_round(bench, 3)
    assert result.failure is not None
    assert (result.failure.code, len(asked)) == ("EX-BUSY-01", 1)
    after = row(office, 3)
    assert (after.attempts, after.lease_owner) == (1, None)
    assert after.next_run_at is not None
    assert after.next_run_at >= LATER + timedelta(seconds=300)


def test_a_door_that_does_not_open_is_the_cycles_failure(office: Office, bench: Bench) -> None:
    office.broken = {3}
    result, _ = sync_as_in_a_round(bench, 3)
    assert result.failure is not None
    assert result.failure.code == "EX-BUSY-01"
    assert row(office, 3).attempts == 1


def test_a_lost_cursor_begins_a_new_generation_as_ever(office: Office, bench: Bench) -> None:
    original, lost = office.exchange, [True]

    def exchange(mailbox: Any) -> Any:
        keeper = original(mailbox)
        changes = keeper.changes

        def told(cursor: str | None) -> Iterator[ChangePage]:
            if cursor is not None and lost:
                lost.clear()
                raise CursorLost(failure("EX-CAL-02"))
            return changes(cursor)  # type: ignore[no-any-return]

        return told_by(keeper, told)

    office.exchange = exchange  # type: ignore[method-assign]
    result, _ = sync_as_in_a_round(bench, 3)
    assert result.ok
    assert row(office, 3).generation == 2


def test_what_was_begun_is_told_once_and_from_its_own_cursor_only(office: Office, bench: Bench) -> None:
    taken = take(bench, [3]).taken[3]
    office.add(3, "Outlookista", office.far)
    begun = look(bench, taken)
    assert isinstance(begun, Begun)
    assert taken.cursor is not None
    assert [one.listing for one in begun.pages(None)] == [True]
    first = list(begun.pages(taken.cursor))
    again = list(begun.pages(taken.cursor))
    assert [len(one.changed) for one in first] == [len(one.changed) for one in again] == [1]


def test_a_calendar_that_tells_no_page_at_all_is_no_quiet_one(office: Office, bench: Bench) -> None:
    original = office.exchange
    nothing: list[ChangePage] = []
    office.exchange = lambda mailbox: told_by(original(mailbox), lambda _: iter(nothing))  # type: ignore[method-assign, assignment]
    begun = look(bench, take(bench, [3]).taken[3])
    assert isinstance(begun, Begun)
    assert begun.still is None


@pytest.mark.expected_log("it is not known which of")
def test_where_it_cannot_be_known_who_is_at_rest_each_has_his_cycle(office: Office, bench: Bench) -> None:
    def unmoved(_: Any) -> Any:
        raise ZeroDivisionError

    blind = replace(bench, unmoved=unmoved)
    assert {one.cursor for one in take(blind, [3, 4]).taken.values()} == {None}
    office.now += LENGTH
    assert {one.cursor for one in take(replace(bench, unmoved=None), [3, 4]).taken.values()} == {None}


def test_a_lease_that_waited_too_long_for_its_turn_is_told(office: Office, bench: Bench) -> None:
    taken = take(bench, [3]).taken[3]
    assert not is_stale(bench, taken)
    office.now += timedelta(minutes=2)
    assert is_stale(bench, taken)
    give_back(bench, [taken])
    assert row(office, 3).lease_owner is None
    give_back(bench, [])


def test_what_answered_closes_a_breaker_that_opened_before(office: Office, bench: Bench) -> None:
    with office.store.write() as session:
        session.add(Connection(name="ews", protocol="ews"))
    found = quiet(bench)
    with office.store.write() as session:
        session.execute(
            update(Connection).values(blocked_code="EX-BUSY-02", blocked_since=NOW, blocked_until=LATER)
        )
    record(bench, found)
    with office.store.read() as session:
        assert session.scalars(select(Connection.blocked_code)).all() == [None]


def test_a_breaker_that_opened_meanwhile_stays_open(office: Office, bench: Bench) -> None:
    with office.store.write() as session:
        session.add(Connection(name="ews", protocol="ews"))
    found = quiet(bench)
    since: datetime = LATER + timedelta(seconds=1)
    with office.store.write() as session:
        session.execute(update(Connection).values(blocked_code="EX-BUSY-02", blocked_since=since))
    record(bench, found)
    with office.store.read() as session:
        assert session.scalars(select(Connection.blocked_code)).all() == ["EX-BUSY-02"]


def test_nobody_behind_an_open_breaker_is_taken(office: Office, bench: Bench) -> None:
    with office.store.write() as session:
        session.execute(insert(Connection).values(name="ews", protocol="ews", blocked_code="EX-AUTH-01"))
    assert take(bench, PEOPLE).taken == {}


def test_sides_are_not_mistaken_for_each_other(office: Office, bench: Bench) -> None:
    taken = take(bench, [3]).taken[3]
    with office.store.read() as session:
        tokens = {one.side: one.token for one in session.scalars(select(Cursor).filter_by(person_id=3))}
    assert taken.cursor == tokens[Side.EXCHANGE.value] != tokens[Side.VALUEFRAME.value]


def test_a_store_that_fails_is_told(office: Office, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    found = quiet(bench)

    def write() -> Any:
        raise StoreError(failure("VF-STORE-04"))

    monkeypatch.setattr(office.store, "write", write)
    with pytest.raises(StoreError):
        record(bench, found)
    with pytest.raises(StoreError):
        take(bench, PEOPLE)

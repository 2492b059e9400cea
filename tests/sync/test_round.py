"""A round of many mailboxes: who is taken together, what comes of it, and that no lease is left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.conftest import LogGuard
from tests.strategies import NOW
from tests.sync.office import PEOPLE, Office
from tests.sync.test_portion import change, row
from tests.sync.together import unmoved_in
from vfadmin.errors import StoreError, failure
from vfadmin.models import Integration, Run
from vfadmin.sync import round as module
from vfadmin.sync.engine import Engine
from vfadmin.sync.hung import HUNG
from vfadmin.sync.portion import take


def engine_of(office: Office, **more: Any) -> Engine:
    engine = office.engine(**more)
    engine._bench = replace(engine._bench, unmoved=unmoved_in(office.store))
    return engine


@pytest.fixture
def settled(office: Office) -> Office:
    """An office in which everybody is in step, and due again by now."""
    office.be_in_step()
    office.now = NOW + timedelta(minutes=5)
    return office


def leases(office: Office) -> list[int]:
    with office.store.read() as session:
        held = Integration.lease_owner.is_not(None)
        return list(session.scalars(select(Integration.person_id).where(held)))


def test_everybody_has_one_result_whether_anything_happened_or_not(settled: Office) -> None:
    settled.add(3, "Palaveri")
    settled.add(4, "Outlookista", settled.far)
    settled.broken = {5}
    started: list[int] = []
    results = {one.person_id: one for one in engine_of(settled).sync(PEOPLE, on_start=started.append)}
    assert sorted(results) == sorted(started) == list(PEOPLE)
    assert (results[3].pushed, results[4].pulled) == (1, 1)
    assert [one for one, result in results.items() if not result.ok] == [5]
    assert leases(settled) == []
    assert {row(settled, one).last_synced_at for one in PEOPLE if one != 5} == {settled.now}


def test_who_was_looked_at_by_another_process_is_left_out(settled: Office) -> None:
    change(settled, 3, next_run_at=settled.now + timedelta(minutes=1))
    engine = engine_of(settled)
    results = engine.sync(PEOPLE, if_due=set(PEOPLE) - {4})
    assert sorted(one.person_id for one in results) == [one for one in PEOPLE if one != 3]
    change(
        settled, 5, next_run_at=settled.now, lease_owner="muu", lease_until=settled.now + timedelta(minutes=1)
    )
    assert list(engine.sync([5], if_due=[5])) == [], "one who is alone is left out as well"
    assert engine._wakes._ready_at == {}
    (told,) = engine.sync([5])
    assert told.failure is not None
    assert told.failure.code == "VF-LEASE-01"


def test_a_wake_for_whom_another_process_has_is_not_lost(settled: Office) -> None:
    change(settled, 3, lease_owner="muu", lease_until=settled.now + timedelta(minutes=1))
    engine = engine_of(settled)
    engine._wakes.wake([3, 4])
    assert [one.person_id for one in engine.sync([3, 4], if_due=[3, 4])] == [4]
    assert list(engine._wakes._ready_at) == [3]


def test_who_falls_due_meanwhile_is_taken_up_in_the_same_round(settled: Office) -> None:
    asked = [[3, 4], [5]]
    engine = engine_of(settled, monotonic=lambda: float(-len(asked) * 10))
    results = engine.sync([1, 2], due=lambda: asked.pop(0) if asked else [])
    assert sorted(one.person_id for one in results) == [1, 2, 3, 4, 5]


def test_who_was_woken_need_not_be_due(settled: Office) -> None:
    change(settled, 3, next_run_at=settled.now + timedelta(minutes=1))
    woken = [[3]]
    engine = engine_of(settled)
    results = engine.sync([1, 2], if_due=[1, 2, 3], more=lambda: woken.pop() if woken else [])
    assert sorted(one.person_id for one in results) == [1, 2, 3]


def test_who_is_woken_while_his_turn_is_near_is_looked_at_again_afterwards(settled: Office) -> None:
    engine = engine_of(settled, workers=1)
    woken = [[2]]

    def more() -> Iterable[int]:
        return woken.pop() if woken else ()

    results = list(engine.sync([1, 2, 3], more=more))
    assert sorted(one.person_id for one in results) == [1, 2, 3]
    assert list(engine._wakes._ready_at) == [2]


def test_after_a_stop_nobody_is_left_with_a_lease(settled: Office) -> None:
    engine = engine_of(settled, workers=1)

    def stop(_: int) -> None:
        engine.stop()

    results = list(engine.sync(PEOPLE, on_start=stop))
    assert len(results) <= 1
    assert leases(settled) == []


def test_what_was_quiet_is_written_down_though_nobody_listens_any_more(settled: Office) -> None:
    settled.add(1, "Palaveri")
    engine = engine_of(settled, workers=1)
    round_ = engine.sync(PEOPLE)
    assert next(round_).person_id == 1
    round_.close()  # type: ignore[attr-defined]
    assert leases(settled) == []
    with settled.store.read() as session:
        assert len(session.scalars(select(Run.person_id).where(Run.finished_at == settled.now)).all()) >= 1


def test_a_lease_that_waited_too_long_is_taken_anew(settled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_stale", lambda _bench, taken: taken.lease.person_id == 3)
    results = list(engine_of(settled).sync([3, 4]))
    assert all(one.ok for one in results)
    assert (row(settled, 3).fence, row(settled, 4).fence) == (3, 2)
    assert leases(settled) == []


def test_a_removal_asked_for_while_the_lease_was_held_keeps_no_lease_r30(settled: Office) -> None:
    settled.add(3, "Palaveri")
    engine = engine_of(settled)

    def asked(person_id: int) -> None:
        if person_id == 3:
            engine._ending = frozenset({3})

    results = {one.person_id: one for one in engine.sync(PEOPLE, on_start=asked)}
    failed = results[3].failure
    assert failed is not None
    assert failed.code == "VF-STATE-01", "nothing was written down of its end"
    assert leases(settled) == []


def test_while_the_store_fails_each_is_a_failure_and_none_is_lost(
    settled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> Any:
        raise StoreError(failure("VF-STORE-04"))

    monkeypatch.setattr(module, "take", fails)
    assert all(one.ok for one in engine_of(settled).sync(PEOPLE)), "each by himself"
    settled.now += timedelta(minutes=5)
    monkeypatch.setattr(module, "take", take)
    monkeypatch.setattr(module, "record", fails)
    results = list(engine_of(settled).sync(PEOPLE))
    assert {one.failure.code for one in results if one.failure is not None} == {"VF-STORE-04"}
    assert sorted(one.person_id for one in results) == list(PEOPLE)


def test_leases_that_cannot_be_given_back_run_out(settled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> Any:
        raise StoreError(failure("VF-STORE-04"))

    engine = engine_of(settled, workers=1)
    monkeypatch.setattr(module, "give_back", fails)
    assert [one.ok for one in engine.sync(PEOPLE, on_start=lambda _: engine.stop())] == [False]
    assert leases(settled) != []


def test_where_asking_together_hangs_the_leases_are_not_lost(settled: Office, expected_log: LogGuard) -> None:
    """Who was taken is looked at in another thread, under the lease that the hung one took."""
    expected_log("given up after no sign of life")
    gate, now = threading.Event(), [0.0]
    engine = engine_of(settled, workers=2, monotonic=lambda: now[0])

    def look(_: Any) -> None:
        now[0] += 10_000
        gate.wait(20)

    engine._bench = replace(engine._bench, look_ahead=look)
    try:
        results = list(engine.sync([3, 4]))
    finally:
        gate.set()
    assert sorted((one.person_id, one.ok) for one in results) == [(3, True), (4, True)]
    assert leases(settled) == []


def test_where_writing_down_hangs_the_mailboxes_are_given_up(
    settled: Office, expected_log: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_log("given up after no sign of life")
    gate, now = threading.Event(), [0.0]

    def record(*_: Any) -> None:
        now[0] += 10_000
        gate.wait(20)

    monkeypatch.setattr(module, "record", record)
    engine = engine_of(settled, workers=1, monotonic=lambda: now[0])
    try:
        results = list(engine.sync([3, 4]))
    finally:
        gate.set()
    assert [one.failure.code for one in results if one.failure is not None] == [HUNG, HUNG]
    assert (row(settled, 3).last_synced_at, leases(settled)) == (NOW, [])


def test_two_processes_with_more_to_do_than_they_can_begin_at_different_ends(
    settled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = [engine_of(settled), engine_of(settled)]
    engines[1]._bench = replace(engines[1]._bench, owner="muu")
    assert engines[0].due() == engines[1].due() == list(PEOPLE)
    monkeypatch.setattr("vfadmin.sync.engine._BATCH", len(PEOPLE))
    one, other = (engine.due() for engine in engines)
    assert sorted(one) == sorted(other) == list(PEOPLE)
    assert one[0] != other[0]


def test_who_was_just_taken_when_all_ends_is_given_back(
    settled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_of(settled, workers=1)

    def take_and_stop(*given: Any) -> Any:
        portion = take(*given)
        engine.stop()
        return portion

    monkeypatch.setattr(module, "take", take_and_stop)
    assert list(engine.sync(PEOPLE)) == []
    assert leases(settled) == []


def test_who_stops_listening_leaves_no_lease_of_those_at_work(
    settled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The round is left while one portion is being taken and one mailbox is asked."""
    gate, taking = threading.Event(), threading.Event()
    engine = engine_of(settled, workers=2)

    def late(bench: Any, some: Any, if_due: Any) -> Any:
        if 3 in some:
            taking.set()
            assert gate.wait(20)
        return take(bench, some, if_due)

    monkeypatch.setattr(module, "take", late)
    monkeypatch.setattr("vfadmin.sync.ahead.TOGETHER", 2)
    settled.broken = {1}
    round_ = engine.sync([1, 2, 3, 4])
    assert next(round_).person_id == 1
    assert taking.wait(20)
    gate.set()
    round_.close()  # type: ignore[attr-defined]
    assert leases(settled) == []

"""R28: a thread that hangs is noticed, named and replaced; its mailbox is tried again, the others go on."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.conftest import LogGuard
from tests.sync.office import PEOPLE, Office
from vfadmin.calendars.base import Calendar
from vfadmin.models import Integration, Run
from vfadmin.sync import hung
from vfadmin.sync.crew import FAREWELL, PATIENCE
from vfadmin.sync.mailbox import Mailbox

HANGS = 5


class Hanging(Office):
    """One person's server takes the request and never answers."""

    gate: threading.Event
    reached: threading.Event

    def exchange(self, mailbox: Mailbox) -> Calendar:
        if mailbox.person_id == HANGS and not self.gate.is_set():
            self.reached.set()
            self.gate.wait()
        return super().exchange(mailbox)


class Ticking:
    """Time goes by once the hung one hangs: to the end of anybody's patience."""

    def __init__(self, reached: threading.Event) -> None:
        self._reached = reached

    def __call__(self) -> float:
        return PATIENCE + 1 if self._reached.is_set() else 0.0


@pytest.fixture
def hanging(office: Office) -> Iterator[Hanging]:
    office.__class__ = Hanging
    assert isinstance(office, Hanging)
    office.gate, office.reached = threading.Event(), threading.Event()
    yield office
    office.gate.set()


def row(office: Office, person_id: int) -> Integration:
    with office.store.read() as session:
        return session.get_one(Integration, person_id)


def threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name.startswith("mailbox")]


def ended(office: Hanging) -> None:
    """Let go what hangs, and wait for it."""
    office.gate.set()
    for one in threads():
        one.join()


def test_the_others_go_on_and_the_hung_one_is_tried_again(hanging: Hanging, expected_log: LogGuard) -> None:
    for one in PEOPLE:
        hanging.add(one, f"Palaveri {one:02}")
    before = row(hanging, HANGS).fence
    engine = hanging.engine(workers=2, monotonic=Ticking(hanging.reached))
    expected_log(rf"mailboxes of \({HANGS},\), in .*test_hung.exchange:")
    results = {one.person_id: one for one in engine.sync(PEOPLE)}
    found = results.pop(HANGS).failure
    assert found is not None
    assert found.code == "VF-HUNG-01"
    assert all(one.ok for one in results.values())
    assert len(results) == len(PEOPLE) - 1
    after = row(hanging, HANGS)
    assert (after.state, after.lease_owner, after.attempts) == ("active", None, 1)
    assert after.fence == before + 2, "one lease was given, and taken away"
    assert after.failing_since == hanging.now
    assert after.next_run_at is not None
    assert after.next_run_at > hanging.now
    with hanging.store.read() as session:
        assert session.scalar(select(Run.error_code).where(Run.person_id == HANGS)) == "VF-HUNG-01"

    ended(hanging)
    assert len(hanging.far_titles()) == len(PEOPLE) - 1, "who comes back too late writes nothing"
    hanging.now += timedelta(hours=1)
    (result,) = hanging.engine().sync([HANGS])
    assert result.ok
    assert sorted(hanging.far_titles()) == [f"Palaveri {one:02}" for one in PEOPLE]
    assert row(hanging, HANGS).failing_since is None


def test_once_all_is_to_end_a_hung_one_is_not_waited_for_that_long(
    hanging: Hanging, expected_log: LogGuard
) -> None:
    expected_log("given up after no sign of life")
    now = [0.0]
    engine = hanging.engine(workers=1, monotonic=lambda: now[0])

    def stop_it() -> Iterable[int]:
        if hanging.reached.is_set():
            engine.stop()
            now[0] = FAREWELL + 1
        return ()

    assert [one.ok for one in engine.sync([HANGS], more=stop_it)] == [False]
    ended(hanging)


def test_a_mailbox_that_another_process_has_by_now_stays_its(hanging: Hanging) -> None:
    with hanging.store.write() as session:
        session.get_one(Integration, HANGS).lease_owner = "muu"
    bench = hanging.engine()._bench
    result = hung.give_up(bench, HANGS)
    assert not result.ok
    after = row(hanging, HANGS)
    assert (after.lease_owner, after.attempts, after.fence) == ("muu", 0, 0)
    assert hung.give_up(bench, 999).failure == result.failure


def test_what_is_asked_for_many_together_may_hang_too(hanging: Hanging, expected_log: LogGuard) -> None:
    """Each asks for himself then."""

    def look(_person_ids: Any) -> None:
        hanging.reached.set()
        hanging.gate.wait()

    engine = hanging.engine(workers=2, monotonic=Ticking(hanging.reached))
    engine._bench = replace(engine._bench, look_ahead=look)
    expected_log("given up after no sign of life.*test_hung.look:")
    results = engine.sync([one for one in PEOPLE if one != HANGS])
    assert next(results).ok
    hanging.reached.clear()
    assert all(one.ok for one in results)
    ended(hanging)

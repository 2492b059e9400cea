"""A test of the test: an engine broken on purpose, in each of the named ways, does not pass the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.quick_folder import quick_folder
from tests.sync.machine import Calendars
from tests.sync.world import StoreUser, World, store_at
from vfadmin.calendars.base import ChangePage, Side
from vfadmin.calendars.event import FIELDS
from vfadmin.errors import Failure
from vfadmin.sync import cycle, dirty, journal, merge, plan, recover, settle, writer
from vfadmin.sync.journal import Journal
from vfadmin.sync.values import Act, PairPlan, PairView, Reason, Write

SETTINGS = settings(
    max_examples=300,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)

Break = Callable[[pytest.MonkeyPatch], None]


def no_stamp(patch: pytest.MonkeyPatch) -> None:
    """An update found without its stamp is taken for one that never landed."""
    original = recover._landed

    def landed(journal: Any, calendar: Any, intent: Any) -> Any:
        return None if intent.write.act is Act.UPDATE else original(journal, calendar, intent)

    patch.setattr(recover, "_landed", landed)


def delete_wins(patch: pytest.MonkeyPatch) -> None:
    """A deletion on one side takes an edit on the other with it."""

    def gone(pair: PairView, side: Side, current: Any, _context: Any) -> PairPlan:
        write = Write(Act.DELETE, side.other, Reason.DELETED)
        return PairPlan(pair, current, None, (write,), plan.Outcome.CLOSE)

    patch.setattr(plan, "_one_gone", gone)


def cursor_first(patch: pytest.MonkeyPatch) -> None:
    """The cursor is stored in a commit of its own, before the ids it reported."""
    original = Journal.store_page

    def store_page(self: Journal, side: Side, page: ChangePage) -> int:
        with self._write() as session:
            dirty.move_cursor(session, self._person, side, page.cursor)
        return original(self, side, page)

    patch.setattr(Journal, "store_page", store_page)


def cleared_before_settled(patch: pytest.MonkeyPatch) -> None:
    """Dirty ids are forgotten with the intent, not with the result."""
    original = Journal.begin

    def begin(self: Journal, one: PairPlan, write: Write, stamp: str) -> Any:
        begun = original(self, one, write, stamp)
        with self._write() as session:
            dirty.clear(session, self._person, one.clears)
        return begun

    patch.setattr(Journal, "begin", begin)
    patch.setattr(Journal, "_dirty_again", lambda *_: None)


def intents_not_redirtied(patch: pytest.MonkeyPatch) -> None:
    """A closed intent leaves its ids clean."""
    original = Journal.drop_intent

    def drop(self: Journal, row: int, one: PairPlan, write: Write, found: Failure) -> None:
        original(self, row, one, write, found)
        with self._write() as session:
            ids = [(side, id_) for side in Side if (id_ := one.pair.twin(side).id)]
            dirty.clear(session, self._person, ids)

    patch.setattr(Journal, "drop_intent", drop)


def seen_moves_with_the_intent(patch: pytest.MonkeyPatch) -> None:
    """What a side showed is brought up to date when a write is decided, not when it is done."""
    original = Journal.begin

    def begin(self: Journal, one: PairPlan, write: Write, stamp: str) -> Any:
        row, pair = original(self, one, write, stamp)
        if write.act is Act.UPDATE:
            with self._write() as session:
                self._save(session, [settle.settled(replace(one, pair=pair))])
        return row, pair

    patch.setattr(Journal, "begin", begin)


def intents_ignored(patch: pytest.MonkeyPatch) -> None:
    """What a killed process left behind is never looked at."""

    def forget(one: Journal, _calendars: Any) -> int:
        with one._write() as session:
            for intent in one.open_intents():
                session.delete(session.get_one(journal.Intent, intent.row))
                if intent.plan.pair.base is None:
                    session.delete(session.get_one(journal.Pair, intent.plan.pair.row))
        return 0

    patch.setattr(cycle, "settle_intents", forget)


def versions_taken_for_proof(patch: pytest.MonkeyPatch) -> None:
    """An item whose version moved counts as edited in every field."""
    patch.setattr(merge, "_changed", lambda _current, _seen, _carried: frozenset(FIELDS) - {"participants"})


def partly_settled_as_whole(patch: pytest.MonkeyPatch) -> None:
    """The first of two writes settles the fields that only the second carries over."""
    patch.setattr(settle, "_partly", lambda one, _write, _agreed: settle.settled(one))
    patch.setattr(writer, "finished", settle.finished)


BREAKS: Iterable[Break] = (
    no_stamp,
    delete_wins,
    cursor_first,
    cleared_before_settled,
    intents_not_redirtied,
    seen_moves_with_the_intent,
    intents_ignored,
    versions_taken_for_proof,
    partly_settled_as_whole,
)

SOONER = {cursor_first: 7, seen_moves_with_the_intent: 2}
"""Seeds whose examples come to the mistake early; the usual ones take ten times as long to find it."""


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with quick_folder() as folder:
        store, far = store_at(folder / "valueframe.db"), store_at(folder / "exchange.db")
        yield World(store, StoreUser(far, Side.EXCHANGE))
        store.close()
        far.close()


@contextmanager
def broken(way: Break) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        way(patch)
        yield


@pytest.mark.timeout(600)
@pytest.mark.parametrize("way", BREAKS, ids=lambda way: way.__name__)
def test_the_machine_notices(world: World, way: Break) -> None:
    class Bound(Calendars):
        def make_world(self) -> World:
            return world

    machine = seed(SOONER[way])(Bound) if way in SOONER else Bound
    with broken(way), pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=SETTINGS)

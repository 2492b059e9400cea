"""The state machine: people edit two calendars while the engine is broken at every place; the oracle.

Every event has a name in its title that nobody edits, so the oracle can follow it whatever happens. Values
are unique, so it can tell whose edit it sees.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.strategies import plain
from tests.sync.world import Fault, World
from vfadmin.calendars.base import Side
from vfadmin.calendars.event import Event

EDITED = ("location", "text")
MANY = 4
picks = st.integers(0, MANY - 1)
sides = st.sampled_from([Side.VALUEFRAME, Side.EXCHANGE])
faults = st.builds(
    lambda place, nth, kill: Fault(place, nth, kill=kill or place.endswith("commit")),
    st.sampled_from(["before-write", "after-write", "before-commit", "after-commit"]),
    st.integers(1, 5),
    st.booleans(),
)


@dataclass(slots=True)
class Known:
    """What the oracle knows of one event since both sides last agreed on it."""

    agreed: dict[str, str]
    edits: dict[Side, dict[str, str]] = field(default_factory=lambda: {side: {} for side in Side})
    deleted: set[Side] = field(default_factory=set)
    disturbed: bool = False
    must_live: bool = False

    @property
    def contested(self) -> bool:
        """Whether it is edited on one side and deleted on the other, and no cycle has met that yet."""
        return not self.disturbed and any(
            self.edits[side] and side.other in self.deleted and side not in self.deleted for side in Side
        )


class Calendars(RuleBasedStateMachine):
    """Two calendars in step. A subclass gives the world."""

    world: World

    @initialize()
    def start(self) -> None:
        self.world = self.make_world()
        self.world.reset()
        self.known: dict[str, Known] = {}
        self.names = count()
        self.values = count()
        for side in Side:
            self.add(side)
        self.check()

    @abstractmethod
    def make_world(self) -> World:
        """The world to play in; each example empties it."""

    def user(self, side: Side) -> Any:
        return self.world.valueframe if side is Side.VALUEFRAME else self.world.exchange

    def present(self, side: Side) -> dict[str, str]:
        return self.user(side).ids()

    # Few events: then edits, deletions and faults meet at the same one.
    @precondition(lambda self: len(self.known) < MANY)
    @rule(side=sides)
    def add(self, side: Side) -> None:
        name = f"e{next(self.names)}"
        self.user(side).add(plain(name, days=1 + len(self.known)))
        self.known[name] = Known(agreed={}, disturbed=True)

    @rule(side=sides, pick=picks, what=st.sampled_from(EDITED))
    def edit(self, side: Side, pick: int, what: str) -> None:
        name, item_id = self._one(side, pick)
        if name is None:
            return
        value = f"v{next(self.values)}"
        self.user(side).edit(item_id, **{what: value})
        self.known[name].edits[side][what] = value

    @rule(side=sides, pick=picks)
    def edit_on_both_sides(self, side: Side, pick: int) -> None:
        """Different fields of one event: its plan has two writes, and a fault may fall between them."""
        self.edit(side, pick, EDITED[0])
        name, _ = self._one(side, pick)
        names = sorted(one for one in self.present(side.other) if one in self.known)
        if name in names:
            self.edit(side.other, names.index(name), EDITED[1])

    @rule(side=sides, pick=picks)
    def touch(self, side: Side, pick: int) -> None:
        name, item_id = self._one(side, pick)
        if name is not None:
            self.user(side).touch(item_id)

    @rule(side=sides, pick=picks)
    def remove(self, side: Side, pick: int) -> None:
        name, item_id = self._one(side, pick)
        if name is not None:
            self.user(side).remove(item_id)
            known = self.known[name]
            # Deleted on both sides, or once more after it had come back: that is somebody's last word.
            known.must_live = known.must_live and not known.deleted
            known.deleted.add(side)

    @precondition(lambda self: len(self.known) < MANY)
    @rule(side=sides, pick=picks)
    def copy(self, side: Side, pick: int) -> None:
        name, item_id = self._one(side, pick)
        if name is None:
            return
        fresh = f"e{next(self.names)}"
        self.user(side).copy(item_id, fresh)
        self.known[fresh] = Known(agreed={}, disturbed=True)

    @rule(side=sides)
    def lose_cursor(self, side: Side) -> None:
        self.world.lose_cursor(side)

    @rule(fault=faults)
    def sync_with_a_fault(self, fault: Fault) -> None:
        self.fail(fault)

    def fail(self, fault: Fault, *, complete: bool = False) -> None:
        """A cycle, or a complete comparison, that breaks.

        However it breaks, an edit beats a deletion that was there before it.
        """
        for known in self.known.values():
            known.must_live = known.must_live or known.contested
        self.world.sync(fault, complete=complete)
        shown = {side: {one.title: one for one in self.world.shown(side)} for side in Side}
        for name, known in self.known.items():
            # Part of what was pending may have travelled: later edits meet it or do not.
            known.disturbed = True
            pair = [shown[side][name] for side in Side if name in shown[side]]
            if len(pair) == len(Side):
                self._note_arrived(known, *pair)

    @staticmethod
    def _note_arrived(known: Known, one: Event, other: Event) -> None:
        """An edit that stands on both sides is agreed on: what comes later must build on it."""
        for what in EDITED:
            value = getattr(one, what)
            if value == getattr(other, what):
                known.agreed[what] = value
                for edits in known.edits.values():
                    edits.pop(what, None)

    @precondition(lambda self: self.known)
    @rule()
    def sync_cleanly(self) -> None:
        self.check()

    def teardown(self) -> None:
        if hasattr(self, "known"):
            self.check()

    def check(self) -> None:
        """The oracle: after at most three clean cycles nothing is lost, doubled or still moving."""
        self.world.now += timedelta(hours=2)  # what was set aside has its turn again
        self.world.settle()
        if self.world.set_aside():  # only now: it had failed three times when the first clean cycle came
            self.world.now += timedelta(hours=2)
            self.world.settle()
        shown = {side: self.world.shown(side) for side in Side}
        assert shown[Side.VALUEFRAME] == shown[Side.EXCHANGE], self._apart(shown)
        assert self.world.exchange.mails() == 0
        by_name: dict[str, Event] = {}
        for event in shown[Side.VALUEFRAME]:
            assert event.title not in by_name, f"{event.title} is doubled"
            by_name[event.title] = event
        assert set(by_name) <= set(self.known)
        for name, known in list(self.known.items()):
            self._judge(name, known, by_name.get(name))

    @staticmethod
    def _apart(shown: dict[Side, list[Event]]) -> str:
        one, other = (set(shown[side]) for side in Side)
        return f"only in ValueFrame: {one - other}; only in Exchange: {other - one}"

    def _judge(self, name: str, known: Known, event: Event | None) -> None:
        if event is None:
            assert known.deleted, f"{name} is lost"
            assert not known.must_live, f"{name}: a deletion won over an edit after all"
            edited = {side for side in Side if known.edits[side]} - known.deleted
            assert known.disturbed or not edited, f"{name}: the deletion won over an edit"
            del self.known[name]
            return
        undisputed = known.deleted and not known.disturbed and not any(known.edits.values())
        assert not undisputed, f"{name} came back"
        for what in EDITED:
            self._judge_field(name, known, what, getattr(event, what))
        self.known[name] = Known(agreed={what: getattr(event, what) for what in EDITED})

    def _judge_field(self, name: str, known: Known, what: str, value: str) -> None:
        candidates = {side: known.edits[side][what] for side in Side if what in known.edits[side]}
        if not candidates:
            assert what not in known.agreed or value == known.agreed[what], f"{name}.{what} changed by itself"
        elif len(candidates) == 1 or known.disturbed:
            assert value in candidates.values() or known.deleted, f"{name}.{what}: the edit is lost"
        else:
            winner = candidates[Side.VALUEFRAME]
            assert value == winner or known.deleted, f"{name}.{what}: the wrong side won"

    def _one(self, side: Side, pick: int) -> tuple[str | None, str]:
        ids = sorted((name, id_) for name, id_ in self.present(side).items() if name in self.known)
        return ids[pick % len(ids)] if ids else (None, "")

"""Both calendars of one person side by side, and what the engine's own plan will do about each difference.

Both sides are read from end to end and nothing is written anywhere. The plan is made of that reading by the
same pure function that a cycle uses; what no page has told of yet is found by the same plan, but only a
complete comparison (`verify`) will do it, and the row says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from vfadmin.calendars.base import Capabilities, Item, Side
from vfadmin.calendars.event import Event, differing
from vfadmin.errors import Failure, VfadminError
from vfadmin.models import PairStatus
from vfadmin.sync.cycle import Bench, guarded
from vfadmin.sync.merge import alike
from vfadmin.sync.plan import plan
from vfadmin.sync.reader import Gatherer
from vfadmin.sync.scratch import Look, MovedJournal, ScratchJournal, WholeJournal, looked_into, read_both
from vfadmin.sync.values import BOTH, Outcome, PairPlan, Repair, Snapshot, Write
from vfadmin.sync.window import window_at

_Due = Mapping[Side, Collection[str]]
Watch = Callable[[int, int], None]
"""Told now and then how many events were read, of how many; 0 of 0 while they are still being listed."""


def unwatched(_read: int, _total: int) -> None:
    """Nobody looks."""


class Resolution(StrEnum):
    """What becomes of what stands there; the word is part of the command line's contract."""

    NOTHING = "nothing"
    """Both are equal, as far as both can show."""
    SYNC = "sync"
    """The next sync does the row's writes."""
    VERIFY = "verify"
    """No page has told of it: a complete comparison does the row's writes, an ordinary sync does not."""
    HELD = "held"
    """The writes delete, and wait for an admin."""
    QUARANTINED = "quarantined"
    """Failed before: tried again at ``until``, or as soon as one of the two is changed."""
    IN_DOUBT = "in-doubt"
    """A write was interrupted: the next sync first finds out whether it took place."""
    LEFT_ALONE = "left-alone"
    """One of the sides cannot show it; ``note`` says why."""
    LATER = "later"
    """Beyond the horizon: synchronised from ``until`` on."""
    TOO_OLD = "too-old"
    """Ended before the window: stays as it is."""
    KEPT = "kept"
    """Nothing is written to it any more: links do not travel, or its calendar was left."""
    SERVERS_WAY = "servers-way"
    """The server makes of it what it shows; writing it again would change nothing."""
    UNREADABLE = "unreadable"
    """One of the two could not be read; ``failure`` says why."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One event on both sides. ``fields`` are those in which the two differ for whoever reads them.

    ``agreed`` is what both are to show once ``writes`` are done, None where nothing is written or both go.
    ``private`` says that one of the two is private or was when it was last settled; ``key`` names the pair.
    """

    key: str
    valueframe: Event | None
    exchange: Event | None
    fields: tuple[str, ...]
    resolution: Resolution
    writes: tuple[Write, ...] = ()
    agreed: Event | None = None
    private: bool = False
    note: str | None = None
    until: datetime | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All events of both calendars that are within the window or paired, by their start.

    Where ``failure`` is set Exchange could not be read: the rows are those of ValueFrame, and what stands on
    the other side is not known. ``requests`` are those that went over the network.
    """

    person_id: int
    rows: tuple[Compared, ...] = ()
    failure: Failure | None = None
    first: bool = False
    requests: int = 0


def compare(bench: Bench, person_id: int, watch: Watch = unwatched) -> Comparison:
    """Read both calendars and say what will become of them.

    An integration need not be at work. Raises UsageError where there is none, StoreError, and what
    ``watch`` raises to end it; that is not to be a VfadminError, which would be taken for Exchange's.
    """
    try:
        with looked_into(bench, person_id, idle=True) as look:
            rows = _Comparing(bench, person_id, look, watch).rows()
            requests = sum(calendar.requests for calendar in look.calendars.values())
            return Comparison(person_id, _in_order(rows), first=look.first_cycle, requests=requests)
    except VfadminError as error:
        rows = _of_valueframe(bench, person_id, error.failure)
        return Comparison(person_id, _in_order(rows), error.failure)


class _Comparing:
    """One comparison under way."""

    def __init__(self, bench: Bench, person_id: int, look: Look, watch: Watch) -> None:
        self._bench, self._look, self._now = bench, look, bench.clock()
        self._watch = watch
        self._policy = bench.policy()
        self._told = ScratchJournal(bench, person_id)
        self._doubtful = self._told.doubtful_keys()
        self._journal = (MovedJournal if look.moved else WholeJournal)(bench, person_id)
        self._capabilities = {side: calendar.capabilities for side, calendar in look.calendars.items()}

    def rows(self) -> list[Compared]:
        """A row for each event on either side."""
        first = self._look.first_cycle
        due: _Due | None = None
        if not first:
            read_both(self._bench, self._told, self._look, self._listing)
            due = {side: self._told.due(side) for side in BOTH}
        if not self._look.moved:
            for side in BOTH:
                self._journal.lose_cursor(side)
        read_both(self._bench, self._journal, self._look, self._listing)
        total = sum(len(self._journal.due(side)) for side in BOTH)

        def tell() -> None:
            self._watch(min(gatherer.read, total), total)

        gatherer = Gatherer(self._journal, self._look.calendars, tell, first_cycle=first)
        snapshot = gatherer.gather()
        unread = [self._unread(side, item_id, fault) for side, item_id, fault in gatherer.failures]
        if snapshot is None:
            return unread
        doubting = self._doubting(snapshot)
        plans = self._planned(snapshot)
        rows = [self._row(one, due, doubting) for one in plans if any(one.current.values())]
        return rows + unread

    def _listing(self) -> None:
        self._watch(0, 0)

    def _planned(self, snapshot: Snapshot) -> tuple[PairPlan, ...]:
        plans = plan(snapshot, self._policy, self._now, iter(self._bench.new_id, None))
        rest = tuple(one for one in plans if not one.deletes)
        return (*rest, *guarded(plans, self._journal, self._policy))

    def _doubting(self, snapshot: Snapshot) -> dict[str, PairPlan]:
        """What a complete comparison would do about pairs that an ordinary cycle finds settled."""
        if snapshot.first_cycle:
            return {}
        repairs: Mapping[str, Repair] = self._told.repairs()
        plans = plan(
            replace(snapshot, repairs=repairs), self._policy, self._now, iter(self._bench.new_id, None)
        )
        return {one.pair.key: one for one in plans if one.pair.row is not None}

    def _row(self, one: PairPlan, due: _Due | None, doubting: Mapping[str, PairPlan]) -> Compared:
        fields = self._fields(one.current)
        resolution, until = self._resolution(one, due, fields)
        if resolution is Resolution.SERVERS_WAY:
            better = doubting.get(one.pair.key, one)
            if better.writes:
                one, resolution = better, Resolution.VERIFY
        if resolution is Resolution.IN_DOUBT:
            one = replace(one, writes=())  # what is to be written, only the settling tells
        events = {side: None if (item := one.current[side]) is None else item.event for side in BOTH}
        return Compared(
            one.pair.key,
            events[Side.VALUEFRAME],
            events[Side.EXCHANGE],
            fields,
            resolution,
            one.writes,
            one.agreed if one.writes else None,
            _is_private(one, events.values()),
            one.note,
            until,
        )

    def _resolution(
        self, one: PairPlan, due: _Due | None, fields: Collection[str]
    ) -> tuple[Resolution, datetime | None]:
        pair = one.pair
        told = due is None or any(pair.twin(side).id in due[side] for side in BOTH)
        waits = pair.next_try_at is not None and pair.next_try_at > self._now
        fixed = _FIXED.get(one.outcome)
        if pair.key in self._doubtful:
            fixed = Resolution.IN_DOUBT
        elif one.outcome is Outcome.KEEP and pair.status == PairStatus.HELD:
            fixed = Resolution.HELD
        elif waits and not told:
            return Resolution.QUARANTINED, pair.next_try_at
        elif one.postponed:
            return Resolution.LATER, one.postponed[0][2]
        return fixed or _of_writes(one, fields, told=told), None

    def _fields(self, current: Mapping[Side, Item | None]) -> tuple[str, ...]:
        one, other = current[Side.VALUEFRAME], current[Side.EXCHANGE]
        if one is None or other is None:
            return ()
        return _differing(one, other, self._capabilities)

    def _unread(self, side: Side, item_id: str, fault: Failure) -> Compared:
        found = next(iter(self._journal.pairs_by_ids(side, [item_id])), None)
        if found is None:
            return Compared("", None, None, (), Resolution.UNREADABLE, failure=fault)
        one, other = found.valueframe.seen, found.exchange.seen
        private = any(event.private for event in (one, other, found.base) if event is not None)
        return Compared(found.key, one, other, (), Resolution.UNREADABLE, private=private, failure=fault)


_FIXED = {
    Outcome.HOLD: Resolution.HELD,
    Outcome.LEAVE: Resolution.LEFT_ALONE,
    Outcome.SET_ASIDE: Resolution.LEFT_ALONE,
    Outcome.FREEZE: Resolution.TOO_OLD,
    Outcome.KEEP: Resolution.KEPT,
}


def _of_writes(one: PairPlan, fields: Collection[str], *, told: bool) -> Resolution:
    if one.writes:
        return Resolution.SYNC if told else Resolution.VERIFY
    if one.outcome is Outcome.CLOSE:
        return Resolution.TOO_OLD if one.pair.row is None else Resolution.KEPT
    return Resolution.SERVERS_WAY if fields else Resolution.NOTHING


def _differing(one: Item, other: Item, capabilities: Mapping[Side, Capabilities]) -> tuple[str, ...]:
    """The fields in which the two differ although each side could show what the other does."""
    events = {Side.VALUEFRAME: one.event, Side.EXCHANGE: other.event}
    carried = capabilities[Side.VALUEFRAME].fields & capabilities[Side.EXCHANGE].fields
    apart = differing(one.event, other.event) & (carried - one.without - other.without)
    same = alike(events, capabilities, apart)
    return tuple(sorted(apart - same[Side.VALUEFRAME] - same[Side.EXCHANGE]))


def _is_private(one: PairPlan, events: Iterable[Event | None]) -> bool:
    known = (*events, one.pair.base, one.pair.valueframe.seen, one.pair.exchange.seen)
    return any(event.private for event in known if event is not None)


def _of_valueframe(bench: Bench, person_id: int, fault: Failure) -> list[Compared]:
    """What ValueFrame shows while nothing is known of Exchange."""
    journal = WholeJournal(bench, person_id)
    with closing(bench.doors.valueframe(person_id)) as calendar:
        after = window_at(bench.clock(), bench.policy()).after
        listed = [one for page in calendar.changes(None) for one in page.changed]
        ids = [one.id for one in listed if one.ends is None or one.ends >= after]
        items = calendar.fetch(ids).items
    pairs = {pair.valueframe.id: pair for pair in journal.pairs_by_ids(Side.VALUEFRAME, ids)}
    rows = []
    for item in items.values():
        pair = pairs.get(item.id)
        known = () if pair is None else (pair.base, pair.valueframe.seen, pair.exchange.seen)
        private = any(event.private for event in (item.event, *known) if event is not None)
        key = "" if pair is None else pair.key
        rows.append(
            Compared(key, item.event, None, (), Resolution.UNREADABLE, private=private, failure=fault)
        )
    return rows


def _in_order(rows: Iterable[Compared]) -> tuple[Compared, ...]:
    def place(one: Compared) -> tuple[str, str, str]:
        event = one.valueframe or one.exchange
        return ("", "", one.key) if event is None else (event.when.start.isoformat(), event.title, one.key)

    return tuple(sorted(rows, key=place))

"""Deciding: a pure function from what is known to what will be written.

The same plan is carried out by a cycle and printed by a dry run; nothing here reads a clock, a
database or a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from vfadmin.calendars.base import MEETING, READ_ONLY, RECEIVED, RECURRENCE, Capabilities, Item, Side
from vfadmin.calendars.event import FIELDS, PERSONAL, Event, differing
from vfadmin.sync.doubles import NOTE, sharing_a_uid
from vfadmin.sync.invited import give_way, superseded
from vfadmin.sync.match import match_first, match_forgotten, rebind
from vfadmin.sync.merge import Merged, merge
from vfadmin.sync.values import (
    BOTH,
    Act,
    Decision,
    Outcome,
    PairPlan,
    PairView,
    Policy,
    Reading,
    Reason,
    Repair,
    Snapshot,
    Twin,
    Write,
    uids_of,
    with_twin,
)
from vfadmin.sync.window import Window, enters_at, window_at

OWNED = frozenset(FIELDS) - PERSONAL
"""What a participant cannot change of somebody else's event (R15)."""
_TIME = frozenset({"when", RECURRENCE})

_HELD = "held"
"""Of a pair whose deletion, or whose create of unknown outcome, waits for an admin."""
_CLOSED = "closed"
"""Of a pair whose item stayed behind in a calendar that is not synchronised any more; and of one whose copy
an undo took away, which has an id on one side only."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every decision of one round shares."""

    snapshot: Snapshot
    policy: Policy
    now: datetime
    window: Window


def plan(snapshot: Snapshot, policy: Policy, now: datetime, new_key: Iterator[str]) -> tuple[PairPlan, ...]:
    """What has to be done for every dirty item. ``new_key`` gives a fresh UUID for each new pair."""
    context = Context(snapshot, policy, now, window_at(now, policy))
    pairs = list(rebind(snapshot))
    matched = match_first if snapshot.first_cycle else match_forgotten
    pairs.extend(matched(snapshot, pairs, new_key))
    pairs, waiting = give_way(snapshot, pairs)
    plans = [plan_pair(pair, context) for pair in pairs if _touched(pair, snapshot)]
    known = {side: {pair.twin(side).id for pair in pairs} for side in BOTH}
    keys = {pair.key: pair for pair in pairs}
    doubles = sharing_a_uid(snapshot, pairs)
    for side in BOTH:
        for item_id, reading in snapshot.readings[side].items():
            if item_id not in known[side] and item_id not in waiting:
                plans.append(_plan_new(side, item_id, reading, keys, context, next(new_key)))
    reachable = (_within_reach(one, snapshot.capabilities) for one in plans)
    return tuple(_set_aside(one) if one.creates and _touches(one, doubles) else one for one in reachable)


def _within_reach(one: PairPlan, capabilities: Mapping[Side, Capabilities]) -> PairPlan:
    """The plan without the writes that a side is not open to.

    What only such writes could bring into step is left as it is, and said; where the other side has
    something to be written as well, that goes on.
    """
    kept = tuple(write for write in one.writes if write.act.value not in capabilities[write.side].closed)
    if len(kept) == len(one.writes):
        return one
    lacking = [write for write in one.writes if write not in kept]
    if not kept or any(write.act is not Act.UPDATE for write in lacking):
        return replace(one, writes=(), outcome=Outcome.LEAVE, note=READ_ONLY)
    return replace(one, writes=(*kept[:-1], replace(kept[-1], final=True)))


def _touches(one: PairPlan, doubles: frozenset[str]) -> bool:
    return one.pair.row is None and one.pair.exchange.id in doubles


def _set_aside(one: PairPlan) -> PairPlan:
    return replace(one, agreed=None, writes=(), outcome=Outcome.SET_ASIDE, clears=(), note=NOTE)


def plan_pair(pair: PairView, context: Context) -> PairPlan:
    """Decide one pair by what stands on both sides."""
    readings = {side: context.snapshot.reading(side, pair.twin(side).id) for side in BOTH}
    gone = {side: readings[side].gone or pair.twin(side).id is None for side in BOTH}
    clears = tuple((side, id_) for side in BOTH if (id_ := pair.twin(side).id) is not None)
    current = {side: _current(pair, side, readings[side]) for side in BOTH}
    inferred = any(reading.inferred and reading.gone for reading in readings.values())
    resting = _resting(pair, gone, current, context.policy)
    if resting is not None:
        return PairPlan(pair, current, pair.base, (), resting, clears)
    if _frozen(pair, current, context.window):
        return PairPlan(pair, current, pair.base, (), Outcome.FREEZE, clears)
    unsupported = _unsupported(current, context)
    if unsupported:
        return PairPlan(pair, current, pair.base, (), Outcome.LEAVE, clears, note=unsupported)
    for side in BOTH:
        if gone[side]:
            away = _called_off if readings[side].cancelled else _one_gone
            return replace(away(pair, side, current, context), clears=clears, inferred=inferred)
    return replace(_decided(pair, current, context), clears=clears)


def _resting(
    pair: PairView, gone: Mapping[Side, bool], current: Mapping[Side, Item | None], policy: Policy
) -> Outcome | None:
    """What becomes of a pair of which nothing is to be written; None where its items decide."""
    if gone[Side.VALUEFRAME] and gone[Side.EXCHANGE]:
        return Outcome.CLOSE
    if _is_left_to_an_admin(pair, gone):
        return Outcome.KEEP
    if pair.participating and not policy.participants:
        return Outcome.KEEP  # links do not travel any more: what they brought about stays as it is (R9)
    if pair.status == _CLOSED and None in (pair.valueframe.id, pair.exchange.id):
        return Outcome.KEEP if _stands(pair, current) else None
    if pair.status == _CLOSED and pair.decision is None:
        return Outcome.CLOSE if gone[Side.VALUEFRAME] else Outcome.KEEP
    return None


def _is_left_to_an_admin(pair: PairView, gone: Mapping[Side, bool]) -> bool:
    """Whether its twin may have been made and he has not said so yet, or he has left the one alone.

    With its twin back it is a pair as any.
    """
    if pair.status == _HELD and pair.exchange.id is None and pair.decision is None:
        return True
    return pair.decision == Decision.SKIP and (gone[Side.VALUEFRAME] or gone[Side.EXCHANGE])


def _stands(pair: PairView, current: Mapping[Side, Item | None]) -> bool:
    """Whether nobody has edited what an undo left alone; an edit says that it is to be on both sides."""
    twins = ((item, pair.twin(side).seen) for side in BOTH if (item := current[side]) is not None)
    return all(seen is not None and not differing(item.event, seen) for item, seen in twins)


def _decided(pair: PairView, current: Mapping[Side, Item | None], context: Context) -> PairPlan:
    """Both are there; where calendars are compared completely, standing still proves no agreement."""
    repairs = context.snapshot.repairs
    if repairs is None:
        return _both_there(pair, current, context)
    repairing = _both_there(pair, current, context, doubting=True)
    # What a repair wrote and the server made into the same other thing again is the server's own way.
    in_vain = repairs.get(pair.key) in tuple(_repairs_of(repairing))
    return _both_there(pair, current, context) if in_vain else repairing


def _repairs_of(plan: PairPlan) -> Iterator[Repair]:
    for write in plan.writes:
        item = plan.current[write.side]
        if write.reason is Reason.VERIFIED and item is not None and plan.agreed is not None:
            yield Repair(write.side, item.event, plan.agreed)


def _both_there(
    pair: PairView, current: Mapping[Side, Item | None], context: Context, *, doubting: bool = False
) -> PairPlan:
    merged = _merged(pair, current, context, doubting=doubting)
    targets = [side for side in (Side.EXCHANGE, Side.VALUEFRAME) if merged.writes[side]]
    if Side.VALUEFRAME not in targets and _is_provisional(current):
        targets.append(Side.VALUEFRAME)  # with its marks alone: the organizer's copy has been seen
    writes: list[Write] = []
    for index, side in enumerate(targets):
        last = index == len(targets) - 1
        later = frozenset[str]().union(*(merged.writes[other] for other in targets[index + 1 :]))
        lost = merged.conflicts & merged.writes[side]
        writes.append(
            Write(
                Act.UPDATE,
                side,
                _why(pair, merged, lost, sealed=_is_sealed(current)),
                merged.writes[side],
                merged.changed - later,
                last,
                lost,
            )
        )
    return PairPlan(pair, current, merged.agreed, tuple(writes), Outcome.SETTLE)


def _why(pair: PairView, merged: Merged, lost: frozenset[str], *, sealed: bool) -> Reason:
    if pair.base is None:
        return Reason.MATCHED
    if merged.put_back & lost:
        return Reason.MEETING if sealed else Reason.PUT_BACK
    if lost - merged.repaired:
        return Reason.CONFLICT
    return Reason.VERIFIED if lost else Reason.EDITED


def _merged(
    pair: PairView, current: Mapping[Side, Item | None], context: Context, *, doubting: bool
) -> Merged:
    """The merge, in which a series that an interrupted write left behind is written again.

    What its occurrences show there is nobody's edit.
    """
    events = {side: item.event for side in BOTH if (item := current[side]) is not None}
    seen = {side: pair.twin(side).seen for side in BOTH}
    torn = [side for side in BOTH if (item := current[side]) is not None and item.unfinished]
    for side in torn:
        meant = seen[side] or events[side.other]
        events[side] = replace(events[side], recurrence=meant.recurrence)
    items = [item for item in current.values() if item is not None]
    merged = merge(
        events,
        seen,
        context.snapshot.capabilities,
        Side.EXCHANGE if _mailbox_knows_best(pair, current) else context.policy.winner,
        doubting=doubting,
        owned=_owned(pair, current),
        without=frozenset[str]().union(*(item.without for item in items)),
        sealed=_is_sealed(current),
    )
    if _is_sealed(current):
        return merged
    again = {side: merged.writes[side] | ({RECURRENCE} if side in torn else set()) for side in BOTH}
    return replace(merged, writes=again, changed=merged.changed.union(*again.values()))


def _one_gone(pair: PairView, side: Side, current: Mapping[Side, Item | None], context: Context) -> PairPlan:
    """One side deleted it: the other follows, unless it was edited meanwhile (edit beats delete)."""
    other = side.other
    item = current[other]
    if item is None:  # the other twin was never made: nothing is left of this pair
        return PairPlan(pair, current, pair.base, (), Outcome.CLOSE)
    seen = pair.twin(other).seen
    carried = context.snapshot.capabilities[side].fields & context.snapshot.capabilities[other].fields
    if item.unfinished:
        carried -= {RECURRENCE}
    carried -= item.without
    participating = pair.participating or item.participating
    if pair.decision == Decision.RESTORE and (side is Side.EXCHANGE or not participating):
        write = Write(Act.CREATE, side, Reason.RESTORED)
        return PairPlan(pair, current, item.event, (write,), Outcome.SETTLE)
    if participating:
        return _one_gone_of_another(pair, side, current, carried)
    never_made = pair.twin(side).id is None
    if never_made or seen is None or differing(item.event, seen) & carried:
        write = Write(Act.CREATE, side, Reason.NEW if never_made else Reason.EDIT_BEATS_DELETE)
        return PairPlan(pair, current, item.event, (write,), Outcome.SETTLE)
    if item.sealed:
        # Deleting it would send everybody a cancellation: what ValueFrame took away is put back there.
        back = Write(Act.CREATE, side, Reason.MEETING)
        return PairPlan(pair, current, item.event, (back,), Outcome.SETTLE)
    write = Write(Act.DELETE, other, Reason.DELETED)
    return PairPlan(pair, current, None, (write,), Outcome.CLOSE)


def _called_off(pair: PairView, side: Side, current: Mapping[Side, Item | None], _: Context) -> PairPlan:
    """Its organizer cancelled it: no edit brings it back."""
    other = side.other
    writes = () if current[other] is None else (Write(Act.DELETE, other, Reason.DELETED),)
    return PairPlan(pair, current, pair.base if not writes else None, writes, Outcome.CLOSE)


def _one_gone_of_another(
    pair: PairView, side: Side, current: Mapping[Side, Item | None], carried: frozenset[str]
) -> PairPlan:
    """Somebody else's event: who deletes his copy has declined, and what its owner took away is gone (R15).

    At another time than the one declined it comes back.
    """
    other = side.other
    item, seen = current[other], pair.twin(other).seen
    assert item is not None  # noqa: S101 - the caller has looked
    fresh = side is Side.EXCHANGE and pair.exchange.id is None
    moved = seen is None or differing(item.event, seen) & carried & _TIME
    if side is Side.EXCHANGE and (fresh or moved):
        write = Write(Act.CREATE, side, Reason.NEW if fresh else Reason.EDIT_BEATS_DELETE)
        return PairPlan(pair, current, item.event, (write,), Outcome.SETTLE)
    if item.sealed:
        return PairPlan(pair, current, pair.base, (), Outcome.LEAVE, note=MEETING)
    write = Write(Act.DELETE, other, Reason.DELETED)
    return PairPlan(pair, current, None, (write,), Outcome.CLOSE)


def _mailbox_knows_best(pair: PairView, current: Mapping[Side, Item | None]) -> bool:
    """Whether Exchange wins because the two meet for the first time.

    What is a participant's own stands in his mailbox alone by then, and of an event that a participant
    brought the organizer's copy is the true one.
    """
    return pair.base is None and (_takes_part(current) or _is_provisional(current))


def _is_provisional(current: Mapping[Side, Item | None]) -> bool:
    event = current[Side.VALUEFRAME]
    return event is not None and event.provisional


def _owned(pair: PairView, current: Mapping[Side, Item | None]) -> frozenset[str]:
    """The fields that ValueFrame decides; an acknowledgement given there holds where they meet first."""
    event = current[Side.VALUEFRAME]
    if event is None or not event.participating:
        return frozenset()
    unsaid = _unsaid(pair, current[Side.EXCHANGE])
    if _updated(pair, current):
        return unsaid
    given = pair.base is None and event.event.acknowledged
    return OWNED | unsaid | ({"acknowledged"} if given else set())


def _unsaid(pair: PairView, item: Item | None) -> frozenset[str]:
    """Of a sealed copy what nobody edited there: that it cannot show what the owner did undoes nothing."""
    seen = pair.exchange.seen
    if item is None or seen is None or not item.sealed:
        return frozenset()
    return frozenset(FIELDS) - differing(item.event, seen)


def _updated(pair: PairView, current: Mapping[Side, Item | None]) -> bool:
    """Whether the organizer has sent an update: what the copy shows then is the owner's word."""
    item = current[Side.EXCHANGE]
    if item is None or item.sequence is None or pair.sequence is None:
        return False
    return item.sequence > pair.sequence


def _is_sealed(current: Mapping[Side, Item | None]) -> bool:
    item = current[Side.EXCHANGE]
    return item is not None and item.sealed


def _takes_part(current: Mapping[Side, Item | None]) -> bool:
    event = current[Side.VALUEFRAME]
    return event is not None and event.participating


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """An item no pair knows, with the pair it would become."""

    side: Side
    item: Item
    pair: PairView

    def plan(self, outcome: Outcome, *writes: Write, note: str | None = None) -> PairPlan:
        current: dict[Side, Item | None] = {self.side: self.item, self.side.other: None}
        clears = ((self.side, self.item.id),)
        agreed = self.item.event if outcome is Outcome.SETTLE else None
        return PairPlan(self.pair, current, agreed, writes, outcome, clears, note=note)


def _plan_new(
    side: Side, item_id: str, reading: Reading, keys: Mapping[str, PairView], context: Context, key: str
) -> PairPlan:
    """An item no pair knows: a new event, somebody's copy, or a duplicate of our own making."""
    item = reading.item
    if item is None:
        nothing: dict[Side, Item | None] = {Side.VALUEFRAME: None, Side.EXCHANGE: None}
        return PairPlan(PairView(key), nothing, None, (), Outcome.CLOSE, ((side, item_id),))
    born = PairView(key=key, uid=item.uid, brought=side is Side.VALUEFRAME)
    pair = with_twin(born, side, Twin(item.id, item.version))
    new = _Newcomer(side, item, pair)
    original = keys.get(item.key) if item.key else None
    if original is not None and (
        superseded(item, original, side, context.snapshot) or _own_duplicate(item, original, side, context)
    ):
        return new.plan(Outcome.CLOSE, Write(Act.DELETE, side, Reason.OWN_DUPLICATE))
    unsupported = _unsupported({side: item, side.other: None}, context)
    if unsupported:
        return new.plan(Outcome.LEAVE, note=unsupported)
    if context.window.too_old(item.event):
        return new.plan(Outcome.CLOSE)
    if context.window.too_far(item.event):
        when = enters_at(item.event, context.window, context.now)
        return replace(new.plan(Outcome.CLOSE), clears=(), postponed=((side, item_id, when),))
    return _plan_create(new)


def _plan_create(new: _Newcomer) -> PairPlan:
    if new.item.key is None or new.item.sealed:
        return new.plan(Outcome.SETTLE, Write(Act.CREATE, new.side.other, Reason.NEW))
    # A copy still carries the key of its original: mark it as what it is now.
    create = Write(Act.CREATE, new.side.other, Reason.COPIED, final=False)
    remark = Write(Act.UPDATE, new.side, Reason.COPIED)
    return new.plan(Outcome.SETTLE, create, remark)


def _own_duplicate(item: Item, original: PairView, side: Side, context: Context) -> bool:
    """Whether the item came of a create of ours whose first answer was lost and that landed late.

    A person's copy has another UID; only a keeper that derives the UID from the key can tell, and
    only an item nobody has edited since is taken for a duplicate.
    """
    ours = uids_of(original, context.snapshot.capabilities[side])
    twin = original.twin(side)
    alive = twin.id is not None and not context.snapshot.reading(side, twin.id).gone
    if item.sealed:
        return False
    return item.uid in ours and alive and item.event == twin.seen


def _current(pair: PairView, side: Side, reading: Reading) -> Item | None:
    """The item as read, or as it was last shown where nothing said that it changed."""
    if reading.item is not None or reading.gone:
        return reading.item
    twin = pair.twin(side)
    if twin.id is None or twin.seen is None:
        return None
    return Item(
        id=twin.id,
        version=twin.version or "",
        event=twin.seen,
        key=pair.key,
        uid=pair.uid,
        participating=pair.participating and side is Side.VALUEFRAME,
        sequence=pair.sequence if side is Side.EXCHANGE else None,
        without=RECEIVED if side is Side.EXCHANGE and pair.sequence is not None else frozenset(),
        brought=pair.brought and side is Side.EXCHANGE,
    )


def _touched(pair: PairView, snapshot: Snapshot) -> bool:
    return any(pair.twin(side).id in snapshot.readings[side] for side in BOTH)


def _frozen(pair: PairView, current: Mapping[Side, Item | None], window: Window) -> bool:
    """What was paired and aged out stays as it is; an edit that brings it back thaws it."""
    events: list[Event] = [item.event for item in current.values() if item is not None]
    if pair.base is not None:
        events.append(pair.base)
    return bool(events) and all(window.too_old(event) for event in events)


def _unsupported(current: Mapping[Side, Item | None], context: Context) -> str | None:
    for side in BOTH:
        item = current[side]
        if item is None:
            continue
        if item.unsupported is not None:
            return item.unsupported
        theirs = context.snapshot.capabilities[side.other]
        if item.event.recurrence is not None:
            missing = theirs.lacking(item.event) if theirs.recurrence else RECURRENCE
            if missing is not None:
                return missing
    return None

"""What a pair looks like once a write is done: pure, and the same after a crash as without one.

An intent keeps all that `finished` needs, so recovery and the normal way end in the same code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vfadmin.calendars.base import Capabilities, Item, Side, Written
from vfadmin.calendars.codec import from_json
from vfadmin.calendars.event import Event, with_fields
from vfadmin.sync.documents import document
from vfadmin.sync.values import BOTH, Act, Outcome, PairPlan, PairView, Reason, Twin, Write, with_twin


def settled(plan: PairPlan) -> PairView:
    """The pair after a plan that needed no write, or whose last write is accounted for."""
    pair, event, item = plan.pair, plan.current[Side.VALUEFRAME], plan.current[Side.EXCHANGE]
    twins = {side: _twin(pair.twin(side), plan.current[side]) for side in BOTH}
    return replace(
        pair,
        valueframe=twins[Side.VALUEFRAME],
        exchange=twins[Side.EXCHANGE],
        base=plan.agreed,
        status="ok",
        attempts=0,
        next_try_at=None,
        decision=None,
        participating=pair.participating if event is None else event.participating,
        sequence=pair.sequence if item is None or item.sequence is None else item.sequence,
        brought=pair.brought if item is None else item.brought,
    )


def finished(
    plan: PairPlan, write: Write, written: Written, capabilities: Mapping[Side, Capabilities]
) -> PairPlan:
    """The plan as it stands after ``write``: its pair settled as far as that write settles it.

    Only the fields in which both sides agree now move in *seen* and *base*; what the next write of
    the same plan still has to carry over must stay visible as a change if the process dies before it.
    """
    agreed = agreed_of(plan)
    # What an earlier create left may have been edited since: *seen* is what we meant to write.
    read_back = None if written.existing else written.shown
    shown = read_back or _projected(plan, write, capabilities[write.side], agreed)
    before = plan.current[write.side]
    item = Item(
        id=written.id,
        version=written.version,
        event=shown,
        key=plan.pair.key,
        uid=written.uid,
        sequence=None if before is None else before.sequence,
        participating=written.participating,
        brought=_brought(plan, write),
    )
    current = {**plan.current, write.side: item}
    after = replace(plan, current=current)
    pair = settled(after) if write.final or write.act is Act.CREATE else _partly(after, write, agreed)
    if written.existing and plan.pair.base is not None:
        pair = _met_again(plan.pair, pair, write.side, capabilities[write.side])
    if write.side is Side.EXCHANGE and written.uid:
        pair = replace(pair, uid=written.uid)
    return replace(after, pair=pair)


def _met_again(before: PairView, pair: PairView, side: Side, capabilities: Capabilities) -> PairView:
    """The pair with what was agreed or meant before, as an earlier create left it.

    What the source shows since is an edit yet to be brought there.
    """
    assert before.base is not None  # noqa: S101 - or nothing was meant before
    left = before.twin(side).seen or capabilities.project(before.base)
    pair = with_twin(replace(pair, base=before.base), side, replace(pair.twin(side), seen=left))
    source = before.twin(side.other)
    return with_twin(pair, side.other, replace(pair.twin(side.other), seen=source.seen))


def _brought(plan: PairPlan, write: Write) -> bool:
    """Whether what Exchange shows after the write was brought there: an update says nothing about it."""
    item = plan.current[write.side]
    before = plan.pair.brought if item is None else item.brought
    return before and write.side is Side.EXCHANGE


def _projected(plan: PairPlan, write: Write, capabilities: Capabilities, agreed: Event) -> Event:
    """What the side will show, where the keeper did not read it back."""
    projected = capabilities.project(agreed)
    if write.act is Act.CREATE:
        return projected
    return with_fields(target_of(plan, write).event, projected, write.names)


def _partly(plan: PairPlan, write: Write, agreed: Event) -> PairView:
    pair = plan.pair
    twins: dict[Side, Twin] = {}
    for side in BOTH:
        twin, item = pair.twin(side), plan.current[side]
        seen = twin.seen
        if seen is not None and item is not None:
            seen = with_fields(seen, item.event, write.settles)
        # Without a version the next report of this item is read again, not taken for our echo.
        twins[side] = replace(twin, seen=seen, version=None)
    base = None if pair.base is None else with_fields(pair.base, agreed, write.settles)
    return replace(pair, valueframe=twins[Side.VALUEFRAME], exchange=twins[Side.EXCHANGE], base=base)


def forget_versions(pair: PairView) -> PairView:
    """The pair without versions, so that no report of its items is taken for an echo."""
    return replace(
        pair,
        valueframe=replace(pair.valueframe, version=None),
        exchange=replace(pair.exchange, version=None),
    )


def _twin(twin: Twin, item: Item | None) -> Twin:
    if item is None:
        return twin
    return Twin(item.id, item.version or twin.version, item.event)


def left_out(plan: PairPlan, side: Side) -> PairView:
    """The pair whose item on that side an undo took away: what stands on the other rests as it is."""
    pair = with_twin(plan.pair, side, Twin())
    kept = _twin(pair.twin(side.other), plan.current[side.other])
    return replace(with_twin(pair, side.other, kept), status="closed", attempts=0, next_try_at=None)


def agreed_of(plan: PairPlan) -> Event:
    """The event a plan agreed on; ValueError for a plan that writes none."""
    if plan.agreed is None:
        raise ValueError("this plan agreed on no event")
    return plan.agreed


def target_of(plan: PairPlan, write: Write) -> Item:
    """The item a write is aimed at; ValueError where nothing stands there."""
    item = plan.current[write.side]
    if item is None:
        raise ValueError("this write has no item to be aimed at")
    return item


def intended(plan: PairPlan, write: Write) -> PairView:
    """The pair of a create that did not happen: what was meant is its base, the source's state its *seen*.

    What was agreed or meant before stays: an earlier create may land yet, or the item come back out of
    Deleted Items, and what was edited since must not look as if it had been there.

    An item that is made anew because it was deleted is then one that was never made: with its old id the edit
    that brings it back would have been seen, and the deletion would win after all. In ValueFrame it
    is made anew in its old row or not at all, and the pair stays as it was.
    """
    source = write.side.other
    if plan.pair.twin(write.side).id is not None and write.side is Side.VALUEFRAME:
        return plan.pair
    pair = with_twin(plan.pair, write.side, Twin())
    item, seen = plan.current[source], pair.twin(source).seen
    if pair.base is None or seen is None:
        pair, seen = replace(pair, base=agreed_of(plan)), None if item is None else item.event
    if item is None:
        return pair
    known = replace(pair, participating=pair.participating or item.participating)
    return with_twin(known, source, Twin(item.id, None, seen))


def intent_payload(plan: PairPlan, write: Write) -> dict[str, Any]:
    """All that finishing this write needs, as JSON."""
    return {
        "agreed": None if plan.agreed is None else document(plan.agreed),
        "current": {side.value: _item_json(plan.current[side]) for side in BOTH},
        "reason": write.reason.value,
        "names": sorted(write.names),
        "settles": sorted(write.settles),
        "conflicts": sorted(write.conflicts),
        "final": write.final,
    }


def from_payload(pair: PairView, act: str, side: str, payload: Mapping[str, Any]) -> tuple[PairPlan, Write]:
    """The plan and the write an intent stands for."""
    write = Write(
        Act(act),
        Side(side),
        Reason(payload["reason"]),
        frozenset(payload["names"]),
        frozenset(payload["settles"]),
        payload["final"],
        frozenset(payload["conflicts"]),
    )
    current = {one: _item(payload["current"][one.value], pair) for one in BOTH}
    agreed = payload["agreed"]
    outcome = Outcome.CLOSE if write.act is Act.DELETE else Outcome.SETTLE
    plan = PairPlan(pair, current, None if agreed is None else from_json(agreed), (write,), outcome)
    return plan, write


def _item_json(item: Item | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "id": item.id,
        "version": item.version,
        "uid": item.uid,
        "event": document(item.event),
        "sequence": item.sequence,
    }


def _item(data: Mapping[str, Any] | None, pair: PairView) -> Item | None:
    if data is None:
        return None
    return Item(
        id=data["id"],
        version=data["version"],
        event=from_json(data["event"]),
        key=pair.key,
        uid=data.get("uid"),
        participating=pair.participating,
        sequence=data.get("sequence"),
        brought=pair.brought,
    )

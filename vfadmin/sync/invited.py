"""Somebody is invited in Outlook to an event of which he has a plain copy of ours already.

Exchange puts the invitation beside the copy, of which it knows nothing. The invitation stays: his answer to
it reaches the organizer, and so does every update reach him. The pair is bound to it, and the copy goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vfadmin.calendars.base import Item, Side
from vfadmin.calendars.event import PERSONAL, differing, with_fields
from vfadmin.sync.values import PairView, Snapshot, Twin, uids_of


def give_way(snapshot: Snapshot, pairs: Sequence[PairView]) -> tuple[list[PairView], frozenset[str]]:
    """The pairs, those bound to the invitation whose copy it stands beside; and invitations that must wait.

    One waits while the copy shows what its owner has set there since: that is his, and travels first.
    """
    bound = {pair.exchange.id for pair in pairs}
    readings = snapshot.readings[Side.EXCHANGE].items()
    invitations = {
        (one.item.uid, _comes_again(one.item)): one.item
        for id_, one in readings
        if one.item is not None and one.item.uid and one.item.organizer and id_ not in bound
    }
    waiting: set[str] = set()
    found: list[PairView] = []
    for pair in pairs if invitations else ():
        event = snapshot.reading(Side.VALUEFRAME, pair.valueframe.id).item
        name = (event.uid or "", _comes_again(event)) if event is not None else ("", False)
        invitation = invitations.get(name)
        if event is None or not event.participating or invitation is None or not _has_a_copy(pair, snapshot):
            found.append(pair)
        elif _is_edited(pair, snapshot):
            waiting.add(invitation.id)
            found.append(pair)
        else:
            found.append(_bound(pair, invitation, event))
    return (found if invitations else list(pairs)), frozenset(waiting)


def superseded(item: Item, pair: PairView, side: Side, snapshot: Snapshot) -> bool:
    """Whether the item is the copy in whose place its pair is bound to an invitation by now.

    An item of his own that was found to be that event has our key since, and so has his copy of it: both
    are his.
    """
    current = snapshot.reading(side, pair.exchange.id).item
    if side is not Side.EXCHANGE or current is None or current.organizer is None:
        return False
    return current.id != item.id and not item.keyed_later and _is_our_copy(item, pair, snapshot)


def _has_a_copy(pair: PairView, snapshot: Snapshot) -> bool:
    """Whether in Exchange stands a copy of ours, or one stood that its owner has deleted meanwhile."""
    reading = snapshot.reading(Side.EXCHANGE, pair.exchange.id)
    if reading.item is None:
        return reading.gone and pair.sequence is None
    return _is_our_copy(reading.item, pair, snapshot)


def _is_our_copy(item: Item, pair: PairView, snapshot: Snapshot) -> bool:
    if item.key != pair.key or item.copied or item.sealed or item.organizer is not None:
        return False
    ours = uids_of(pair, snapshot.capabilities[Side.EXCHANGE])
    return not ours or item.uid in ours


def _is_edited(pair: PairView, snapshot: Snapshot) -> bool:
    item, seen = snapshot.reading(Side.EXCHANGE, pair.exchange.id).item, pair.exchange.seen
    if item is None:
        return False
    return seen is None or bool(differing(item.event, seen) & PERSONAL)


def _bound(pair: PairView, invitation: Item, event: Item) -> PairView:
    """What is his own of it in ValueFrame holds, and is written into the invitation where that is possible.

    All else is the organizer's word, which his own copy brings to ValueFrame.
    """
    before = with_fields(event.event, invitation.event, PERSONAL)
    exchange = Twin(invitation.id, None, invitation.event)
    valueframe = replace(pair.valueframe, seen=before)
    return replace(pair, valueframe=valueframe, exchange=exchange, uid=invitation.uid, brought=False)


def _comes_again(item: Item) -> bool:
    return item.event.recurrence is not None or item.unsupported is not None

"""Items of one calendar that say they are one event.

A UID is one event's alone (RFC 5545, section 3.8.4.7). Where many items carry the same, an import or another
tool has gone wrong, and to carry them over would spread that to the other calendar. They are set aside, each
with its title and time, until few of them are left; all other events go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from vfadmin.calendars.base import Side
from vfadmin.sync.values import PairView, Snapshot, made_by_us

SHARED_UID = "EX-ITEM-05"
FEW = 10
"""So many may share one: somebody invited to single occurrences of a series has its UID on each of them."""
NOTE = "shared-uid"
"""The word of a dry run for it."""


def sharing_a_uid(snapshot: Snapshot, pairs: Collection[PairView], few: int = FEW) -> frozenset[str]:
    """The ids of Exchange's items that no pair knows and whose UID more than ``few`` living items carry.

    What carries the UID of its own key came of a create of ours and is judged by that key.
    """
    living = {
        pair.exchange.id: pair.uid
        for pair in pairs
        if pair.exchange.id and not snapshot.reading(Side.EXCHANGE, pair.exchange.id).gone
    }
    known = {pair.exchange.id for pair in pairs}
    readings = snapshot.readings[Side.EXCHANGE]
    items = [one.item for id_, one in readings.items() if one.item is not None and id_ not in known]
    capabilities = snapshot.capabilities[Side.EXCHANGE]
    new = {item.id: item.uid for item in items if not made_by_us(item, capabilities)}
    carriers = Counter([*living.values(), *new.values()])
    return frozenset(id_ for id_, uid in new.items() if uid and carriers[uid] > few)

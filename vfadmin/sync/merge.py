"""Two versions of one event and what each side last showed, merged field by field.

A field changed on a side when it differs from what that side last *showed*: no clock and no version
number takes part, so a touched but unedited item and a server that rewrites what it is given are
both without consequence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vfadmin.calendars.base import Capabilities, Side
from vfadmin.calendars.event import Event, Participant, canonical, differing, with_fields
from vfadmin.sync.values import BOTH

PARTICIPANTS = "participants"
"""The one field that is merged member by member."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The agreed event, what has to be written where, and which fields one side lost.

    ``repaired`` are those of the lost that neither side had changed, ``put_back`` those of the lost that only
    the event's owner may change.
    """

    agreed: Event
    writes: Mapping[Side, frozenset[str]]
    changed: frozenset[str]
    conflicts: frozenset[str]
    repaired: frozenset[str] = frozenset()
    put_back: frozenset[str] = frozenset()


def merge(
    current: Mapping[Side, Event],
    seen: Mapping[Side, Event | None],
    capabilities: Mapping[Side, Capabilities],
    winner: Side,
    *,
    doubting: bool = False,
    owned: frozenset[str] = frozenset(),
    without: frozenset[str] = frozenset(),
    sealed: bool = False,
) -> Merged:
    """Merge one pair. A side that was never seen counts as changed in every field (taking over, R29).

    ``owned`` are the fields that ValueFrame alone decides, because the event is another person's (R15), and
    ``without`` those that one of the two items has nothing of. Of a ``sealed`` one Exchange's holds.

    With ``doubting`` so does what neither side changed: where the two differ there all the same, something
    went wrong once, and nobody knows on which side.
    """
    carried = capabilities[Side.VALUEFRAME].fields & capabilities[Side.EXCHANGE].fields - without
    changed = {side: _changed(current[side], seen[side], carried) for side in BOTH}
    still = carried - changed[Side.VALUEFRAME] - changed[Side.EXCHANGE] if doubting else frozenset()
    changed = {side: changed[side] | still for side in BOTH}
    if sealed:
        return _read_only(current, seen, capabilities, changed, owned)
    everything = changed[Side.VALUEFRAME] | changed[Side.EXCHANGE]
    same = alike(current, capabilities, everything)
    disputed = (
        (changed[Side.VALUEFRAME] & changed[Side.EXCHANGE]) - same[Side.VALUEFRAME] - same[Side.EXCHANGE]
    )
    if "recurrence" in disputed:
        # Days and rule belong together: whoever gives the rule gives the start.
        disputed |= everything & {"when"}
    from_exchange = changed[Side.EXCHANGE] - changed[Side.VALUEFRAME] - same[Side.VALUEFRAME]
    from_exchange |= same[Side.EXCHANGE] - same[Side.VALUEFRAME]
    from_exchange = from_exchange | disputed if winner is Side.EXCHANGE else from_exchange - disputed
    from_exchange -= owned
    by_member = everything & {PARTICIPANTS}
    disputed -= by_member
    agreed = with_fields(current[Side.VALUEFRAME], current[Side.EXCHANGE], from_exchange - by_member)
    if by_member:
        agreed = replace(agreed, participants=_members(current, seen, capabilities))
    agreed = canonical(_keep_zone(agreed, current, capabilities))
    writes = {
        side: differing(capabilities[side].project(agreed), current[side]) & everything for side in BOTH
    }
    put_back = changed[Side.EXCHANGE] & owned & writes[Side.EXCHANGE] if seen[Side.EXCHANGE] else frozenset()
    return Merged(
        agreed, writes, everything, (disputed - owned) | put_back, disputed & still, put_back - still
    )


def _read_only(
    current: Mapping[Side, Event],
    seen: Mapping[Side, Event | None],
    capabilities: Mapping[Side, Capabilities],
    changed: Mapping[Side, frozenset[str]],
    owned: frozenset[str],
) -> Merged:
    """What Exchange shows, in all that is not the owner's word in ValueFrame: that stays as it is there."""
    mine, theirs = current[Side.VALUEFRAME], current[Side.EXCHANGE]
    everything = changed[Side.VALUEFRAME] | changed[Side.EXCHANGE]
    same = alike(current, capabilities, everything)
    agreed = with_fields(mine, theirs, everything - owned - same[Side.VALUEFRAME])
    agreed = canonical(_keep_zone(agreed, current, capabilities))
    written = differing(capabilities[Side.VALUEFRAME].project(agreed), mine) & (everything - owned)
    put_back = changed[Side.VALUEFRAME] & written if seen[Side.VALUEFRAME] else frozenset()
    writes = {Side.VALUEFRAME: written, Side.EXCHANGE: frozenset[str]()}
    return Merged(agreed, writes, everything, put_back, put_back=put_back)


def _members(
    current: Mapping[Side, Event],
    seen: Mapping[Side, Event | None],
    capabilities: Mapping[Side, Capabilities],
) -> frozenset[Participant]:
    """Whoever is on either side, without those whom one of them has let go since it last showed them.

    Whom a side cannot show any more it has not let go.
    """
    gone: set[Participant] = set()
    for side in BOTH:
        before = seen[side]
        if before is not None:
            gone |= capabilities[side].project(before).participants - current[side].participants
    return frozenset().union(*(current[side].participants for side in BOTH)) - gone


def _changed(current: Event, seen: Event | None, carried: frozenset[str]) -> frozenset[str]:
    return carried if seen is None else differing(current, seen) & carried


def alike(
    current: Mapping[Side, Event], capabilities: Mapping[Side, Capabilities], names: frozenset[str]
) -> dict[Side, frozenset[str]]:
    """Per side, the fields in which its version already says all that the other keeper could show."""
    return {
        side: names - differing(capabilities[side.other].project(current[side]), current[side.other])
        for side in BOTH
    }


def _keep_zone(
    agreed: Event, current: Mapping[Side, Event], capabilities: Mapping[Side, Capabilities]
) -> Event:
    """A time moved in Exchange keeps ValueFrame's zone name where Exchange only knows a coarser one."""
    mine = current[Side.VALUEFRAME]
    coarse = capabilities[Side.EXCHANGE].project(mine).when.zone
    if agreed.when.all_day or mine.when.all_day or agreed.when.zone != coarse:
        return agreed
    return replace(agreed, when=replace(agreed.when, zone=mine.when.zone))

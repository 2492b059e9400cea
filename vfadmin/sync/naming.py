"""The one UID that all copies of an event have: ValueFrame knows it, so that every mailbox is told it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vfadmin.calendars.base import Calendar, Naming, Side
from vfadmin.calendars.own_uid import is_own_uid
from vfadmin.sync.values import Act, PairPlan, PairView, Write

Named = tuple[PairPlan, str | None]
"""A plan and the UID its event is to have; None where nothing is known of one."""


class Names:
    """Gives the events of one mailbox their UIDs, those of many plans in one step."""

    def __init__(self, calendars: Mapping[Side, Calendar]) -> None:
        self._valueframe = calendars[Side.VALUEFRAME]
        self._uid_of = calendars[Side.EXCHANGE].capabilities.uid_of

    def before(self, planned: Sequence[tuple[PairPlan, Write]]) -> list[PairPlan]:
        """The plans with the event's UID known in ValueFrame, by which every other mailbox will know it.

        A link may be added any time, and an invitation may reach another mailbox before this one is read.
        """
        told = self._told((plan, self._wanted(plan, write)) for plan, write in planned)
        return [_of_its_name(plan, named) for (plan, _), named in zip(planned, told, strict=True)]

    def as_in_exchange(self, found: Iterable[Named]) -> None:
        """The same once items stand in Exchange: its server may have given them UIDs of its own.

        Only the owner's copy counts, and more than a participant's that was made before it and gave the event
        its name: whom the owner invites gets a meeting with the UID of his.
        """
        owned = [one for one in found if _is_owned(one[0])]
        named = self._told(owned, instead=True)
        later = []
        for (plan, uid), after in zip(owned, named, strict=True):
            source, now = plan.current[Side.VALUEFRAME], after.current[Side.VALUEFRAME]
            if source is not None and now is not None and now.uid != source.uid and is_own_uid(now.uid):
                later.append((after, uid))  # a participant's copy was named while this was written
        self._told(later, instead=True)

    def _wanted(self, plan: PairPlan, write: Write) -> str | None:
        if write.act is Act.DELETE:
            return None
        return plan.pair.uid if plan.pair.exchange.id else self._derived(plan.pair)

    def _derived(self, pair: PairView) -> str | None:
        return self._uid_of(pair.key)

    def _told(self, wanted: Iterable[Named], *, instead: bool = False) -> list[PairPlan]:
        """The plans where those UIDs are known: ValueFrame takes one if its event has none.

        Or ``instead`` of one of our own making. Where the event is gone the write will find out.
        """
        wanted = list(wanted)
        namings = [_naming(plan, uid, instead=instead) for plan, uid in wanted]
        asked = [one for one in namings if one is not None]
        standing = self._valueframe.name(asked) if asked else {}
        return [
            plan if one is None or one.id not in standing else _with_uid(plan, standing[one.id])
            for (plan, _), one in zip(wanted, namings, strict=True)
        ]


def _naming(plan: PairPlan, uid: str | None, *, instead: bool) -> Naming | None:
    """What ValueFrame is to be told, if anything."""
    source = plan.current[Side.VALUEFRAME]
    if uid is None or source is None or source.uid == uid:
        return None
    if source.uid is not None and not (instead and is_own_uid(source.uid)):
        return None
    return Naming(source.id, uid, source.uid)


def _with_uid(plan: PairPlan, uid: str) -> PairPlan:
    source = plan.current[Side.VALUEFRAME]
    assert source is not None  # noqa: S101 - only what stands there is named
    return replace(plan, current={**plan.current, Side.VALUEFRAME: replace(source, uid=uid)})


def _of_its_name(plan: PairPlan, named: PairPlan) -> PairPlan:
    """The named plan, whose pair goes by that name while nothing stands in Exchange."""
    source = named.current[Side.VALUEFRAME]
    if plan.pair.exchange.id or source is None or source.uid is None or named is plan:
        return named
    return replace(named, pair=replace(plan.pair, uid=source.uid))


def _is_owned(plan: PairPlan) -> bool:
    source = plan.current[Side.VALUEFRAME]
    return source is not None and not source.participating

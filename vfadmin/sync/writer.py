"""Carrying a plan out: intent, conditional write, result; one pair after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vfadmin.calendars.base import Calendar, Mark, Side, Written
from vfadmin.calendars.own_uid import is_own_uid
from vfadmin.errors import CalendarError, ItemGone, Refused, Scope, StaleVersion, failure
from vfadmin.models import PairStatus
from vfadmin.sync.failpoint import failpoint
from vfadmin.sync.journal import Confirmation, Journal
from vfadmin.sync.report import operation_of
from vfadmin.sync.settle import agreed_of, finished, settled, target_of
from vfadmin.sync.values import (
    BOTH,
    Act,
    Decision,
    Outcome,
    PairPlan,
    PairView,
    PlannedOperation,
    Reason,
    Write,
    with_twin,
)

_TOGETHER = 100
"""Pairs settled in one commit: few enough that another process need not wait for the store."""

_NO_CONFLICTS = frozenset({Reason.VERIFIED, Reason.PUT_BACK, Reason.MEETING})
"""Why a field may be lost that nobody changed on both sides."""

_TOO_LARGE = "EX-CONN-11"
"""A proxy's limit: it concerns the one event that is larger than it, not the connection."""


@dataclass(slots=True)
class Tally:
    """What a cycle has done so far."""

    pulled: int = 0
    pushed: int = 0
    conflicts: int = 0
    skipped: int = 0
    deleted: int = 0
    held: int = 0
    again: bool = False
    unsure: bool = False
    operations: list[PlannedOperation] = field(default_factory=list)


class Writer:
    """Writes the plans of one mailbox. ``checkpoint`` may stop it between two writes."""

    def __init__(
        self,
        journal: Journal,
        calendars: Mapping[Side, Calendar],
        stamps: Iterator[str],
        checkpoint: Callable[[], None],
        tally: Tally,
    ) -> None:
        self._journal = journal
        self._calendars = calendars
        self._capabilities = {side: calendar.capabilities for side, calendar in calendars.items()}
        self._stamps = stamps
        self._checkpoint = checkpoint
        self.tally = tally
        self._unconfirmed: dict[Side, dict[str, PairView]] = {side: {} for side in BOTH}

    def carry_out(self, plans: Iterable[PairPlan]) -> None:
        """Do what the plans say: first note what agrees already, then the rest in its order."""
        plans = tuple(plans)
        self._note_agreement([plan for plan in plans if _agrees(plan)])
        for plan in plans:
            if _agrees(plan):
                continue
            self._checkpoint()
            if plan.writes and plan.outcome is not Outcome.HOLD:
                self._write_all(plan)
            else:
                self._without_writes(plan)

    def unconfirmed_sides(self) -> list[Side]:
        """The sides that did not show what they made of our writes."""
        return [side for side in BOTH if self._unconfirmed[side]]

    def confirm(self, side: Side) -> None:
        """Read back what was written, so that a server's own normalisation is no change tomorrow.

        An item that moved on since stays dirty: what it shows now is somebody's edit.
        """
        waiting, self._unconfirmed[side] = self._unconfirmed[side], {}
        found = self._calendars[side].fetch(waiting).items.values()
        self._journal.confirm(
            Confirmation(waiting[item.id].key, side, item.id, item.version, item.event)
            for item in found
            if item.version == waiting[item.id].twin(side).version
        )
        failpoint("confirmed")

    def _note_agreement(self, plans: Sequence[PairPlan]) -> None:
        """Settle many pairs to a commit: after a lost cursor nearly all agree, and commits take time."""
        for start in range(0, len(plans), _TOGETHER):
            self._checkpoint()
            some = plans[start : start + _TOGETHER]
            for plan in some:
                item = plan.current[Side.EXCHANGE]
                self._name_as_in_exchange(plan, None if item is None else item.uid)
            pairs = [(plan.pair, _settled(plan)) for plan in some]
            changed = [pair for before, pair in pairs if pair.row is None or pair != before]
            self._journal.settle(changed, [clear for plan in some for clear in plan.clears])

    def _without_writes(self, plan: PairPlan) -> None:
        match plan.outcome:
            case Outcome.KEEP:
                # What waits for an admin is saved with its reason already.
                kept = () if plan.pair.status == PairStatus.HELD else (plan.pair,)
                self._journal.settle(kept, plan.clears)
            case Outcome.LEAVE:
                self._journal.leave(plan)
                self.tally.skipped += 1
            case Outcome.HOLD:
                self._journal.hold(plan)
                self.tally.held += 1
            case Outcome.SET_ASIDE:
                self._journal.set_aside(plan)
                self.tally.skipped += 1
            case _:
                self._journal.close(plan)

    def _write_all(self, plan: PairPlan) -> None:
        for write in plan.writes:
            stamp = next(self._stamps)
            plan = self._named(plan, write)
            row, pair = self._journal.begin(plan, write, stamp)
            plan = replace(plan, pair=pair)
            failpoint("intent-stored")
            try:
                written = self._write(plan, write, stamp)
            except (StaleVersion, ItemGone) as error:
                self._journal.drop_intent(row, plan, write, error.failure)
                self.tally.again = True
                return
            except CalendarError as error:
                if error.failure.scope is not Scope.ITEM and error.failure.code != _TOO_LARGE:
                    if isinstance(error, Refused) and not self._capabilities[write.side].keyed:
                        # Nothing is in doubt, and no admin need find out what became of it.
                        self._journal.drop_intent(row, plan, write, error.failure)
                    raise
                self._journal.quarantine(row, plan, write, error.failure)
                self.tally.skipped += 1
                return
            failpoint("write-done")
            if written is not None and self._is_another_pair_s(plan, write, written):
                # A copy stands under the key, and waits for its own mark. The next cycle knows it.
                self._journal.drop_intent(row, plan, write, failure("EX-ITEM-02"))
                self.tally.again = True
                return
            if written is not None and write.side is Side.EXCHANGE:
                self._name_as_in_exchange(plan, written.uid)
            plan = self._record(row, plan, write, written)
            failpoint("result-stored")

    def _is_another_pair_s(self, plan: PairPlan, write: Write, written: Written) -> bool:
        if not written.existing:
            return False
        holders = self._journal.pairs_by_ids(write.side, [written.id])
        return any(pair.key != plan.pair.key for pair in holders)

    def _named(self, plan: PairPlan, write: Write) -> PairPlan:
        """The plan with the event's UID known in ValueFrame, by which every other mailbox will know it.

        A link may be added any time, and an invitation may reach another mailbox before this one is read.
        """
        twin = plan.pair.exchange
        if write.act is Act.DELETE:
            return plan
        named = self._told(plan, plan.pair.uid if twin.id else self._derived_uid(plan.pair))
        source = named.current[Side.VALUEFRAME]
        if twin.id or source is None or source.uid is None or named is plan:
            return named
        return replace(named, pair=replace(plan.pair, uid=source.uid))

    def _derived_uid(self, pair: PairView) -> str | None:
        return self._capabilities[Side.EXCHANGE].uid_of(pair.key)

    def _told(self, plan: PairPlan, uid: str | None, *, instead: bool = False) -> PairPlan:
        """The same where that UID is known: ValueFrame takes it if its event has none, or ``instead``."""
        source = plan.current[Side.VALUEFRAME]
        if uid is None or source is None or source.uid == uid or not (instead or source.uid is None):
            return plan
        try:
            uid = self._calendars[Side.VALUEFRAME].name(source.id, uid, source.uid)
        except ItemGone:
            return plan  # the write will find out
        return replace(plan, current={**plan.current, Side.VALUEFRAME: replace(source, uid=uid)})

    def _name_as_in_exchange(self, plan: PairPlan, uid: str | None) -> None:
        """The same once an item stands in Exchange: its server may have given it a UID of its own.

        Only the owner's copy counts, and more than a participant's that was made before it and gave the event
        its name: whom the owner invites gets a meeting with the UID of his.
        """
        source = plan.current[Side.VALUEFRAME]
        if source is not None and not source.participating:
            named = self._told(plan, uid, instead=is_own_uid(source.uid))
            now = named.current[Side.VALUEFRAME]
            if now is not None and now.uid != source.uid and is_own_uid(now.uid):
                self._told(named, uid, instead=True)  # a participant's copy was named while this was written

    def _write(self, plan: PairPlan, write: Write, stamp: str) -> Written | None:
        calendar = self._calendars[write.side]
        if write.act is Act.DELETE:
            target = target_of(plan, write)
            calendar.delete(target.id, target.version)
            return None
        mark = _mark(plan, write, stamp)
        if write.act is Act.CREATE:
            return calendar.create(agreed_of(plan), mark, revive=_revived(plan.pair, write.side))
        target = target_of(plan, write)
        return calendar.update(target.id, agreed_of(plan), write.names, target.version, mark)

    def _record(self, row: int, plan: PairPlan, write: Write, written: Written | None) -> PairPlan:
        self._count(plan, write)
        if written is None:
            self._journal.finish(row, plan, plan, write, reread=False)
            return plan
        after = finished(plan, write, written, self._capabilities)
        if written.existing:
            self._journal.adopt(row, plan, after, write)
            self.tally.again = True
            return after
        reread = written.shown is None
        self._journal.finish(row, plan, after, write, reread=reread)
        if reread:
            twin = replace(after.pair.twin(write.side), version=written.version)
            self._unconfirmed[write.side][written.id] = with_twin(after.pair, write.side, twin)
        return after

    def _count(self, plan: PairPlan, write: Write) -> None:
        tally = self.tally
        tally.conflicts += bool(write.conflicts) and write.reason not in _NO_CONFLICTS
        if write.act is Act.UPDATE and not write.names:
            return  # only the key was written anew
        tally.operations.append(operation_of(plan, write))
        if write.act is Act.DELETE:
            tally.deleted += 1
        elif write.side is Side.VALUEFRAME:
            tally.pulled += 1
        else:
            tally.pushed += 1


def _revived(pair: PairView, side: Side) -> str | None:
    """What an event made anew replaces: one that was deleted, or that an admin has looked for in vain."""
    looked = side is Side.EXCHANGE and pair.decision == Decision.PROCESS
    return pair.twin(side).id or (f"{pair.key} {Decision.PROCESS}" if looked else None)


def _agrees(plan: PairPlan) -> bool:
    """Whether nothing is left to do for the pair but to say so."""
    return not plan.writes and plan.outcome in (Outcome.SETTLE, Outcome.FREEZE)


def _settled(plan: PairPlan) -> PairView:
    if plan.outcome is Outcome.SETTLE:
        return settled(plan)
    return replace(plan.pair, status="frozen", decision=None)


def _mark(plan: PairPlan, write: Write, stamp: str) -> Mark:
    """Key and stamp, and the times and UID of the event's origin where it is at hand."""
    source = plan.current[write.side.other]
    brought = plan.pair.brought
    if source is None:
        return Mark(plan.pair.key, stamp, brought=brought)
    times = source.created, source.modified
    return Mark(plan.pair.key, stamp, *times, source.uid, source.organizer, brought)

"""Carrying a plan out: intent, conditional write, result; one pair after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vfadmin.calendars.base import Calendar, Draft, Item, Mark, Side, Together, Written
from vfadmin.errors import CalendarError, ItemGone, Refused, Scope, StaleVersion, failure
from vfadmin.models import PairStatus
from vfadmin.sync.failpoint import failpoint
from vfadmin.sync.journal import Confirmation, Finish, Journal
from vfadmin.sync.naming import Names
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


@dataclass(frozen=True, slots=True)
class _Begun:
    """A plan of a single write whose intent is stored."""

    row: int
    plan: PairPlan
    stamp: str

    @property
    def write(self) -> Write:
        return self.plan.writes[0]


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
        self._names = Names(calendars)
        together = ((side, one) for side, one in calendars.items() if isinstance(one, Together))
        self._together = dict.fromkeys(BOTH, 1) | {side: one.most for side, one in together}
        self._unconfirmed: dict[Side, dict[str, PairView]] = {side: {} for side in BOTH}
        self._adopted: set[tuple[Side, str]] = set()

    def carry_out(self, plans: Iterable[PairPlan]) -> None:
        """Do what the plans say: first note what agrees already, then the rest in its order."""
        plans = tuple(plans)
        self._note_agreement([plan for plan in plans if _agrees(plan)])
        for planned in self._groups(plan for plan in plans if not _agrees(plan)):
            self._checkpoint()
            group = [plan for plan in planned if not self._is_adopted(plan)]
            if not group:
                continue
            if len(group) > 1:
                self._write_together(group)
            elif group[0].writes and group[0].outcome is not Outcome.HOLD:
                self._write_all(group[0])
            else:
                self._without_writes(group[0])

    def _groups(self, plans: Iterable[PairPlan]) -> Iterator[list[PairPlan]]:
        """The plans in their order; those in a row that a calendar can be given at once, together."""
        group: list[PairPlan] = []
        for plan in plans:
            if group and not (self._is_like(group[0], plan) and len(group) < self._most(group[0])):
                yield group
                group = []
            group.append(plan)
        if group:
            yield group

    def _is_adopted(self, plan: PairPlan) -> bool:
        """Whether what was new when this was planned is an earlier pair's since: it is decided anew."""
        twins = ((side, plan.pair.twin(side).id) for side in BOTH)
        return plan.pair.row is None and not self._adopted.isdisjoint(twins)

    def _is_like(self, one: PairPlan, other: PairPlan) -> bool:
        """Whether both are done by a single write, of the same kind on the same side."""
        if not (_is_single(one) and _is_single(other)):
            return False
        first, second = one.writes[0], other.writes[0]
        return (first.side, first.act) == (second.side, second.act)

    def _most(self, plan: PairPlan) -> int:
        return self._together[plan.writes[0].side]

    def unconfirmed_sides(self) -> list[Side]:
        """The sides that did not show what they made of our writes."""
        return [side for side in BOTH if self._unconfirmed[side]]

    def confirm(self, side: Side) -> None:
        """Read back what was written, so that a server's own normalisation is no change tomorrow.

        An item that moved on since stays dirty: what it shows now is somebody's edit.
        """
        waiting, self._unconfirmed[side] = self._unconfirmed[side], {}
        found = self._calendars[side].fetch(waiting).items.values()
        standing = [
            Confirmation(waiting[item.id].key, side, item.id, item.version, item.event)
            for item in found
            if item.version == waiting[item.id].twin(side).version
        ]
        for start in range(0, len(standing), _TOGETHER):
            self._journal.confirm(standing[start : start + _TOGETHER])
        failpoint("confirmed")

    def _note_agreement(self, plans: Sequence[PairPlan]) -> None:
        """Settle many pairs to a commit: after a lost cursor nearly all agree, and commits take time."""
        for start in range(0, len(plans), _TOGETHER):
            self._checkpoint()
            some = plans[start : start + _TOGETHER]
            self._names.as_in_exchange((plan, _uid_of(plan.current[Side.EXCHANGE])) for plan in some)
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
            (plan,) = self._names.before([(plan, write)])
            row, pair = self._journal.begin(plan, write, stamp)
            plan = replace(plan, pair=pair)
            failpoint("intent-stored")
            try:
                written = self._write(plan, write, stamp)
            except CalendarError as error:
                self._failed(row, plan, write, error)
                return
            failpoint("write-done")
            if written is None:
                self._count(plan, write)
                self._journal.finish(row, plan, plan, write, reread=False)
            else:
                landed = self._landed(row, plan, write, written)
                if landed is None:
                    return
                plan = landed
            failpoint("result-stored")

    def _write_together(self, plans: Sequence[PairPlan]) -> None:
        """The same for plans of a single write each: intents, writes and results of all in one step each."""
        calendar = self._calendars[plans[0].writes[0].side]
        assert isinstance(calendar, Together)  # noqa: S101 - or they would not be together
        stamps = [next(self._stamps) for _ in plans]
        named = self._names.before([(plan, plan.writes[0]) for plan in plans])
        starts = [(plan, plan.writes[0], stamp) for plan, stamp in zip(named, stamps, strict=True)]
        begun = [
            _Begun(row, replace(plan, pair=pair), stamp)
            for (row, pair), (plan, _, stamp) in zip(self._journal.begin_all(starts), starts, strict=True)
        ]
        failpoint("intent-stored")
        told = calendar.write_together([_draft(one) for one in begun])
        failpoint("write-done")
        outcomes = list(zip(begun, told, strict=True))
        done = [(one, found) for one, found in outcomes if isinstance(found, Written) and not found.existing]
        if plans[0].writes[0].side is Side.EXCHANGE:
            self._names.as_in_exchange((one.plan, written.uid) for one, written in done)
        self._record_together(done)
        failpoint("result-stored")
        for one, found in outcomes:
            if isinstance(found, Written) and found.existing:
                self._landed(one.row, one.plan, one.write, found)
            elif isinstance(found, CalendarError):
                self._failed(one.row, one.plan, one.write, found)

    def _record_together(self, done: Sequence[tuple[_Begun, Written]]) -> None:
        results = []
        for one, written in done:
            self._count(one.plan, one.write)
            after = finished(one.plan, one.write, written, self._capabilities)
            results.append(Finish(one.row, one.plan, after, one.write, written.shown is None))
        if results:
            self._journal.finish_all(results)
        for result, (_, written) in zip(results, done, strict=True):
            self._note_unconfirmed(result, written)

    def _failed(self, row: int, plan: PairPlan, write: Write, error: CalendarError) -> None:
        """Close the intent of a write that did not happen; raises what concerns more than its event."""
        if isinstance(error, StaleVersion | ItemGone):
            self._journal.drop_intent(row, plan, write, error.failure)
            self.tally.again = True
            return
        if error.failure.scope is not Scope.ITEM and error.failure.code != _TOO_LARGE:
            if isinstance(error, Refused) and not self._capabilities[write.side].keyed:
                # Nothing is in doubt, and no admin need find out what became of it.
                self._journal.drop_intent(row, plan, write, error.failure)
            raise error
        self._journal.quarantine(row, plan, write, error.failure)
        self.tally.skipped += 1

    def _landed(self, row: int, plan: PairPlan, write: Write, written: Written) -> PairPlan | None:
        """Store what a write left behind; None where it is another pair's."""
        if self._is_another_pair_s(plan, write, written):
            # A copy stands under the key, and waits for its own mark. The next cycle knows it.
            self._journal.drop_intent(row, plan, write, failure("EX-ITEM-02"))
            self.tally.again = True
            return None
        if write.side is Side.EXCHANGE:
            self._names.as_in_exchange([(plan, written.uid)])
        return self._record(row, plan, write, written)

    def _is_another_pair_s(self, plan: PairPlan, write: Write, written: Written) -> bool:
        if not written.existing:
            return False
        holders = self._journal.pairs_by_ids(write.side, [written.id])
        return any(pair.key != plan.pair.key for pair in holders)

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

    def _record(self, row: int, plan: PairPlan, write: Write, written: Written) -> PairPlan:
        self._count(plan, write)
        after = finished(plan, write, written, self._capabilities)
        if written.existing:
            self._journal.adopt(row, plan, after, write)
            self._adopted.add((write.side, written.id))
            self.tally.again = True
            return after
        result = Finish(row, plan, after, write, written.shown is None)
        self._journal.finish_all([result])
        self._note_unconfirmed(result, written)
        return after

    def _note_unconfirmed(self, result: Finish, written: Written) -> None:
        """Remember to read back what the calendar did not show after the write."""
        if result.reread:
            pair, side = result.after.pair, result.write.side
            twin = replace(pair.twin(side), version=written.version)
            self._unconfirmed[side][written.id] = with_twin(pair, side, twin)

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


def _is_single(plan: PairPlan) -> bool:
    """Whether one write, of an event that is not deleted by it, is all there is to do.

    What has failed before goes alone: it may be what every request breaks off at.
    """
    if len(plan.writes) != 1 or plan.outcome is Outcome.HOLD or plan.pair.attempts:
        return False
    return plan.writes[0].act is not Act.DELETE


def _draft(one: _Begun) -> Draft:
    write = one.write
    event, mark = agreed_of(one.plan), _mark(one.plan, write, one.stamp)
    if write.act is Act.CREATE:
        return Draft(event, mark, revive=_revived(one.plan.pair, write.side))
    target = target_of(one.plan, write)
    return Draft(event, mark, target.id, write.names, target.version)


def _uid_of(item: Item | None) -> str | None:
    return None if item is None else item.uid


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

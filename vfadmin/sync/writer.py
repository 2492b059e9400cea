"""Carrying a plan out: intent, conditional write, result; one pair after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from vfadmin.calendars.base import Calendar, Mark, Side, Written
from vfadmin.errors import CalendarError, ItemGone, Scope, StaleVersion
from vfadmin.sync.failpoint import failpoint
from vfadmin.sync.journal import Confirmation, Journal
from vfadmin.sync.settle import finished, settled
from vfadmin.sync.values import Act, Outcome, PairPlan, Write


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
    unconfirmed: list[tuple[int, Side, str, str]] = field(default_factory=list)


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

    def carry_out(self, plans: Iterable[PairPlan]) -> None:
        """Do what the plans say, in their order."""
        for plan in plans:
            self._checkpoint()
            if plan.writes and plan.outcome is not Outcome.HOLD:
                self._write_all(plan)
            else:
                self._without_writes(plan)

    def confirm(self) -> None:
        """Read back what was written, so that a server's own normalisation is no change tomorrow."""
        waiting, self.tally.unconfirmed = self.tally.unconfirmed, []
        for side in {side for _, side, _, _ in waiting}:
            mine = [one for one in waiting if one[1] is side]
            fetched = self._calendars[side].fetch([item_id for _, _, item_id, _ in mine])
            self._journal.confirm(
                Confirmation(row, side, item_id, version, fetched.items[item_id].event)
                for row, _, item_id, version in mine
                if item_id in fetched.items and fetched.items[item_id].version == version
            )
            failpoint("confirmed")

    def _without_writes(self, plan: PairPlan) -> None:
        match plan.outcome:
            case Outcome.SETTLE:
                self._journal.settle(settled(plan), plan.clears)
            case Outcome.FREEZE:
                self._journal.settle(replace(plan.pair, status="frozen"), plan.clears)
            case Outcome.LEAVE:
                self._journal.leave(plan)
                self.tally.skipped += 1
            case Outcome.HOLD:
                self._journal.hold(plan)
                self.tally.held += 1
            case Outcome.CLOSE:
                self._journal.close(plan)

    def _write_all(self, plan: PairPlan) -> None:
        for write in plan.writes:
            stamp = next(self._stamps)
            row, pair = self._journal.begin(plan, write, stamp)
            plan = replace(plan, pair=pair)
            failpoint("intent-stored")
            try:
                written = self._write(plan, write, stamp)
            except (StaleVersion, ItemGone):
                self._journal.drop_intent(row, plan)
                self.tally.again = True
                return
            except CalendarError as error:
                if error.failure.scope is not Scope.ITEM:
                    raise
                self._journal.quarantine(row, plan, write, error.failure)
                self.tally.skipped += 1
                return
            failpoint("write-done")
            plan = self._record(row, plan, write, written)
            failpoint("result-stored")

    def _write(self, plan: PairPlan, write: Write, stamp: str) -> Written | None:
        calendar = self._calendars[write.side]
        target, source = plan.current[write.side], plan.current[write.side.other]
        if write.act is Act.DELETE:
            if target is not None:
                calendar.delete(target.id, target.version)
            return None
        if plan.agreed is None:
            raise ValueError("a plan that writes an event has agreed on one")
        mark = Mark(plan.pair.key, stamp)
        if source is not None:
            mark = Mark(plan.pair.key, stamp, source.created, source.modified, source.uid)
        if write.act is Act.CREATE:
            return calendar.create(plan.agreed, mark, revive=plan.pair.twin(write.side).id)
        if target is None:
            raise ValueError("an update needs the item it updates")
        return calendar.update(target.id, plan.agreed, write.names, target.version, mark)

    def _record(self, row: int, plan: PairPlan, write: Write, written: Written | None) -> PairPlan:
        self._count(write)
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
        if reread and after.pair.row is not None:
            self.tally.unconfirmed.append((after.pair.row, write.side, written.id, written.version))
        return after

    def _count(self, write: Write) -> None:
        tally = self.tally
        tally.conflicts += bool(write.conflicts)
        if write.act is Act.DELETE:
            tally.deleted += 1
        elif write.act is Act.UPDATE and not write.names:
            return  # only the key was written anew
        elif write.side is Side.VALUEFRAME:
            tally.pulled += 1
        else:
            tally.pushed += 1

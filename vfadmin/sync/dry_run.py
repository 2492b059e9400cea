"""What the next cycle would do: the same reading and the same plan, kept in memory.

Nothing is written to either calendar, and of the engine's own state nothing moves: the cursors stay, so
the real cycle afterwards reads the same changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vfadmin.calendars.base import Calendar, ChangePage, Side
from vfadmin.errors import CalendarError, VfadminError
from vfadmin.sync import dirty
from vfadmin.sync import mailbox as mailboxes
from vfadmin.sync.cycle import Bench
from vfadmin.sync.dirty import DirtyId
from vfadmin.sync.memory import Memory
from vfadmin.sync.plan import plan
from vfadmin.sync.reader import Gatherer, read_changes
from vfadmin.sync.report import operation, operation_of
from vfadmin.sync.values import BOTH, DryRun, Outcome, PairPlan, PlannedOperation
from vfadmin.sync.window import window_at

_NO_FOLDER = "EX-CAL-01"


class ScratchJournal(Memory):
    """A journal that reads the real one and keeps what it is told in memory."""

    def __init__(self, bench: Bench, person_id: int) -> None:
        super().__init__(bench.store, person_id, bench.clock)
        self._extra: dict[Side, dict[str, DirtyId]] = {side: {} for side in BOTH}

    def store_page(self, side: Side, page: ChangePage) -> int:
        """Keep the page's ids in memory."""
        with self._store.read() as session:
            echoes = dirty.echoes(session, self._person, side, page.changed)
        ids = [one.id for one in page.changed if one.id not in echoes] + list(page.deleted)
        self._extra[side].update((id_, DirtyId(id_, inferred=False)) for id_ in ids)
        return len(ids)

    def lose_cursor(self, side: Side) -> None:
        """Treat all that is known as changed."""
        with self._store.read() as session:
            known = dirty.known_ids(session, self._person, side)
        self._extra[side].update((id_, DirtyId(id_, inferred=True)) for id_ in known)

    def due(self, side: Side) -> dict[str, DirtyId]:
        """What was dirty before and what the pages told."""
        return {**super().due(side), **self._extra[side]}


def dry_run(bench: Bench, person_id: int) -> DryRun:
    """The operations the next cycle of this mailbox would do, in their order."""
    calendars: dict[Side, Calendar] = {}
    try:
        with bench.store.read() as session:
            mailbox = mailboxes.load(session, person_id)
            closed = mailboxes.blocked(session, mailbox.connection)
        if closed is not None:
            return DryRun(person_id, failure=closed)
        if mailbox.address is None:
            mailbox = replace(mailbox, address=bench.doors.resolve(mailbox))
        calendars[Side.VALUEFRAME] = bench.doors.valueframe(person_id)
        calendars[Side.EXCHANGE] = bench.doors.exchange(mailbox)
        plans = _plans(bench, person_id, calendars, first_cycle=not mailbox.matched)
    except VfadminError as error:
        return DryRun(person_id, failure=error.failure)
    finally:
        for calendar in calendars.values():
            calendar.close()
    deletes_last = sorted(plans, key=lambda one: one.deletes)
    return DryRun(person_id, tuple(shown for one in deletes_last for shown in _shown(one)))


def _plans(
    bench: Bench, person_id: int, calendars: Mapping[Side, Calendar], *, first_cycle: bool
) -> tuple[PairPlan, ...]:
    scratch = ScratchJournal(bench, person_id)
    policy, now = bench.policy(), bench.clock()
    ended_before = window_at(now, policy).after
    for side in BOTH:
        try:
            read_changes(scratch, calendars[side], side, ended_before, lambda: None)
        except CalendarError as error:
            # A calendar of its own that the first cycle is going to make: nothing is in it yet.
            if not (first_cycle and error.failure.code == _NO_FOLDER):
                raise
    snapshot = Gatherer(scratch, calendars, lambda: None, first_cycle=first_cycle).gather()
    return () if snapshot is None else plan(snapshot, policy, now, iter(bench.new_id, None))


def _shown(one: PairPlan) -> list[PlannedOperation]:
    if one.outcome is Outcome.LEAVE:
        return [operation(one, side, "skip", one.note or "") for side in BOTH if one.current[side]][:1]
    return [operation_of(one, write) for write in one.writes]

"""What the next cycle would do: the same reading and the same plan, kept in memory.

Nothing is written to either calendar, and of the engine's own state nothing moves: the cursors stay, so
the real cycle afterwards reads the same changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from vfadmin.calendars.base import Calendar, ChangePage, Side
from vfadmin.errors import CalendarError, Failure, VfadminError
from vfadmin.sync import dirty
from vfadmin.sync import mailbox as mailboxes
from vfadmin.sync.cycle import Bench
from vfadmin.sync.dirty import DirtyId
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.memory import Memory
from vfadmin.sync.plan import plan
from vfadmin.sync.reader import Gatherer, read_changes
from vfadmin.sync.report import operation, operation_of
from vfadmin.sync.values import BOTH, DryRun, Outcome, PairPlan, PairView, PlannedOperation, Twin
from vfadmin.sync.window import window_at


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


class MovedJournal(ScratchJournal):
    """The same as if an admin had let go of the former mailbox: ids of Exchange mean nothing."""

    def cursor(self, side: Side) -> str | None:
        """Exchange is listed from the beginning."""
        return None if side is Side.EXCHANGE else super().cursor(side)

    def due(self, side: Side) -> dict[str, DirtyId]:
        """What the pages told, and everything that is paired."""
        if side is Side.EXCHANGE:
            return dict(self._extra[side])
        with self._store.read() as session:
            known = dirty.known_ids(session, self._person, side)
        return {**{id_: DirtyId(id_, inferred=False) for id_ in known}, **super().due(side)}

    def doubtful_keys(self) -> set[str]:
        """Open intents are let go of too."""
        return set()

    def pairs_by_ids(self, side: Side, ids: Collection[str]) -> list[PairView]:
        """The pairs as ValueFrame knows them."""
        if side is Side.EXCHANGE:
            return []
        return [_adrift(pair) for pair in super().pairs_by_ids(side, ids)]

    def pairs_by_keys(self, keys: Collection[str]) -> list[PairView]:
        """The pairs of those keys, without their ids in Exchange."""
        return [_adrift(pair) for pair in super().pairs_by_keys(keys)]


def _adrift(pair: PairView) -> PairView:
    return replace(pair, exchange=Twin(None, None, pair.exchange.seen))


def dry_run(bench: Bench, person_id: int, *, idle: bool = False) -> DryRun:
    """The operations the next cycle of this mailbox would do, in their order.

    With ``idle`` also of an integration that is not at work: what its first cycle would do once it is
    activated (R29), or once an admin accepts the other mailbox behind its login (R30).
    """
    calendars: dict[Side, Calendar] = {}
    try:
        mailbox, moved, closed = _opened(bench, person_id, idle=idle)
        if closed is not None:
            return DryRun(person_id, failure=closed)
        mailbox = mailboxes.looked_up(bench.store, mailbox, bench.doors)
        calendars[Side.VALUEFRAME] = bench.doors.valueframe(person_id)
        calendars[Side.EXCHANGE] = bench.doors.exchange(mailbox)
        scratch = (MovedJournal if moved else ScratchJournal)(bench, person_id)
        plans = _plans(bench, scratch, calendars, first_cycle=not mailbox.matched)
    except VfadminError as error:
        return DryRun(person_id, failure=error.failure)
    finally:
        for calendar in calendars.values():
            calendar.close()
    deletes_last = sorted(plans, key=lambda one: one.deletes)
    operations = tuple(shown for one in deletes_last for shown in _shown(one))
    matched = 0 if mailbox.matched else sum(_is_matched(one) for one in plans)
    return DryRun(person_id, operations, first=not mailbox.matched, matched=matched)


def _opened(bench: Bench, person_id: int, *, idle: bool) -> tuple[Mailbox, bool, Failure | None]:
    """The mailbox, whether it is held because another one is behind its login, and why it is closed."""
    with bench.store.read() as session:
        mailbox = (mailboxes.load_whatever if idle else mailboxes.load)(session, person_id)
        moved = idle and mailboxes.is_held(session, person_id)
        closed = mailboxes.blocked(session, mailbox.connection)
    if moved:
        mailbox = replace(mailbox, address=None, identity=None, matched=False)
    return mailbox, moved, closed


def _is_matched(one: PairPlan) -> bool:
    return one.pair.valueframe.id is not None and one.pair.exchange.id is not None


def _plans(
    bench: Bench, scratch: ScratchJournal, calendars: Mapping[Side, Calendar], *, first_cycle: bool
) -> tuple[PairPlan, ...]:
    policy, now = bench.policy(), bench.clock()
    ended_before = window_at(now, policy).after
    for side in BOTH:
        try:
            read_changes(scratch, calendars[side], side, ended_before, lambda: None)
        except CalendarError as error:
            # A calendar of its own that the first cycle is going to make: nothing is in it yet.
            if not (first_cycle and error.failure.code == mailboxes.NO_CALENDAR):
                raise
    snapshot = Gatherer(scratch, calendars, lambda: None, first_cycle=first_cycle).gather()
    return () if snapshot is None else plan(snapshot, policy, now, iter(bench.new_id, None))


def _shown(one: PairPlan) -> list[PlannedOperation]:
    if one.outcome in (Outcome.LEAVE, Outcome.SET_ASIDE):
        return [operation(one, side, "skip", one.note or "") for side in BOTH if one.current[side]][:1]
    return [operation_of(one, write) for write in one.writes]

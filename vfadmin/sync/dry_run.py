"""What the next cycle would do: the same reading and the same plan, kept in memory.

Nothing is written to either calendar, and of the engine's own state nothing moves: the cursors stay, so
the real cycle afterwards reads the same changes. A write that was interrupted is settled by that cycle before
it decides anything; its pair is left out here, for only the settling tells what becomes of it.
"""

from __future__ import annotations

from vfadmin.errors import VfadminError
from vfadmin.sync.cycle import Bench, guarded
from vfadmin.sync.plan import plan
from vfadmin.sync.reader import Gatherer
from vfadmin.sync.report import operation, operation_of
from vfadmin.sync.scratch import Look, MovedJournal, ScratchJournal, looked_into, read_both
from vfadmin.sync.values import BOTH, DryRun, Outcome, PairPlan, PlannedOperation, Reason


def dry_run(bench: Bench, person_id: int, *, idle: bool = False) -> DryRun:
    """The operations the next cycle of this mailbox would do, in their order.

    With ``idle`` also of an integration that is not at work: what its first cycle would do once it is
    activated (R29), or once an admin accepts the other mailbox behind its login (R30).
    """
    try:
        with looked_into(bench, person_id, idle=idle) as look:
            plans = _plans(bench, person_id, look)
    except VfadminError as error:
        return DryRun(person_id, failure=error.failure)
    operations = tuple(shown for one in plans for shown in _shown(one))
    matched = sum(_is_matched(one) for one in plans) if look.first_cycle else 0
    return DryRun(person_id, operations, first=look.first_cycle, matched=matched)


def _is_matched(one: PairPlan) -> bool:
    return one.pair.valueframe.id is not None and one.pair.exchange.id is not None


def _plans(bench: Bench, person_id: int, look: Look) -> tuple[PairPlan, ...]:
    """As a cycle makes them, those that delete last, and held where they are too many."""
    scratch = (MovedJournal if look.moved else ScratchJournal)(bench, person_id)
    read_both(bench, scratch, look)
    gatherer = Gatherer(scratch, look.calendars, lambda: None, first_cycle=look.first_cycle)
    snapshot = gatherer.gather()
    if snapshot is None:
        return ()
    policy = bench.policy()
    plans = plan(snapshot, policy, bench.clock(), iter(bench.new_id, None))
    if look.first_cycle and (gatherer.failures or scratch.unread_items()):
        # While something is unread its partner on the other side would be created although it is there (R29).
        plans = tuple(one for one in plans if not one.creates)
    return (*(one for one in plans if not one.deletes), *guarded(plans, scratch, policy))


def _shown(one: PairPlan) -> list[PlannedOperation]:
    if one.outcome is Outcome.HOLD:
        return [operation(one, write.side, "skip", Reason.HELD.value) for write in one.writes]
    if one.outcome in (Outcome.LEAVE, Outcome.SET_ASIDE):
        return [operation(one, side, "skip", one.note or "") for side in BOTH if one.current[side]][:1]
    return [operation_of(one, write) for write in one.writes]

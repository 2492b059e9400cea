"""One mailbox, one cycle: lease, leftovers, changes, plan, writes, confirmation.

`run_cycle` works under a lease with a journal; `sync_mailbox` around it turns whatever happens into
a result and a state.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy.orm import Session

from vfadmin.calendars.base import Calendar, Side
from vfadmin.errors import Failure, VfadminError, failure
from vfadmin.models import PairStatus
from vfadmin.models.store import Store
from vfadmin.sync import lease as leases
from vfadmin.sync import mailbox as mailboxes
from vfadmin.sync.ahead import Look
from vfadmin.sync.failpoint import failpoint
from vfadmin.sync.guard import held
from vfadmin.sync.journal import Journal
from vfadmin.sync.lease import Lease
from vfadmin.sync.mailbox import Doors, Mailbox
from vfadmin.sync.memory import Memory
from vfadmin.sync.outcome import STOPPED, close_breaker, narrowed, record_failure, record_success
from vfadmin.sync.plan import plan
from vfadmin.sync.reader import Begun, Gatherer, read_changes
from vfadmin.sync.recover import settle_doubts, settle_intents
from vfadmin.sync.relocation import Relocation
from vfadmin.sync.run import RunRecord
from vfadmin.sync.values import BOTH, Act, Decision, MailboxResult, Outcome, PairPlan, Policy, Reason
from vfadmin.sync.window import window_at
from vfadmin.sync.writer import Tally, Writer

_LOG = logging.getLogger(__name__)
_ROUNDS = 4
"""How often one cycle decides anew when items move under its hands; the rest waits for the next."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every cycle of a process shares.

    ``look_ahead`` asks for many mailboxes together, where their protocol can. ``unmoved`` tells of many
    cursors into ValueFrame, by person, behind which of them nothing is new; without it each is asked for
    himself. ``lease`` is how long a mailbox stays taken without a sign of life.
    """

    store: Store
    doors: Doors
    clock: Callable[[], datetime]
    policy: Callable[[], Policy]
    owner: str
    poll: Callable[[], timedelta]
    new_id: Callable[[], str] = lambda: str(uuid.uuid4())
    look_ahead: Look | None = None
    unmoved: Callable[[Mapping[int, str]], Collection[int]] | None = None
    lease: timedelta = leases.LENGTH


@dataclass(frozen=True, slots=True)
class Taken:
    """A mailbox whose lease was taken at ``at``, as it was under it.

    ``cursor`` is how far Exchange was read, where nothing in the store spoke for a cycle.
    """

    lease: Lease
    mailbox: Mailbox
    at: datetime
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody who works in a mailbox under its lease has at hand."""

    journal: Journal
    calendars: Mapping[Side, Calendar]
    checkpoint: Callable[[], None]
    tally: Tally


Work = Callable[[Desk], None]


def never() -> bool:
    """Nobody asks to stop."""
    return False


def sync_mailbox(
    bench: Bench,
    person_id: int,
    stopping: Callable[[], bool] = never,
    *,
    complete: bool = False,
    work: Work | None = None,
    taken: Taken | None = None,
    begun: Begun | None = None,
) -> MailboxResult:
    """Synchronise one mailbox now, whatever its next run was meant to be.

    With ``complete`` it compares all that is there and not only what changed; see `verify`. With ``work``
    that is done instead, under the same lease and as a run like any other. With ``taken`` it works under
    that lease, and goes on with what has ``begun`` under it.

    Never raises for what happens outside: the result holds the failure. Raises UsageError where there
    is nothing to synchronise, and StoreError when the store itself fails.
    """
    started, began = bench.clock(), monotonic()
    found = _take(bench, person_id, started) if taken is None else taken
    if isinstance(found, Failure):
        return MailboxResult(person_id, ok=False, failure=found)
    failpoint("lease-taken")
    cycle = _Cycle(bench, found, stopping, started, complete=complete, work=work, begun=begun)
    failed = cycle.attempt()
    result = cycle.result(failed, int((monotonic() - began) * 1000))
    result = _record(bench, cycle, result)
    failpoint("cycle-end")
    return result


def _take(bench: Bench, person_id: int, now: datetime) -> Taken | Failure:
    """The lease and the mailbox as it is under it, or why it cannot be had now.

    Read inside the transaction that takes the lease: what an admin changed while it waited counts.
    """
    try:
        with bench.store.write() as session:
            lease = leases.acquire(session, person_id, bench.owner, now, bench.lease)
            return Taken(lease, _open_mailbox(session, person_id), now)
    except _ClosedError as error:
        return error.failure
    except VfadminError as error:
        if error.failure.code != leases.TAKEN:
            raise
        busy = error.failure
    # No row was free: is it at work, or is there nothing that could be?
    with bench.store.read() as session:
        try:
            _open_mailbox(session, person_id)
        except _ClosedError as error:
            return error.failure
    return busy


class _ClosedError(VfadminError):
    """The mailbox may not be reached now."""


def _open_mailbox(session: Session, person_id: int) -> Mailbox:
    mailbox = mailboxes.load(session, person_id)
    closed = mailboxes.blocked(session, mailbox.connection)
    if closed is not None:
        raise _ClosedError(closed)  # and the lease that was taken is not kept
    return mailbox


def _record(bench: Bench, cycle: _Cycle, result: MailboxResult) -> MailboxResult:
    """Keep what the cycle did; answers it with the failure it comes to among the other mailboxes."""
    now = bench.clock()
    with bench.store.write() as session:
        try:
            leases.renew(session, cycle.lease, now)
        except VfadminError:
            return result  # another process has the mailbox by now; what it records counts
        result = replace(result, failure=narrowed(session, cycle.mailbox, result.failure))
        cycle.run.finish(session, result, now)
        if result.failure is None:
            record_success(session, cycle.lease, now, bench.poll(), settled=cycle.settled)
            close_breaker(session, cycle.mailbox.connection, cycle.started)
        else:
            record_failure(session, cycle.lease, cycle.mailbox, result.failure, now)
        leases.release(session, cycle.lease)
    return result


class _Cycle:
    """One cycle under way."""

    def __init__(
        self,
        bench: Bench,
        taken: Taken,
        stopping: Callable[[], bool],
        started: datetime,
        *,
        complete: bool,
        work: Work | None,
        begun: Begun | None,
    ) -> None:
        self.mailbox = taken.mailbox
        self.lease = taken.lease
        self.run = RunRecord(taken.lease.person_id, started)
        self.started = started
        self._bench = bench
        self._stopping = stopping
        self._complete = complete
        self._work = work
        self._tally = Tally()
        self._begun = begun
        self._calendars: dict[Side, Calendar] = {} if begun is None else {Side.EXCHANGE: begun.calendar}

    def attempt(self) -> Failure | None:
        """Do the cycle; answers what stopped it."""
        try:
            self._go()
        except mailboxes.UnreachedError as error:
            # The breaker that may open is that of the connection which answered.
            self.mailbox = replace(self.mailbox, connection=error.connection, others=())
            return error.failure
        except VfadminError as error:
            return error.failure
        except Exception as error:  # noqa: BLE001 - one mailbox's fault must not stop the others
            _LOG.exception("unforeseen fault while synchronising person %s", self.mailbox.person_id)
            return failure("VF-INTERNAL-01", detail=type(error).__name__)
        finally:
            for calendar in self._calendars.values():
                calendar.close()
        return None

    def result(self, failed: Failure | None, duration_ms: int) -> MailboxResult:
        """What was done until now."""
        tally = self._tally
        return MailboxResult(
            person_id=self.mailbox.person_id,
            ok=failed is None,
            pulled=tally.pulled,
            pushed=tally.pushed,
            conflicts=tally.conflicts,
            skipped=tally.skipped,
            deleted=tally.deleted,
            held=tally.held,
            requests=sum(calendar.requests for calendar in self._calendars.values()),
            duration_ms=duration_ms,
            failure=failed,
            operations=tuple(tally.operations) if self._complete else (),
        )

    @property
    def settled(self) -> bool:
        """Whether nothing moved under its hands until the end."""
        return not self._tally.again and not self._tally.unsure

    def _go(self) -> None:
        bench = self._bench
        relocation = Relocation(bench.store, self.lease, self.run, bench.clock, self._checkpoint)
        self.mailbox = mailboxes.ensure_prepared(
            bench.store, self.lease, self.mailbox, bench.doors, bench.clock(), relocation.bring
        )
        self._calendars[Side.VALUEFRAME] = bench.doors.valueframe(self.mailbox.person_id)
        if self._begun is None:
            self._calendars[Side.EXCHANGE] = bench.doors.exchange(self.mailbox)
        journal = Journal(bench.store, self.lease, self.run, bench.clock)
        if self._work is not None:
            self._work(Desk(journal, self._calendars, self._checkpoint, self._tally))
            return
        for side in BOTH if self._complete else ():
            journal.lose_cursor(side)  # everything known is doubted, and both calendars are listed anew
        self._tally = run_cycle(
            journal,
            self._calendars,
            bench.policy(),
            bench.clock,
            bench.new_id,
            first_cycle=not self.mailbox.matched,
            complete=self._complete,
            checkpoint=self._checkpoint,
            tally=self._tally,
            begun=self._begun,
        )

    def _checkpoint(self) -> None:
        if self._stopping():
            raise VfadminError(failure(STOPPED))


def run_cycle(
    journal: Journal,
    calendars: Mapping[Side, Calendar],
    policy: Policy,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    *,
    first_cycle: bool,
    checkpoint: Callable[[], None],
    tally: Tally,
    complete: bool = False,
    begun: Begun | None = None,
) -> Tally:
    """Bring one mailbox into step. ``tally`` is filled as it goes, so it holds after a failure too.

    ``begun`` has asked the calendar in Exchange for its changes already.
    """
    ids = iter(new_id, None)

    def pulse() -> None:
        checkpoint()
        journal.keep()

    settle_intents(journal, calendars)
    failpoint("intents-settled")
    ended_before = window_at(clock(), policy).after
    for side in BOTH:
        asked = begun if side is Side.EXCHANGE else None
        read_changes(journal, calendars[side], side, ended_before, checkpoint, asked)
    settle_doubts(journal, calendars)
    writer = Writer(journal, calendars, ids, checkpoint, tally)
    for _ in range(_ROUNDS):
        gatherer = Gatherer(journal, calendars, pulse, first_cycle=first_cycle, complete=complete)
        plans = _decide(journal, gatherer, policy, clock(), ids, tally)
        failpoint("plan-made")
        writer.carry_out(one for one in plans if not one.deletes)
        failpoint("deletes-begin")
        writer.carry_out(guarded(plans, journal, policy))
        for side in writer.unconfirmed_sides():
            # Exchange tells of a deletion only to a cursor that has met the item (MS-OXCFXICS, IdsetGiven):
            # what was created here must stand behind the cursor before its id is taken for settled.
            read_changes(journal, calendars[side], side, ended_before, checkpoint)
            writer.confirm(side)
        if not tally.again:
            break
    if first_cycle and not tally.again and not tally.unsure:
        journal.matched()
    return tally


def _decide(
    journal: Journal, gatherer: Gatherer, policy: Policy, now: datetime, ids: Iterator[str], tally: Tally
) -> tuple[PairPlan, ...]:
    """The plans of one round; what could not be read is noted and left for later."""
    tally.again = False
    snapshot = gatherer.gather()
    for side, item_id, fault in gatherer.failures:
        journal.unreadable(side, item_id, fault)
        tally.skipped += 1
    tally.unsure = gatherer.first_cycle and journal.unread_items()
    if snapshot is None:
        return ()
    plans = plan(snapshot, policy, now, ids)
    # While something is unread its partner on the other side would be created although it is there (R29).
    return tuple(one for one in plans if not one.creates) if tally.unsure else plans


def guarded(plans: Iterable[PairPlan], journal: Memory, policy: Policy) -> Iterator[PairPlan]:
    """The plans that delete something, held for an admin where they are too many.

    Those that he has seen and decided go through, and no other by that word.
    """
    deleting = [one for one in plans if one.deletes]
    fresh = [one for one in deleting if one.pair.status != PairStatus.HELD and not _is_decided(one)]
    if not deleting:
        return
    deletions = journal.deletions(len(fresh), sum(one.inferred for one in fresh))
    hold = held(deletions, policy.guard)
    for one in deleting:
        # What is held already waits for an admin, whatever moves meanwhile.
        if _is_decided(one):
            yield _by_word(one)
        elif hold or one.pair.status == PairStatus.HELD:
            yield replace(one, outcome=Outcome.HOLD)
        else:
            yield one


def _is_decided(one: PairPlan) -> bool:
    return one.pair.decision == Decision.PROCESS


def _by_word(one: PairPlan) -> PairPlan:
    said = [replace(write, reason=Reason.PROCESSED) for write in one.writes if write.act is Act.DELETE]
    rest = [write for write in one.writes if write.act is not Act.DELETE]
    return replace(one, writes=(*rest, *said))

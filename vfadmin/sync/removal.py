"""Taking out of a mailbox what ValueFrame brought there, once its integration has been ended (R30).

Only what vfadmin itself created in the mailbox and nobody changed since is taken: moved to Deleted Items, one
item after the other, each looked at right before. What a person edited stays and is named. ValueFrame's
events are not touched, and no mail goes out. A run that was cut off is done again by the next one: what
is out already is not there any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Calendar, Item, Side
from vfadmin.calendars.codec import from_json
from vfadmin.calendars.event import Event, differing, with_fields
from vfadmin.errors import CalendarError, Failure, Scope, StaleVersion, VfadminError, failure
from vfadmin.models import Integration, Intent, Pair, State
from vfadmin.sync import lease as leases
from vfadmin.sync import mailbox as mailboxes
from vfadmin.sync import rows, takeout
from vfadmin.sync.backoff import delay
from vfadmin.sync.chronicle import Entry, add
from vfadmin.sync.cycle import Bench, never
from vfadmin.sync.failpoint import failpoint
from vfadmin.sync.forget import forget_mailbox
from vfadmin.sync.lease import Lease
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.outcome import STOPPED
from vfadmin.sync.run import RunRecord
from vfadmin.sync.values import Act, MailboxResult, PairView, Reason

_PORTION = 50
EDITED, UNREADABLE = "edited", "unreadable"


@dataclass(frozen=True, slots=True)
class Left:
    """An item that ValueFrame brought and that stays: a person edited it, or it cannot be read.

    The title is empty for a private event (R31), both are unknown for an unreadable one.
    """

    title: str
    start: datetime | None
    private: bool
    why: str


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What was taken out of one mailbox, or in a preview would be, and what stays."""

    person_id: int
    taken: int = 0
    left: tuple[Left, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A pair whose item may have to go, and the intent it had when the wish was noted."""

    pair: PairView
    stamp: str = ""
    payload: Mapping[str, Any] | None = None


def preview(bench: Bench, person_id: int) -> TakenOut:
    """What `take_out` would take now. Reads the mailbox and writes nowhere."""
    try:
        with bench.store.read() as session:
            mailbox = mailboxes.load_whatever(session, person_id)
            wanted = _paired(session, person_id)
        if not wanted:
            return TakenOut(person_id)
        taken, left = 0, []
        calendar = _same_calendar(bench, mailbox)
        try:
            for _, found in _looked_at(calendar, wanted):
                taken += isinstance(found, Item)
                left += [found] if isinstance(found, Left) else []
        finally:
            calendar.close()
    except VfadminError as error:
        return TakenOut(person_id, failure=error.failure)
    return TakenOut(person_id, taken, tuple(left))


def take_out(bench: Bench, person_id: int, stopping: Callable[[], bool] = never) -> TakenOut:
    """Do what was asked for and remove the integration. Never raises for what happens outside.

    With a failure it waits for its next turn, or for an admin where waiting cannot help.
    """
    started, began = bench.clock(), monotonic()
    with bench.store.write() as session:
        if not takeout.is_asked(session, person_id):
            return TakenOut(person_id, failure=failure("VF-STATE-01", person=person_id, action="remove"))
        mailbox = mailboxes.load_whatever(session, person_id)
        try:
            lease = leases.acquire(session, person_id, bench.owner, started, bench.lease)
        except VfadminError as error:
            return TakenOut(person_id, failure=error.failure)
    work = _Removal(bench, mailbox, lease, RunRecord(person_id, started), stopping)
    failed = work.attempt()
    done = TakenOut(person_id, work.taken, tuple(work.left), failed)
    _record(bench, work, done, int((monotonic() - began) * 1000))
    return done


def as_result(done: TakenOut) -> MailboxResult:
    """The same as the engine tells of every mailbox."""
    return MailboxResult(
        done.person_id,
        ok=done.failure is None,
        deleted=done.taken,
        skipped=len(done.left),
        failure=done.failure,
    )


class _Removal:
    """One removal under way."""

    def __init__(
        self, bench: Bench, mailbox: Mailbox, lease: Lease, run: RunRecord, stopping: Callable[[], bool]
    ) -> None:
        self.mailbox, self.lease, self.run = mailbox, lease, run
        self.taken, self.requests = 0, 0
        self.left: list[Left] = []
        self._bench, self._stopping = bench, stopping

    def attempt(self) -> Failure | None:
        """Take out; answers what stopped it."""
        try:
            with self._bench.store.read() as session:
                wanted = _asked(session, self.mailbox.person_id)
                closed = mailboxes.blocked(session, self.mailbox.connection)
            if closed is not None:
                return closed
            calendar = _same_calendar(self._bench, self.mailbox)
            try:
                for one, found in _looked_at(calendar, wanted):
                    if self._stopping():
                        return failure(STOPPED)
                    self._one(calendar, one.pair, found)
            finally:
                self.requests = calendar.requests
                calendar.close()
        except VfadminError as error:
            return error.failure
        return None

    def _one(self, calendar: Calendar, pair: PairView, found: Item | Left) -> None:
        if isinstance(found, Item):
            try:
                calendar.delete(found.id, found.version)
            except StaleVersion:
                found = _left(found.event, EDITED)
            except CalendarError as error:
                if error.failure.scope is not Scope.ITEM:
                    raise
                found = _left(found.event, UNREADABLE)
            else:
                failpoint("taken-out")
                self.taken += 1
                self._tell(Entry(pair.key, Side.EXCHANGE, Act.DELETE, Reason.TAKEN_OUT, before=found.event))
                return
        self.left.append(found)
        self._tell(
            Entry(
                pair.key,
                Side.EXCHANGE,
                "skip",
                Reason.LEFT_ALONE,
                pair.exchange.seen,
                detail={"note": found.why},
            )
        )

    def _tell(self, entry: Entry) -> None:
        now = self._bench.clock()
        with self._bench.store.write() as session:
            leases.renew(session, self.lease, now)
            add(session, self.mailbox.person_id, self.run.row(session), [entry], now)
        self.run.stored()


def _record(bench: Bench, work: _Removal, done: TakenOut, duration_ms: int) -> None:
    now, failed = bench.clock(), done.failure
    with bench.store.write() as session:
        try:
            leases.renew(session, work.lease, now)
        except VfadminError:
            return  # an admin has decided otherwise meanwhile
        result = replace(as_result(done), requests=work.requests, duration_ms=duration_ms)
        work.run.finish(session, result, now)
        integration = session.get_one(Integration, done.person_id)
        if failed is None:
            forget_mailbox(session, integration)
        elif failed.scope is Scope.MAILBOX and not failed.transient:
            integration.state = State.ERROR
            integration.error_code, integration.error_params = failed.code, dict(failed.params)
            integration.error_since, integration.next_run_at = now, None
        else:
            integration.attempts += 1
            wait = delay(integration.attempts, retry_after=failed.retry_after)
            integration.next_run_at = now if failed.code == STOPPED else now + wait
        integration.version += 1
        integration.lease_owner = integration.lease_until = None


def _asked(session: Session, person_id: int) -> list[_Wanted]:
    chosen = (
        select(Intent, Pair)
        .join(Pair, Pair.id == Intent.pair_id)
        .where(Intent.person_id == person_id, Intent.operation == takeout.TAKE_OUT)
        .order_by(Pair.id)
    )
    return [
        _Wanted(rows.view(pair), intent.stamp, intent.payload) for intent, pair in session.execute(chosen)
    ]


def _paired(session: Session, person_id: int) -> list[_Wanted]:
    pairs = session.scalars(select(Pair).where(Pair.person_id == person_id).order_by(Pair.id))
    return [_Wanted(rows.view(pair)) for pair in pairs if takeout.may_be_ours(pair)]


def _same_calendar(bench: Bench, mailbox: Mailbox) -> Calendar:
    """The calendar in which everything was paired; ids of another one would say nothing of these items.

    Raises CalendarError EX-MBX-07 or EX-CAL-01 where it is not there any more.
    """
    if mailbox.address is None or mailbox.identity is None:
        raise CalendarError(failure("EX-MBX-07", login=mailbox.login, mailbox=mailbox.address or ""))
    calendar = bench.doors.exchange(mailbox)
    try:
        next(iter(calendar.changes(None)))
    except CalendarError:
        calendar.close()
        raise
    return calendar


def _looked_at(calendar: Calendar, wanted: list[_Wanted]) -> Iterator[tuple[_Wanted, Item | Left]]:
    """Those whose item is there and ValueFrame's: the item to take, or why it stays."""
    for start in range(0, len(wanted), _PORTION):
        portion = wanted[start : start + _PORTION]
        fetched = calendar.fetch([id_ for one in portion if (id_ := one.pair.exchange.id) is not None])
        for one in portion:
            id_ = one.pair.exchange.id
            if id_ in fetched.failures:
                yield one, _unread(one)
                continue
            item = fetched.items.get(id_) if id_ is not None else _created(calendar, one.pair.key)
            if item is None or not item.brought:
                continue
            expected = _expected(one, item, calendar)
            edited = expected is None or bool(differing(item.event, expected) & calendar.capabilities.fields)
            yield one, _left(item.event, EDITED) if edited or item.unsupported else item


def _created(calendar: Calendar, key: str) -> Item | None:
    """What a create left behind whose answer never came."""
    return next((item for item in calendar.find(key) if item.brought), None)


def _expected(one: _Wanted, item: Item, calendar: Calendar) -> Event | None:
    """What the item shows if nobody edited it: what it last showed, or what an unfinished write meant."""
    seen, payload = one.pair.exchange.seen, one.payload or {}
    if seen is not None:
        # Of those invited the ones are not seen any more whose integration has ended meanwhile.
        seen = with_fields(seen, calendar.capabilities.project(seen), frozenset({"participants"}))
    agreed = payload.get("agreed")
    if not one.stamp or item.stamp != one.stamp or agreed is None or payload.get("on") != Side.EXCHANGE:
        return seen
    meant = calendar.capabilities.project(from_json(agreed))
    return meant if seen is None else with_fields(seen, meant, frozenset(payload["names"]))


def _unread(one: _Wanted) -> Left:
    seen = one.pair.exchange.seen
    return Left("", None, private=True, why=UNREADABLE) if seen is None else _left(seen, UNREADABLE)


def _left(event: Event, why: str) -> Left:
    return Left("" if event.private else event.title, event.when.start, event.private, why)

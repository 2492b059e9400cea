"""What the engine remembers about one mailbox. Every method that writes is one commit, fence checked.

The order of the commits is the engine's safety: a cursor never moves without the ids it reported; an
intent is stored before its write; the result of a write, the pair it settles and the ids it clears are
stored together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from vfadmin.calendars.base import ChangePage, Side
from vfadmin.calendars.event import Event
from vfadmin.errors import Failure, failure
from vfadmin.models import Cursor, Dirty, Integration, Intent, Pair, PairStatus, prepared
from vfadmin.models.prepared import run
from vfadmin.models.store import Store
from vfadmin.sync import dirty, rows
from vfadmin.sync.backoff import LAST, delay
from vfadmin.sync.chronicle import Entry, add, of_write
from vfadmin.sync.documents import document
from vfadmin.sync.doubles import SHARED_UID
from vfadmin.sync.lease import LENGTH, Lease, renew
from vfadmin.sync.memory import GIVE_UP, Memory
from vfadmin.sync.run import RunRecord
from vfadmin.sync.settle import forget_versions, intended, intent_payload, left_out, target_of
from vfadmin.sync.values import BOTH, Act, PairPlan, PairView, Reason, Write

IN_DOUBT = "VF-REST-12"
UNSEEN = "EX-ITEM-06"
"""A create that the far side says it has done, and whose event nothing shows."""
_LOOKS = 12
"""So often it is looked for, with all waiting some twenty hours; then an admin is asked."""
_KEEPING = LENGTH / 10
"""A lease renewed so lately need not be renewed for a sign of life alone."""

_INTEND = insert(Intent)
_DONE = delete(Intent).where(Intent.id == bindparam("row"))
_PAIR = insert(Pair)
_SAVE = update(Pair).where(Pair.id == bindparam("row"))
_FORGET = delete(Pair).where(Pair.id == bindparam("row"))
_CONFIRM = {
    Side.EXCHANGE: update(Pair)
    .where(Pair.key == bindparam("named"), Pair.exchange_version == bindparam("version"))
    .values(seen_exchange=bindparam("shown")),
    Side.VALUEFRAME: update(Pair)
    .where(Pair.key == bindparam("named"), Pair.valueframe_version == bindparam("version"))
    .values(seen_valueframe=bindparam("shown")),
}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a side shows of an item we wrote, read back after the write."""

    key: str
    side: Side
    item_id: str
    version: str
    shown: Event


@dataclass(frozen=True, slots=True)
class Finish:
    """A write that was done: its intent, the plan before and after it, and whether it is to be read back."""

    intent: int
    before: PairPlan
    after: PairPlan
    write: Write
    reread: bool

    def rereads(self, side: Side) -> bool:
        """Whether what was written there is to be looked at again."""
        return self.reread and self.write.side is side and self.write.act is not Act.DELETE


class Journal(Memory):
    """The state of one mailbox under one lease. Used by one thread."""

    def __init__(self, store: Store, lease: Lease, record: RunRecord, clock: Callable[[], datetime]) -> None:
        super().__init__(store, lease.person_id, clock)
        self._lease = lease
        self._run = record
        self._cursors: dict[Side, str] | None = None
        self._renewed_at: datetime | None = None

    def cursor(self, side: Side) -> str | None:
        """See `Memory.cursor`; nobody else moves it while the lease is held."""
        if self._cursors is None:
            with self._store.read() as session:
                self._cursors = dirty.cursors(session, self._person)
        return self._cursors.get(side)

    def store_page(self, side: Side, page: ChangePage) -> int:
        """Store the page's ids and its cursor in one commit; answers how many ids are news.

        A changed id that comes with the version we left it at is the echo of our own write.
        """
        if not page.changed and not page.deleted and page.cursor == self.cursor(side):
            return 0  # an idle poll writes nothing
        with self._write() as session:
            echoes = dirty.echoes(session, self._person, side, page.changed)
            news = {changed.id: changed.version for changed in page.changed if changed.id not in echoes}
            news.update(dict.fromkeys(page.deleted))
            dirty.mark(session, self._person, side, news)
            dirty.wake(session, self._person, side, news)
            dirty.move_cursor(session, self._person, side, page.cursor)
            self._cursors = None
            return len(news)

    def lose_cursor(self, side: Side) -> None:
        """Forget the cursor and mark all that is known as dirty; what is gone is confirmed id by id."""
        with self._write() as session:
            self._cursors = None
            known = dict.fromkeys(dirty.known_ids(session, self._person, side))
            dirty.mark(session, self._person, side, known, inferred=True)
            session.execute(delete(Cursor).where(Cursor.person_id == self._person, Cursor.side == side.value))
            session.execute(
                update(Integration)
                .where(Integration.person_id == self._person)
                .values(generation=Integration.generation + 1)
            )

    def look_again(self, side: Side, item_id: str) -> None:
        """Let the next cycle look at an item, whatever becomes of it until then."""
        with self._write() as session:
            dirty.mark(session, self._person, side, {item_id: None})

    def keep(self) -> None:
        """Prolong the lease while nothing is written."""
        if self._renewed_at is None or self._clock() - self._renewed_at >= _KEEPING:
            with self._write():
                pass

    def begin(self, plan: PairPlan, write: Write, stamp: str) -> tuple[int, PairView]:
        """Store the intent of a write, and its pair if it is new; answers both with their rows.

        The commit holds the intent only: what the write changes moves with its result.
        """
        return self.begin_all([(plan, write, stamp)])[0]

    def begin_all(self, starts: Sequence[tuple[PairPlan, Write, str]]) -> list[tuple[int, PairView]]:
        """The same for writes that are done together, in one commit."""
        with self._write() as session:
            pairs = self._stored(session, [plan.pair for plan, _, _ in starts])
            run_row = self._run.row(session)
            shared = {"person_id": self._person, "run_id": run_row, "created_at": self._clock()}
            intents = [
                shared
                | {
                    "pair_id": pair.row,
                    "side": write.side.value,
                    "operation": write.act.value,
                    "stamp": stamp,
                    "payload": intent_payload(plan, write),
                    "expected_version": _version(plan, write),
                }
                for (plan, write, stamp), pair in zip(starts, pairs, strict=True)
            ]
            return list(zip(prepared.add_each(session, _INTEND, intents), pairs, strict=True))

    def finish(
        self, intent_row: int, before: PairPlan, after: PairPlan, write: Write, *, reread: bool
    ) -> None:
        """Store the result of a write: history, pair, cleared ids and the end of its intent, together.

        With ``reread`` the written id stays dirty until `confirm` has seen what the side made of it.
        """
        self.finish_all([Finish(intent_row, before, after, write, reread)])

    def finish_all(self, results: Sequence[Finish]) -> None:
        """The same for writes that were done together, in one commit."""
        with self._write() as session:
            entries = [of_write(one.before, one.write) for one in results]
            add(session, self._person, self._run.row(session), entries, self._clock())
            prepared.run_each(session, _DONE, [{"row": one.intent} for one in results])
            deletions = [one for one in results if one.write.act is Act.DELETE]
            kept = [one.after.pair for one in results if one.write.act is not Act.DELETE]
            kept += [left_out(one.after, one.write.side) for one in deletions if _is_undone(one.write)]
            self._save(session, kept)
            forgotten = [{"row": one.after.pair.row} for one in deletions if not _is_undone(one.write)]
            prepared.run_each(session, _FORGET, forgotten)
            final = (one.before.clears for one in results if one.write.final)
            dirty.clear(session, self._person, chain.from_iterable(final))
            for side in BOTH:
                again = (one.after.current[side] for one in results if one.rereads(side))
                dirty.mark(session, self._person, side, {item.id: None for item in again if item is not None})

    def adopt(self, intent_row: int, before: PairPlan, after: PairPlan, write: Write) -> None:
        """Store the result of a write that a killed process did; both its items are dirty again."""
        with self._write() as session:
            self._tell(session, of_write(before, write))
            run(session, _DONE, row=intent_row)
            # Without versions the next reports are read, not taken for echoes of this write.
            self._save(session, [forget_versions(after.pair)])
            self._dirty_again(session, after)

    def drop_intent(self, intent_row: int, plan: PairPlan, write: Write, failure: Failure) -> None:
        """Close an intent whose write did not happen; both its items are dirty again, in one commit.

        What a create was to write is remembered: should it land late after all, an edit of the item can
        still be told from what was written. What fails again and again is set aside, so that one event
        cannot keep the others from their turn.
        """
        if plan.pair.attempts + 1 >= GIVE_UP:
            self.quarantine(intent_row, plan, write, failure)
            return
        with self._write() as session:
            run(session, _DONE, row=intent_row)
            if _is_surplus(plan, write):
                run(session, _FORGET, row=plan.pair.row)
            else:
                pair = intended(plan, write) if write.act is Act.CREATE else plan.pair
                self._save(session, [replace(pair, attempts=pair.attempts + 1)])
            self._dirty_again(session, plan)

    def doubt(self, pair: PairView, write: Write) -> None:
        """Let a pair wait for an admin whose create nobody knows the outcome of. Its intent stays open."""
        if pair.status == PairStatus.HELD:
            return
        with self._write() as session:
            found = failure(IN_DOUBT)
            run(session, _SAVE, row=pair.row, status=PairStatus.HELD, error_code=found.code, error_params={})
            detail = {"code": found.code}
            self._tell(session, Entry(pair.key, write.side, "hold", Reason.HELD, pair.base, detail=detail))

    def confirm(self, confirmations: Iterable[Confirmation]) -> None:
        """Note what a side shows of our writes, where it still stands at the version we left."""
        found = list(confirmations)
        with self._write() as session:
            for side in BOTH:
                shown = [
                    {"named": one.key, "version": one.version, "shown": document(one.shown)}
                    for one in found
                    if one.side is side
                ]
                prepared.run_each(session, _CONFIRM[side], shown)
            dirty.clear(session, self._person, [(one.side, one.item_id) for one in found])

    def settle(self, pairs: Iterable[PairView], clears: Iterable[tuple[Side, str]]) -> None:
        """Store pairs on which both sides agree, and clear the ids of all that was looked at."""
        with self._write() as session:
            known = list(pairs)
            self._stored(session, [pair for pair in known if pair.row is None])
            self._save(session, [pair for pair in known if pair.row is not None])
            dirty.clear(session, self._person, clears)

    def close(self, plan: PairPlan) -> None:
        """Forget a pair of which nothing is left, clear its ids, postpone what is to come."""
        with self._write() as session:
            if plan.pair.row is not None:
                run(session, _FORGET, row=plan.pair.row)
            dirty.clear(session, self._person, plan.clears)
            for side, item_id, when in plan.postponed:
                dirty.postpone(session, self._person, side, item_id, when)

    def leave(self, plan: PairPlan) -> None:
        """Leave both items as they are and say so in the history; that they are one event is remembered."""
        with self._write() as session:
            if all(plan.pair.twin(side).id for side in BOTH):
                self._stored(session, [plan.pair])
            if plan.pair.status == PairStatus.HELD:  # what was decided cannot be done: it waits as before
                run(session, _SAVE, row=plan.pair.row, decision=None)
            detail = {"note": plan.note or ""}
            for side in BOTH:
                item = plan.current[side]
                if item is not None:
                    entry = Entry(plan.pair.key, side, "skip", Reason.LEFT_ALONE, item.event, detail=detail)
                    self._tell(session, entry)
            dirty.clear(session, self._person, plan.clears)

    def hold(self, plan: PairPlan) -> None:
        """Keep a deletion for an admin's word; the pair stays as it was."""
        with self._write() as session:
            for write in plan.writes if plan.pair.status != PairStatus.HELD else ():
                event = target_of(plan, write).event
                self._tell(session, Entry(plan.pair.key, write.side, "hold", Reason.HELD, event))
            if plan.pair.row is None:  # no pair to hold: the item stays dirty and is looked at later
                for side, item_id in plan.clears:
                    dirty.postpone(session, self._person, side, item_id, self._clock() + LAST)
                return
            run(session, _SAVE, row=plan.pair.row, status=PairStatus.HELD, next_try_at=None, decision=None)
            dirty.clear(session, self._person, plan.clears)

    def quarantine(self, intent_row: int, plan: PairPlan, write: Write, failure: Failure) -> None:
        """Set one failing event aside with a schedule of its own; the others go on."""
        with self._write() as session:
            run(session, _DONE, row=intent_row)
            if _is_surplus(plan, write):
                run(session, _FORGET, row=plan.pair.row)
                self._put_off(session, write.side, target_of(plan, write).id, failure)
                return
            if write.act is Act.CREATE:
                self._save(session, [intended(plan, write)])
            attempts = plan.pair.attempts + 1
            waits = failure.code == UNSEEN and attempts >= _LOOKS
            later = self._clock() + delay(attempts, retry_after=failure.retry_after)
            run(
                session,
                _SAVE,
                row=plan.pair.row,
                status=PairStatus.HELD if waits else PairStatus.QUARANTINED,
                attempts=attempts,
                next_try_at=None if waits else later,
                error_code=failure.code,
                error_params=dict(failure.params),
            )
            self._dirty_again(session, plan)
            item = plan.current[write.side.other] or plan.current[write.side]
            told = ("hold", Reason.HELD) if waits else ("quarantine", Reason.QUARANTINED)
            event, detail = item.event if item else None, {"code": failure.code}
            self._tell(session, Entry(plan.pair.key, write.side, *told, event, detail=detail))

    def unreadable(self, side: Side, item_id: str, failure: Failure) -> None:
        """Try again later to read an item that could not be read."""
        with self._write() as session:
            self._put_off(session, side, item_id, failure)

    def set_aside(self, plan: PairPlan) -> None:
        """Leave a new item that shares its UID with others, and look at it again later."""
        with self._write() as session:
            for side in BOTH:
                item = plan.current[side]
                if item is not None:
                    self._put_off(session, side, item.id, failure(SHARED_UID), item.event)

    def matched(self) -> None:
        """The first cycle has been through: from now on what is new is new."""
        with self._write() as session:
            session.execute(
                update(Integration).where(Integration.person_id == self._person).values(matched=True)
            )

    def _put_off(
        self, session: Session, side: Side, item_id: str, found: Failure, event: Event | None = None
    ) -> None:
        row = session.get(Dirty, (self._person, side.value, item_id))
        if row is None:  # not dirty itself: its twin is, and cannot be settled without it
            row = Dirty(person_id=self._person, side=side.value, item_id=item_id, attempts=0)
            session.add(row)
        if row.attempts == 0:
            detail = {"code": found.code, "item": item_id}
            entry = Entry(None, side, "quarantine", Reason.QUARANTINED, event, detail=detail)
            self._tell(session, entry)
        row.attempts += 1
        row.error_code = found.code
        row.not_before = self._clock() + delay(row.attempts, retry_after=found.retry_after)

    @contextmanager
    def _write(self) -> Iterator[Session]:
        now = self._clock()
        with self._store.write() as session:
            renew(session, self._lease, now)
            yield session
        self._renewed_at = now
        self._run.stored()

    def _dirty_again(self, session: Session, plan: PairPlan) -> None:
        for side in BOTH:
            ids = {plan.pair.twin(side).id, item.id if (item := plan.current[side]) else None}
            dirty.mark(session, self._person, side, {id_: None for id_ in ids if id_ is not None})

    def _stored(self, session: Session, pairs: Sequence[PairView]) -> list[PairView]:
        """The pairs with their rows, in their order; those that have none yet are added."""
        shared = {"person_id": self._person, "error_params": {}}
        fresh = [shared | rows.columns(pair) for pair in pairs if pair.row is None]
        numbers = iter(prepared.add_each(session, _PAIR, fresh))
        return [pair if pair.row is not None else replace(pair, row=next(numbers)) for pair in pairs]

    def _save(self, session: Session, pairs: Sequence[PairView]) -> None:
        well: dict[str, Any] = {"error_code": None, "error_params": {}}
        prepared.run_each(session, _SAVE, [{"row": pair.row, **rows.columns(pair), **well} for pair in pairs])

    def _tell(self, session: Session, entry: Entry) -> None:
        add(session, self._person, self._run.row(session), [entry], self._clock())


def _is_undone(write: Write) -> bool:
    """Whether an undo took the item away, whose pair is not forgotten."""
    return write.act is Act.DELETE and write.reason is Reason.UNDONE


def _is_surplus(plan: PairPlan, write: Write) -> bool:
    """Whether an item is deleted that is nothing by itself: kept as a pair, it would be made an event of."""
    return write.act is Act.DELETE and plan.pair.twin(write.side.other).id is None


def _version(plan: PairPlan, write: Write) -> str | None:
    return None if write.act is Act.CREATE else target_of(plan, write).version

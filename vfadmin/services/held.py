"""What waits for an admin, and his word about it: do it, leave it, or undo it (R24).

Deletions that were too many, events that fail, creates of unknown outcome and other mailboxes behind a login.
Every word is stored with its audit entry in one transaction, under the mailbox's lease, and the next cycle
does it; only *skip* is done with that. The word is about the events that were shown, and no later one.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Function, case, func, or_, select
from sqlalchemy.orm import Session

from vfadmin.errors import Failure, VfadminError, failure
from vfadmin.models import Company, Dirty, Integration, Pair, PairStatus, Person, State
from vfadmin.models.store import Store
from vfadmin.services.activation import Activation
from vfadmin.services.audit import Actor, record
from vfadmin.services.directory import Clock
from vfadmin.services.held_events import Kind, WaitingEvent, events_of
from vfadmin.services.rows import chunks
from vfadmin.services.settings import Settings
from vfadmin.services.subjects import subject
from vfadmin.services.transitions import shown
from vfadmin.sync import decisions, lease
from vfadmin.sync.guard import limit
from vfadmin.sync.mailbox import HELD
from vfadmin.sync.values import Decision, GuardLimits

__all__ = ["Decided", "Decision", "Held", "Kind", "Outlook", "WaitingEvent", "WaitingMailbox"]

UNFIT = "VF-HELD-01"
"""That way out does not fit what waits."""
OVER = "VF-HELD-02"
"""It does not wait any more."""
BUSY = "VF-HELD-03"
"""The mailbox is at work."""


@dataclass(frozen=True, slots=True)
class WaitingMailbox:
    """What waits in one mailbox: ``deletions`` of which at most ``limit`` a day go through by themselves.

    ``failing`` are quarantined events, ``doubtful`` creates of unknown outcome; ``moved`` says that another
    mailbox stands behind the login. ``decided`` of them an admin has had his word about already.
    """

    person_id: int
    name: str
    company: str
    deletions: int = 0
    limit: int = 0
    failing: int = 0
    doubtful: int = 0
    moved: bool = False
    decided: int = 0

    @property
    def total(self) -> int:
        """How much waits in all."""
        return self.deletions + self.failing + self.doubtful + self.moved


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one word: stored, or ``error`` says why not."""

    event: WaitingEvent
    error: Failure | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a word would do: to these, and these it does not fit."""

    fitting: tuple[WaitingEvent, ...] = ()
    refused: tuple[Decided, ...] = ()


class Held:
    """Lists what waits and takes the admin's word. Answers from the store; no calendar is asked."""

    def __init__(
        self, store: Store, settings: Settings, activation: Activation, *, clock: Clock, actor: Actor
    ) -> None:
        self._store, self._settings, self._activation = store, settings, activation
        self._clock, self._actor = clock, actor

    def mailboxes(self, ids: Sequence[int] | None = None) -> tuple[WaitingMailbox, ...]:
        """The mailboxes in which something waits, of these persons or of all, the one with most first."""
        with self._store.read() as session:
            wanted = None if ids is None else frozenset(ids)
            found = [*_waiting(session, wanted, guard_limits(self._settings))]
        return tuple(sorted(found, key=lambda one: (-one.total, one.name, one.person_id)))

    def events(self, person_id: int) -> tuple[WaitingEvent, ...]:
        """Everything that waits in one mailbox, by kind and time. Raises UsageError VF-PERSON-01."""
        with self._store.read() as session:
            return events_of(session, *subject(session, person_id))

    def preview(self, decision: Decision | str, person_id: int, refs: Sequence[str] | None = None) -> Outlook:
        """What the word would do to these, or to all of the mailbox it fits. Raises as `decide`."""
        with self._store.read() as session:
            return _outlook(session, Decision(decision), person_id, refs)

    def decide(
        self, decision: Decision | str, person_id: int, refs: Sequence[str] | None = None
    ) -> list[Decided]:
        """Take the word about these events, or about all of the mailbox that it fits; one result for each.

        Without ``refs`` what it does not fit is left out. Raises UsageError VF-PERSON-01.
        """
        word = Decision(decision)
        try:
            with self._store.write() as session:
                outlook = _outlook(session, word, person_id, refs)
                rows = [one for one in outlook.fitting if one.kind is not Kind.MAILBOX]
                if rows:
                    self._store_word(session, word, person_id, rows)
        except VfadminError as error:
            if error.failure.code != lease.TAKEN:
                raise
            # The cycle under way would write over what it has not read.
            busy = failure(BUSY, person=person_id)
            return [*(Decided(one, busy) for one in outlook.fitting), *outlook.refused]
        done = [Decided(one) for one in rows]
        moved = [one for one in outlook.fitting if one.kind is Kind.MAILBOX]
        return [*done, *(self._accepted(one) for one in moved), *outlook.refused]

    def _accepted(self, one: WaitingEvent) -> Decided:
        (result,) = self._activation.resume([one.person_id], accept_mailbox=True)
        return Decided(one, result.error)

    def _store_word(
        self, session: Session, word: Decision, person_id: int, events: Sequence[WaitingEvent]
    ) -> None:
        now = self._clock()
        held = lease.acquire(session, person_id, f"{socket.gethostname()}:{os.getpid()}", now)
        keys: list[str] = []
        for some in chunks(range(len(events))):
            keys += _carry_out(session, word, [events[place] for place in some])
        integration = session.get_one(Integration, person_id)
        if integration.state == State.ACTIVE:
            integration.next_run_at = now
        after = {"events": sorted(keys), "count": len(events)}
        record(session, self._actor, f"held.{word}", f"person:{person_id}", None, after, now)
        session.flush()
        integration.waiting = _count_of(session, person_id)
        lease.release(session, held)


def guard_limits(settings: Settings) -> GuardLimits:
    """How many deletions go through by themselves, as it is set."""
    minimum, maximum, percent = settings.numbers("guard_minimum", "guard_maximum", "guard_percent")
    return GuardLimits(minimum=minimum, maximum=maximum, share=percent / 100)


def _outlook(session: Session, word: Decision, person_id: int, refs: Sequence[str] | None) -> Outlook:
    """What waits there, judged against the word."""
    person, integration = subject(session, person_id)
    waiting = events_of(session, person, integration)
    if refs is None:
        return Outlook(tuple(one for one in waiting if word in one.ways))
    by_ref = {one.ref: one for one in waiting}
    fitting: list[WaitingEvent] = []
    refused: list[Decided] = []
    for ref in dict.fromkeys(refs):
        one = by_ref.get(ref)
        if one is None:
            gone = WaitingEvent(ref, person_id, Kind.DELETION)
            refused.append(Decided(gone, failure(OVER, event=ref, person=shown(person))))
        elif word in one.ways:
            fitting.append(one)
        else:
            refused.append(Decided(one, failure(UNFIT, action=word.value, event=one.title or ref)))
    return Outlook(tuple(fitting), tuple(refused))


def _carry_out(session: Session, word: Decision, events: Sequence[WaitingEvent]) -> list[str]:
    """Write the word down; answers the names under which history knows the events."""
    wanted = [one.pair for one in events if one.pair is not None]
    pairs = {pair.id: pair for pair in session.scalars(select(Pair).where(Pair.id.in_(wanted)))}
    said = [pairs[one.pair] for one in events if one.pair is not None and one.kind is Kind.DELETION]
    if word is Decision.SKIP:
        for pair in said:
            decisions.leave_alone(session, pair)
    else:
        decisions.say(session, said, word)
    names = [pair.key for pair in pairs.values()]
    skipping = word is Decision.SKIP
    for one in events:
        if one.pair is None:
            names.append(one.ref)
            _carry_out_unpaired(session, word, one)
        elif one.kind is Kind.CREATION:
            (decisions.leave_alone if skipping else decisions.create_again)(session, pairs[one.pair])
        elif one.kind is Kind.FAILING:
            (decisions.let_rest if skipping else decisions.try_again)(session, pairs[one.pair])
    return names


def _carry_out_unpaired(session: Session, word: Decision, one: WaitingEvent) -> None:
    """Of an item that no pair knows: it is read again, or not before somebody edits it."""
    row = session.get_one(Dirty, (one.person_id, one.side, one.item))
    if word is Decision.SKIP:
        session.delete(row)
    else:
        decisions.read_again(row)


_WAITS = Pair.status.in_([PairStatus.HELD, PairStatus.QUARANTINED])


def _waiting(session: Session, ids: frozenset[int] | None, limits: GuardLimits) -> Iterable[WaitingMailbox]:
    # Of a hundred thousand mailboxes those few in which the last cycle left something.
    some = or_(Integration.waiting > 0, Integration.error_code == HELD)
    asked = select(Integration.person_id).where(some, Integration.state != State.UNUSED)
    doubtful = Pair.error_code.is_not(None)
    held = Pair.status == PairStatus.HELD
    counted = (
        select(
            Pair.person_id,
            func.count().label("pairs"),
            _sum(held & ~doubtful).label("deletions"),
            _sum(held & doubtful).label("doubtful"),
            _sum(Pair.status == PairStatus.QUARANTINED).label("failing"),
            _sum(_WAITS & Pair.decision.is_not(None)).label("decided"),
        )
        .where(Pair.person_id.in_(asked))
        .group_by(Pair.person_id)
    )
    pairs = {row.person_id: row for row in session.execute(counted)}
    told = select(Dirty.person_id, func.count().label("items")).where(Dirty.error_code.is_not(None))
    unread = {row.person_id: row.items for row in session.execute(told.group_by(Dirty.person_id))}
    persons = (
        select(Person.id, Person.name, Company.name.label("company"), Integration.error_code)
        .join(Integration, Integration.person_id == Person.id)
        .outerjoin(Company, Company.id == Person.company_id)
        .where(Person.id.in_(asked))
    )
    for row in session.execute(persons):
        if ids is not None and row.id not in ids:
            continue
        found = pairs.get(row.id)
        one = WaitingMailbox(
            row.id,
            row.name,
            row.company or "",
            deletions=0 if found is None else found.deletions,
            limit=limit(0 if found is None else found.pairs, limits),
            failing=(0 if found is None else found.failing) + unread.get(row.id, 0),
            doubtful=0 if found is None else found.doubtful,
            moved=row.error_code == HELD,
            decided=0 if found is None else found.decided,
        )
        if one.total:
            yield one


def _sum(condition: ColumnElement[bool]) -> Function[int]:
    return func.sum(case((condition, 1), else_=0))


def _count_of(session: Session, person_id: int) -> int:
    """As the engine counts at the end of a cycle."""
    pairs = select(func.count()).select_from(Pair).where(Pair.person_id == person_id, _WAITS)
    unread = select(func.count()).select_from(Dirty)
    unread = unread.where(Dirty.person_id == person_id, Dirty.error_code.is_not(None))
    return (session.scalar(pairs) or 0) + (session.scalar(unread) or 0)

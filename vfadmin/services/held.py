"""What waits for an admin, and his word about it: do it, leave it, or undo it (R24).

Deletions that were too many, events that fail, creates of unknown outcome, other mailboxes behind a login,
and conflicts that were settled. Every word is stored with its audit entry in one transaction, under the
mailbox's lease, and the next cycle does it; *skip* is done with that, and the loser of a conflict is restored
at once. The word is about the events that were shown, and no later one.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Function, case, func, or_, select
from sqlalchemy.orm import Session

from vfadmin.errors import Failure, VfadminError, failure
from vfadmin.models import Company, Dirty, Integration, Pair, PairStatus, Person, State
from vfadmin.models.store import Store
from vfadmin.services import conflicts
from vfadmin.services.activation import Activation
from vfadmin.services.audit import Actor, record
from vfadmin.services.directory import Clock
from vfadmin.services.held_events import Kind, WaitingEvent, events_of
from vfadmin.services.patience import never
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
    ``conflicts`` are settled: they can be looked at, and nothing stands still for them.
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
    conflicts: int = 0

    @property
    def total(self) -> int:
        """How much stands still until somebody decides."""
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
        self,
        store: Store,
        settings: Settings,
        activation: Activation,
        restore: conflicts.Restore,
        *,
        clock: Clock,
        actor: Actor,
    ) -> None:
        self._store, self._settings, self._activation = store, settings, activation
        self._restore = restore
        self._clock, self._actor = clock, actor

    def mailboxes(self, ids: Sequence[int] | None = None) -> tuple[WaitingMailbox, ...]:
        """The mailboxes in which something waits, of these persons or of all, the one with most first."""
        with self._store.read() as session:
            return self._mailboxes(session, ids)

    def everything(
        self, ids: Sequence[int] | None = None
    ) -> list[tuple[WaitingMailbox, tuple[WaitingEvent, ...]]]:
        """Each of `mailboxes` with its `events`; of thousands sooner than one by one."""
        with self._store.read() as session:
            mailboxes = self._mailboxes(session, ids)
            settled = conflicts.conflicts_of(session, (one.person_id for one in mailboxes))
            return [(one, (*_standing(session, one), *settled.get(one.person_id, ()))) for one in mailboxes]

    def _mailboxes(self, session: Session, ids: Sequence[int] | None) -> tuple[WaitingMailbox, ...]:
        wanted = None if ids is None else frozenset(ids)
        found = _waiting(session, wanted, guard_limits(self._settings))
        return tuple(sorted(found, key=lambda one: (-one.total, -one.conflicts, one.name, one.person_id)))

    def events(self, person_id: int) -> tuple[WaitingEvent, ...]:
        """Everything that waits in one mailbox, by kind and time. Raises UsageError VF-PERSON-01."""
        with self._store.read() as session:
            return _everything(session, *subject(session, person_id))

    def preview(self, decision: Decision | str, person_id: int, refs: Sequence[str] | None = None) -> Outlook:
        """What the word would do to these, or to all of the mailbox it fits. Raises as `decide`."""
        with self._store.read() as session:
            return _outlook(session, Decision(decision), person_id, refs)

    def decide(
        self,
        decision: Decision | str,
        person_id: int,
        refs: Sequence[str] | None = None,
        *,
        again: Callable[[], bool] = never,
    ) -> list[Decided]:
        """Take the word about these events, or about all of the mailbox that it fits; one result for each.

        Without ``refs`` what it does not fit is left out, and no conflict is restored. Of a mailbox that is
        at work ``again`` answers whether to try once more; see `patience`. Raises UsageError VF-PERSON-01.
        """
        word = Decision(decision)
        outlook, error = self._stored(word, person_id, refs)
        while error is not None and again():
            outlook, error = self._stored(word, person_id, refs)
        if error is not None:
            return [*(Decided(one, error) for one in outlook.fitting), *outlook.refused]
        return [*(self._carried_out(word, one, again) for one in outlook.fitting), *outlook.refused]

    def _stored(
        self, word: Decision, person_id: int, refs: Sequence[str] | None
    ) -> tuple[Outlook, Failure | None]:
        """Write down what the next cycle is to do; what it is all about, and what kept it from being done."""
        outlook = Outlook()
        try:
            with self._store.write() as session:
                outlook = _outlook(session, word, person_id, refs)
                rows = [one for one in outlook.fitting if not _done_at_once(word, one)]
                if rows:
                    self._store_word(session, word, person_id, rows)
        except VfadminError as error:
            if error.failure.code != lease.TAKEN:
                raise
            # The cycle under way would write over what it has not read.
            return outlook, failure(BUSY, person=person_id)
        return outlook, None

    def _carried_out(self, word: Decision, one: WaitingEvent, again: Callable[[], bool]) -> Decided:
        """Do at once what no cycle does; the rest is written down already."""
        if not _done_at_once(word, one):
            return Decided(one)
        if one.kind is Kind.MAILBOX:
            return self._accepted(one)
        error = conflicts.restored(self._restore, one)
        while error is not None and error.code == lease.TAKEN and again():
            error = conflicts.restored(self._restore, one)
        if error is not None and error.code == lease.TAKEN:
            error = failure(BUSY, person=one.person_id)
        return Decided(one, error)

    def _accepted(self, one: WaitingEvent) -> Decided:
        (result,) = self._activation.resume([one.person_id], accept_mailbox=True)
        return Decided(one, result.error)

    def _store_word(
        self, session: Session, word: Decision, person_id: int, events: Sequence[WaitingEvent]
    ) -> None:
        now = self._clock()
        settled, others = conflicts.apart(events)
        conflicts.let_stand(session, settled)
        keys = [one.ref for one in settled]
        if others:
            keys += self._leave_to_the_cycle(session, word, person_id, others)
        after = {"events": sorted(keys), "count": len(events)}
        record(session, self._actor, f"held.{word}", f"person:{person_id}", None, after, now)

    def _leave_to_the_cycle(
        self, session: Session, word: Decision, person_id: int, events: Sequence[WaitingEvent]
    ) -> list[str]:
        """Write it down under the mailbox's lease; answers the names under which history knows the events."""
        now = self._clock()
        held = lease.acquire(session, person_id, f"{socket.gethostname()}:{os.getpid()}", now)
        keys: list[str] = []
        for some in chunks(range(len(events))):
            keys += _carry_out(session, word, [events[place] for place in some])
        integration = session.get_one(Integration, person_id)
        if integration.state == State.ACTIVE:
            integration.next_run_at = now
        session.flush()
        integration.waiting = _count_of(session, person_id)
        lease.release(session, held)
        return keys


def guard_limits(settings: Settings) -> GuardLimits:
    """How many deletions go through by themselves, as it is set."""
    minimum, maximum, percent = settings.numbers("guard_minimum", "guard_maximum", "guard_percent")
    return GuardLimits(minimum=minimum, maximum=maximum, share=percent / 100)


def _everything(
    session: Session, person: Person, integration: Integration | None
) -> tuple[WaitingEvent, ...]:
    settled = conflicts.conflicts_of(session, [person.id])
    return (*events_of(session, person, integration), *settled.get(person.id, ()))


def _standing(session: Session, one: WaitingMailbox) -> tuple[WaitingEvent, ...]:
    """What stands still in it; of most that are listed it is known that nothing does."""
    return events_of(session, *subject(session, one.person_id)) if one.total else ()


def _done_at_once(word: Decision, one: WaitingEvent) -> bool:
    """Whether it is done in the mailbox itself, and nothing of it is written down for a cycle."""
    return one.kind is Kind.MAILBOX or (one.kind is Kind.CONFLICT and word is Decision.RESTORE)


def _outlook(session: Session, word: Decision, person_id: int, refs: Sequence[str] | None) -> Outlook:
    """What waits there, judged against the word."""
    person, integration = subject(session, person_id)
    waiting = _everything(session, person, integration)
    if refs is None:
        # The winner's word in a conflict is not taken back unseen.
        meant = (one for one in waiting if one.kind is not Kind.CONFLICT or word is not Decision.RESTORE)
        return Outlook(tuple(one for one in meant if word in one.ways))
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
    settled = {row.person_id: row.conflicts for row in session.execute(conflicts.count_by_mailbox())}
    contested = select(conflicts.count_by_mailbox().subquery().c.person_id)
    persons = (
        select(Person.id, Person.name, Company.name.label("company"), Integration.error_code)
        .join(Integration, Integration.person_id == Person.id)
        .outerjoin(Company, Company.id == Person.company_id)
        .where(
            or_(some, Integration.person_id.in_(contested)),
            Integration.state != State.UNUSED,
        )
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
            conflicts=settled.get(row.id, 0),
        )
        if one.total or one.conflicts:
            yield one


def _sum(condition: ColumnElement[bool]) -> Function[int]:
    return func.sum(case((condition, 1), else_=0))


def _count_of(session: Session, person_id: int) -> int:
    """As the engine counts at the end of a cycle."""
    pairs = select(func.count()).select_from(Pair).where(Pair.person_id == person_id, _WAITS)
    unread = select(func.count()).select_from(Dirty)
    unread = unread.where(Dirty.person_id == person_id, Dirty.error_code.is_not(None))
    return (session.scalar(pairs) or 0) + (session.scalar(unread) or 0)

"""Which processes synchronise, on which machines, what waits for them and how fast they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vfadmin.models import Dirty, Integration, Worker, WorkerKind
from vfadmin.models.store import Store
from vfadmin.services.directory import Clock
from vfadmin.sync import schedule
from vfadmin.sync.lease import lease_is_held

__all__ = ["ALIVE", "Fleet", "QueueDepth", "WorkerKind", "WorkerRow", "Workers"]

ALIVE = timedelta(seconds=45)
"""Without a sign of life for so long a process counts as gone: three times the pause between two signs."""


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A process that synchronises. Times in UTC.

    ``mailboxes`` and ``changes`` count what it synchronised and what it wrote to either side since it began,
    ``per_minute`` the mailboxes of the minute before ``seen_at``. One that is ``stopping`` begins no more.
    """

    id: str
    host: str
    pid: int
    version: str
    kind: WorkerKind
    started_at: datetime
    seen_at: datetime
    stopping: bool
    mailboxes: int
    changes: int
    per_minute: int


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """Mailboxes by what they wait for; one may be in several.

    ``due`` wait for their turn now, of ``dirty`` a change is known that is not settled yet, ``held`` are at
    work: somebody has their lease.
    """

    due: int = 0
    dirty: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Fleet:
    """All processes that are alive, workers first, each kind by host and start."""

    workers: tuple[WorkerRow, ...] = ()
    queue: QueueDepth = QueueDepth()

    @property
    def per_minute(self) -> int:
        """Mailboxes that all of them together synchronise a minute."""
        return sum(one.per_minute for one in self.workers)


class Workers:
    """Answers from the store alone, in one read; from any thread."""

    def __init__(self, store: Store, *, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def fleet(self) -> Fleet:
        """Who synchronises and what waits. Raises StoreError."""
        now = self._clock()
        with self._store.read() as session:
            return Fleet(_alive(session, now), _depth(session, now))

    def alive(self) -> tuple[WorkerRow, ...]:
        """The processes that gave a sign of life lately. Raises StoreError."""
        with self._store.read() as session:
            return _alive(session, self._clock())


def _alive(session: Session, now: datetime) -> tuple[WorkerRow, ...]:
    asked = (
        select(Worker)
        .where(Worker.seen_at > now - ALIVE)
        .order_by(Worker.kind.desc(), Worker.host, Worker.started_at, Worker.id)
    )
    return tuple(_row(one) for one in session.scalars(asked))


def _row(one: Worker) -> WorkerRow:
    return WorkerRow(
        id=one.id,
        host=one.host,
        pid=one.pid,
        version=one.version,
        kind=WorkerKind(one.kind),
        started_at=one.started_at,
        seen_at=one.seen_at,
        stopping=one.stopping,
        mailboxes=one.mailboxes,
        changes=one.changes,
        per_minute=one.recent,
    )


def _depth(session: Session, now: datetime) -> QueueDepth:
    known = or_(Dirty.not_before.is_(None), Dirty.not_before <= now)
    dirty = select(func.count(Dirty.person_id.distinct())).where(known)
    held = select(func.count()).select_from(Integration).where(lease_is_held(now))
    return QueueDepth(
        due=schedule.due_count(session, now),
        dirty=session.scalar(dirty) or 0,
        held=session.scalar(held) or 0,
    )

"""How the whole stands: counts, what waits longest, the module's switch, the connections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from vfadmin.models import Integration, Person, PersonKind, State
from vfadmin.models.store import Store
from vfadmin.services.connections import ConnectionRow, Connections
from vfadmin.services.directory import Clock
from vfadmin.services.search import PersonQuery, StateCounts, count_states
from vfadmin.services.settings import MODULE, PAUSED, Settings


@dataclass(frozen=True, slots=True)
class WaitingMailbox:
    """The active mailbox that has been due for longest, and since when (UTC)."""

    person_id: int
    name: str
    due_since: datetime


@dataclass(frozen=True, slots=True)
class StatusSummary:
    """The state of things now. ``delayed`` of the active ones fail for the time being.

    ``waiting`` counts events that are held or quarantined, ``workers`` the processes that hold a lease.
    ``paused`` says that somebody stopped all of it for the time being. ``synchronising`` is false then, while
    the module is off, and where no connection is set or works.
    """

    counts: StateCounts
    delayed: int
    waiting: int
    oldest: WaitingMailbox | None
    module: bool
    connections: tuple[ConnectionRow, ...]
    workers: int
    paused: bool = False

    @property
    def synchronising(self) -> bool:
        """Whether anything is synchronised at all (R14)."""
        return self.module and not self.paused and any(one.blocked is None for one in self.connections)


class Status:
    """Answers in one read of the store."""

    def __init__(self, store: Store, settings: Settings, connections: Connections, *, clock: Clock) -> None:
        self._store, self._settings, self._connections, self._clock = store, settings, connections, clock

    def summary(self) -> StatusSummary:
        """The state of things now."""
        now = self._clock()
        with self._store.read() as session:
            counts = count_states(session, PersonQuery())
            delayed, waiting = session.execute(
                _synchronised(func.count(Integration.failing_since), _WAITING)
            ).one()
            oldest = _oldest(session, now)
            workers = session.scalar(
                select(func.count(Integration.lease_owner.distinct())).where(Integration.lease_until > now)
            )
        return StatusSummary(
            counts=counts,
            delayed=delayed,
            waiting=waiting,
            oldest=oldest,
            module=self._settings.flag(MODULE),
            connections=tuple(self._connections.list()),
            workers=workers or 0,
            paused=self._settings.flag(PAUSED),
        )


_WAITING = func.coalesce(func.sum(Integration.waiting), 0)


def _synchronised(*columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - columns of any type
    """Over the mailboxes that the engine works on: active, of active persons, no resources (R10, R30)."""
    return (
        select(*columns)
        .select_from(Integration)
        .join(Person, Person.id == Integration.person_id)
        .where(Integration.state == State.ACTIVE, Person.active, Person.kind == PersonKind.PERSON)
    )


def _oldest(session: Session, now: datetime) -> WaitingMailbox | None:
    due = (
        _synchronised(Person.id, Person.name, Integration.next_run_at)
        .where(Integration.next_run_at <= now)
        .order_by(Integration.next_run_at, Person.id)
        .limit(1)
    )
    row = session.execute(due).first()
    return None if row is None else WaitingMailbox(*row)

"""How the whole stands, as one value: for the status, the tray, the alert to the admin and the metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from vfadmin.models import Integration, Person, PersonKind, Run, State
from vfadmin.models.store import Store
from vfadmin.services.connections import ConnectionRow
from vfadmin.services.directory import Clock
from vfadmin.services.status import Status, StatusSummary
from vfadmin.services.troubles import SILENT, Cause, Troubles

Concerns = Mapping[str, int]
"""What somebody should look at, by a key that is the same as long as the thing is, and how bad it is.

``stopped:CODE`` is a cause that has stopped mailboxes, ``silent`` that some came to nothing for long,
``blocked:NAME:CODE`` a connection that is closed until a person acts. The measure grows with the order of
magnitude of the mailboxes: one more of a hundred is nothing new.
"""


@dataclass(frozen=True, slots=True)
class Health:
    """How the whole stands.

    ``causes`` are those of `Troubles`, ``due`` how many mailboxes wait for their turn, ``last_cycle`` when a
    cycle ended last, ``oldest_success`` of the mailbox that has waited longest for one. Times in UTC.
    """

    summary: StatusSummary
    causes: tuple[Cause, ...] = ()
    due: int = 0
    last_cycle: datetime | None = None
    oldest_success: datetime | None = None

    @property
    def stopped(self) -> tuple[Cause, ...]:
        """The causes that have stopped mailboxes."""
        return tuple(one for one in self.causes if one.stopped)

    @property
    def silent(self) -> int:
        """Mailboxes without a success for long, though nothing has failed."""
        return sum(one.delayed for one in self.causes if one.code == SILENT)

    @property
    def blocked(self) -> tuple[ConnectionRow, ...]:
        """The connections whose circuit breaker is open."""
        return tuple(one for one in self.summary.connections if one.blocked is not None)

    @property
    def expiring(self) -> tuple[ConnectionRow, ...]:
        """The connections whose secret ends within a month, or has ended."""
        return tuple(one for one in self.summary.connections if one.secret_days_left is not None)

    def concerns(self) -> dict[str, int]:
        """See `Concerns`. A breaker that is tried again by itself is not among them."""
        found = {f"stopped:{one.code}": _magnitude(one.stopped) for one in self.stopped}
        if self.silent:
            found["silent"] = _magnitude(self.silent)
        for one in self.blocked:
            if one.blocked is not None and one.blocked_until is None:
                found[f"blocked:{one.name}:{one.blocked.code}"] = 1
        return found


def news(before: Concerns, now: Concerns) -> tuple[str, ...]:
    """What is new among the concerns, or an order of magnitude worse."""
    return tuple(key for key, size in now.items() if size > before.get(key, 0))


class HealthChecks:
    """Answers from the store alone."""

    def __init__(self, store: Store, status: Status, troubles: Troubles, *, clock: Clock) -> None:
        self._store, self._status, self._troubles, self.clock = store, status, troubles, clock

    def now(self) -> Health:
        """How the whole stands now. Raises StoreError."""
        now = self.clock()
        synchronised = (Integration.state == State.ACTIVE, Person.active, Person.kind == PersonKind.PERSON)
        asked = (
            select(
                func.count(Integration.next_run_at).filter(Integration.next_run_at <= now),
                func.min(Integration.last_synced_at),
            )
            .join(Person, Person.id == Integration.person_id)
            .where(*synchronised)
        )
        with self._store.read() as session:
            due, oldest_success = session.execute(asked).one()
            # The newest runs have the greatest numbers; to ask all for their end would read the whole table.
            recent = select(Run.finished_at).where(Run.finished_at.is_not(None)).order_by(Run.id.desc())
            last_cycle = session.scalar(recent.limit(1))
        return Health(self._status.summary(), self._troubles.causes(), due, last_cycle, oldest_success)


def _magnitude(count: int) -> int:
    return len(str(count))

"""How the whole stands: counts, what waits longest, the module's switch, the connections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vfadmin.models.store import Store
from vfadmin.services.connections import ConnectionRow, Connections
from vfadmin.services.directory import Clock
from vfadmin.services.search import StateCounts
from vfadmin.services.settings import Settings


@dataclass(frozen=True, slots=True)
class WaitingMailbox:
    """The active mailbox that has been due for longest, and since when (UTC)."""

    person_id: int
    name: str
    due_since: datetime


@dataclass(frozen=True, slots=True)
class StatusSummary:
    """The state of things now. ``delayed`` of the active ones fail for the time being.

    ``waiting`` counts events that are held or quarantined, ``workers`` the processes and threads that
    hold a lease. ``synchronising`` is false while the module is off or no connection is set.
    """

    counts: StateCounts
    delayed: int
    waiting: int
    oldest: WaitingMailbox | None
    module: bool
    connections: tuple[ConnectionRow, ...]
    workers: int

    @property
    def synchronising(self) -> bool:
        """Whether anything is synchronised at all (R14)."""
        return self.module and any(one.blocked is None for one in self.connections)


class Status:
    """Answers in one read of the store."""

    def __init__(self, store: Store, settings: Settings, connections: Connections, *, clock: Clock) -> None:
        self._store, self._settings, self._connections, self._clock = store, settings, connections, clock

    def summary(self) -> StatusSummary:
        """The state of things now."""
        raise NotImplementedError

"""What there is to do for all workers together, as the store tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vfadmin.models import Worker, WorkerKind
from vfadmin.models.store import Store
from vfadmin.services.directory import Clock
from vfadmin.services.fleet.pace import Pace
from vfadmin.services.workers import ALIVE
from vfadmin.sync import fleet, schedule, takeout
from vfadmin.sync.schedule import Stretch


@dataclass(frozen=True, slots=True)
class Wanted:
    """The stretches in which somebody is due, and whether anybody is in a hurry."""

    stretches: tuple[Stretch, ...] = ()
    hurried: bool = False


class Dispatch:
    """Asked from the queue's threads; every answer is a read or a write of its own. Raises StoreError."""

    def __init__(self, store: Store, clock: Clock, allowed: Callable[[], bool], pace: Pace) -> None:
        self._store, self._clock, self._allowed, self._pace = store, clock, allowed, pace

    def wanted(self) -> Wanted:
        """What is to be queued now; nothing while the module is off (R14) or all is paused."""
        if not self._allowed():
            return Wanted()
        now = self._clock()
        with self._store.read() as session:
            due = [*takeout.asked(session, now), *schedule.due(session, now, None)]
            if not due:
                return Wanted()
            hurried = set(fleet.hurried(session, now, None))
            others = [one for one in due if one not in hurried]
            return Wanted(tuple(_with_any(others, self._stretches(session))), bool(hurried))

    def claim(self, limit: int) -> list[int]:
        """Some of those who are in a hurry; nobody else gets them for as long as a lease lasts."""
        if not self._allowed():
            return []
        grace = timedelta(seconds=self._pace.lease)
        with self._store.write() as session:
            return fleet.claim(session, self._clock(), limit, grace)

    def unclaim(self, person_ids: list[int]) -> None:
        """These were claimed and not begun."""
        if person_ids:
            with self._store.write() as session:
                fleet.unclaim(session, self._clock(), person_ids)

    def hurry(self, person_ids: list[int]) -> None:
        """Something happened to these mailboxes."""
        with self._store.write() as session:
            fleet.hurry(session, self._clock(), person_ids)

    def behind(self, person_ids: list[int]) -> list[int]:
        """Those of them whose change in ValueFrame no cycle has read yet."""
        if not person_ids:
            return []
        with self._store.read() as session:
            return fleet.behind(session, person_ids)

    def _stretches(self, session: Session) -> list[Stretch]:
        working = (Worker.kind == WorkerKind.WORKER, Worker.seen_at > self._clock() - ALIVE)
        workers = session.scalar(select(func.count()).select_from(Worker).where(*working)) or 1
        count = session.scalar(schedule.candidates().with_only_columns(func.count())) or 0
        return fleet.stretches(session, self._pace.size(count, workers))


def _with_any(due: list[int], stretches: list[Stretch]) -> Iterator[Stretch]:
    """The stretches that hold any of these, and one for those who are in none: they are to be cleared."""
    left = set(due)
    for stretch in stretches:
        inside = {one for one in left if one in stretch}
        if inside:
            yield stretch
            left -= inside
    if left:
        yield Stretch(min(left), max(left) + 1)

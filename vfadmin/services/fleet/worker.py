"""A worker: one of any number of processes, on as many machines, that share a store's mailboxes."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from vfadmin.errors import StoreError, UsageError, VfadminError, failure
from vfadmin.models import WorkerKind
from vfadmin.models.schema import newest, revision
from vfadmin.models.server import limit_pauses
from vfadmin.models.store import Store
from vfadmin.services.directory import Clock
from vfadmin.services.fleet.clock import ServerClock
from vfadmin.services.fleet.dispatch import Dispatch
from vfadmin.services.fleet.hands import WorkersHands
from vfadmin.services.fleet.inbox import Inbox
from vfadmin.services.fleet.pace import Pace
from vfadmin.services.fleet.queue import Queue
from vfadmin.services.fleet.schema import prepare_queue
from vfadmin.services.fleet.sentry import Sentry
from vfadmin.services.presence import Presence
from vfadmin.services.synchronise import MailboxResult, Synchronise
from vfadmin.services.workers import Workers
from vfadmin.sync import lease

__all__ = ["FleetWorker", "Pace"]

_LOG = logging.getLogger(__name__)
_IDLE = 1.0
_TEND_EVERY = 5.0
"""Seconds between two looks at what is to be done beside synchronising."""


class FleetWorker:
    """Synchronises what falls due or is woken, together with all others on the store, until `stop`.

    At most so many ``mailboxes`` at a time. Raises UsageError VF-WORKER-01 on a file, which no two machines
    can share.
    """

    def __init__(
        self,
        store: Store,
        synchronise: Synchronise,
        mailboxes: int,
        *,
        clock: Clock,
        pace: Pace | None = None,
    ) -> None:
        if store.scheme != "postgresql":
            raise UsageError(failure("VF-WORKER-01"))
        self._store, self._synchronise, self._pace = store, synchronise, pace or Pace()
        self._clock = ServerClock(store, clock)
        self._lease = timedelta(seconds=self._pace.lease)
        self._presence = Presence(
            store,
            WorkerKind.WORKER,
            clock=self._clock,
            beat=self._pace.beat,
            also=self._keep_leases,
            after=self._look_around,
        )
        self._engine = synchronise.engine_of_a_worker(
            self._presence.owner, self._lease, self._clock, mailboxes
        )
        self._dispatch = Dispatch(store, self._clock, synchronise.allowed, self._pace)
        self._inbox = Inbox()
        self._hands = WorkersHands(self._inbox, self._dispatch, mailboxes, self._stopped)
        self._stopping = threading.Event()
        self._outdated: str | None = None
        self._next_tending = float("-inf")
        self._share = 0, 1

    def stop(self) -> None:
        """Begin no more mailboxes and end after the current writes; from any thread or signal handler."""
        self._stopping.set()
        self._presence.stopping()
        self._engine.stop()
        self._inbox.ring()

    def run(
        self,
        on_result: Callable[[MailboxResult], None] = lambda _: None,
        on_ready: Callable[[], None] = lambda: None,
    ) -> None:
        """Work until `stop`; ``on_ready`` is called once, when jobs are taken.

        What is at work at the end has two and a half minutes to come back; then its lease is given back all
        the same, and whatever it still writes is refused.
        Raises StoreError where the database is out of reach at the beginning, VF-WORKER-02 once another
        version has changed its schema, VF-WORKER-03 where the queue may not be made.
        """
        limit_pauses(self._store.engine, self._pace.pause)
        self._clock.adjust()
        schema = prepare_queue(self._store)
        with self._present(), self._listening(schema):
            on_ready()
            while not self._stopping.is_set():
                self._work(on_result)
        if self._outdated is not None:
            raise StoreError(failure("VF-WORKER-02", found=self._outdated, known=newest()))

    @contextmanager
    def _present(self) -> Iterator[None]:
        self._presence.begin()
        try:
            self._look_around()
            yield
        finally:
            self._leave()
            self._presence.end()

    @contextmanager
    def _listening(self, schema: str) -> Iterator[None]:
        queue = Queue(self._store, schema, self._hands, self._pace, self._inbox.let_go)
        sentry = Sentry(
            self._store,
            self._clock,
            self._dispatch,
            self._pace,
            open_notifier=self._synchronise.notifier,
            follows=self._follows,
            allowed=self._synchronise.allowed,
            hurry=queue.hurry,
            look=queue.look,
        )
        queue.begin()
        sentry.begin()
        try:
            yield
        finally:
            sentry.end()
            queue.end()

    def _work(self, on_result: Callable[[MailboxResult], None]) -> None:
        """What there is to do now, or to wait for it a moment."""
        engine, inbox = self._engine, self._inbox
        try:
            self._tend()
            inbox.wait(_IDLE)
            for result in engine.sync(self._more(), inbox.started, self._more):
                inbox.ended(result.person_id)
                if result.failure is None or result.failure.code != lease.TAKEN:
                    self._presence.note(result)
                    on_result(result)
        except VfadminError as error:
            _LOG.warning("the work is taken up again after: %s", error.failure.code)
            self._stopping.wait(_IDLE)
        finally:
            inbox.all_ended()

    def _more(self) -> Iterable[int]:
        self._tend()
        return self._inbox.take(self._engine.due)

    def _tend(self) -> None:
        if time.monotonic() >= self._next_tending:
            self._next_tending = time.monotonic() + _TEND_EVERY
            self._engine.tend()

    def _leave(self) -> None:
        try:
            self._dispatch.unclaim(self._inbox.give_back())
            with self._store.write() as session:
                lease.give_back(session, self._presence.owner)
        except VfadminError as error:
            _LOG.warning("what was at work here runs out by itself: %s", error.failure.code)

    def _keep_leases(self, session: Session, now: datetime) -> None:
        lease.prolong(session, self._presence.owner, self._inbox.at_work, now + self._lease)

    def _look_around(self) -> None:
        """Which mailboxes are this worker's to follow, and whether the schema is still the one it knows."""
        with self._store.read() as session:
            found = revision(session.connection())
        if found != newest():
            _LOG.error("the database's schema is %s now: this worker stops", found)
            self._outdated = found or "-"
            self.stop()
            return
        self._clock.adjust()
        others = Workers(self._store, clock=self._clock).alive()
        ids = sorted(one.id for one in others if one.kind is WorkerKind.WORKER and not one.stopping)
        if self._presence.id in ids:
            self._share = ids.index(self._presence.id), len(ids)

    def _follows(self, person_id: int) -> bool:
        number, of = self._share
        return person_id % of == number

    def _stopped(self) -> bool:
        return self._stopping.is_set()

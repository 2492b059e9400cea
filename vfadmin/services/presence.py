"""A process's sign of life in the store, for `workers`, and what it has done so far."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from vfadmin import __version__
from vfadmin.errors import VfadminError
from vfadmin.models import Worker, WorkerKind
from vfadmin.models.store import Store
from vfadmin.services.directory import Clock
from vfadmin.sync.values import MailboxResult

_LOG = logging.getLogger(__name__)

BEAT = 15.0
"""Seconds between two signs of life; see `workers.ALIVE`."""
_FORGOTTEN = timedelta(days=1)
_MINUTE = 60.0


class Presence:
    """Keeps the row of this process fresh in a thread of its own, from `begin` to `end`.

    With each sign of life ``also`` runs in the same transaction; ``after`` runs behind it, in no transaction.
    What fails for want of the store is tried again at the next one.
    """

    def __init__(
        self,
        store: Store,
        kind: WorkerKind,
        *,
        clock: Clock,
        beat: float = BEAT,
        also: Callable[[Session, datetime], None] = lambda _session, _now: None,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        self.id = str(uuid.uuid4())
        self._store, self._kind, self._clock = store, kind, clock
        self._beat, self._also, self._after = beat, also, after
        self._started_at = clock()
        self._lock = threading.Lock()
        self._mailboxes = self._changes = 0
        self._latest: deque[float] = deque()
        self._stopping = False
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def owner(self) -> str:
        """The name of this process in leases: nobody else has it, nor had it ever."""
        return f"{socket.gethostname()[:50]}:{os.getpid()}:{self.id[:8]}"

    def note(self, result: MailboxResult) -> None:
        """Count a cycle; from any thread."""
        if not result.ok:
            return
        with self._lock:
            self._mailboxes += 1
            self._changes += result.pulled + result.pushed + result.deleted
            self._latest.append(time.monotonic())

    def begin(self) -> None:
        """Say that the process is here, and go on saying so. Raises StoreError."""
        now = self._clock()
        with self._store.write() as session:
            session.execute(delete(Worker).where(Worker.seen_at < now - _FORGOTTEN))
            self._tell(session, now)
        self._thread = threading.Thread(target=self._keep_on, name="presence", daemon=True)
        self._thread.start()

    def stopping(self) -> None:
        """Say at the next sign of life that nothing more is begun here; from a signal handler too."""
        self._stopping = True

    def end(self) -> None:
        """Take the row away; where the store is gone it goes stale."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        try:
            with self._store.write() as session:
                session.execute(delete(Worker).where(Worker.id == self.id))
        except VfadminError as error:
            _LOG.info("this process goes without a word: %s", error.failure.code)

    def _keep_on(self) -> None:
        while not self._ended.wait(self._beat):
            self._sign()
            try:
                self._after()
            except VfadminError as error:
                _LOG.info("nothing was done behind a sign of life: %s", error.failure.code)
            except Exception:  # noqa: BLE001 - who gives no sign of life loses his mailboxes
                _LOG.exception("unforeseen fault behind a sign of life")

    def _sign(self) -> None:
        now = self._clock()
        try:
            with self._store.write() as session:
                self._tell(session, now)
                self._also(session, now)
        except VfadminError as error:
            _LOG.info("no sign of life was stored: %s", error.failure.code)

    def _tell(self, session: Session, now: datetime) -> None:
        """Merged, not updated: who restores a backup takes all rows away."""
        with self._lock:
            since = time.monotonic() - _MINUTE
            while self._latest and self._latest[0] < since:
                self._latest.popleft()
            mailboxes, changes, recent = self._mailboxes, self._changes, len(self._latest)
        session.merge(
            Worker(
                id=self.id,
                host=socket.gethostname()[:100],
                pid=os.getpid(),
                version=__version__[:40],
                kind=self._kind,
                started_at=self._started_at,
                seen_at=now,
                stopping=self._stopping,
                mailboxes=mailboxes,
                changes=changes,
                recent=recent,
            )
        )

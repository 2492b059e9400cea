"""What makes the engine look at a mailbox before its time: what is told of it, on either side.

Polling stays below all of this: whatever is missed here is found there.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Notifier
from vfadmin.errors import VfadminError
from vfadmin.models import ChangeLog
from vfadmin.models.store import Store
from vfadmin.sync import schedule
from vfadmin.sync.wakes import Wakes

_LOG = logging.getLogger(__name__)
_LOOK_EVERY = 1.0
_FOLLOW_EVERY = 5.0
_NEVER = float("-inf")

Open = Callable[[str, Callable[[str], None]], Notifier]
"""Opens the notifier of a connection by its name; it calls back with addresses. Raises VfadminError."""


class Waker(Protocol):
    """A source of wakes that looks when it is asked to, in the engine's thread."""

    def look(self, session: Session, now: datetime) -> None:
        """Wake whom something happened to since the last look."""

    def close(self) -> None:
        """Look no more."""


class ChangeWatch:
    """Wakes the persons whose events changed in ValueFrame, whoever changed them.

    The numbers of the change table are given out in the order of the commits, so the highest one seen
    divides what was seen from what was not.
    """

    def __init__(self, wakes: Wakes) -> None:
        self._wakes = wakes
        self._seen: int | None = None

    def look(self, session: Session, now: datetime) -> None:  # noqa: ARG002 - a Waker
        """See `Waker`. The first look only learns where the table stands."""
        top = session.scalar(select(func.max(ChangeLog.seq))) or 0
        if self._seen is not None and top > self._seen:
            between = ChangeLog.seq > self._seen, ChangeLog.seq <= top
            self._wakes.wake(session.scalars(select(ChangeLog.person_id).where(*between).distinct()))
        self._seen = top

    def close(self) -> None:
        """See `Waker`."""


class MailboxWatch:
    """Wakes the persons whose mailbox a server says has changed: those that this process ``follows``."""

    def __init__(
        self, wakes: Wakes, open_notifier: Open, follows: Callable[[int], bool] = lambda _: True
    ) -> None:
        self._wakes, self._open, self._follows = wakes, open_notifier, follows
        self._notifiers: dict[tuple[str, int], Notifier] = {}
        self._persons: dict[str, int] = {}
        self._told: set[tuple[str, int]] = set()
        self._next = _NEVER

    def look(self, session: Session, now: datetime) -> None:
        """Have exactly the mailboxes followed that are synchronised; every few seconds is enough."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _FOLLOW_EVERY
        wanted: dict[tuple[str, int], dict[str, str]] = {}
        persons = {}
        for one in schedule.followable(session, now):
            if not self._follows(one.person_id):
                continue
            wanted.setdefault((one.connection, one.version), {})[one.mailbox] = one.folder
            persons[one.mailbox] = one.person_id
        self._persons = persons
        for key in self._notifiers.keys() - wanted.keys():
            self._notifiers.pop(key).close()
        for key, mailboxes in wanted.items():
            notifier = self._notifiers.get(key) or self._opened(key)
            if notifier is not None:
                notifier.follow(mailboxes)

    def close(self) -> None:
        """See `Waker`."""
        for notifier in self._notifiers.values():
            notifier.close()
        self._notifiers.clear()
        self._next = _NEVER

    def _opened(self, key: tuple[str, int]) -> Notifier | None:
        try:
            notifier = self._open(key[0], self._changed)
        except VfadminError as error:
            if key not in self._told:  # it is tried at every look, and a line for each would fill the log
                _LOG.info("no notifications from %s: %s", key[0], error.failure.code)
            self._told.add(key)
            return None
        self._notifiers[key] = notifier
        return notifier

    def _changed(self, mailbox: str) -> None:
        """Called in the notifiers' threads."""
        person_id = self._persons.get(mailbox)
        if person_id is not None:
            self._wakes.wake([person_id])


class Attention:
    """Asks the wakers in turn, and says who is ready. One thread uses it; `Wakes` may be told by any."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], wakes: Wakes, wakers: Iterable[Waker]
    ) -> None:
        self._store, self._clock, self._wakes = store, clock, wakes
        self._wakers = tuple(wakers)
        self._next = _NEVER

    def ready(self) -> list[int]:
        """Who was woken and may run now. Raises StoreError.

        A mailbox that is held back by a failure, or whose connection is, waits for its own time; one that is
        at work runs again afterwards, for the wake may be about what it has read already.
        """
        looked = time.monotonic() >= self._next
        if looked:
            self._look()
        woken = self._wakes.take()
        if not woken:
            return []
        if not looked:
            # Both sides often tell of one change: seen together they cost one look.
            self._look()
        with self._store.read() as session:
            free, busy = schedule.wakeable(session, self._clock(), woken)
        self._wakes.wake(busy)
        return free

    @property
    def waiting(self) -> bool:
        """Whether anybody was woken who is not ready yet."""
        return self._wakes.waiting

    def look_soon(self) -> None:
        """Ask the wakers at the next `ready`, whenever they were asked last."""
        self._next = _NEVER

    def _look(self) -> None:
        self._next = time.monotonic() + _LOOK_EVERY
        with self._store.read() as session:
            for waker in self._wakers:
                waker.look(session, self._clock())

    def close(self) -> None:
        """Look no more until the next `ready`; whoever is waiting now is left to polling."""
        for waker in self._wakers:
            waker.close()
        self._wakes.clear()
        self._next = _NEVER

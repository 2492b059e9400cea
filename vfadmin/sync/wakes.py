"""Mailboxes that something happened to, and that are synchronised sooner than their time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

SETTLE = 0.3
"""Seconds: whoever saves an event writes it in several steps, and one look is enough for all of them."""

_BATCH = 500


class Wakes:
    """Kept in memory: a wake that is lost with its process is one poll late.

    Thread-safe; `rest` is for one thread, the one that looks what is ready.
    """

    def __init__(self, settle: float = SETTLE, now: Callable[[], float] = time.monotonic) -> None:
        self._settle, self._now = settle, now
        self._ready_at: dict[int, float] = {}
        self._rung = False
        # Reentrant: a signal's handler rings in the very thread that may be looking here.
        self._changed = threading.Condition(threading.RLock())

    @property
    def waiting(self) -> bool:
        """Whether anybody is woken who was not taken."""
        return bool(self._ready_at)

    def wake(self, person_ids: Iterable[int]) -> None:
        """Something happened to these persons' mailboxes. Who is waiting already waits no longer for it."""
        at = self._now() + self._settle
        with self._changed:
            for person_id in person_ids:
                self._ready_at.setdefault(person_id, at)
            self._changed.notify_all()

    def take(self) -> list[int]:
        """Whose wait is over, a batch of them; they are forgotten here."""
        now = self._now()
        with self._changed:
            ready = [one for one, at in self._ready_at.items() if at <= now][:_BATCH]
            for person_id in ready:
                del self._ready_at[person_id]
        return ready

    def forget(self, person_id: int) -> bool:
        """This mailbox is looked at now: whatever was told of it until now is seen. Whether anything was."""
        with self._changed:
            return self._ready_at.pop(person_id, None) is not None

    def clear(self) -> None:
        """Leave everybody to polling."""
        with self._changed:
            self._ready_at.clear()

    def ring(self) -> None:
        """End a `rest` now, or the next one; from any thread or signal handler."""
        with self._changed:
            self._rung = True
            self._changed.notify_all()

    def rest(self, seconds: float) -> None:
        """Wait so long, or until somebody is ready, or until `ring`."""
        end = self._now() + seconds
        with self._changed:
            while not self._rung and (left := min((end, *self._ready_at.values())) - self._now()) > 0:
                self._changed.wait(left)
            self._rung = False

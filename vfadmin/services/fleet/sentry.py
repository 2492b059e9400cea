"""The thread of a worker that hears of changes as they are written, and lets those mailboxes go first."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from vfadmin.errors import VfadminError
from vfadmin.models.notices import ChangeNotices
from vfadmin.models.store import Store
from vfadmin.services.directory import Clock
from vfadmin.services.fleet.dispatch import Dispatch
from vfadmin.services.fleet.pace import Pace
from vfadmin.sync.attention import Attention, ChangeWatch, MailboxWatch, Open
from vfadmin.sync.wakes import Wakes

_LOG = logging.getLogger(__name__)
_IDLE = 1.0
"""Seconds until the next look where nothing was told, and after a failure."""


class Sentry:
    """Listens between `begin` and `end`.

    Every worker hears of a change in ValueFrame, and the first one to look marks the mailbox; what a
    mailbox's server tells is heard by the one worker that ``follows`` that person.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        dispatch: Dispatch,
        pace: Pace,
        *,
        open_notifier: Open,
        follows: Callable[[int], bool],
        allowed: Callable[[], bool],
        hurry: Callable[[], None],
        look: Callable[[], None],
    ) -> None:
        self._store, self._dispatch, self._pace = store, dispatch, pace
        self._allowed, self._hurry, self._look = allowed, hurry, look
        here, there = Wakes(), Wakes()
        self._changes = Attention(store, clock, here, [ChangeWatch(here)])
        self._mailboxes = Attention(store, clock, there, [MailboxWatch(there, open_notifier, follows)])
        self._was_allowed = False
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sentry", daemon=True)

    def begin(self) -> None:
        """Listen from now on."""
        self._thread.start()

    def end(self) -> None:
        """Listen no more."""
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._ending.is_set():
                try:
                    self._listen()
                except VfadminError as error:
                    _LOG.info("listening begins anew after: %s", error.failure.code)
                except Exception:  # noqa: BLE001 - polling goes on, but who is told of nothing is slow
                    _LOG.exception("unforeseen fault while listening")
                self._ending.wait(_IDLE)
        finally:
            self._changes.close()
            self._mailboxes.close()

    def _listen(self) -> None:
        with ChangeNotices(self._store) as notices:
            while not self._ending.is_set():
                looked = time.monotonic()
                if self._step():
                    notices.wait(self._pace.glance)
                elif notices.wait(_IDLE):
                    self._changes.look_soon()
                self._ending.wait(max(0.0, looked + self._pace.glance - time.monotonic()))

    def _step(self) -> bool:
        """Look once; whether somebody waits for the next look already."""
        allowed, before = self._allowed(), self._was_allowed
        self._was_allowed = allowed
        if not allowed:
            self._changes.close()
            self._mailboxes.close()
            return False
        if not before:
            self._look()
        woken = [*self._dispatch.behind(self._changes.ready()), *self._mailboxes.ready()]
        if woken:
            self._dispatch.hurry(woken)
            self._hurry()
        return self._changes.waiting or self._mailboxes.waiting

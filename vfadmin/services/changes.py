"""Tells a face that somebody wrote into the store, on whichever machine: what it shows may be old."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from vfadmin.errors import StoreError
from vfadmin.models.notices import ChangeNotices
from vfadmin.models.store import Store

_LOG = logging.getLogger(__name__)
LISTEN_SECONDS = 60.0
"""How long one wait lasts; where nothing happens it begins anew."""
GATHER_SECONDS = 0.25
"""After a telling, so long nothing is told: an engine at work writes hundreds of times a second."""
RETRY_SECONDS = 2.0
"""How soon a store that is out of reach is tried again."""


class Changes:
    """Lets whoever shows something follow the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def watch(self, tell: Callable[[], None]) -> ChangeWatch:
        """A watch that calls ``tell`` in a thread of its own, for every change that is made from now on."""
        made = ChangeWatch(self._store, tell)
        made.begin()
        return made


class ChangeWatch:
    """A thread that waits for changes. What is told is only that there were some, not which.

    It also tells when the store went out of reach and when it is back: what was written meanwhile nobody
    heard of.
    """

    def __init__(self, store: Store, tell: Callable[[], None]) -> None:
        self._store, self._tell = store, tell
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._notices: ChangeNotices | None = None
        # A daemon: a server that does not answer a connection must not keep a closed program alive.
        self._thread = threading.Thread(target=self._run, name="changes", daemon=True)

    def begin(self) -> None:
        """Start waiting. A store that is out of reach just now is tried again."""
        with suppress(StoreError):
            self._notices = ChangeNotices(self._store)
        self._thread.start()

    def end(self, patience: float = 1.0) -> None:
        """End at once; nothing is told from now on. A connection just being made is not waited for longer."""
        with self._lock:
            self._ending.set()
            if self._notices is not None:
                self._notices.wake()
        self._thread.join(patience)

    @property
    def alive(self) -> bool:
        """Whether the thread has not ended yet."""
        return self._thread.is_alive()

    def _run(self) -> None:
        notices = self._notices
        while True:
            try:
                notices = notices or self._found_again()
                with notices:
                    self._follow(notices)
            except StoreError as error:
                if notices is not None:
                    _LOG.info("the store tells of no changes: %s", error.failure.code)
                    self._say()
                notices = None
            if self._ending.wait(RETRY_SECONDS):
                return

    def _found_again(self) -> ChangeNotices:
        notices = ChangeNotices(self._store)
        with self._lock:
            self._notices = notices
        _LOG.info("the store tells of changes again")
        self._say()
        return notices

    def _follow(self, notices: ChangeNotices) -> None:
        while not self._ending.is_set():
            if notices.wait(LISTEN_SECONDS):
                self._say()
                self._ending.wait(GATHER_SECONDS)

    def _say(self) -> None:
        with self._lock:
            if not self._ending.is_set():
                self._tell()

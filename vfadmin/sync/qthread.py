"""The engine in the window's world: a QThread that drives it and tells what happens in signals.

The signals carry frozen dataclasses and are emitted in this thread; connect them to bound slots of
objects that live in the window's thread, and Qt queues them there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal

from vfadmin.errors import VfadminError, failure
from vfadmin.sync.engine import Engine

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the current batch is."""

    done: int
    total: int


class SyncThread(QThread):
    """Looks every second what is due, and at once when asked or when a mailbox was woken."""

    mailbox_started = Signal(int)
    mailbox_finished = Signal(object)
    progress = Signal(object)
    idle = Signal()
    engine_failed = Signal(object)

    def __init__(self, engine: Engine, *, every_seconds: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._every = every_seconds
        self._lock = threading.Lock()
        self._asked: list[int] = []
        self._ask_all = False
        self._paused = False
        self._quitting = False

    def request_sync(self, person_ids: Iterable[int] | None = None) -> None:
        """Synchronise these mailboxes as soon as possible; with None all that are active."""
        with self._lock:
            if person_ids is None:
                self._ask_all = True
            else:
                self._asked.extend(person_ids)
        self._engine.resume()
        self._engine.ring()

    def cancel(self) -> None:
        """Stop the current batch after its current writes; what is due later is taken up again."""
        with self._lock:
            self._asked.clear()
            self._ask_all = False
        self._engine.stop()

    def set_paused(self, paused: bool) -> None:
        """While paused only what is asked for is synchronised."""
        self._paused = paused
        self._engine.ring()

    def shutdown(self) -> None:
        """Ask the thread to end after the current writes. Does not wait: `finished` tells."""
        self._quitting = True
        self._engine.stop()
        self._engine.ring()

    def run(self) -> None:
        """Drive the engine until `shutdown`."""
        while not self._quitting:
            try:
                self._batch()
            except VfadminError as error:
                self.engine_failed.emit(error.failure)
            except Exception as error:  # noqa: BLE001 - the thread must outlive any single fault
                _LOG.exception("the sync engine met an unforeseen fault")
                self.engine_failed.emit(failure("VF-INTERNAL-01", detail=type(error).__name__))
            self._engine.rest(self._every)
        self._engine.hear_no_more()

    def _batch(self) -> None:
        person_ids, if_due = self._next()
        if not person_ids:
            return
        self._engine.resume()
        if self._quitting:
            self._engine.stop()
        self.progress.emit(Progress(0, len(person_ids)))
        results = self._engine.sync(
            person_ids, on_start=self.mailbox_started.emit, more=self._woken, if_due=if_due
        )
        for done, result in enumerate(results, start=1):
            self.mailbox_finished.emit(result)
            self.progress.emit(Progress(done, max(done, len(person_ids))))
        self.idle.emit()

    def _next(self) -> tuple[list[int], set[int]]:
        """Who is to be synchronised, and who of them only if nobody was quicker."""
        with self._lock:
            asked, self._asked = self._asked, []
            ask_all, self._ask_all = self._ask_all, False
        if ask_all:
            asked = [*self._engine.everybody(), *asked]
        due = [] if self._paused else self._engine.due()
        at_once = dict.fromkeys([*asked, *self._woken()])
        return list(dict.fromkeys([*at_once, *due])), set(due).difference(at_once)

    def _woken(self) -> list[int]:
        if self._paused:
            self._engine.hear_no_more()
            return []
        return self._engine.woken()

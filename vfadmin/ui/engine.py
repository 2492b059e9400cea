"""The engine as the window sees it: what it does now, and which rows it touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from vfadmin.errors import Failure

TELL_EVERY_MS = 100
"""However fast mailboxes finish, the window hears of them ten times a second."""


class Progress(Protocol):
    """How far a batch is."""

    @property
    def done(self) -> int:
        """Mailboxes that are finished."""

    @property
    def total(self) -> int:
        """Mailboxes of the batch."""


class EngineThread(Protocol):
    """The part of ``sync.qthread.SyncThread`` the window uses."""

    mailbox_finished: SignalInstance
    progress: SignalInstance
    idle: SignalInstance
    engine_failed: SignalInstance
    finished: SignalInstance

    def start(self) -> None:
        """Begin."""

    def request_sync(self, person_ids: Sequence[int] | None = None) -> None:
        """Synchronise these as soon as possible; None means everybody."""

    def cancel(self) -> None:
        """Stop the batch after the current writes."""

    def set_paused(self, paused: bool) -> None:
        """Look for due mailboxes or not."""

    def shutdown(self) -> None:
        """End after the current writes; `finished` tells."""

    def isRunning(self) -> bool:
        """Whether it still works."""

    def wait(self) -> bool:
        """Wait for its end."""


@dataclass(slots=True)
class Asked:
    """A sync that somebody asked for. It is done after so many ``rests``; what was on its way came first."""

    rests: int
    done: int = 0
    failed: int = 0


class EngineController(QObject):
    """Owns the engine's thread and passes on what it says, gathered to ten times a second.

    ``touched`` carries the persons whose mailbox finished, ``progressed`` done and total, ``rested`` says
    that the batch is done, ``failed`` a Failure, ``stopped`` that the thread has ended. ``asked`` says that
    somebody wants a sync, ``answered`` that it is done: how many mailboxes, and how many of them failed.
    """

    touched = Signal(object)
    progressed = Signal(int, int)
    rested = Signal()
    failed = Signal(object)
    stopped = Signal()
    asked = Signal()
    answered = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: EngineThread | None = None
        self._finished: set[int] = set()
        self._progress: tuple[int, int] | None = None
        self._paused = self._aside = self._busy = False
        self._asked: Asked | None = None
        self._gather = QTimer(self, singleShot=True, interval=TELL_EVERY_MS)
        self._gather.timeout.connect(self._tell)

    @property
    def present(self) -> bool:
        """Whether there is an engine in this window."""
        return self._thread is not None

    @property
    def running(self) -> bool:
        """Whether the thread has not ended yet."""
        return self._thread is not None and self._thread.isRunning()

    @property
    def paused(self) -> bool:
        """Whether only what is asked for is synchronised."""
        return self._paused

    def run(self, thread: EngineThread) -> None:
        """Take over this thread and start it."""
        self._thread = thread
        thread.mailbox_finished.connect(self._mailbox_finished)
        thread.progress.connect(self._progress_made)
        thread.idle.connect(self._idle)
        thread.engine_failed.connect(self._engine_failed)
        thread.finished.connect(self._ended)
        if self._aside:
            thread.set_paused(True)
        thread.start()

    def sync(self, ids: Sequence[int] | None) -> None:
        """Synchronise these now, or everybody."""
        if self._thread is not None:
            self._asked = Asked(rests=2 if self._busy else 1)
            self.asked.emit()
            self._thread.request_sync(ids)

    @Slot()
    def cancel(self) -> None:
        """Stop the batch after the current writes."""
        if self._thread is not None:
            self._thread.cancel()

    @Slot(bool)
    def set_paused(self, paused: bool) -> None:
        """Pause or go on."""
        self._rest(paused=paused, aside=self._aside)

    def stand_aside(self, *, aside: bool) -> None:
        """Leave what is due to the workers, as long as there are any; what is asked for here is done here.

        Nothing depends on it: whose a mailbox is the lease says.
        """
        self._rest(paused=self._paused, aside=aside)

    def _rest(self, *, paused: bool, aside: bool) -> None:
        before = self._paused or self._aside
        self._paused, self._aside = paused, aside
        if self._thread is not None and before != (paused or aside):
            self._thread.set_paused(paused or aside)

    def shut_down(self) -> bool:
        """Ask the thread to end; False when there is nothing to wait for, else `stopped` will tell."""
        if self._thread is None or not self._thread.isRunning():
            return False
        self._thread.shutdown()
        return True

    def wait(self) -> None:
        """End the thread and wait for it."""
        if self._thread is not None and self.shut_down():
            self._thread.wait()

    @Slot(object)
    def _mailbox_finished(self, result: Any) -> None:  # noqa: ANN401 - a MailboxResult, which lives in sync
        self._finished.add(int(result.person_id))
        if self._asked is not None:
            self._asked.done += 1
            self._asked.failed += not result.ok
        self._wait()

    @Slot(object)
    def _progress_made(self, progress: Progress) -> None:
        self._busy = True
        self._progress = (progress.done, progress.total)
        self._wait()

    @Slot()
    def _idle(self) -> None:
        self._busy = False
        self._tell()
        self.rested.emit()
        asked = self._asked
        if asked is None:
            return
        if asked.rests > 1:
            self._asked = Asked(asked.rests - 1)
        else:
            self._asked = None
            self.answered.emit(asked.done, asked.failed)

    @Slot(object)
    def _engine_failed(self, failure: Failure) -> None:
        self._busy, self._asked = False, None
        self.failed.emit(failure)

    @Slot()
    def _ended(self) -> None:
        self._gather.stop()
        self.stopped.emit()

    def _wait(self) -> None:
        if not self._gather.isActive():
            self._gather.start()

    @Slot()
    def _tell(self) -> None:
        self._gather.stop()
        if self._finished:
            ids, self._finished = frozenset(self._finished), set()
            self.touched.emit(ids)
        if self._progress is not None:
            done, total = self._progress
            self._progress = None
            self.progressed.emit(done, total)

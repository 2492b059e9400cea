"""A thread with the signals of the engine's that synchronises nothing: the test says what it reports."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QThread, Signal


@dataclass(frozen=True, slots=True)
class Done:
    """What a mailbox's result says: of whom, and whether it went well."""

    person_id: int
    ok: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """How far a batch is."""

    done: int
    total: int


class StillEngine(QThread):
    """Runs until it is told to end; a write "in hand" lasts until `let_go` is set."""

    mailbox_started = Signal(int)
    mailbox_finished = Signal(object)
    progress = Signal(object)
    idle = Signal()
    engine_failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, ...] | None] = []
        self.paused: list[bool] = []
        self.cancelled = 0
        self.let_go = threading.Event()
        self.let_go.set()
        self._ending = threading.Event()

    def run(self) -> None:
        """Wait for the end, then for the write in hand."""
        self._ending.wait()
        self.let_go.wait()

    def request_sync(self, person_ids: Sequence[int] | None = None) -> None:
        """Remember what was asked for."""
        self.asked.append(None if person_ids is None else tuple(person_ids))

    def cancel(self) -> None:
        """Remember that it was asked to stop."""
        self.cancelled += 1

    def set_paused(self, paused: bool) -> None:
        """Remember what was said."""
        self.paused.append(paused)

    def shutdown(self) -> None:
        """End when nothing is in hand."""
        self._ending.set()

"""Stores an admin's words about what waits, a few at a time, and waits for a mailbox that is at work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.held import Decided

CHUNK = 100
"""Events decided by one call: others get their turn at the database in between."""
WAIT_MS, TRIES = 500, 20
"""How often a mailbox at work is asked for, and how many times: ten seconds, longer than most cycles take."""
BUSY = "VF-HELD-03"


@dataclass(frozen=True, slots=True)
class Word:
    """An admin's word about events of one mailbox."""

    word: str
    person_id: int
    refs: tuple[str, ...]


def decide(services: Services, word: Word, refs: Sequence[str]) -> list[Decided]:
    """Refused at once while the mailbox is at work: no other writing stands in line behind a wait."""
    return services.held.decide(word.word, word.person_id, refs)


class Deciding(QObject):
    """One word at a time. ``working`` tells what goes on, ``ended`` the word and what became of each."""

    working = Signal(str, int, int)
    ended = Signal(object, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._word: Word | None = None
        self._left: list[str] = []
        self._results: list[Decided] = []
        self._tries, self._stopped = 0, False
        self.wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self.wait.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether decisions are being stored, or waited with."""
        return self._word is not None

    def start(self, word: Word) -> None:
        """Store it; nothing happens while another one is being stored."""
        if self._word is None:
            self._word, self._left, self._results = word, list(word.refs), []
            self._tries, self._stopped = 0, False
            self._go_on()

    @Slot()
    def cancel(self) -> None:
        """Wait no more, and store no more after what is in hand."""
        self._stopped = True
        if self.wait.isActive():
            self.wait.stop()
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        word = self._word
        if word is None:
            return
        self.working.emit(self._told(), len(self._results), len(word.refs))
        call = partial(decide, word=word, refs=self._left[:CHUNK])
        if not self._desk.ask(self, call, self._decided, self._broke, lane=Lane.WRITE):
            self._word = None

    def _told(self) -> str:
        return self.tr("Waiting for the mailbox…") if self._tries else self.tr("Storing decisions…")

    def _decided(self, results: list[Decided]) -> None:
        again = {one.event.ref for one in results if one.error is not None and one.error.code == BUSY}
        if again and not self._stopped and self._tries < TRIES:
            self._tries += 1
            self._results += [one for one in results if one.event.ref not in again]
            some, rest = self._left[:CHUNK], self._left[CHUNK:]
            self._left = [*(ref for ref in some if ref in again), *rest]
            self.working.emit(self._told(), len(self._results), len(self._left) + len(self._results))
            self.wait.start()
            return
        self._results += results
        self._left = self._left[CHUNK:]
        if self._left and not self._stopped and not again:
            self._tries = 0
            self._go_on()
        else:
            self._end()

    def _end(self) -> None:
        word, self._word = self._word, None
        self.working.emit("", 0, 0)
        self.ended.emit(word, self._results)

    def _broke(self, failure: Failure) -> None:
        self._word = None
        self.working.emit("", 0, 0)
        self.failed.emit(failure)

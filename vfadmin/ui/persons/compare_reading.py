"""Reads both calendars of a person for the window, off its thread: how far it is, and how to end it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.persons.compare_words import searched
from vfadmin.ui.persons.job import LOOK_MS, Job

if TYPE_CHECKING:
    from vfadmin.services.comparison import ComparedCalendars
    from vfadmin.services.context import Services


@dataclass(frozen=True, slots=True)
class Compared:
    """Both calendars, of each event what a text filter looks into, and how many there are of each group."""

    calendars: ComparedCalendars
    searched: tuple[str, ...]
    counts: dict[str, int]


def read_both(services: Services, person_id: int, reading: Job) -> Compared | None:
    """Both calendars; None where it was cancelled. Called in the services' thread."""
    from vfadmin.services.comparison import GROUPS, StoppedError  # noqa: PLC0415 - the window starts without

    try:
        found = services.comparisons.compare(person_id, reading.begin())
    except StoppedError:
        return None
    counts = {group: len(found.group(group)) for group in GROUPS}
    return Compared(found, tuple(searched(row) for row in found.rows), counts)


class CompareReader(QObject):
    """One comparison at a time. ``progressed`` tells events read, and of how many (0: not known yet)."""

    began = Signal()
    progressed = Signal(int, int)
    took = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, person_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._person = desk, person_id
        self._reading: Job | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether the calendars are being read."""
        return self._reading is not None

    def start(self) -> None:
        """Begin, unless it is under way."""
        if self._reading is not None:
            return
        reading = Job()
        call = partial(read_both, person_id=self._person, reading=reading)
        done, failed = partial(self._took, reading), partial(self._failed, reading)
        if self._desk.ask(self, call, done, failed, lane=Lane.CALENDARS):
            self._reading = reading
            self._look.start()
            self.began.emit()

    @Slot()
    def stop(self) -> None:
        """Wait for it no more; the thread ends at its next request."""
        if self._reading is not None:
            self._reading.cancel()
            self._end()

    @Slot()
    def _tell(self) -> None:
        progress = None if self._reading is None else self._reading.progress
        if progress is not None:
            self.progressed.emit(progress.done, progress.total)

    def _took(self, reading: Job, found: Compared | None) -> None:
        if reading is self._reading:
            self._end()
            if found is not None:
                self.took.emit(found)

    def _failed(self, reading: Job, failure: Failure) -> None:
        if reading is self._reading:
            self._end()
            self.failed.emit(failure)

    def _end(self) -> None:
        self._reading = None
        self._look.stop()
        self.ended.emit()

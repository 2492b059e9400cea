"""Keeps what the window shows in step with the store, whoever writes into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vfadmin.ui.desk import Desk, Lane

if TYPE_CHECKING:
    from vfadmin.errors import Failure
    from vfadmin.services.changes import ChangeWatch
    from vfadmin.services.context import Services

REST_MS = 500
"""So long nothing is read anew after it was: with the other pauses a change is seen within two seconds."""


def _after_you(services: Services) -> None:
    """Nothing: what matters is that whatever stood before in the row has been answered."""
    del services


class Following(QObject):
    """``due`` says that what is shown may be old. It is said again only once all that was read is there.

    However often others write, and however slowly the store answers, the window is at rest for a while
    between two readings, and none of them is overtaken by the next before it is shown.
    """

    due = Signal()
    _heard = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._watch: ChangeWatch | None = None
        self._ended = self._busy = self._again = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._rested)
        self._heard.connect(self._told)

    @Slot()
    def begin(self) -> None:
        """The services are open: follow them, until `end`. What is asked for after this misses nothing."""
        self._desk.ask(self, self._follow, self._follows, self._ignore)

    def end(self) -> None:
        """Follow no more. Once the desk is closed this is final."""
        self._ended = True
        self._rest.stop()
        if self._watch is not None:
            self._watch.end()

    def _follow(self, services: Services) -> None:
        """Called in the services' thread; the signal brings what is told into the window's."""
        if self._watch is None and not self._ended:
            self._watch = services.changes.watch(self._heard.emit)

    def _follows(self, _nothing: None) -> None:
        """Nothing is to be read anew yet."""

    @Slot()
    def _told(self) -> None:
        if self._ended:
            return
        if self._busy:
            self._again = True
            return
        self._busy, self._again = True, False
        self.due.emit()
        # What a search finds is counted after it, so one lane is waited for after the other.
        self._desk.ask(self, _after_you, self._read, self._ignore)

    def _read(self, _nothing: None) -> None:
        self._desk.ask(self, _after_you, self._counted, self._ignore, lane=Lane.ASIDE)

    def _counted(self, _nothing: None) -> None:
        self._rest.start()

    @Slot()
    def _rested(self) -> None:
        self._busy = False
        if self._again:
            self._told()

    def _ignore(self, failure: Failure) -> None:
        """These calls do nothing that could fail."""

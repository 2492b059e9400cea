"""Copies many lines to the clipboard a few at a time, so that the window goes on meanwhile.

Not in another thread: what takes the time is telling each line in the language of the window, and a thread
that does that would hold up the window's own by as much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

SLICE = 50
"""Lines told before the window gets its turn: a tenth of what anybody would notice, on a slow machine."""


class SlowCopy(QObject):
    """Goes on though whoever asked is closed; ``done`` tells how many lines there were.

    What is copied meanwhile, here or by another program, is the newer wish: then it ends without a word.
    """

    done = Signal(int)

    def __init__(self, lines: Sequence[Callable[[], str]]) -> None:
        super().__init__(QCoreApplication.instance())
        self._count, self._told = len(lines), list[str]()
        self._left: Iterator[str] = (line() for line in lines)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        QApplication.clipboard().dataChanged.connect(self._give_up)

    def start(self) -> None:
        """Begin; a few lines are copied when this returns."""
        self._turn.start()
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        self._told += islice(self._left, SLICE)
        if len(self._told) == self._count:
            self._give_up()
            QApplication.clipboard().setText("\n".join(self._told) + "\n")
            self.done.emit(self._count)

    @Slot()
    def _give_up(self) -> None:
        QApplication.clipboard().dataChanged.disconnect(self._give_up)
        self._turn.stop()
        self.deleteLater()

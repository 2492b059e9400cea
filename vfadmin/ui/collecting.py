"""Python looks for cycles in the window's thread alone.

By itself it does so in whichever thread happens to make objects. There it comes across widgets that the
window's thread is just making or taking away, in C++, and the process ends in a segmentation fault: with a
collection at every moment it took some windows, with Python's thresholds it is a day without a reason.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from vfadmin.services.collecting import CycleCollector

TICK_MS = 200
"""Short enough that little comes together that has to be looked through at a time."""


class Collecting(QObject):
    """From when this is made no other thread collects; this one does, whenever the event loop is at leisure.

    It stays so when this is gone: widgets may outlive it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._collector = CycleCollector()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        self._collector.collect()

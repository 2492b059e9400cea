"""What comes of those who were put back to work, told until the last of them has had his turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.texts import number

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.troubles import Aftermath

LOOK_MS = 1000


def read(services: Services, ids: Sequence[int], since: datetime) -> Aftermath:
    """Called in the services' thread."""
    return services.troubles.aftermath(ids, since)


class AftermathWatch(QObject):
    """``told`` carries an `Aftermath`, and what it says, each time it is another one.

    It asks the store and not this window's engine: a worker elsewhere may do the work.
    """

    told = Signal(object, str)

    def __init__(self, desk: Desk, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._clock = desk, clock
        self._ids: tuple[int, ...] = ()
        self._since = clock()
        self._last: Aftermath | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)

    @property
    def following(self) -> bool:
        """Whether somebody's turn is still to come."""
        return bool(self._ids)

    def follow(self, ids: Sequence[int]) -> None:
        """Tell of these from now on, and of nobody else."""
        self._ids, self._since, self._last = tuple(ids), self._clock(), None
        self.go_on()

    def go_on(self) -> None:
        """Look, and look again."""
        if self._ids:
            self.look()
            self._look.start()

    def rest(self) -> None:
        """Nobody looks for the time being."""
        self._look.stop()

    @Slot()
    def look(self) -> None:
        """Ask how they stand."""
        call = partial(read, ids=self._ids, since=self._since)
        self._desk.ask(self, call, self._read, self._ignore, lane=Lane.ASIDE, channel="aftermath")

    def _read(self, after: Aftermath) -> None:
        if after != self._last:
            self._last = after
            self.told.emit(after, self._said(after))
        if not after.waits:
            self._ids = ()
            self._look.stop()

    def _said(self, after: Aftermath) -> str:
        total = after.works + after.waits + after.delayed + after.stopped
        parts = [
            (after.works, self.tr("%n work(s)", "", after.works)),
            (after.stopped, self.tr("%n stopped again", "", after.stopped)),
            (after.delayed, self.tr("%n try again by themselves", "", after.delayed)),
            (after.waits, self.tr("%n still to come", "", after.waits)),
        ]
        said = ", ".join(words for count, words in parts if count)
        return self.tr("Put back to work: {total}. {said}.").format(total=number(total), said=said)

    def _ignore(self, failure: Failure) -> None:
        """What is wrong with the store the screen tells already."""

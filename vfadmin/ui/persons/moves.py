"""The window about a move that is open: one at a time, and none beside it while mailboxes are being moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.ui.desk import Desk
from vfadmin.ui.persons.doing import Doing
from vfadmin.ui.persons.move_runs import MoveRuns

if TYPE_CHECKING:
    from vfadmin.ui.persons.move import MoveDialog


class Moves(QObject):
    """Opens the window, and has ``doing`` tell what becomes of a move."""

    def __init__(self, desk: Desk, doing: Doing, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._doing, self._parent = desk, doing, parent
        self._runs = MoveRuns(desk, self)
        self._dialog: MoveDialog | None = None
        doing.move_asked.connect(self.open)

    @property
    def dialog(self) -> MoveDialog | None:
        """The window that is open, if any."""
        found = self._dialog
        return found if found is not None and shiboken6.isValid(found) else None

    @property
    def busy(self) -> bool:
        """Whether mailboxes are being moved."""
        return (dialog := self.dialog) is not None and dialog.writes

    @Slot()
    def stop(self) -> None:
        """End after the mailbox in hand."""
        self._runs.stop()

    @Slot(object, bool)
    def open(self, ids: Sequence[int], back: bool) -> MoveDialog:
        """Show what a move of these would come to, in the place of one of others."""
        from vfadmin.ui.persons.move import MoveDialog  # noqa: PLC0415 - not needed for the first window

        former = self.dialog
        if former is not None and former.writes:
            former.raise_()
            former.activateWindow()
            return former
        if former is not None:
            former.reject()
        self._dialog = dialog = MoveDialog(
            self._desk, self._runs, ids, back=back, parent=self._parent.window()
        )
        dialog.working.connect(self._doing.working)
        dialog.moved.connect(self._doing.transferred)
        dialog.show()
        return dialog

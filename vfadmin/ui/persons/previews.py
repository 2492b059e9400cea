"""The preview that is open: one at a time, told what becomes of those who are activated from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk
from vfadmin.ui.engine import EngineController
from vfadmin.ui.persons.work import Outcome, Worker

if TYPE_CHECKING:
    from vfadmin.ui.persons.preview import PreviewDialog


class Previews(QObject):
    """Opens the preview. ``start`` begins an action with ids and answers whether it could."""

    def __init__(
        self,
        desk: Desk,
        worker: Worker,
        engine: EngineController,
        start: Callable[[str, Sequence[int]], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._start, self._parent = desk, start, parent
        self._dialog: PreviewDialog | None = None
        self._mine = False
        worker.finished.connect(self._finished)
        worker.failed.connect(self._failed)
        engine.touched.connect(self._touched)

    @property
    def dialog(self) -> PreviewDialog | None:
        """The preview that is open, if any."""
        found = self._dialog
        return found if found is not None and shiboken6.isValid(found) else None

    @Slot(object)
    def open(self, ids: Sequence[int]) -> PreviewDialog:
        """Preview these, in the place of a preview of others."""
        from vfadmin.ui.persons.preview import PreviewDialog  # noqa: PLC0415 - not needed for the first window

        if (former := self.dialog) is not None:
            former.reject()
        self._dialog = dialog = PreviewDialog(self._desk, ids, self._parent.window())
        dialog.activate_asked.connect(self._activate)
        dialog.show()
        return dialog

    @Slot(object)
    def _activate(self, ids: list[int]) -> None:
        if (dialog := self.dialog) is not None:
            self._mine = self._start("activate", ids)
            dialog.began(ids, possible=self._mine)

    @Slot(object)
    def _finished(self, outcome: Outcome) -> None:
        mine, self._mine = self._mine, False
        if mine and (dialog := self.dialog) is not None:
            dialog.activated(outcome)

    @Slot(object)
    def _failed(self, failure: Failure) -> None:
        mine, self._mine = self._mine, False
        if mine and (dialog := self.dialog) is not None:
            dialog.broke_off(failure)

    @Slot(object)
    def _touched(self, _ids: frozenset[int]) -> None:
        if (dialog := self.dialog) is not None:
            dialog.look_again()

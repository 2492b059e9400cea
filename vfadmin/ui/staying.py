"""A table whose rows stay under the reader's eyes while others come and go above them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Slot
from PySide6.QtWidgets import QTableView


class StayingView(QTableView):
    """Scrolls by whole rows. At its very top it stays there, to show what comes first; at its end too."""

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show the rows of this model."""
        super().setModel(model)
        if model is not None:
            model.rowsInserted.connect(self._came)
            model.rowsAboutToBeRemoved.connect(self._going)

    @Slot(QModelIndex, int, int)
    def _came(self, _parent: QModelIndex, first: int, last: int) -> None:
        bar = self.verticalScrollBar()
        top = bar.value()
        if top > 0 and first <= top:
            self.updateGeometries()  # as far down as one can go now
            bar.setValue(top + last - first + 1)

    @Slot(QModelIndex, int, int)
    def _going(self, _parent: QModelIndex, first: int, last: int) -> None:
        bar = self.verticalScrollBar()
        above = min(last + 1, bar.value()) - first
        if above > 0 and bar.value() < bar.maximum():
            bar.setValue(bar.value() - above)

"""The list of the comparison: rows are copied as text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QWidget

from vfadmin.ui.listing import Listing
from vfadmin.ui.persons.compare_table import Column, CompareTable, FieldColumn, FieldTable

_WIDTHS = {Column.MARK: 170, Column.WHEN: 205}
_FIELD_WIDTHS = {FieldColumn.FIELD: 170}
_FIELDS_SEEN = 4


class CompareView(Listing):
    """Both calendars side by side. ``copy_asked`` comes from the keys that copy everywhere."""

    copy_asked = Signal()

    def __init__(self, model: CompareTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        _lay_out(self, _WIDTHS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whole rows are copied, not the cell that Qt would take."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)

    def chosen(self) -> list[int]:
        """The places of the selected rows, in their order; asked by ranges, for there may be thousands."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})


class FieldView(Listing):
    """One event field by field."""

    def __init__(self, model: FieldTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        _lay_out(self, _FIELD_WIDTHS)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows = self.verticalHeader().defaultSectionSize()
        head = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(head + rows)  # where room is short the list of events goes first
        self.setMaximumHeight(head + _FIELDS_SEEN * rows + 4)


def _lay_out(view: Listing, widths: dict[Column, int] | dict[FieldColumn, int]) -> None:
    """The first columns are as wide as their words are, and the others share what is left."""
    header = view.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    for column, width in widths.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(column, width)

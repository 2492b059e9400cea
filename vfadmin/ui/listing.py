"""The looks that lists beside the results share: a line below each row, dots where a text has no room."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vfadmin.ui.staying import StayingView
from vfadmin.ui.style import shades

Index = QModelIndex | QPersistentModelIndex
_ROOM = 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def select_alone(view: QAbstractItemView, index: QModelIndex) -> None:
    """Select the row of the cell, no other, and put the keyboard on the cell.

    The view's own way asks which keys are held: with Ctrl down it would take a selected row's selection away.
    """
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


class Ruled(QStyledItemDelegate):
    """Draws cells as the style does, without a frame around the current one, and a line below."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The row is marked as a whole; a frame around one cell would say that it can be edited."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, then its line; and with high contrast lines around what is selected."""
        super().paint(painter, option, index)
        rect, colours = option.rect, shades(QApplication.palette())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, QColor(colours.selected_edge))
        below = QColor(colours.row_edge if selected else colours.line)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, below)


class Listing(StayingView):
    """A table of whole rows. What Enter (or a double click), Space and Delete mean the owner says."""

    entered_row = Signal()
    spaced = Signal()
    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self.setItemDelegate(Ruled(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + _ROOM)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self.entered_row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and Delete are the owner's to answer; the rest moves about."""
        if event.key() in _ENTER:
            self.entered_row.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.spaced.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def current_row(self) -> int | None:
        """The place of the current row; None when there is none."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def go_to(self, row: int) -> None:
        """Select that row alone."""
        select_alone(self, self.model().index(row, 0))

    def selected_rows(self) -> list[int]:
        """The places of the selected rows, in their order; these lists are short."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

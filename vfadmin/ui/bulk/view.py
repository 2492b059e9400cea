"""The table of the rows. It draws them itself.

While a list is being judged, a thread of Python runs without pause, and whenever Qt asks a model or a
delegate for something, it waits for its turn. So all that is seen is drawn in one go, for one such turn.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from vfadmin.ui.bulk.cells import BOX, MARK, PADDING, RowPainter
from vfadmin.ui.bulk.columns_shown import FIRST, Column
from vfadmin.ui.bulk.table import ImportTable
from vfadmin.ui.listing import Listing

Index = QModelIndex | QPersistentModelIndex
_LONGEST = 1000
_SAMPLE = 60
"""So many rows say how wide the columns are."""
_NARROWEST, _WIDEST = 80, 240
_WHAT = 26
"""So many letters of what changes are seen at least."""


class CellEditor(QStyledItemDelegate):
    """The line in which a cell is edited."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line that fills its cell."""
        del option
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        editor.setMaxLength(_LONGEST)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell, unless something has been typed."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The view answers clicks on the box it has drawn; Qt would look for one where it would draw it."""
        del event, model, option, index
        return False

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the line fill its cell."""
        del index
        editor.setGeometry(option.rect.adjusted(1, 1, -1, -2))


class ImportView(Listing):
    """Rows with a box each. ``moved`` says that another row is the current one."""

    moved = Signal()

    def __init__(self, model: ImportTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self._last = _NARROWEST
        self.setModel(model)
        self.setItemDelegate(CellEditor(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(40)
        header.setStretchLastSection(True)
        # Of the rows' own selection it would ask for every row whether it is selected, each time it is drawn.
        header.setSelectionModel(QItemSelectionModel(model, header))
        self.entered_row.connect(self.edit_current)
        self.spaced.connect(self._toggle)
        self.selectionModel().currentChanged.connect(self.moved)
        model.modelReset.connect(self.moved)

    def size_columns(self) -> None:
        """Widths by the headings and the first rows."""
        wide = self.fontMetrics().horizontalAdvance
        self.setColumnWidth(Column.ROW, wide("200 000") + BOX + 3 * PADDING)
        self.setColumnWidth(Column.VERDICT, wide("Tarkistetaan…") + 44)
        first = [row for place in range(_SAMPLE) if (row := self.rows.line(place)) is not None]
        for column in range(FIRST, self.rows.columnCount()):
            texts = [self.rows.heading(column), *(self.rows.text(row, column) for row in first)]
            marked = MARK if self.rows.field(column) == "login" else 0
            widest = max(map(wide, texts)) + 3 * PADDING + marked
            self._last = min(max(widest, _NARROWEST), _WIDEST + marked)
            self.setColumnWidth(column, self._last)
        self._share_width()

    def _share_width(self) -> None:
        """What changes has the room that the others leave."""
        header = self.horizontalHeader()
        if header.count() <= FIRST:
            return
        others = sum(header.sectionSize(column) for column in range(header.count() - 1)) - header.sectionSize(
            Column.WHAT
        )
        room = self.viewport().width() - others - self._last
        self.setColumnWidth(Column.WHAT, max(room, _WHAT * self.fontMetrics().averageCharWidth()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self._share_width()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that the event is about."""
        area, port = event.rect(), self.viewport()
        painter = QPainter(port)
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return
        last = self.rows.rowCount() - 1 if last < 0 else last
        columns = self._columns_in(area)
        drawn = RowPainter(painter, self.font(), self.devicePixelRatio(), focused=self.hasFocus())
        current, chosen, root = self.currentIndex(), self.selectionModel(), QModelIndex()
        height = self.verticalHeader().defaultSectionSize()
        for place in range(first, last + 1):
            row = self.rows.line(place)
            if row is not None:
                top = self.rowViewportPosition(place)
                cells = [(column, QRect(left, top, width, height)) for column, left, width in columns]
                drawn.row(
                    self.rows,
                    row,
                    cells,
                    selected=chosen.isRowSelected(place, root),
                    current=current.column() if current.row() == place else -1,
                )
        painter.end()

    def _columns_in(self, area: QRect) -> list[tuple[int, int, int]]:
        header = self.horizontalHeader()
        places = (
            (column, header.sectionViewportPosition(column), header.sectionSize(column))
            for column in range(header.count())
        )
        return [one for one in places if one[1] <= area.right() and one[1] + one[2] >= area.left()]

    # Choosing and editing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 edits, as Enter does."""
        if self.state() == QAbstractItemView.State.EditingState:  # the line passes on the Enter it acted on
            QTableView.keyPressEvent(self, event)
        elif event.key() == Qt.Key.Key_F2:
            self.edit_current()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _toggle(self) -> None:
        """Space chooses the selected rows, or leaves them out if they all are."""
        places = self.selected_places()
        rows = [row for place in places if (row := self.rows.line(place)) is not None]
        self.rows.tick(places, on=not all(self.rows.ticked(row) for row in rows if row.verdict != "reject"))

    def selected_places(self) -> list[int]:
        """Where the selected rows are shown; there may be thousands, in few ranges."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(one) for one in range(chosen.count())]
        return [place for one in ranges for place in range(one.top(), one.bottom() + 1)]

    @Slot()
    def edit_current(self) -> None:
        """Edit the current cell; beside the cells of the list, the one that is wrong, or the first."""
        index = self.currentIndex()
        row = self.rows.line(index.row())
        if row is None or self.rows.columnCount() <= FIRST:
            return
        if index.column() < FIRST:
            wrong = self.rows.wrong_field(row)
            column = FIRST + (self.rows.fields.index(wrong) if wrong is not None else 0)
            index = self.rows.index(index.row(), column)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

    def commit(self) -> None:
        """Take what is being typed as it stands."""
        editor = self.viewport().findChild(QLineEdit, "cell")
        if self.state() == QAbstractItemView.State.EditingState and isinstance(editor, QLineEdit):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box of a row chooses it, or leaves it out."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.rows.line(index.row())
        inside = event.position().x() < self.columnViewportPosition(Column.ROW) + BOX + 2 * PADDING
        if row is not None and index.column() == Column.ROW and inside:
            self.rows.tick([index.row()], on=not self.rows.ticked(row))

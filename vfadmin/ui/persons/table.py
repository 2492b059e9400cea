"""The view of the results: keyboard and mouse, selection by id, widths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
)

from vfadmin.ui.listing import select_alone
from vfadmin.ui.persons.arrangement import Arrangement
from vfadmin.ui.persons.column_widths import ColumnWidths, needed
from vfadmin.ui.persons.columns import COLUMNS, At
from vfadmin.ui.persons.criteria import Sort
from vfadmin.ui.persons.delegate import BUTTONS, CellPainter, row_height
from vfadmin.ui.persons.difference import LIMIT, runs
from vfadmin.ui.persons.headings import Headings
from vfadmin.ui.persons.model import PersonTable
from vfadmin.ui.staying import StayingView

if TYPE_CHECKING:  # Qt makes a class when it is imported; one that is only named here need not be made
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from vfadmin.services.rows import PersonRow

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ResultView(StayingView):
    """The results. `button_pressed` tells person and column, `selection_changed` that others are selected."""

    button_pressed = Signal(int, int)
    opened = Signal(int)
    sort_asked = Signal(str, bool)
    selection_changed = Signal()
    arranged = Signal()

    def __init__(self, model: PersonTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painter = CellPainter(QApplication.palette(), self)
        self._held: tuple[frozenset[int], int | None, int] | None = None
        self._top: int | None = None
        self.setItemDelegate(self.painter)
        self.setModel(model)
        self._set_up()
        self.painter.pressed.connect(self.button_pressed)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)
        self.horizontalHeader().sectionClicked.connect(self._header_clicked)
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._restore)
        model.layoutAboutToBeChanged.connect(self._hold_top)
        model.layoutChanged.connect(self._restore_top)
        self.selectionModel().selectionChanged.connect(self._selection_moved)
        self.selectionModel().currentChanged.connect(self._selection_moved)

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height(self.font()))
        header = self._headings = Headings(self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.sectionMoved.connect(self.arranged)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(28)
        self.sharing = ColumnWidths(self, header)
        self.sharing.kept.connect(self.arranged)

    def table(self) -> PersonTable:
        """The model."""
        return cast("PersonTable", self.model())

    def shown_columns(self) -> tuple[At, ...]:
        """The columns with something to read in them, as they stand from left to right."""
        arrangement = self.arrangement()
        return tuple(at for at in arrangement.order if at not in BUTTONS and at not in arrangement.hidden)

    # Selection

    def selected_ids(self) -> list[int]:
        """The selected persons in the order of the list."""
        ids = self.table().ids
        ranges = sorted((span.top(), span.bottom()) for span in self._spans())
        return [one for first, last in ranges for one in ids[first : last + 1]]

    def selected_count(self) -> int:
        """How many are selected."""
        return sum(span.bottom() - span.top() + 1 for span in self._spans())

    def _spans(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def current_id(self) -> int | None:
        """The person the keyboard stands on."""
        index = self.currentIndex()
        return self.table().ids[index.row()] if index.isValid() else None

    def current_row(self) -> PersonRow | None:
        """The row the keyboard stands on, if it was read."""
        return self.table().row(self.currentIndex())

    def select_ids(self, ids: Iterable[int], current: int | None, column: int = 0) -> None:
        """Select these persons, as far as they are in the list."""
        model = self.table()
        selection = QItemSelection()
        last = model.columnCount() - 1
        for first, end in runs(sorted(p for one in ids if (p := model.position(one)) is not None)):
            selection.select(model.index(first, 0), model.index(end, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        place = model.position(current) if current is not None else None
        if place is not None:
            self.selectionModel().setCurrentIndex(
                model.index(place, column), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def go_to(self, person_id: int, column: int) -> None:
        """Select one person alone and put the keyboard on that cell."""
        place = self.table().position(person_id)
        if place is not None:
            select_alone(self, self.table().index(place, column))
            self.scrollTo(self.currentIndex())

    def edit_login(self) -> bool:
        """Open the login of the row the keyboard stands on."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        cell = index.siblingAtColumn(At.LOGIN)
        if not self.table().flags(cell) & Qt.ItemFlag.ItemIsEditable:
            return False
        select_alone(self, cell)
        self.edit(cell)
        return True

    def edit_selected(self) -> None:
        """Open the login of the selected person; one that is being edited is left alone."""
        selected = self.selected_ids()
        if selected and self.state() != QAbstractItemView.State.EditingState:
            self.go_to(selected[0], At.LOGIN)
            self.edit_login()

    def menu_place(self, at: QPoint) -> QPoint:
        """Where a menu asked for there opens: by keyboard it is below the row the keyboard stands on."""
        inside = self.viewport().rect().contains(at) and not at.isNull()
        spot = at if inside else self.visualRect(self.currentIndex()).bottomLeft()
        return self.viewport().mapToGlobal(spot)

    @Slot()
    def _hold(self) -> None:
        self._held = (frozenset(self.selected_ids()), self.current_id(), max(0, self.currentIndex().column()))

    @Slot()
    def _restore(self) -> None:
        if self._held is not None:
            ids, current, column = self._held
            self._held = None
            self.select_ids(ids, current, column)
        self.selection_changed.emit()

    @Slot()
    def _hold_top(self) -> None:
        top = self.rowAt(0)
        self._top = self.table().ids[top] if top > 0 else None

    @Slot()
    def _restore_top(self) -> None:
        """Where a few have moved past it the topmost row stays; in another order altogether, the place."""
        bar = self.verticalScrollBar()
        place = self.table().position(self._top) if self._top is not None else None
        if place is not None and abs(place - bar.value()) <= LIMIT:
            bar.setValue(place)

    @Slot()
    def _selection_moved(self) -> None:
        if self._held is None:
            self.selection_changed.emit()

    # Mouse and keyboard

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        bare = QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        if index.column() == At.LOGIN and bare and self.table().flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() != At.LOGIN and index.column() not in BUTTONS:
            self.opened.emit(self.table().ids[index.row()])

    @Slot(int)
    def _header_clicked(self, section: int) -> None:
        if COLUMNS[section].sort:
            further = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.sort_asked.emit(COLUMNS[section].sort, further)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press a button, Enter opens the login, Esc lets go of a refused one."""
        if self.state() == QAbstractItemView.State.EditingState:  # the line passes on the Enter it acted on
            super().keyPressEvent(event)
            return
        if self.sharing.press(event):
            return
        index = self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        on_button = index.isValid() and index.column() in BUTTONS
        if plain and on_button and (event.key() in _ENTER or event.key() == Qt.Key.Key_Space):
            self.button_pressed.emit(self.table().ids[index.row()], index.column())
            return
        if plain and event.key() in _ENTER and self.edit_login():
            return
        if event.key() == Qt.Key.Key_Escape and index.isValid():
            if self.table().take_back(self.table().ids[index.row()]):
                return
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the button below the mouse."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if self.painter.hover(index, at, self.visualRect(index)):
            self.viewport().update()
            over = Qt.CursorShape.PointingHandCursor if self.painter.hovering else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(over)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse left: no button is lit."""
        if self.painter.hover(None):
            self.viewport().update()
        super().leaveEvent(event)

    # Looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self.sharing.set_room(event.size().width())

    def sizeHintForColumn(self, column: int) -> int:
        """What a double click on the edge makes of a column."""
        return needed(self, self.table(), At(column))

    def arrangement(self) -> Arrangement:
        """Which columns are shown, in what order, and the widths set by hand."""
        header = self.horizontalHeader()
        order = tuple(At(header.logicalIndex(place)) for place in range(len(COLUMNS)))
        hidden = frozenset(at for at in order if self.isColumnHidden(at))
        return Arrangement(order, hidden, self.sharing.by_hand)

    def arrange(self, wanted: Arrangement) -> None:
        """Show these columns in this order."""
        header = self.horizontalHeader()
        for place, at in enumerate(wanted.order):
            header.moveSection(header.visualIndex(at), place)
        with self.sharing.unheard():
            for at in wanted.order:
                self.setColumnHidden(at, at in wanted.hidden)
        self.sharing.set_by_hand(dict(wanted.widths))
        self.sharing.share_out()
        current = self.currentIndex()
        if current.isValid() and self.isColumnHidden(current.column()):  # nothing scrolls to a hidden cell
            name, stays = current.siblingAtColumn(At.NAME), QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(name, stays)

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette, font and language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self.painter.restyle(QApplication.palette())
        elif event.type() == QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
            self.sharing.share_out()
        elif event.type() == QEvent.Type.LanguageChange:
            self.table().retranslate()
            self.sharing.share_out()

    def show_sort(self, sort: Sort) -> None:
        """Put the arrows on the headings that order the list."""
        self._headings.show_sort(sort)

"""What the headings do with the mouse, in the context menu: order by a column, then by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from vfadmin.ui.persons.columns import COLUMNS, Column, spoken
from vfadmin.ui.persons.criteria import Sort

if TYPE_CHECKING:  # Qt makes a class when it is imported
    from PySide6.QtWidgets import QMenu


class SortMenus(QObject):
    """Adds two submenus to a menu; ``asked`` is emitted as `CriteriaBar.sort_by` takes it."""

    asked = Signal(str, bool)

    def add_to(self, menu: QMenu, sort: Sort) -> None:
        """Add them, with a mark at what orders the list now."""
        menu.addSeparator()
        first, second = dict(sort[:1]), dict(sort[1:])
        sortable = [column for column in COLUMNS if column.sort]
        menus = menu.addMenu(self.tr("Sort by")), menu.addMenu(self.tr("Then by"))
        self._fill(menus[0], sortable, first)
        self._fill(menus[1], [column for column in sortable if column.sort not in first], second)
        menus[0].triggered.connect(self._ask)
        menus[1].triggered.connect(self._ask_further)

    def _fill(self, menu: QMenu, columns: list[Column], now: dict[str, bool]) -> None:
        for column in columns:
            action = menu.addAction(self._words(column, now.get(column.sort)))
            action.setData(column.sort)
            action.setCheckable(True)
            action.setChecked(column.sort in now)

    def _words(self, column: Column, descending: bool | None) -> str:
        if descending is None:
            return spoken(column)
        pattern = self.tr("{column}, descending") if descending else self.tr("{column}, ascending")
        return pattern.format(column=spoken(column))

    @Slot(QAction)
    def _ask(self, action: QAction) -> None:
        self.asked.emit(str(action.data()), False)

    @Slot(QAction)
    def _ask_further(self, action: QAction) -> None:
        self.asked.emit(str(action.data()), True)

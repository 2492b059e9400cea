"""A list of texts: a heading for each column, and cells that are read out with it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_INDEX = QModelIndex()


class ToldTable(QAbstractTableModel):
    """What such lists share; a text is made when its cell is painted, for there may be thousands."""

    columns: ClassVar[type[IntEnum]]

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """A fixed number."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """The headings."""
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self.heading(section)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """One cell in one role."""
        place, column = index.row(), index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self.text(place, column)
        if role == Role.AccessibleTextRole:
            return f"{self.heading(column)}: {self.text(place, column) or self.tr('empty')}"
        return self.beside(place, column, role)

    def heading(self, column: int) -> str:
        """The heading of a column."""
        raise NotImplementedError

    def text(self, place: int, column: int) -> str:
        """What a cell says."""
        raise NotImplementedError

    def beside(self, place: int, column: int, role: int) -> object:
        """What a cell has besides its text."""
        raise NotImplementedError

    def retell(self) -> None:
        """Language or palette changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

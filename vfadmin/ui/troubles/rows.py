"""What the two tables of the screen share: rows that come anew every other second, mostly the same ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import IntEnum
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from vfadmin.ui import icons
from vfadmin.ui.persons.difference import Step, steps
from vfadmin.ui.style import shades

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_INDEX = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

R = TypeVar("R")


class RowTable(QAbstractTableModel, Generic[R]):
    """Rows under ``headers``, source texts by column; ``figures`` stand at the right of their columns."""

    headers: ClassVar[Mapping[IntEnum, str]]
    figures: ClassVar[tuple[IntEnum, ...]] = ()

    def __init__(self, name: Callable[[R], Hashable], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._rows: tuple[R, ...] = ()

    def put(self, rows: Sequence[R]) -> None:
        """These instead of what was there. Selection and place stay with the rows of the same names."""
        names = [*map(self._name, rows)]
        plan = steps([*map(self._name, self._rows)], names)
        if plan is None:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()
            return
        by_name = dict(zip(names, rows, strict=True))
        for step in plan:
            self._play(step, tuple(by_name[name] for name in step.inserted))
        self._rows = tuple(rows)
        self._tell()

    def _play(self, step: Step[Hashable], come: tuple[R, ...]) -> None:
        if come:
            self.beginInsertRows(NO_INDEX, step.first, step.last)
            self._rows = (*self._rows[: step.first], *come, *self._rows[step.first :])
            self.endInsertRows()
        else:
            self.beginRemoveRows(NO_INDEX, step.first, step.last)
            self._rows = (*self._rows[: step.first], *self._rows[step.last + 1 :])
            self.endRemoveRows()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """As many as there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """One a heading."""
        return 0 if parent.isValid() else len(self.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a column is called; figures stand below the right end of their heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole and section in self.figures:
            return RIGHT
        column = [*self.headers][section]
        return (
            QCoreApplication.translate("Troubles", self.headers[column]) if role == Role.DisplayRole else None
        )

    def retranslate(self) -> None:
        """The words are others now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.headers) - 1)
        self._tell()

    def _tell(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.headers) - 1))


def state_icon(*, stopped: bool) -> QIcon:
    """Of what waits for somebody, or of what is tried again: they differ in shape."""
    colours = shades(QApplication.palette())
    if stopped:
        return icons.icon("state-error", colours.bad, colours.on_bad)
    return icons.icon("state-delayed", colours.warn)

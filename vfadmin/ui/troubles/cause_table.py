"""The causes as a table: what is wrong, whom it stopped, who still tries, since when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

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

from vfadmin.errors.texts import explain
from vfadmin.ui import icons
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.style import shades
from vfadmin.ui.texts import absolute, number, relative
from vfadmin.ui.translations import current

if TYPE_CHECKING:
    from vfadmin.services.troubles import Cause

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NONE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns from left to right."""

    CAUSE = 0
    STOPPED = 1
    DELAYED = 2
    SINCE = 3


_FIGURES = (Column.STOPPED, Column.DELAYED)
HEADERS = {
    Column.CAUSE: QT_TRANSLATE_NOOP("Troubles", "Cause"),
    Column.STOPPED: QT_TRANSLATE_NOOP("Troubles", "Stopped"),
    Column.DELAYED: QT_TRANSLATE_NOOP("Troubles", "Trying again"),
    Column.SINCE: QT_TRANSLATE_NOOP("Troubles", "Since"),
}


class CauseTable(QAbstractTableModel):
    """A row for each cause."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._causes: tuple[Cause, ...] = ()

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes in their order."""
        return self._causes

    def put(self, causes: Sequence[Cause]) -> None:
        """These instead of what was there. What only changed its figures keeps selection and place."""
        same = [one.code for one in causes] == [one.code for one in self._causes]
        if not same:
            self.beginResetModel()
        self._causes = tuple(causes)
        if not same:
            self.endResetModel()
        elif causes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(causes) - 1, len(Column) - 1))

    def row_of(self, code: str | None) -> int | None:
        """Where that cause stands."""
        return next((row for row, one in enumerate(self._causes) if one.code == code), None)

    def rowCount(self, parent: Index = _NONE) -> int:
        """One a cause."""
        return 0 if parent.isValid() else len(self._causes)

    def columnCount(self, parent: Index = _NONE) -> int:
        """As `Column` has it."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell says; a shape tells those that wait for somebody from those that try again."""
        if not index.isValid():
            return None
        cause, column = self._causes[index.row()], Column(index.column())
        if role == Role.DisplayRole or (role == Role.ToolTipRole and column is Column.CAUSE):
            return self._text(cause, column)
        if role == Role.DecorationRole and column is Column.CAUSE:
            return _icon(cause)
        if role == Role.TextAlignmentRole and column in _FIGURES:
            return _RIGHT
        return absolute(cause.since) if role == Role.ToolTipRole and column is Column.SINCE else None

    def _text(self, cause: Cause, column: Column) -> str:
        match column:
            case Column.CAUSE:
                message = explain(cause.code, lang=current()).message.rstrip(".")
                words = QCoreApplication.translate("Troubles", "{message} · {code}")
                return words.format(message=message, code=cause.code)
            case Column.STOPPED:
                return number(cause.stopped) if cause.stopped else ""
            case Column.DELAYED:
                return number(cause.delayed) if cause.delayed else ""
            case Column.SINCE:
                return relative(cause.since, self._clock())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a column is called; figures stand below the right end of their heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Role.TextAlignmentRole and column in _FIGURES:
            return _RIGHT
        return QCoreApplication.translate("Troubles", HEADERS[column]) if role == Role.DisplayRole else None

    def retranslate(self) -> None:
        """The words are others now, or time went by."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._causes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._causes) - 1, len(Column) - 1))


def _icon(cause: Cause) -> QIcon:
    """A cause that waits for somebody, or one that is tried again."""
    colours = shades(QApplication.palette())
    if cause.stopped:
        return icons.icon("state-error", colours.bad, colours.on_bad)
    return icons.icon("state-delayed", colours.warn)

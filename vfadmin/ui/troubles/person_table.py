"""Whom a cause concerns, as a table that is as long as the trouble is."""

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
from PySide6.QtWidgets import QApplication

from vfadmin.ui import icons
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.style import shades
from vfadmin.ui.texts import absolute, explain_failure, relative, until

if TYPE_CHECKING:
    from vfadmin.services.troubles import Sufferer

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NONE = QModelIndex()


class Column(IntEnum):
    """The columns from left to right."""

    NAME = 0
    COMPANY = 1
    LOGIN = 2
    SINCE = 3
    NEXT = 4
    SUCCESS = 5
    WHAT = 6


HEADERS = {
    Column.NAME: QT_TRANSLATE_NOOP("Troubles", "Name"),
    Column.COMPANY: QT_TRANSLATE_NOOP("Troubles", "Company"),
    Column.LOGIN: QT_TRANSLATE_NOOP("Troubles", "Login"),
    Column.SINCE: QT_TRANSLATE_NOOP("Troubles", "Since"),
    Column.NEXT: QT_TRANSLATE_NOOP("Troubles", "Next try"),
    Column.SUCCESS: QT_TRANSLATE_NOOP("Troubles", "Last success"),
    Column.WHAT: QT_TRANSLATE_NOOP("Troubles", "What is wrong"),
}


class PersonTable(QAbstractTableModel):
    """A row for each person."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._persons: tuple[Sufferer, ...] = ()

    @property
    def persons(self) -> tuple[Sufferer, ...]:
        """The persons in their order."""
        return self._persons

    def put(self, persons: Sequence[Sufferer]) -> None:
        """These instead of what was there. Where they are the same persons, selection and place stay."""
        same = [one.id for one in persons] == [one.id for one in self._persons]
        if not same:
            self.beginResetModel()
        self._persons = tuple(persons)
        if not same:
            self.endResetModel()
        else:
            self.retranslate()

    def rowCount(self, parent: Index = _NONE) -> int:
        """One a person."""
        return 0 if parent.isValid() else len(self._persons)

    def columnCount(self, parent: Index = _NONE) -> int:
        """As `Column` has it."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell says; the shape beside the name tells who is stopped from who tries again."""
        if not index.isValid():
            return None
        person, column = self._persons[index.row()], Column(index.column())
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(person, column)
        if role == Role.DecorationRole and column is Column.NAME:
            colours = shades(QApplication.palette())
            if person.stopped:
                return icons.icon("state-error", colours.bad, colours.on_bad)
            return icons.icon("state-delayed", colours.warn)
        if role == Role.AccessibleTextRole and column is Column.NAME:
            return f"{person.name}, {_state(person)}"
        return None

    def _text(self, person: Sufferer, column: Column) -> str:
        now, error = self._clock(), person.error
        texts: dict[Column, Callable[[], str]] = {
            Column.NAME: lambda: person.name,
            Column.COMPANY: lambda: person.company,
            Column.LOGIN: lambda: person.login,
            Column.SINCE: lambda: "" if error.since is None else relative(error.since, now),
            Column.NEXT: lambda: _state(person) if person.next_try is None else until(person.next_try, now),
            Column.SUCCESS: lambda: _never() if person.last_synced is None else absolute(person.last_synced),
            Column.WHAT: lambda: explain_failure(error).message,
        }
        return texts[column]()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a column is called."""
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return QCoreApplication.translate("Troubles", HEADERS[Column(section)])
        return None

    def retranslate(self) -> None:
        """The words are others now, or time went by."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._persons:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._persons) - 1, len(Column) - 1))


def _state(person: Sufferer) -> str:
    """What is to come of him, in two words."""
    if person.stopped:
        return QCoreApplication.translate("Troubles", "Waits for you")
    if person.waits_for:
        words = QCoreApplication.translate("Troubles", "Waits for the connection {name}")
        return words.format(name=person.waits_for)
    return QCoreApplication.translate("Troubles", "Tries again by itself")


def _never() -> str:
    return QCoreApplication.translate("Troubles", "never")

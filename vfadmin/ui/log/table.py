"""The entries of the log that are shown, as a table that grows at its end."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QApplication

from vfadmin.logtail import Entry
from vfadmin.ui import icons
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.style import shades

MOST = 5000
"""So many entries are kept, the newest."""
Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()

RANKS = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "ERROR": 40, "CRITICAL": 50}
_WORDS = {
    "DEBUG": QT_TRANSLATE_NOOP("Log", "Debug"),
    "INFO": QT_TRANSLATE_NOOP("Log", "Info"),
    "WARNING": QT_TRANSLATE_NOOP("Log", "Warning"),
    "ERROR": QT_TRANSLATE_NOOP("Log", "Error"),
    "CRITICAL": QT_TRANSLATE_NOOP("Log", "Critical"),
}
_LOOKS = {
    "DEBUG": ("state-unused", "muted"),
    "INFO": ("info", "muted"),
    "WARNING": ("warning", "warn"),
    "ERROR": ("state-error", "bad"),
    "CRITICAL": ("state-error", "bad"),
}


class Column(IntEnum):
    """The columns from left to right."""

    TIME = 0
    LEVEL = 1
    TEXT = 2
    SOURCE = 3


_HEADERS = {
    Column.TIME: QT_TRANSLATE_NOOP("Log", "Time"),
    Column.LEVEL: QT_TRANSLATE_NOOP("Log", "Level"),
    Column.TEXT: QT_TRANSLATE_NOOP("Log", "Message"),
    Column.SOURCE: QT_TRANSLATE_NOOP("Log", "Part of the program"),
}


class LogTable(QAbstractTableModel):
    """Keeps the newest entries and shows those that are wanted, the newest at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Entry] = []
        self._shown: list[Entry] = []
        self._rank, self._text = 0, ""

    @property
    def total(self) -> int:
        """How many entries there are, shown or not."""
        return len(self._all)

    @property
    def last(self) -> Entry | None:
        """The newest entry, shown or not."""
        return self._all[-1] if self._all else None

    def entry(self, row: int) -> Entry:
        """The entry that is shown in this row."""
        return self._shown[row]

    def want(self, rank: int, text: str) -> None:
        """Show entries from this rank up that hold the text, in whatever case."""
        self._rank, self._text = rank, text.casefold()
        self._show_anew()

    def put(self, entries: Sequence[Entry]) -> None:
        """These instead of all that was there."""
        self._all = list(entries[-MOST:])
        self._show_anew()

    def add(self, entries: Sequence[Entry]) -> None:
        """These after what is there. The first takes the place of the last one, which may have grown."""
        if self._all:
            former = self._all.pop()
            if self._shown and self._shown[-1] is former and entries[0] is not former:
                row = len(self._shown) - 1
                self.beginRemoveRows(_NONE, row, row)
                self._shown.pop()
                self.endRemoveRows()
            elif self._shown and self._shown[-1] is former:
                self._all.append(former)
                entries = entries[1:]
        self._all.extend(entries)
        wanted = [entry for entry in entries if self._wants(entry)]
        if wanted:
            first = len(self._shown)
            self.beginInsertRows(_NONE, first, first + len(wanted) - 1)
            self._shown.extend(wanted)
            self.endInsertRows()
        self._forget_oldest()

    def _forget_oldest(self) -> None:
        gone = self._all[: max(0, len(self._all) - MOST)]
        if not gone:
            return
        del self._all[: len(gone)]
        rows = sum(self._wants(entry) for entry in gone)
        if rows:
            self.beginRemoveRows(_NONE, 0, rows - 1)
            del self._shown[:rows]
            self.endRemoveRows()

    def _show_anew(self) -> None:
        self.beginResetModel()
        self._shown = [entry for entry in self._all if self._wants(entry)]
        self.endResetModel()

    def _wants(self, entry: Entry) -> bool:
        return RANKS.get(entry.level, 0) >= self._rank and self._text in entry.whole.casefold()

    def rowCount(self, parent: Index = _NONE) -> int:
        """The entries that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NONE) -> int:
        """As `Column` has it."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell says; the level has a shape as well as a word."""
        if not index.isValid():
            return None
        entry = self._shown[index.row()]
        if (
            role == Qt.ItemDataRole.DecorationRole
            and index.column() == Column.LEVEL
            and entry.level in _LOOKS
        ):
            icon, tone = _LOOKS[entry.level]
            return icons.icon(icon, getattr(shades(QApplication.palette()), tone))
        return _cell(entry, Column(index.column())) if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """What a column is called."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("Log", _HEADERS[Column(section)])
        return None

    def retranslate(self) -> None:
        """The words are others now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(Column) - 1))


def level_word(level: str) -> str:
    """The reader's word for a level; one that is not ours stays as it is."""
    return QCoreApplication.translate("Log", _WORDS[level]) if level in _WORDS else level


def _cell(entry: Entry, column: Column) -> str:
    match column:
        case Column.TIME:
            return entry.time
        case Column.LEVEL:
            return level_word(entry.level)
        case Column.TEXT:
            return entry.first
        case Column.SOURCE:
            return entry.source.removeprefix("vfadmin.")

"""A list of persons of whom some can be marked, each with figures and how it stands, and their sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from vfadmin.errors import Failure
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.widgets import whole

if TYPE_CHECKING:
    from vfadmin.services.rows import ErrorInfo, PersonRow

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_INDEX = QModelIndex()
WHO = 0

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TickLine:
    """One person of the list. ``failure`` is what keeps him from being marked."""

    row: PersonRow
    failure: Failure | None = None
    ticked: bool = False

    @property
    def ready(self) -> bool:
        """Whether he can be marked."""
        return False

    @property
    def trouble(self) -> Failure | ErrorInfo | None:
        """What is wrong with him."""
        return self.failure

    def figure(self, _column: int) -> int | None:
        """The number of that column; None where there is none."""
        return None


L = TypeVar("L", bound=TickLine)


class TickTable(QAbstractTableModel, Generic[L]):
    """The lines, and below several of them their sum. ``ticks_changed`` says that others are marked.

    Who is in the first column, how it stands in the last.
    """

    ticks_changed = Signal()
    columns: ClassVar[type[IntEnum]]
    figures: ClassVar[tuple[int, ...]]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[L] = []

    # What a list of this kind says

    def standing(self, line: L) -> str:
        """How it stands with the person, in a few words."""
        raise NotImplementedError

    def heading(self, column: int) -> str:
        """The heading of a column."""
        raise NotImplementedError

    def counts(self, column: int) -> str:
        """What a column counts."""
        raise NotImplementedError

    def mark(self, line: L) -> object:
        """The icon before how it stands."""
        raise NotImplementedError

    # The lines

    @property
    def lines(self) -> Sequence[L]:
        """The persons in their order."""
        return self._lines

    def set_lines(self, lines: Iterable[L]) -> None:
        """Begin with these."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()
        self.ticks_changed.emit()

    def put(self, lines: Iterable[L]) -> None:
        """Put these in the place of those of the same persons."""
        fresh = {line.row.id: line for line in lines}
        self._lines = [fresh.get(line.row.id, line) for line in self._lines]
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self.ticks_changed.emit()

    def ticked(self) -> list[int]:
        """Who is marked."""
        return [line.row.id for line in self._lines if line.ticked and line.ready]

    def tick(self, wanted: Iterable[int] | None, *, on: bool) -> None:
        """Mark these persons, or all, as far as they can be; or take the marks away."""
        some = None if wanted is None else set(wanted)
        self.put(
            replace(line, ticked=on)
            for line in self._lines
            if line.ready and (some is None or line.row.id in some)
        )

    def line_at(self, place: int | None) -> L | None:
        """The person in that row; None in the row of the sum."""
        return self._lines[place] if place is not None and 0 <= place < len(self._lines) else None

    def total(self, column: int) -> int:
        """The sum of a column."""
        return sum(line.figure(column) or 0 for line in self._lines)

    def explain(self, line: L) -> str:
        """How it stands in full: what is wrong and what to do."""
        trouble = line.trouble
        if trouble is None:
            return self.standing(line)
        text = explain_failure(trouble)
        return f"{text.message}\n{text.remedy} ({whole(trouble.code)})"

    # The model

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The persons, and the sum of several."""
        count = len(self._lines)
        return 0 if parent.isValid() else count + (count > 1)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Who, the figures, how it stands."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Who is ready can be marked."""
        found = super().flags(index)
        line = self.line_at(index.row())
        if line is not None and line.ready and index.column() == WHO:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: ANN401 - Qt's own
        """A mark was set or taken away."""
        line = self.line_at(index.row())
        if role != Role.CheckStateRole or line is None or not line.ready:
            return False
        self.put([replace(line, ticked=Qt.CheckState(value) is Qt.CheckState.Checked)])
        return True

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """One cell in one role."""
        column, line = index.column(), self.line_at(index.row())
        if role == Role.DisplayRole:
            return self._text(line, column)
        if role == Role.AccessibleTextRole:
            return f"{self.heading(column)}: {self._text(line, column) or self.tr('empty')}"
        if role == Role.TextAlignmentRole and column in self.figures:
            return int(_RIGHT)
        if line is None:
            return _bold(QApplication.font()) if role == Role.FontRole else None
        return self._beside(line, column, role)

    def _beside(self, line: L, column: int, role: int) -> object:
        """What a person's cell has besides its text."""
        if role == Role.CheckStateRole and column == WHO and line.ready:
            return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
        if role == Role.DecorationRole and column == len(self.columns) - 1:
            return self.mark(line)
        if role == Role.ToolTipRole:
            return self.explain(line) if column == len(self.columns) - 1 else self._text(line, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """The headings, each with what it counts."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.heading(section)
        if role == Role.ToolTipRole:
            return self.counts(section)
        if role == Role.TextAlignmentRole and section in self.figures:
            return int(_RIGHT)
        return None

    def _text(self, line: L | None, column: int) -> str:
        if line is None:
            if column == WHO:
                return self.tr("Total")
            return number(self.total(column)) if column in self.figures else ""
        if column == WHO:
            return line.row.name
        if column == len(self.columns) - 1:
            return self.standing(line)
        figure = line.figure(column)
        return "" if figure is None else number(figure)


def _bold(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy

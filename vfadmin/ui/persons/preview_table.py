"""What a first cycle would do, person by person and in sum (R29), and how those stand who were activated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.style import shades
from vfadmin.ui.texts import absolute, explain_failure, number
from vfadmin.ui.widgets import whole

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.synchronise import DryRun

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_INDEX = QModelIndex()
FEW = 5
"""So many are marked to begin with: a rollout goes on when the first ones are green (R29)."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """Where a column stands."""

    WHO = 0
    MATCHED = 1
    TO_VALUEFRAME = 2
    TO_EXCHANGE = 3
    CHANGED = 4
    DELETED = 5
    HOW = 6


class Stage(StrEnum):
    """How far the reading of a person's calendars is."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the preview. ``before`` is the last success there was when he was ``activated`` here."""

    row: PersonRow
    stage: Stage = Stage.WAITING
    plan: DryRun | None = None
    failure: Failure | None = None
    ticked: bool = False
    activated: bool = False
    before: datetime | None = None

    @property
    def ready(self) -> bool:
        """Whether he can be activated: both calendars were read and nothing speaks against it."""
        return self.plan is not None and self.failure is None and self.row.state in ("unused", "passive")

    @property
    def green(self) -> bool:
        """Whether the first synchronisation after the activation has gone well; a resource has none."""
        done = self.row.kind == "resource" or self.row.last_synced not in (None, self.before)
        return self.row.state == "active" and not self.row.delayed and (done or not self.activated)

    @property
    def pending(self) -> bool:
        """Whether he was activated here and the outcome is still to come."""
        return self.activated and self.row.state == "active" and not self.green

    def figure(self, column: Column) -> int | None:
        """The number of that column; None where there is none."""
        plan = self.plan
        if plan is None:
            return None
        return {
            Column.MATCHED: plan.matched if plan.first else None,
            Column.TO_VALUEFRAME: plan.count("create", "valueframe"),
            Column.TO_EXCHANGE: plan.count("create", "exchange"),
            Column.CHANGED: plan.count("update", "valueframe") + plan.count("update", "exchange"),
            Column.DELETED: plan.count("delete", "valueframe") + plan.count("delete", "exchange"),
        }.get(column)


FIGURES = (Column.MATCHED, Column.TO_VALUEFRAME, Column.TO_EXCHANGE, Column.CHANGED, Column.DELETED)


class PreviewTable(QAbstractTableModel):
    """The lines, and below several of them their sum. ``ticks_changed`` says that others are marked."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    @property
    def lines(self) -> Sequence[Line]:
        """The persons in their order."""
        return self._lines

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Begin with these."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()
        self.ticks_changed.emit()

    def put(self, lines: Iterable[Line]) -> None:
        """Put these in the place of those of the same persons."""
        fresh = {line.row.id: line for line in lines}
        self._lines = [fresh.get(line.row.id, line) for line in self._lines]
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, Column.HOW))
        self.ticks_changed.emit()

    def ticked(self) -> list[int]:
        """Whom to activate."""
        return [line.row.id for line in self._lines if line.ticked and line.ready]

    def tick(self, wanted: Iterable[int] | None, *, on: bool) -> None:
        """Mark these persons, or all, as far as they can be activated; or take the marks away."""
        some = None if wanted is None else set(wanted)
        self.put(
            replace(line, ticked=on)
            for line in self._lines
            if line.ready and (some is None or line.row.id in some)
        )

    def line_at(self, place: int | None) -> Line | None:
        """The person in that row; None in the row of the sum."""
        return self._lines[place] if place is not None and 0 <= place < len(self._lines) else None

    def total(self, column: Column) -> int:
        """The sum of a column."""
        return sum(line.figure(column) or 0 for line in self._lines)

    # The model

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The persons, and the sum of several."""
        count = len(self._lines)
        return 0 if parent.isValid() else count + (count > 1)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Who, the figures, how it stands."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Who can be activated can be marked."""
        found = super().flags(index)
        line = self.line_at(index.row())
        if line is not None and line.ready and index.column() == Column.WHO:
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
        column, line = Column(index.column()), self.line_at(index.row())
        if role == Role.DisplayRole:
            return self._text(line, column)
        if role == Role.AccessibleTextRole:
            return f"{self._heading(column)}: {self._text(line, column) or self.tr('empty')}"
        if role == Role.TextAlignmentRole and column in FIGURES:
            return int(_RIGHT)
        if line is None:
            return _bold(QApplication.font()) if role == Role.FontRole else None
        return self._beside(line, column, role)

    def _beside(self, line: Line, column: Column, role: int) -> object:
        """What a person's cell has besides its text."""
        if role == Role.CheckStateRole and column is Column.WHO and line.ready:
            return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
        if role == Role.DecorationRole and column is Column.HOW:
            return _mark(line)
        if role == Role.ToolTipRole:
            return self.explain(line) if column is Column.HOW else self._text(line, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """The headings, each with what it counts."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Role.DisplayRole:
            return self._heading(column)
        if role == Role.ToolTipRole:
            return self._counts(column)
        if role == Role.TextAlignmentRole and column in FIGURES:
            return int(_RIGHT)
        return None

    # Words

    def _text(self, line: Line | None, column: Column) -> str:
        if line is None:
            if column is Column.WHO:
                return self.tr("Total")
            return number(self.total(column)) if column in FIGURES else ""
        if column is Column.WHO:
            return line.row.name
        if column is Column.HOW:
            return self.standing(line)
        figure = line.figure(column)
        return "" if figure is None else number(figure)

    def standing(self, line: Line) -> str:
        """How it stands with the person, in a few words."""
        trouble = line.row.error if line.row.state == "error" else line.failure
        if trouble is not None:
            return explain_failure(trouble).message
        if line.row.state == "active":
            return self._at_work(line)
        return {
            Stage.WAITING: self.tr("Waits for its turn"),
            Stage.READING: self.tr("Reading both calendars…"),
            Stage.READ: self.tr("Can be activated"),
            Stage.UNREAD: self.tr("Not read"),
        }[line.stage]

    def _at_work(self, line: Line) -> str:
        if line.row.delayed:
            return self.tr("Active, delayed: trying again by itself")
        if line.pending:
            return self.tr("Activated, waits for its first synchronisation")
        if line.row.last_synced is None:
            return self.tr("Active")
        return self.tr("Active, synchronised {time}").format(time=absolute(line.row.last_synced))

    def explain(self, line: Line) -> str:
        """The same in full: what is wrong and what to do."""
        trouble = line.row.error if line.row.state == "error" else line.failure
        if trouble is None:
            return self.standing(line)
        text = explain_failure(trouble)
        return f"{text.message}\n{text.remedy} ({whole(trouble.code)})"

    def _heading(self, column: Column) -> str:
        return {
            Column.WHO: self.tr("Person"),
            Column.MATCHED: self.tr("On both sides"),
            Column.TO_VALUEFRAME: self.tr("To ValueFrame"),
            Column.TO_EXCHANGE: self.tr("To Exchange"),
            Column.CHANGED: self.tr("Changed"),
            Column.DELETED: self.tr("Deleted"),
            Column.HOW: self.tr("Standing"),
        }[column]

    def _counts(self, column: Column) -> str:
        return {
            Column.WHO: self.tr("Marked persons are activated. Space marks the selected rows."),
            Column.MATCHED: self.tr(
                "Events that are in both calendars already; they are joined, not copied."
            ),
            Column.TO_VALUEFRAME: self.tr("Events that would be created in ValueFrame."),
            Column.TO_EXCHANGE: self.tr("Events that would be created in Exchange."),
            Column.CHANGED: self.tr("Events in which a detail would be changed on either side."),
            Column.DELETED: self.tr("Events that would be deleted on either side."),
            Column.HOW: self.tr("What was found, and how those stand who were activated."),
        }[column]


def _bold(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy


def _mark(line: Line) -> object:
    colours = shades(QApplication.palette())
    if line.row.state == "error" or line.failure is not None:
        return icons.icon("state-error", colours.bad, colours.on_bad)
    if line.row.state == "active":
        name, colour = ("state-active", colours.good) if line.green else ("state-delayed", colours.warn)
        return icons.icon(name, colour, colours.on_good)
    if line.ready:
        return icons.icon("check", colours.good)
    return None

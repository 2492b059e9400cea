"""The events of a run that is to be undone: what the run did to each, and what the undo does about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from vfadmin.ui import icons
from vfadmin.ui.persons import run_words, undo_words
from vfadmin.ui.persons.told_table import NO_INDEX, Index, ToldTable
from vfadmin.ui.style import shades

if TYPE_CHECKING:
    from vfadmin.services.history import OperationRow
    from vfadmin.services.synchronise import UndoneEvent

UNDONE, ALREADY, LEFT = "undone", "already", "left"


class Column(IntEnum):
    """Where a column stands."""

    EVENT = 0
    DID = 1
    BECOMES = 2
    WHY = 3


class Stage(StrEnum):
    """How far it is with an event."""

    FORETOLD = "foretold"
    WAITING = "waiting"
    DONE = "done"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class UndoLine:
    """One event; ``operations`` are what the run did to it."""

    told: UndoneEvent
    operations: tuple[OperationRow, ...]
    stage: Stage = Stage.FORETOLD

    @property
    def guarded(self) -> bool:
        """Whether it stays only because there are too many deletions."""
        return self.told.outcome == LEFT and self.told.why == undo_words.GUARD


class UndoTable(ToldTable):
    """Its lines in the order of the undo."""

    columns = Column

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[UndoLine] = []

    def show_lines(self, lines: Iterable[UndoLine]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def begin(self) -> None:
        """All of them wait for their turn."""
        self.lines = [replace(line, stage=Stage.WAITING) for line in self.lines]
        self.retell()

    def tell(self, told: Sequence[UndoneEvent]) -> None:
        """That became of these."""
        by_operations = {one.operations: one for one in told}
        self.lines = [
            replace(line, told=by_operations[line.told.operations], stage=Stage.DONE)
            if line.told.operations in by_operations
            else line
            for line in self.lines
        ]
        self.retell()

    def end(self) -> None:
        """What waits is not reached any more."""
        self.lines = [
            replace(line, stage=Stage.UNREACHED) if line.stage is Stage.WAITING else line
            for line in self.lines
        ]
        self.retell()

    def count(self, outcome: str) -> int:
        """How many events have that outcome."""
        return sum(line.told.outcome == outcome for line in self.lines)

    @property
    def guarded(self) -> int:
        """How many stay only because there are too many deletions."""
        return sum(line.guarded for line in self.lines)

    def line_at(self, place: int | None) -> UndoLine | None:
        """The line of that row."""
        return self.lines[place] if place is not None and place < len(self.lines) else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The events."""
        return 0 if parent.isValid() else len(self.lines)

    def text(self, place: int, column: int) -> str:
        """What a cell says."""
        line = self.lines[place]
        match column:
            case Column.EVENT:
                return run_words.event(line.operations[-1]) if line.operations else ""
            case Column.DID:
                return ", ".join(dict.fromkeys(run_words.done(one) for one in line.operations))
            case Column.BECOMES:
                return self._becomes(line)
            case _:
                reached = line.stage in (Stage.FORETOLD, Stage.DONE)
                return undo_words.why(line.told.why) if line.told.why and reached else ""

    def _becomes(self, line: UndoLine) -> str:
        if line.stage is Stage.WAITING:
            return self.tr("Waits for its turn")
        if line.stage is Stage.UNREACHED:
            return self.tr("Not reached: stays as it is")
        done = line.stage is Stage.DONE
        return undo_words.what_became(line.operations, line.told.outcome, done=done)

    def beside(self, place: int, column: int, role: int) -> object:
        """A shape for what becomes of it, besides the words."""
        if column != Column.BECOMES or role != Qt.ItemDataRole.DecorationRole:
            return None
        line, colours = self.lines[place], shades(QApplication.palette())
        if line.stage in (Stage.WAITING, Stage.UNREACHED):
            return icons.icon("sync" if line.stage is Stage.WAITING else "warning", colours.muted)
        if line.told.outcome == LEFT:
            return icons.icon("warning", colours.warn)
        return icons.icon("check", colours.good)

    def heading(self, column: int) -> str:
        """The heading of a column."""
        told: dict[int, str] = {
            Column.EVENT: self.tr("Event"),
            Column.DID: self.tr("What the run did"),
            Column.BECOMES: self.tr("What becomes of it"),
            Column.WHY: self.tr("Why"),
        }
        return told[column]

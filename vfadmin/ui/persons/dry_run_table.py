"""What the next synchronisation would do: with each person in figures, with one of them by the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.persons import compare_words, event_words, run_words
from vfadmin.ui.persons.preview_table import Line, PreviewTable, Stage
from vfadmin.ui.persons.tick_table import TickLine
from vfadmin.ui.persons.told_table import NO_INDEX, Index, ToldTable
from vfadmin.ui.style import shades
from vfadmin.ui.texts import absolute, explain_failure

if TYPE_CHECKING:
    from vfadmin.services.rows import ErrorInfo
    from vfadmin.services.synchronise import PlannedOperation

_WRITES = ("create", "update", "delete")


@dataclass(frozen=True, slots=True)
class DryLine(Line):
    """One person. Nobody is marked here: nothing is done from this list."""

    @property
    def ready(self) -> bool:
        """Never: there is nothing to mark anybody for."""
        return False

    @property
    def trouble(self) -> Failure | ErrorInfo | None:
        """What kept the calendars from being read."""
        return self.failure


class DryRunTable(PreviewTable):
    """The persons, each with how many events would be written where."""

    def standing(self, line: TickLine) -> str:
        """What would come of a sync, in a few words."""
        assert isinstance(line, DryLine)  # noqa: S101 - no others are in this list
        if line.failure is not None:
            return explain_failure(line.failure).message
        if line.stage is not Stage.READ or line.plan is None:
            return super().standing(line)
        if line.row.state == "error":
            return self.tr("Stopped on an error: this is what happens once it is resumed")
        if line.row.state != "active":
            return self.tr("Not at work: this is what happens once it is activated")
        count = len(line.plan.operations)
        return self.tr("%n operation(s)", "", count) if count else self.tr("Nothing to do")

    def counts(self, column: int) -> str:
        """What a column counts; nobody is marked here."""
        return self.heading(column) if column == 0 else super().counts(column)

    def mark(self, line: TickLine) -> object:
        """Whether it was read."""
        assert isinstance(line, DryLine)  # noqa: S101 - as said above
        colours = shades(QApplication.palette())
        if line.failure is not None:
            return icons.icon("state-error", colours.bad, colours.on_bad)
        return icons.icon("check", colours.good) if line.plan is not None else None


class OperationColumn(IntEnum):
    """Where a column stands."""

    EVENT = 0
    WHEN = 1
    WHAT = 2
    WHY = 3


class OperationTable(ToldTable):
    """What would be done to one person's events, in the order of the sync."""

    columns = OperationColumn

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations: Sequence[PlannedOperation] = ()

    def show_operations(self, operations: Sequence[PlannedOperation]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._operations = operations
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The operations."""
        return 0 if parent.isValid() else len(self._operations)

    def text(self, place: int, column: int) -> str:
        """What a cell says."""
        one = self._operations[place]
        match column:
            case OperationColumn.EVENT:
                private = event_words.field_name("private")
                return private if one.private else one.title or self.tr("(no title)")
            case OperationColumn.WHEN:
                return "" if one.start is None else absolute(one.start)
            case OperationColumn.WHAT:
                if one.operation in _WRITES:
                    return compare_words.write_word(one.operation, one.side, one.fields)
                return self.tr("Left as it is")
            case _:
                return run_words.reason_word(one.reason) if one.reason else ""

    def beside(self, place: int, column: int, role: int) -> object:
        """Nothing."""
        del place, column, role
        return None

    def heading(self, column: int) -> str:
        """The heading of a column."""
        told: dict[int, str] = {
            OperationColumn.EVENT: self.tr("Event"),
            OperationColumn.WHEN: self.tr("Starts"),
            OperationColumn.WHAT: self.tr("What would be done"),
            OperationColumn.WHY: self.tr("Why"),
        }
        return told[column]

"""A person's events of some days, as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vfadmin.ui.persons.event_words import hidden_title, span
from vfadmin.ui.persons.rule_words import RuleWords

if TYPE_CHECKING:
    from vfadmin.services.events import EventRow

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_INDEX = QModelIndex()


class Column(IntEnum):
    """Where a column stands."""

    WHEN = 0
    TITLE = 1
    LOCATION = 2
    NOTE = 3


class EventTable(QAbstractTableModel):
    """The events in the order of their start. Of private ones the time is told and no more (R31)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[EventRow, ...] = ()
        self._names: Mapping[int, str] = {}
        self._person = 0
        self.rules = RuleWords(self)

    def show_rows(self, person_id: int, rows: Sequence[EventRow], names: Mapping[int, str]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._person, self._rows, self._names = person_id, tuple(rows), names
        self.endResetModel()

    def row_at(self, place: int | None) -> EventRow | None:
        """The event in that row."""
        return self._rows[place] if place is not None and 0 <= place < len(self._rows) else None

    def place_of(self, event_id: int | None) -> int | None:
        """The row of an event, if it is shown."""
        return next((place for place, row in enumerate(self._rows) if row.id == event_id), None)

    def name_of(self, person_id: int) -> str:
        """A person's name, or the number of one who is gone."""
        return self._names.get(person_id, str(person_id))

    def retell(self) -> None:
        """The language changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, Column.NOTE)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, Column.NOTE))

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The events."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """When, what, where, and what is special."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """One cell in one role."""
        row, column = self.row_at(index.row()), Column(index.column())
        if row is None:
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(row, column)
        if role == Role.AccessibleTextRole:
            return f"{self._heading(column)}: {self._text(row, column) or self.tr('empty')}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """The headings."""
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._heading(Column(section))
        return None

    def _text(self, row: EventRow, column: Column) -> str:
        return {
            Column.WHEN: self._when(row),
            Column.TITLE: hidden_title(row) or row.title or self.tr("(no title)"),
            Column.LOCATION: row.location,
            Column.NOTE: ", ".join(self.notes(row)),
        }[column]

    def _when(self, row: EventRow) -> str:
        """Of a series the first time, which may be long ago."""
        return span(row) if row.recurrence is None else self.tr("from {time}").format(time=span(row))

    def notes(self, row: EventRow) -> list[str]:
        """What is special about the event."""
        notes = []
        if row.recurrence is not None:
            notes.append(self.rules.tell(str(row.recurrence["rrule"]), row.timezone))
        if row.owner != self._person:
            notes.append(self.tr("owner {name}").format(name=self.name_of(row.owner)))
        if row.participants:
            notes.append(self.tr("%n linked", "", len(row.participants)))
        if not row.acknowledged:
            notes.append(self.tr("not acknowledged"))
        return notes

    def _heading(self, column: Column) -> str:
        return {
            Column.WHEN: self.tr("Time"),
            Column.TITLE: self.tr("Title"),
            Column.LOCATION: self.tr("Location"),
            Column.NOTE: self.tr("Note"),
        }[column]

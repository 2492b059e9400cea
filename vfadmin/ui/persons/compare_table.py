"""Both calendars of a person as one list, and one event of it field by field."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from vfadmin.ui import icons
from vfadmin.ui.persons import compare_words as words
from vfadmin.ui.persons.event_words import field_name
from vfadmin.ui.persons.told_table import NO_INDEX, Index, Role, ToldTable
from vfadmin.ui.style import shades

if TYPE_CHECKING:
    from vfadmin.services.comparison import ComparedRow


class Column(IntEnum):
    """Where a column stands."""

    MARK = 0
    WHEN = 1
    VALUEFRAME = 2
    EXCHANGE = 3
    RESOLUTION = 4


class CompareTable(ToldTable):
    """The events of both calendars by their start, as far as the filters let them through."""

    columns = Column

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[ComparedRow] = ()
        self._searched: Sequence[str] = ()
        self._rows: list[ComparedRow] = []
        self._group, self._needle = "", ""

    @property
    def rows(self) -> Sequence[ComparedRow]:
        """Those that are shown."""
        return self._rows

    def show_rows(self, rows: Sequence[ComparedRow], searched: Sequence[str]) -> None:
        """Show these instead; ``searched`` is of each what a text filter looks into."""
        self._all, self._searched = rows, searched
        self._narrow()

    def narrow(self, group: str, needle: str) -> None:
        """Show one group only, or with an empty name all, and only what has the text in it."""
        self._group, self._needle = group, needle.strip().casefold()
        self._narrow()

    def _narrow(self) -> None:
        self.beginResetModel()
        self._rows = [
            row
            for row, text in zip(self._all, self._searched, strict=True)
            if (not self._group or row.group == self._group) and self._needle in text
        ]
        self.endResetModel()

    def row_at(self, place: int | None) -> ComparedRow | None:
        """The event in that row."""
        return self._rows[place] if place is not None and 0 <= place < len(self._rows) else None

    def place_of(self, row: ComparedRow | None) -> int | None:
        """Where an event is shown that may have been read anew."""
        if row is None:
            return None
        return next((place for place, one in enumerate(self._rows) if _alike(one, row)), None)

    @staticmethod
    def line(row: ComparedRow) -> str:
        """An event as text, with tabs between its cells."""
        return "\t".join(CompareTable._cell(row, column).replace("\t", " ") for column in Column)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The events."""
        return 0 if parent.isValid() else len(self._rows)

    def text(self, place: int, column: int) -> str:
        """What a cell says."""
        return self._cell(self._rows[place], column)

    @staticmethod
    def _cell(row: ComparedRow, column: int) -> str:
        match column:
            case Column.MARK:
                return words.mark(row)
            case Column.WHEN:
                return words.when(row.valueframe or row.exchange)
            case Column.VALUEFRAME:
                return words.side_cell(row, row.valueframe)
            case Column.EXCHANGE:
                return words.side_cell(row, row.exchange)
            case _:
                return words.resolution(row)

    def beside(self, place: int, column: int, role: int) -> object:
        """The shape of the group before its word."""
        if role != Role.DecorationRole or column != Column.MARK:
            return None
        icon, tone = words.ICONS[self._rows[place].group]
        return icons.icon(icon, getattr(shades(QApplication.palette()), tone))

    def heading(self, column: int) -> str:
        """The heading of a column."""
        told: dict[int, str] = {
            Column.MARK: self.tr("Difference"),
            Column.WHEN: self.tr("Time"),
            Column.VALUEFRAME: self.tr("In ValueFrame"),
            Column.EXCHANGE: self.tr("In Exchange"),
            Column.RESOLUTION: self.tr("How it will be resolved"),
        }
        return told[column]


def _alike(one: ComparedRow, other: ComparedRow) -> bool:
    return (one.title, one.start) == (other.title, other.start)


class FieldColumn(IntEnum):
    """Where a column stands."""

    FIELD = 0
    VALUEFRAME = 1
    EXCHANGE = 2
    AFTER = 3


class FieldTable(ToldTable):
    """One event field by field, those that differ first and marked."""

    columns = FieldColumn

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._row: ComparedRow | None = None
        self._names: list[str] = []

    def show_row(self, row: ComparedRow | None) -> None:
        """Show this event, or none."""
        self.beginResetModel()
        self._row, self._names = row, [] if row is None else _fields_of(row)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The fields that say something."""
        return 0 if parent.isValid() else len(self._names)

    def differs(self, place: int) -> bool:
        """Whether both sides differ in that field."""
        assert self._row is not None  # noqa: S101 - there is no place without an event
        return any(field.name == self._names[place] for field in self._row.fields)

    def text(self, place: int, column: int) -> str:
        """What a cell says."""
        row, name = self._row, self._names[place]
        assert row is not None  # noqa: S101 - as said above
        match column:
            case FieldColumn.FIELD:
                label = field_name(name)
                return self.tr("{field}: differs").format(field=label) if self.differs(place) else label
            case FieldColumn.VALUEFRAME:
                return words.value(name, row.valueframe)
            case FieldColumn.EXCHANGE:
                return words.value(name, row.exchange)
            case _:
                return next((words.told(name, one.resolved) for one in row.fields if one.name == name), "")

    def beside(self, place: int, column: int, role: int) -> object:
        """What differs has a mark and stronger letters."""
        if not self.differs(place):
            return None
        if role == Role.DecorationRole and column == FieldColumn.FIELD:
            return icons.icon("differs", shades(QApplication.palette()).warn)
        if role == Role.FontRole:
            font = QFont(QApplication.font())
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def heading(self, column: int) -> str:
        """The heading of a column."""
        told: dict[int, str] = {
            FieldColumn.FIELD: self.tr("Field"),
            FieldColumn.VALUEFRAME: self.tr("In ValueFrame"),
            FieldColumn.EXCHANGE: self.tr("In Exchange"),
            FieldColumn.AFTER: self.tr("Both, once resolved"),
        }
        return told[column]


def _fields_of(row: ComparedRow) -> list[str]:
    found = {field.name for field in row.fields}
    apart = [name for name in words.FIELDS if name in found]
    sides = [one for one in (row.valueframe, row.exchange) if one is not None]

    def says(name: str) -> bool:
        return name == "when" or any(one.get(name) for one in sides)

    rest = [name for name in words.FIELDS if name not in apart and says(name)] if sides else []
    return [*apart, *rest]

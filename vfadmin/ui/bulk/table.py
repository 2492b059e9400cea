"""The rows of a list as they are shown: those that the filters want, chosen or not, with what was typed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from vfadmin.ui.bulk.columns_shown import FIRST, Column, own_heading, spoken, tip
from vfadmin.ui.bulk.words import (
    LEFT,
    VERDICTS,
    Sums,
    field_of,
    field_word,
    sums_of,
    verdict_word,
    what_words,
)
from vfadmin.ui.texts import number

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import ImportPlan, LoginAnswer, PlannedRow
    from vfadmin.services.mailbox_checks import MailboxVerdict

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_INDEX = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_EDITABLE, _TICKABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable, _PLAIN | Qt.ItemFlag.ItemIsUserCheckable
_FEW = 200
"""So many rows come and go one by one; of more the whole is shown anew."""


class ImportTable(QAbstractTableModel):
    """``edit_asked`` carries row number, field and text of a cell.

    ``ticks_changed`` says that other rows are chosen, or that the rows are others.

    The rows are kept as the plan has them; what a cell says is made when somebody looks at it.
    """

    edit_asked = Signal(int, str, str)
    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[PlannedRow] = ()
        self._columns: Mapping[str, str] = {}
        self.fields: tuple[str, ...] = ()
        self._shown: list[int] = []
        self._wanted: frozenset[str] = frozenset()
        self._left: set[int] = set()
        self._typed: dict[tuple[int, str], str] = {}
        self._heard: dict[int, LoginAnswer] = {}
        self.edited: frozenset[tuple[int, str]] = frozenset()
        self.final = False
        self._locked = False
        self._counted: dict[str, int] | None = None
        self._summed: Sums | None = None

    # What is shown

    def take(self, plan: ImportPlan, *, anew: bool) -> None:
        """Show this plan; ``anew`` is another list, of which nothing has been chosen yet."""
        fields = tuple(plan.columns)
        again = not anew and not self.final and fields == self.fields and len(plan.rows) == len(self._rows)
        if anew:
            self._left.clear()
            self._heard.clear()
        if anew or self.final:
            self._wanted = frozenset()
        self._columns, self.edited = dict(plan.columns), plan.edited
        if again:
            self._rows = plan.rows
            self._typed.clear()
            self._show_wanted()
        else:
            self._begin(plan.rows, fields, final=False)
        self._changed()

    def finish(self, outcome: Iterable[PlannedRow]) -> None:
        """The load is done: show what became of the rows."""
        became = {row.row: row for row in outcome}
        self._wanted = frozenset()
        self._begin([became.get(row.row, row) for row in self._rows], self.fields, final=True)
        self._changed()

    def clear(self) -> None:
        """Show nothing."""
        self._left.clear()
        self._heard.clear()
        self._begin((), (), final=False)

    def _begin(self, rows: Sequence[PlannedRow], fields: tuple[str, ...], *, final: bool) -> None:
        self.beginResetModel()
        self._rows, self.fields, self.final = rows, fields, final
        self._counted = self._summed = None
        self._typed.clear()
        self._shown = self._to_show()
        self.endResetModel()

    def want(self, verdicts: Collection[str]) -> None:
        """Show the rows of these verdicts; of all where none is named."""
        self._wanted = frozenset(verdicts)
        self._show_wanted()

    def lock(self, *, locked: bool) -> None:
        """While a load is being made nothing is edited or chosen."""
        self._locked = locked

    def _to_show(self) -> list[int]:
        if not self._wanted:
            return list(range(len(self._rows)))
        return [place for place, row in enumerate(self._rows) if self.verdict(row) in self._wanted]

    def _show_wanted(self) -> None:
        """Rows that are shown no more go, others come; those that stay keep the selection."""
        fresh = self._to_show()
        stays, were = set(fresh), set(self._shown)
        gone = [place for place, one in enumerate(self._shown) if one not in stays]
        come = [one for one in fresh if one not in were]
        if len(gone) + len(come) > _FEW:
            self.beginResetModel()
            self._shown = fresh
            self.endResetModel()
            return
        for place in reversed(gone):
            self.beginRemoveRows(NO_INDEX, place, place)
            del self._shown[place]
            self.endRemoveRows()
        for one in come:
            place = bisect_left(self._shown, one)
            self.beginInsertRows(NO_INDEX, place, place)
            self._shown.insert(place, one)
            self.endInsertRows()
        self.repaint()

    def repaint(self) -> None:
        """Rows say something else now, or in another language."""
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    # The rows

    @property
    def total(self) -> int:
        """How many rows the list has."""
        return len(self._rows)

    def line(self, place: int | None) -> PlannedRow | None:
        """The row that is shown there."""
        shown = place is not None and 0 <= place < len(self._shown)
        return self._rows[self._shown[place]] if shown and place is not None else None

    def first_rejected(self) -> int:
        """Where the first rejected row is shown; the first row of all if there is none."""
        return next((at for at, one in enumerate(self._shown) if self._rows[one].verdict == "reject"), 0)

    def verdict(self, row: PlannedRow) -> str:
        """What becomes of the row; after the load also that it was left out."""
        left = self.final and row.row in self._left and row.verdict != "reject"
        return LEFT if left else str(row.verdict)

    def ticked(self, row: PlannedRow) -> bool:
        """Whether the row is to be loaded."""
        return row.verdict != "reject" and row.row not in self._left

    def waits(self, row: PlannedRow) -> bool:
        """Whether a cell of the row was edited and is being judged."""
        return any(one == row.row for one, _ in self._typed)

    def cell(self, row: PlannedRow, field: str) -> str:
        """What stands in the cell."""
        return self._typed.get((row.row, field), row.cells.get(field, ""))

    def wrong_field(self, row: PlannedRow) -> str | None:
        """The field whose cell is the reason of a rejection."""
        return field_of(row, self._columns) if row.failure is not None else None

    def answer(self, row: PlannedRow) -> LoginAnswer | None:
        """What Exchange said of the row's login; also just now, when the row is not judged by it yet."""
        heard = self._heard.get(row.row)
        return heard if heard is not None and heard.login == row.login else row.answer

    def hear(self, verdicts: Iterable[MailboxVerdict]) -> None:
        """Exchange has answered about these rows."""
        self._heard.update((one.row, one.answer) for one in verdicts)
        self.repaint()

    def counts(self) -> dict[str, int]:
        """How many rows there are of each verdict."""
        if self._counted is None:
            found = Counter(map(self.verdict, self._rows))
            self._counted = {verdict: found[verdict] for verdict in VERDICTS}
        return self._counted

    # Choosing

    @property
    def left(self) -> bool:
        """Whether rows were left out by hand."""
        return bool(self._left)

    def chosen(self) -> list[int] | None:
        """The numbers of the rows to load, rejected ones included; None for all of them."""
        return [row.row for row in self._rows if row.row not in self._left] if self._left else None

    def tick(self, places: Iterable[int] | None, *, on: bool) -> None:
        """Choose the rows shown at these places, or all that are shown; or leave them out."""
        if self._locked or self.final:
            return
        wanted = range(len(self._shown)) if places is None else places
        rows = [row for place in wanted if (row := self.line(place)) is not None]
        numbers = {row.row for row in rows if row.verdict != "reject"}
        self._left = self._left - numbers if on else self._left | numbers
        self.repaint()
        self._changed()

    def sums(self) -> Sums:
        """What the chosen rows come to."""
        if self._summed is None:
            self._summed = sums_of(self._rows, self._left, self.counts()["reject"])
        return self._summed

    def _changed(self) -> None:
        """Other rows are chosen, or the rows are others."""
        self._counted = self._summed = None
        self.ticks_changed.emit()

    def companies(self, new: Sequence[str]) -> list[str]:
        """Those of the new companies that the chosen rows name."""
        if not self._left:
            return list(new)
        named = {row.values.get("company") for row in self._rows if self.ticked(row)}
        return [name for name in new if name in named]

    # The model

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The rows that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Ours and those of the list."""
        return 0 if parent.isValid() else FIRST + len(self.fields)

    def field(self, column: int) -> str | None:
        """The field of a column of the list."""
        return self.fields[column - FIRST] if 0 <= column - FIRST < len(self.fields) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the list can be edited, rows chosen."""
        if self.final or self._locked or not index.isValid():
            return _PLAIN if index.isValid() else Qt.ItemFlag.NoItemFlags
        if index.column() >= FIRST:
            return _EDITABLE
        row = self.line(index.row()) if index.column() == Column.ROW else None
        return _TICKABLE if row is not None and row.verdict != "reject" else _PLAIN

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: ANN401 - Qt's own
        """A cell was edited, or a row chosen."""
        row, field = self.line(index.row()), self.field(index.column())
        if row is None or self.final or self._locked:
            return False
        if role == Role.CheckStateRole and index.column() == Column.ROW:
            self.tick([index.row()], on=Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role != Role.EditRole or field is None or str(value).strip() == self.cell(row, field):
            return False
        self._typed[row.row, field] = str(value).strip()
        self.repaint()
        self.edit_asked.emit(row.row, field, str(value).strip())
        return True

    def forget_typed(self) -> None:
        """What was typed could not be judged: show what was there."""
        self._typed.clear()
        self.repaint()

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """One cell in one role; the view paints from the row itself."""
        row = self.line(index.row())
        if row is None:
            return None
        if role in (Role.DisplayRole, Role.EditRole):
            return self.text(row, index.column())
        if role == Role.AccessibleTextRole:
            return spoken(self, row, index.column())
        if role == Role.ToolTipRole:
            return tip(self, row, index.column())
        if role == Role.CheckStateRole and index.column() == Column.ROW and not self.final:
            return Qt.CheckState.Checked if self.ticked(row) else Qt.CheckState.Unchecked
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """What a column is called; for those of the list also what the list calls it."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.heading(section)
        field = self.field(section)
        if role == Role.ToolTipRole and field is not None:
            return self.tr("In the list: {title}").format(title=self._columns.get(field, ""))
        return None

    # Words

    def heading(self, column: int) -> str:
        """The heading of a column."""
        field = self.field(column)
        return own_heading(column, done=self.final) if field is None else field_word(field)

    def text(self, row: PlannedRow, column: int) -> str:
        """What a cell says."""
        field = self.field(column)
        if field is not None:
            return self.cell(row, field)
        if column == Column.ROW:
            return number(row.row)
        waits = self.waits(row)
        if column == Column.VERDICT:
            return self.tr("Checking…") if waits else verdict_word(self.verdict(row), done=self.final)
        if waits or self.verdict(row) == LEFT:
            return ""
        return what_words(row, self.answer(row), done=self.final)

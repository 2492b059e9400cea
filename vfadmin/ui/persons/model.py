"""The results as a table model: a list of ids and a cache of the rows that were shown.

A filtered or sorted copy of 100,000 rows would cost seconds, so the store orders the ids and this model only
keeps them; a row is read when it is first painted. New ids are compared with the old ones, so that a refresh
moves neither the selection nor an open editor.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from vfadmin.ui.persons import cells
from vfadmin.ui.persons.columns import COLUMNS, At, heading, spoken
from vfadmin.ui.persons.difference import gathered, runs, steps

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow

RowRole = Qt.ItemDataRole.UserRole + 1
"""The `PersonRow` itself, or None while it is being read."""
RejectedRole = Qt.ItemDataRole.UserRole + 2
"""The `Rejected` login of the row, if it has one."""

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_CACHE = 4000
_NOWHERE = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True)
class Rejected:
    """A login that was entered and not accepted: it stays in its cell with the reason until it is mended."""

    text: str
    reason: str


class PersonTable(QAbstractTableModel):
    """Ids in order, rows by the page. `rows_wanted` asks for rows, `put_rows` brings them."""

    rows_wanted = Signal(object)
    login_entered = Signal(int, str)

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clock = clock
        self._ids: list[int] = []
        self._positions: dict[int, int] | None = None
        self._rows: OrderedDict[int, PersonRow] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()
        self._wanted: set[int] = set()
        self._rejected: dict[int, Rejected] = {}
        self._entered: dict[int, str] = {}
        self._busy: frozenset[int] = frozenset()
        self._collect = QTimer(self, singleShot=True, interval=0)
        self._collect.timeout.connect(self._ask)

    # What the view asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """As many as there are ids."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The columns of R22."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as inherited
        """One cell; asks for its page when the row was not read yet, or may be old."""
        if not index.isValid():
            return None
        person_id = self._ids[index.row()]
        if role == RejectedRole:
            return self._rejected.get(person_id)
        row = self.row_at(index.row())
        if role == RowRole or row is None:
            return row
        at = At(index.column())
        if at is At.LOGIN:
            changed = self._login(row, role)
            if changed is not None:
                return changed
        return cells.data(row, at, role, self.clock)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take a login that was typed; the services are asked through `login_entered`."""
        row = self.row(index)
        if role != Qt.ItemDataRole.EditRole or row is None or index.column() != At.LOGIN:
            return False
        text = str(value).strip()
        if text == row.login:
            self.take_back(row.id)
            return True
        self._rejected.pop(row.id, None)
        self._entered[row.id] = text
        self._changed(row.id)
        self.login_entered.emit(row.id, text)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Logins can be edited, once their row is there."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        known = index.column() == At.LOGIN and self._ids[index.row()] in self._rows
        return _EDITABLE if known else _PLAIN

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - as inherited
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(COLUMNS[section])
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    # What the screen asks and tells

    @property
    def ids(self) -> Sequence[int]:
        """All ids in order."""
        return self._ids

    @property
    def busy(self) -> frozenset[int]:
        """The rows an action works on just now; their buttons rest."""
        return self._busy

    def row_at(self, place: int) -> PersonRow | None:
        """The row at that place, to be painted; it is asked for if it was not read yet or may be old."""
        person_id = self._ids[place]
        row = self._rows.get(person_id)
        if row is None or person_id in self._stale:
            self._want(place)
        return row

    def text(self, row: PersonRow, at: At) -> str:
        """What is painted in a cell of the row."""
        entered = self._login(row, Qt.ItemDataRole.DisplayRole) if at is At.LOGIN else None
        return cells.display(row, at, self.clock()) if entered is None else entered

    def rejected(self, person_id: int) -> Rejected | None:
        """The login of the person that was not accepted, if there is one."""
        return self._rejected.get(person_id)

    def row(self, index: Index) -> PersonRow | None:
        """The row at the index, if it was read."""
        return self._rows.get(self._ids[index.row()]) if index.isValid() else None

    def cached(self, person_id: int) -> PersonRow | None:
        """The row of the person, if it was read."""
        return self._rows.get(person_id)

    def entered(self) -> dict[int, str]:
        """The logins that are shown in place of the stored ones: on their way, or refused."""
        return {**self._entered, **{one: rejected.text for one, rejected in self._rejected.items()}}

    def position(self, person_id: int) -> int | None:
        """Where the person stands in the results."""
        if self._positions is None:
            self._positions = {one: place for place, one in enumerate(self._ids)}
        return self._positions.get(person_id)

    def set_ids(self, ids: Sequence[int], rows: Iterable[PersonRow] = ()) -> None:
        """Show these ids; rows already known go with them, and are read again once somebody sees them.

        Few differences are told as insertions and removals, another order as such, the rest as a reset.
        """
        fresh = {row.id: row for row in rows}
        other = [one for one, row in fresh.items() if self._rows.get(one) != row]
        self._asked.clear()
        self._stale = self._rows.keys() - fresh.keys()
        plan = steps(self._ids, ids)
        moved = plan is None
        if moved:
            plan = steps(self._ids, gathered(self._ids, ids))
        if plan is None:
            self.beginResetModel()
            self._rows.clear()
            self._stale.clear()
            self._take(fresh.values())
            self._replace(list(ids))
            self.endResetModel()
            return
        self._take(fresh.values())
        for step in plan:
            self._play(step.first, step.last, step.inserted)
        if moved:
            self._reorder(list(ids))
        for one in [one for one in self._stale if self.position(one) is None]:
            del self._rows[one]
            self._stale.discard(one)
        self._tell([*other, *self._stale])

    def put_rows(self, asked: Sequence[int], rows: Iterable[PersonRow]) -> None:
        """Take rows that were read. What was asked for and did not come is gone from the store."""
        found = list(rows)
        self._asked.difference_update(asked)
        other = [row.id for row in found if self._rows.get(row.id) != row]
        self._take(found)
        self._tell(other)

    @Slot(object)
    def refresh(self, ids: Iterable[int]) -> None:
        """Read these rows again if they are in the cache: nobody sees the others."""
        touched = [one for one in ids if one in self._rows]
        if touched:
            self._asked.difference_update(touched)
            self._wanted.update(touched)
            self._collect.start()

    def set_busy(self, ids: Iterable[int]) -> None:
        """Say which rows an action works on."""
        before, self._busy = self._busy, frozenset(ids)
        self._tell([one for one in before ^ self._busy if one in self._rows])

    def reject(self, person_id: int, text: str, reason: str) -> None:
        """Keep a login that was not accepted in its cell, with the reason."""
        self._entered.pop(person_id, None)
        self._rejected[person_id] = Rejected(text, reason)
        self._changed(person_id)

    def accept(self, row: PersonRow) -> None:
        """A login was stored."""
        self._entered.pop(row.id, None)
        self._rejected.pop(row.id, None)
        self._take([row])
        self._changed(row.id)

    def take_back(self, person_id: int) -> bool:
        """Let go of a login that was not accepted. Whether there was one."""
        had = self._rejected.pop(person_id, None) is not None
        had = self._entered.pop(person_id, None) is not None or had
        if had:
            self._changed(person_id)
        return had

    @Slot()
    def tick(self) -> None:
        """Time went by: what is told relative to now is painted again."""
        if self._ids:
            self.dataChanged.emit(self.index(0, At.SYNCED), self.index(len(self._ids) - 1, At.SYNCED))

    def retranslate(self) -> None:
        """The language changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    # Inside

    def _login(self, row: PersonRow, role: int) -> str | None:
        rejected = self._rejected.get(row.id)
        if rejected is not None:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
                return rejected.text
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
                return rejected.reason
            return None
        return (
            self._entered.get(row.id)
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
            else None
        )

    def _play(self, first: int, last: int, inserted: Sequence[int]) -> None:
        if inserted:
            self.beginInsertRows(_NOWHERE, first, last)
            self._ids[first:first] = inserted
            self._positions = None
            self.endInsertRows()
        else:
            self.beginRemoveRows(_NOWHERE, first, last)
            del self._ids[first : last + 1]
            self._positions = None
            self.endRemoveRows()

    def _reorder(self, ids: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        moved = [(self._ids[index.row()], index.column()) for index in old]
        self._replace(ids)
        new = [self.index(self.position(one) or 0, column) for one, column in moved]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _replace(self, ids: list[int]) -> None:
        self._ids = ids
        self._positions = None

    def _want(self, place: int) -> None:
        start = place - place % PAGE
        missing = [
            one
            for one in self._ids[start : start + PAGE]
            if (one not in self._rows or one in self._stale) and one not in self._asked
        ]
        if missing:
            self._wanted.update(missing)
            self._collect.start()

    @Slot()
    def _ask(self) -> None:
        wanted, self._wanted = self._wanted - self._asked, set()
        if wanted:
            self._asked |= wanted
            self.rows_wanted.emit(tuple(wanted))

    def _take(self, rows: Iterable[PersonRow]) -> None:
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._stale.discard(row.id)
        while len(self._rows) > _CACHE:
            self._stale.discard(self._rows.popitem(last=False)[0])

    def _changed(self, person_id: int) -> None:
        self._tell([person_id])

    def _tell(self, ids: Iterable[int]) -> None:
        """Announce changed rows, neighbours in one signal."""
        places = sorted(place for one in ids if (place := self.position(one)) is not None)
        for first, last in runs(places):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

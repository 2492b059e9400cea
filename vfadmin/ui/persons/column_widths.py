"""The widths of the columns in the view: by hand where somebody has set them, shared out for the others.

A width set by hand is kept in characters of the list's font: with a larger font, or on another screen, there
is room for the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QTableView

from vfadmin.ui.persons import cells
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.delegate import BUTTONS, ICON, PADDING
from vfadmin.ui.persons.headings import Headings
from vfadmin.ui.persons.model import PersonTable
from vfadmin.ui.persons.widths import widths

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow

STEP = 3
"""Characters by which a key makes a column wider or narrower."""

_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STEPS = {Qt.Key.Key_Right: STEP, Qt.Key.Key_Left: -STEP}
_SLACK = 2


class ColumnWidths(QObject):
    """Gives every column its width. ``kept`` says that somebody has changed one, once the edge is let go.

    While an edge is dragged only columns behind it give way; the others follow when it is let go.
    """

    kept = Signal()

    def __init__(self, view: QTableView, header: Headings) -> None:
        super().__init__(view)
        self._view, self._header = view, header
        self._room = 0
        self._by_hand: dict[At, float] = {}
        self._deaf = self._dragged = False
        for at in BUTTONS:  # a button that is cut off is of no use, and a wider one neither
            header.setSectionResizeMode(at, header.ResizeMode.Fixed)
        header.sectionResized.connect(self._resized)
        header.let_go.connect(self._let_go)

    @property
    def by_hand(self) -> tuple[tuple[At, float], ...]:
        """What somebody has set, in characters."""
        return tuple(sorted(self._by_hand.items()))

    def set_by_hand(self, characters: Mapping[At, float]) -> None:
        """Let these columns have so many characters; the others are shared out."""
        self._by_hand = {at: value for at, value in characters.items() if at not in BUTTONS}

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """What changes meanwhile is not by hand."""
        before, self._deaf = self._deaf, True
        try:
            yield
        finally:
            self._deaf = before

    def set_room(self, room: int) -> None:
        """The view has this width."""
        self._room = room
        self.share_out()

    def share_out(self) -> None:
        """Give every column its width."""
        self._give(self._fixed())

    def press(self, event: QKeyEvent) -> bool:
        """Take a key that is meant for the width of the current column."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != _MODIFIERS:
            return False
        return self.step(self._view.currentIndex().column(), step)

    def step(self, column: int, characters: int) -> bool:
        """Make the column so much wider; False for one that has no width of its own."""
        if column not in set(At) - set(BUTTONS):
            return False
        self._set(At(column), self._view.columnWidth(column) + round(characters * self._unit()))
        self._dragged = True
        self._let_go()
        return True

    def fit(self, at: At) -> None:
        """Make the column as wide as the rows in sight need it."""
        self._view.resizeColumnToContents(at)
        self._let_go()

    @Slot(int, int, int)
    def _resized(self, section: int, _before: int, width: int) -> None:
        if self._deaf or not width:
            return
        self._dragged = True
        at = At(section)
        self._set(at, width)
        edge = self._header.visualIndex(at)
        before = {one: self._view.columnWidth(one) for one in At if self._header.visualIndex(one) <= edge}
        self._give(self._fixed() | before)

    @Slot()
    def _let_go(self) -> None:
        dragged, self._dragged = self._dragged, False
        if dragged:
            self.share_out()
            self.kept.emit()

    def _set(self, at: At, width: int) -> None:
        self._by_hand[at] = round(self._sensible(width) / self._unit(), 2)

    def _fixed(self) -> dict[At, int]:
        unit = self._unit()
        return {at: self._sensible(round(value * unit)) for at, value in self._by_hand.items()}

    def _sensible(self, width: int) -> int:
        """Neither too small to take hold of, nor wider than the view."""
        least = self._header.minimumSectionSize()
        return max(least, min(width, self._room) if self._room else width)

    def _unit(self) -> float:
        return QFontMetricsF(self._view.font()).averageCharWidth()

    def _give(self, fixed: Mapping[At, int]) -> None:
        view = self._view
        hidden = frozenset(at for at in At if view.isColumnHidden(at))
        shared = widths(view.font(), self._header.font(), self._room, hidden, fixed)
        with self.unheard():
            for at, width in shared.items():
                view.setColumnWidth(at, width)


def needed(view: QTableView, table: PersonTable, at: At) -> int:
    """How wide the column must be for the rows in sight. All rows would take seconds."""
    first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
    seen = table.ids[max(0, first) : last + 1 if last >= 0 else None]
    rows = (row for one in seen if (row := table.cached(one)) is not None)
    metrics = view.fontMetrics()
    return max((_content(metrics, table, row, at) for row in rows), default=0) + 2 * PADDING + _SLACK


def _content(metrics: QFontMetrics, table: PersonTable, row: PersonRow, at: At) -> int:
    """What is painted between the edges of the cell; see `CellPainter`."""
    if at is At.MOBILE:
        return ICON
    text, note = table.text(row, at), cells.note(row, at)
    width = metrics.horizontalAdvance(text)
    if at is At.STATE:
        width += ICON + 10
    elif at is At.LOGIN and table.rejected(row.id) is not None:
        width += ICON + PADDING
    if note and not (at is At.LOGIN and text):
        width += metrics.horizontalAdvance(f" {note}") + 4
    return width

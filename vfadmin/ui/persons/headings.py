"""The headings of the results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QHeaderView

from vfadmin.ui.persons.columns import COLUMNS, heading
from vfadmin.ui.persons.criteria import Sort
from vfadmin.ui.persons.delegate import PADDING
from vfadmin.ui.persons.widths import ARROW

if TYPE_CHECKING:  # Qt makes a class when it is imported; one that is only named here need not be made
    from PySide6.QtWidgets import QStyleOptionHeader, QWidget


class Headings(QHeaderView):
    """The headings; one that has no room ends in dots. Qt would leave the sheet's padding out of account.

    Each that orders the list has its arrow, and the figure of its turn where there are two. ``let_go`` says
    that the mouse has let go of one, or of an edge.
    """

    let_go = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sort: Sort = ()
        heavy = self.font()
        heavy.setWeight(QFont.Weight.DemiBold)  # also in the style sheet, by which Qt does not measure
        self.setFont(heavy)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """As inherited, with the text that fits."""
        super().initStyleOptionForIndex(option, section)
        room = self.sectionSize(section) - 2 * PADDING
        words = heading(COLUMNS[section])
        for turn, (name, descending) in enumerate(self._sort, start=1):
            if name == COLUMNS[section].sort:
                arrows = option.SortIndicator
                option.sortIndicator = arrows.SortUp if descending else arrows.SortDown
                room -= ARROW
                words = f"{turn} {words}" if len(self._sort) > 1 else words
        option.text = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)

    def show_sort(self, sort: Sort) -> None:
        """Put the arrows on the headings that order the list."""
        self._sort = sort
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """As inherited, and told."""
        super().mouseReleaseEvent(event)
        self.let_go.emit()

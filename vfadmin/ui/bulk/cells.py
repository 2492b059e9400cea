"""How the rows of a list are drawn: box and number, verdict, what changes, and the cells of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication

from vfadmin.ui import icons
from vfadmin.ui.bulk.columns_shown import FIRST, Column
from vfadmin.ui.bulk.table import ImportTable
from vfadmin.ui.bulk.words import answer_look, value_word, verdict_look
from vfadmin.ui.style import shades

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import PlannedRow

BOX, PADDING = 14, 8
_ICON, _CORNER = 16, 6
MARK = _ICON + 4
"""The room that the mark of what Exchange said takes."""
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def box_of(cell: QRect) -> QRect:
    """Where in its cell the box is drawn."""
    return QRect(cell.left() + PADDING, cell.center().y() - BOX // 2, BOX, BOX)


class RowPainter:
    """Draws one row after the other, in the colours of the palette in force."""

    def __init__(self, painter: QPainter, font: QFont, ratio: float, *, focused: bool) -> None:
        self._painter, self._ratio, self._focused = painter, ratio, focused
        self._colours = shades(QApplication.palette())
        self._plain, self._strong = font, QFont(font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._metrics, self._strong_metrics = QFontMetrics(self._plain), QFontMetrics(self._strong)

    def row(
        self,
        model: ImportTable,
        row: PlannedRow,
        cells: list[tuple[int, QRect]],
        *,
        selected: bool,
        current: int,
    ) -> None:
        """The row: its ground, its cells, the line below it; ``current`` has the keyboard."""
        colours, painter = self._colours, self._painter
        wrong, changed = model.wrong_field(row), {one.field: one.old for one in row.changes}
        waits = model.waits(row)
        for column, cell in cells:
            ground = colours.selected if selected else colours.base
            field = model.field(column)
            if field is not None and field == wrong and not selected:
                ground = colours.bad_tint
            painter.fillRect(cell, QColor(ground))
            if selected:
                painter.fillRect(cell.left(), cell.top(), cell.width(), 1, QColor(colours.selected_edge))
            below = QColor(colours.row_edge if selected else colours.line)
            painter.fillRect(cell.left(), cell.bottom(), cell.width(), 1, below)
            if column < FIRST:
                self._ours(model, row, Column(column), cell, waits=waits)
            elif field is not None:
                self._cell(model, row, field, cell, changed=changed, wrong=field == wrong)
            if column == current and self._focused:
                painter.setPen(QPen(QColor(colours.accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(cell.adjusted(0, 0, -1, -2))

    def _ours(self, model: ImportTable, row: PlannedRow, column: Column, cell: QRect, *, waits: bool) -> None:
        verdict = model.verdict(row)
        icon, tone = verdict_look(verdict)
        colours = self._colours
        if column is Column.ROW:
            self._box(model, row, box_of(cell))
            self._text(cell, model.text(row, column), colours.muted, indent=BOX + 6 if not model.final else 0)
        elif column is Column.VERDICT:
            colour = colours.muted if waits else getattr(colours, tone)
            if not waits:
                ink = colours.on_bad if tone == "bad" else colours.base
                self._icon(cell, icon, colour, ink)
            self._text(cell, model.text(row, column), colour, indent=_ICON + 6)
        else:
            bad = verdict == "reject"
            quiet = verdict == "unchanged" or not (model.final or model.ticked(row))
            colour = colours.bad if bad else colours.muted if quiet else colours.text
            self._text(cell, model.text(row, column), colour)

    def _cell(
        self,
        model: ImportTable,
        row: PlannedRow,
        field: str,
        cell: QRect,
        *,
        changed: dict[str, str],
        wrong: bool,
    ) -> None:
        """What the list has; a new value stands out, with the old one before it if there is room."""
        colours, text = self._colours, model.cell(row, field)
        chosen = model.final or model.ticked(row) or row.verdict == "reject"
        colour = colours.bad if wrong else colours.text if chosen else colours.muted
        if (row.row, field) in model.edited:
            self._corner(cell)
        answer = model.answer(row) if field == "login" else None
        if answer is not None:
            icon, tone = answer_look(answer)
            cell = cell.adjusted(0, 0, -MARK, 0)
            self._icon(cell.translated(cell.width() - PADDING, 0), icon, getattr(colours, tone), colours.base)
        if row.verdict != "update" or field not in changed:
            self._text(cell, text, colour)
            return
        old = value_word(field, changed[field])
        room = cell.width() - 2 * PADDING
        before = f"{old} → " if old else ""
        taken = self._metrics.horizontalAdvance(before)
        if before and taken + self._strong_metrics.horizontalAdvance(text) <= room:
            self._text(cell, before, colours.muted)
        else:
            taken = 0
        self._text(cell, text, colours.accent_text if chosen else colours.muted, indent=taken, strong=True)

    def _text(self, cell: QRect, text: str, colour: str, *, indent: int = 0, strong: bool = False) -> None:
        metrics = self._strong_metrics if strong else self._metrics
        place = cell.adjusted(PADDING + indent, 0, -PADDING // 2, 0)
        self._painter.setFont(self._strong if strong else self._plain)
        self._painter.setPen(QColor(colour))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        self._painter.drawText(place, _MIDDLE, shown)

    def _icon(self, cell: QRect, name: str, colour: str, ink: str) -> None:
        top = cell.center().y() - _ICON // 2
        self._painter.drawPixmap(
            cell.left() + PADDING - 2, top, icons.pixmap(name, colour, _ICON, self._ratio, ink)
        )

    def _box(self, model: ImportTable, row: PlannedRow, box: QRect) -> None:
        """The box of a row that can be chosen."""
        if model.final or row.verdict == "reject":
            return
        colours, painter = self._colours, self._painter
        on = model.ticked(row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent if on else colours.muted), 1))
        painter.setBrush(QColor(colours.accent if on else colours.base))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if on:
            tick = icons.pixmap("check", colours.on_accent, BOX - 2, self._ratio)
            painter.drawPixmap(box.topLeft() + QPoint(1, 1), tick)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _corner(self, cell: QRect) -> None:
        """A corner of colour: the cell was edited here."""
        right, top = cell.right(), cell.top()
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._colours.accent))
        corner = [QPoint(right - _CORNER, top), QPoint(right, top), QPoint(right, top + _CORNER)]
        self._painter.drawPolygon(corner)

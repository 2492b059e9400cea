"""Paints the cells of the results: state as icon, shape and word, the marks, and the two buttons of each row.

Two thousand button widgets would cost most of a second, so buttons are painted and their clicks are found by
place. What they do is the same as the actions of the same name, which serve the keyboard.

`QStyle` is named by its module because it is made, with its hundreds of names, when it is first looked at:
the window shows itself before there is a row to paint.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6 import QtWidgets
from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate

from vfadmin.ui.icons import pixmap
from vfadmin.ui.persons import cells
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.model import PersonTable, Rejected, RejectedRole, RowRole
from vfadmin.ui.style import shades
from vfadmin.ui.texts import STATE_ICONS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from vfadmin.services.rows import PersonRow

Index = QModelIndex | QPersistentModelIndex
PADDING = 8
ICON = 16
BUTTONS = (At.EDIT, At.SWITCH)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _States(NamedTuple):
    """What a cell's option says of its state, looked up once: each look at a flag of Qt's makes an object."""

    selected: bool
    focused: bool
    hot: bool

    @classmethod
    def of(cls, option: QStyleOptionViewItem) -> _States:
        value, flags = option.state.value, _flags()
        return cls(*(bool(value & flag) for flag in flags))


@cache
def _flags() -> tuple[int, int, int]:
    """The bits of `_States`."""
    named = QtWidgets.QStyle.StateFlag
    return named.State_Selected.value, named.State_HasFocus.value, named.State_MouseOver.value


class CellPainter(QStyledItemDelegate):
    """The delegate of the results. `pressed` tells which button of which person was clicked."""

    pressed = QtSignal(int, int)

    def __init__(self, palette: QPalette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shades = shades(palette)
        self._hovered: tuple[int, int] | None = None
        self._down: tuple[int, int] | None = None

    def restyle(self, palette: QPalette) -> None:
        """The palette changed."""
        self._shades = shades(palette)

    def hover(self, index: Index | None, at: QPoint | None = None, rect: QRect | None = None) -> bool:
        """The mouse moved; whether something is to be painted anew."""
        place: tuple[int, int] | None = None
        if index is not None and index.isValid() and index.column() in BUTTONS:
            inside = at is None or rect is None or button_rect(rect).contains(at)
            place = (index.row(), index.column()) if inside else None
        changed, self._hovered = place != self._hovered, place
        return changed

    @property
    def hovering(self) -> bool:
        """Whether the mouse is over a button."""
        return self._hovered is not None

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        # Asked without the detour by way of Qt, which would double what a screenful costs.
        model = cast("PersonTable", index.model())
        at, row, state = At(index.column()), model.row_at(index.row()), _States.of(option)
        painter.save()
        self._ground(painter, option, at, selected=state.selected)
        if row is not None:
            text = model.text(row, at)
            match at:
                case At.STATE:
                    self._state(painter, option, text, row)
                case At.MOBILE:
                    self._mobile(painter, option, row)
                case At.LOGIN:
                    self._login(painter, option, text, row, rejected=model.rejected(row.id), hot=state.hot)
                case At.EDIT | At.SWITCH:
                    self._button(painter, option, index, row, text, focused=state.focused)
                case at:
                    colour = self._shades.muted if at is At.EMAIL else self._ink(row)
                    self._text(painter, option, text, colour, cells.note(row, at))
        else:
            self._placeholder(painter, option.rect, at)
        if state.focused and at not in BUTTONS:
            self._focus(painter, option)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, at: At, *, selected: bool) -> None:
        rect, colours = option.rect, self._shades
        if selected:
            painter.fillRect(rect, QColor(colours.selected))
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), QColor(colours.selected_edge))
            if at == 0:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.accent))
        below = colours.row_edge if selected else colours.line
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(below))

    def _focus(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        painter.setPen(QPen(QColor(self._shades.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(option.rect.adjusted(1, 1, -2, -3), 3, 3)

    def _state(self, painter: QPainter, option: QStyleOptionViewItem, text: str, row: PersonRow) -> None:
        colour, ink = self._state_colours(row)
        name = "state-delayed" if row.delayed else STATE_ICONS[row.state]
        rect = option.rect
        top = rect.center().y() - ICON // 2 + 1
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(QPoint(rect.left() + PADDING + 2, top), pixmap(name, colour, ICON, ratio, ink))
        word = colour if row.state == "error" else self._ink(row)
        self._text(painter, option, text, word, indent=ICON + 10)

    def _mobile(self, painter: QPainter, option: QStyleOptionViewItem, row: PersonRow) -> None:
        if row.mobile_warning:
            ratio = painter.device().devicePixelRatio()
            mark = pixmap("mobile-warning", self._shades.bad, ICON, ratio)
            painter.drawPixmap(option.rect.left() + PADDING, option.rect.center().y() - ICON // 2 + 1, mark)

    def _login(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: str,
        row: PersonRow,
        *,
        rejected: Rejected | None,
        hot: bool,
    ) -> None:
        if rejected is None:
            self._text(painter, option, text, self._ink(row), "" if text else cells.note(row, At.LOGIN))
            if hot:
                self._pencil(painter, option.rect)
            return
        ratio = painter.device().devicePixelRatio()
        mark = pixmap("warning", self._shades.bad, ICON, ratio)
        painter.drawPixmap(
            option.rect.right() - ICON - PADDING, option.rect.center().y() - ICON // 2 + 1, mark
        )
        self._text(painter, option, text, self._shades.bad, right=ICON + PADDING)
        painter.setPen(QPen(QColor(self._shades.bad), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(option.rect.adjusted(2, 3, -3, -4), 4, 4)

    def _pencil(self, painter: QPainter, rect: QRect) -> None:
        ratio = painter.device().devicePixelRatio()
        mark = pixmap("edit", self._shades.muted, 14, ratio)
        ground = QRect(rect.right() - 22, rect.top() + 1, 22, rect.height() - 3)
        painter.fillRect(ground, QColor(self._shades.hover))
        painter.drawPixmap(ground.left() + 4, rect.center().y() - 6, mark)

    def _button(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: PersonRow,
        text: str,
        *,
        focused: bool,
    ) -> None:
        at, place = At(index.column()), (index.row(), index.column())
        rect = button_rect(option.rect)
        model = cast("PersonTable", index.model())
        dead = at is At.SWITCH and (bool(cells.refusal(row)) or row.id in model.busy)
        colour = self._button_colour(at, row, dead=dead)
        fill = self._shades.line if place == self._down else self._shades.hover
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(
            QColor(fill if place in (self._hovered, self._down) and not dead else self._shades.base)
        )
        edge = self._shades.accent if focused else self._shades.line if dead else colour
        if not focused and not dead and colour == self._shades.text:
            edge = self._shades.border
        painter.setPen(QPen(QColor(edge), 2 if focused else 1))
        painter.drawRoundedRect(rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(colour))
        painter.setFont(option.font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _button_colour(self, at: At, row: PersonRow, *, dead: bool) -> str:
        if dead:
            return self._shades.disabled
        if at is At.EDIT:
            return self._shades.text
        by_action = {
            "activate": self._shades.go,
            "resume": self._shades.bad,
            "passivate": self._shades.text,
        }
        return by_action[cells.switch_action(row)]

    def _text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: str,
        colour: str,
        note: str = "",
        *,
        indent: int = 0,
        right: int = 0,
    ) -> None:
        rect = option.rect.adjusted(PADDING + indent, 0, -PADDING - right, 0)
        metrics = option.fontMetrics
        painter.setFont(option.font)
        painter.setPen(QColor(colour))
        note_width = metrics.horizontalAdvance(f" {note}") + 4 if note and text else 0
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - note_width)
        painter.drawText(rect, _LEFT, shown)
        if note:
            rest = rect.adjusted(metrics.horizontalAdvance(f"{shown} ") + 2 if text else 0, 0, 0, 0)
            painter.setPen(QColor(self._shades.muted))
            painter.drawText(rest, _LEFT, metrics.elidedText(note, Qt.TextElideMode.ElideRight, rest.width()))

    def _placeholder(self, painter: QPainter, rect: QRect, at: At) -> None:
        if at in (At.STATE, At.NAME, At.EMAIL, At.LOGIN):
            bar = QRect(rect.left() + PADDING, rect.center().y() - 4, max(20, rect.width() * 6 // 10), 8)
            painter.fillRect(bar, QColor(self._shades.hover))

    def _state_colours(self, row: PersonRow) -> tuple[str, str]:
        colours = self._shades
        if row.delayed:
            return colours.warn, colours.base
        return {
            "active": (colours.good, colours.on_good),
            "passive": (colours.neutral, colours.on_neutral),
            "error": (colours.bad, colours.on_bad),
            "unused": (colours.neutral, colours.on_neutral),
        }[row.state]

    def _ink(self, row: PersonRow) -> str:
        return self._shades.text if row.person_active else self._shades.muted

    # Mouse

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Clicks on the painted buttons."""
        if index.column() not in BUTTONS or not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        place = (index.row(), index.column())
        inside = button_rect(option.rect).contains(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick) and left:
            self._down = place if inside else None
        elif event.type() == QEvent.Type.MouseButtonRelease and left:
            hit, self._down = self._down == place and inside, None
            row = cast("PersonRow | None", index.data(RowRole))
            if hit and row is not None:
                self.pressed.emit(row.id, index.column())
        return False

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The line in which a login is typed; the e-mail address stands in it as a hint."""
        del option
        editor = QLineEdit(parent)
        editor.setObjectName("cell")
        editor.setMaxLength(320)
        row = cast("PersonRow | None", index.data(RowRole))
        if row is not None:
            editor.setPlaceholderText(row.email)
            editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        rejected = cast("Rejected | None", index.data(RejectedRole))
        if rejected is not None:
            editor.setProperty("wrong", "true")
            editor.setToolTip(rejected.reason)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell; a refresh underneath does not overwrite what was typed."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand what was typed to the model."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Let the line fill its cell."""
        del index
        editor.setGeometry(option.rect.adjusted(1, 2, -1, -3))


def button_rect(cell: QRect) -> QRect:
    """Where in its cell a button is painted."""
    return cell.adjusted(4, 4, -4, -5)


def button_width(metrics: QFontMetrics, *labels: str) -> int:
    """How wide a column of buttons with those labels must be."""
    return max(metrics.horizontalAdvance(label) for label in labels) + 28


def row_height(font: QFont) -> int:
    """The height of a row: the text and room for a button around it."""
    return QFontMetrics(font).height() + 18

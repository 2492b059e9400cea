"""Text in which the code of an error leads to its help page, and which page F1 means."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QLabel, QSizePolicy, QWidget

from vfadmin.errors import CODES
from vfadmin.ui.style import shades

JOIN = "\N{WORD JOINER}"
_CODE = re.compile(rf"\b(?:VF|EX)-{JOIN}?[A-Z]+-{JOIN}?\d\d\b")
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
_LINKED = (
    _SELECTABLE
    | Qt.TextInteractionFlag.LinksAccessibleByMouse
    | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
)
_LATEST = "bar"
"""The object name of the bar that tells what happened last."""


def codes_in(text: str) -> list[str]:
    """The codes of the closed set that a text mentions, in its order."""
    found = [match[0].replace(JOIN, "") for match in _CODE.finditer(text)]
    return [code for code in found if code in CODES]


class CodeText(QLabel):
    """Plain text that wraps and can be selected. A code in it can be clicked, or chosen with the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain = ""
        self.codes: list[str] = []
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(_SELECTABLE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.linkActivated.connect(self._open)

    def text(self) -> str:
        """What it says, without its links."""
        return self._plain

    def setText(self, text: str) -> None:
        """Say this instead."""
        self._plain, self.codes = text, codes_in(text)
        self._show()

    def clear(self) -> None:
        """Say nothing."""
        self.setText("")

    def _show(self) -> None:
        linked = bool(self.codes)
        self.setTextFormat(Qt.TextFormat.RichText if linked else Qt.TextFormat.PlainText)
        if self.textInteractionFlags() != (wanted := _LINKED if linked else _SELECTABLE):
            self.setTextInteractionFlags(wanted)
        super().setText(self._rich() if linked else self._plain)

    def _rich(self) -> str:
        colour = shades(QApplication.palette()).accent_text

        def link(match: re.Match[str]) -> str:
            code = match[0].replace(JOIN, "")
            return f'<a href="{code}" style="color: {colour}">{match[0]}</a>' if code in CODES else match[0]

        return _CODE.sub(link, html.escape(self._plain)).replace("\n", "<br>")

    @Slot(str)
    def _open(self, code: str) -> None:
        _open_page(self.window(), code)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.codes:
            self._show()


def answer_f1(window: QWidget) -> None:
    """Show the help on what that window shows of errors; the guide where it shows none."""
    _open_page(window, code_meant(window))


def answer_f1_in(dialog: QWidget) -> None:
    """Have F1 answered in a dialog that nothing else can be used beside."""
    _HelpKey(dialog)


class _HelpKey(QShortcut):
    """F1 in one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(QKeySequence(Qt.Key.Key_F1), window)
        self._window = window
        self.activated.connect(self._answer)

    @Slot()
    def _answer(self) -> None:
        answer_f1(self._window)


def _open_page(window: QWidget, code: str) -> None:
    from vfadmin.ui.help_window import show_help  # noqa: PLC0415 - only for those who ask

    show_help(window, code)


def code_meant(window: QWidget) -> str:
    """The code F1 asks about in that window; empty where none is shown.

    It is the one that has the keyboard, or the latest message's, the selected row's, or any other.
    """
    focus = QApplication.focusWidget()
    if focus is not None and focus.window() is not window:
        focus = None
    if isinstance(focus, CodeText) and focus.codes:
        return focus.codes[0]
    shown = [one for one in window.findChildren(CodeText) if one.codes and one.isVisible()]
    latest = [one.codes[0] for one in shown if _is_latest(one)]
    row = _of_row(focus) if isinstance(focus, QAbstractItemView) else ()
    return next(iter((*latest, *row, *(one.codes[0] for one in shown))), "")


def _is_latest(text: CodeText) -> bool:
    parent = text.parentWidget()
    return isinstance(parent, QFrame) and parent.objectName() == _LATEST


def _of_row(view: QAbstractItemView) -> Iterator[str]:
    """What the cells of the current row say of themselves when one asks for more."""
    cell = view.currentIndex().siblingAtColumn(0)
    while cell.isValid():
        tip = cell.data(Qt.ItemDataRole.ToolTipRole)
        yield from codes_in(tip if isinstance(tip, str) else "")
        cell = cell.siblingAtColumn(cell.column() + 1)

"""Small widgets of our own: the tick-chip of a filter, the bar of messages, texts that wrap."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui import icons
from vfadmin.ui.code_text import JOIN, CodeText, answer_f1_in
from vfadmin.ui.style import shades
from vfadmin.ui.texts import number

_ICON, _EDGE = 16, 9


class Chip(QAbstractButton):
    """A filter to tick: icon, word, and how many rows it stands for."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tone = "muted"
        self._count: int | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str) -> None:
        """The colour of the icon, by its name in `Shades`."""
        self._tone = tone
        self.update()

    def set_count(self, count: int | None) -> None:
        """How many rows; None while it is not known."""
        self._count = count
        self._name()

    def set_label(self, label: str) -> None:
        """The word."""
        self.setText(label)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._figure()}".strip())
        self.updateGeometry()
        self.update()

    def _figure(self) -> str:
        return "" if self._count is None else number(self._count)

    def sizeHint(self) -> QSize:
        """Icon, word and figure with room around."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + _EDGE + _ICON + 6 + _EDGE
        if self._figure():
            width += metrics.horizontalAdvance(self._figure()) + 7
        return QSize(width, metrics.height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill; ticked, it is tinted and framed, and the figure stays readable."""
        del event
        colours = shades(QApplication.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = 2 if self.hasFocus() else 1
        half = thick / 2  # so that the edge covers whole pixels
        frame = QRectF(self.rect()).adjusted(half, half, -half, -half)
        ticked = self.isChecked()
        painter.setBrush(
            QColor(colours.selected if ticked else colours.hover if self.underMouse() else colours.base)
        )
        edge = colours.accent if ticked or self.hasFocus() else colours.border
        painter.setPen(QPen(QColor(edge), thick))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        top = (self.height() - _ICON) // 2
        tone = getattr(colours, self._tone)
        ink = {"good": colours.on_good, "bad": colours.on_bad}.get(self._tone, colours.on_neutral)
        painter.drawPixmap(_EDGE, top, icons.pixmap(self._icon, tone, _ICON, self.devicePixelRatio(), ink))
        text = self.rect().adjusted(_EDGE + _ICON + 6, 0, -_EDGE, 0)
        painter.setPen(QColor(colours.accent_text if ticked else colours.text))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(QColor(colours.muted))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._figure())

    def enterEvent(self, event: QEvent) -> None:
        """The mouse came."""
        self.update()
        super().enterEvent(event)  # type: ignore[arg-type]  # an enter event is what comes

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse left."""
        self.update()
        super().leaveEvent(event)


class InfoBar(QFrame):
    """What an action came to, or what is wrong: it stays until closed or replaced and never stops anybody.

    ``retry`` and ``taken`` are emitted by their buttons, which are there only when a retry, or something else
    to do about the message, was offered.
    """

    retry = Signal()
    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._icon = QLabel(self)
        self._message = wrapping(self)
        self._message.setProperty("role", "title")
        self._remedy = wrapping(self)
        self._details = wrapping(self)
        self._retry, self._copy, self._more = QPushButton(self), QPushButton(self), QPushButton(self)
        self._offer = QPushButton(self)
        self._close = QToolButton(self)
        self._close.setProperty("kind", "flat")
        self._tone, self._code = "info", ""
        self._helped = False
        self._compose()
        self._retry.clicked.connect(self._retried)
        self._offer.clicked.connect(self.taken)
        self._copy.clicked.connect(self._copied)
        self._more.clicked.connect(self._toggled)
        self._close.clicked.connect(self.hide)
        self._retranslate()
        self.hide()

    def _compose(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._message, self._remedy, self._details):
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        for button in (self._offer, self._retry, self._more, self._copy, self._close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def show_message(
        self,
        tone: str,
        message: str,
        remedy: str = "",
        *,
        code: str = "",
        details: str = "",
        retry: bool = False,
        offer: str = "",
    ) -> None:
        """Show this instead of what was there. ``tone`` is good, warn, bad or info.

        ``offer`` is the label of the button that emits ``taken``.
        """
        self._tone, self._code = tone, code
        self._message.setText(message)
        self._remedy.setText(f"{remedy} {self._code_text()}".strip() if code else remedy)
        self._remedy.setVisible(bool(remedy or code))
        self._details.setText(details)
        self._details.hide()
        self._retry.setVisible(retry)
        self._offer.setText(offer)
        self._offer.setVisible(bool(offer))
        self._more.setVisible(bool(details))
        self._align_icon()
        self._copy.setVisible(tone in ("bad", "warn"))
        self._retranslate()
        self._paint()
        self.show()
        if self.window().isModal() and not self._helped:  # elsewhere the program's window hears F1
            self._helped = True
            answer_f1_in(self.window())

    @property
    def message(self) -> str:
        """What it says in its first line; empty while nothing is shown."""
        return "" if self.isHidden() else self._message.text()

    @property
    def tone(self) -> str:
        """How it says it: good, warn, bad or info."""
        return self._tone

    def forget(self, code: str) -> None:
        """What it tells of holds no more, if its code begins so: hide."""
        if self._code.startswith(code):
            self.hide()

    def _code_text(self) -> str:
        return self.tr("Code {code}").format(code=whole(self._code))

    def _paint(self) -> None:
        colours = shades(QApplication.palette())
        name = {"good": "check", "warn": "warning", "bad": "warning"}.get(self._tone, "info")
        tone = {"good": colours.good, "warn": colours.warn, "bad": colours.bad}.get(
            self._tone, colours.accent_text
        )
        self._icon.setPixmap(icons.pixmap(name, tone, _ICON, self.devicePixelRatio()))
        self._close.setIcon(icons.icon("close", colours.text))
        self.setProperty("tone", self._tone)
        self.style().unpolish(self)
        self.style().polish(self)

    @Slot()
    def _retried(self) -> None:
        self.hide()
        self.retry.emit()

    @Slot()
    def _copied(self) -> None:
        lines = (self._message.text(), self._remedy.text(), self._details.text())
        QApplication.clipboard().setText(unbroken("\n".join(line for line in lines if line)))

    @Slot()
    def _toggled(self) -> None:
        self._details.setVisible(self._details.isHidden())
        self._align_icon()

    def _align_icon(self) -> None:
        """Level with the first line: a single one stands in the middle."""
        single = self._remedy.isHidden() and self._details.isHidden()
        level = Qt.AlignmentFlag.AlignVCenter if single else Qt.AlignmentFlag.AlignTop
        layout = self.layout()
        if layout is not None:
            layout.setAlignment(self._icon, level)

    def _retranslate(self) -> None:
        self._retry.setText(self.tr("Retry"))
        self._copy.setText(self.tr("Copy"))
        self._more.setText(self.tr("Details"))
        self._close.setToolTip(self.tr("Close the message"))
        self._close.setAccessibleName(self.tr("Close the message"))
        self.setAccessibleName(self.tr("Message"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange and not self.isHidden():
            colours = shades(QApplication.palette())
            self._close.setIcon(icons.icon("close", colours.text))


_BREAK = "\N{ZERO WIDTH SPACE}"
_BREAKS = re.compile(r"(?<=[@\\/_])(?=\w)|(?<=\w\.)(?=[^\W\d])")
_LONG = re.compile(rf"([^\s{_BREAK}]{{32}})(?=[^\s{_BREAK}]{{4}})")


def breakable(text: str) -> str:
    """The text with places where a long address may go on in the next line."""
    return _LONG.sub(rf"\1{_BREAK}", _BREAKS.sub(_BREAK, text))


def whole(code: str) -> str:
    """A code that stays on one line, whatever hyphens it has."""
    return code.replace("-", f"-{JOIN}")


def unbroken(text: str) -> str:
    """The text without the marks of the two above, fit to be pasted elsewhere."""
    return text.replace(_BREAK, "").replace(JOIN, "")


def tab_through(*widgets: QWidget) -> None:
    """Let the Tab key go through these in this order; Qt's own is the order in which they were made."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)


def wrapping(parent: QWidget) -> CodeText:
    """A label of plain text that wraps and can be selected; the codes in it are links."""
    return CodeText(parent)

"""The filters in force, each with a cross that takes it away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget

from vfadmin.ui import icons
from vfadmin.ui.style import shades

_WIDEST, _NARROWEST, _EDGES = 320, 60, 48
"""A pill at most and at least, and what of it is not text, in device-independent pixels."""
_GAP = "\N{EN SPACE}"
"""Between words and cross, where the style leaves next to nothing."""
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterPill(QPushButton):
    """One filter. A click, Space, Enter or Delete takes it away."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._words = ""
        self.setProperty("kind", "pill")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the words
        self.setIconSize(QSize(12, 12))
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)

    def say(self, words: str, explanation: str) -> None:
        """What it filters by, and what pressing it does."""
        self._words = words
        self.setAccessibleName(explanation)
        self.setToolTip(f"{words}\n{explanation}")
        self.resize(self.sizeHint())  # what it would be given where there is room, a moment earlier
        self._elide()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        wide = self.fontMetrics().horizontalAdvance(self._words) + 1 + _EDGES  # it is rounded
        return QSize(min(wide, _WIDEST), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the words end in dots."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - _EDGES
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&") + _GAP)

    def event(self, event: QEvent) -> bool:
        """Delete is this pill's while it has the keyboard, and means no account."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _removes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete do what Space does."""
        if _removes(event):
            self.click()
        else:
            super().keyPressEvent(event)


def _removes(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain and event.key() in _REMOVING


class FilterPills(QWidget):
    """A line of pills, hidden while there is none. ``removed`` names the filter that was taken away.

    The Tab key comes to them from ``before``.
    """

    removed = Signal(str)

    def __init__(self, before: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._before = before
        self._filters: dict[str, str] = {}
        self._pills: dict[str, FilterPill] = {}
        self._label = QLabel(self)
        self._label.setProperty("role", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self._label)
        self._row.addStretch(1)

    @property
    def pills(self) -> list[FilterPill]:
        """Those that are shown, from left to right."""
        return [self._pills[name] for name in self._filters]

    def show_filters(self, filters: Mapping[str, str]) -> None:
        """Show a pill for each of these, by name with the words for it; one that stays keeps its place."""
        for name in [one for one in self._pills if one not in filters]:
            pill = self._pills.pop(name)
            self._row.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self._filters = {**{one: filters[one] for one in self._filters if one in filters}, **filters}
        for name in self._filters:
            if name not in self._pills:
                self._add(name)
        self._say()
        self.setVisible(bool(self._filters))

    def _add(self, name: str) -> None:
        pill = self._pills[name] = FilterPill(name, self)
        pill.clicked.connect(self._remove)
        former = list(self._pills.values())[-2:-1]
        QWidget.setTabOrder(former[0] if former else self._before, pill)
        self._row.insertWidget(self._row.count() - 1, pill)
        pill.show()  # the line would show it a moment later, and until then it takes no focus
        self._paint()

    @Slot()
    def _remove(self) -> None:
        pill = self.sender()
        if not isinstance(pill, FilterPill):
            return
        others = [one for one in self.pills if one is not pill]
        if others:
            others[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(pill.name)

    def _say(self) -> None:
        self._label.setText(self.tr("Filters"))
        for name, words in self._filters.items():
            self._pills[name].say(words, self.tr("Remove the filter {filter}").format(filter=words))

    def _paint(self) -> None:
        cross = icons.icon("close", shades(QApplication.palette()).accent_text)
        for pill in self._pills.values():
            pill.setIcon(cross)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()

"""What the screen shows while nothing is stuck."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from vfadmin.ui import icons
from vfadmin.ui.style import shades
from vfadmin.ui.widgets import wrapping

_ICON = 32


class CalmPage(QWidget):
    """A tick and two sentences; nothing at all until it is known that nothing is stuck."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon, self.title, self.more = QLabel(self), QLabel(self), wrapping(self)
        self.title.setProperty("role", "title")
        self.more.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (self.icon, self.title, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        self._retranslate()
        self._paint()

    def show_calm(self, *, known: bool) -> None:
        """Whether it is known."""
        for label in (self.icon, self.title, self.more):
            label.setVisible(known)

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Nothing is stuck."))
        self.more.setText(
            self.tr("No integration has stopped or waits to try again. What stops later is listed here.")
        )

    def _paint(self) -> None:
        colours = shades(QApplication.palette())
        ratio = self.devicePixelRatio()
        self.icon.setPixmap(icons.pixmap("state-active", colours.good, _ICON, ratio, colours.on_good))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()

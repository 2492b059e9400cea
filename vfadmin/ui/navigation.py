"""The left edge of the window: the way to the screens, to the help, and to the list of keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui import icons
from vfadmin.ui.actions import SPECS
from vfadmin.ui.style import shades

PLACES = {
    "go-persons": "people",
    "go-import": "import",
    "go-troubles": "troubles",
    "go-settings": "settings",
    "go-support": "support",
    "go-log": "log",
}
"""The screens by the actions that lead to them."""
_ACTIONS = {place: key for key, place in PLACES.items()}
_WIDTH, _EDGE = 140, 20
"""The least width, and what stands around the words."""


class Navigation(QListWidget):
    """The screens by the names in `PLACES`. ``went`` names the one chosen."""

    went = Signal(str)

    def __init__(self, places: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = tuple(places)
        self.setObjectName("navigation")
        self.setIconSize(QSize(16, 16))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for _ in self.places:
            self.addItem(QListWidgetItem())
        self.setCurrentRow(0)
        self.currentRowChanged.connect(self._go)
        self._retranslate()
        self._paint()

    def go(self, place: str) -> bool:
        """Choose this screen; False where there is none of that name."""
        if place not in self.places:
            return False
        self.setCurrentRow(self.places.index(place))
        return True

    @Slot(int)
    def _go(self, row: int) -> None:
        self.went.emit(self.places[row])

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Screens"))
        words = {
            "people": self.tr("Persons"),
            "import": self.tr("Import"),
            "troubles": self.tr("Problems"),
            "settings": self.tr("Settings"),
            "support": self.tr("Support"),
            "log": self.tr("Log"),
        }
        for row, place in enumerate(self.places):
            self.item(row).setText(words[place])
            self.item(row).setToolTip(SPECS[_ACTIONS[place]].tip())
        self.setFixedWidth(max(_WIDTH, self.sizeHintForColumn(0) + _EDGE))

    def _paint(self) -> None:
        colour = shades(QApplication.palette()).text
        for row, place in enumerate(self.places):
            self.item(row).setIcon(icons.icon(place, colour))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()


class Side(QFrame):
    """The navigation, and below it the buttons of the help and of the keyboard shortcuts."""

    def __init__(self, places: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.navigation = Navigation(places, self)
        self.help, self.keys = QToolButton(self), QToolButton(self)
        self.setObjectName("side")
        column, foot = QVBoxLayout(self), QVBoxLayout()
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        foot.setContentsMargins(12, 4, 2, 8)
        for button in self._buttons().values():
            button.setProperty("kind", "flat")
            foot.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.help.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.help.setIconSize(QSize(16, 16))
        self.help.setObjectName("help")
        column.addWidget(self.navigation, 1)
        column.addLayout(foot)
        self._retranslate()
        self._paint()

    def _buttons(self) -> dict[str, QToolButton]:
        return {"help": self.help, "keys": self.keys}

    def _retranslate(self) -> None:
        for key, button in self._buttons().items():
            button.setText(SPECS[key].button())
            button.setToolTip(SPECS[key].tip())
            button.setAccessibleName(SPECS[key].text())

    def _paint(self) -> None:
        self.help.setIcon(icons.icon("help", shades(QApplication.palette()).text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()

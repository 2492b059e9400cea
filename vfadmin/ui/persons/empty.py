"""What stands in place of the results when there are none, or none to be had: why, and the way on."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.persons.criteria import Criteria
from vfadmin.ui.style import shades
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import wrapping

_ICON, _WIDTH = 40, 540


class Void(StrEnum):
    """Why there is nothing to show."""

    OPENING = "opening"
    NOTHING_YET = "nothing-yet"
    NO_MATCH = "no-match"
    NONE_SUCH = "none-such"
    NONE_STOPPED = "none-stopped"
    OUT_OF_REACH = "out-of-reach"


_ICONS = {
    Void.OPENING: "store",
    Void.NOTHING_YET: "people",
    Void.NO_MATCH: "search",
    Void.NONE_SUCH: "search",
    Void.NONE_STOPPED: "check",
    Void.OUT_OF_REACH: "store",
}


_NARROWED = frozenset({Void.NO_MATCH, Void.NONE_SUCH, Void.NONE_STOPPED})
"""Those in which somebody would be found without the criteria."""


def void_of(criteria: Criteria) -> Void:
    """Why these found nobody: a search for a word is helped by another word, a filter is not.

    Nobody in error is what one works for, and no failed search.
    """
    if not criteria.narrowed:
        return Void.NOTHING_YET
    if criteria.text:
        return Void.NO_MATCH
    in_error = replace(criteria.cleared(), states=frozenset({"error"}))
    alone = replace(criteria, include_inactive=False) == in_error
    return Void.NONE_STOPPED if alone else Void.NONE_SUCH


class EmptyState(QWidget):
    """One of these; its button clears the criteria or tries again, and another leads to the import."""

    clear_asked = Signal()
    retry_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._void = Void.OPENING
        self._failure: Failure | None = None
        self._picture = QLabel(self)
        self._title, self._text = wrapping(self), wrapping(self)
        self._button, self.load = QPushButton(self), QPushButton(self)
        self.load.setProperty("kind", "primary")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._title.setFont(font)
        self._title.setProperty("role", "title")
        self._text.setProperty("role", "muted")
        for text in (self._title, self._text):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = QWidget(self)
        middle.setFixedWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setSpacing(10)
        for label in (self._picture, self._title, self._text):
            column.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.load)
        buttons.addWidget(self._button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        across, down = QHBoxLayout(), QVBoxLayout(self)
        across.addStretch(1)
        across.addWidget(middle)
        across.addStretch(1)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)
        self._button.clicked.connect(self._pressed)
        self.load.clicked.connect(self.import_asked)
        self.show_void(Void.OPENING)

    @property
    def void(self) -> Void:
        """Which of them is shown."""
        return self._void

    @property
    def button(self) -> QPushButton:
        """The way on; hidden where there is none."""
        return self._button

    def show_void(self, void: Void, failure: Failure | None = None) -> None:
        """Show this one, with what went wrong."""
        self._void, self._failure = void, failure
        self._retranslate()
        self._paint()

    def _pressed(self) -> None:
        (self.clear_asked if self._void in _NARROWED else self.retry_asked).emit()

    def _retranslate(self) -> None:
        title, text, button = {
            Void.OPENING: (self.tr("Opening the database…"), "", ""),
            Void.NOTHING_YET: (
                self.tr("No persons yet"),
                self.tr("Persons come from ValueFrame, or from a spreadsheet with Import."),
                self.tr("Check again"),
            ),
            Void.NO_MATCH: (
                self.tr("No person matches the criteria"),
                self.tr("Try a shorter word, or clear the criteria."),
                self.tr("Clear the criteria"),
            ),
            Void.NONE_SUCH: (
                self.tr("No person matches the criteria"),
                self.tr("Remove some of the filters, or clear the criteria."),
                self.tr("Clear the criteria"),
            ),
            Void.NONE_STOPPED: (
                self.tr("No integration has stopped on an error"),
                self.tr("Clear the criteria to see everybody again."),
                self.tr("Clear the criteria"),
            ),
            Void.OUT_OF_REACH: (self.tr("The database is out of reach"), "", self.tr("Retry")),
        }[self._void]
        if self._failure is not None:
            explained = explain_failure(self._failure)
            code = self.tr("Code {code}").format(code=self._failure.code)
            text = f"{explained.message}\n{explained.remedy}\n{code}"
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.load.setText(self.tr("Go to Import"))
        self.load.setVisible(self._void is Void.NOTHING_YET)
        self.setAccessibleName(title)

    def _paint(self) -> None:
        colour = shades(QApplication.palette()).muted
        self._picture.setPixmap(icons.pixmap(_ICONS[self._void], colour, _ICON, self.devicePixelRatio()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()

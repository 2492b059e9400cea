"""Where an import begins: a place to drop a file, two sentences of what to do, and what was loaded before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.bulk.latest import LatestImports
from vfadmin.ui.bulk.words import remedy_words
from vfadmin.ui.style import shades
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import breakable, tab_through, whole, wrapping

_ICON, _WIDTH, _TALL = 40, 700, 300
_LARGER = 1.3


class StartPage(QWidget):
    """``choose_asked``, ``template_asked`` and ``cancel_asked`` are its buttons."""

    choose_asked = Signal()
    template_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failure: Failure | None = None
        self._reading, self._quiet = "", True
        self.latest = LatestImports(self)
        self.drop = QFrame(self)
        self.drop.setObjectName("drop")
        self._picture = QLabel(self.drop)
        self.title, self.text = wrapping(self.drop), wrapping(self.drop)
        self.progress = QProgressBar(self.drop)
        self.choose, self.template = QPushButton(self.drop), QPushButton(self.drop)
        self.cancel = QPushButton(self.drop)
        self._compose()
        self.choose.clicked.connect(self.choose_asked)
        self.template.clicked.connect(self.template_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        tab_through(self.choose, self.template, self.cancel)
        self._say()

    def _compose(self) -> None:
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        self.title.setFont(font)
        self.title.setProperty("role", "title")
        self.text.setProperty("role", "muted")
        for label in (self._picture, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.progress.setTextVisible(False)
        self.choose.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in (self.choose, self.template, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inside = QVBoxLayout(self.drop)
        inside.setContentsMargins(40, 24, 40, 24)
        inside.setSpacing(12)
        inside.addStretch(1)
        for widget in (self._picture, self.title, self.text, self.progress):
            inside.addWidget(widget)
        inside.addSpacing(6)
        inside.addLayout(buttons)
        inside.addStretch(1)
        self.drop.setFixedWidth(_WIDTH)
        self.drop.setMinimumHeight(_TALL)
        across, down = QHBoxLayout(), QVBoxLayout(self)
        across.addStretch(1)
        across.addWidget(self.drop)
        across.addStretch(1)
        down.addStretch(2)
        down.addLayout(across)
        down.addWidget(self.latest, 0, Qt.AlignmentFlag.AlignHCenter)
        down.addStretch(3)
        self.latest.setFixedWidth(_WIDTH)

    @property
    def working(self) -> bool:
        """Whether it says that something is being done."""
        return bool(self._reading)

    def invite(self, failure: Failure | None = None) -> None:
        """Ask for a file; ``failure`` is why the last one could not be read."""
        self._failure, self._reading = failure, ""
        self._say()

    def show_work(self, text: str, done: int, total: int, *, quiet: bool = True) -> None:
        """A file is being read, or an import undone; the first is ``quiet``: it writes nothing."""
        self._failure, self._reading, self._quiet = None, text, quiet
        self.progress.setMaximum(total)
        self.progress.setValue(done)
        self._say()

    @Slot(bool)
    def lift(self, over: bool) -> None:
        """A file is held above, or not any more."""
        self.drop.setProperty("over", over)
        self.drop.style().unpolish(self.drop)
        self.drop.style().polish(self.drop)

    def _say(self) -> None:
        reading, failure = bool(self._reading), self._failure
        for widget in (self.progress, self.cancel):
            widget.setVisible(reading)
        for widget in (self.choose, self.template):
            widget.setVisible(not reading)
        self.title.setText(self.tr("Import persons and logins from a list"))
        self.text.setText(
            self.tr(
                "Drop a spreadsheet here, or choose a file: Excel, OpenDocument or CSV with a row of "
                "headings. Every row is checked and shown to you before anything is written."
            )
        )
        self.text.setProperty("role", "muted")
        if reading:
            self.title.setText(self._reading)
            self.text.setText(
                self.tr("Nothing is written while the list is read and checked.")
                if self._quiet
                else self.tr("A cancel leaves the import as it was.")
            )
        elif failure is not None:
            text = explain_failure(failure)
            code = self.tr("Code {code}").format(code=whole(failure.code))
            self.title.setText(breakable(text.message))
            self.text.setText(f"{remedy_words(failure)}\n{code}")
        self.choose.setText(self.tr("&Choose a file…"))
        self.template.setText(self.tr("&Save an empty list…"))
        self.cancel.setText(self.tr("&Cancel"))
        self.progress.setAccessibleName(self.tr("Progress"))
        self.setAccessibleName(self.title.text())
        self._paint()

    def _paint(self) -> None:
        colours = shades(QApplication.palette())
        failed = self._failure is not None
        name, colour = ("warning", colours.bad) if failed else ("import", colours.muted)
        self._picture.setPixmap(icons.pixmap(name, colour, _ICON, self.devicePixelRatio()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()

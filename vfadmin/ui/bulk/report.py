"""What an import came to, in one sentence, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vfadmin.ui import icons
from vfadmin.ui.bulk.words import Sums
from vfadmin.ui.style import shades
from vfadmin.ui.texts import number
from vfadmin.ui.widgets import tab_through, wrapping

_ICON = 24


class ReportCard(QFrame):
    """``save_asked``, ``undo_asked`` and ``next_asked`` are its buttons."""

    save_asked = Signal()
    undo_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._sums, self._undoable = Sums(), False
        self._picture = QLabel(self)
        self.sentence, self.note = wrapping(self), wrapping(self)
        self.sentence.setProperty("role", "title")
        self.note.setProperty("role", "muted")
        self.save, self.undo, self.another = QPushButton(self), QPushButton(self), QPushButton(self)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.sentence)
        words.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 12, 12)
        row.setSpacing(10)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for button in (self.save, self.undo, self.another):
            row.addWidget(button)
        self.save.clicked.connect(self.save_asked)
        self.undo.clicked.connect(self.undo_asked)
        self.another.clicked.connect(self.next_asked)
        tab_through(self.save, self.undo, self.another)
        self.show_sums(self._sums, undoable=False)

    def show_sums(self, sums: Sums, *, undoable: bool) -> None:
        """What was done, and whether it can be undone."""
        self._sums, self._undoable = sums, undoable
        self.setProperty("tone", "warn" if sums.rejected else "good")
        self.style().unpolish(self)
        self.style().polish(self)
        self._say()

    def _say(self) -> None:
        sums = self._sums
        figures = {
            "created": number(sums.created),
            "updated": number(sums.updated),
            "unchanged": number(sums.unchanged),
            "activated": number(sums.activated),
            "rejected": number(sums.rejected),
        }
        self.sentence.setText(
            self.tr(
                "The import is done: {created} added, {updated} changed, {unchanged} unchanged, "
                "{activated} activated, {rejected} rejected."
            ).format(**figures)
        )
        notes = []
        if sums.rejected:
            notes.append(self.tr("Rejected rows changed nothing; the report says why, row by row."))
        if sums.left:
            notes.append(self.tr("%n row(s) were left out.", "", sums.left))
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))
        self.save.setText(self.tr("&Save report…"))
        self.undo.setText(self.tr("&Undo the import…"))
        self.another.setText(self.tr("Import &another list"))
        self.undo.setVisible(self._undoable)
        self._paint()

    def _paint(self) -> None:
        colours = shades(QApplication.palette())
        bad = bool(self._sums.rejected)
        colour = colours.warn if bad else colours.good
        name = "warning" if bad else "check"
        self._picture.setPixmap(icons.pixmap(name, colour, _ICON, self.devicePixelRatio()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()

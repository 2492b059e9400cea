"""The latest imports, each with what it did, and the way back as long as there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.bulk import calls
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.texts import absolute, number
from vfadmin.ui.widgets import breakable, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import BatchRow


class LatestImports(QWidget):
    """``undo_asked`` carries the id of a batch and the name of its file."""

    undo_asked = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batches: Sequence[BatchRow] = ()
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.undos: dict[int, QPushButton] = {}
        self._rows = QWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self._rows)
        self._say()

    def look_back(self, desk: Desk) -> None:
        """Ask what was imported before."""
        desk.ask(self, calls.latest, self.show_batches, self._ignore, lane=Lane.ASIDE, channel="batches")

    def _ignore(self, failure: Failure) -> None:
        """The search tells what is wrong with the store."""

    def show_batches(self, batches: Sequence[BatchRow]) -> None:
        """Show these, the newest first."""
        self._batches = batches
        self._say()

    def _say(self) -> None:
        self.title.setText(self.tr("Latest imports"))
        self.setVisible(bool(self._batches))
        fresh = QWidget(self)
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self.undos = {}
        for line, batch in enumerate(self._batches):
            file = wrapping(fresh)
            file.setText(breakable(batch.file))
            texts = (absolute(batch.at), None, batch.actor, self._done(batch))
            for across, text in enumerate(texts):
                label = file if text is None else QLabel(text, fresh)
                label.setProperty("role", "" if text is None else "muted")
                grid.addWidget(label, line, across, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._way_back(batch, fresh), line, len(texts))
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
        fresh.show()
        tab_through(*self.undos.values())

    def _done(self, batch: BatchRow) -> str:
        text = self.tr("{created} added, {updated} changed")
        return text.format(created=number(batch.created), updated=number(batch.updated))

    def _way_back(self, batch: BatchRow, parent: QWidget) -> QWidget:
        if not batch.undoable:
            label = QLabel(self.tr("undone") if batch.undone is not None else "", parent)
            label.setProperty("role", "muted")
            return label
        button = self.undos[batch.id] = QPushButton(self.tr("Undo…"), parent)
        button.setProperty("kind", "link")
        button.setAccessibleName(self.tr("Undo the import of {file}").format(file=batch.file))
        button.clicked.connect(self._pressed)
        return button

    @Slot()
    def _pressed(self) -> None:
        pressed = self.sender()
        for batch in self._batches:
            if self.undos.get(batch.id) is pressed:
                self.undo_asked.emit(batch.id, batch.file)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

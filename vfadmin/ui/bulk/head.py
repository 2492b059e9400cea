"""Above the rows: which list it is, and what can be done with it as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vfadmin.ui.bulk.words import listed
from vfadmin.ui.widgets import breakable, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import ImportPlan

_LARGER = 1.2
_NAMED = 4


class Head(QWidget):
    """``columns_toggled``, ``save_asked`` and ``choose_asked`` are its buttons."""

    columns_toggled = Signal(bool)
    save_asked = Signal()
    choose_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: ImportPlan | None = None
        self.name, self.note = wrapping(self), wrapping(self)
        font = self.name.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        self.name.setFont(font)
        self.name.setProperty("role", "title")
        self.note.setProperty("role", "muted")
        self.columns, self.save, self.choose = QPushButton(self), QPushButton(self), QPushButton(self)
        self.columns.setCheckable(True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.name)
        words.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.columns, self.save, self.choose):
            row.addWidget(button)
        self.columns.toggled.connect(self.columns_toggled)
        self.save.clicked.connect(self.save_asked)
        self.choose.clicked.connect(self.choose_asked)
        tab_through(self.columns, self.save, self.choose)
        self._say()

    def show_plan(self, plan: ImportPlan) -> None:
        """Tell of this list."""
        self._plan = plan
        self._say()

    def set_done(self, *, done: bool) -> None:
        """After the import the report below has its own buttons."""
        for button in (self.columns, self.save, self.choose):
            button.setVisible(not done)

    def _say(self) -> None:
        plan = self._plan
        if plan is not None:
            self.name.setText(breakable(plan.file))
            said = [self.tr("%n row(s) in the sheet {sheet}.", "", len(plan.rows)).format(sheet=plan.sheet)]
            if plan.rules.devices:
                said.append(
                    self.tr("A list of mobile devices: it says who has one, and changes nothing else.")
                )
            if plan.remembered:
                said.append(self.tr("Columns as they were corrected for such a list before."))
            if plan.ignored_columns:
                names = listed(plan.ignored_columns, _NAMED)
                said.append(self.tr("Columns that are not used: {names}.").format(names=names))
            self.note.setText(" ".join(said))
        self.columns.setText(self.tr("Co&lumns"))
        self.columns.setToolTip(self.tr("Show what each column of the list is taken for, and correct it"))
        self.save.setText(self.tr("&Save report…"))
        self.save.setToolTip(self.tr("Saves the rows with verdict and reason as they are now"))
        self.choose.setText(self.tr("&Choose another file…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

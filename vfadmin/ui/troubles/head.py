"""The head of the screen: what it is, the figures, and what concerns all synchronisation."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from vfadmin.ui.desk import Desk
from vfadmin.ui.form_page import heading
from vfadmin.ui.troubles.pause import PauseButton


class Head(QWidget):
    """``fleet`` leads to who synchronises, ``pause`` stops everybody."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.title, self.sum = heading(self), QLabel(self)
        self.fleet, self.pause = QPushButton(self), PauseButton(desk, self)
        self.sum.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.title)
        row.addWidget(self.sum, 1)
        row.addWidget(self.fleet)
        row.addWidget(self.pause)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.title.setText(self.tr("Problems"))
        self.fleet.setText(self.tr("Who synchronises…"))

"""Questions before what cannot be taken back: the buttons are verbs, and Enter means no."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMessageBox, QWidget


class Question(QObject):
    """One question; ``agreed`` is called if the answer is the verb."""

    def __init__(
        self, parent: QWidget, question: str, text: str, verb: str, agreed: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._agreed = agreed
        self.box = QMessageBox(parent)
        self.box.setIcon(QMessageBox.Icon.Warning)
        self.box.setWindowTitle(verb)
        self.box.setText(question)
        self.box.setInformativeText(text)
        self.yes = self.box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        self.yes.setProperty("kind", "danger")
        self.no = self.box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        self.box.setDefaultButton(self.no)
        self.box.setEscapeButton(self.no)
        self.box.finished.connect(self._finished)

    def ask(self) -> None:
        """Show it, without stopping the program's loop."""
        self.box.open()

    @Slot()
    def _finished(self) -> None:
        if self.box.clickedButton() is self.yes:
            self._agreed()
        self.box.deleteLater()
        self.deleteLater()

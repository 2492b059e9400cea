"""Questions before what cannot be taken back: the buttons are verbs, and Enter means no.

To be imported when there is something to ask: Qt's box for messages is not to delay the first window.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


class Question(QObject):
    """One question; ``agreed`` is called if the answer is the verb. There may be a second verb beside it."""

    def __init__(
        self, parent: QWidget, question: str, text: str, verb: str, agreed: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self.box = QMessageBox(parent)
        self.box.setIcon(QMessageBox.Icon.Warning)
        self.box.setWindowTitle(verb)
        self.box.setText(question)
        self.box.setInformativeText(text)
        self._answers: list[tuple[QPushButton, Callable[[], object]]] = []
        self.yes = self._add(verb, agreed)
        self.no = self.box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        self.box.setDefaultButton(self.no)
        self.box.setEscapeButton(self.no)
        self.box.finished.connect(self._finished)

    def _add(self, verb: str, agreed: Callable[[], object]) -> QPushButton:
        button = self.box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        button.setProperty("kind", "danger")
        button.style().polish(button)  # the box has had it polished already, when it was any button
        self._answers.append((button, agreed))
        return button

    def ask(self) -> None:
        """Show it, without stopping the program's loop."""
        self.box.open()

    def offer(self, verb: str, text: str, agreed: Callable[[], object]) -> None:
        """Add another verb, and say what each of them does; possible while the question is shown."""
        self._add(verb, agreed)
        self.tell(text)
        # Qt gives the buttons a new order and the first of them the keyboard: Enter would then be the verb.
        self.box.setDefaultButton(self.no)
        self.no.setFocus()

    def tell(self, text: str) -> None:
        """Replace the text below the question."""
        self.box.setInformativeText(text)

    @Slot()
    def _finished(self) -> None:
        clicked = self.box.clickedButton()
        for button, agreed in self._answers:
            if clicked is button:
                agreed()
        self.box.deleteLater()
        self.deleteLater()

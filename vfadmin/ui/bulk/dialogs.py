"""The dialogs of the import: which file to read, and the password of a protected one.

To be imported when one is wanted: Qt's dialog for files is not to delay anything.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.widgets import breakable, wrapping

_LISTS = "*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.tsv *.txt *.xml *.htm *.html *.mht"
_SPREADSHEETS = QT_TRANSLATE_NOOP("OpenDialog", "Spreadsheets and lists")
_ALL = QT_TRANSLATE_NOOP("OpenDialog", "All files")
_WIDTH = 420


class OpenDialog(QFileDialog):
    """Asks for a list; ``chosen`` is told which."""

    def __init__(self, parent: QWidget, title: str, folder: Path, chosen: Callable[[str], None]) -> None:
        super().__init__(parent, title, str(folder))
        self._chosen = chosen
        self.setFileMode(QFileDialog.FileMode.ExistingFile)
        words = [QCoreApplication.translate("OpenDialog", word) for word in (_SPREADSHEETS, _ALL)]
        self.setNameFilters([f"{words[0]} ({_LISTS})", f"{words[1]} (*)"])
        self.fileSelected.connect(self._tell)
        self.finished.connect(self.deleteLater)

    @Slot(str)
    def _tell(self, file: str) -> None:
        self._chosen(file)


class PasswordDialog(QDialog):
    """Asks for the password of a file; ``given`` is told it, and nobody keeps it."""

    def __init__(self, parent: QWidget, file: str, given: Callable[[str], object], *, wrong: bool) -> None:
        super().__init__(parent)
        self._given = given
        self.question, self.note = wrapping(self), QLabel(self)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.buttons = QDialogButtonBox(self)
        self.open_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Ok)
        cancel = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(self.tr("Cancel"))  # as on every other button of the window; Qt says it its own way
        self.setWindowTitle(self.tr("Protected list"))
        self.question.setText(
            self.tr("The list {file} is protected by a password. It is used once, to read the list.").format(
                file=breakable(file)
            )
        )
        self.note.setText(self.tr("That password does not open the list. Check it and try again."))
        self.note.setProperty("role", "bad")
        self.note.setWordWrap(True)
        self.note.setVisible(wrong)
        self.line.setAccessibleName(self.tr("Password"))
        self.open_button.setText(self.tr("&Open"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        for widget in (self.question, self.line, self.note, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(_WIDTH)
        self.line.textChanged.connect(self._typed)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._finished)

    @Slot()
    def _typed(self) -> None:
        self.open_button.setEnabled(bool(self.line.text()))

    @Slot(int)
    def _finished(self, answer: int) -> None:
        password = self.line.text()
        self.line.clear()
        self.deleteLater()
        if answer == QDialog.DialogCode.Accepted and password:
            self._given(password)

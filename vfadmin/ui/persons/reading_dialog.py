"""A window about what is read from the calendars: a list, how far that is, and how to end or repeat it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.listing import Listing
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar, wrapping


class ReadingDialog(QDialog):
    """What is common: an introduction, what went wrong, the list and its detail, and the buttons of reading.

    ``how_far`` is the label beside the progress.
    """

    def __init__(self, parent: QWidget | None, how_far: QLabel | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.intro, self.detail = wrapping(self), wrapping(self)
        self.how_far = wrapping(self) if how_far is None else how_far
        self.bar, self.view = InfoBar(self), Listing(self)
        self.progress, self.cancel = QProgressBar(self), QPushButton(self)
        self.again, self.leave = QPushButton(self), QPushButton(self)
        self.progress.setTextVisible(False)
        self.cancel.setProperty("kind", "link")
        self.how_far.setProperty("role", "muted")
        self.leave.clicked.connect(self.reject)

    def lay_out(self, least: tuple[int, int], size: tuple[int, int]) -> QVBoxLayout:
        """The column in which everything stands, the introduction and what went wrong at its head."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for button in self.findChildren(QPushButton, options=direct):
            button.setAutoDefault(False)  # Enter in the list is not to do anything to anybody
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.intro)
        column.addWidget(self.bar)
        self.setMinimumSize(*least)
        self.resize(*size)
        return column

    def state_row(self) -> QHBoxLayout:
        """How far it is, and how to end it."""
        row = QHBoxLayout()
        row.addWidget(self.how_far, 1)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        return row

    def show_failure(self, failure: Failure, *, retry: bool = False) -> None:
        """Say above the list what is wrong."""
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=retry)

    def say_common(self) -> None:
        """The words that every such window has."""
        self.progress.setAccessibleName(self.tr("Progress"))
        self.again.setText(self.tr("&Read again"))
        self.leave.setText(self.tr("&Close"))

"""The causes that have stopped integrations, offered once the rows in error are looked at (R24)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from vfadmin.errors.texts import explain
from vfadmin.ui.texts import number
from vfadmin.ui.translations import current

if TYPE_CHECKING:
    from vfadmin.services.search import CauseCount


class CausePicker(QWidget):
    """``chosen`` says that another cause was picked, ``all_asked`` that all rows found are to be selected."""

    chosen = Signal()
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._causes: tuple[tuple[str, int], ...] = ()
        self._shown = 0
        self._label = QLabel(self)
        self.box = QComboBox(self)
        self.all = QPushButton(self)
        self._label.setBuddy(self.box)
        self.box.setMinimumContentsLength(24)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.addItem("", None)
        self.all.setProperty("kind", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self.box, 1)
        row.addWidget(self.all)
        self.box.currentIndexChanged.connect(self._picked)
        self.all.clicked.connect(self.all_asked)
        self._retranslate()

    @property
    def code(self) -> str | None:
        """The cause that is picked; None for all of them."""
        code: str | None = self.box.currentData()
        return code

    def set_causes(self, causes: Sequence[CauseCount]) -> None:
        """Offer these. The one picked stays even when nothing stands for it any more."""
        counted = {cause.code: cause.count for cause in causes}
        if self.code is not None:
            counted.setdefault(self.code, 0)
        if tuple(counted.items()) != self._causes:
            self._causes = tuple(counted.items())
            self._fill(self.code)

    def pick(self, code: str) -> None:
        """Pick this one, whether anybody has been found for it yet or not."""
        if self.box.findData(code) < 0:
            self._causes = (*self._causes, (code, 0))
        self._fill(code)

    def set_shown(self, shown: int) -> None:
        """Say how many rows "all" are."""
        self._shown = shown
        self._say_all()

    def clear(self) -> None:
        """Back to all causes."""
        self.box.setCurrentIndex(0)

    @Slot()
    def _picked(self) -> None:
        self.box.setToolTip(self.box.currentText() if self.code is not None else "")
        self.chosen.emit()

    def _fill(self, code: str | None) -> None:
        self.box.blockSignals(True)
        while self.box.count() > 1:
            self.box.removeItem(1)
        for one, count in self._causes:
            message = explain(one, lang=current()).message.rstrip(".")
            words = self.tr("{message} · {code} · {count}")
            self.box.addItem(words.format(message=message, code=one, count=number(count)), one)
        self.box.setCurrentIndex(max(0, self.box.findData(code)))
        self.box.blockSignals(False)
        self.box.setToolTip(self.box.currentText() if code is not None else "")

    def _say_all(self) -> None:
        self.all.setText(self.tr("Select all {count}").format(count=number(self._shown)))
        self.all.setEnabled(self._shown > 0)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("Stopped by"))
        self.box.setItemText(0, self.tr("All causes"))
        self.box.setAccessibleName(self.tr("Cause of the error"))
        self.all.setToolTip(self.tr("Select every row found (Ctrl+A in the list)"))
        self._fill(self.code)
        self._say_all()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

"""What narrows the comparison: a chip for each group with its count, one of which holds, and a text."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLineEdit, QWidget

from vfadmin.ui.persons.compare_words import ICONS, group_word
from vfadmin.ui.widgets import Chip

ALL = ""
GROUPS = (ALL, "differing", "only_valueframe", "only_exchange", "equal", "unreadable")
_PAUSE_MS, _GAP = 150, 6


class CompareFilters(QWidget):
    """``changed`` tells of another choice. What could not be read has a chip only where there is some."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips: dict[str, Chip] = {}
        self.text = QLineEdit(parent)  # whoever shows the chips finds a place for it
        self._only_one = QButtonGroup(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        for group in GROUPS:
            icon, tone = ICONS.get(group, ("compare", "accent_text"))
            chip = self.chips[group] = Chip(icon, self)
            chip.set_tone(tone)
            self._only_one.addButton(chip)
        self.text.setClearButtonEnabled(True)
        self.chips[ALL].setChecked(True)
        self._only_one.buttonToggled.connect(self._toggled)
        self._pause.timeout.connect(self.changed)
        self.text.textChanged.connect(self._pause.start)
        self.count({})
        self._retranslate()

    @property
    def group(self) -> str:
        """Which group is to be shown; empty for all."""
        return next((group for group, chip in self.chips.items() if chip.isChecked()), ALL)

    def choose(self, group: str) -> None:
        """Show that group alone."""
        self.chips[group].setChecked(True)

    def count(self, counts: Mapping[str, int]) -> None:
        """How many there are of each group."""
        for group, chip in self.chips.items():
            chip.set_count(None if not counts else counts.get(group, sum(counts.values())))
        self.chips["unreadable"].setVisible(bool(counts.get("unreadable")))
        if not counts.get("unreadable") and self.group == "unreadable":
            self.choose(ALL)
        self._flow()

    def _flow(self) -> None:
        """One chip after the other, in as many lines as this width needs."""
        at, below = 0, 0
        shown = [chip for chip in self.chips.values() if not chip.isHidden()]
        for chip in shown:
            size = chip.sizeHint()
            if at and at + size.width() > self.width():
                at, below = 0, below + size.height() + _GAP
            chip.setGeometry(at, below, size.width(), size.height())
            at += size.width() + _GAP
        self.setFixedHeight(below + shown[0].sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._flow()

    @Slot(QAbstractButton, bool)
    def _toggled(self, _chip: QAbstractButton, checked: bool) -> None:
        if checked:  # the one that gave way is told of, too
            self.changed.emit()

    def _retranslate(self) -> None:
        own = {ALL: self.tr("All"), "equal": self.tr("Equal")}
        for group, chip in self.chips.items():
            chip.set_label(own.get(group) or group_word(group))
        self._flow()
        self.text.setPlaceholderText(self.tr("Title or location"))
        self.text.setAccessibleName(self.tr("Filter by title or location"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

"""Which rows are shown, and which of them are chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from vfadmin.ui.bulk.table import ImportTable
from vfadmin.ui.bulk.words import LEFT, VERDICTS, verdict_look, verdict_word
from vfadmin.ui.texts import number
from vfadmin.ui.widgets import Chip, tab_through


class Filters(QWidget):
    """A chip for each verdict with how many rows have it, and the buttons that choose what is shown."""

    wanted = Signal(object)

    def __init__(self, model: ImportTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._beside: bool | None = None
        self.chips: dict[str, Chip] = {}
        self.figure = QLabel(self)
        self.figure.setProperty("role", "muted")
        self.all, self.none = QPushButton(self), QPushButton(self)
        self._left, self._right = QWidget(self), QWidget(self)
        self._lines = QGridLayout(self)
        self._compose()
        self.all.clicked.connect(self._choose_all)
        self.none.clicked.connect(self._choose_none)
        model.ticks_changed.connect(self.say)
        tab_through(*self.chips.values(), self.all, self.none)
        self.say()

    def _compose(self) -> None:
        left, right = QHBoxLayout(self._left), QHBoxLayout(self._right)
        for layout in (left, right, self._lines):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(8)
        for verdict in VERDICTS:
            icon, tone = verdict_look(verdict)
            chip = self.chips[verdict] = Chip(icon, self._left)
            chip.set_tone(tone)
            chip.toggled.connect(self._toggled)
            left.addWidget(chip)
        left.addStretch(1)
        right.addWidget(self.figure)
        for button in (self.all, self.none):
            button.setProperty("kind", "link")
            right.addWidget(button)
        right.addStretch(1)
        self._lines.addWidget(self._left, 0, 0)
        self._lines.setColumnStretch(0, 1)

    def _arrange(self) -> None:
        """Where there is no room for both beside each other, the chips stand above."""
        beside = self._left.sizeHint().width() + self._right.sizeHint().width() + 8 <= self.width()
        if beside is not self._beside:
            self._beside = beside
            self._lines.removeWidget(self._right)
            self._lines.addWidget(self._right, *((0, 1) if beside else (1, 0)))

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of both: they can stand above each other."""
        widest = max(self._left.sizeHint().width(), self._right.sizeHint().width())
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self._arrange()

    def reset(self) -> None:
        """Show all."""
        for chip in self.chips.values():
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
        self.say()

    @Slot()
    def _toggled(self) -> None:
        self.wanted.emit([verdict for verdict, chip in self.chips.items() if chip.isChecked()])
        self.say()

    @Slot()
    def _choose_all(self) -> None:
        self._model.tick(None, on=True)

    @Slot()
    def _choose_none(self) -> None:
        self._model.tick(None, on=False)

    @Slot()
    def say(self) -> None:
        """Others are chosen, or the rows are others."""
        model, final = self._model, self._model.final
        counts = model.counts()
        for verdict, chip in self.chips.items():
            chip.set_label(verdict_word(verdict, done=final))
            chip.set_count(counts[verdict])
            chip.setToolTip(self.tr("Show only these; several can be chosen"))
        self.chips[LEFT].setVisible(final and bool(counts[LEFT]))
        good = model.total - counts["reject"]
        chosen = good - model.sums().left
        text = self.tr("{chosen} / {good} rows chosen")
        self.figure.setText(text.format(chosen=number(chosen), good=number(good)))
        self.all.setText(self.tr("Choose all"))
        self.all.setToolTip(self.tr("Choose all rows that are shown and not rejected"))
        self.none.setText(self.tr("Choose none"))
        self.none.setToolTip(self.tr("Leave out all rows that are shown"))
        for widget in (self.figure, self.all, self.none):
            widget.setVisible(not final)
        self._right.setVisible(not final)
        self.updateGeometry()
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.say()

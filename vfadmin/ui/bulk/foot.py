"""Below the rows: what an import would do, in sentences, and the button that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui.bulk.words import Sums, listed
from vfadmin.ui.widgets import tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import Rules


_APART = 20


class RuleBoxes(QWidget):
    """Boxes beside each other where there is room, else below each other."""

    def __init__(self, boxes: Sequence[QCheckBox], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = boxes
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for box in boxes:
            self._row.addWidget(box)

    def arrange(self) -> None:
        """There is more room, or less, or the words are others."""
        wide = sum(box.sizeHint().width() + _APART for box in self._boxes)
        beside = wide <= self.width()
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._row.setSpacing(_APART if beside else 6)
        for place in range(len(self._boxes)):
            self._row.setStretch(place, int(beside and place == len(self._boxes) - 1))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest box: they can stand below each other."""
        widest = max(box.sizeHint().width() for box in self._boxes)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self.arrange()


class Foot(QWidget):
    """``apply_asked``, ``ask_asked``, ``cancel_asked`` and ``rules_toggled`` are its controls."""

    apply_asked = Signal()
    ask_asked = Signal()
    cancel_asked = Signal()
    rules_toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sums, self._companies = Sums(), tuple[str, ...]()
        self._busy, self._locked, self._refusal, self._devices = "", False, "", False
        self.words = wrapping(self)
        self.activate, self.known = QCheckBox(self), QCheckBox(self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.ask, self.apply, self.cancel = QPushButton(self), QPushButton(self), QPushButton(self)
        self.apply.setProperty("kind", "primary")
        left = QVBoxLayout()
        left.setSpacing(6)
        self._rules = RuleBoxes((self.activate, self.known), self)
        for widget in (self.words, self.progress, self._rules):
            left.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(left, 1)
        row.addSpacing(8)
        for button in (self.cancel, self.ask, self.apply):
            row.addWidget(button)
        for box in (self.activate, self.known):
            box.clicked.connect(self.rules_toggled)
        self.ask.clicked.connect(self.ask_asked)
        self.apply.clicked.connect(self.apply_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        tab_through(self.activate, self.known, self.cancel, self.ask, self.apply)
        self._say()

    def show_rules(self, rules: Rules) -> None:
        """By which rules the rows have been judged; a list of devices is judged by none of these."""
        self.activate.setChecked(rules.activate)
        self.known.setChecked(rules.known_companies)
        self._devices = rules.devices
        self._say()

    def rules(self, former: Rules) -> Rules:
        """The rules as they are ticked now."""
        return replace(former, activate=self.activate.isChecked(), known_companies=self.known.isChecked())

    def show_sums(self, sums: Sums, companies: Sequence[str]) -> None:
        """What the chosen rows come to, and which companies they add."""
        self._sums, self._companies = sums, tuple(companies)
        self._say()

    def show_busy(self, text: str, done: int, total: int) -> None:
        """Something is being done; an empty text: nothing."""
        self._busy = text
        self.progress.setMaximum(total)
        self.progress.setValue(done)
        self._say()

    def lock(self, *, locked: bool, refusal: str) -> None:
        """While something goes on, nothing is imported; ``refusal`` is why Exchange cannot be asked."""
        self._locked, self._refusal = locked, refusal
        self._say()

    def summary(self) -> str:
        """What would be done, or that there is nothing to do."""
        sums, said = self._sums, list[str]()
        if sums.created:
            said.append(self.tr("%n person(s) will be added.", "", sums.created))
        if sums.updated:
            said.append(self.tr("%n person(s) will be changed.", "", sums.updated))
        if sums.activated:
            said.append(self.tr("%n integration(s) will be activated.", "", sums.activated))
        if self._companies and sums.created + sums.updated:
            names = listed(self._companies)
            text = self.tr("%n new company(s): {names}.", "", len(self._companies))
            said.append(text.format(names=names))
        if not sums.writing:
            said.append(self.tr("The chosen rows change nothing."))
        if sums.rejected:
            said.append(self.tr("%n row(s) are rejected.", "", sums.rejected))
        if sums.left:
            said.append(self.tr("%n row(s) are left out.", "", sums.left))
        if sums.writing:
            said.append(self.tr("Nothing has been written yet."))
        return " ".join(said)

    def _say(self) -> None:
        busy = bool(self._busy)
        self.words.setText(self._busy or self.summary())
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy)
        self._rules.setVisible(not busy and not self._devices)
        self.ask.setVisible(not busy)
        self.apply.setVisible(not busy)
        self.activate.setText(self.tr("Also acti&vate those who have a login"))
        self.known.setText(self.tr("Re&ject rows that would add a company"))
        self._rules.arrange()
        self.ask.setText(self.tr("As&k Exchange"))
        self.ask.setEnabled(not self._refusal and not self._locked)
        tip = self.tr("Asks whether the mailbox of each chosen row is there and may be used; writes nothing")
        self.ask.setToolTip(self._refusal or tip)
        self.ask.setAccessibleDescription(self._refusal or tip)
        self.apply.setText(self.tr("&Import %n row(s)", "", self._sums.writing))
        self.apply.setEnabled(self._sums.writing > 0 and not self._locked)
        self.apply.setToolTip("" if self._sums.writing else self.tr("The chosen rows change nothing."))
        self.cancel.setText(self.tr("Ca&ncel"))
        self.progress.setAccessibleName(self.tr("Progress"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

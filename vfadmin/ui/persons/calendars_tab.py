"""The tab *Tapahtumat*: the events in ValueFrame to be edited, or both calendars side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from vfadmin.ui.desk import Desk
from vfadmin.ui.persons.compare_page import ComparePage
from vfadmin.ui.persons.events_tab import EventsTab


class CalendarsTab(QWidget):
    """``compared`` says that both calendars are shown, which takes more room."""

    compared = Signal()

    def __init__(
        self, desk: Desk, person_id: int, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.events = EventsTab(desk, person_id, clock, self)
        self.compare = ComparePage(desk, person_id, clock, self)
        self.one, self.both = QRadioButton(self), QRadioButton(self)
        self._stack = QStackedWidget(self)
        choice = QHBoxLayout()
        choice.setSpacing(18)
        for button in (self.one, self.both):
            choice.addWidget(button)
        choice.addStretch(1)
        self._stack.addWidget(self.events)
        self._stack.addWidget(self.compare)
        self._make_room()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addLayout(choice)
        column.addWidget(self._stack, 1)
        self.one.setChecked(True)
        self.both.toggled.connect(self._turned)
        self.events.changed.connect(self.compare.grow_stale)
        self._retranslate()

    @Slot()
    def load(self) -> None:
        """Read what is shown."""
        if self.both.isChecked():
            self.compare.load()
        else:
            self.events.load()

    def follow(self) -> None:
        """Somebody wrote into the store. Both calendars are not read for it: that takes long."""
        if not self.both.isChecked():
            self.events.load()

    @Slot()
    def _turned(self) -> None:
        self._make_room()
        self._stack.setCurrentWidget(self.compare if self.both.isChecked() else self.events)
        if self.both.isChecked():
            self.compared.emit()
        self.load()

    def _make_room(self) -> None:
        """As long as only one calendar is shown, two do not make the form any higher."""
        policies = QSizePolicy.Policy
        policy = policies.Preferred if self.both.isChecked() else policies.Ignored
        self.compare.setSizePolicy(policy, policy)

    def _retranslate(self) -> None:
        self.one.setText(self.tr("In &ValueFrame"))
        self.both.setText(self.tr("&Both calendars side by side"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

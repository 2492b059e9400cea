"""A person as a form (R25): basic data, the Exchange integration, the events, and what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QTabWidget, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.persons.calendar_change import CalendarDialog
from vfadmin.ui.persons.calendars_tab import CalendarsTab
from vfadmin.ui.persons.diagnosing import Diagnosing
from vfadmin.ui.persons.draft import Draft, Saved, differences, draft_of, read_person, save
from vfadmin.ui.persons.form_tabs import LEAST_WIDTH, BasicTab, ExchangeTab
from vfadmin.ui.persons.history_tab import HistoryTab
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow

CHANGED_MEANWHILE = "VF-LOGIN-05"
_WIDTH, _EDGE = 800, 16
_TWO = 1160, 640
"""The room that two calendars side by side want."""


class PersonForm(QDialog):
    """Edits one person. What somebody else stored meanwhile is shown, never overwritten.

    ``saved`` carries the row as it is stored now; ``action_asked`` an action for the person.
    """

    saved = Signal(object)
    action_asked = Signal(str, int)

    def __init__(
        self,
        desk: Desk,
        row: PersonRow,
        companies: Sequence[str],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row = row
        self._theirs: PersonRow | None = None
        self._then = ""
        self._wanted = ["", ""]
        self.basic, self.exchange = BasicTab(companies, self), ExchangeTab(self)
        self.calendars = CalendarsTab(desk, row.id, clock, self)
        self.events = self.calendars.events
        self.history = HistoryTab(desk, row.id, self)
        self.tabs = QTabWidget(self)
        self.bar = InfoBar(self)
        self.diagnosing = Diagnosing(desk, self.bar, clock, self)
        self.buttons = QDialogButtonBox(self)
        self.save_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Save)
        self.cancel_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.theirs_button = QPushButton(self)
        self._compose()
        self._connect()
        self._fill(row)
        self._retranslate()
        self.setMinimumWidth(max(LEAST_WIDTH + 60, self.minimumSizeHint().width()))  # texts differ in length

    def _compose(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for tab in (self.basic, self.exchange, self.calendars, self.history):
            self.tabs.addTab(tab, "")
        self.save_button.setProperty("kind", "primary")
        self.save_button.setDefault(True)
        self.buttons.addButton(self.theirs_button, QDialogButtonBox.ButtonRole.ResetRole)
        self.theirs_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(12)
        column.addWidget(self.bar)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.buttons)
        self.resize(_WIDTH, 560)
        # Until it is seen, nobody else tells the page how wide it will be; of that it reckons its height.
        self.exchange.resize(_WIDTH - 2 * (_EDGE + 1), self.exchange.height())

    def _connect(self) -> None:
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.theirs_button.clicked.connect(self._take_theirs)
        self.tabs.currentChanged.connect(self._turned)
        self.basic.edited.connect(self._edited)
        self.exchange.edited.connect(self._edited)
        self.exchange.action_asked.connect(self._act)
        self.calendars.compared.connect(self._widen)
        self.history.diagnosis_asked.connect(self._diagnose)
        self.finished.connect(self.diagnosing.cancel)
        self.finished.connect(self.history.stop)

    @property
    def person_id(self) -> int:
        """Whose form it is."""
        return self._row.id

    def draft(self) -> Draft:
        """What the fields say."""
        return Draft(*self.basic.values(), *self.exchange.values())

    def live(self, row: PersonRow) -> None:
        """The row moved on outside: the state follows, the fields stay as they were typed."""
        if row.id == self._row.id and self._theirs is None:
            typed, before, now = self.draft(), draft_of(self._row), draft_of(row)
            self.exchange.show_state(row)
            self.events.show_state(row)
            if typed == now:  # the fields say so already, and the keyboard stands in one of them
                self._row = row
                self._edited()
            elif typed == before:
                self._fill(row)

    def follow(self) -> None:
        """Somebody wrote into the store: read what is shown."""
        person_id = self._row.id
        call = partial(read_person, person_id=person_id)
        self._desk.ask(self, call, self.live, self._unread, channel=f"form-{person_id}")
        shown = self.tabs.currentWidget()
        if isinstance(shown, CalendarsTab):
            shown.follow()
        elif isinstance(shown, HistoryTab):
            shown.load()

    def _unread(self, failure: Failure) -> None:
        """What is wrong with the store, or with the person, is told when it is saved."""

    def show_exchange(self) -> None:
        """Open on the tab of the integration."""
        self.tabs.setCurrentWidget(self.exchange)

    @Slot()
    def _turned(self) -> None:
        """What a tab shows is read when it is first wanted, and again when it is turned to."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, CalendarsTab | HistoryTab):
            shown.load()

    @Slot()
    def _widen(self) -> None:
        """Two calendars want more room than one, as far as the screen has it, and the window."""
        room = self.screen().availableGeometry().size()
        parent = self.parentWidget()
        if parent is not None:
            room = room.boundedTo(parent.window().size())
        wide, high = min(_TWO[0], room.width() - 2 * _EDGE), min(_TWO[1], room.height() - 4 * _EDGE)
        self.resize(max(self.width(), wide), max(self.height(), high))

    @Slot()
    def _diagnose(self) -> None:
        self.diagnosing.start(self._row.id)

    @Slot()
    def _save(self) -> None:
        self._store("")

    @Slot(str)
    def _act(self, action: str) -> None:
        """Do an action of the second tab; what was typed is stored first."""
        if action == "calendar":
            # The dialog stores that choice, with all that goes with it.
            _, *self._wanted = self.exchange.values()
            self.exchange.reset_calendar()
        if self.draft() == draft_of(self._row):
            self._do(action)
        else:
            self._store(action)

    def _do(self, action: str) -> None:
        if action != "calendar":
            self.action_asked.emit(action, self._row.id)
            return
        calendar, name = self._wanted
        dialog = CalendarDialog(self._desk, self._row, (calendar, name), self)
        dialog.changed.connect(self._calendar_changed)
        dialog.open()

    @Slot(object)
    def _calendar_changed(self, row: PersonRow) -> None:
        self._fill(row)
        self.saved.emit(row)

    def _store(self, then: str) -> None:
        self._then = then
        self._set_busy(busy=True)
        row, draft = self._row, self.draft()
        asked = self._desk.ask(
            self, lambda services: save(services, row, draft), self._stored, self._failed, lane=Lane.WRITE
        )
        if not asked:
            self._set_busy(busy=False)

    def _stored(self, saved: Saved) -> None:
        self._set_busy(busy=False)
        self._row = saved.row
        self.saved.emit(saved.row)
        if saved.failure is not None:
            self._failed(saved.failure)
            self.exchange.show_state(saved.row)
            return
        self._fill(saved.row)
        self.bar.hide()
        if self._then:
            self._do(self._then)
        else:
            self.accept()

    def _failed(self, failure: Failure) -> None:
        self._set_busy(busy=False)
        if failure.code == CHANGED_MEANWHILE:
            person_id = self._row.id
            self._desk.ask(
                self, lambda services: read_person(services, person_id), self._changed, self._failed
            )
            return
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code)
        if failure.code.startswith(("VF-LOGIN", "VF-CALENDAR")):
            self.show_exchange()
        if failure.code.startswith("VF-LOGIN"):
            self.exchange.mark_login()

    def _changed(self, theirs: PersonRow) -> None:
        """Somebody else stored something meanwhile: show what, and save nothing over it."""
        self._theirs = theirs
        lines = [
            self.tr("{field}: now {stored}, in this form {typed}").format(
                field=self._field(name), stored=stored or "-", typed=typed or "-"
            )
            for name, stored, typed in differences(theirs, self.draft())
        ]
        self.bar.show_message(
            "warn",
            self.tr("Somebody else changed this person meanwhile. Nothing was saved."),
            "\n".join([*lines, self.tr("Take the stored data, then make your change again.")]),
            code=CHANGED_MEANWHILE,
        )
        self.theirs_button.show()
        self.save_button.setEnabled(False)
        self.exchange.setEnabled(False)

    @Slot()
    def _take_theirs(self) -> None:
        if self._theirs is not None:
            self._fill(self._theirs)
        self._theirs = None
        self.theirs_button.hide()
        self.bar.hide()
        self.exchange.setEnabled(True)
        self._edited()

    def _fill(self, row: PersonRow) -> None:
        self._row = row
        self.basic.fill(row)
        self.exchange.fill(row)
        self.events.show_state(row)
        self.setWindowTitle(f"{row.name} · {row.id}")
        self._edited()

    @Slot()
    def _edited(self) -> None:
        dirty = self.draft() != draft_of(self._row)
        self.save_button.setEnabled(self._theirs is None and dirty)
        # Events are stored by their own dialog: where nothing waits to be stored there is nothing to cancel.
        self.cancel_button.setText(self.tr("Cancel") if dirty else self.tr("Close"))

    def _set_busy(self, *, busy: bool) -> None:
        self.tabs.setEnabled(not busy)
        self.save_button.setEnabled(not busy)
        if not busy:
            self._edited()

    def _field(self, name: str) -> str:
        return {
            "name": self.tr("Name"),
            "email": self.tr("E-mail"),
            "company": self.tr("Company"),
            "active": self.tr("Active in ValueFrame"),
            "resource": self.tr("Resource"),
            "login": self.tr("Login"),
            "calendar": self.tr("Calendar"),
            "calendar_name": self.tr("Name of the calendar"),
        }[name]

    def _retranslate(self) -> None:
        self.tabs.setTabText(0, self.tr("Basic data"))
        self.tabs.setTabText(1, self.tr("Exchange synchronisation"))
        self.tabs.setTabText(2, self.tr("Events"))
        self.tabs.setTabText(3, self.tr("History"))
        self.save_button.setText(self.tr("Save"))
        self.theirs_button.setText(self.tr("Take the stored data"))
        self.tabs.setAccessibleName(self.tr("Parts of the form"))
        self._edited()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

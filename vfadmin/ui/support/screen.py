"""The screen of support: the switch of the whole integration (R14), and the connection to Exchange (R27)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.ui.confirm import Question
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.form_page import field_rows, heading, scrolled
from vfadmin.ui.support.alerts import AlertFields
from vfadmin.ui.support.checks import CheckList
from vfadmin.ui.support.fields import EWS, GRAPH, ConnectionFields
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar, wrapping

if TYPE_CHECKING:
    from vfadmin.services.connections import CheckStep, ConnectionRow
    from vfadmin.services.context import Services

_WIDTH, _FIELD, _LARGEST_ID = 800, 440, 2**31 - 1


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: whether the integration is on, and the connections that have been set."""

    module: bool
    connections: tuple[ConnectionRow, ...]

    def of(self, protocol: str) -> ConnectionRow | None:
        """The connection of a protocol, if there is one."""
        return next((one for one in self.connections if one.protocol == protocol), None)


def read(services: Services) -> Standing:
    """Called in the services' thread."""
    return Standing(services.settings.flag("module"), tuple(services.connections.list()))


def switch(services: Services, *, on: bool) -> Standing:
    """Switch the integration. Called in the services' thread."""
    services.settings.set_module(on)
    return read(services)


def store(services: Services, values: dict[str, Any], name: str | None) -> Standing:
    """Store the connection, its secret in the keyring. Called in the services' thread."""
    services.connections.set(name=name, **values)
    return read(services)


def check(
    services: Services, name: str, person: int | None, on_step: Callable[[CheckStep], None]
) -> list[CheckStep]:
    """Check the connection. Called in the thread of what reaches far."""
    return services.connections.test(name, person_id=person, on_step=on_step)


class SupportScreen(QWidget):
    """``changed`` says that something was stored."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._standing: Standing | None = None
        self._checking = False
        self.bar = InfoBar(self)
        self.module, self.switch = wrapping(self), QPushButton(self)
        self.protocol, self._protocol_label = QComboBox(self), QLabel(self)
        self.forms = {protocol: ConnectionFields(protocol, self) for protocol in (EWS, GRAPH)}
        self.save, self.revert, self.check = QPushButton(self), QPushButton(self), QPushButton(self)
        self.person, self.copy_report = QLineEdit(self), QPushButton(self)
        self.steps = CheckList(self)
        self.alerts = AlertFields(desk, self)
        self._headings = [heading(self) for _ in range(4)]
        self._compose()
        self._connect()
        self._retranslate()
        self.setEnabled(False)

    def _compose(self) -> None:
        page = QWidget(self)
        page.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        self.save.setProperty("kind", "primary")
        self.person.setValidator(QIntValidator(1, _LARGEST_ID, self))
        self.person.setFixedWidth(200)
        column.addWidget(self._headings[0])
        column.addLayout(_row(self.module, self.switch, stretch=self.module))
        column.addSpacing(10)
        column.addWidget(self._headings[1])
        column.addLayout(
            field_rows({"protocol": self.protocol}, {"protocol": self._protocol_label}, {}, _FIELD)
        )
        for protocol, form in self.forms.items():
            self.protocol.addItem(protocol, protocol)
            column.addWidget(form)
        column.addLayout(_row(self.save, self.revert))
        column.addSpacing(10)
        column.addWidget(self._headings[2])
        column.addLayout(_row(self.check, self.person))
        column.addWidget(self.steps)
        column.addLayout(_row(self.copy_report))
        self.copy_report.hide()
        column.addSpacing(10)
        column.addWidget(self._headings[3])
        column.addWidget(self.alerts)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        above = _row(self.bar, stretch=self.bar)
        above.setContentsMargins(24, 12, 24, 0)
        around.addLayout(above)  # beside the page: what is told is seen however far that is scrolled
        self._scroll = scrolled(page, self)
        around.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.switch.clicked.connect(self._switch)
        self.protocol.activated.connect(self._turn)
        for form in self.forms.values():
            form.edited.connect(self._edited)
        self.save.clicked.connect(self._save)
        self.revert.clicked.connect(self._show_stored)
        self.check.clicked.connect(self._check)
        self.person.returnPressed.connect(self._check)
        self.copy_report.clicked.connect(self._copy)
        self.steps.shown.connect(self.copy_report.setVisible)
        self.alerts.said.connect(self._alerts_said)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._follow)

    @property
    def fields(self) -> ConnectionFields:
        """The fields that are shown: those of the protocol that was chosen."""
        return self.forms[self.protocol.currentData()]

    @property
    def stored(self) -> ConnectionRow | None:
        """The connection whose fields are shown, if it has been set."""
        return None if self._standing is None else self._standing.of(self.fields.protocol)

    def begin(self) -> None:
        """The services are open: read."""
        self._desk.ask(self, read, self._read, self._failed, lane=Lane.ASIDE, channel="support")
        self.alerts.begin()

    def _read(self, standing: Standing) -> None:
        if self._standing is None and standing.of(EWS) is None and standing.of(GRAPH) is not None:
            self.protocol.setCurrentIndex(self.protocol.findData(GRAPH))
        self._standing = standing
        self.setEnabled(True)
        self._say_module()
        self._show_stored()

    @Slot()
    def _show_stored(self) -> None:
        for protocol, form in self.forms.items():
            form.setVisible(form is self.fields)
            if self._standing is not None:
                form.show_stored(self._standing.of(protocol))

    @Slot()
    def _turn(self) -> None:
        """Show the other protocol's fields, with what was typed there."""
        for form in self.forms.values():
            form.setVisible(form is self.fields)
        self.bar.hide()
        self.steps.clear()
        self._edited()

    @Slot()
    def _edited(self) -> None:
        touched = self.fields.touched
        connected = self.stored is not None
        self.save.setEnabled(touched)
        self.revert.setEnabled(touched)
        ready = connected and not touched and not self._checking
        self.check.setEnabled(ready)
        reason = self.tr("Save the connection first.") if not ready and not self._checking else ""
        self.check.setToolTip(reason)
        self.check.setAccessibleDescription(reason)

    # The module

    @Slot()
    def _switch(self) -> None:
        if self._standing is None:
            return
        if not self._standing.module:
            self._set_module(on=True)
            return
        Question(
            self,
            self.tr("Switch the Exchange integration off for this customer?"),
            self.tr(
                "Nothing is synchronised until it is switched on again, and every window says so. Nothing is "
                "deleted, and what changes meanwhile is synchronised then."
            ),
            self.tr("Switch off"),
            partial(self._set_module, on=False),
        ).ask()

    def _set_module(self, *, on: bool) -> None:
        self._desk.ask(self, partial(switch, on=on), self._switched, self._failed, lane=Lane.WRITE)

    def _switched(self, standing: Standing) -> None:
        self._standing = standing  # what somebody is typing into the fields is none of this
        self._say_module()
        on, off = self.tr("The integration was switched on."), self.tr("The integration was switched off.")
        self.bar.show_message("good", on if standing.module else off)
        self.changed.emit()

    def _say_module(self) -> None:
        on = self._standing is None or self._standing.module
        self.module.setText(
            self.tr("The integration is on: calendars are synchronised.")
            if on
            else self.tr("The integration is off: nothing is synchronised.")
        )
        self.switch.setText(self.tr("Switch off…") if on else self.tr("Switch on"))

    # The connection

    @Slot()
    def _save(self) -> None:
        values = {"protocol": self.fields.protocol, **self.fields.changes()}
        call = partial(store, values=values, name=None if self.stored is None else self.stored.name)
        self._desk.ask(self, call, self._saved, self._failed, lane=Lane.WRITE)

    def _saved(self, standing: Standing) -> None:
        self._read(standing)
        self.steps.clear()
        self.bar.show_message("good", self.tr("The connection was saved. Check it now."))
        self.changed.emit()

    @Slot()
    def _check(self) -> None:
        stored = self.stored
        if stored is None or not self.check.isEnabled():
            return
        self._checking = True
        self.bar.hide()
        self.steps.clear()
        self.check.setText(self.tr("Checking…"))
        self._edited()
        person = int(self.person.text()) if self.person.hasAcceptableInput() else None
        call = partial(check, name=stored.name, person=person, on_step=self.steps.stepped.emit)
        self._desk.ask(self, call, self._checked, self._check_failed, lane=Lane.FAR)

    def _checked(self, steps: list[CheckStep]) -> None:
        self._rest()
        if all(step.ok for step in steps):
            self.bar.show_message("good", self.tr("The connection is in order."))

    @Slot()
    def _follow(self) -> None:
        """Keep the latest step in sight."""
        if self.steps.steps:
            self._scroll.ensureWidgetVisible(self.copy_report)

    @Slot()
    def _copy(self) -> None:
        stored = self.stored
        if stored is not None:
            title = self.tr("Check of the connection {name}").format(name=f"{stored.name} ({stored.url})")
            QApplication.clipboard().setText(f"{title}\n{self.steps.report()}")
            self.bar.show_message("good", self.tr("The report is on the clipboard."))

    def _check_failed(self, failure: Failure) -> None:
        self._rest()
        self._failed(failure)

    def _rest(self) -> None:
        self._checking = False
        self.check.setText(self.tr("Check the connection"))
        self._edited()

    @Slot(str, str, str, str)
    def _alerts_said(self, tone: str, message: str, remedy: str, code: str) -> None:
        self.bar.show_message(tone, message, remedy, code=code)

    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code)

    def _retranslate(self) -> None:
        self._headings[0].setText(self.tr("Exchange integration"))
        self._headings[1].setText(self.tr("Connection to Exchange"))
        self._headings[2].setText(self.tr("Check"))
        self._headings[3].setText(self.tr("Alerts to administrators"))
        self._protocol_label.setText(self.tr("P&rotocol"))
        self.protocol.setAccessibleName(self.tr("P&rotocol").replace("&", ""))
        self.protocol.setItemText(0, self.tr("Own server (EWS)"))
        self.protocol.setItemText(1, "Office 365 (Microsoft Graph)")
        self.save.setText(self.tr("Save"))
        self.revert.setText(self.tr("Discard changes"))
        self.copy_report.setText(self.tr("Copy the report"))
        self.person.setPlaceholderText(self.tr("Person's ID, if wanted"))
        self.person.setAccessibleName(self.tr("ID of a person whose mailbox is checked too"))
        self.check.setText(self.tr("Checking…") if self._checking else self.tr("Check the connection"))
        self._say_module()
        self._edited()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _row(*widgets: QWidget, stretch: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is stretch else 0)
    if stretch is None:
        row.addStretch(1)
    return row

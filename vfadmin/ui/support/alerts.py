"""Whom an alert goes to. What may hold a token and the password go in and never come out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.form_page import field_rows
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import wrapping

if TYPE_CHECKING:
    from vfadmin.services.alert_settings import AlertSettings
    from vfadmin.services.context import Services
    from vfadmin.services.watchman import Delivery

_LINES = ("webhook", "recipients", "sender", "server", "account", "password", "ca_file")
_SECRET = frozenset({"webhook", "password"})
_ORDER = ("webhook", "recipients", "sender", "server", "security", "account", "password", "ca_file")
_FIELD = 440


def read(services: Services) -> AlertSettings:
    """Called in the services' thread."""
    return services.alert_settings.get()


def store(services: Services, values: dict[str, Any]) -> AlertSettings:
    """Store what was changed. Called in the services' thread."""
    from vfadmin.services.alert_settings import AlertChange  # noqa: PLC0415 - not needed for the first window

    return services.alert_settings.set(AlertChange(**values))


def stop(services: Services) -> AlertSettings:
    """Send nothing any more. Called in the services' thread."""
    return services.alert_settings.off()


def send(services: Services) -> tuple[Delivery, ...]:
    """Send a test. Called in the thread of what reaches far."""
    return services.alerts.test()


class AlertFields(QWidget):
    """``said`` carries a tone, a message, a remedy and a code for the screen's bar."""

    said = Signal(str, str, str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stored: AlertSettings | None = None
        self.security = QComboBox(self)
        self.lines = {name: QLineEdit(self) for name in _LINES}
        self._labels = {name: QLabel(self) for name in _ORDER}
        self._notes = {name: wrapping(self) for name in ("webhook", "recipients", "ca_file")}
        self.save, self.test, self.off = QPushButton(self), QPushButton(self), QPushButton(self)
        self._compose()
        self._retranslate()

    def _compose(self) -> None:
        for code, name in (("starttls", "STARTTLS"), ("tls", "TLS")):
            self.security.addItem(name, code)
        fields: dict[str, QWidget] = {**self.lines, "security": self.security}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(
            field_rows({name: fields[name] for name in _ORDER}, self._labels, self._notes, _FIELD)
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self.save, self.test, self.off):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        for name in _SECRET:
            self.lines[name].setEchoMode(QLineEdit.EchoMode.Password)
        for line in self.lines.values():
            line.textEdited.connect(self._edited)
        self.security.activated.connect(self._edited)
        self.save.clicked.connect(self._save)
        self.test.clicked.connect(self._test)
        self.off.clicked.connect(self._off)

    def begin(self) -> None:
        """The services are open: read."""
        self._desk.ask(self, read, self._read, self._failed, lane=Lane.ASIDE, channel="alerts")

    def _read(self, settings: AlertSettings) -> None:
        self._stored = settings
        for name, text in self._kept(settings).items():
            self.lines[name].setText(text)
        self.security.setCurrentIndex(self.security.findData(settings.security))
        self._say_secrets()
        self._edited()

    @staticmethod
    def _kept(settings: AlertSettings) -> dict[str, str]:
        return {
            "webhook": "",
            "recipients": ", ".join(settings.recipients),
            "sender": settings.sender,
            "server": settings.server,
            "account": settings.account,
            "password": "",
            "ca_file": settings.ca_file,
        }

    def changes(self) -> dict[str, Any]:
        """What differs from what is stored, as `AlertChange` takes it."""
        if self._stored is None:
            return {}
        kept = self._kept(self._stored)
        changed: dict[str, Any] = {
            name: line.text().strip()
            for name, line in self.lines.items()
            if line.text().strip() != kept[name]
        }
        if "recipients" in changed:
            changed["recipients"] = tuple(changed["recipients"].replace(";", ",").split(","))
        if self.security.currentData() != self._stored.security:
            changed["security"] = self.security.currentData()
        return changed

    @Slot()
    def _edited(self) -> None:
        touched, on = bool(self.changes()), self._stored is not None and self._stored.on
        self.save.setEnabled(touched)
        self.test.setEnabled(on and not touched)
        self.off.setEnabled(on)
        reason = "" if self.test.isEnabled() else self.tr("Save first where an alert goes.")
        self.test.setToolTip(reason)
        self.test.setAccessibleDescription(reason)

    @Slot()
    def _save(self) -> None:
        call = partial(store, values=self.changes())
        self._desk.ask(self, call, self._saved, self._failed, lane=Lane.WRITE)

    def _saved(self, settings: AlertSettings) -> None:
        self._read(settings)
        self.said.emit("good", self.tr("The alerts were saved. Send a test alert now."), "", "")

    @Slot()
    def _off(self) -> None:
        self._desk.ask(self, stop, self._stopped, self._failed, lane=Lane.WRITE)

    def _stopped(self, settings: AlertSettings) -> None:
        self._read(settings)
        self.said.emit("good", self.tr("No alerts are sent any more."), "", "")

    @Slot()
    def _test(self) -> None:
        self.test.setEnabled(False)
        self._desk.ask(self, send, self._sent, self._failed, lane=Lane.FAR)

    def _sent(self, done: tuple[Delivery, ...]) -> None:
        self._edited()
        failed = next((one.failure for one in done if one.failure is not None), None)
        if failed is not None:
            self._failed(failed)
        else:
            self.said.emit("good", self.tr("A test alert was sent."), "", "")

    def _failed(self, failure: Failure) -> None:
        self._edited()
        text = explain_failure(failure)
        self.said.emit("bad", text.message, text.remedy, failure.code)

    def _say_secrets(self) -> None:
        stored = {
            "webhook": self._stored is not None and self._stored.webhook,
            "password": self._stored is not None and bool(self._stored.account),
        }
        for name, there in stored.items():
            hint = self.tr("Stored; type to replace it") if there else self.tr("Not stored yet")
            self.lines[name].setPlaceholderText(hint)
            self.lines[name].setAccessibleDescription(hint)

    def _retranslate(self) -> None:
        words = {
            "webhook": self.tr("Webhook"),
            "recipients": self.tr("Mail to administrators"),
            "sender": self.tr("Sender"),
            "server": self.tr("Mail server"),
            "security": self.tr("Encryption"),
            "account": self.tr("Account of the mail server"),
            "password": self.tr("Password of the mail server"),
            "ca_file": self.tr("Certificate authority file"),
        }
        for name, word in words.items():
            self._labels[name].setText(word)
            (self.security if name == "security" else self.lines[name]).setAccessibleName(word)
        self._notes["webhook"].setText(
            self.tr("An address that begins with https. It is kept in the keyring.")
        )
        self._notes["recipients"].setText(
            self.tr("Addresses of administrators, with commas between them. Addresses of users are refused.")
        )
        self._notes["ca_file"].setText(
            self.tr("Only where the server's certificate is not known to this computer.")
        )
        self.save.setText(self.tr("Save the alerts"))
        self.test.setText(self.tr("Send a test alert"))
        self.off.setText(self.tr("Stop the alerts"))
        self._say_secrets()
        self._edited()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

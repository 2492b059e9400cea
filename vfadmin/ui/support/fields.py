"""The fields of a connection to Exchange. The secret goes in and never comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from vfadmin.ui.form_page import field_rows
from vfadmin.ui.widgets import wrapping

if TYPE_CHECKING:
    from vfadmin.services.connections import ConnectionRow

_KEYS = ("url", "account", "secret", "auth", "server_version", "ca_file")
_FIELD = 440
_VERSIONS = ("auto", "2010", "2013", "2016", "2019", "online")


class ConnectionFields(QWidget):
    """``edited`` says that something differs from what is stored, or does no more."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored: ConnectionRow | None = None
        self._shown: dict[str, Any] = {}
        self.url, self.account, self.ca_file = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.secret = QLineEdit(self)
        self.auth, self.server_version = QComboBox(self), QComboBox(self)
        self._labels = {name: QLabel(self) for name in _KEYS}
        self._notes = {name: wrapping(self) for name in ("url", "account", "secret", "ca_file")}
        self._compose()
        self._retranslate()

    def _compose(self) -> None:
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        for code, name in (("ntlm", "NTLM"), ("basic", "Basic")):
            self.auth.addItem(name, code)
        for version in _VERSIONS:
            self.server_version.addItem(version, version)
        self.setLayout(field_rows(self._fields(), self._labels, self._notes, _FIELD))
        for line in (self.url, self.account, self.ca_file, self.secret):
            line.textEdited.connect(self.edited)
        for combo in (self.auth, self.server_version):
            combo.activated.connect(self.edited)

    def _fields(self) -> dict[str, QLineEdit | QComboBox]:
        return dict(
            zip(
                _KEYS,
                (self.url, self.account, self.secret, self.auth, self.server_version, self.ca_file),
                strict=True,
            )
        )

    def show_stored(self, row: ConnectionRow | None) -> None:
        """Show what is stored; None where no connection has been set. What was typed is gone."""
        self._stored = row
        self.url.setText("" if row is None else row.url or "")
        self.account.setText("" if row is None else row.account or "")
        self.ca_file.setText("" if row is None else row.ca_file or "")
        self.auth.setCurrentIndex(max(0, self.auth.findData("ntlm" if row is None else row.auth)))
        version = "auto" if row is None else row.server_version
        self.server_version.setCurrentIndex(max(0, self.server_version.findData(version)))
        self.secret.clear()
        self._shown = self._said()
        self._say_secret()
        self.edited.emit()

    def changes(self) -> dict[str, Any]:
        """What differs from what is stored, as `Connections.set` takes it; the secret if one was typed."""
        changed = {name: value for name, value in self._said().items() if value != self._shown.get(name, "")}
        return changed | ({"secret": self.secret.text()} if self.secret.text() else {})

    def _said(self) -> dict[str, Any]:
        return {
            "url": self.url.text().strip(),
            "account": self.account.text().strip(),
            "auth": self.auth.currentData(),
            "server_version": self.server_version.currentData(),
            "ca_file": self.ca_file.text().strip(),
        }

    @property
    def touched(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.changes())

    def _say_secret(self) -> None:
        kept = None if self._stored is None else self._stored.secret_stored
        if self._stored is None or kept is False:
            hint = self.tr("Not stored yet")
        elif kept:
            hint = self.tr("Stored; type to replace it")
        else:
            hint = self.tr("The keyring cannot be asked")
        self.secret.setPlaceholderText(hint)
        self.secret.setAccessibleDescription(hint)

    def _retranslate(self) -> None:
        words = {
            "url": self.tr("&Address of EWS"),
            "account": self.tr("&Impersonation account"),
            "secret": self.tr("&Password"),
            "auth": self.tr("Si&gn-in"),
            "server_version": self.tr("Server &version"),
            "ca_file": self.tr("&Certificate authority file"),
        }
        fields = self._fields()
        for name, word in words.items():
            self._labels[name].setText(word)
            fields[name].setAccessibleName(word.replace("&", ""))
        notes = {
            "url": self.tr("For instance https://mail.example.com/EWS/Exchange.asmx"),
            "account": self.tr(
                "DOMAIN\\account or account@example.com; it has the role ApplicationImpersonation."
            ),
            "secret": self.tr("It is kept in this computer's keyring and nowhere else."),
            "ca_file": self.tr("Only where the server's certificate is not known to this computer."),
        }
        for name, note in notes.items():
            self._notes[name].setText(note)
        self.server_version.setItemText(0, self.tr("Ask the server"))
        self.server_version.setItemText(len(_VERSIONS) - 1, "Exchange Online")
        self._say_secret()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

"""The fields of a connection to Exchange. The secret goes in and never comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from vfadmin.ui.form_page import field_rows
from vfadmin.ui.widgets import wrapping

if TYPE_CHECKING:
    from vfadmin.services.connections import ConnectionRow

EWS, GRAPH = "ews", "graph"
_KEYS = {
    EWS: ("url", "account", "secret", "auth", "server_version", "ca_file", "tls_profile"),
    GRAPH: ("tenant", "client_id", "certificate", "secret", "secret_expires", "url", "authority", "ca_file"),
}
_FIELD = 440
_VERSIONS = ("auto", "2010", "2013", "2016", "2019", "online")
_DEFAULTS = {"auth": "ntlm", "server_version": "auto", "tls_profile": "modern"}

_PLAIN = frozenset({"auth", "server_version"})
"""What needs no word of explanation."""


class ConnectionFields(QWidget):
    """Those of one protocol. ``edited`` says that something differs from what is stored, or does no more."""

    edited = Signal()

    def __init__(self, protocol: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.protocol = protocol
        self._stored: ConnectionRow | None = None
        self._shown: dict[str, Any] = {}
        self.auth, self.server_version, self.tls_profile = QComboBox(self), QComboBox(self), QComboBox(self)
        self._lines = {name: QLineEdit(self) for name in _KEYS[protocol] if name not in _DEFAULTS}
        self.secret = self._lines["secret"]
        self._labels = {name: QLabel(self) for name in _KEYS[protocol]}
        self._notes = {name: wrapping(self) for name in _KEYS[protocol] if name not in _PLAIN}
        self._compose()
        self._retranslate()

    def line(self, name: str) -> QLineEdit:
        """The field of that name."""
        return self._lines[name]

    def _compose(self) -> None:
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        for code, name in (("ntlm", "NTLM"), ("basic", "Basic")):
            self.auth.addItem(name, code)
        for version in _VERSIONS:
            self.server_version.addItem(version, version)
        for profile in ("modern", "2010"):
            self.tls_profile.addItem(profile, profile)
        self.setLayout(field_rows(self._fields(), self._labels, self._notes, _FIELD))
        for line in self._lines.values():
            line.textEdited.connect(self.edited)
        for combo in self._combos().values():
            combo.activated.connect(self.edited)
            combo.setVisible(self.protocol == EWS)

    def _combos(self) -> dict[str, QComboBox]:
        return {"auth": self.auth, "server_version": self.server_version, "tls_profile": self.tls_profile}

    def _fields(self) -> dict[str, QLineEdit | QComboBox]:
        combos = self._combos()
        return {name: combos.get(name) or self._lines[name] for name in _KEYS[self.protocol]}

    def show_stored(self, row: ConnectionRow | None) -> None:
        """Show what is stored; None where no connection has been set. What was typed is gone."""
        self._stored = row
        for name, field in self._fields().items():
            value = None if row is None or name == "secret" else getattr(row, name)
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(value or _DEFAULTS[name])))
            else:
                field.setText("" if value is None else str(value))
        if self.protocol == GRAPH:
            # A certificate says itself when it ends.
            self._lines["secret_expires"].setEnabled(row is None or row.certificate is None)
        self._shown = self._said()
        self._say_secret()
        self.edited.emit()

    def changes(self) -> dict[str, Any]:
        """What differs from what is stored, as `Connections.set` takes it; the secret if one was typed."""
        changed = {name: value for name, value in self._said().items() if value != self._shown.get(name, "")}
        return changed | ({"secret": self.secret.text()} if self.secret.text() else {})

    def _said(self) -> dict[str, Any]:
        return {
            name: field.currentData() if isinstance(field, QComboBox) else field.text().strip()
            for name, field in self._fields().items()
            if name != "secret"
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
        fields = self._fields()
        words = {name: self._words()[name] for name in fields}
        for name, word in words.items():
            self._labels[name].setText(word)
            fields[name].setAccessibleName(word.replace("&", ""))
        notes = self._said_of_graph() if self.protocol == GRAPH else self._said_of_ews()
        for name, note in notes.items():
            self._notes[name].setText(note)
        self.server_version.setItemText(0, self.tr("Ask the server"))
        self.server_version.setItemText(len(_VERSIONS) - 1, "Exchange Online")
        self.tls_profile.setItemText(0, self.tr("TLS 1.2 or newer"))
        self.tls_profile.setItemText(1, self.tr("That of 2010 too"))
        self._say_secret()

    def _words(self) -> dict[str, str]:
        over_graph = self.protocol == GRAPH
        return {
            "url": self.tr("Address of &Graph") if over_graph else self.tr("&Address of EWS"),
            "account": self.tr("&Impersonation account"),
            "secret": self.tr("Client &secret or passphrase") if over_graph else self.tr("&Password"),
            "auth": self.tr("Si&gn-in"),
            "server_version": self.tr("Server &version"),
            "ca_file": self.tr("&Certificate authority file"),
            "tls_profile": self.tr("T&LS profile"),
            "tenant": self.tr("&Tenant"),
            "client_id": self.tr("Application &ID"),
            "certificate": self.tr("Certificate of the app&lication"),
            "secret_expires": self.tr("Secret &expires"),
            "authority": self.tr("Address of the sig&n-in"),
        }

    def _said_of_ews(self) -> dict[str, str]:
        return {
            "url": self.tr("For instance https://mail.example.com/EWS/Exchange.asmx"),
            "account": self.tr(
                "DOMAIN\\account or account@example.com; it has the role ApplicationImpersonation."
            ),
            "secret": self.tr("It is kept in this computer's keyring and nowhere else."),
            "ca_file": self.tr("Only where the server's certificate is not known to this computer."),
            "tls_profile": self.tr(
                "That of 2010 only for a server that cannot do TLS 1.2. It concerns this address alone, and "
                "the certificate is verified all the same."
            ),
        }

    def _said_of_graph(self) -> dict[str, str]:
        return {
            "tenant": self.tr("For instance example.onmicrosoft.com, or the tenant's ID."),
            "client_id": self.tr(
                "Of the app registration in Entra; it has the application permission Calendars.ReadWrite."
            ),
            "certificate": self.tr(
                "A PFX file that a passphrase protects. Leave it empty to sign in with a client secret."
            ),
            "secret": self.tr("It is kept in this computer's keyring and nowhere else."),
            "secret_expires": self.tr(
                "The client secret's last day, for instance 2027-01-31; a certificate says so itself. "
                "Everybody is told a month ahead."
            ),
            "url": self.tr("https://graph.microsoft.com/v1.0 unless the tenant is in a national cloud."),
            "authority": self.tr(
                "https://login.microsoftonline.com unless the tenant is in a national cloud."
            ),
            "ca_file": self.tr("Only where a firewall looks into the traffic with a certificate of its own."),
        }

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

"""Whom an alert goes to: an address of the web, and addresses of administrators. Off until somebody sets it.

What may hold a token or is a password is in the keyring and nowhere else; the rest is in the store.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vfadmin.errors import UsageError, failure
from vfadmin.models import Integration, Person, Setting
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, record
from vfadmin.services.connection_values import check_ca_file
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.logins import is_address
from vfadmin.services.support_only import refuse_unless_support
from vfadmin.services.web_addresses import is_https

KEY = "alerts"
WEBHOOK_SECRET, MAIL_SECRET = "alert-webhook", "alert-mail"
Security = Literal["starttls", "tls"]
_PORTS = {"starttls": 587, "tls": 465}
_LARGEST_PORT, _LONGEST, _MOST = 65_535, 320, 20


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """What is kept in the store. ``webhook`` says whether there is one; its address is a secret.

    Mail goes through ``server`` (HOST or HOST:PORT) from ``sender`` to ``recipients``, signed in with
    ``account`` where it has one. ``ca_file`` is that of both, where their certificates are not known here.
    """

    webhook: bool = False
    server: str = ""
    security: Security = "starttls"
    sender: str = ""
    recipients: tuple[str, ...] = ()
    account: str = ""
    ca_file: str = ""

    @property
    def mail(self) -> bool:
        """Whether mail is to be sent."""
        return bool(self.recipients)

    @property
    def on(self) -> bool:
        """Whether anything is to be sent."""
        return self.webhook or self.mail

    @property
    def host_and_port(self) -> tuple[str, int]:
        """Where the mail server is."""
        host, _, port = self.server.rpartition(":")
        return (host, int(port)) if host else (self.server, _PORTS[self.security])


@dataclass(frozen=True, slots=True)
class AlertChange:
    """What is to change; None leaves it. An empty text takes it away."""

    webhook: str | None = None
    server: str | None = None
    security: str | None = None
    sender: str | None = None
    recipients: tuple[str, ...] | None = None
    account: str | None = None
    password: str | None = None
    ca_file: str | None = None


class AlertPost:
    """Keeps the settings of alerts; every change is in the audit trail, no secret is."""

    def __init__(self, store: Store, secrets: SecretVault, *, clock: Clock, actor: Actor) -> None:
        self._store, self._secrets, self._clock, self._actor = store, secrets, clock, actor

    def get(self) -> AlertSettings:
        """What is set. Raises StoreError."""
        with self._store.read() as session:
            return stored(session)

    def set(self, change: AlertChange) -> AlertSettings:
        """Change what is told to change; secrets go into the keyring first.

        Raises UsageError VF-ALERT-01 for a value that is of no use, VF-ALERT-02 for an address of somebody
        whose calendar is synchronised, StoreError VF-ROLE-01 (kept for support), SecretError.
        """
        _check_secrets(change)
        with self._store.read() as session:
            refuse_unless_support(session)
            after = _checked(_taken(stored(session), change))
            refuse_users(session, after.recipients)
        # Before the store: a keyring may have its owner asked, and nobody is to wait for that.
        self._keep(WEBHOOK_SECRET, change.webhook)
        self._keep(MAIL_SECRET, change.password)
        with self._store.write() as session:
            before = stored(session)
            after = _taken(before, change)
            put(session, KEY, _as_json(after))
            if before != after:
                old, new = _as_json(before), _as_json(after)
                record(session, self._actor, "alerts.set", f"setting:{KEY}", old, new, self._clock())
        return after

    def off(self) -> AlertSettings:
        """Send nothing any more; forget the secrets. Raises SecretError."""
        return self.set(AlertChange(webhook="", recipients=(), account="", password=""))

    def _keep(self, name: str, secret: str | None) -> None:
        if secret:
            self._secrets.write(name, secret)
        elif secret is not None:
            self._secrets.forget(name)


def stored(session: Session) -> AlertSettings:
    """What the store says."""
    row = session.get(Setting, KEY)
    if row is None:
        return AlertSettings()
    return AlertSettings(**{**row.value, "recipients": tuple(row.value["recipients"])})


def refuse_users(session: Session, recipients: tuple[str, ...]) -> None:
    """Raise UsageError VF-ALERT-02 where one of them is an address of somebody's calendar.

    No sync may ever cause a mail to its users; an alert goes to who administers it, by an address that is
    nobody's calendar.
    """
    for address in recipients:
        folded = address.casefold()
        mine = or_(func.lower(Person.email) == folded, func.lower(Integration.login) == folded)
        whose = select(Person.id).outerjoin(Integration, Integration.person_id == Person.id).where(mine)
        if session.scalar(whose.limit(1)) is not None:
            raise UsageError(failure("VF-ALERT-02", address=address))


def _taken(before: AlertSettings, change: AlertChange) -> AlertSettings:
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else tuple(one.strip() for one in value if one.strip())
        for name, value in (
            ("server", change.server),
            ("security", change.security),
            ("sender", change.sender),
            ("account", change.account),
            ("ca_file", change.ca_file),
            ("recipients", change.recipients),
        )
        if value is not None
    }
    if change.webhook is not None:
        values["webhook"] = bool(change.webhook)
    return replace(before, **values)


def _check_secrets(change: AlertChange) -> None:
    if change.webhook:
        _check_webhook(change.webhook)
    if change.password and not change.password.isprintable():
        raise _bad("password")


def _check_webhook(url: str) -> None:
    """Of a bad one only that it is bad is said: it may hold a token."""
    if not is_https(url):
        raise _bad("webhook")


def _checked(wanted: AlertSettings) -> AlertSettings:
    if wanted.security not in _PORTS:
        raise _bad("security", wanted.security)
    if len(wanted.recipients) > _MOST:
        raise _bad("recipients", str(len(wanted.recipients)))
    for address in (*wanted.recipients, *filter(None, [wanted.sender])):
        if not is_address(address) or not address.isascii():
            raise _bad("recipients" if address in wanted.recipients else "sender", address)
    if wanted.mail and not wanted.sender:
        raise _bad("sender")
    if (wanted.mail or wanted.server) and not _usable_server(wanted.server):
        raise _bad("server", wanted.server)
    if not wanted.account.isprintable() or len(wanted.account) > _LONGEST:
        raise _bad("account")
    if wanted.ca_file:
        check_ca_file(wanted.ca_file)
    return wanted


def _usable_server(server: str) -> bool:
    host, colon, port = server.rpartition(":")
    name = host if colon else server
    if not name or not name.isprintable() or any(mark in name for mark in " /@"):
        return False
    digits = port.isascii() and port.isdigit() and len(port) <= len(str(_LARGEST_PORT))
    return not colon or (digits and 0 < int(port) <= _LARGEST_PORT)


def _as_json(settings: AlertSettings) -> dict[str, Any]:
    return {**asdict(settings), "recipients": list(settings.recipients)}


def put(session: Session, key: str, value: object) -> None:
    """Keep a value under that key."""
    row = session.get(Setting, key)
    if row is None:
        session.add(Setting(key=key, value=value, version=1))
    elif row.value != value:
        row.value, row.version = value, row.version + 1


def _bad(field: str, value: str = "") -> UsageError:
    return UsageError(failure("VF-ALERT-01", field=field, value=value[:80]))

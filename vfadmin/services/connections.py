"""Connections to Exchange: set by support, checked step by step. Their secrets are in the keyring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.errors import SecretError, UsageError, failure
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, difference, record
from vfadmin.services.connection_check import CheckStep, checks
from vfadmin.services.connection_values import (
    Values,
    bad,
    checked_name,
    checked_secret,
    cleaned,
    expiry_of,
    facts_of,
    merged,
    take,
    validated,
)
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.rows import ErrorInfo
from vfadmin.services.subjects import subject
from vfadmin.services.support_only import refuse_unless_support
from vfadmin.services.transitions import shown

__all__ = ["CheckStep", "ConnectionRow", "Connections", "found_connection"]

_SHOWN_LIMIT = 120
EXPIRES_SOON = 30
"""Days ahead of which the end of a secret is told."""


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """A connection without its secret. ``secret_stored`` is None when the keyring cannot be asked.

    ``blocked`` is the circuit breaker: a failure of the account itself stops every mailbox until
    ``blocked_until`` (UTC; None: until somebody acts). ``tls_profile`` is EWS's, ``tenant`` and what follows
    are Graph's.
    ``secret_expires`` is the last day of the secret or the certificate as far as it is known, and
    ``secret_days_left`` how many days that is from now, once it is a month or less.
    """

    name: str
    protocol: str
    url: str | None
    account: str | None
    auth: str | None
    server_version: str
    ca_file: str | None
    blocked: ErrorInfo | None = None
    blocked_until: datetime | None = None
    version: int = 1
    secret_stored: bool | None = None
    tls_profile: str | None = None
    tenant: str | None = None
    client_id: str | None = None
    certificate: str | None = None
    authority: str | None = None
    secret_expires: date | None = None
    secret_days_left: int | None = None


def _ignore(_step: CheckStep) -> None:
    return


class Connections:
    """Sets, shows, checks and forgets connections; every change is in the audit trail."""

    def __init__(self, store: Store, secrets: SecretVault, *, clock: Clock, actor: Actor) -> None:
        self._store, self._secrets, self._clock, self._actor = store, secrets, clock, actor

    def set(
        self,
        *,
        protocol: str | None = None,
        name: str | None = None,
        secret: str | None = None,
        **given: str | None,
    ) -> ConnectionRow:
        """Add or change a connection.

        It has ``url`` and ``ca_file``; over EWS ``account``, ``auth``, ``server_version`` and
        ``tls_profile``; over Graph ``tenant``, ``client_id``, ``certificate``, ``authority`` and
        ``secret_expires``. None leaves what an existing one has, but for the TLS profile where the host is
        another; an empty ``ca_file``, or an empty value of Graph's, removes it. A connection has the name of
        its protocol unless it is given one, and its protocol (EWS) for good.

        The secret, if given, goes to the keyring before anything is stored; with a certificate it is the
        passphrase of its file, and is tried. A closed circuit breaker is the result either way. Raises
        UsageError EX-CONN-10 (a malformed value), EX-TLS-04 (no certificate in the CA file), EX-AUTH-13 (a
        certificate that cannot be used); StoreError VF-ROLE-01 (kept for support); SecretError.
        """
        chosen = checked_name(name if name is not None else protocol or "ews")
        wanted = cleaned({"protocol": protocol, **given})
        fresh = secret is not None
        with self._store.read() as session:
            refuse_unless_support(session)
            values = validated(chosen, merged(session.get(Connection, chosen), wanted, secret_given=fresh))
        if secret is not None:
            checked_secret(secret)
        last_day = self._last_day(chosen, values, wanted, secret)
        if secret is not None:
            # Outside the transaction: a locked keyring may ask a human being, for as long as that takes.
            self._secrets.write(chosen, secret)
        with self._store.write() as session:
            row = session.get(Connection, chosen)
            values = validated(chosen, merged(row, wanted, secret_given=fresh)) | last_day
            self._store_values(session, row, chosen, values, secret_given=fresh)
        return self.show(chosen)

    def _last_day(
        self, name: str, values: Values, given: Mapping[str, str | None], secret: str | None
    ) -> Values:
        """What the certificate says of its own end, if there is one; its file is tried."""
        path = values.get("certificate")
        if path is None:
            return {}
        if given.get("secret_expires"):
            raise bad("secret_expires", given["secret_expires"])  # it says so itself
        found = expiry_of(path, secret if secret is not None else self._kept(name))
        return {"secret_expires": found or values["secret_expires"]}

    def _kept(self, name: str) -> str | None:
        try:
            return self._secrets.read(name)
        except SecretError:
            return None

    def show(self, name: str | None = None) -> ConnectionRow:
        """The named connection, or the only one. Raises UsageError EX-CONN-01, EX-CONN-09."""
        with self._store.read() as session:
            row = found_connection(session, name)
        return self._row(row)

    def forget(self, name: str | None = None) -> ConnectionRow:
        """Remove the connection and its secret. Raises UsageError as `show`; StoreError; SecretError."""
        shown_row = self.show(name)
        with self._store.read() as session:
            refuse_unless_support(session)
        # First the secret: a connection without one can be mended, a secret nobody knows of stays for ever.
        self._secrets.forget(shown_row.name)
        with self._store.write() as session:
            row = session.get(Connection, shown_row.name)
            if row is not None:
                before = facts_of(row)
                session.delete(row)
                self._record(session, "connection.forget", shown_row.name, before, None)
        return shown_row

    def unblock(self, name: str | None = None) -> ConnectionRow:
        """Close the circuit breaker: its mailboxes are tried again at once. Raises UsageError as `show`.

        The version moves, so that every process drops the session that was refused and signs in anew.
        """
        with self._store.write() as session:
            row = found_connection(session, name)
            before = {"blocked": row.blocked_code}
            if row.blocked_code is not None:
                _close_breaker(row)
                self._record(session, "connection.unblock", row.name, before, {"blocked": None})
        return self._row(row)

    def test(
        self,
        name: str | None = None,
        *,
        person_id: int | None = None,
        on_step: Callable[[CheckStep], None] = _ignore,
    ) -> list[CheckStep]:
        """Check it step by step; with a person, up to their calendar. ``on_step`` hears of each as it ends.

        Without a name it is the one that leads to the person.

        Raises UsageError EX-CONN-01, -09, VF-PERSON-01, VF-LOGIN-01 (a person without a login); SecretError.
        """
        with self._store.read() as session:
            login, way = (None, None) if person_id is None else _way_to(session, person_id)
            row = found_connection(session, name if name is not None or way is None else way)
        secret = self._secrets.read(row.name)
        done: list[CheckStep] = []
        for step in checks(row, secret, login, self._clock):
            done.append(step)
            on_step(step)
        return done

    def list(self) -> list[ConnectionRow]:
        """All connections by name."""
        with self._store.read() as session:
            rows = session.scalars(select(Connection).order_by(Connection.name)).all()
        return [self._row(row) for row in rows]

    def _row(self, row: Connection) -> ConnectionRow:
        blocked = None
        if row.blocked_code is not None:
            blocked = ErrorInfo(row.blocked_code, row.blocked_params, row.blocked_since)
        told = row.options.get("secret_expires")
        ends = None if told is None else date.fromisoformat(told)
        left = None if ends is None else (ends - self._clock().date()).days
        return ConnectionRow(
            name=row.name,
            protocol=row.protocol,
            url=row.url,
            account=row.account,
            auth=row.auth,
            server_version=row.server_version,
            ca_file=row.ca_file,
            blocked=blocked,
            blocked_until=row.blocked_until,
            version=row.version,
            secret_stored=self._has_secret(row.name),
            tls_profile=None if row.protocol == "graph" else row.options.get("tls_profile") or "modern",
            tenant=row.options.get("tenant"),
            client_id=row.options.get("client_id"),
            certificate=row.options.get("certificate"),
            authority=row.options.get("authority"),
            secret_expires=ends,
            secret_days_left=left if left is not None and left <= EXPIRES_SOON else None,
        )

    def _has_secret(self, name: str) -> bool | None:
        try:
            self._secrets.read(name)
        except SecretError as error:
            return False if error.failure.code == "VF-SECRET-03" else None
        return True

    def _store_values(
        self,
        session: Session,
        row: Connection | None,
        name: str,
        values: Values,
        *,
        secret_given: bool,
    ) -> None:
        before = None if row is None else facts_of(row)
        if row is None:
            row = Connection(name=name, version=0, options={}, blocked_params={})
            session.add(row)
        take(row, values)
        _close_breaker(row)
        # That the secret was replaced is worth an entry; what it is, is not.
        after = facts_of(row) | ({"secret": "replaced"} if secret_given else {})
        changed = (None, after) if before is None else difference(before, after)
        if changed is not None:
            self._record(session, "connection.set", name, *changed)

    def _record(
        self,
        session: Session,
        action: str,
        name: str,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        record(session, self._actor, action, f"connection:{name}", before, after, self._clock())


def found_connection(session: Session, name: str | None) -> Connection:
    """The named connection, or the one there is. Raises UsageError EX-CONN-01, EX-CONN-09."""
    rows = {row.name: row for row in session.scalars(select(Connection).order_by(Connection.name))}
    if not rows:
        raise UsageError(failure("EX-CONN-01"))
    if name is None:
        # Named after its protocol unless there are several; the only one needs no name at all.
        standard = [row for row in rows.values() if row.name == row.protocol]
        if standard or len(rows) == 1:
            return (standard or list(rows.values()))[0]
    elif name in rows:
        return rows[name]
    raise UsageError(failure("EX-CONN-09", name=(name or "")[:_SHOWN_LIMIT], known=", ".join(rows)))


def _way_to(session: Session, person_id: int) -> tuple[str, str | None]:
    """The login of a person, and the connection that leads there, if there is one."""
    from vfadmin.sync.routes import ways_of  # noqa: PLC0415 - the engine's own, needed late

    person, found = subject(session, person_id)
    if found is None or not found.login:
        raise UsageError(failure("VF-LOGIN-01", person=shown(person)))
    way = ways_of(session, found.login, connection=found.connection, address=found.mailbox)[0]
    return found.mailbox or found.login, way if session.get(Connection, way) is not None else None


def _close_breaker(row: Connection) -> None:
    row.blocked_code = row.blocked_since = row.blocked_until = None
    row.blocked_params = {}
    row.version += 1

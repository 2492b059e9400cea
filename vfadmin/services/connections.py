"""Connections to Exchange: set by support, checked step by step. Their secrets are in the keyring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.errors import CalendarError, Failure, SecretError, UsageError, failure
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, difference, record
from vfadmin.services.connection_values import (
    DEFAULTS,
    absolute,
    checked_name,
    checked_secret,
    ews_connection,
    merged,
    validated,
)
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.logins import is_address
from vfadmin.services.rows import ErrorInfo
from vfadmin.services.subjects import subject
from vfadmin.services.transitions import shown

if TYPE_CHECKING:
    from vfadmin.calendars.ews import EwsConnection, EwsServer

_SHOWN_LIMIT = 120


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """A connection without its secret. ``secret_stored`` is None when the keyring cannot be asked.

    ``blocked`` is the circuit breaker: a failure of the account itself stops every mailbox until
    ``blocked_until`` (UTC; None: until somebody acts). The last four are Graph's.
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
    tenant: str | None = None
    client_id: str | None = None
    certificate: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step of the connection check; ``failure`` says what is wrong when it is not ok."""

    check: str
    ok: bool
    detail: str
    failure: Failure | None = None

    @property
    def code(self) -> str | None:
        """The failure's code."""
        return None if self.failure is None else self.failure.code


def _ignore(_step: CheckStep) -> None:
    return


class Connections:
    """Sets, shows, checks and forgets connections; every change is in the audit trail."""

    def __init__(self, store: Store, secrets: SecretVault, *, clock: Clock, actor: Actor) -> None:
        self._store, self._secrets, self._clock, self._actor = store, secrets, clock, actor

    def set(
        self,
        *,
        protocol: str = "ews",
        name: str | None = None,
        url: str | None = None,
        account: str | None = None,
        auth: str | None = None,
        server_version: str | None = None,
        ca_file: str | None = None,
        secret: str | None = None,
    ) -> ConnectionRow:
        """Add or change a connection; None leaves what an existing one has, an empty ``ca_file`` removes it.

        The secret, if given, goes to the keyring before anything is stored. A closed circuit breaker is the
        result either way. Raises UsageError EX-CONN-10 (a malformed value), EX-TLS-04 (no certificate in
        the CA file); SecretError.
        """
        chosen = checked_name(name if name is not None else protocol)
        given = {
            "protocol": protocol,
            "url": None if url is None else url.strip(),
            "account": None if account is None else account.strip(),
            "auth": None if auth is None else auth.strip().casefold(),
            "server_version": None if server_version is None else server_version.strip().casefold(),
            "ca_file": None if ca_file is None else absolute(ca_file),
        }
        with self._store.read() as session:
            validated(chosen, merged(session.get(Connection, chosen), given))
        if secret is not None:
            # Outside the transaction: a locked keyring may ask a human being, for as long as that takes.
            self._secrets.write(chosen, checked_secret(secret))
        with self._store.write() as session:
            row = session.get(Connection, chosen)
            values = validated(chosen, merged(row, given))
            self._store_values(session, row, chosen, values, secret_given=secret is not None)
        return self.show(chosen)

    def show(self, name: str | None = None) -> ConnectionRow:
        """The named connection, or the only one. Raises UsageError EX-CONN-01, EX-CONN-09."""
        with self._store.read() as session:
            row = found_connection(session, name)
        return self._row(row)

    def forget(self, name: str | None = None) -> ConnectionRow:
        """Remove the connection and its secret. Raises UsageError as `show`; SecretError."""
        shown_row = self.show(name)
        # First the secret: a connection without one can be mended, a secret nobody knows of stays for ever.
        self._secrets.forget(shown_row.name)
        with self._store.write() as session:
            row = session.get(Connection, shown_row.name)
            if row is not None:
                before = _facts(row)
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

        Raises UsageError EX-CONN-01, -09, VF-PERSON-01, VF-LOGIN-01 (a person without a login); SecretError.
        """
        with self._store.read() as session:
            row = found_connection(session, name)
            login = None if person_id is None else _login_of(session, person_id)
        secret = self._secrets.read(row.name)
        done: list[CheckStep] = []
        for step in _checks(ews_connection(row), secret, login, self._clock):
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
        values: dict[str, str | None],
        *,
        secret_given: bool,
    ) -> None:
        before = None if row is None else _facts(row)
        if row is None:
            row = Connection(name=name, version=0, options={}, blocked_params={}, **values)
            session.add(row)
        for field, value in values.items():
            setattr(row, field, value)
        _close_breaker(row)
        # That the secret was replaced is worth an entry; what it is, is not.
        after = _facts(row) | ({"secret": "replaced"} if secret_given else {})
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


def _checks(connection: EwsConnection, secret: str, login: str | None, clock: Clock) -> Iterator[CheckStep]:
    """The keeper's steps; a login that is no address is looked up between them."""
    from vfadmin.calendars.ews import probe  # noqa: PLC0415 - slow to load, needed late

    known = login if login is None or is_address(login) else None
    ok = True
    for step in probe.steps(connection, lambda: secret, known, clock=clock):
        ok = ok and step.ok
        yield CheckStep(step.check, step.ok, step.detail, step.failure)
    if login is None or known is not None or not ok:
        return
    from vfadmin.calendars.ews import EwsServer  # noqa: PLC0415 - as above

    server = EwsServer(connection, lambda: secret, max_connections=1)
    try:
        yield from login_steps(server, login)
    finally:
        server.close()


def login_steps(server: EwsServer, login: str) -> Iterator[CheckStep]:
    """From a login to its calendar: login (where that is no address), impersonation, calendar.

    Each step is taken when it is wanted, and what cannot succeed after a failure is not tried.
    """
    mailbox = login
    if not is_address(login):
        try:
            mailbox = server.resolve(login).primary
        except CalendarError as error:
            yield CheckStep("login", ok=False, detail=login, failure=error.failure)
            return
        yield CheckStep("login", ok=True, detail=mailbox)
    for step in server.check_mailbox(mailbox):
        yield CheckStep(step.check, step.ok, step.detail, step.failure)


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


def _login_of(session: Session, person_id: int) -> str:
    person, integration = subject(session, person_id)
    if integration is None or not integration.login:
        raise UsageError(failure("VF-LOGIN-01", person=shown(person)))
    return integration.mailbox or integration.login


def _close_breaker(row: Connection) -> None:
    row.blocked_code = row.blocked_since = row.blocked_until = None
    row.blocked_params = {}
    row.version += 1


def _facts(row: Connection) -> dict[str, Any]:
    return {name: getattr(row, name) for name in DEFAULTS}

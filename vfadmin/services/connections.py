"""Connections to Exchange: set by support, checked step by step. Their secrets are in the keyring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from vfadmin.errors import Failure
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.rows import ErrorInfo


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """A connection without its secret. ``secret_stored`` is None when the keyring cannot be asked.

    ``blocked`` is the circuit breaker: a failure of the account itself stops every mailbox until
    ``blocked_until`` (UTC; None: until somebody acts). ``verified_version`` is false for a server outside
    the supported versions (R3).
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
        """Add or change a connection; None leaves what an existing one has. Clears its circuit breaker.

        The secret, if given, goes to the keyring before anything is stored. Raises UsageError EX-CONN-10
        (a malformed value), EX-TLS-04 (no certificate in the CA file); SecretError.
        """
        raise NotImplementedError

    def show(self, name: str | None = None) -> ConnectionRow:
        """The named connection, or the only one. Raises UsageError EX-CONN-01, EX-CONN-09."""
        raise NotImplementedError

    def list(self) -> list[ConnectionRow]:
        """All connections by name."""
        raise NotImplementedError

    def forget(self, name: str | None = None) -> ConnectionRow:
        """Remove the connection and its secret. Raises UsageError as `show`; SecretError."""
        raise NotImplementedError

    def unblock(self, name: str | None = None) -> ConnectionRow:
        """Close the circuit breaker: its mailboxes are tried again at once. Raises UsageError as `show`."""
        raise NotImplementedError

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
        raise NotImplementedError

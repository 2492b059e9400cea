"""What a simulated server is made of: its mailboxes, version, sign-in and place on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

ServerGeneration = Literal["2010", "2013", "2016", "2019", "online"]
AuthScheme = Literal["basic", "ntlm"]
Protocol = Literal["ews", "graph", "both"]
TlsProfile = Literal["modern", "2010"]
Protection = Literal["off", "allow", "require"]
"""Extended Protection (IIS's *tokenChecking*): a channel binding is ignored, looked at where there is one, or
demanded."""


@dataclass(frozen=True, slots=True)
class MailboxSpec:
    r"""One person or room in the directory.

    `login` is `DOMAIN\user` or a user principal name. `password` lets the person sign in directly;
    without it only the service account reaches the mailbox. `aliases` are further addresses that are not
    the primary one. `cloud` False: the mailbox is on the company's own server, out of Graph's reach.
    """

    email: str
    login: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)
    cloud: bool = True

    @property
    def display_name(self) -> str:
        """The name in the directory; the address where none was given."""
        return self.name or self.email

    @property
    def account_name(self) -> str:
        """The login without its domain (the directory's sAMAccountName)."""
        login = self.login or self.email
        return login.rpartition("\\")[2].partition("@")[0]


def utc_now() -> datetime:
    """The wall clock, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class StreamPace:
    """The pace of streamed events, in seconds.

    `heartbeat`: how often an idle stream shows that it lives. `minute`: how long a minute of a
    ConnectionTimeout lasts; who tests a timeout shortens it.
    """

    heartbeat: float = 45.0
    minute: float = 60.0


@dataclass(frozen=True, slots=True)
class GraphConfig:
    """How Graph and the sign-in before it are set up.

    `domains` are names of the tenant besides its id. `client_secret` None: a random one is made;
    `secret_expires`: from then on it has expired. `certificates`: PEMs that the application may sign in with.
    `roles` are the permissions it was granted, none of them: nobody consented. `scoped`: Exchange itself
    gives the right to the calendars (RBAC for Applications), and no token names it. `concurrency`: how many
    requests a mailbox serves at once, `retry_after_s` what one too many is told. `authority_host` stands in
    the challenge of a 401, as the real one does.
    """

    tenant: str = "6f2b8c1e-3d4a-4b5c-8d9e-0a1b2c3d4e5f"
    domains: tuple[str, ...] = ("example.test",)
    client_id: str = "1c9d7e52-8f3b-4a6d-9e0c-5b7a3f2d1e48"
    client_secret: str | None = field(default=None, repr=False)
    secret_expires: datetime | None = None
    certificates: tuple[bytes, ...] = ()
    roles: tuple[str, ...] = ("Calendars.ReadWrite", "MailboxSettings.Read", "User.Read.All")
    scoped: bool = False
    token_lifetime_s: int = 3599
    concurrency: int = 4
    retry_after_s: int = 1
    authority_host: str = "https://login.microsoftonline.com"


@dataclass(frozen=True, slots=True)
class SimulatorConfig:
    """How a simulator is set up. `password` None: a random one is made. `port` 0: any free one.

    `tls_profile` 2010: it speaks TLS 1.0 alone, and its certificate has a short key and a SHA-1 signature.
    `extended_protection`: what becomes of NTLM's channel bindings over TLS; the default is that of Exchange
    2019 CU14, where a sign-in without the right one is refused.
    """

    mailboxes: tuple[MailboxSpec, ...] = ()
    version: ServerGeneration = "2016"
    auth: tuple[AuthScheme, ...] = ("basic", "ntlm")
    tls: bool = True
    tls_profile: TlsProfile = "modern"
    extended_protection: Protection = "require"
    port: int = 0
    account: str = "EXAMPLE\\svc-vfadmin"
    password: str | None = field(default=None, repr=False)
    time_zone: str = "Europe/Helsinki"
    clock: Callable[[], datetime] = utc_now
    state_dir: Path | None = None
    pace: StreamPace = StreamPace()
    protocol: Protocol = "ews"
    graph: GraphConfig = GraphConfig()

    def __post_init__(self) -> None:
        if not self.auth:
            raise ValueError("at least one sign-in scheme is needed")
        addresses = [spec.email.lower() for spec in self.mailboxes]
        if len(set(addresses)) != len(addresses):
            raise ValueError("two mailboxes share one address")

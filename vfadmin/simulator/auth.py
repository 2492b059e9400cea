"""Signing in: Basic, and NTLM with pyspnego as the server side (MS-NLMP, carried as in RFC 4559)."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import struct
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import spnego
from spnego._ntlm_raw.crypto import ntowfv1  # the NT hash: hashlib has no MD4 under OpenSSL 3
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

from vfadmin.simulator.call import Principal
from vfadmin.simulator.config import AuthScheme
from vfadmin.simulator.http_values import ConnectionState, HttpRequest, HttpResponse

# pyspnego's acceptor reads its users from the file that this variable names, at every step. Several
# simulators in
# one process have different users, so the variable is set only while one of them takes a step.
_USER_FILE = "NTLM_USER_FILE"
_ENVIRONMENT = threading.Lock()


@dataclass(frozen=True, slots=True)
class Account:
    """A login with its password and what it stands for."""

    principal: Principal
    password: str


class Authenticator:
    """Checks sign-ins against the accounts; offers the configured schemes."""

    def __init__(
        self, schemes: tuple[AuthScheme, ...], accounts: Callable[[], Iterable[Account]], user_file: Path
    ) -> None:
        self._schemes = schemes
        self._accounts = accounts
        self._user_file = user_file

    def refresh(self) -> None:
        """Write the users' NT hashes where pyspnego looks for them; call it when accounts change."""
        if "ntlm" not in self._schemes:
            return
        lines = [
            f"{name}:1000:{'0' * 32}:{ntowfv1(account.password).hex().upper()}:[U]:LCT-0"
            for account in self._accounts()
            for name in login_forms(account.principal.login)
        ]
        with os.fdopen(os.open(self._user_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write("\n".join(lines) + "\n")

    def sign_in(self, request: HttpRequest, connection: ConnectionState) -> Principal | HttpResponse:
        """Who asks, or the 401 that asks him to sign in."""
        header = request.headers.get("authorization")
        if header is None:
            return connection.principal or self.challenge()
        scheme, _, token = header.partition(" ")
        if scheme.lower() == "basic" and "basic" in self._schemes:
            return self._basic(token) or self.challenge()
        if scheme.lower() in ("ntlm", "negotiate") and "ntlm" in self._schemes:
            return self._ntlm(scheme, token, connection)
        return self.challenge()

    def challenge(self, token: str | None = None) -> HttpResponse:
        """The 401 that names the ways to sign in, or goes on with one of them."""
        if token is not None:
            return HttpResponse(401, (("WWW-Authenticate", token),))
        offers = (
            (("WWW-Authenticate", "Negotiate"), ("WWW-Authenticate", "NTLM"))
            if "ntlm" in self._schemes
            else ()
        )
        basic = (("WWW-Authenticate", 'Basic realm="127.0.0.1"'),) if "basic" in self._schemes else ()
        return HttpResponse(401, (*offers, *basic))

    def _basic(self, token: str) -> Principal | None:
        try:
            raw = base64.b64decode(token, validate=True)
        except binascii.Error:
            return None
        try:
            login, _, password = raw.decode().partition(":")
        except UnicodeDecodeError:
            login, _, password = raw.decode("latin-1").partition(":")
        account = self._account(login)
        if account is None or not hmac.compare_digest(account.password.encode(), password.encode()):
            return None
        return account.principal

    def _account(self, login: str) -> Account | None:
        wanted = login.lower()
        return next((a for a in self._accounts() if wanted in login_forms(a.principal.login)), None)

    def _ntlm(self, scheme: str, token: str, connection: ConnectionState) -> Principal | HttpResponse:
        try:
            raw = base64.b64decode(token, validate=True)
        except binascii.Error:
            return self.challenge()
        if connection.handshake is None or raw[8:12] == b"\x01\x00\x00\x00":
            connection.handshake = NtlmHandshake(self._user_file, connection.channel_binding, self._account)
            connection.principal = None
        try:
            answer = connection.handshake.step(raw)
        except PermissionError:
            connection.handshake = None
            return self.challenge()
        if answer is not None:
            return self.challenge(f"{scheme} {base64.b64encode(answer).decode()}")
        connection.principal = connection.handshake.principal
        connection.handshake = None
        return connection.principal or self.challenge()


class NtlmHandshake:
    """One NTLM exchange: negotiate, challenge, authenticate."""

    def __init__(
        self, user_file: Path, channel_binding: bytes | None, account: Callable[[str], Account | None]
    ) -> None:
        self._user_file = user_file
        self._account = account
        self._principal: Principal | None = None
        # Once a binding is set it is demanded, as on a server with Extended Protection.
        bindings = GssChannelBindings(application_data=channel_binding) if channel_binding else None
        with _ENVIRONMENT:
            self._as_configured()
            options = spnego.NegotiateOptions.use_ntlm
            self._context = spnego.server(protocol="ntlm", options=options, channel_bindings=bindings)

    @property
    def principal(self) -> Principal | None:
        """Who signed in, once complete."""
        return self._principal

    def step(self, token: bytes) -> bytes | None:
        """The challenge for a negotiate message, None for a good answer to it, else PermissionError."""
        try:
            with _ENVIRONMENT:
                self._as_configured()
                answer = self._context.step(token)
        except (SpnegoError, struct.error, ValueError, IndexError, KeyError) as error:
            raise PermissionError(str(error)) from error
        if not self._context.complete:
            return answer or b""
        account = self._account(self._context.client_principal or "")
        self._principal = account.principal if account else None
        return None

    def _as_configured(self) -> None:
        os.environ[_USER_FILE] = str(self._user_file)


def login_forms(login: str) -> tuple[str, ...]:
    """The ways a login may be written, in lower case: as given, and without the domain."""
    lowered = login.lower()
    return (lowered, lowered.partition("\\")[2]) if "\\" in lowered else (lowered,)

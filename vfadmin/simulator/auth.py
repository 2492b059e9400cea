"""Signing in: Basic, and NTLM carried as in RFC 4559."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable, Iterable

from vfadmin.simulator.call import Principal
from vfadmin.simulator.config import AuthScheme, Protection
from vfadmin.simulator.http_values import ConnectionState, HttpRequest, HttpResponse
from vfadmin.simulator.ntlm import Known, NtlmHandshake


class Authenticator:
    """Checks sign-ins against the accounts; offers the configured schemes."""

    def __init__(
        self,
        schemes: tuple[AuthScheme, ...],
        accounts: Callable[[], Iterable[Known]],
        protection: Protection = "require",
    ) -> None:
        self._schemes = schemes
        self._accounts = accounts
        self._protection = protection

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

    def _account(self, login: str) -> Known | None:
        wanted = login.lower()
        return next((a for a in self._accounts() if wanted in login_forms(a.principal.login)), None)

    def _ntlm(self, scheme: str, token: str, connection: ConnectionState) -> Principal | HttpResponse:
        try:
            raw = base64.b64decode(token, validate=True)
        except binascii.Error:
            return self.challenge()
        if connection.handshake is None or raw[8:12] == b"\x01\x00\x00\x00":
            connection.handshake = NtlmHandshake(self._account, connection.channel_binding, self._protection)
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


def login_forms(login: str) -> tuple[str, ...]:
    """The ways a login may be written, in lower case: as given, and without the domain."""
    lowered = login.lower()
    return (lowered, lowered.partition("\\")[2]) if "\\" in lowered else (lowered,)

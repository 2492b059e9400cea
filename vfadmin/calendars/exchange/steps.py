"""The steps of a connection check that every protocol has: from a host's name to its certificate (R28)."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import requests.utils

from vfadmin.calendars.exchange.trust import TlsProfile, trust
from vfadmin.errors import CalendarError, Failure

CLOCK_TOLERANCE = timedelta(minutes=5)
"""What NTLM, Kerberos and Entra bear."""


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of one check; ``detail`` is a figure or a name, never a sentence.

    ``failure`` says what is wrong; of a step that is ok, what had better be changed.
    """

    check: str
    ok: bool
    detail: str = ""
    failure: Failure | None = None


def in_turn(parts: Iterable[Callable[[], Iterator[Step]]]) -> Iterator[Step]:
    """The steps of each part, until one of them ends badly: what comes after it could not succeed."""
    for part in parts:
        good = True
        for step in part():
            good = step.ok
            yield step
        if not good:
            return


@dataclass(frozen=True, slots=True)
class Host:
    """A host to be reached. ``judge`` names the failure behind whatever the network raised.

    ``silent`` is the failure when nobody answers on the port, ``prefix`` stands before the steps' names.
    """

    name: str
    port: int
    ca_file: str | None
    judge: Callable[[BaseException], Failure]
    silent: Callable[[], Failure]
    prefix: str = ""
    profile: TlsProfile = "modern"

    def reach(self, timeout: float) -> Iterator[Step]:
        """dns, tcp, tls and certificate; left out where a proxy makes the connection."""
        if requests.utils.get_environ_proxies(f"https://{self.name}:{self.port}"):
            return
        try:
            found = socket.getaddrinfo(self.name, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            yield self._failed("dns", error)
            return
        yield self._fine("dns", str(found[0][4][0]))
        try:
            plain = socket.create_connection((self.name, self.port), timeout=timeout)
        except OSError as error:
            # Refused, unreachable or silent: all the same here, nobody answers on that port.
            yield Step(f"{self.prefix}tcp", ok=False, failure=self.silent(), detail=said(error))
            return
        yield self._fine("tcp", str(self.port))
        with plain:
            yield from self._tls(plain)

    def speaks(self, profile: TlsProfile, timeout: float) -> str:
        """The TLS version in which the host shows a good certificate under that profile; empty for none.

        Nothing is sent beyond the handshake.
        """
        try:
            with (
                socket.create_connection((self.name, self.port), timeout=timeout) as plain,
                trust(self.ca_file, profile).wrap_socket(plain, server_hostname=self.name) as sock,
            ):
                return sock.version() or ""
        except (OSError, CalendarError):
            return ""

    def _tls(self, plain: socket.socket) -> Iterator[Step]:
        try:
            context = trust(self.ca_file, self.profile)
            with context.wrap_socket(plain, server_hostname=self.name) as sock:
                version, certificate = sock.version() or "", sock.getpeercert() or {}
        except ssl.SSLCertVerificationError as error:
            # The handshake had come as far as the certificate.
            yield self._fine("tls", "")
            yield self._failed("certificate", error)
            return
        except (OSError, CalendarError) as error:
            yield self._failed("certificate" if isinstance(error, CalendarError) else "tls", error)
            return
        yield self._fine("tls", version)
        yield self._fine("certificate", _moment(str(certificate.get("notAfter", ""))))

    def _fine(self, check: str, detail: str) -> Step:
        return Step(f"{self.prefix}{check}", ok=True, detail=detail)

    def _failed(self, check: str, error: BaseException) -> Step:
        return Step(f"{self.prefix}{check}", ok=False, detail=said(error), failure=self.judge(error))


def clock_step(theirs: datetime | None, ours: datetime, wrong: Callable[[str], Failure]) -> Iterator[Step]:
    """clock: the server's Date header against ours; left out where it told none."""
    if theirs is None:
        return
    off = theirs - ours
    seconds = round(off.total_seconds())
    ok = abs(off) <= CLOCK_TOLERANCE
    yield Step("clock", ok=ok, detail=f"{seconds:+d} s", failure=None if ok else wrong(str(seconds)))


def said(error: BaseException) -> str:
    """What the system calls it, in no language; nothing where the failure's own text says all there is."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return getattr(error, "verify_message", "")  # the interpreter fills it in, not the class
    if isinstance(error, ssl.SSLError):
        return getattr(error, "reason", None) or ""  # its number is OpenSSL's own, and no system's
    return errno.errorcode.get(getattr(error, "errno", None) or 0, "")


def _moment(text: str) -> str:
    """A certificate's time (``Dec 25 12:27:58 2026 GMT``) in ISO 8601; empty for none."""
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC).isoformat() if text else ""

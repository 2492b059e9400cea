"""What httpx raises and answers on the way to a server, apart from whose server it is.

httpx folds TLS faults, failed look-ups and closed ports into one ConnectError, whose cause tells them apart.
"""

from __future__ import annotations

import socket
import ssl
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

_WRONG_HOST_OR_TIME = frozenset({9, 10, 62, 64})
"""OpenSSL's X509_V_ERR_*: not yet valid, expired, host name mismatch, address mismatch."""
_WEAK = frozenset({66, 67, 68})
"""Likewise: a key of the server's or of its authority too short, a signature too weak."""
_NO_COMMON_TLS = ("UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION", "WRONG_VERSION_NUMBER", "HANDSHAKE_FAILURE")
_DIGITS = 9
_PROXY_LOGIN = "407"


def network_code(error: BaseException) -> str:
    """The code of the closed set for whatever a request raised; EX-UNKNOWN-01 for what is no network's."""
    chain = tuple(_chain(error))
    return _by_tls(chain) or _by_kind(chain)


def spared(*urls: str) -> dict[str, None]:
    """The hosts of these addresses that the system's proxy is not for, as httpx wants them (``mounts``).

    httpx takes the proxies of the environment and of Windows' settings, but of what is spared it knows
    ``NO_PROXY`` alone; Windows' own exceptions (ProxyOverride) urllib tells, as it does for EWS.
    """
    hosts = {urlsplit(url).hostname for url in urls}
    return {f"all://{host}": None for host in hosts if host and urllib.request.proxy_bypass(host)}


def retry_after(headers: httpx.Headers) -> float | None:
    """The seconds a Retry-After header asks for; None without one, or for a date."""
    value = headers.get("Retry-After", "")
    usable = value.isascii() and value.isdecimal() and len(value) <= _DIGITS and int(value) > 0
    return float(value) if usable else None


def date_of(headers: httpx.Headers) -> datetime | None:
    """When the server answered, by its own clock; None without a usable Date header."""
    try:
        return parsedate_to_datetime(headers.get("Date", "")).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what caused it, each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _by_tls(chain: tuple[BaseException, ...]) -> str | None:
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            return _by_certificate(getattr(one, "verify_code", 0))
        if isinstance(one, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            return "EX-CONN-05"
        if isinstance(one, ssl.SSLError):
            return "EX-TLS-03" if any(mark in str(one).upper() for mark in _NO_COMMON_TLS) else "EX-CONN-05"
    return None


def _by_certificate(verify_code: int) -> str:
    if verify_code in _WEAK:
        return "EX-TLS-05"
    return "EX-TLS-02" if verify_code in _WRONG_HOST_OR_TIME else "EX-TLS-01"


def _by_kind(chain: tuple[BaseException, ...]) -> str:
    for kinds, code in (
        ((socket.gaierror,), "EX-CONN-02"),
        ((httpx.ConnectTimeout, ConnectionRefusedError), "EX-CONN-03"),
        ((httpx.TimeoutException, TimeoutError), "EX-CONN-04"),
        ((httpx.InvalidURL, httpx.UnsupportedProtocol), "EX-CONN-06"),
        ((httpx.HTTPStatusError,), "EX-BUSY-02"),  # msal leaves refusals alone and raises outages
    ):
        if any(isinstance(one, kinds) for one in chain):
            return code
    if any(isinstance(one, httpx.ProxyError) for one in chain):
        return "EX-CONN-08" if any(_PROXY_LOGIN in str(one) for one in chain) else "EX-CONN-05"
    if any(isinstance(one, httpx.ConnectError) for one in chain):
        return "EX-CONN-03"
    if any(isinstance(one, (httpx.TransportError, OSError)) for one in chain):
        return "EX-CONN-05"
    return "EX-UNKNOWN-01"

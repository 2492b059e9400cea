"""What the network libraries raise and what HTTP answers, as failures.

exchangelib folds a failed name look-up, a closed port and a slow server into one
ErrorTimeoutExpired, and every TLS fault into one TransportError. The remedies differ, so requests'
own exceptions are looked through to the one that started it.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import exchangelib.errors
import requests
import spnego.exceptions
import urllib3.exceptions

from vfadmin.calendars.ews.errors import Context, EwsFault, Subject, build, code_for
from vfadmin.errors import CalendarError, Failure, VfadminError

_WRONG_HOST_OR_TIME = frozenset({9, 10, 62, 64})
"""OpenSSL's X509_V_ERR_*: not yet valid, expired, host name mismatch, address mismatch."""
_WEAK = frozenset({66, 67, 68})
"""Likewise: a key of the server's or of its authority too short, a signature too weak."""
_NO_COMMON_TLS = (
    "UNSUPPORTED_PROTOCOL",
    "NO_PROTOCOLS_AVAILABLE",
    "PROTOCOL_VERSION",
    "WRONG_VERSION_NUMBER",
    "UNSAFE_LEGACY_RENEGOTIATION",
    "HANDSHAKE_FAILURE",
    "NO_SHARED_CIPHER",
    "DH_KEY_TOO_SMALL",
    "LEGACY_SIGALG_DISALLOWED",
    "WRONG_SIGNATURE_TYPE",
    "INTERNAL_ERROR",
)
_SCHEME = re.compile(r"(?:^|,)\s*(Basic|NTLM|Negotiate|Digest|Bearer|Kerberos)\b", re.IGNORECASE)
_WANTS_LOGIN = re.compile(r"Tunnel connection failed: 407\b")
"""How http.client puts a proxy's answer; a bare number may as well be part of a port or an address."""
_HTML = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)", re.IGNORECASE)
_PROLOG = re.compile(r"\ufeff?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ROOT = re.compile(r"<[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s/>]")
_HTML_ROOT = re.compile(r"<(?:html|head|body)[\s/>]", re.IGNORECASE)
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_BEGINNING = 2048
"""Bytes in which a document's root is looked for: a proxy may put a comment in front."""
_DIGITS = 9
PROTECTION = "Extended Protection"
"""What Windows calls it that a sign-in is bound to the certificate its client sees (RFC 5929)."""


def network_failure(error: BaseException, context: Context) -> Failure:
    """The failure behind whatever a request raised."""
    if isinstance(error, VfadminError):
        return error.failure
    chain = tuple(_chain(error))
    for judge in (_by_tls, _by_proxy, _by_name_and_port, _by_sign_in, _by_library):
        code = judge(chain)
        if code:
            return build(code, context, detail=type(error).__name__)
    return build("EX-UNKNOWN-01", context, detail=type(error).__name__)


def http_failure(response: requests.Response, context: Context) -> Failure | None:
    """The failure an HTTP answer stands for; None for one that carries SOAP."""
    status = response.status_code
    content = response.content
    if status in (200, 500) and _is_xml(content):
        return None
    if status == requests.codes.unauthorized:
        return _refused(response, context)
    code = _HTTP_CODES.get(status)
    if code is None and status in (301, 302, 303, 307, 308):
        code = _redirected(response.headers.get("Location", ""))
    if code is None and response.headers.get("X-CasErrorCode"):
        code = "EX-BUSY-02"
    if code is None and (status == requests.codes.ok or _HTML.match(content)):
        # A login page answers 200 with HTML where SOAP should be; so does a firewall's notice.
        code = "EX-CONN-07" if status < 500 else "EX-BUSY-02"  # noqa: PLR2004 - HTTP's server errors
    return build(code or "EX-UNKNOWN-01", context, detail=f"HTTP {status}", retry_after=retry_after(response))


_HTTP_CODES = {
    403: "EX-AUTH-03",
    404: "EX-CONN-06",
    405: "EX-CONN-06",
    407: "EX-CONN-08",
    413: "EX-CONN-11",
    429: "EX-BUSY-01",
    440: "EX-CONN-07",
    502: "EX-BUSY-02",
    503: "EX-BUSY-02",
    504: "EX-BUSY-02",
}


def offers(response: requests.Response) -> tuple[str, ...]:
    """The sign-in methods an answer offers, in its order, each once."""
    header = response.headers.get("WWW-Authenticate", "")
    found = {scheme.lower(): scheme for scheme in _SCHEME.findall(header)}
    return tuple(found.values())


def retry_after(response: requests.Response) -> float | None:
    """The seconds a Retry-After header asks for; None without one, or for a date."""
    value = response.headers.get("Retry-After", "")
    usable = value.isascii() and value.isdecimal() and len(value) <= _DIGITS and int(value) > 0
    return float(value) if usable else None


def date_of(response: requests.Response) -> datetime | None:
    """When the server answered, by its own clock; None without a usable Date header."""
    try:
        return parsedate_to_datetime(response.headers.get("Date", "")).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _refused(response: requests.Response, context: Context) -> Failure:
    found = offers(response)
    wanted = {"basic": ("basic",), "ntlm": ("ntlm", "negotiate")}[context.connection.auth]
    # IIS repeats its offers on every 401, also after a wrong password; an answer without any says
    # nothing about methods.
    offered = not found or any(one.lower() in wanted for one in found)
    if not offered:
        return build("EX-AUTH-02", context, offers=", ".join(found) or "-")
    # A server that demands NTLM's channel binding answers a wrong one as it answers a wrong password.
    binding = PROTECTION if context.connection.auth == "ntlm" else ""
    return build("EX-AUTH-01", context, offers=", ".join(found) or "-", binding=binding)


def _redirected(location: str) -> str:
    target = location.lower()
    if "genericerrorpage" in target:
        # An outage of the server dressed up as a redirect (seen by exchangelib's author).
        return "EX-BUSY-02"
    return "EX-CONN-07" if any(word in target for word in ("owa", "auth", "login", "logon")) else "EX-CONN-06"


def _is_xml(content: bytes) -> bool:
    """Whether its root is an element other than HTML's, whatever prefix or encoding the server likes."""
    encoding = _UTF_16.get(content[:2], "utf-8")
    start = content[:_BEGINNING].decode(encoding, errors="replace")
    prolog = _PROLOG.match(start)
    root = start[prolog.end() :] if prolog else start
    return bool(_ROOT.match(root)) and not _HTML_ROOT.match(root)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, what it wraps and what caused it, each once."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [getattr(one, "reason", None), *one.args, one.__cause__, one.__context__]


def _by_tls(chain: tuple[BaseException, ...]) -> str | None:
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            return _by_certificate(one.verify_code)
    for one in chain:
        if isinstance(one, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            return "EX-CONN-05"
        if isinstance(one, ssl.SSLError):
            return "EX-TLS-03" if any(mark in str(one).upper() for mark in _NO_COMMON_TLS) else "EX-CONN-05"
    text = " ".join(str(one) for one in chain if isinstance(one, _TLS_TEXT)).upper()
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return "EX-TLS-02" if "MISMATCH" in text or "EXPIRED" in text else "EX-TLS-01"
    if "SSL" in text:
        return "EX-TLS-03"
    return None


def _by_certificate(verify_code: int) -> str:
    if verify_code in _WEAK:
        return "EX-TLS-05"
    return "EX-TLS-02" if verify_code in _WRONG_HOST_OR_TIME else "EX-TLS-01"


_TLS_TEXT = (exchangelib.errors.TransportError, requests.exceptions.SSLError)


def _by_name_and_port(chain: tuple[BaseException, ...]) -> str | None:
    for kinds, code in (
        ((socket.gaierror, urllib3.exceptions.NameResolutionError), "EX-CONN-02"),
        ((requests.exceptions.ConnectTimeout, urllib3.exceptions.ConnectTimeoutError), "EX-CONN-03"),
        ((ConnectionRefusedError,), "EX-CONN-03"),
        ((urllib3.exceptions.NewConnectionError,), "EX-CONN-03"),
        ((requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError), "EX-CONN-04"),
    ):
        if any(isinstance(one, kinds) for one in chain):
            return code
    return None


def _by_sign_in(chain: tuple[BaseException, ...]) -> str | None:
    for one in chain:
        if isinstance(one, spnego.exceptions.SpnegoError):
            return "EX-AUTH-01"
        if isinstance(one, PermissionError):
            # requests_ntlm: the server answered the first NTLM message without a challenge.
            return "EX-AUTH-02"
        if isinstance(one, KeyError) and one.args[:1] == ("www-authenticate",):
            # requests_ntlm looks for the challenge in an answer that is no 401: the server broke off.
            return "EX-BUSY-02"
    return None


def _by_proxy(chain: tuple[BaseException, ...]) -> str | None:
    return (
        "EX-CONN-08"
        if any(_WANTS_LOGIN.search(str(one)) for one in chain if isinstance(one, OSError))
        else None
    )


def _by_library(chain: tuple[BaseException, ...]) -> str | None:
    first = chain[0]
    if isinstance(first, (EwsFault, exchangelib.errors.EWSError)):
        name = first.code if isinstance(first, EwsFault) else type(first).__name__
        return code_for(name, Subject.FOLDER)
    if isinstance(first, _BAD_ADDRESS):
        return "EX-CONN-06"
    if isinstance(first, (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError)):
        return "EX-CONN-05"
    return None


_BAD_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    requests.exceptions.TooManyRedirects,
    requests.exceptions.URLRequired,
)


def raised(error: BaseException, context: Context) -> CalendarError:
    """The CalendarError for whatever a request raised."""
    return error if isinstance(error, CalendarError) else CalendarError(network_failure(error, context))

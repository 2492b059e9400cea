from __future__ import annotations

import socket
import ssl
from typing import Any

import pytest
import requests
import spnego.exceptions
import urllib3.exceptions
from exchangelib.errors import ErrorTimeoutExpired, TransportError

from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.ews.errors import Context, build
from vfadmin.calendars.ews.network import date_of, http_failure, network_failure, offers, raised, retry_after
from vfadmin.errors import CalendarError, SecretError, failure

CONTEXT = Context(EwsConnection("own", "https://mail.example.com/ews/exchange.asmx", "EXAMPLE\\svc", "basic"))
NTLM = Context(EwsConnection("own", "https://mail.example.com/ews/exchange.asmx", "EXAMPLE\\svc", "ntlm"))


def certificate_error(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


def wrapped(cause: BaseException) -> requests.exceptions.ConnectionError:
    """As requests hands on what happened below: MaxRetryError with a reason, inside its own."""
    pool: Any = None
    retry = urllib3.exceptions.MaxRetryError(pool, "/ews/exchange.asmx", cause)  # type: ignore[arg-type]  # any cause
    return requests.exceptions.ConnectionError(retry)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (wrapped(socket.gaierror(-2, "Name or service not known")), "EX-CONN-02"),
        (wrapped(ConnectionRefusedError(111, "refused")), "EX-CONN-03"),
        (requests.exceptions.ConnectTimeout(), "EX-CONN-03"),
        (wrapped(urllib3.exceptions.NewConnectionError(None, "no route")), "EX-CONN-03"),  # type: ignore[arg-type]  # no pool
        (requests.exceptions.ReadTimeout(), "EX-CONN-04"),
        (TimeoutError(), "EX-CONN-04"),
        (ErrorTimeoutExpired("The request timed out"), "EX-CONN-04"),
        (wrapped(ConnectionResetError(104, "reset")), "EX-CONN-05"),
        (requests.exceptions.ChunkedEncodingError(), "EX-CONN-05"),
        (urllib3.exceptions.ProtocolError(), "EX-CONN-05"),
        (BrokenPipeError(), "EX-CONN-05"),
        (ssl.SSLEOFError(8, "EOF occurred"), "EX-CONN-05"),
        (ssl.SSLError(1, "[SSL] bad record"), "EX-CONN-05"),
        (requests.exceptions.InvalidURL(), "EX-CONN-06"),
        (wrapped(OSError("Tunnel connection failed: 407 Proxy Authentication Required")), "EX-CONN-08"),
        (wrapped(ConnectionRefusedError(111, "HTTPSConnectionPool(host='x', port=40733)")), "EX-CONN-03"),
        (wrapped(certificate_error(20)), "EX-TLS-01"),
        (wrapped(certificate_error(18)), "EX-TLS-01"),
        (wrapped(certificate_error(10)), "EX-TLS-02"),
        (wrapped(certificate_error(62)), "EX-TLS-02"),
        (wrapped(ssl.SSLError(1, "[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol")), "EX-TLS-03"),
        (wrapped(ssl.SSLError(1, "[SSL: UNSAFE_LEGACY_RENEGOTIATION_DISABLED]")), "EX-TLS-03"),
        (TransportError("... CERTIFICATE_VERIFY_FAILED ..."), "EX-TLS-01"),
        (TransportError("... CERTIFICATE_VERIFY_FAILED: Hostname mismatch"), "EX-TLS-02"),
        (requests.exceptions.SSLError("SSL: something"), "EX-TLS-03"),
        (TransportError("anything"), "EX-UNKNOWN-01"),
        (spnego.exceptions.InvalidTokenError(), "EX-AUTH-01"),
        (PermissionError("no challenge"), "EX-AUTH-02"),
        (KeyError("www-authenticate"), "EX-BUSY-02"),
        (KeyError("other"), "EX-UNKNOWN-01"),
        (RuntimeError("a bug"), "EX-UNKNOWN-01"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_each_trouble_of_the_network_has_its_own_remedy(error: BaseException, code: str) -> None:
    found = network_failure(error, CONTEXT)
    assert found.code == code
    assert found.params["host"] == "mail.example.com"


def test_our_own_failures_pass_through() -> None:
    secret = SecretError(failure("VF-SECRET-03", connection="own"))
    assert network_failure(secret, CONTEXT) is secret.failure
    own = CalendarError(build("EX-BUSY-02", CONTEXT))
    assert raised(own, CONTEXT) is own


def answered(status: int, body: bytes = b"", **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response._content = body
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


LOGIN_PAGE = b"<!DOCTYPE html><html><body>Sign in</body></html>"
SOAP = b'<?xml version="1.0"?><s:Envelope/>'


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (answered(200, SOAP), None),
        (answered(200, b"\xef\xbb\xbf" + SOAP), None),
        (answered(200, b'<Envelope xmlns="x"/>'), None),
        (answered(200, b"<SOAP-ENV:Envelope/>"), None),
        (answered(200, b'<?xml version="1.0"?>\n<!-- <html> -->\n<?proxy 7?><env:Envelope/>'), None),
        (answered(500, '<?xml version="1.0" encoding="utf-16"?><s:Envelope/>'.encode("utf-16")), None),
        (answered(200, "<s:Envelope/>".encode("utf-16-le")), None),
        (answered(200, b"<!-- x --><HTML><body/></HTML>"), "EX-CONN-07"),
        (answered(200, "\ufeff<html></html>".encode("utf-16")), "EX-CONN-07"),
        (answered(200, b"\xff\xfe\x00\xd8<"), "EX-CONN-07"),
        (answered(500, SOAP), None),
        (answered(200, LOGIN_PAGE), "EX-CONN-07"),
        (answered(200, b'<?xml version="1.0"?><!DOCTYPE html><html/>'), "EX-CONN-07"),
        (answered(200, b""), "EX-CONN-07"),
        (answered(440, b""), "EX-CONN-07"),
        (answered(302, Location="https://mail.example.com/owa/auth/logon.aspx"), "EX-CONN-07"),
        (answered(302, Location="/ews/genericerrorpage.htm?aspxerrorpath=/ews/exchange.asmx"), "EX-BUSY-02"),
        (answered(301, Location="https://elsewhere.example.com/"), "EX-CONN-06"),
        (answered(403), "EX-AUTH-03"),
        (answered(404, LOGIN_PAGE), "EX-CONN-06"),
        (answered(407), "EX-CONN-08"),
        (answered(413), "EX-CONN-11"),
        (answered(429, Retry_After="30"), "EX-BUSY-01"),
        (answered(503, Retry_After="60"), "EX-BUSY-02"),
        (answered(500, LOGIN_PAGE), "EX-BUSY-02"),
        (answered(500, b"x", X_CasErrorCode="CannotFindMailbox"), "EX-BUSY-02"),
        (answered(418, b"x"), "EX-UNKNOWN-01"),
        (answered(401, WWW_Authenticate='Basic realm="x"'), "EX-AUTH-01"),
        (answered(401, WWW_Authenticate="Negotiate, NTLM"), "EX-AUTH-02"),
        (answered(401), "EX-AUTH-01"),
    ],
    ids=lambda value: f"HTTP {value.status_code}" if isinstance(value, requests.Response) else str(value),
)
def test_http_answers(response: requests.Response, code: str | None) -> None:
    found = http_failure(response, CONTEXT)
    assert (found.code if found else None) == code


def test_a_closing_401_is_still_a_refusal() -> None:
    """Hazard: exchangelib takes any such answer that closes the connection for a busy server."""
    found = http_failure(answered(401, Connection="close", WWW_Authenticate="Basic"), CONTEXT)
    assert found is not None
    assert found.code == "EX-AUTH-01"


def test_offers_are_listed_once_each_and_told() -> None:
    response = answered(401, WWW_Authenticate='Negotiate, NTLM, Basic realm="mail, NTLM", negotiate TlRM')
    assert offers(response)[:3] == ("negotiate", "NTLM", "Basic")
    found = http_failure(answered(401, WWW_Authenticate="Basic"), NTLM)
    assert found is not None
    assert (found.code, found.params["method"], found.params["offers"]) == ("EX-AUTH-02", "NTLM", "Basic")


def test_headers() -> None:
    assert retry_after(answered(503, Retry_After="60")) == 60
    assert [retry_after(answered(503, Retry_After=value)) for value in ("0", "soon", "-1")] == [None] * 3
    assert [retry_after(answered(503, Retry_After=value)) for value in ("²", "9" * 5000)] == [None] * 2
    told = date_of(answered(200, Date="Mon, 02 Mar 2026 07:00:00 GMT"))
    assert told is not None
    assert told.isoformat() == "2026-03-02T07:00:00+00:00"
    dates = ("yesterday", "Fri, 31 Dec 9999 23:59:59 -0500", "Mon, 99 Foo 2026 07:00:00 +9999", ",", "2026")
    assert [date_of(answered(200, Date=value)) for value in dates] == [None] * len(dates)
    assert date_of(answered(200)) is None

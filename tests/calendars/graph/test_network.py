"""What httpx raises, as failures: their remedies differ, so one ConnectError is looked through."""

from __future__ import annotations

import socket
import ssl

import httpx
import pytest

from tests.calendars.graph.canned import CONNECTION
from vfadmin.calendars.graph.errors import Context
from vfadmin.calendars.graph.network import network_failure, raised
from vfadmin.calendars.network import date_of, retry_after
from vfadmin.errors import CalendarError, failure

CONTEXT = Context(CONNECTION)


def because(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


def certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (because(httpx.ConnectError("x"), certificate(20)), "EX-TLS-01"),
        (because(httpx.ConnectError("x"), certificate(10)), "EX-TLS-02"),
        (because(httpx.ConnectError("x"), ssl.SSLError("WRONG_VERSION_NUMBER")), "EX-TLS-03"),
        (because(httpx.ConnectError("x"), ssl.SSLError("decryption failed")), "EX-CONN-05"),
        (because(httpx.ReadError("x"), ssl.SSLEOFError("eof")), "EX-CONN-05"),
        (because(httpx.ConnectError("x"), socket.gaierror(-2, "unknown")), "EX-CONN-02"),
        (because(httpx.ConnectError("x"), ConnectionRefusedError()), "EX-CONN-03"),
        (httpx.ConnectTimeout("x"), "EX-CONN-03"),
        (httpx.ConnectError("x"), "EX-CONN-03"),
        (httpx.ReadTimeout("x"), "EX-CONN-04"),
        (httpx.UnsupportedProtocol("x"), "EX-CONN-06"),
        (httpx.ProxyError("407 Proxy Authentication Required"), "EX-CONN-08"),
        (httpx.ProxyError("502"), "EX-CONN-05"),
        (httpx.RemoteProtocolError("x"), "EX-CONN-05"),
        (OSError("x"), "EX-CONN-05"),
        (RuntimeError("x"), "EX-UNKNOWN-01"),
    ],
)
def test_each_fault_of_the_network_has_its_code(error: Exception, code: str) -> None:
    assert network_failure(error, CONTEXT).code == code
    assert raised(error, CONTEXT).failure.code == code


def test_a_failure_of_ours_stays_what_it_is() -> None:
    own = CalendarError(failure("EX-CAL-02"))
    assert raised(own, CONTEXT) is own
    assert network_failure(own, CONTEXT) is own.failure


def test_headers_that_are_none_say_nothing() -> None:
    assert retry_after(httpx.Headers({"Retry-After": "120"})) == 120.0
    for told in ("", "0", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "9" * 30):
        assert retry_after(httpx.Headers({"Retry-After": told})) is None
    assert date_of(httpx.Headers({"Date": "yesterday"})) is None
    assert date_of(httpx.Headers({})) is None

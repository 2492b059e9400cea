"""R28: the connection checks, one by one; each failure has its code, and the password is tried once."""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, answer, closed_port, fault, message, serving, soap
from tests.calendars.ews.conftest import connection_to
from vfadmin.calendars.ews import EwsConnection
from vfadmin.calendars.ews.probe import CHECKS, steps
from vfadmin.calendars.exchange.steps import Step
from vfadmin.errors import CalendarError
from vfadmin.simulator import Simulator, SimulatorConfig

OFFERED = Canned(status=401, headers=(("WWW-Authenticate", 'Basic realm="x"'),))
ANSWERED = Canned(soap("<m:ConvertIdResponse/>"))


def run(
    connection: EwsConnection, mailbox: str | None = None, typed: str = "geheim", **more: Any
) -> list[Step]:
    return list(steps(connection, lambda: typed, mailbox, **more))


def outcome(found: list[Step]) -> list[tuple[str, str]]:
    """Each check with its code; an empty one when it passed."""
    assert all((step.failure is None) == step.ok for step in found)
    return [(step.check, step.failure.code if step.failure else "") for step in found]


def passed(*checks: str) -> list[tuple[str, str]]:
    return [(check, "") for check in checks]


def canned_connection(url: str, ca_file: str | None, auth: Any = "basic") -> EwsConnection:
    return EwsConnection("own", url, "EXAMPLE\\svc", auth, "auto", ca_file)


@pytest.mark.parametrize("auth", ["basic", "ntlm"])
def test_a_good_connection_passes_all_checks(exchange: Simulator, auth: str) -> None:
    exchange.outlook(people.ANNA).create(
        subject="x", start=datetime(2026, 3, 2, tzinfo=UTC), end=datetime(2026, 3, 3, tzinfo=UTC)
    )
    found = run(connection_to(exchange, auth=auth), people.ANNA, exchange.password)
    assert outcome(found) == passed(*CHECKS)
    details = {step.check: step.detail for step in found}
    assert details["tls"].startswith("TLSv1.")
    assert "NTLM" in details["auth_offers"]
    assert "2016" in details["server_version"]
    assert (details["dns"], details["calendar"], details["impersonation"]) == ("127.0.0.1", "1", people.ANNA)


def test_without_a_mailbox_two_checks_are_left_out(exchange: Simulator) -> None:
    found = run(connection_to(exchange), None, exchange.password)
    assert outcome(found) == passed(*[one for one in CHECKS if one not in ("impersonation", "calendar")])


def test_a_wrong_password_is_tried_once(exchange: Simulator) -> None:
    found = run(connection_to(exchange), people.ANNA, "wrong")
    assert outcome(found)[-1] == ("sign_in", "EX-AUTH-01")
    # One unauthenticated look and one try.
    assert [record.status for record in exchange.requests] == [401, 401]


def test_a_method_that_is_not_offered_is_not_tried(stack: Any) -> None:
    simulator = stack.enter_context(Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, auth=("ntlm",))))
    found = run(connection_to(simulator), people.ANNA, simulator.password)
    assert outcome(found) == [
        *passed("dns", "tcp", "tls", "certificate", "ews_path"),
        ("auth_offers", "EX-AUTH-02"),
    ]
    assert len(simulator.requests) == 1


def test_rights_and_mailboxes(exchange: Simulator) -> None:
    exchange.deny_impersonation(people.MATTI)
    connection = connection_to(exchange)
    for mailbox, code in (
        (people.MATTI, "EX-IMP-01"),
        ("nobody@example.com", "EX-MBX-01"),
        ("anna@example.com", "EX-MBX-02"),
    ):
        assert outcome(run(connection, mailbox, exchange.password))[-1] == ("impersonation", code)


def test_a_calendar_that_cannot_be_read(tmp_path: Path) -> None:
    folder = '<m:Folders><t:CalendarFolder><t:FolderId Id="f"/></t:CalendarFolder></m:Folders>'
    answers = [
        OFFERED,
        ANSWERED,
        Canned(answer("GetFolder", message("GetFolder", folder))),
        Canned(answer("SyncFolderItems", message("SyncFolderItems", "", "ErrorAccessDenied"))),
    ]
    with serving(tmp_path, *answers) as server:
        found = run(canned_connection(server.url, server.ca_file), people.ANNA)
    assert outcome(found)[-1] == ("calendar", "EX-IMP-01")


def test_an_unknown_name() -> None:
    found = run(canned_connection("https://exchange.invalid/ews/exchange.asmx", None))
    assert outcome(found) == [("dns", "EX-CONN-02")]


def test_a_closed_port() -> None:
    found = run(canned_connection(f"https://127.0.0.1:{closed_port()}/ews/exchange.asmx", None))
    assert outcome(found) == [*passed("dns"), ("tcp", "EX-CONN-03")]


def test_a_port_that_speaks_no_tls() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            peer, _ = listening.accept()
            with peer:
                peer.recv(64)
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        greeter = threading.Thread(target=greet)
        greeter.start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}/ews/exchange.asmx"
        found = run(canned_connection(url, None))
        greeter.join(5)
    assert outcome(found) == [*passed("dns", "tcp"), ("tls", "EX-TLS-03")]


def test_an_unknown_authority(tmp_path: Path) -> None:
    with serving(tmp_path, OFFERED) as server:
        found = run(canned_connection(server.url, None))
    assert outcome(found) == [*passed("dns", "tcp", "tls"), ("certificate", "EX-TLS-01")]


@pytest.mark.parametrize("wrong", [{"host": "other.example.com"}, {"expired": True}], ids=["name", "expired"])
def test_a_certificate_for_another_name_or_time(tmp_path: Path, wrong: Any) -> None:
    with serving(tmp_path, OFFERED, **wrong) as server:
        found = run(canned_connection(server.url, server.ca_file))
    assert outcome(found)[-1] == ("certificate", "EX-TLS-02")


def test_a_ca_file_that_cannot_be_read(exchange: Simulator, tmp_path: Path) -> None:
    found = run(connection_to(exchange, ca_file=str(tmp_path / "missing.pem")))
    assert outcome(found)[-1] == ("certificate", "EX-TLS-04")


@pytest.mark.parametrize(
    ("canned", "code"),
    [
        (Canned(status=404), "EX-CONN-06"),
        (Canned(b"<html>Sign in</html>"), "EX-CONN-07"),
        (Canned(status=302, headers=(("Location", "/owa/"),)), "EX-CONN-07"),
        (Canned(soap("<m:X/>")), "EX-CONN-06"),
        (Canned(status=503), "EX-BUSY-02"),
        (Canned(b"x", reset=True), "EX-CONN-05"),
    ],
    ids=["404", "login page", "owa", "open to all", "503", "reset"],
)
def test_an_address_that_is_not_ews(tmp_path: Path, canned: Canned, code: str) -> None:
    with serving(tmp_path, canned) as server:
        found = run(canned_connection(server.url, server.ca_file))
        assert len(server.requests) == 1
        assert "Authorization" not in server.requests[0][0]
    assert outcome(found)[-1] == ("ews_path", code)


@pytest.mark.parametrize("off", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_clocks_that_differ(exchange: Simulator, off: timedelta) -> None:
    def ours() -> datetime:
        return datetime.now(UTC) + off

    found = run(connection_to(exchange), None, exchange.password, clock=ours)
    assert outcome(found)[-1] == ("clock", "EX-CONN-12")
    failure = found[-1].failure
    assert failure is not None
    assert abs(int(failure.params["seconds"]) + off.total_seconds()) <= 5


@pytest.mark.parametrize("build", ["", "99 0 1 2"])
def test_a_server_nobody_knows(tmp_path: Path, build: str) -> None:
    with serving(tmp_path, OFFERED, Canned(soap("<m:ConvertIdResponse/>", build=build))) as server:
        found = run(canned_connection(server.url, server.ca_file))
    details = {step.check: step.detail for step in found}
    assert details["server_version"] == build.replace(" ", ".")


def test_a_fault_is_a_sign_in_all_the_same(tmp_path: Path) -> None:
    with serving(tmp_path, OFFERED, Canned(fault("ErrorNonExistentMailbox"), status=500)) as server:
        found = run(canned_connection(server.url, server.ca_file))
    assert outcome(found)[-1] == ("clock", "")


def test_behind_a_proxy_the_network_is_the_proxys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower() == "no_proxy"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    found = run(canned_connection("https://mail.example.com/ews/exchange.asmx", None))
    assert outcome(found) == [("ews_path", "EX-CONN-03")]


def test_a_malformed_setting_is_no_step(exchange: Simulator) -> None:
    with pytest.raises(CalendarError) as raised:
        run(replace(connection_to(exchange), url="ftp://x"))
    assert raised.value.failure.code == "EX-CONN-10"


def test_an_answer_without_a_usable_date_skips_the_clock(tmp_path: Path) -> None:
    dateless = replace(OFFERED, headers=(*OFFERED.headers, ("Date", "yesterday")), dateless=True)
    with serving(tmp_path, dateless, ANSWERED) as server:
        found = run(canned_connection(server.url, server.ca_file))
    assert outcome(found)[-1] == ("server_version", "")

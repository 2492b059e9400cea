"""Signing in: Basic and NTLM."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import spnego
from requests_ntlm import HttpNtlmAuth

from tests.simulator.wire import HEAD
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

PROBE = (
    f'{HEAD}<soapenv:Body><GetServerTimeZones ReturnFullTimeZoneData="false"/>'
    "</soapenv:Body></soapenv:Envelope>"
)
USER = MailboxSpec("user@example.test", "EXAMPLE\\user", password="p:ä ss")


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator(SimulatorConfig(mailboxes=(USER,), password="se:cret ä", version="2016")) as sim:
        yield sim


@pytest.fixture
def session(server: Simulator) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(server.ca_file)
        session.headers["Content-Type"] = "text/xml; charset=utf-8"
        yield session


def post(session: requests.Session, server: Simulator, **options: Any) -> requests.Response:
    return session.post(server.ews_url, PROBE.encode(), timeout=30, **options)


def basic(login: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{login}:{password}'.encode()).decode()}"}


def test_a_request_without_sign_in_is_told_what_is_offered(
    session: requests.Session, server: Simulator
) -> None:
    response = post(session, server)

    assert (response.status_code, response.content) == (401, b"")
    assert response.headers["WWW-Authenticate"] == 'Negotiate, NTLM, Basic realm="127.0.0.1"'


@pytest.mark.parametrize(
    ("login", "password", "status"),
    [
        ("EXAMPLE\\svc-vfadmin", "se:cret ä", 200),
        ("example\\SVC-vfadmin", "se:cret ä", 200),
        ("svc-vfadmin", "se:cret ä", 200),
        ("EXAMPLE\\user", "p:ä ss", 200),
        ("EXAMPLE\\svc-vfadmin", "se:cret", 401),
        ("EXAMPLE\\svc-vfadmin", "", 401),
        ("OTHER\\svc-vfadmin", "se:cret ä", 401),
        ("nobody", "x", 401),
    ],
)
def test_basic_takes_the_right_password_only(
    session: requests.Session, server: Simulator, login: str, password: str, status: int
) -> None:
    assert post(session, server, headers=basic(login, password)).status_code == status


@pytest.mark.parametrize("header", ["Basic", "Basic %%%", "Bearer abc", "NTLM %%%", "NTLM AAAA", ""])
def test_a_header_of_nothing_is_a_401(session: requests.Session, server: Simulator, header: str) -> None:
    assert post(session, server, headers={"Authorization": header}).status_code == 401


@pytest.mark.parametrize("binding", [True, False])
@pytest.mark.parametrize(("password", "status"), [("se:cret ä", 200), ("wrong", 401)])
def test_ntlm_takes_the_right_password_with_channel_binding_only(
    session: requests.Session, server: Simulator, password: str, status: int, *, binding: bool
) -> None:
    session.auth = HttpNtlmAuth("EXAMPLE\\svc-vfadmin", password, send_cbt=binding)

    # Once a server has a binding it demands it, as Extended Protection does.
    assert post(session, server).status_code == (status if binding else 401)


def test_ntlm_signs_in_a_connection_not_a_request(session: requests.Session, server: Simulator) -> None:
    session.auth = HttpNtlmAuth("EXAMPLE\\svc-vfadmin", "se:cret ä")
    server.clear_requests()

    statuses = [post(session, server).status_code for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert [record.status for record in server.requests] == [401, 401, 200, 200, 200]


def test_a_person_signs_in_as_himself_only(session: requests.Session, server: Simulator) -> None:
    header = (
        "<soapenv:Header><ty:ExchangeImpersonation><ty:ConnectingSID><ty:PrimarySmtpAddress>user@example.test"
        "</ty:PrimarySmtpAddress></ty:ConnectingSID></ty:ExchangeImpersonation></soapenv:Header>"
    )
    body = PROBE.replace("<soapenv:Body>", f"{header}<soapenv:Body>")

    response = session.post(
        server.ews_url, body.encode(), headers=basic("EXAMPLE\\user", "p:ä ss"), timeout=30
    )

    assert response.status_code == 500
    assert "ErrorImpersonateUserDenied" in response.text


def test_only_what_is_configured_is_offered_and_taken() -> None:
    with (
        Simulator(SimulatorConfig(auth=("ntlm",), tls=False, password="x")) as sim,
        requests.Session() as session,
    ):
        session.trust_env = False
        offered = session.post(sim.ews_url, PROBE.encode(), timeout=30)
        refused = session.post(sim.ews_url, PROBE.encode(), headers=basic(sim.account, "x"), timeout=30)

    assert offered.headers["WWW-Authenticate"] == "Negotiate, NTLM"
    assert refused.status_code == 401


def test_two_servers_in_one_process_have_users_of_their_own() -> None:
    with (
        Simulator(SimulatorConfig(auth=("ntlm",), password="one")) as one,
        Simulator(SimulatorConfig(auth=("ntlm",), password="two")) as two,
    ):
        found = []
        for sim, password in ((one, "one"), (two, "two"), (one, "two")):
            with requests.Session() as session:
                session.trust_env = False
                session.verify = str(sim.ca_file)
                session.auth = HttpNtlmAuth(sim.account, password)
                found.append(post(session, sim).status_code)

    assert found == [200, 200, 401]


def test_ntlm_needs_the_message_that_was_asked_for(session: requests.Session, server: Simulator) -> None:
    client = spnego.client(
        "EXAMPLE\\svc-vfadmin", "se:cret ä", protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm
    )
    token = base64.b64encode(client.step() or b"").decode()

    first = post(session, server, headers={"Authorization": f"NTLM {token}"})
    again = post(session, server, headers={"Authorization": "NTLM TlRMTVNTUAADAAAA"})

    assert first.headers["WWW-Authenticate"].startswith("NTLM TlRMTVNTUAAC")
    assert again.status_code == 401

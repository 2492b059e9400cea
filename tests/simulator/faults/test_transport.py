"""What a rule does on the wire."""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import threading

import pytest
import requests
from lxml import etree

from tests.clock import FakeClock
from tests.simulator.wire import HEAD, Wire, impersonating, times
from vfadmin.simulator import FaultRule, OutlookUser, Simulator, SimulatorConfig


def test_a_rule_strikes_before_the_effect_and_only_once(
    wire: Wire, sim: Simulator, anna: OutlookUser
) -> None:
    sim.set_faults([FaultRule(operation="CreateItem", status=500, code="ErrorServerBusy", back_off_ms=1500)])

    struck = wire.create(times())
    assert (struck.status, struck.fault, anna.items()) == (500, "ErrorServerBusy", [])
    value = struck.root.find(".//{*}Value[@Name='BackOffMilliseconds']")
    assert value is not None
    assert value.text == "1500"
    assert wire.create(times()).codes == ["NoError"]


def test_an_effect_may_land_though_its_answer_does_not(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    sim.set_faults([FaultRule(moment="after", operation="CreateItem", status=0)])

    with pytest.raises(requests.exceptions.ConnectionError):
        wire.create(times())

    assert len(anna.items()) == 1


def test_an_answer_may_break_off_in_the_middle(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    sim.set_faults([FaultRule(moment="middle", operation="CreateItem", cut=40)])

    with pytest.raises((requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        wire.create(times())

    assert len(anna.items()) == 1


def test_a_rule_waits_its_turn_and_keeps_to_its_mailbox(wire: Wire, sim: Simulator) -> None:
    rule = FaultRule(
        operation="CreateItem",
        mailbox="A@example.test",
        status=500,
        code="ErrorInternalServerError",
        skip=1,
        times=None,
    )
    sim.set_faults([rule])

    first, second, third = (wire.create(times()).status for _ in range(3))
    other = wire.create(times(), person="b@example.test").status

    assert (first, second, third, other) == (200, 500, 500, 200)


def test_a_reset_ends_all_misbehaviour(wire: Wire, sim: Simulator) -> None:
    sim.set_faults([FaultRule(status=500, code="ErrorInternalServerError", times=None)])
    sim.reset()

    assert wire.create(times()).codes == ["NoError"]


PROBE = (
    f'{HEAD}<soapenv:Body><GetServerTimeZones ReturnFullTimeZoneData="false"/>'
    "</soapenv:Body></soapenv:Envelope>"
).encode()


def post(wire: Wire) -> requests.Response:
    return wire.session.post(wire.simulator.ews_url, PROBE, headers=wire.headers, timeout=30)


@pytest.mark.parametrize("status", [403, 429, 503])
def test_an_empty_answer_may_say_when_to_come_back(wire: Wire, sim: Simulator, status: int) -> None:
    sim.set_faults([FaultRule(status=status, retry_after=7)])

    response = post(wire)

    assert (response.status_code, response.content, response.headers["Retry-After"]) == (status, b"", "7")


def test_a_refused_sign_in_names_the_ways_to_sign_in(wire: Wire, sim: Simulator) -> None:
    sim.set_faults([FaultRule(status=401)])

    response = post(wire)

    assert (response.status_code, response.content) == (401, b"")
    assert "NTLM" in response.headers["WWW-Authenticate"]


def test_a_connection_may_be_reset_before_the_effect(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    sim.set_faults([FaultRule(operation="CreateItem", status=0)])

    with pytest.raises(requests.exceptions.ConnectionError):
        wire.create(times())

    assert anna.items() == []


def test_xml_may_end_early_in_a_whole_answer(wire: Wire, sim: Simulator) -> None:
    sim.set_faults([FaultRule(kind="truncated_xml", cut=300)])

    response = post(wire)

    assert (response.status_code, len(response.content), response.headers["Content-Length"]) == (
        200,
        300,
        "300",
    )
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(response.content)


@pytest.mark.parametrize(("moment", "effects"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize(
    ("kind", "content_type", "start"),
    [("foreign_xml", "application/xml", b"<?xml"), ("login_page", "text/html", b"<!DOCTYPE html>")],
)
def test_something_else_may_answer(
    sim: Simulator, anna: OutlookUser, kind: str, content_type: str, start: bytes, moment: str, effects: int
) -> None:
    sim.set_faults([FaultRule(kind=kind, operation="CreateItem", moment=moment)])

    response = sim.handle("POST", "/ews/exchange.asmx", basic(sim), creation())

    assert (response.status, response.body.startswith(start)) == (200, True)
    assert dict(response.headers)["Content-Type"] == f"{content_type}; charset=utf-8"
    assert len(anna.items()) == effects


def test_a_slow_answer_comes_whole(wire: Wire, sim: Simulator) -> None:
    sim.set_faults([FaultRule(kind="drip", piece=200, pause_ms=1)])

    response = post(wire)

    assert response.status_code == 200
    assert etree.fromstring(response.content).tag.endswith("Envelope")


def dripping(wire: Wire, sim: Simulator) -> tuple[http.client.HTTPSConnection, threading.Thread]:
    """A connection on which an answer has begun to drip that would take hours, and the thread it is in."""
    sim.set_faults([FaultRule(kind="drip", piece=1, pause_ms=3_600_000)])
    context = ssl.create_default_context(cafile=str(sim.ca_file))
    connection = http.client.HTTPSConnection("127.0.0.1", sim.port, context=context, timeout=30)
    before = set(threading.enumerate())
    connection.request("POST", "/EWS/Exchange.asmx", PROBE, wire.headers)
    assert connection.getresponse().status == 200
    (thread,) = set(threading.enumerate()) - before
    return connection, thread


def test_a_client_that_leaves_ends_a_slow_answer(wire: Wire, sim: Simulator) -> None:
    connection, thread = dripping(wire, sim)

    assert connection.sock is not None
    connection.sock.shutdown(socket.SHUT_RDWR)
    connection.close()

    thread.join(20)
    assert not thread.is_alive()


def test_a_server_that_stops_ends_a_slow_answer(clock: FakeClock) -> None:
    with Simulator(SimulatorConfig(clock=clock)) as sim:
        wire = Wire(sim)
        connection, thread = dripping(wire, sim)
        wire.close()

    thread.join(20)
    connection.close()
    assert not thread.is_alive()


def basic(sim: Simulator) -> dict[str, str]:
    token = base64.b64encode(f"{sim.account}:{sim.password}".encode()).decode()
    return {"Authorization": f"Basic {token}"}


def creation() -> bytes:
    return (
        f'{HEAD}<soapenv:Header><ty:RequestServerVersion Version="Exchange2013"/>'
        f"{impersonating('PrimarySmtpAddress', 'a@example.test')}</soapenv:Header><soapenv:Body>"
        '<CreateItem SendMeetingInvitations="SendToNone"><Items><ty:CalendarItem>'
        f"{times()}</ty:CalendarItem></Items></CreateItem></soapenv:Body></soapenv:Envelope>"
    ).encode()

"""Sockets: TLS, paths, keep-alive, chunks."""

from __future__ import annotations

import http.client
import socket
import ssl
import stat

import pytest
import requests

from tests.simulator.wire import HEAD, Wire
from vfadmin.simulator import Simulator, SimulatorConfig

PROBE = (
    f'{HEAD}<soapenv:Body><GetServerTimeZones ReturnFullTimeZoneData="false"/>'
    "</soapenv:Body></soapenv:Envelope>"
).encode()


def connection(sim: Simulator) -> http.client.HTTPSConnection:
    context = ssl.create_default_context(cafile=str(sim.ca_file))
    return http.client.HTTPSConnection("127.0.0.1", sim.port, context=context, timeout=30)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_certificate_is_good_for_loopback_and_for_whom_knows_its_ca(sim: Simulator, host: str) -> None:
    url = f"https://{host}:{sim.port}/EWS/Exchange.asmx"
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(sim.ca_file)
        assert session.post(url, PROBE, timeout=30).status_code == 401
        with requests.Session() as stranger:
            stranger.trust_env = False
            with pytest.raises(requests.exceptions.SSLError):
                stranger.post(url, PROBE, timeout=30)


def test_its_keys_are_its_owners_only(sim: Simulator) -> None:
    for name in ("ca.key", "server.key"):
        assert stat.S_IMODE((sim.ca_file.parent / name).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/EWS/Exchange.asmx", 200),
        ("/ews/exchange.ASMX", 200),
        ("/ews/exchange.asmx?x=1", 200),
        ("/owa", 404),
    ],
)
def test_the_path_is_not_case_sensitive(wire: Wire, path: str, status: int) -> None:
    url = wire.simulator.base_url + path

    assert wire.session.post(url, PROBE, headers=wire.headers, timeout=30).status_code == status


def test_only_posts_are_answered(wire: Wire) -> None:
    response = wire.session.get(wire.simulator.ews_url, headers=wire.headers, timeout=30)

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_one_connection_carries_many_requests(wire: Wire) -> None:
    http_connection = connection(wire.simulator)
    http_connection.connect()
    used = http_connection.sock

    for _ in range(3):
        http_connection.request("POST", "/EWS/Exchange.asmx", PROBE, wire.headers)
        response = http_connection.getresponse()
        assert (response.status, response.getheader("Content-Type")) == (200, "text/xml; charset=utf-8")
        assert b"GetServerTimeZonesResponse" in response.read()
        assert http_connection.sock is used
    http_connection.close()


def test_a_body_may_come_in_chunks(wire: Wire) -> None:
    parts = (PROBE[start : start + 50] for start in range(0, len(PROBE), 50))

    response = wire.session.post(wire.simulator.ews_url, parts, headers=wire.headers, timeout=30)

    assert response.status_code == 200


def test_a_client_that_never_shakes_hands_stops_nobody(wire: Wire) -> None:
    with socket.create_connection(("127.0.0.1", wire.simulator.port), timeout=30):
        assert (
            wire.session.post(wire.simulator.ews_url, PROBE, headers=wire.headers, timeout=30).status_code
            == 200
        )


def test_a_server_without_tls_speaks_http() -> None:
    with Simulator(SimulatorConfig(tls=False)) as sim, requests.Session() as session:
        session.trust_env = False
        assert sim.ews_url.startswith("http://127.0.0.1:")
        assert session.post(sim.ews_url, PROBE, timeout=30).status_code == 401
        with pytest.raises(RuntimeError):
            _ = sim.ca_file


def test_a_stopped_server_answers_nobody_and_leaves_nothing_behind() -> None:
    sim = Simulator(SimulatorConfig())
    sim.start()
    port, directory = sim.port, sim.ca_file.parent
    sim.stop()
    sim.stop()

    assert not directory.exists()
    with pytest.raises(OSError, match=r".*"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Content-Length: many", 400),
        ("Content-Length: -1", 400),
        ("Content-Length: 99999999999", 413),
        (f"Content-Length: {'9' * 5000}", 413),
        ("Transfer-Encoding: chunked\r\n\r\nnone", 400),
        ("Transfer-Encoding: chunked\r\n\r\nfffffffff", 413),
    ],
)
def test_a_body_of_no_use_is_refused_and_the_connection_ends(sim: Simulator, head: str, status: int) -> None:
    http_connection = connection(sim)
    http_connection.connect()
    http_connection.sock.sendall(f"POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())

    with http.client.HTTPResponse(http_connection.sock) as response:
        response.begin()
        assert (response.status, response.getheader("Connection")) == (status, "close")
    http_connection.close()


def raw(sim: Simulator, data: bytes, body: bytes = b"") -> bytes:
    """What comes back for these bytes; the body follows once something has."""
    context = ssl.create_default_context(cafile=str(sim.ca_file))
    with (
        socket.create_connection(("127.0.0.1", sim.port), timeout=30) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secured,
    ):
        secured.sendall(data)
        got = b""
        if body:
            got = secured.recv(65536)
            secured.sendall(body)
        while piece := secured.recv(65536):
            got += piece
        return got


def post_of(wire: Wire, *lines: str, line: str = "POST /EWS/Exchange.asmx HTTP/1.1") -> bytes:
    headers = [f"{name}: {value}" for name, value in wire.headers.items()]
    return "\r\n".join([line, "Host: localhost", *headers, "Connection: close", *lines, "", ""]).encode()


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(wire: Wire) -> None:
    """The .NET client asks so by default, and curl from a megabyte on."""
    head = post_of(wire, "Expect: 100-continue", f"Content-Length: {len(PROBE)}")

    answer = raw(wire.simulator, head, PROBE)

    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(
    "line", ["POST /ews/exchange.asmx HTTP/1.0", "POST https://localhost/EWS/Exchange.asmx HTTP/1.1"]
)
def test_old_clients_and_those_behind_a_proxy_are_answered(wire: Wire, line: str) -> None:
    head = post_of(wire, f"Content-Length: {len(PROBE)}", line=line)

    assert raw(wire.simulator, head + PROBE).startswith(b"HTTP/1.1 200 OK\r\n")

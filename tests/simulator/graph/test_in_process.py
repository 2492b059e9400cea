"""The server as a function, under httpx: no socket, no thread, no certificate."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest

from tests.clock import FakeClock
from tests.simulator.graph.caller import WINDOW, event
from tests.simulator.graph.transport import SimulatorTransport
from vfadmin.simulator import FaultRule, MailboxSpec, Simulator, SimulatorConfig

HOST = "https://graph.microsoft.com"


@pytest.fixture
def still(clock: FakeClock) -> Iterator[Simulator]:
    """A simulator that is never started."""
    config = SimulatorConfig(mailboxes=(MailboxSpec("a@x.test"),), tls=False, clock=clock, protocol="both")
    sim = Simulator(config)
    yield sim
    sim.stop()


@pytest.fixture
def http(still: Simulator) -> Iterator[httpx.Client]:
    with httpx.Client(transport=SimulatorTransport(still)) as client:
        token = client.post(
            f"https://login.microsoftonline.com/{still.config.graph.tenant}/oauth2/v2.0/token",
            data={
                "grant_type": "client_credentials",
                "client_id": still.config.graph.client_id,
                "client_secret": still.client_secret,
                "scope": f"{HOST}/.default",
            },
        ).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def test_a_server_that_is_not_started_answers_in_process(still: Simulator, http: httpx.Client) -> None:
    threads = threading.active_count()

    made = http.post(f"{HOST}/v1.0/users/a@x.test/events", json=event())
    page = http.get(f"{HOST}/v1.0/users/a@x.test/calendarView/delta", params=WINDOW).json()

    assert made.status_code == 201
    assert page["@odata.deltaLink"].startswith(f"{HOST}/v1.0/users/a@x.test/calendarView/delta?$deltatoken=")
    assert [record.operation for record in still.requests] == ["GraphToken", "GraphCreateEvent", "GraphDelta"]
    assert threading.active_count() == threads


@pytest.mark.parametrize(
    "rule",
    [FaultRule(status=0, moment="after"), FaultRule(moment="middle", cut=40), FaultRule(status=0)],
)
def test_what_a_rule_does_to_the_connection_is_raised(
    still: Simulator, http: httpx.Client, rule: FaultRule
) -> None:
    still.set_faults([rule])

    with pytest.raises(httpx.TransportError):
        http.post(f"{HOST}/v1.0/users/a@x.test/events", json=event())


def test_who_serves_ews_alone_has_no_graph(clock: FakeClock) -> None:
    sim = Simulator(SimulatorConfig(tls=False, clock=clock))
    other = Simulator(SimulatorConfig(tls=False, clock=clock, protocol="graph"))
    try:
        assert sim.handle("GET", "/v1.0/users/a@x.test", {}).status == 404
        assert other.handle("POST", "/EWS/Exchange.asmx", {}).status == 404
    finally:
        sim.stop()
        other.stop()

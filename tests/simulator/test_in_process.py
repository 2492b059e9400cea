"""The server as a function: no socket, no thread, no certificate."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator

import pytest

from tests.clock import FakeClock
from tests.simulator.wire import HEAD, impersonating, times
from vfadmin.simulator import FaultRule, HttpResponse, MailboxSpec, Simulator, SimulatorConfig

EMAIL = "a@example.test"
CREATION = (
    f'{HEAD}<soapenv:Header><ty:RequestServerVersion Version="Exchange2013"/>'
    f"{impersonating('PrimarySmtpAddress', EMAIL)}</soapenv:Header><soapenv:Body>"
    '<CreateItem SendMeetingInvitations="SendToNone"><Items><ty:CalendarItem>'
    f"{times()}</ty:CalendarItem></Items></CreateItem></soapenv:Body></soapenv:Envelope>"
).encode()


@pytest.fixture
def still(clock: FakeClock) -> Iterator[Simulator]:
    """A simulator that is never started."""
    sim = Simulator(SimulatorConfig(mailboxes=(MailboxSpec(EMAIL, "EXAMPLE\\a"),), tls=False, clock=clock))
    yield sim
    sim.stop()


def created(sim: Simulator) -> HttpResponse:
    token = base64.b64encode(f"{sim.account}:{sim.password}".encode()).decode()
    return sim.handle("POST", "/EWS/Exchange.asmx", {"AUTHORIZATION": f"Basic {token}"}, CREATION)


def test_a_server_that_is_not_started_answers_in_process(still: Simulator) -> None:
    threads = threading.active_count()

    response = created(still)

    assert (response.status, b"NoError" in response.body) == (200, True)
    assert len(still.outlook(EMAIL).items()) == 1
    assert [record.operation for record in still.requests] == ["CreateItem"]
    assert threading.active_count() == threads
    with pytest.raises(RuntimeError):
        _ = still.port


def test_nobody_is_let_in_without_a_sign_in(still: Simulator) -> None:
    assert still.handle("POST", "/EWS/Exchange.asmx", {}, CREATION).status == 401
    assert still.outlook(EMAIL).items() == []


@pytest.mark.parametrize(
    ("rule", "sent", "reset", "effects"),
    [
        (FaultRule(status=0), 0, True, 0),
        (FaultRule(status=0, moment="after"), 0, True, 1),
        (FaultRule(moment="middle", cut=40), 40, True, 1),
        (FaultRule(kind="truncated_xml", cut=40), 40, False, 1),
    ],
)
def test_what_a_rule_does_to_the_connection_is_in_the_answer(
    still: Simulator, rule: FaultRule, sent: int, effects: int, *, reset: bool
) -> None:
    still.set_faults([rule])

    response = created(still)

    assert (len(response.sent), response.reset) == (sent, reset)
    assert len(still.outlook(EMAIL).items()) == effects


def test_faults_and_outbox_are_reached_in_process_too(still: Simulator) -> None:
    put = still.handle("PUT", "/control/faults", {}, b'[{"status": 503, "retry_after": 9}]')

    response = created(still)

    assert (put.status, response.status, dict(response.headers)["Retry-After"]) == (204, 503, "9")
    assert still.handle("GET", "/control/outbox", {}).body == b"[]"

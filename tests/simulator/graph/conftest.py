"""One simulator of both protocols for all tests here, emptied for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clock import FakeClock
from tests.simulator.graph.caller import Caller
from tests.simulator.graph.schema_check import GraphCheck, GraphExchange
from tests.simulator.wire import Wire
from vfadmin.simulator import (
    HttpRequest,
    HttpResponse,
    MailboxSpec,
    OutlookUser,
    Simulator,
    SimulatorConfig,
)
from vfadmin.simulator.graph import GraphService

ANNA = MailboxSpec("a@example.test", "anna@example.test", "Anna Aalto", aliases=("anna.alias@example.test",))
BO = MailboxSpec("b@example.test", "EXAMPLE\\b", "Bo Bergman")
_CHECK = GraphCheck()
CELIA = MailboxSpec("c@example.test", "EXAMPLE\\c", "Celia", cloud=False)


@pytest.fixture(scope="session", autouse=True)
def _graph_recorded() -> Iterator[None]:
    """Every exchange of every simulator is kept for the check at the end of its test."""
    patch = pytest.MonkeyPatch()
    real = GraphService.handle

    def handle(self: GraphService, request: HttpRequest, base: str) -> HttpResponse:
        response = real(self, request, base)
        _CHECK.exchanges.append(GraphExchange(request, response))
        return response

    patch.setattr(GraphService, "handle", handle)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _conforms() -> Iterator[None]:
    _CHECK.exchanges.clear()  # what other tests of this process asked is theirs
    yield
    assert _CHECK.complaints() == []


@pytest.fixture(scope="session")
def _shared_both(clock: FakeClock) -> Iterator[Simulator]:
    with Simulator(SimulatorConfig(mailboxes=(ANNA, BO, CELIA), clock=clock, protocol="both")) as sim:
        yield sim


@pytest.fixture
def both(_shared_both: Simulator) -> Simulator:
    _shared_both.reset()
    return _shared_both


@pytest.fixture(scope="session")
def _shared_caller(_shared_both: Simulator) -> Iterator[Caller]:
    with Caller(_shared_both) as caller:
        yield caller


@pytest.fixture
def graph(both: Simulator, _shared_caller: Caller) -> Caller:
    """A client that is signed in."""
    assert _shared_caller.simulator is both
    _shared_caller.sign_in()
    return _shared_caller


@pytest.fixture
def anna(both: Simulator) -> OutlookUser:
    return both.outlook("a@example.test")


@pytest.fixture
def ews(both: Simulator) -> Iterator[Wire]:
    wire = Wire(both)
    yield wire
    wire.close()

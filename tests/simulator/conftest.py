"""One simulator for all tests here, emptied for each; every answer is held against the schema."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from tests.clock import FakeClock
from tests.simulator.schema_check import Exchange, SchemaCheck, load_schema
from tests.simulator.wire import Wire
from vfadmin.simulator import Channel, HttpRequest, HttpResponse, MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.http_values import ConnectionState
from vfadmin.simulator.outlook import OutlookUser
from vfadmin.simulator.service import Service

ANNA = MailboxSpec("a@example.test", "EXAMPLE\\a", "Anna Aalto", aliases=("anna.alias@example.test",))
BO = MailboxSpec("b@example.test", "EXAMPLE\\b", "Bo Bergman")
ROOM = MailboxSpec("room@example.test", "room@example.test", "Anna-sali")
_CHECK = SchemaCheck(load_schema())


@pytest.fixture(scope="session")
def clock() -> FakeClock:
    return FakeClock()


def _recorded_stream(
    request: HttpRequest, response: HttpResponse, channel: Channel
) -> Generator[bytes, None, None]:
    """A stream, each of whose documents is kept as an answer."""
    assert response.stream is not None
    with closing(response.stream(channel)) as documents:
        for document in documents:
            _CHECK.exchanges.append(Exchange(request, replace(response, body=document, stream=None)))
            yield document


@pytest.fixture(scope="session", autouse=True)
def _recorded() -> Iterator[None]:
    """Every exchange of every simulator is kept for the check at the end of its test."""
    patch = pytest.MonkeyPatch()
    real = Service.handle

    def handle(self: Service, request: HttpRequest, connection: ConnectionState) -> HttpResponse:
        response = real(self, request, connection)
        if response.stream is None:
            _CHECK.exchanges.append(Exchange(request, response))
            return response
        return replace(response, stream=partial(_recorded_stream, request, response))

    patch.setattr(Service, "handle", handle)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _valid() -> Iterator[None]:
    yield
    assert _CHECK.complaints() == []


@pytest.fixture(scope="session")
def _shared_sim(clock: FakeClock) -> Iterator[Simulator]:
    with Simulator(SimulatorConfig(mailboxes=(ANNA, BO, ROOM), clock=clock)) as sim:
        yield sim


@pytest.fixture
def sim(_shared_sim: Simulator) -> Simulator:
    _shared_sim.reset()
    return _shared_sim


@pytest.fixture(scope="session")
def _shared_wire(_shared_sim: Simulator) -> Iterator[Wire]:
    wire = Wire(_shared_sim)
    yield wire
    wire.close()


@pytest.fixture
def wire(sim: Simulator, _shared_wire: Wire) -> Wire:
    assert _shared_wire.simulator is sim
    return _shared_wire


@pytest.fixture
def anna(sim: Simulator) -> OutlookUser:
    return sim.outlook("a@example.test")

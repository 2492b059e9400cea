"""A simulated Exchange with a few people, emptied before every test, and ways to reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.listening import Heard, listening
from vfadmin.calendars.ews import EwsCalendar, EwsConnection, EwsServer
from vfadmin.calendars.ews.session import EwsSession, Timeouts
from vfadmin.simulator import OutlookUser, Simulator, SimulatorConfig


@pytest.fixture(scope="session")
def shared_exchange() -> Iterator[Simulator]:
    with Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, version="2016")) as simulator:
        yield simulator


@pytest.fixture
def exchange(shared_exchange: Simulator) -> Iterator[Simulator]:
    shared_exchange.reset()
    yield shared_exchange
    # R9: whatever a test did, nobody got a mail.
    assert shared_exchange.outbox == []


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def reach(stack: ExitStack) -> Callable[..., EwsServer]:
    """Make an EwsServer of a simulator; keywords are those of EwsConnection."""

    def made(simulator: Simulator, password: str | None = None, **settings: Any) -> EwsServer:
        server = EwsServer(connection_to(simulator, **settings), lambda: password or simulator.password)
        stack.callback(server.close)
        return server

    return made


@pytest.fixture
def server(exchange: Simulator, reach: Callable[..., EwsServer]) -> EwsServer:
    """The shared server, signed in by Basic: the fewest round trips."""
    return reach(exchange)


@pytest.fixture
def session_at(stack: ExitStack) -> Callable[..., EwsSession]:
    """Make a session to any address, with short timeouts."""

    def made(url: str, ca_file: str | Path | None, **settings: Any) -> EwsSession:
        timeouts = settings.pop("timeouts", Timeouts(connect=5, answer=5, turn=5))
        most = settings.pop("max_connections", 8)
        settings = {"auth": "basic", "server_version": "2016"} | settings
        connection = EwsConnection(
            "own", url, "EXAMPLE\\svc", ca_file=None if ca_file is None else str(ca_file), **settings
        )
        session = EwsSession(connection, lambda: "geheim", most, timeouts)
        stack.callback(session.close)
        return session

    return made


def connection_to(simulator: Simulator, **settings: Any) -> EwsConnection:
    """The connection to a simulator."""
    settings = {
        "auth": "basic",
        "server_version": simulator.config.version,
        "ca_file": str(simulator.ca_file),
    } | settings
    return EwsConnection("own", simulator.ews_url, simulator.account, **settings)


@pytest.fixture
def calendar(server: EwsServer) -> EwsCalendar:
    return server.calendar(people.ANNA, "default", None)


@pytest.fixture
def anna(exchange: Simulator) -> OutlookUser:
    return exchange.outlook(people.ANNA)


@pytest.fixture
def heard() -> Iterator[Heard]:
    with listening() as one:
        yield one

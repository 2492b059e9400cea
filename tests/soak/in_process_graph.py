"""The far side of a soak's world over Graph: the keeper on a simulated tenant that answers in process.

The keeper, its JSON and the sign-in are the real ones; only the bytes do not go over a socket.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import httpx
import pytest

from tests.sync.ews_world import MAILBOX
from tests.sync.graph_world import NARROW, GraphSide, now_of
from vfadmin.calendars import graph
from vfadmin.calendars.graph import GraphConnection, GraphServer
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

HOST = "https://graph.example.test"


class SimulatorTransport(httpx.BaseTransport):
    """Hands a request to the simulator and its answer back."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer at once; time-outs and certificates mean nothing here."""
        # The whole address, so that links in answers lead here again.
        answer = self._simulator.handle(
            request.method, str(request.url), dict(request.headers), request.read()
        )
        if answer.reset:
            raise httpx.ReadError("reset", request=request)
        headers = httpx.Headers(answer.headers)
        return httpx.Response(answer.status, headers=headers, content=answer.sent, request=request)


@contextmanager
def tenant_in_process(simulator: Simulator) -> Iterator[None]:
    """Every connection to Office 365 leads to this simulator, which need not listen anywhere."""
    answering = partial(GraphServer, transport=SimulatorTransport(simulator))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph, "GraphServer", answering)
        yield


@contextmanager
def in_process_graph_side() -> Iterator[GraphSide]:
    """One mailbox of a simulated tenant that listens nowhere."""
    spec = MailboxSpec(email=MAILBOX, login=MAILBOX, name="Äijö Virtanen")
    sides: list[GraphSide] = []
    config = SimulatorConfig(
        mailboxes=(spec,), version="online", protocol="both", tls=False, clock=partial(now_of, sides)
    )
    simulator = Simulator(config)
    connection = GraphConnection(
        "cloud", config.graph.tenant, config.graph.client_id, authority=HOST, url=f"{HOST}/v1.0"
    )
    server = GraphServer(
        connection,
        lambda: simulator.client_secret,
        span=lambda: NARROW,
        transport=SimulatorTransport(simulator),
    )
    try:
        sides.append(GraphSide(simulator, server))
        yield sides[0]
    finally:
        server.close()
        simulator.stop()

"""The far side of a soak's world: the EWS keeper on a simulator that answers in process.

The keeper, its SOAP and exchangelib's session are the real ones; only the bytes do not go over a socket,
which would cost a long run a good part of its time.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from tests.strategies import NOW
from tests.sync.ews_world import MAILBOX, OutlookSide
from vfadmin.calendars.ews import EwsConnection, EwsServer, session
from vfadmin.calendars.ews.transport import EwsProtocol
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

URL = "https://exchange.example.test/EWS/Exchange.asmx"


class SimulatorAdapter(BaseAdapter):
    """Hands a prepared request to the simulator and its answer back."""

    def __init__(self, simulator: Simulator) -> None:
        super().__init__()
        self._simulator = simulator

    def send(
        self,
        request: requests.PreparedRequest,
        *_options: Any,
        **_more: Any,
    ) -> requests.Response:
        """Answer at once; streaming, time-outs and certificates mean nothing here."""
        body = request.body or b""
        path = urlsplit(str(request.url)).path
        content = body.encode() if isinstance(body, str) else bytes(body)
        answer = self._simulator.handle(str(request.method), path, dict(request.headers), content)
        if answer.reset:
            raise requests.ConnectionError("reset", request=request)
        response = requests.Response()
        response.status_code = answer.status
        headers = HTTPHeaderDict(answer.headers)
        response.headers.update(headers)
        response.raw = HTTPResponse(io.BytesIO(answer.sent), headers, answer.status, preload_content=False)
        response.url = str(request.url)
        response.request = request
        return response

    def close(self) -> None:
        """There is nothing to close."""


@contextmanager
def answering_in_process(simulator: Simulator) -> Iterator[None]:
    """All connections over HTTPS lead to this simulator, which need not listen anywhere."""

    class InProcess(EwsProtocol):
        def create_session(self) -> requests.Session:
            made = super().create_session()
            for reached in [*made.adapters, "https://"]:
                made.mount(reached, SimulatorAdapter(simulator))
            return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "EwsProtocol", InProcess)
        yield


@contextmanager
def in_process_outlook_side() -> Iterator[OutlookSide]:
    """One mailbox of a simulator that listens nowhere."""
    spec = MailboxSpec(email=MAILBOX, login="EXAMPLE\\aijo", name="Äijö Virtanen")
    simulator = Simulator(SimulatorConfig(mailboxes=(spec,), version="2016", tls=False, clock=lambda: NOW))
    connection = EwsConnection("ews", URL, simulator.account, "basic", "2016")
    with answering_in_process(simulator):
        server = EwsServer(connection, lambda: simulator.password)
        try:
            yield OutlookSide(simulator, server)
        finally:
            server.close()
            simulator.stop()

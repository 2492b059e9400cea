"""An httpx transport onto a simulator in the same process: no socket, no thread."""

from __future__ import annotations

import httpx

from vfadmin.simulator import Simulator


class SimulatorTransport(httpx.BaseTransport):
    """Hands requests to `Simulator.handle`; what a rule does to the connection is raised as httpx would."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._simulator.handle(
            request.method, str(request.url), dict(request.headers), request.read()
        )
        if response.status == 0:
            raise httpx.ReadError("connection reset", request=request)
        if response.reset:
            raise httpx.RemoteProtocolError("peer closed the connection", request=request)
        return httpx.Response(
            response.status, headers=response.headers, content=response.sent, request=request
        )

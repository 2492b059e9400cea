"""A tenant that answers what a test says: for answers that no simulator of the real one gives."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from vfadmin.calendars.graph.connection import GraphConnection
from vfadmin.calendars.graph.session import GraphSession

HOST = "https://graph.example.test"
CONNECTION = GraphConnection("cloud", "firma.test", "app-1", authority=HOST, url=f"{HOST}/v1.0")
Answer = Callable[[httpx.Request], httpx.Response]


class Canned(httpx.BaseTransport):
    """Signs everybody in, which ``tokens`` counts; all else, kept in ``asked``, is for ``answer``."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked, self.tokens = answer, list[httpx.Request](), 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("openid-configuration"):
            told = {"issuer": f"{HOST}/firma.test/v2.0"}
            told |= {f"{name}_endpoint": f"{HOST}/{name}" for name in ("authorization", "token", "device")}
            return httpx.Response(200, json=told)
        if request.url.path == "/token":
            self.tokens += 1
            token = {"token_type": "Bearer", "expires_in": 3599, "access_token": f"token-{self.tokens}"}
            return httpx.Response(200, json=token)
        self.asked.append(request)
        return self.answer(request)


def session(canned: Canned) -> GraphSession:
    """What sends there."""
    return GraphSession(CONNECTION, lambda: "salaisuus", transport=canned)

"""What travels between the socket and the service: requests, answers, and what a connection remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from vfadmin.simulator.call import Principal

XML = "text/xml; charset=utf-8"


class Handshake(Protocol):
    """A sign-in under way that needs several requests on one connection (NTLM)."""

    def step(self, token: bytes) -> bytes | None:
        """The next challenge, or None once the sign-in is complete; raises PermissionError where it fails."""

    @property
    def principal(self) -> Principal | None:
        """Who signed in, once complete."""


@dataclass(slots=True)
class ConnectionState:
    """What one connection remembers between requests: NTLM signs in a connection, not a request."""

    channel_binding: bytes | None = None
    handshake: Handshake | None = None
    principal: Principal | None = None


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """One answer. `cut`: how many bytes of the body go out before the connection is reset (a fault)."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: int | None = None
    close: bool = False


def xml_response(status: int, body: bytes) -> HttpResponse:
    """An answer of the web service."""
    return HttpResponse(status, (("Content-Type", XML),), body)

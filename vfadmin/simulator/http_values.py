"""What travels between the socket and the service: requests, answers, and what a connection remembers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
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


class Channel(Protocol):
    """The other side of an answer that is not finished when it begins."""

    def wait(self, seconds: float) -> bool:
        """Wait until woken or until time has passed; False where the other side is gone."""

    def wake(self) -> None:
        """End a wait, from any thread; never blocks."""


@dataclass(frozen=True, slots=True)
class Drip:
    """A body that goes out `piece` bytes at a time, `pause` seconds apart (a fault)."""

    piece: int
    pause: float


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """One answer.

    `cut`: how many bytes of the body go out (a fault); the connection is then reset, or, where it is not
    `torn`, the answer ends there as if that were all. `drip` is for sockets only. `stream` makes the body
    piece by piece, in place of `body`, for as long as the channel it is given stands; close what it answers.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: int | None = None
    close: bool = False
    torn: bool = True
    drip: Drip | None = None
    stream: Callable[[Channel], Generator[bytes, None, None]] | None = None

    @property
    def sent(self) -> bytes:
        """The part of the body that goes out."""
        return self.body if self.cut is None else self.body[: self.cut]

    @property
    def reset(self) -> bool:
        """Whether the connection is reset once that is out."""
        return self.status == 0 or (self.cut is not None and self.torn)


def xml_response(status: int, body: bytes) -> HttpResponse:
    """An answer of the web service."""
    return HttpResponse(status, (("Content-Type", XML),), body)

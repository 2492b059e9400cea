"""The simulated Exchange of the measurements, in a process of its own: its work is in nobody's CPU time."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

from vfadmin.simulator import Simulator, SimulatorConfig
from vfadmin.simulator.http_values import ConnectionState, HttpRequest, HttpResponse
from vfadmin.simulator.serve import announcement, numbered_mailboxes

BEGIN = datetime(2026, 12, 1, 6, tzinfo=UTC)
"""When the first event is; each of the others is half an hour later."""
BODY = "Asialista:\n" + "\n".join(f"{number}. kohta, josta puhutaan" for number in range(1, 9))


class Distant(Simulator):
    """A server whose every answer takes so many seconds to come."""

    latency = 0.0

    def handle_request(self, request: HttpRequest, connection: ConnectionState) -> HttpResponse:
        """Answer one request, later."""
        time.sleep(self.latency)
        return super().handle_request(request, connection)


def values_of(number: int) -> dict[str, Any]:
    """Title, place, text and times of the event with that number, the same wherever it is made."""
    start = BEGIN + timedelta(minutes=30 * (number % 15_000))
    return {
        "subject": f"Palaveri {number}",
        "location": f"Neuvotteluhuone {number % 40}",
        "body_text": BODY,
        "start": start,
        "end": start + timedelta(minutes=45),
    }


@dataclass(frozen=True, slots=True)
class FarSide:
    """How to reach the server, and the line to whoever keeps it."""

    url: str
    account: str
    password: str
    ca_file: str
    mailboxes: tuple[str, ...]
    line: Connection

    def tell(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - each order has its own answer
        """Give an order of `_Keeper` and wait for its answer."""
        self.line.send((name, *arguments))
        return self.line.recv()


@contextmanager
def running(mailboxes: int) -> Iterator[FarSide]:
    """A server with so many empty mailboxes."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    keeper = context.Process(target=_keep, args=(theirs, mailboxes), daemon=True)
    keeper.start()
    told = ours.recv()
    names = tuple(one["email"] for one in told["mailboxes"])
    try:
        yield FarSide(told["ews_url"], told["account"], told["password"], told["ca_file"], names, ours)
    finally:
        ours.send(("stop",))
        keeper.join()


def _keep(line: Connection, mailboxes: int) -> None:
    specs = numbered_mailboxes(mailboxes)
    with Distant(SimulatorConfig(mailboxes=specs, auth=("basic",))) as simulator:
        keeper = _Keeper(simulator)
        line.send(announcement(simulator))
        while (order := line.recv())[0] != "stop":
            line.send(getattr(keeper, order[0])(*order[1:]))


class _Keeper:
    """What the process can be told to do."""

    def __init__(self, simulator: Distant) -> None:
        self._simulator = simulator

    def fill(self, mailbox: str, count: int) -> None:
        """Let the mailbox's owner make so many events."""
        user = self._simulator.outlook(mailbox)
        for number in range(count):
            user.create(**values_of(number))

    def edit(self, mailbox: str, count: int, word: str) -> None:
        """Let him move so many of them elsewhere."""
        user = self._simulator.outlook(mailbox)
        for item in user.items()[:count]:
            user.edit(item.id, location=word)

    def count(self, mailbox: str) -> int:
        """How many events there are."""
        return len(self._simulator.outlook(mailbox).items())

    def requests(self) -> dict[str, int]:
        """The requests since it was asked last, by operation."""
        found = dict(self._simulator.request_counts())
        self._simulator.clear_requests()
        return found

    def latency(self, seconds: float) -> None:
        """Let every answer take so long from now on."""
        self._simulator.latency = seconds

    def mails(self) -> int:
        """How many mails were sent, which had better be none."""
        return len(self._simulator.outbox)

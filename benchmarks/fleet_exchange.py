"""The Exchange of the fleet's measurement: a simulator in its own process, whose answers take their time.

It is the simulator of the tests, over HTTPS on a real socket: 13 KB and 0.4 ms of CPU a mailbox and an
unchanged poll. A pipe says what no client could: how long an answer takes, what people do in Outlook, and
what was asked.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from vfadmin.calendars.graph.changes import State, span_at
from vfadmin.calendars.graph.folders import path
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.graph.delta_state import Generation, Window
from vfadmin.simulator.graph.identifiers import to_rest
from vfadmin.simulator.ids import SyncCursor


@dataclass(frozen=True, slots=True)
class Address:
    """Where the simulator is and how one signs in there."""

    ews: str
    graph: str
    authority: str
    tenant: str
    client_id: str
    account: str
    password: str
    client_secret: str
    ca_file: str


@dataclass(frozen=True, slots=True)
class Known:
    """A mailbox's calendar and how far it was read."""

    mailbox: str
    folder: str
    cursor: str


def mailbox_of(number: int) -> str:
    """The address of a person's mailbox."""
    return f"p{number:06}@fleet.test"


class _Slow(Simulator):
    """Answers after a while. Each connection has a thread of its own, so nobody else waits for it."""

    latency = 0.0

    def handle_request(self, request: Any, connection: Any) -> Any:  # noqa: ANN401 - the simulator's own
        """Wait, then answer."""
        if self.latency:
            time.sleep(self.latency)
        return super().handle_request(request, connection)


class FleetExchange:
    """The simulator's process, from outside. Used by one thread."""

    def __init__(self, mailboxes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, mailboxes), daemon=True)
        self._process.start()
        self.address: Address = self._pipe.recv()

    def _ask(self, *words: object) -> Any:  # noqa: ANN401 - whatever was asked for
        self._pipe.send(words)
        return self._pipe.recv()

    def be_slow(self, seconds: float) -> None:
        """Every answer takes so long from now on, besides what it takes to make it."""
        self._ask("latency", seconds)

    def known(self, protocol: str) -> list[Known]:
        """What a client that has listed every calendar, all of them empty, knows of it; in order."""
        found: list[Known] = self._ask("known", protocol)
        return found

    def add(self, numbers: Sequence[int], title: str) -> None:
        """Each of these persons enters an event in Outlook."""
        self._ask("add", list(numbers), title)

    def shows(self, number: int, title: str) -> bool:
        """Whether an event of that title is in the person's mailbox."""
        return bool(self._ask("shows", number, title))

    def requests(self) -> Counter[str]:
        """What was asked since the last time, by operation; a batch counts as one."""
        return Counter(self._ask("requests"))

    def cpu(self) -> float:
        """CPU seconds the process has used."""
        return float(self._ask("cpu"))

    def close(self) -> None:
        """End the process."""
        self._ask("stop")
        self._process.join(30)


def _serve(pipe: Pipe, mailboxes: int) -> None:
    specs = tuple(MailboxSpec(email=mailbox_of(one)) for one in range(1, mailboxes + 1))
    config = SimulatorConfig(mailboxes=specs, version="online", protocol="both", auth=("basic",))
    with _Slow(config) as simulator:
        tenant = simulator.config.graph
        pipe.send(
            Address(
                simulator.ews_url, simulator.graph_url, simulator.authority, tenant.tenant,
                tenant.client_id, simulator.account, simulator.password, simulator.client_secret,
                str(Path(simulator.ca_file)),
            )
        )  # fmt: skip
        word = ""
        with suppress(EOFError):  # who measured was killed
            while word != "stop":
                word, *rest = pipe.recv()
                pipe.send(_answer(simulator, word, rest))


def _known(simulator: _Slow, email: str, protocol: str) -> Known:
    """The cursor that the simulator would give, without the two requests a mailbox that it would take."""
    store, graph = simulator._store, simulator._graph  # noqa: SLF001 - see above
    mailbox = store.by_email(email)
    assert mailbox is not None
    folder = mailbox.distinguished("calendar")
    assert folder is not None
    if protocol == "ews":
        state = SyncCursor(mailbox.epoch, mailbox.guid, folder.number, mailbox.sequence)
        return Known(email, folder.id, state.encode(store.secret))
    now, folder_id = datetime.now(UTC), to_rest(folder.id)
    span = span_at(now, 7, 24 * 31)
    kept = graph.states.keep(
        mailbox, Generation(Window(folder.id, span.start, span.end), mailbox.sequence, {})
    )
    token = graph.states.token(mailbox, "d", kept, 0, store.secret)
    link = f"{path(email, folder_id)}/calendarView/delta?$deltatoken={token}"
    return Known(email, folder_id, State(link, span.renewed, now).text())


def _answer(simulator: _Slow, word: str, rest: list[Any]) -> object:
    if word == "latency":
        simulator.latency = rest[0]
    elif word == "add":
        start = (datetime.now(UTC) + timedelta(days=1)).replace(second=0, microsecond=0)
        for number in rest[0]:
            user = simulator.outlook(mailbox_of(number))
            user.create(subject=rest[1], start=start, end=start + timedelta(hours=1))
    elif word == "shows":
        return any(item.subject == rest[1] for item in simulator.outlook(mailbox_of(rest[0])).items())
    elif word == "known":
        return [_known(simulator, spec.email, rest[0]) for spec in simulator.mailboxes]
    elif word == "requests":
        counted = dict(simulator.request_counts())
        simulator.clear_requests()
        return counted
    elif word == "cpu":
        return time.process_time()
    return None

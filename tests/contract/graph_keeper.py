"""The Graph keeper under the contract; its outsider is an Outlook user at the simulator's own door.

Ids of the two worlds differ, so what the outsider names is translated as a client would have it translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from tests.contract.keeper import ORIGIN
from vfadmin.calendars.graph import GraphCalendar, GraphConnection, GraphServer
from vfadmin.calendars.graph.server import Span
from vfadmin.simulator import MailboxSpec, OutlookUser, Simulator, SimulatorConfig

MAILBOX = "anna.virtanen@example.com"


def graph_connection(simulator: Simulator) -> GraphConnection:
    """The way to the simulated tenant."""
    return GraphConnection(
        "cloud",
        simulator.config.graph.tenant,
        simulator.config.graph.client_id,
        authority=simulator.authority,
        url=simulator.graph_url,
        ca_file=str(simulator.ca_file),
    )


@dataclass
class GraphOutside:
    """Anna, working in Outlook."""

    user: OutlookUser
    server: GraphServer

    def create(self, title: str) -> str:
        return self._known(self.user.create(subject=title, start=ORIGIN, end=ORIGIN + timedelta(hours=1)))

    def edit(self, item_id: str, title: str) -> None:
        self.user.edit(self._own(item_id), subject=title)

    def delete(self, item_id: str) -> None:
        self.user.delete(self._own(item_id))

    def copy(self, item_id: str) -> str:
        return self._known(self.user.copy(self._own(item_id)))

    def titles(self) -> list[str]:
        return sorted(item.subject for item in self.user.items())

    def _known(self, own: str) -> str:
        return self.server.translated(MAILBOX, [own])[own]

    def _own(self, item_id: str) -> str:
        known = self.server.translated(MAILBOX, [item.id for item in self.user.items()])
        return next(own for own, shown in known.items() if shown == item_id)


@dataclass
class GraphKeeper:
    """One mailbox of a simulated tenant."""

    simulator: Simulator
    server: GraphServer
    outside: GraphOutside
    page: int = 4

    def calendar(self) -> GraphCalendar:
        return self.server.calendar(MAILBOX, "default", None, page=self.page)

    def lose_cursor(self) -> None:
        self.simulator.invalidate_sync_states(MAILBOX)


@contextmanager
def running_graph_keeper() -> Iterator[GraphKeeper]:
    """A simulated tenant and the keeper over its only mailbox; reset it before every test."""
    mailboxes = (MailboxSpec(email=MAILBOX, login=MAILBOX, name="Anna Virtanen"),)
    with Simulator(SimulatorConfig(mailboxes=mailboxes, version="online", protocol="both")) as simulator:
        server = GraphServer(
            graph_connection(simulator),
            lambda: simulator.client_secret,
            span=lambda: Span(back=700, ahead=700),
        )
        try:
            yield GraphKeeper(simulator, server, GraphOutside(simulator.outlook(MAILBOX), server))
        finally:
            server.close()

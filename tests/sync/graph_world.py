"""The far side of a world over real Graph: the keeper, a simulated tenant, and an Outlook user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tests.contract.graph_keeper import graph_connection
from tests.strategies import NOW
from tests.sync.ews_world import MAILBOX, OutlookSide
from vfadmin.calendars.base import Calendar
from vfadmin.calendars.event import Event
from vfadmin.calendars.graph import GraphServer
from vfadmin.calendars.graph.server import Span
from vfadmin.calendars.graph.session import PAGE
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

OPERATIONS = {
    "CreateItem": "GraphCreateEvent",
    "UpdateItem": "GraphUpdateEvent",
    "GetItem": "GraphGetEvent",
    "SyncFolderItems": "GraphDelta",
    "MoveItem": "GraphDeleteEvent",
    "FindItem": "GraphListEvents",
}
"""What an operation of EWS is over Graph."""


NARROW, WHOLE = Span(30, 550), Span(800, 900)
"""Days that are watched, as many as are synchronised."""


class GraphSide(OutlookSide):
    """A mailbox in Office 365 and its owner at Outlook, by the ids that Graph knows."""

    def __init__(self, simulator: Simulator, server: GraphServer) -> None:
        self.simulator = simulator
        self.graph = server
        self._user = simulator.outlook(MAILBOX)
        self.page = PAGE
        self.now, self.span = NOW, NARROW
        self._known: dict[str, str] = {}

    def calendar(self) -> Calendar:
        return self.graph.calendar(MAILBOX, "default", None, page=self.page)

    def whole(self) -> Calendar:
        """With a view as long as Graph makes one."""
        calendar = self.graph.calendar(MAILBOX, "default", None, page=self.page)
        calendar._place = replace(calendar._place, span=lambda: WHOLE)
        return calendar

    def reset(self) -> None:
        self.page, self.now, self.span = PAGE, NOW, NARROW
        self._known.clear()
        self.simulator.reset()

    def add(self, event: Event) -> str:
        return self.known(super().add(event))

    def edit(self, item_id: str, **changes: Any) -> None:
        super().edit(self.own(item_id), **changes)

    def remove(self, item_id: str) -> None:
        super().remove(self.own(item_id))

    def copy(self, item_id: str, title: str) -> str:
        # Nobody is as quick as a program.
        self.now += timedelta(minutes=5)
        return self.known(super().copy(self.own(item_id), title))

    def touch(self, item_id: str) -> None:
        super().touch(self.own(item_id))

    def ids(self) -> dict[str, str]:
        names = super().ids()
        self._learn(names.values())
        return {title: self._known[one] for title, one in names.items()}

    def known(self, own: str) -> str:
        """The id over Graph."""
        self._learn([own])
        return self._known[own]

    def own(self, item_id: str) -> str:
        """The id in Outlook."""
        here = [item.id for item in self._user.items()]
        self._learn(here)
        return next(own for own in here if self._known[own] == item_id)

    def _learn(self, owns: Iterable[str]) -> None:
        """Have translated what was not yet, all in one request: an id's translation stays what it is."""
        fresh = [own for own in owns if own not in self._known]
        if fresh:
            self._known |= self.graph.translated(MAILBOX, fresh)


def now_of(sides: list[GraphSide]) -> datetime:
    """What the clock of a simulator shows whose side is made after it."""
    return sides[0].now if sides else NOW


@contextmanager
def running_graph_side() -> Iterator[GraphSide]:
    """A simulated tenant with one mailbox, over HTTPS on a real socket."""
    spec = MailboxSpec(email=MAILBOX, login=MAILBOX, name="Äijö Virtanen")
    sides: list[GraphSide] = []
    clock = partial(now_of, sides)
    config = SimulatorConfig(mailboxes=(spec,), version="online", protocol="both", clock=clock)
    with Simulator(config) as simulator:
        server = GraphServer(
            graph_connection(simulator),
            lambda: simulator.client_secret,
            span=lambda: sides[0].span if sides else NARROW,
        )
        try:
            sides.append(GraphSide(simulator, server))
            yield sides[0]
        finally:
            server.close()

"""The far side of a world over real EWS: the keeper, a simulated Exchange, and an Outlook user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.strategies import NOW
from vfadmin.calendars.base import Calendar
from vfadmin.calendars.event import Event, ShowAs
from vfadmin.calendars.ews import EwsConnection, EwsServer
from vfadmin.calendars.ews.read import PAGE
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

MAILBOX = "aijo@example.test"
STATUS = {
    ShowAs.FREE: "Free",
    ShowAs.TENTATIVE: "Tentative",
    ShowAs.BUSY: "Busy",
    ShowAs.OOF: "OOF",
    ShowAs.ELSEWHERE: "WorkingElsewhere",
}
KEYWORDS = {"title": "subject", "text": "body_text"}


class OutlookSide:
    """An Exchange mailbox and its owner at Outlook."""

    def __init__(self, simulator: Simulator, server: EwsServer) -> None:
        self.simulator = simulator
        self._server = server
        self._user = simulator.outlook(MAILBOX)
        self.page = PAGE

    def calendar(self) -> Calendar:
        return self._server.calendar(MAILBOX, "default", None, page=self.page)

    def whole(self) -> Calendar:
        """All of it, however old."""
        return self.calendar()

    def reset(self) -> None:
        self.page = PAGE
        self.simulator.reset()

    def add(self, event: Event) -> str:
        return self._user.create(
            subject=event.title,
            start=event.when.start,
            end=event.when.end,
            body_text=event.text or None,
            location=event.location,
            reminder_minutes=event.reminder_minutes,
            show_as=STATUS[event.show_as],
            sensitivity="Private" if event.private else "Normal",
        )

    def edit(self, item_id: str, **changes: Any) -> None:
        self._user.edit(item_id, **{KEYWORDS.get(name, name): value for name, value in changes.items()})

    def remove(self, item_id: str) -> None:
        self._user.delete(item_id)

    def restore(self, title: str) -> None:
        """Take the last of that title back out of Deleted Items."""
        deleted = [item.id for item in self._user.deleted_items() if item.subject == title]
        self._user.restore(deleted[-1])

    def copy(self, item_id: str, title: str) -> str:
        copied = self._user.copy(item_id)
        self._user.edit(copied, subject=title)
        return copied

    def touch(self, item_id: str) -> None:
        self._user.touch(item_id)

    def ids(self) -> dict[str, str]:
        return {item.subject: item.id for item in self._user.items()}

    def mails(self) -> int:
        return len(self.simulator.outbox)


@contextmanager
def running_outlook_side(version: str = "2016", auth: str = "basic") -> Iterator[OutlookSide]:
    """A simulated server with one mailbox, over HTTPS on a real socket."""
    spec = MailboxSpec(email=MAILBOX, login="EXAMPLE\\aijo", name="Äijö Virtanen")
    config = SimulatorConfig(mailboxes=(spec,), version=version, clock=lambda: NOW)
    with Simulator(config) as simulator:
        connection = EwsConnection(
            "ews", simulator.ews_url, simulator.account, auth, version, str(simulator.ca_file)
        )
        server = EwsServer(connection, lambda: simulator.password)
        try:
            yield OutlookSide(simulator, server)
        finally:
            server.close()

"""The EWS keeper under the contract; its outsider is an Outlook user at the simulator's own door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from tests.contract.keeper import ORIGIN
from vfadmin.calendars.ews import EwsCalendar, EwsConnection, EwsServer
from vfadmin.simulator import MailboxSpec, OutlookUser, Simulator, SimulatorConfig

MAILBOX = "anna.virtanen@example.com"


@dataclass
class EwsOutside:
    """Anna, working in Outlook."""

    user: OutlookUser

    def create(self, title: str) -> str:
        return self.user.create(subject=title, start=ORIGIN, end=ORIGIN + timedelta(hours=1))

    def edit(self, item_id: str, title: str) -> None:
        self.user.edit(item_id, subject=title)

    def delete(self, item_id: str) -> None:
        self.user.delete(item_id)

    def copy(self, item_id: str) -> str:
        return self.user.copy(item_id)

    def titles(self) -> list[str]:
        return sorted(item.subject for item in self.user.items())


@dataclass
class EwsKeeper:
    """One mailbox of a simulated server, reached through impersonation."""

    simulator: Simulator
    server: EwsServer
    outside: EwsOutside
    page: int = 4

    def calendar(self) -> EwsCalendar:
        return self.server.calendar(MAILBOX, "default", None, page=self.page)

    def lose_cursor(self) -> None:
        self.simulator.invalidate_sync_states(MAILBOX)


@contextmanager
def running_ews_keeper() -> Iterator[EwsKeeper]:
    """A simulated server and the keeper over its only mailbox; reset it before every test."""
    mailboxes = (MailboxSpec(email=MAILBOX, login="EXAMPLE\\anna.virtanen", name="Anna Virtanen"),)
    with Simulator(SimulatorConfig(mailboxes=mailboxes, version="2016")) as simulator:
        connection = EwsConnection(
            "own", simulator.ews_url, simulator.account, "ntlm", "2016", str(simulator.ca_file)
        )
        server = EwsServer(connection, lambda: simulator.password)
        try:
            yield EwsKeeper(simulator, server, EwsOutside(simulator.outlook(MAILBOX)))
        finally:
            server.close()

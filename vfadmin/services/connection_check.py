"""Checking a connection step by step, by its protocol (R28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vfadmin.errors import CalendarError, Failure
from vfadmin.models import Connection
from vfadmin.services.directory import Clock
from vfadmin.services.logins import is_address

if TYPE_CHECKING:
    from vfadmin.calendars.exchange.steps import Step
    from vfadmin.sync.servers import Server

FOUND = frozenset({"impersonation", "mailbox"})
"""The step that says that a mailbox is there and may be reached, over EWS and over Graph."""


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step of the connection check.

    ``failure`` says what is wrong; of a step that is ok, what had better be changed.
    """

    check: str
    ok: bool
    detail: str
    failure: Failure | None = None

    @property
    def code(self) -> str | None:
        """The failure's code."""
        return None if self.failure is None else self.failure.code


def checks(row: Connection, secret: str, login: str | None, clock: Clock) -> Iterator[CheckStep]:
    """The keeper's steps; a login that is no address is looked up between them."""
    known = login if login is None or is_address(login) else None
    ok = True
    for step in _steps(row, secret, known, clock):
        ok = ok and step.ok
        yield CheckStep(step.check, step.ok, step.detail, step.failure)
    if login is None or known is not None or not ok:
        return
    from vfadmin.sync.servers import server_of  # noqa: PLC0415 - slow to load, needed late

    server = server_of(row, lambda: secret, most=1)
    try:
        yield from login_steps(server, login)
    finally:
        server.close()


def _steps(row: Connection, secret: str, mailbox: str | None, clock: Clock) -> Iterator[Step]:
    from vfadmin.sync import servers  # noqa: PLC0415 - slow to load, needed late

    if row.protocol == servers.GRAPH:
        from vfadmin.calendars.graph import probe as graph  # noqa: PLC0415 - as above

        return graph.steps(servers.graph_connection(row), lambda: secret, mailbox, clock=clock)
    from vfadmin.calendars.ews import probe as ews  # noqa: PLC0415 - as above

    return ews.steps(servers.ews_connection(row), lambda: secret, mailbox, clock=clock)


def login_steps(server: Server, login: str) -> Iterator[CheckStep]:
    """From a login to its calendar: login (where that is no address), the mailbox, the calendar.

    Each step is taken when it is wanted, and what cannot succeed after a failure is not tried.
    """
    mailbox = login
    if not is_address(login):
        try:
            mailbox = server.resolve(login).primary
        except CalendarError as error:
            yield CheckStep("login", ok=False, detail=login, failure=error.failure)
            return
        yield CheckStep("login", ok=True, detail=mailbox)
    for step in server.check_mailbox(mailbox):
        yield CheckStep(step.check, step.ok, step.detail, step.failure)

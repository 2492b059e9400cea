"""From a stored connection to what speaks to Exchange, by the connection's protocol.

Libraries are loaded when a connection of their protocol is met: each takes a good part of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from vfadmin.calendars.base import Calendar, Identity, Notifier, People
from vfadmin.calendars.exchange.mailbox import ResolvedMailbox
from vfadmin.calendars.exchange.steps import Step
from vfadmin.models import Connection

if TYPE_CHECKING:
    from vfadmin.calendars.ews import EwsConnection
    from vfadmin.calendars.graph import GraphConnection

GRAPH, EWS = "graph", "ews"


class Server(Protocol):
    """What is held of a server or a tenant; see `EwsServer` and `GraphServer`."""

    def calendar(
        self,
        mailbox: str,
        folder: str,
        folder_identity: str | None,
        *,
        people: Callable[[], People] = ...,
    ) -> Calendar:
        """The calendar of a mailbox. Sends nothing yet."""

    def resolve(self, login: str) -> ResolvedMailbox:
        """The mailbox behind a login. Raises CalendarError."""

    def check_mailbox(self, mailbox: str) -> Iterator[Step]:
        """Whether it can be reached, then whether its calendar can be read; asks as far as one looks."""

    def prepare_calendar(self, mailbox: str, choice: str, name: str) -> Identity:
        """The calendar an activation chose; made if it is to be a new one."""

    def look_ahead(self, cursors: Iterable[str]) -> None:
        """Ask for many calendars together whether anything changed, where that can be done."""

    def notifier(self, changed: Callable[[str], None]) -> Notifier:
        """What tells of changes in mailboxes, by their addresses."""

    def close(self) -> None:
        """Close all connections. Never raises."""


@dataclass(frozen=True, slots=True)
class Span:
    """How many days back and ahead a calendar is watched, where that has to be said beforehand."""

    back: int = 30
    ahead: int = 760


def server_of(
    row: Connection,
    secret: Callable[[], str],
    *,
    most: int | None = None,
    span: Callable[[], Span] = Span,
) -> Server:
    """What speaks to it, with ``most`` requests at a time. Raises CalendarError EX-CONN-10."""
    if row.protocol == GRAPH:
        from vfadmin.calendars.graph import GraphServer  # noqa: PLC0415 - see above
        from vfadmin.calendars.graph.calendar import Span as GraphSpan  # noqa: PLC0415

        def watched() -> GraphSpan:
            days = span()
            return GraphSpan(days.back, days.ahead)

        return GraphServer(graph_connection(row), secret, span=watched)
    from vfadmin.calendars.ews import EwsServer  # noqa: PLC0415 - see above

    connection = ews_connection(row)
    return EwsServer(connection, secret) if most is None else EwsServer(connection, secret, most)


def ews_connection(row: Connection) -> EwsConnection:
    """The row as the EWS keeper wants it; it checks the words itself (EX-CONN-10)."""
    from vfadmin.calendars.ews import EwsConnection  # noqa: PLC0415 - see above

    return EwsConnection(
        name=row.name,
        url=row.url or "",
        account=row.account or "",
        auth=cast("Any", row.auth or "ntlm"),
        server_version=cast("Any", row.server_version or "auto"),
        ca_file=row.ca_file,
        tls_profile=cast("Any", row.options.get("tls_profile") or "modern"),
    )


def graph_connection(row: Connection) -> GraphConnection:
    """The row as the Graph keeper wants it; it checks the words itself (EX-CONN-10)."""
    from vfadmin.calendars.graph.connection import (  # noqa: PLC0415 - see above
        AUTHORITY,
        GRAPH_URL,
        GraphConnection,
    )

    return GraphConnection(
        name=row.name,
        tenant=row.options.get("tenant") or "",
        client_id=row.options.get("client_id") or "",
        certificate=row.options.get("certificate"),
        authority=row.options.get("authority") or AUTHORITY,
        url=row.url or GRAPH_URL,
        ca_file=row.ca_file,
    )

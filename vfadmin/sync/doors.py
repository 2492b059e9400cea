"""The way to the calendars: one server object for each connection, shared by all threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from vfadmin.calendars.base import NOBODY, Calendar, Identity, Notifier, People
from vfadmin.calendars.ews import EwsConnection, EwsServer
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.calendars.sql.people import people_of
from vfadmin.errors import CalendarError, failure
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.sync.mailbox import Mailbox

DEFAULT_FOLDER = "default"


class RealDoors:
    """Opens calendars through the connections of the store. Thread-safe; close it at the end.

    ``secret`` gives the impersonation secret of a connection by name and may raise SecretError. A changed
    connection is noticed by its version and gets a new server object. ``default_type``, ``linked`` and
    ``tentative`` are for the calendars in ValueFrame (see `SqlCalendar`).
    """

    def __init__(
        self,
        store: Store,
        secret: Callable[[str], str],
        clock: Callable[[], datetime],
        default_type: Callable[[], int | None],
        linked: Callable[[], bool],
        tentative: Callable[[], bool],
        max_connections: int = 8,
    ) -> None:
        self._store = store
        self._secret = secret
        self._clock = clock
        self._default_type = default_type
        self._linked = linked
        self._tentative = tentative
        self._max_connections = max_connections
        self._servers: dict[str, tuple[int, EwsServer]] = {}
        self._lock = threading.Lock()

    def valueframe(self, person_id: int) -> Calendar:
        """The person's calendar in the store."""
        return SqlCalendar(
            self._store,
            person_id,
            clock=self._clock,
            default_type=self._default_type,
            linked=self._linked,
            tentative=self._tentative,
        )

    def exchange(self, mailbox: Mailbox) -> Calendar:
        """The calendar of a prepared mailbox."""
        folder = DEFAULT_FOLDER if mailbox.choice == DEFAULT_FOLDER else mailbox.calendar_name
        identity = mailbox.identity.folder if mailbox.identity else None
        address = mailbox.address or mailbox.login
        return self._server(mailbox.connection).calendar(address, folder, identity, people=self._people)

    def _people(self) -> People:
        return people_of(self._store) if self._linked() else NOBODY

    def resolve(self, mailbox: Mailbox) -> str:
        """The primary address behind the login."""
        return self._server(mailbox.connection).resolve(mailbox.login).primary

    def prepare(self, mailbox: Mailbox, address: str) -> Identity:
        """The calendar to use, made if it is to be a new one."""
        server = self._server(mailbox.connection)
        return server.prepare_calendar(address, mailbox.choice, mailbox.calendar_name)

    def notifier(self, connection: str, changed: Callable[[str], None]) -> Notifier:
        """What tells of changes in the mailboxes behind a connection, by their addresses."""
        return self._server(connection).notifier(changed)

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            servers, self._servers = self._servers, {}
        for _, server in servers.values():
            server.close()

    def _server(self, name: str) -> EwsServer:
        with self._store.read() as session:
            row = session.get(Connection, name)
        if row is None:
            raise CalendarError(failure("EX-CONN-01"))
        with self._lock:
            known = self._servers.get(name)
            if known is not None and known[0] == row.version:
                return known[1]
            server = EwsServer(_connection(row), lambda: self._secret(name), self._max_connections)
            self._servers[name] = (row.version, server)
        if known is not None:
            known[1].close()
        return server


def _connection(row: Connection) -> EwsConnection:
    """The row as the keeper wants it; it checks the words itself (EX-CONN-10)."""
    return EwsConnection(
        name=row.name,
        url=row.url or "",
        account=row.account or "",
        auth=row.auth or "ntlm",  # type: ignore[arg-type] # EwsServer refuses any other word
        server_version=row.server_version,  # type: ignore[arg-type] # likewise
        ca_file=row.ca_file,
    )

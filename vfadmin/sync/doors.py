"""The way to the calendars: one server object for each connection, shared by all threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from vfadmin.calendars.base import NOBODY, Calendar, Identity, Notifier, People, Side
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.calendars.sql.changes import unmoved
from vfadmin.calendars.sql.people import people_of
from vfadmin.errors import CalendarError, failure
from vfadmin.models import Connection, Cursor, Integration
from vfadmin.models.store import Store
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.renewals import Renewals
from vfadmin.sync.servers import GRAPH, Server, Span, server_of

if TYPE_CHECKING:  # see `servers`
    from vfadmin.calendars.rest import FieldMap, RestServer

DEFAULT_FOLDER = "default"


_TOKENS = (
    select(Integration.connection, Cursor.token)
    .join(Cursor, Cursor.person_id == Integration.person_id)
    .join(Connection, Connection.name == Integration.connection)
    .where(
        Cursor.side == Side.EXCHANGE.value,
        Connection.protocol == GRAPH,
        Connection.blocked_code.is_(None),
    )
)


class RealDoors:
    """Opens calendars through the connections of the store. Thread-safe; close it at the end.

    ``secret`` gives the impersonation secret of a connection by name and may raise SecretError. A changed
    connection is noticed by its version and gets a new server object. ``default_type``, ``linked`` and
    ``tentative`` are for the calendars in ValueFrame (see `SqlCalendar`); with a field map as the answer of
    ``near`` these are over REST.
    """

    def __init__(
        self,
        store: Store,
        secret: Callable[[str], str],
        clock: Callable[[], datetime],
        default_type: Callable[[], int | None],
        linked: Callable[[], bool],
        tentative: Callable[[], bool],
        span: Callable[[], Span] = Span,
        near: Callable[[], FieldMap | None] = lambda: None,
        max_connections: Callable[[], int] = lambda: 8,
    ) -> None:
        self._store = store
        self._secret = secret
        self._renewals = Renewals(store, secret)
        self._clock = clock
        self._default_type = default_type
        self._linked = linked
        self._tentative = tentative
        self._span = span
        self._near = near
        self._rest: RestServer | None = None
        self._max_connections = max_connections
        self._servers: dict[str, tuple[int, Server]] = {}
        self._lock = threading.Lock()

    def valueframe(self, person_id: int) -> Calendar:
        """The person's calendar in ValueFrame: in the store, or behind a field map in force."""
        field_map = self._near()
        if field_map is not None:
            return self._interface(field_map).calendar(person_id)
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
        server = self._server(mailbox.connection, mailbox.settings)
        return server.calendar(address, folder, identity, people=self._people)

    def _interface(self, field_map: FieldMap) -> RestServer:
        from vfadmin.calendars.rest import RestServer  # noqa: PLC0415 - slow to load, seldom needed

        with self._lock:
            before = self._rest
            if before is not None and before.map == field_map:
                return before
            self._rest = made = RestServer(field_map, self._secret)
        if before is not None:
            before.close()
        return made

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

    def unmoved(self, cursors: Mapping[int, str]) -> Collection[int]:
        """The persons behind whose cursors into ValueFrame, by person, nothing is new.

        None while it is reached over REST: there each is asked for himself. Raises VfadminError.
        """
        if not cursors or self._near() is not None:
            return ()
        with self._store.read() as session:
            return unmoved(session, cursors)

    def look_ahead(self, person_ids: Collection[int]) -> None:
        """Ask for these persons' calendars together, where their connection can. Raises VfadminError."""
        wanted: dict[str, list[str]] = {}
        with self._store.read() as session:
            for name, token in session.execute(_TOKENS.where(Cursor.person_id.in_(person_ids))):
                wanted.setdefault(str(name), []).append(token)
        for name, tokens in wanted.items():
            self._server(name).look_ahead(tokens)

    def translated(self, here: Mailbox, there: Mailbox, ids: list[str]) -> Mapping[str, str]:
        """Ids as the other connection of two has them; none where neither is Office 365's."""
        from vfadmin.calendars.graph import GraphServer  # noqa: PLC0415 - slow to load, seldom needed

        for mailbox, back in ((there, False), (here, True)):
            server = self._server(mailbox.connection)
            if isinstance(server, GraphServer) and mailbox.address is not None:
                with suppress(CalendarError):  # it needs a permission of its own (User.Read.All)
                    return server.translated(mailbox.address, ids, back=back)
        return {}

    def renew(self) -> None:
        """Let a connection sign in anew whose refused secret was replaced. Raises StoreError."""
        self._renewals.look()

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            servers, self._servers = self._servers, {}
            interface, self._rest = self._rest, None
        if interface is not None:
            interface.close()
        for _, server in servers.values():
            server.close()

    def _server(self, name: str, version: int | None = None) -> Server:
        """The connection's server; the store is not asked where one of that version is open."""
        with self._lock:
            open_one = self._servers.get(name)
        if version is not None and open_one is not None and open_one[0] == version:
            return open_one[1]
        with self._store.read() as session:
            row = session.get(Connection, name)
            known = () if row is not None else session.scalars(select(Connection.name)).all()
        if row is None:
            # It may have been forgotten and another one set; whether that leads to the same is not known.
            gone = failure("EX-CONN-09", name=name, known=", ".join(known))
            raise CalendarError(gone if known else failure("EX-CONN-01"))
        with self._lock:
            open_one = self._servers.get(name)
            if open_one is not None and open_one[0] == row.version:
                return open_one[1]
            secret = self._renewals.watched(row)
            server = server_of(row, secret, most=self._max_connections(), span=self._span)
            self._servers[name] = (row.version, server)
        if open_one is not None:
            open_one[1].close()
        return server

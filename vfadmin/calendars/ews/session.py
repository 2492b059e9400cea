"""One server for the whole process: who may send, how often, and what came back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import requests
from exchangelib.version import Build
from lxml import etree

from vfadmin.calendars.ews.connection import API_LADDER, EwsConnection
from vfadmin.calendars.ews.errors import Context, EwsFault, build
from vfadmin.calendars.ews.network import date_of, http_failure, raised
from vfadmin.calendars.ews.soap import Message, Reply, read_reply
from vfadmin.calendars.ews.transport import Envelope, EwsProtocol
from vfadmin.calendars.ews.xml import Truncated, branch, element
from vfadmin.errors import CalendarError, Failure

_WRONG_VERSION = frozenset(
    {"ErrorInvalidServerVersion", "ErrorIncorrectSchemaVersion", "ErrorInvalidSchemaVersionForMailboxVersion"}
)
_STOPS_SIGN_IN = frozenset({"EX-AUTH-01", "EX-AUTH-02"})
BUILD_2013 = Build(15, 0)
"""The first build of Exchange 2013."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds: to connect, for an answer, and for a free connection of the pool."""

    connect: float = 10.0
    answer: float = 120.0
    turn: float = 300.0


class SignIn:
    """What is known of an account's sign-in at one server; shared by whatever sends there. Thread-safe.

    After the server has refused it once, nothing more is sent: every further try would count towards
    locking the account, and with it every mailbox.
    """

    def __init__(self) -> None:
        self._first = threading.Lock()
        self._done = False
        self._refused: Failure | None = None

    @contextmanager
    def trying(self) -> Iterator[None]:
        """The first request goes alone: eight threads would try a wrong password eight times.

        Raises CalendarError once the sign-in was refused.
        """
        self._check()
        if self._done:
            yield
            return
        with self._first:
            self._check()
            yield

    def note(self, found: Failure | None) -> None:
        """Remember how a request ended: with this failure, or well."""
        if found is None:
            self._done = True
        elif found.code in _STOPS_SIGN_IN:
            self._refused = found

    def _check(self) -> None:
        if self._refused is not None:
            raise CalendarError(self._refused)


class EwsSession:
    """What sends to one server, for all its mailboxes. Thread-safe."""

    def __init__(
        self,
        connection: EwsConnection,
        secret: Callable[[], str],
        max_connections: int = 8,
        timeouts: Timeouts | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        connection.check()
        self.connection = connection
        self._timeouts = timeouts or Timeouts()
        self._clock = clock
        self._clock_offset = timedelta(0)
        self._secret = secret
        self._max_connections = max_connections
        # exchangelib's pool waits without an end for a session; here one waits at the door, and not
        # for ever.
        self._turns = threading.BoundedSemaphore(max_connections)
        self._making = threading.Lock()
        self._protocol: EwsProtocol | None = None
        self.sign_in = SignIn()
        self._closed = False
        self._api: dict[str | None, str] = {}
        self._build: Build | None = None

    def knows_elsewhere(self, mailbox: str) -> bool:
        """Whether the mailbox's server knows *working elsewhere*: Exchange 2013 and later.

        Asks the server once when the connection's setting does not say.
        """
        setting = self.connection.server_version
        if setting == "auto" and self._build is None:
            self.ask_version()
        if API_LADDER.index(self.api_for(mailbox)) > API_LADDER.index("Exchange2013"):
            # In an older schema's words it cannot be said, whatever the server's build.
            return False
        return setting != "auto" or self._build is None or self._build >= BUILD_2013

    @property
    def build(self) -> Build | None:
        """The server's build as its last answer told it."""
        return self._build

    def server_time(self) -> datetime:
        """The time on the server's clock, as its last answer told it."""
        return self._clock() + self._clock_offset

    def send(
        self,
        payload: etree._Element,
        context: Context,
        *,
        on_request: Callable[[], None] = lambda: None,
        impersonate: bool = True,
    ) -> tuple[Message, ...]:
        """Send one request and return its response messages, good and bad.

        Raises EwsFault for a SOAP fault and CalendarError for everything below SOAP.
        """
        mailbox = context.mailbox if impersonate and context.mailbox else None
        api = self.api_for(mailbox)
        rungs = iter(API_LADDER[API_LADDER.index(api) :])
        version = next(rungs)
        while True:
            on_request()
            reply = self._exchange(payload, context, mailbox, version)
            if reply.build is not None:
                self._build = reply.build
            if reply.fault is None:
                self._api[mailbox] = version
                return reply.messages
            lower = next(rungs, None) if reply.fault.code in _WRONG_VERSION else None
            if lower is None:
                raise reply.fault
            # An older server, or a mailbox on an older one behind it: it has not looked at the
            # request itself, so asking again in its own words repeats nothing.
            version = lower
            if reply.fault.code == "ErrorInvalidServerVersion":
                self._api[None] = version

    def api_for(self, mailbox: str | None) -> str:
        """The schema version to speak of that mailbox, or of none in particular."""
        return self._api.get(mailbox) or self._api.get(None) or self.connection.first_api

    def new_pool(self, max_connections: int) -> EwsProtocol:
        """Connections apart from the session's own, with its account and trust. Close it at the end.

        Raises SecretError, and CalendarError EX-TLS-04.
        """
        return EwsProtocol(self.connection, self._secret(), max_connections)

    def ask_version(self) -> None:
        """Learn the server's build. Any answer tells it; ConvertId of nothing is the cheapest question."""
        nothing = element("t:AlternateId", Format="EwsId", Id="AAA=", Mailbox="nobody@example.com")
        question = branch("m:ConvertId", branch("m:SourceIds", nothing), DestinationFormat="EntryId")
        try:
            self.send(question, Context(self.connection))
        except EwsFault:
            return

    def ask(
        self,
        payload: etree._Element,
        context: Context,
        *,
        on_request: Callable[[], None] = lambda: None,
        impersonate: bool = True,
    ) -> Message:
        """`send` for a request with one question: its only message."""
        messages = self.send(payload, context, on_request=on_request, impersonate=impersonate)
        if len(messages) != 1:
            raise CalendarError(build("EX-UNKNOWN-01", context, detail="EmptyAnswer"))
        return messages[0]

    def close(self) -> None:
        """Close all connections; the server is of no use afterwards. Never raises."""
        self._closed = True
        protocol, self._protocol = self._protocol, None
        if protocol is not None:
            protocol.close()

    def _exchange(
        self, payload: etree._Element, context: Context, mailbox: str | None, version: str
    ) -> Reply:
        protocol = self._open()
        # Packed before a session is taken: exchangelib loses the session when packing fails.
        envelope = Envelope(protocol, mailbox, principal=context.principal)
        data = envelope.pack(_worded(payload, version), version)
        with self._turn(context), self.sign_in.trying():
            content = self._post(protocol, data, envelope.headers, context)
        try:
            return read_reply(content)
        except Truncated as broken:
            raise CalendarError(build("EX-CONN-05", context, detail="Truncated")) from broken

    def _open(self) -> EwsProtocol:
        with self._making:
            if self._closed:
                raise CalendarError(build("EX-CONN-05", Context(self.connection), detail="closed"))
            if self._protocol is None:
                self._protocol = self.new_pool(self._max_connections)
            return self._protocol

    @contextmanager
    def _turn(self, context: Context) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._timeouts.turn):
            raise CalendarError(build("EX-CONN-04", context, detail="no free connection"))
        try:
            yield
        finally:
            self._turns.release()

    def _post(self, protocol: EwsProtocol, data: bytes, headers: dict[str, str], context: Context) -> bytes:
        session: requests.Session = protocol.get_session()
        try:
            response = session.post(
                self.connection.url,
                data=data,
                headers=headers,
                allow_redirects=False,
                timeout=(self._timeouts.connect, self._timeouts.answer),
            )
        except Exception as error:
            # Whatever happened, the connection is in an unknown state: a fresh session takes its place.
            protocol.retire_session(session)
            wrong = raised(error, context)
            self.sign_in.note(wrong.failure)
            raise wrong from error
        found = http_failure(response, context)
        self.sign_in.note(found)
        if response.status_code == requests.codes.unauthorized:
            protocol.retire_session(session)
        else:
            # Exchange's cookies tie a session to one mailbox's server; the next mailbox may live elsewhere.
            session.cookies.clear()
            protocol.release_session(session)
        if found is not None:
            raise CalendarError(found)
        told = date_of(response)
        if told is not None:
            self._clock_offset = told - self._clock()
        return response.content


def _worded(payload: etree._Element, version: str) -> etree._Element:
    """The request in the words of a schema version: an older one refuses what came after it."""
    if version != "Exchange2010_SP1":
        return payload
    older = deepcopy(payload)
    # Of ResolveNames, since Exchange 2010 SP2.
    older.attrib.pop("ContactDataShape", "")
    return older

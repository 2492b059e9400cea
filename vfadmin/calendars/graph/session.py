"""One tenant for the whole process: who may send, how many at a time, and what came back."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import httpx

from vfadmin.calendars.exchange.trust import trust
from vfadmin.calendars.graph.connection import GraphConnection
from vfadmin.calendars.graph.errors import UNGRANTED, Context, build, error_for, fault
from vfadmin.calendars.graph.links import relative
from vfadmin.calendars.graph.network import raised
from vfadmin.calendars.graph.roles import Consent
from vfadmin.calendars.graph.tokens import Tokens
from vfadmin.calendars.network import date_of, retry_after, spared
from vfadmin.errors import CalendarError

USER_AGENT = "vfadmin"
TOGETHER = 20
"""Requests in one ``$batch`` (JSON batching, *Batch size limitations*)."""
OVERALL, PER_MAILBOX = 4, 2
"""Requests at a time: four for an application and a mailbox (*Outlook service limits*)."""
PREFER = (
    'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="text", odata.maxpagesize={page}'
)
PAGE = 200
_FRESH = timedelta(minutes=1)
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_UNAUTHORIZED, _FORBIDDEN, _FIRST_ERROR = 401, 403, 400

# At INFO the first writes every address, and with it whose mailbox it is; at DEBUG the second writes headers,
# and with them the token.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds: to connect, for an answer, and for a turn."""

    connect: float = 10.0
    answer: float = 120.0
    turn: float = 300.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request: the path behind the service's root, with its query."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: _NO_HEADERS)
    html: bool = False
    page: int = PAGE

    def all_headers(self) -> dict[str, str]:
        """With what every request prefers: ids that outlast a move, UTC, and texts as text."""
        prefer = PREFER.format(page=self.page)
        if self.html:
            prefer = prefer.replace('"text"', '"html"')
        return {"Prefer": prefer, **self.headers}


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered. ``body`` is the JSON object, empty where there was none.

    ``granted`` says whether the request's token names the permission that is needed.
    """

    status: int
    body: Mapping[str, Any]
    wait: float | None = None
    granted: bool = True

    @property
    def ok(self) -> bool:
        """Whether it is no error."""
        return self.status < _FIRST_ERROR

    @property
    def code(self) -> str:
        """Graph's word for the error."""
        return str(self._error.get("code") or "")

    def told(self, name: str) -> object:
        """What the error tells besides under that name."""
        return self._error.get(name)

    def check(self, context: Context) -> Mapping[str, Any]:
        """The body. Raises the failure the answer stands for."""
        if self.ok:
            return self.body
        raise error_for(self.failure(context))

    def failure(self, context: Context) -> Any:  # noqa: ANN401 - a Failure; see errors
        """The failure the answer stands for."""
        message = str(self._error.get("message") or "")
        return fault(self.status, self.code, message, context, self.wait, granted=self.granted)

    @property
    def _error(self) -> Mapping[str, Any]:
        found = self.body.get("error")
        return found if isinstance(found, Mapping) else {}


class GraphSession:
    """What sends to one tenant, for all its mailboxes. Thread-safe."""

    def __init__(
        self,
        connection: GraphConnection,
        secret: Callable[[], str],
        most: int = OVERALL,
        most_per_mailbox: int = PER_MAILBOX,
        timeouts: Timeouts | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        renew: bool = True,
    ) -> None:
        connection.check()
        self._renew = renew
        self.connection = connection
        self._timeouts = timeouts or Timeouts()
        self._clock = clock
        self._clock_offset = timedelta(0)
        self._most_per_mailbox = most_per_mailbox
        self._turns = threading.BoundedSemaphore(most)
        self._of_mailbox: dict[str, threading.BoundedSemaphore] = {}
        self._making = threading.Lock()
        self._transport = transport
        self._client: httpx.Client | None = None
        self._closed = False
        self._secret = secret
        self._ahead: dict[str, tuple[datetime, Reply]] = {}
        self._tokens: Tokens | None = None
        self._consent = Consent()

    def server_time(self) -> datetime:
        """The time on the server's clock, as its last answer told it."""
        return self._clock() + self._clock_offset

    def sign_in(self) -> str:
        """A token, whether or not one was there already. Raises as `Tokens.token`."""
        return self._signed()[1].token()

    def send(
        self, request: Request, context: Context, *, on_request: Callable[[], None] = lambda: None
    ) -> Reply:
        """Send one request. Raises CalendarError for everything below an answer of Graph's own."""
        if self._consent.missing and _of_a_mailbox(request):
            raise error_for(build(UNGRANTED, context))
        on_request()
        reply = self._exchange(request, context)
        if reply.status == _UNAUTHORIZED and self._renew:
            # A token may be revoked before its time; one new one is tried, and no more.
            self._signed()[1].forget()
            on_request()
            reply = self._exchange(request, context)
            if reply.status == _UNAUTHORIZED:
                found = reply.failure(context)
                self._signed()[1].refuse(found)
                raise error_for(found)
        if reply.status == _FORBIDDEN and not reply.granted and _of_a_mailbox(request):
            self._consent.refused()
            self._signed()[1].forget()  # the next token may name what somebody has granted by then
        elif reply.ok and _of_a_mailbox(request):
            self._consent.reached()
        return reply

    def batch(
        self, requests: Sequence[Request], context: Context, *, on_request: Callable[[], None] = lambda: None
    ) -> list[Reply]:
        """Send many, twenty at a time, each answered for itself and in the order asked."""
        replies: list[Reply] = []
        for start in range(0, len(requests), TOGETHER):
            some = requests[start : start + TOGETHER]
            if len(some) == 1:
                replies.append(self.send(some[0], context, on_request=on_request))
            else:
                replies += self._together(some, context, on_request)
        return replies

    def look_ahead(self, requests: Sequence[Request], context: Context) -> None:
        """Ask now, together, what will be asked one by one in a moment; see `early`."""
        replies = self.batch(requests, context)
        now = self._clock()
        with self._making:
            self._ahead = {path: one for path, one in self._ahead.items() if now - one[0] < _FRESH}
            self._ahead.update(
                (request.path, (now, reply)) for request, reply in zip(requests, replies, strict=True)
            )

    def early(self, request: Request) -> Reply | None:
        """The answer that `look_ahead` brought, once, and only while it is fresh."""
        with self._making:
            found = self._ahead.pop(request.path, None)
        if found is None or self._clock() - found[0] >= _FRESH or found[1].status == _UNAUTHORIZED:
            return None
        return found[1]

    def listed(
        self, request: Request, context: Context, *, on_request: Callable[[], None] = lambda: None
    ) -> Iterator[Mapping[str, Any]]:
        """The entries of a list, page by page.

        Raises CalendarError, also for pages that lead in a circle or to another host: half a list would look
        as if the rest were not there, and no token goes elsewhere.
        """
        asked: set[str] = set()
        while True:
            asked.add(request.path)
            body = self.send(request, context, on_request=on_request).check(context)
            yield from body.get("value") or ()
            link = body.get("@odata.nextLink")
            if not isinstance(link, str) or not link:
                return
            try:
                request = Request("GET", relative(link, self.connection.url))
            except ValueError as error:
                raise CalendarError(build("EX-UNKNOWN-01", context, detail="nextLink")) from error
            if request.path in asked:
                raise CalendarError(build("EX-UNKNOWN-01", context, detail="nextLink"))

    def close(self) -> None:
        """Close all connections; the tenant is of no use afterwards. Never raises."""
        with self._making:
            self._closed = True
            client, self._client, self._tokens = self._client, None, None
        if client is not None:
            client.close()

    def _together(
        self, some: Sequence[Request], context: Context, on_request: Callable[[], None]
    ) -> list[Reply]:
        parts = [_part(number, one) for number, one in enumerate(some)]
        body = self.send(
            Request("POST", "/$batch", {"requests": parts}), context, on_request=on_request
        ).check(context)
        found: dict[str, Reply] = {}
        for one in body.get("responses") or ():
            found[str(one.get("id"))] = replace(_of_part(one), granted=self._signed()[1].granted)
        if any(str(number) not in found for number in range(len(some))):
            # Half an answer would look as if the rest were gone.
            raise CalendarError(build("EX-UNKNOWN-01", context, detail="batch"))
        return [found[str(number)] for number in range(len(some))]

    def _exchange(self, request: Request, context: Context) -> Reply:
        client, tokens = self._signed()
        headers = {**request.all_headers(), "Authorization": f"Bearer {tokens.token()}"}
        content = None if request.body is None else json.dumps(request.body).encode()
        if content is not None:
            headers["Content-Type"] = "application/json"
        with self._turn(context):
            try:
                response = client.request(
                    request.method,
                    self.connection.url.rstrip("/") + request.path,
                    content=content,
                    headers=headers,
                )
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise raised(error, context) from error
        told = date_of(response.headers)
        if told is not None:
            self._clock_offset = told - self._clock()
        return replace(_reply(response, context), granted=tokens.granted)

    def _signed(self) -> tuple[httpx.Client, Tokens]:
        with self._making:
            if self._closed:
                raise CalendarError(build("EX-CONN-05", Context(self.connection), detail="closed"))
            if self._client is None or self._tokens is None:
                self._client = httpx.Client(
                    verify=trust(self.connection.ca_file),
                    transport=self._transport,
                    mounts=spared(self.connection.url, self.connection.authority),
                    timeout=httpx.Timeout(self._timeouts.answer, connect=self._timeouts.connect),
                    headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
                    follow_redirects=False,
                )
                self._tokens = Tokens(self.connection, self._secret, self._client)
            return self._client, self._tokens

    @contextmanager
    def _turn(self, context: Context) -> Iterator[None]:
        """Wait for a turn, of the mailbox first: one that is slow must not hold the others' turns."""
        with self._making:
            own = self._of_mailbox.setdefault(
                context.mailbox.casefold(), threading.BoundedSemaphore(self._most_per_mailbox)
            )
        with ExitStack() as held:
            for gate in (own, self._turns):
                if not gate.acquire(timeout=self._timeouts.turn):
                    raise CalendarError(build("EX-CONN-04", context, detail="no free turn"))
                held.callback(gate.release)
            yield


def _of_a_mailbox(request: Request) -> bool:
    return request.path.startswith("/users/")


def _part(number: int, request: Request) -> dict[str, Any]:
    part: dict[str, Any] = {
        "id": str(number),
        "method": request.method,
        "url": request.path,
        "headers": request.all_headers(),
    }
    if request.body is not None:
        part["headers"]["Content-Type"] = "application/json"
        part["body"] = request.body
    return part


def _of_part(one: Mapping[str, Any]) -> Reply:
    headers = httpx.Headers({str(name): str(value) for name, value in (one.get("headers") or {}).items()})
    body = one.get("body")
    status = one.get("status")
    return Reply(
        status if isinstance(status, int) else 500,
        body if isinstance(body, Mapping) else {},
        retry_after(headers),
    )


def _reply(response: httpx.Response, context: Context) -> Reply:
    """The answer; one that is no JSON object where it should be comes from somebody in between."""
    wait = retry_after(response.headers)
    if not response.content:
        return Reply(response.status_code, {}, wait)
    try:
        body = response.json()
    except ValueError as broken:
        if response.status_code < _FIRST_ERROR:
            begins_as_json = response.content.lstrip()[:1] in (b"{", b"[")
            code = "EX-CONN-05" if begins_as_json else "EX-CONN-07"
            raise CalendarError(build(code, context, detail="JSON")) from broken
        body = {}
    if not isinstance(body, Mapping):
        body = {}
    return Reply(response.status_code, body, wait)

"""A line to the server that is kept open: what the server tells comes in on it as it happens."""

from __future__ import annotations

import re
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import requests
from lxml import etree
from requests.cookies import RequestsCookieJar

from vfadmin.calendars.ews.errors import Context, build
from vfadmin.calendars.ews.network import http_failure, raised
from vfadmin.calendars.ews.session import BUILD_2013, EwsSession
from vfadmin.calendars.ews.soap import Message, Reply, read_reply
from vfadmin.calendars.ews.transport import Envelope
from vfadmin.calendars.ews.xml import Truncated
from vfadmin.errors import CalendarError

_END = re.compile(rb"</(?:[\w.-]{1,40}:)?Envelope\s*>")
_END_LENGTH = 64
_LARGEST = 16_000_000
"""Bytes; two hundred busy mailboxes fill a fraction of it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a line is, in seconds; ``minutes`` is how long the server is asked to keep it open.

    An idle server shows every three quarters of a minute that it lives; after ``silence`` it does not. A
    first failure is answered after ``pause``, further ones after twice as long each up to ``longest_pause``;
    a mailbox that refuses to be followed is asked again after ``rest``, doubled up to ``longest_rest``.
    """

    connect: float = 10.0
    answer: float = 30.0
    silence: float = 120.0
    minutes: int = 30
    pause: float = 1.0
    longest_pause: float = 300.0
    rest: float = 60.0
    longest_rest: float = 3600.0


def documents(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The whole documents in what comes in, each as soon as its end is there.

    One answer carries many documents after one another. A parser that is fed does not say at which byte a
    document ended, and takes the next one for an error; the end is looked for instead, and what lies before
    it is parsed as strictly as any answer.

    Raises Truncated where the last one has no end.
    """
    held = b""
    for chunk in chunks:
        seen = max(0, len(held) - _END_LENGTH)
        held += chunk
        while (found := _END.search(held, seen)) is not None:
            yield held[: found.end()].lstrip()
            held, seen = held[found.end() :], 0
        if len(held) > _LARGEST:
            raise Truncated
    if held.strip():
        raise Truncated


class Line:
    """A session of its own, apart from those that synchronise, kept to one server of a farm.

    From Exchange 2013 on subscriptions live on a mailbox server; whoever asks for them is led there by the
    cookies of the first answer, an anchor mailbox and a header (Microsoft: Maintain affinity between a group
    of subscriptions and the Mailbox server in Exchange). One thread uses it; `cancel` may be called by any.

    Raises SecretError, and CalendarError EX-TLS-04.
    """

    def __init__(self, session: EwsSession, pace: Pace) -> None:
        self._session, self._pace = session, pace
        self._protocol = session.new_pool(1)
        self._http: requests.Session = self._protocol.create_session()
        self._cookies: RequestsCookieJar | None = None
        self._lock = threading.Lock()
        self._cancelled = False
        self._response: requests.Response | None = None

    def ask(self, payload: etree._Element, mailbox: str, anchor: str) -> Message:
        """Send one question as ``mailbox``; raises EwsFault for a refusal, CalendarError below SOAP."""
        context = Context(self._session.connection, mailbox=mailbox)
        response = self._post(payload, context, anchor, stream=False)
        reply = _read(response.content, context)
        if reply.fault is not None:
            raise reply.fault
        if len(reply.messages) != 1:
            raise CalendarError(build("EX-UNKNOWN-01", context, detail="EmptyAnswer"))
        (message,) = reply.messages
        if message.fault is not None:
            raise message.fault
        return message

    def stream(self, payload: etree._Element, anchor: str, mailbox: str = "") -> Generator[Reply, None, None]:
        """The answers to one question as they come in, until the server ends them or `cancel` does.

        ``mailbox`` is impersonated, if there is one. Raises CalendarError where the connection breaks.
        """
        context = Context(self._session.connection, mailbox=mailbox)
        if self._give_up():
            return
        response = self._post(payload, context, anchor, stream=True)
        with self._lock:
            self._response = response
        try:
            if not self._cancelled:
                # Without chunks the library would wait for the whole answer; a byte at a time it does not.
                chunks = response.iter_content(None if getattr(response.raw, "chunked", False) else 1)
                for document in documents(chunks):
                    yield _read(document, context)
        except (requests.RequestException, OSError, Truncated) as error:
            if not self._cancelled:
                raise _broken(error, context) from error
        finally:
            with self._lock:
                self._response = None
                self._cancelled = False
            response.close()

    def cancel(self) -> None:
        """End the stream that runs, or the next one before it begins. Never blocks.

        Closing a response from another thread waits for the next byte; shutting its socket down does not.
        """
        with self._lock:
            self._cancelled = True
            if self._response is not None:
                with suppress(ValueError, RuntimeError, OSError):  # it has ended just now
                    self._response.raw.shutdown()

    def forget_server(self) -> None:
        """Let the next question be led to whichever server the anchor lives on."""
        self._cookies = None
        self._http.cookies.clear()

    def close(self) -> None:
        """Close the connection. Never raises."""
        self._http.close()
        self._protocol.close()

    def _give_up(self) -> bool:
        with self._lock:
            cancelled, self._cancelled = self._cancelled, False
            return cancelled

    def _post(
        self, payload: etree._Element, context: Context, anchor: str, *, stream: bool
    ) -> requests.Response:
        mailbox = context.mailbox or None
        data = Envelope(self._protocol, mailbox).pack(payload, self._session.api_for(mailbox))
        pace = self._pace
        sign_in = self._session.sign_in
        with sign_in.trying():
            try:
                response = self._http.post(
                    self._session.connection.url,
                    data=data,
                    headers=self._headers(anchor, stream=stream),
                    allow_redirects=False,
                    timeout=(pace.connect, pace.silence if stream else pace.answer),
                    stream=stream,
                )
                streams = stream and response.status_code == requests.codes.ok
                found = None if streams else http_failure(response, context)
            except Exception as error:
                self._renew()
                wrong = raised(error, context)
                sign_in.note(wrong.failure)
                raise wrong from error
            sign_in.note(found)
        self._keep_to_server()
        if found is not None:
            response.close()
            raise CalendarError(found)
        return response

    def _headers(self, anchor: str, *, stream: bool) -> dict[str, str]:
        # A compressed stream may be held back until there is enough to compress.
        headers = {"Accept-Encoding": "identity"} if stream else {}
        known = self._session.build
        if known is not None and known >= BUILD_2013:
            headers |= {"X-AnchorMailbox": anchor, "X-PreferServerAffinity": "true"}
        return headers

    def _keep_to_server(self) -> None:
        """The first answer's cookies are the group's; a later one may not lead elsewhere."""
        if self._cookies is None:
            self._cookies = self._http.cookies.copy()
        self._http.cookies = self._cookies.copy()

    def _renew(self) -> None:
        """What broke off leaves a connection in an unknown state; the cookies stay."""
        self._http.close()
        self._http = self._protocol.create_session()
        if self._cookies is not None:
            self._http.cookies = self._cookies.copy()


def _read(content: bytes, context: Context) -> Reply:
    try:
        return read_reply(content)
    except Truncated as broken:
        raise _broken(broken, context) from broken


def _broken(error: Exception, context: Context) -> CalendarError:
    if isinstance(error, Truncated):
        return CalendarError(build("EX-CONN-05", context, detail="Truncated"))
    return raised(error, context)

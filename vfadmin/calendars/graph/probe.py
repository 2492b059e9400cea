"""The connection checks of Graph, one by one, in the order in which a connection comes about (R28).

Each step that fails names its code; what cannot succeed after it is not tried. The application signs in once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from vfadmin.calendars.exchange.steps import Host, Step, clock_step, in_turn, said
from vfadmin.calendars.exchange.trust import trust
from vfadmin.calendars.graph import folders
from vfadmin.calendars.graph.connection import GraphConnection
from vfadmin.calendars.graph.errors import Context, build, sign_in_failure
from vfadmin.calendars.graph.network import network_failure
from vfadmin.calendars.graph.roles import ROLE, roles_of
from vfadmin.calendars.graph.session import USER_AGENT, GraphSession, Request, Timeouts
from vfadmin.calendars.network import date_of, spared
from vfadmin.errors import Failure, VfadminError

CHECKS = (
    "dns",
    "tcp",
    "tls",
    "certificate",
    "login_dns",
    "login_tcp",
    "login_tls",
    "login_certificate",
    "authority",
    "token",
    "graph",
    "roles",
    "mailbox",
    "calendar",
    "clock",
)
SCOPED = "RBAC for Applications"
"""Where Exchange itself gives the right, and the token names none (*RBAC for Applications*)."""

_TELLING = frozenset({"EX-AUTH-12", "EX-BUSY-01", "EX-BUSY-02", "EX-CONN-08"})
"""What Graph's answer says of the connection, whatever it was asked."""


def steps(
    connection: GraphConnection,
    secret: Callable[[], str],
    mailbox: str | None,
    *,
    timeout: float = 10.0,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Step]:
    """Run the checks as far as they lead. ``mailbox`` None leaves out those that need one.

    Raises CalendarError EX-CONN-10 for a malformed setting; everything else is a step.
    """
    connection.check()
    probe = _Probe(connection, secret, mailbox, timeout, clock)
    try:
        parts = (probe.hosts, probe.authority, probe.sign_in, probe.graph, probe.rights, probe.time)
        yield from in_turn(parts)
    finally:
        probe.close()


class _Probe:
    """One run of the checks."""

    def __init__(
        self,
        connection: GraphConnection,
        secret: Callable[[], str],
        mailbox: str | None,
        timeout: float,
        clock: Callable[[], datetime],
    ) -> None:
        self._connection = connection
        self._context = Context(connection, mailbox or "")
        self._mailbox = mailbox
        self._timeout = timeout
        self._clock = clock
        self._server_time: datetime | None = None
        self._roles: tuple[str, ...] = ()
        self._session = GraphSession(
            connection,
            secret,
            timeouts=Timeouts(connect=timeout, answer=max(timeout, 30.0)),
            renew=False,
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def hosts(self) -> Iterator[Step]:
        """dns, tcp, tls and certificate of Graph, then of the host that gives the tokens."""
        for url, prefix in ((self._connection.url, ""), (self._connection.authority, "login_")):
            for step in self._host(url, prefix).reach(self._timeout):
                yield step
                if not step.ok:
                    return

    def _host(self, url: str, prefix: str) -> Host:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
        named = {"host": host, "port": str(port)}
        return Host(
            host,
            port,
            self._connection.ca_file,
            lambda error: _named(network_failure(error, self._context), named),
            lambda: build("EX-CONN-03", self._context, host=host, port=str(port)),
            prefix,
        )

    def authority(self) -> Iterator[Step]:
        """authority: whether the sign-in knows the tenant. Nobody signs in for that."""
        url = f"{self._connection.tenant_url}/v2.0/.well-known/openid-configuration"
        named = {"host": self._connection.login_host}
        try:
            with httpx.Client(
                verify=trust(self._connection.ca_file),
                mounts=spared(url),
                timeout=self._timeout,
                headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            ) as client:
                answer = client.get(url)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, VfadminError) as error:
            found = _named(network_failure(error, self._context), named)
            yield Step("authority", ok=False, detail=said(error), failure=found)
            return
        self._server_time = date_of(answer.headers)
        told = _object(answer)
        if told is not None and isinstance(told.get("token_endpoint"), str):
            yield Step("authority", ok=True, detail=self._connection.tenant)
            return
        yield Step("authority", ok=False, detail=f"HTTP {answer.status_code}", failure=self._unknown(told))

    def _unknown(self, told: Mapping[str, Any] | None) -> Failure:
        """Why there is no document of the tenant: a page of somebody in between, or Entra's own refusal."""
        if told is None:
            return build("EX-CONN-07", self._context, host=self._connection.login_host)
        found = sign_in_failure(
            str(told.get("error", "")), str(told.get("error_description", "")), self._context
        )
        return found if found.code != "EX-AUTH-11" else build("EX-AUTH-04", self._context)

    def sign_in(self) -> Iterator[Step]:
        """token: the one sign-in."""
        try:
            token = self._session.sign_in()
        except VfadminError as error:
            yield Step("token", ok=False, detail=_word(error), failure=error.failure)
            return
        self._roles = roles_of(token)
        yield Step("token", ok=True, detail=self._connection.client_id)

    def graph(self) -> Iterator[Step]:
        """graph: whether the token is accepted there. That this question is not permitted is an answer."""
        try:
            reply = self._session.send(Request("GET", "/organization?$select=id"), self._context)
        except VfadminError as error:
            yield Step("graph", ok=False, detail=_word(error), failure=error.failure)
            return
        found = reply.failure(self._context) if not reply.ok else None
        if found is None or (reply.code and found.code not in _TELLING):
            yield Step("graph", ok=True, detail=self._connection.url)
        else:
            yield Step("graph", ok=False, detail=f"HTTP {reply.status}", failure=found)

    def rights(self) -> Iterator[Step]:
        """roles, mailbox and calendar.

        A right that Exchange itself gave is in no token; then the mailbox tells whether there is one.
        """
        found = [] if self._mailbox is None else list(mailbox_steps(self._session, self._mailbox))
        reached = any(step.ok for step in found)
        if ROLE in self._roles:
            yield Step("roles", ok=True, detail=", ".join(self._roles))
        elif reached:
            yield Step("roles", ok=True, detail=SCOPED)
        else:
            missing = build("EX-AUTH-10", self._context, detail=", ".join(self._roles) or "-")
            yield Step("roles", ok=False, detail=", ".join(self._roles), failure=missing)
            return
        yield from found

    def time(self) -> Iterator[Step]:
        """clock: the Date header of the sign-in against ours."""

        def wrong(seconds: str) -> Failure:
            return build("EX-CONN-12", self._context, host=self._connection.login_host, seconds=seconds)

        yield from clock_step(self._server_time, self._clock(), wrong)


def mailbox_steps(session: GraphSession, mailbox: str) -> Iterator[Step]:
    """The steps mailbox and calendar, over a session that may serve many mailboxes.

    Each is asked when it is wanted: who stops after the first has not had the calendar read. The first one
    answers the mailbox's primary address.
    """
    context = Context(session.connection, mailbox)
    try:
        address = folders.owner(session, context)
    except VfadminError as error:
        yield Step("mailbox", ok=False, detail=_word(error), failure=error.failure)
        return
    yield Step("mailbox", ok=True, detail=address)
    request = Request("GET", f"{folders.user(mailbox)}/events?$select=id&$top=1")
    try:
        body = session.send(request, context).check(context)
    except VfadminError as error:
        yield Step("calendar", ok=False, detail=_word(error), failure=error.failure)
        return
    yield Step("calendar", ok=True, detail=str(len(body.get("value") or ())))


def _object(answer: httpx.Response) -> Mapping[str, Any] | None:
    try:
        told = answer.json()
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _word(error: VfadminError) -> str:
    return str(error.failure.params.get("detail", ""))


def _named(found: Failure, named: dict[str, str]) -> Failure:
    """The failure with the host it is about."""
    return replace(found, params={**found.params, **named})

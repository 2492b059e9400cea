"""The web service as a function: an HTTP request in, an HTTP response out. Sockets are somebody else's."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http import HTTPStatus

from vfadmin.simulator import soap
from vfadmin.simulator.auth import Authenticator
from vfadmin.simulator.call import Call, Principal, acting_mailbox
from vfadmin.simulator.config import StreamPace
from vfadmin.simulator.errors import ExchangeError, SoapFault, schema_violation
from vfadmin.simulator.faults import FaultRules, content, transport
from vfadmin.simulator.faults.state import held_back, quarantine, rewrite, strike
from vfadmin.simulator.http_values import (
    XML,
    Channel,
    ConnectionState,
    HttpRequest,
    HttpResponse,
    xml_response,
)
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.operations import OPERATIONS, STREAMED, streaming
from vfadmin.simulator.store import Store
from vfadmin.simulator.versions import ServerVersion

_PACE = StreamPace()
EWS_PATH = "/ews/exchange.asmx"
_ORIGIN = re.compile("^https?://[^/]*")


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request as the server saw it.

    `operation` is empty before sign-in, `mailbox` where none was meant. `concurrent`: how many requests the
    mailbox served then, this one included; counted for Graph alone, 0 where it was refused before.
    """

    operation: str
    mailbox: str
    at: datetime
    status: int
    concurrent: int = 0


class Service:
    """Signs in, takes the request apart, runs the operation under the store's lock, and keeps the record."""

    def __init__(
        self,
        store: Store,
        version: ServerVersion,
        authenticator: Authenticator,
        pace: StreamPace = _PACE,
    ) -> None:
        self.requests: list[RequestRecord] = []
        self.faults = FaultRules()
        self._store = store
        self._version = version
        self._authenticator = authenticator
        self._pace = pace

    def handle(self, request: HttpRequest, connection: ConnectionState) -> HttpResponse:
        """Answer one request."""
        # A proxy names the whole address.
        path = _ORIGIN.sub("", request.path.partition("?")[0].lower())
        if path != EWS_PATH:
            return self._kept("", "", HttpResponse(404))
        principal = self._authenticator.sign_in(request, connection)
        if isinstance(principal, HttpResponse):
            return self._kept("", "", principal)
        if request.method != "POST":
            return self._kept("", "", HttpResponse(405, (("Allow", "POST"),)))
        try:
            parsed = soap.parse_request(request.body, self._version)
        except SoapFault as error:
            return self._kept("", "", xml_response(500, soap.fault(error)))
        return self._operate(parsed, principal)

    def _operate(self, parsed: soap.SoapRequest, principal: Principal) -> HttpResponse:
        target = ""
        try:
            with self._store.lock:
                acting = acting_mailbox(self._store, parsed.impersonation, principal)
            target = acting.spec.email if acting is not None else ""
            rule = self.faults.first("instead", parsed.operation, target)
            if rule is not None:
                return self._kept(parsed.operation, target, self._challenged(transport.answer(rule)))
            response = self._spoiled(parsed, target, self._run(parsed, principal, acting))
        except SoapFault as error:
            response = xml_response(500, soap.fault(error))
        except ExchangeError as error:
            response = xml_response(500, soap.fault(SoapFault(error.code, error.text, values=error.values)))
        return self._kept(parsed.operation, target, response)

    def _run(self, parsed: soap.SoapRequest, principal: Principal, acting: Mailbox | None) -> HttpResponse:
        operation = OPERATIONS.get(parsed.operation)
        if operation is None and parsed.operation != STREAMED:
            raise SoapFault("ErrorInvalidRequest", f"The operation '{parsed.operation}' is not known.")
        sees_all = principal.is_service and parsed.impersonation is None
        target = acting.spec.email if acting is not None else ""
        with self._store.lock:
            strike(self.faults, self._store, parsed, acting)
            call = Call(
                parsed, self._store, acting, sees_all, self._store.clock().astimezone(UTC),
                by_service=principal.is_service, refusal=quarantine(self.faults, parsed.operation, target),
            )  # fmt: skip
            if operation is None:
                feed = streaming.open_feed(call, self._pace)
                return HttpResponse(200, (("Content-Type", XML),), stream=partial(self._streamed, feed))
            messages = operation(call)
            if not messages:
                # An empty list of ids, items or folders: the schema wants one at least.
                raise schema_violation(f"The element '{parsed.operation}' has incomplete content.")
            if self.faults.first("kept", parsed.operation, target) is not None:
                rewrite(self._store, messages)
        return xml_response(200, soap.envelope(parsed.operation, messages, self._version))

    def _streamed(self, feed: streaming.Feed, channel: Channel) -> Generator[bytes, None, None]:
        """A feed's messages, each an envelope of its own."""
        with closing(feed.messages(channel)) as messages:
            for message in messages:
                yield soap.envelope(STREAMED, [message], self._version)

    def _spoiled(self, parsed: soap.SoapRequest, target: str, response: HttpResponse) -> HttpResponse:
        rules = [] if response.stream else self.faults.every("content", parsed.operation, target)
        for rule in rules:
            state = partial(held_back, self._store.secret, parsed)
            response = replace(response, body=content.altered(rule, response.body, state))
            if rule.skew_s:
                date = self._store.clock() + timedelta(seconds=rule.skew_s)
                response = replace(response, headers=(*response.headers, _date(date)))
        last = self.faults.first("transport", parsed.operation, target)
        return response if last is None else self._challenged(transport.spoiled(last, response))

    def _challenged(self, response: HttpResponse) -> HttpResponse:
        """A 401 of a rule's, with the ways to sign in that every 401 names."""
        if response.status != HTTPStatus.UNAUTHORIZED:
            return response
        return replace(response, headers=(*self._authenticator.challenge().headers, *response.headers))

    def _kept(self, operation: str, mailbox: str, response: HttpResponse) -> HttpResponse:
        at = self._store.clock()
        self.requests.append(RequestRecord(operation, mailbox, at, response.status))
        if any(name == "Date" for name, _ in response.headers):
            return response
        # As every web server does; clients compare it with their own clock.
        return replace(response, headers=(_date(at), *response.headers))


def _date(at: datetime) -> tuple[str, str]:
    return "Date", format_datetime(at.astimezone(UTC), usegmt=True)

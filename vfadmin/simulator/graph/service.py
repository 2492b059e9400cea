"""The Graph service as a function: an HTTP request in, an HTTP response out. Sockets are somebody else's."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from vfadmin.simulator import zones
from vfadmin.simulator.config import GraphConfig
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.faults import FaultRule, FaultRules
from vfadmin.simulator.graph import directory, spoiling
from vfadmin.simulator.graph.aadsts import EntraError
from vfadmin.simulator.graph.batch import run_batch
from vfadmin.simulator.graph.context import GraphCall, Reply
from vfadmin.simulator.graph.delta_state import DeltaStates
from vfadmin.simulator.graph.entra import Entra
from vfadmin.simulator.graph.errors import GraphError, bad_request, from_exchange
from vfadmin.simulator.graph.events import land
from vfadmin.simulator.graph.gate import Gate
from vfadmin.simulator.graph.prefer import parse_prefer
from vfadmin.simulator.graph.query import parse_query
from vfadmin.simulator.graph.routes import Target, find_target
from vfadmin.simulator.graph.tokens import Application, authenticate
from vfadmin.simulator.http_values import HttpRequest, HttpResponse
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.service import RequestRecord
from vfadmin.simulator.store import Store

VERSION = "v1.0"
_JSON = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
_DENIED = "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings."
_LARGEST = 4 * 1024 * 1024


def _nothing(_: dict[str, Any]) -> None:
    """What is done to answers that are no lists."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """Who asks, for what of which mailbox; None: there is no such person."""

    application: Application
    target: Target
    path: str
    mailbox: Mailbox | None

    @property
    def email(self) -> str:
        return self.mailbox.spec.email if self.mailbox is not None else ""

    @property
    def key(self) -> str:
        """What requests are counted by: the application and the mailbox."""
        return f"{self.application.client_id}/{self.email}"


class GraphService:
    """Signs in, finds what a request is for, runs it under the store's lock, and keeps the record."""

    def __init__(
        self,
        store: Store,
        config: GraphConfig,
        entra: Entra,
        faults: FaultRules,
        requests: list[RequestRecord],
        time_zone: str = "UTC",
    ) -> None:
        self.entra = entra
        self.gate = Gate(config.concurrency)
        self.states = DeltaStates()
        self._store = store
        self._config = config
        self._faults = faults
        self._requests = requests
        self._zone = zones.windows_id(time_zone) or "UTC"

    @staticmethod
    def answers(path: str) -> bool:
        """Whether a path, without host and query, is for this half of the server."""
        return path.startswith((f"/{VERSION}/", "/beta/")) or Entra.operation(path) is not None

    def reset(self) -> None:
        """Forget delta states and counts."""
        self.states.clear()
        self.gate.clear()

    def handle(self, request: HttpRequest, base: str) -> HttpResponse:
        """Answer one request; `base` is the scheme and host that links in answers begin with."""
        path = urlsplit(request.path).path
        if operation := Entra.operation(path):
            return self._entra(request, path, operation, base)
        if path.startswith("/beta/"):
            return self._kept("", "", self._refused(bad_request("Invalid version: beta."), request))
        if request.method == "POST" and path.endswith("/$batch"):
            return self._batch(replace(request, path=path), base)
        return self._single(request, base)

    # --- the parts of it

    def _entra(self, request: HttpRequest, path: str, operation: str, base: str) -> HttpResponse:
        rule = self._faults.first("instead", operation, "")
        if rule is not None:
            response = self._instead(rule, request, base)
        else:
            response = self.entra.handle(request, path, base)
            response = self._last(response, request, operation, "", base)
        return self._kept(operation, "", response)

    def _batch(self, request: HttpRequest, base: str) -> HttpResponse:
        rule = self._faults.first("instead", "GraphBatch", "")
        if rule is not None:
            return self._kept("GraphBatch", "", self._instead(rule, request, base))
        try:
            self._application(request)
            answers = run_batch(request, partial(self._wave, base=base))
            response = self._response(Reply(200, {"responses": answers}), request)
        except GraphError as error:
            response = self._refused(error, request)
        response = self._last(response, request, "GraphBatch", "", base)
        return self._kept("GraphBatch", "", response)

    def _wave(self, requests: list[HttpRequest], base: str) -> list[HttpResponse]:
        """Answer requests of a batch that are under way at once: each has its place in its mailbox first."""
        with ExitStack() as places:
            taken = [self._place(request, places) for request in requests]
            return [
                self._single(request, base, place) for request, place in zip(requests, taken, strict=True)
            ]

    def _place(self, request: HttpRequest, places: ExitStack) -> int | GraphError:
        try:
            key = self._meant(request).key
            count = self.gate.enter(key)
        except GraphError as error:
            return error
        places.callback(self.gate.leave, key)
        return count

    def _meant(self, request: HttpRequest) -> _Meant:
        """Who asks, for what of which mailbox; GraphError where he may not, or there is no such thing."""
        application = self._application(request)
        # Whoever adds the version to an address that has it already means the same.
        path = urlsplit(request.path).path.removeprefix(f"/{VERSION}").removeprefix(f"/{VERSION}")
        target = find_target(request.method, path)
        with self._store.lock:
            mailbox = directory.find(self._store, target.user)
        return _Meant(application, target, path, mailbox)

    def _single(self, request: HttpRequest, base: str, place: int | GraphError | None = None) -> HttpResponse:
        """Answer one request; `place` is the one it has in its mailbox already, or why it got none."""
        name, email, concurrent = "", "", 0
        try:
            meant = self._meant(request)
            name, email = meant.target.route.name, meant.email
            if isinstance(place, GraphError):
                raise place
            with nullcontext(place) if place else self.gate.passing(meant.key) as concurrent:
                rule = self._faults.first("instead", name, email)
                if rule is not None:
                    response = self._instead(rule, request, base)
                else:
                    mailbox = self._reachable(meant)
                    response = self._served(request, meant, mailbox, f"{base}/{VERSION}")
                    query = urlsplit(request.path).query
                    held = partial(spoiling.hold_back, self._store, self.states, mailbox, query)
                    response = self._last(response, request, name, email, base, held)
        except GraphError as error:
            response = self._refused(error, request)
        return self._kept(name, email, response, concurrent)

    def _application(self, request: HttpRequest) -> Application:
        if len(request.body) > _LARGEST:
            raise GraphError(413, "RequestEntityTooLarge", "The request is larger than 4 MB.")
        header = request.headers.get("authorization", "")
        return authenticate(header, self._store.secret, self._config.tenant, self._store.clock())

    def _reachable(self, meant: _Meant) -> Mailbox:
        """The mailbox, where the application may reach it and it is in the cloud."""
        mailbox, user = meant.mailbox, meant.target.user
        of_directory = meant.target.route.name == "GraphUser"
        if mailbox is None and of_directory:
            raise GraphError(
                404,
                "Request_ResourceNotFound",
                f"Resource '{user}' does not exist or one of its queried reference-property objects are not "
                "present.",
            )
        if mailbox is None:
            raise GraphError(404, "ErrorInvalidUser", f"The requested user '{user}' is invalid.")
        if not of_directory and not mailbox.spec.cloud:
            raise GraphError(404, "MailboxNotEnabledForRESTAPI")
        if not of_directory and mailbox.spec.email.lower() in self._store.denied:
            raise GraphError(403, "ErrorAccessDenied", *(() if self._config.scoped else (_DENIED,)))
        return mailbox

    def _served(self, request: HttpRequest, meant: _Meant, mailbox: Mailbox, root: str) -> HttpResponse:
        target, query = meant.target, urlsplit(request.path).query
        name, email = target.route.name, meant.email
        try:
            with self._store.lock:
                spoiling.strike(self._faults, self._store, self.states, name, mailbox, query)
                call = GraphCall(
                    self._store, mailbox, self.states, root, meant.path, target.user, parse_query(query),
                    parse_prefer(request.headers.get("prefer", "")), dict(request.headers), request.body,
                    self._store.clock().astimezone(UTC), self._zone,
                    spoiling.during(self._faults, name, email), meant.application.roles,
                    spoiling.quarantine(self._faults, name, email),
                )  # fmt: skip
                if not self._config.scoped:
                    _check_roles(call, request.method, name)
                land(call)
                reply = target.route.operation(call, **target.ids)
        except ExchangeError as error:
            raise from_exchange(error) from error
        applied = (("Preference-Applied", ", ".join(call.prefer.applied)),) if call.prefer.applied else ()
        return self._response(replace(reply, headers=(*reply.headers, *applied)), request)

    # --- answers

    def _response(self, reply: Reply, request: HttpRequest) -> HttpResponse:
        request_id = str(uuid.uuid4())
        headers = [
            ("request-id", request_id),
            ("client-request-id", request.headers.get("client-request-id", request_id)),
            ("x-ms-ags-diagnostic", '{"ServerInfo":{"DataCenter":"Simulated","Slice":"E","Ring":"1"}}'),
            *reply.headers,
        ]
        if reply.value is None:
            return HttpResponse(reply.status, tuple(headers))
        head = (("Content-Type", _JSON), ("OData-Version", "4.0"), ("Cache-Control", "no-cache"))
        return HttpResponse(reply.status, (*head, *headers), json.dumps(reply.value).encode())

    def _refused(
        self, error: GraphError, request: HttpRequest, headers: tuple[tuple[str, str], ...] = ()
    ) -> HttpResponse:
        """The answer that carries an error."""
        if error.status == HTTPStatus.UNAUTHORIZED:
            authority = f"{self._config.authority_host}/common/oauth2/authorize"
            challenge = (
                f'Bearer realm="", authorization_uri="{authority}", '
                'client_id="00000003-0000-0000-c000-000000000000"'
            )
            headers = (*headers, ("WWW-Authenticate", challenge))
        if error.status == HTTPStatus.TOO_MANY_REQUESTS and not headers:
            headers = (("Retry-After", str(self._config.retry_after_s)),)
        request_id = str(uuid.uuid4())
        now = self._store.clock().astimezone(UTC).replace(tzinfo=None, microsecond=0)
        value = {
            "error": {
                "code": error.code,
                "message": error.text,
                **error.extra,
                "innerError": {
                    "date": now.isoformat(),
                    "request-id": request_id,
                    "client-request-id": request.headers.get("client-request-id", request_id),
                },
            }
        }
        return HttpResponse(
            error.status,
            (("Content-Type", "application/json"), ("request-id", request_id), *headers),
            json.dumps(value).encode(),
        )

    def _instead(self, rule: FaultRule, request: HttpRequest, base: str) -> HttpResponse:
        """What a rule puts in the place of an answer."""
        number = spoiling.aadsts(rule)
        if number is not None:
            return self.entra.refuse(EntraError(number, status=spoiling.given_status(rule)), base)
        error, headers = spoiling.replacing(rule)
        if isinstance(error, HttpResponse):
            return error
        return self._refused(error, request, headers)

    def _last(
        self,
        response: HttpResponse,
        request: HttpRequest,
        name: str,
        email: str,
        base: str,
        held: Callable[[dict[str, Any]], None] = _nothing,
    ) -> HttpResponse:
        """The answer as rules want it to go out."""
        for rule in self._faults.every("content", name, email):
            response = spoiling.altered(rule, response, held)
            if rule.skew_s:
                date = self._store.clock() + timedelta(seconds=rule.skew_s)
                response = replace(response, headers=(*response.headers, _date(date)))
        for rule in self._faults.every("slow", name, email):
            threading.Event().wait(rule.pause_ms / 1000)
        last = self._faults.first("transport", name, email)
        if last is None:
            return response
        return spoiling.spoiled(last, response) or self._instead(last, request, base)

    def _kept(
        self, operation: str, mailbox: str, response: HttpResponse, concurrent: int = 0
    ) -> HttpResponse:
        at = self._store.clock()
        self._requests.append(RequestRecord(operation, mailbox, at, response.status, concurrent))
        if any(name == "Date" for name, _ in response.headers):
            return response
        return replace(response, headers=(_date(at.astimezone(UTC)), *response.headers))


_WRITERS = ("Calendars.ReadWrite",)
_CALENDAR_READERS = ("Calendars.Read", "Calendars.ReadBasic.All", *_WRITERS)
# These have permissions of their own.
_OTHERS = frozenset(("GraphUser", "GraphMailboxSettings", "GraphTranslateIds"))


def _check_roles(call: GraphCall, method: str, name: str) -> None:
    if name not in _OTHERS:
        call.need_role(*(_CALENDAR_READERS if method == "GET" else _WRITERS))


def _date(at: datetime) -> tuple[str, str]:
    return "Date", format_datetime(at.astimezone(UTC), usegmt=True)

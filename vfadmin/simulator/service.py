"""The web service as a function: an HTTP request in, an HTTP response out. Sockets are somebody else's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime

from vfadmin.simulator import soap
from vfadmin.simulator.auth import Authenticator
from vfadmin.simulator.call import Call, Principal, acting_mailbox
from vfadmin.simulator.errors import ExchangeError, SoapFault
from vfadmin.simulator.faults import FaultRules
from vfadmin.simulator.http_values import ConnectionState, HttpRequest, HttpResponse, xml_response
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.operations import OPERATIONS
from vfadmin.simulator.store import Store
from vfadmin.simulator.versions import ServerVersion

EWS_PATH = "/ews/exchange.asmx"


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request as the server saw it.

    `operation` is empty before sign-in, `mailbox` where none was meant.
    """

    operation: str
    mailbox: str
    at: datetime
    status: int


class Service:
    """Signs in, takes the request apart, runs the operation under the store's lock, and keeps the record."""

    def __init__(self, store: Store, version: ServerVersion, authenticator: Authenticator) -> None:
        self.requests: list[RequestRecord] = []
        self.faults = FaultRules()
        self._store = store
        self._version = version
        self._authenticator = authenticator

    def handle(self, request: HttpRequest, connection: ConnectionState) -> HttpResponse:
        """Answer one request."""
        path = request.path.partition("?")[0].lower()
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
            struck = self.faults.before(parsed.operation, target)
            if struck is not None:
                return self._kept(parsed.operation, target, struck)
            messages = self._run(parsed, principal, acting)
            response = xml_response(200, soap.envelope(parsed.operation, messages, self._version))
            response = self.faults.after(parsed.operation, target, response)
        except SoapFault as error:
            response = xml_response(500, soap.fault(error))
        except ExchangeError as error:
            response = xml_response(500, soap.fault(SoapFault(error.code, error.text, values=error.values)))
        return self._kept(parsed.operation, target, response)

    def _run(self, parsed: soap.SoapRequest, principal: Principal, acting: Mailbox | None) -> list[str]:
        operation = OPERATIONS.get(parsed.operation)
        if operation is None:
            raise SoapFault("ErrorInvalidRequest", f"The operation '{parsed.operation}' is not known.")
        sees_all = principal.is_service and parsed.impersonation is None
        with self._store.lock:
            return operation(Call(parsed, self._store, acting, sees_all, self._store.clock().astimezone(UTC)))

    def _kept(self, operation: str, mailbox: str, response: HttpResponse) -> HttpResponse:
        at = self._store.clock()
        self.requests.append(RequestRecord(operation, mailbox, at, response.status))
        # As every web server does; clients compare it with their own clock.
        date = ("Date", format_datetime(at.astimezone(UTC), usegmt=True))
        return replace(response, headers=(date, *response.headers))

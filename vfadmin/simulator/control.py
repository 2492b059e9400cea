"""The control address: outbox, requests and faults over HTTP, for whoever runs the simulator from outside.

It needs no sign-in: the server listens on loopback only, and what it tells is a simulation's.
"""

from __future__ import annotations

import json
from typing import Any, Protocol

from vfadmin.simulator.faults import FaultRule
from vfadmin.simulator.http_values import HttpRequest, HttpResponse
from vfadmin.simulator.item import Mail
from vfadmin.simulator.service import RequestRecord


class Steerable(Protocol):
    """What can be looked into and upset from outside: the simulator."""

    @property
    def outbox(self) -> list[Mail]:
        """Mails that would have been sent."""

    @property
    def requests(self) -> list[RequestRecord]:
        """Requests so far."""

    def clear_requests(self) -> None:
        """Forget the requests so far."""

    def set_faults(self, rules: list[FaultRule]) -> None:
        """Put fault rules in force."""

    def reset(self) -> None:
        """Drop all content."""

    def register_certificate(self, pem: bytes) -> None:
        """Let the application sign in with a certificate."""

    def deny_impersonation(self, email: str) -> None:
        """Take a mailbox out of the impersonation scope."""

    def allow_impersonation(self, email: str) -> None:
        """Put a mailbox back into the scope."""


class Control:
    """Answers what whoever runs the simulator asks.

    `GET /outbox`, `GET|DELETE /requests`, `PUT /faults`, `POST /reset`, `PUT|DELETE /denied/EMAIL`,
    `PUT /certificates` (a PEM).
    """

    def __init__(self, simulator: Steerable) -> None:
        self._simulator = simulator

    def handle(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        path = request.path.partition("?")[0].removeprefix("/control").strip("/")
        resource, _, argument = path.partition("/")
        try:
            return self._route(request, resource, argument)
        except KeyError as error:
            return _json(404, {"error": f"unknown mailbox: {error.args[0]}"})
        except (ValueError, TypeError) as error:
            return _json(400, {"error": str(error)})

    def _route(self, request: HttpRequest, resource: str, argument: str) -> HttpResponse:
        match request.method, resource:
            case "GET", "outbox":
                return _json(200, [_mail(mail) for mail in tuple(self._simulator.outbox)])
            case "GET", "requests":
                return _json(200, [_record(record) for record in tuple(self._simulator.requests)])
            case "DELETE", "requests":
                self._simulator.clear_requests()
            case "PUT", "faults":
                self._simulator.set_faults([FaultRule.from_json(rule) for rule in json.loads(request.body)])
            case "POST", "reset":
                self._simulator.reset()
            case "PUT", "certificates":
                self._simulator.register_certificate(request.body)
            case "PUT", "denied":
                self._simulator.deny_impersonation(argument)
            case "DELETE", "denied":
                self._simulator.allow_impersonation(argument)
            case _:
                return _json(404, {"error": f"no such resource: {request.method} {resource}"})
        return HttpResponse(204)


def _mail(mail: Mail) -> dict[str, Any]:
    return {
        "kind": mail.kind,
        "sender": mail.sender,
        "recipients": list(mail.recipients),
        "subject": mail.subject,
    }


def _record(record: RequestRecord) -> dict[str, Any]:
    return {
        "operation": record.operation,
        "mailbox": record.mailbox,
        "at": record.at.isoformat(),
        "status": record.status,
        "concurrent": record.concurrent,
    }


def _json(status: int, value: object) -> HttpResponse:
    return HttpResponse(status, (("Content-Type", "application/json"),), json.dumps(value).encode())

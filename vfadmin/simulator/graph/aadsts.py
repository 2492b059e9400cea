"""How Entra says no ("Microsoft Entra authentication and authorization error codes")."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from vfadmin.simulator.http_values import HttpResponse


@dataclass(frozen=True, slots=True)
class _Kind:
    """The OAuth error of an AADSTS number, its status, and the text a fault sends."""

    error: str
    status: int
    text: str


_KINDS = {
    53003: _Kind(
        "invalid_grant", 400,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token "
        "issuance.",
    ),
    70003: _Kind("unsupported_grant_type", 400, "The app requested an unsupported grant type."),
    90002: _Kind(
        "invalid_request", 400,
        "Tenant not found. Check to make sure you have the correct tenant ID and are signing into the "
        "correct cloud.",
    ),
    90033: _Kind("temporarily_unavailable", 503, "A transient error has occurred. Please try again."),
    500011: _Kind("invalid_resource", 400, "The resource principal was not found in the tenant."),
    650056: _Kind(
        "invalid_client", 400,
        "Misconfigured application. This could be due to one of the following: the client has not listed any "
        "permissions for the resource, or the admin has not consented in the tenant.",
    ),
    700016: _Kind("unauthorized_client", 400, "Application was not found in the directory."),
    700027: _Kind("invalid_client", 401, "Client assertion failed signature validation."),
    900144: _Kind("invalid_request", 400, "The request body is missing a parameter."),
    1002012: _Kind("invalid_scope", 400, "The provided value for scope is not valid."),
    7000215: _Kind(
        "invalid_client", 401,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
        "value, not the client secret ID.",
    ),
    7000218: _Kind(
        "invalid_client", 401,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
    7000222: _Kind("invalid_client", 401, "The provided client secret keys are expired."),
}  # fmt: skip
_OTHER = _Kind("invalid_request", 400, "The request failed.")


class EntraError(Exception):
    """A token is refused with an AADSTS number; `text` is its own where the default says too little."""

    def __init__(self, number: int, text: str | None = None, *, status: int | None = None) -> None:
        kind = _KINDS.get(number, _OTHER)
        self.number = number
        self.error = kind.error
        self.status = status or kind.status
        self.text = text or kind.text
        super().__init__(f"AADSTS{number}: {self.text}")


def refusal(error: EntraError, now: datetime, authority: str, correlation: str) -> HttpResponse:
    """The answer that carries an error, as the token endpoint words it."""
    trace, moment = str(uuid.uuid4()), now.astimezone(UTC)
    stamp = f"{moment.replace(tzinfo=None).isoformat(sep=' ', timespec='seconds')}Z"
    about = f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}"
    description = f"AADSTS{error.number}: {error.text} {about}"
    value = {
        "error": error.error,
        "error_description": description,
        "error_codes": [error.number],
        "timestamp": stamp,
        "trace_id": trace,
        "correlation_id": correlation,
        "error_uri": f"{authority}/error?code={error.number}",
    }
    return json_response(
        error.status, value, (("client-request-id", correlation), ("x-ms-request-id", trace))
    )


def json_response(status: int, value: object, headers: tuple[tuple[str, str], ...] = ()) -> HttpResponse:
    """An answer of the identity platform."""
    common = (
        ("Content-Type", "application/json; charset=utf-8"),
        ("Cache-Control", "no-store, no-cache"),
        ("Pragma", "no-cache"),
    )
    return HttpResponse(status, (*common, *headers), json.dumps(value).encode())

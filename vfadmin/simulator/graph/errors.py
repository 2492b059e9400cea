"""How Graph says no: a status with a code and a text in JSON ("Microsoft Graph error responses")."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from http import HTTPStatus

from vfadmin.simulator.errors import ExchangeError

TEXTS = {
    "ApplicationThrottled": "Application is over its MailboxConcurrency limit.",
    "BadRequest": "The request is malformed or incorrect.",
    "ErrorAccessDenied": "Access is denied. Check credentials and try again.",
    "ErrorInternalServerError": "An internal server error occurred. The operation failed.",
    "ErrorInvalidUser": "The requested user is invalid.",
    "ErrorItemNotFound": "The specified object was not found in the store.",
    "ErrorServerBusy": "The server cannot service this request right now. Try again later.",
    "InvalidAuthenticationToken": "Access token has expired or is not yet valid.",
    "MailboxNotEnabledForRESTAPI": "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
    "MailboxNotFound": "The mailbox was not found.",
    "ResyncRequired": "The sync state is no longer valid. Start over without a token.",
    "ServiceUnavailable": "The service is temporarily unavailable.",
    "SyncStateNotFound": "The sync state generation is not found.",
    "TooManyRequests": "Too many requests.",
    "UnknownError": "",
    "resyncRequired": "Resync required. Replace any local items with the server's version.",
}
"""Texts of the codes that a fault may ask for without one of its own."""

_STATUS = {
    "ErrorItemNotFound": HTTPStatus.NOT_FOUND,
    "ErrorFolderNotFound": HTTPStatus.NOT_FOUND,
    "ErrorIrresolvableConflict": HTTPStatus.PRECONDITION_FAILED,
    "ErrorStaleObject": HTTPStatus.PRECONDITION_FAILED,
    "ErrorFolderExists": HTTPStatus.CONFLICT,
    "ErrorAccessDenied": HTTPStatus.FORBIDDEN,
}


class GraphError(Exception):
    """A request is refused. `extra` goes beside code and message."""

    def __init__(
        self, status: int, code: str, text: str | None = None, extra: dict[str, str] | None = None
    ) -> None:
        self.status = status
        self.code = code
        self.text = TEXTS.get(code, code) if text is None else text
        self.extra = extra or {}
        super().__init__(f"{status} {code}: {self.text}")


def bad_request(text: str, code: str = "BadRequest") -> GraphError:
    """400."""
    return GraphError(400, code, text)


def check_names(value: Mapping[str, object], known: Collection[str], kind: str) -> None:
    """400 where a value of a type has a property that the type has not; annotations are nobody's."""
    for name in value:
        if name not in known and "@" not in name:
            raise bad_request(
                f"The property '{name}' does not exist on type 'microsoft.graph.{kind}'. Make sure to only "
                "use property names that are defined by the type.",
                "RequestBodyRead",
            )


def invalid_request(text: str) -> GraphError:
    """400, as the calendar's own rules answer."""
    return GraphError(400, "ErrorInvalidRequest", text)


def not_found() -> GraphError:
    """404 for an item, a calendar or an occurrence."""
    return GraphError(404, "ErrorItemNotFound")


def from_exchange(error: ExchangeError) -> GraphError:
    """What the store refused; its codes are the same on both protocols."""
    return GraphError(_STATUS.get(error.code, HTTPStatus.BAD_REQUEST), error.code, error.text)

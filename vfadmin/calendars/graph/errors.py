"""Everything Graph and its sign-in can answer, as failures of the closed set.

What is on no list becomes EX-UNKNOWN-01, which is transient: an answer nobody foresaw must never stop a
person for good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from vfadmin.calendars.graph.connection import GraphConnection
from vfadmin.errors import CalendarError, CursorLost, Failure, ItemGone, StaleVersion, failure


class Subject(StrEnum):
    """What a request was about: the same answer means different things of an item and of a calendar."""

    ITEM = "item"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Context:
    """Whom a failure's text will mention."""

    connection: GraphConnection
    mailbox: str = ""
    subject: Subject = Subject.CALENDAR
    calendar: str = ""


_CODES = {
    # Mailboxes
    "MailboxNotEnabledForRESTAPI": "EX-MBX-08",
    "MailboxNotSupportedForRESTAPI": "EX-MBX-08",
    "RESTAPINotEnabledForComponentSharedMailbox": "EX-MBX-08",
    "ErrorInvalidUser": "EX-MBX-01",
    "Request_ResourceNotFound": "EX-MBX-01",
    "ResourceNotFound": "EX-MBX-01",
    "ErrorNonExistentMailbox": "EX-MBX-01",
    "ErrorMailboxMoveInProgress": "EX-BUSY-03",
    "ErrorMailboxStoreUnavailable": "EX-BUSY-03",
    "MailboxInTransit": "EX-BUSY-03",
    "ErrorQuotaExceeded": "EX-MBX-05",
    # Load and outages
    "ErrorServerBusy": "EX-BUSY-01",
    "ApplicationThrottled": "EX-BUSY-01",
    "TooManyRequests": "EX-BUSY-01",
    "ErrorExceededConnectionCount": "EX-BUSY-01",
    "ErrorInternalServerTransientError": "EX-BUSY-02",
    "ErrorTimeoutExpired": "EX-CONN-04",
    # Cursors
    "SyncStateNotFound": "EX-CAL-02",
    "syncStateNotFound": "EX-CAL-02",
    "SyncStateInvalid": "EX-CAL-02",
    "resyncRequired": "EX-CAL-02",
    "ErrorInvalidSyncStateData": "EX-CAL-02",
    # Items
    "ErrorIrresolvableConflict": "EX-ITEM-02",
    "ErrorStaleObject": "EX-ITEM-02",
    "ErrorInvalidChangeKey": "EX-ITEM-02",
    # The sign-in
    "InvalidAuthenticationToken": "EX-AUTH-12",
    "Authentication_ExpiredToken": "EX-AUTH-12",
    "CompactToken": "EX-AUTH-12",
}
_GONE = frozenset(
    {
        "ErrorItemNotFound",
        "ErrorInvalidIdMalformed",
        "ErrorInvalidId",
        "ErrorInvalidMailboxItemId",
        "ErrorCannotUseFolderIdForItemId",
        # What lies among the recoverable items has its immutable id still.
        "ErrorCannotDeleteObject",
    }
)
"""Ids that name nothing: what an item's id becomes when it is purged."""
_STATUSES = {
    401: "EX-AUTH-12",
    404: "EX-CONN-06",
    405: "EX-CONN-06",
    407: "EX-CONN-08",
    409: "EX-ITEM-02",
    410: "EX-CAL-02",
    412: "EX-ITEM-02",
    413: "EX-CONN-11",
    423: "EX-BUSY-03",
    429: "EX-BUSY-01",
    500: "EX-BUSY-02",
    502: "EX-BUSY-02",
    503: "EX-BUSY-02",
    504: "EX-BUSY-02",
    509: "EX-BUSY-01",
}
_ENTRA = {
    "90002": "EX-AUTH-04",  # no such tenant
    "900023": "EX-AUTH-04",
    "700016": "EX-AUTH-05",  # no such application in it
    "7000215": "EX-AUTH-06",  # the secret is wrong
    "7000222": "EX-AUTH-07",  # the secret has expired
    "700027": "EX-AUTH-08",  # the certificate is not the registered one, or has expired
    "7000112": "EX-AUTH-05",  # the application is disabled
    "700024": "EX-CONN-12",  # the assertion is not yet, or no longer, valid: a clock
    "53003": "EX-AUTH-09",  # Conditional Access
    "530034": "EX-AUTH-09",
    "650056": "EX-AUTH-10",  # no consent
    "65001": "EX-AUTH-10",
    "650051": "EX-AUTH-10",
}
_BUSY_ENTRA = frozenset({"temporarily_unavailable", "server_error"})
_AADSTS = re.compile(r"AADSTS(\d+)")
_DISABLED = re.compile(r"access to odata is disabled", re.IGNORECASE)
_DENIED = 403
_FIRST_REFUSAL, _NOT_FOUND, _INTERNAL = 400, 404, 500
_LONGEST_WAIT = 86_400.0
"""In seconds: no server is believed that asks for more than a day."""


UNGRANTED = "EX-AUTH-10"
"""What a token that gives no permission comes to, where Exchange does not give it either (`SCOPED`)."""
SCOPED = "EX-GRAPH-02"
"""A mailbox is outside what the application may reach, be it of a permission or of a role in Exchange."""


def fault(
    status: int,
    code: str,
    message: str,
    context: Context,
    wait: float | None = None,
    *,
    granted: bool = True,
) -> Failure:
    """The failure an answer stands for. Its message is looked at for known words, never kept.

    ``granted`` says whether the token of the request names the permission that is needed. Where it does not,
    a refusal is probably everybody's; a right that RBAC for Applications gives is in no token, though.
    """
    found = _code_for(status, code, message, context.subject)
    if found == SCOPED and not granted:
        found = UNGRANTED
    detail = code or f"HTTP {status}"
    retry_after = None if wait is None else min(wait, _LONGEST_WAIT)
    return build(found, context, detail=detail, retry_after=retry_after)


def _code_for(status: int, code: str, message: str, subject: Subject) -> str:
    if status == _DENIED:
        if _DISABLED.search(message):
            return "EX-GRAPH-01"
        return "EX-ITEM-04" if code == "ErrorAccessDeniedToItem" else "EX-GRAPH-02"
    if code in _GONE:
        return "EX-ITEM-01" if subject is Subject.ITEM else "EX-CAL-01"
    if code in _CODES:
        return _CODES[code]
    return _of_item(status, code) if subject is Subject.ITEM else _STATUSES.get(status, "EX-UNKNOWN-01")


def _of_item(status: int, code: str) -> str:
    """Whatever else is said of one item is that item's own trouble: the others go on.

    Of one event that a server cannot handle it says so in an *Error…* of 500; an outage has other words.
    """
    if status == _INTERNAL and code.startswith("Error"):
        return "EX-ITEM-03"
    if status == _NOT_FOUND:
        return "EX-ITEM-01"
    refused = _FIRST_REFUSAL <= status < _INTERNAL
    return _STATUSES.get(status, "EX-ITEM-03" if refused else "EX-UNKNOWN-01")


def sign_in_failure(error: str, description: str, context: Context) -> Failure:
    """The failure a refused token stands for: by Entra's number, else by OAuth's word (RFC 6749, 5.2)."""
    number = _AADSTS.search(description)
    detail = f"AADSTS{number[1]}" if number else error
    if number and number[1] in _ENTRA:
        return build(_ENTRA[number[1]], context, detail=detail)
    if error in _BUSY_ENTRA:
        return build("EX-BUSY-02", context, detail=detail)
    return build("EX-AUTH-11", context, detail=detail)


def build(code: str, context: Context, *, retry_after: float | None = None, **params: str) -> Failure:
    """A failure with everything its text may mention."""
    connection = context.connection
    known = {
        "account": connection.client_id,
        "protocol": "graph",
        "application": connection.client_id,
        "tenant": connection.tenant,
        "mailbox": context.mailbox,
        "login": context.mailbox,
        "name": context.calendar,
        "host": connection.host,
        "port": str(connection.port),
        "url": connection.url,
        **params,
    }
    return failure(code, retry_after=retry_after, **{key: value for key, value in known.items() if value})


def error_for(found: Failure) -> CalendarError:
    """The exception the engine expects for that failure."""
    kinds = {"EX-ITEM-01": ItemGone, "EX-ITEM-02": StaleVersion, "EX-CAL-02": CursorLost}
    return kinds.get(found.code, CalendarError)(found)

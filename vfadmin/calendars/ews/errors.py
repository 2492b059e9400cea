"""Everything EWS and the way to it can answer, as failures of the closed set.

Two worlds meet here: response codes (MS-OXWSCDATA 2.2.5.24, ResponseCodeType; exchangelib has a
class of the same name for each) and exceptions of the network libraries. What is on no list becomes
EX-UNKNOWN-01, which is transient: an answer nobody foresaw must never stop a person for good.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.exchange.online import is_online
from vfadmin.errors import CalendarError, CursorLost, Failure, ItemGone, Scope, StaleVersion, failure


class Subject(StrEnum):
    """What a request was about: the same code means different things of an item and of a folder."""

    ITEM = "item"
    FOLDER = "folder"


class EwsFault(Exception):
    """A response code other than NoError, from a SOAP fault or a response message."""

    def __init__(self, code: str, values: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values = dict(values or {})


@dataclass(frozen=True, slots=True)
class Context:
    """Whom a failure's text will mention."""

    connection: EwsConnection
    mailbox: str = ""
    subject: Subject = Subject.FOLDER
    calendar: str = ""
    principal: bool = False
    """Whether ``mailbox`` is a user principal name rather than an address."""


_CODES: dict[str, str] = {
    # Rights and mailboxes
    "ErrorImpersonateUserDenied": "EX-IMP-01",
    "ErrorImpersonationDenied": "EX-IMP-01",
    "ErrorCallerIsInvalidADAccount": "EX-IMP-02",
    "ErrorImpersonationFailed": "EX-IMP-02",
    "ErrorLogonAsNetworkServiceFailed": "EX-IMP-02",
    "ErrorNonExistentMailbox": "EX-MBX-01",
    "ErrorNoCalendar": "EX-MBX-01",
    "ErrorMissingEmailAddress": "EX-MBX-01",
    "ErrorInvalidMailbox": "EX-MBX-01",
    "ErrorInvalidSmtpAddress": "EX-MBX-01",
    "ErrorNameResolutionNoMailbox": "EX-MBX-01",
    "ErrorAccountDisabled": "EX-MBX-01",
    "ErrorMailboxLogonFailed": "EX-MBX-01",
    "ErrorNonPrimarySmtpAddress": "EX-MBX-02",
    "ErrorNameResolutionNoResults": "EX-MBX-03",
    "ErrorInvalidUserPrincipalName": "EX-MBX-03",
    "ErrorNameResolutionMultipleResults": "EX-MBX-04",
    "ErrorQuotaExceeded": "EX-MBX-05",
    "ErrorSubmissionQuotaExceeded": "EX-MBX-05",
    "ErrorPasswordExpired": "EX-AUTH-01",
    "ErrorPasswordChangeRequired": "EX-AUTH-01",
    "UnauthorizedError": "EX-AUTH-01",
    "ErrorUserNotAllowedByPolicy": "EX-AUTH-03",
    # Load and outages
    "ErrorServerBusy": "EX-BUSY-01",
    "RateLimitError": "EX-BUSY-01",
    "ErrorExceededConnectionCount": "EX-BUSY-01",
    "ErrorExceededFindCountLimit": "EX-BUSY-01",
    "ErrorTooManyObjectsOpened": "EX-BUSY-01",
    "ErrorBatchProcessingStopped": "EX-BUSY-01",
    "ErrorInsufficientResources": "EX-BUSY-01",
    "ErrorNotEnoughMemory": "EX-BUSY-01",
    "ErrorClientDisconnected": "EX-CONN-05",
    "ErrorRequestAborted": "EX-CONN-05",
    "ErrorTimeoutExpired": "EX-CONN-04",
    "ErrorInternalServerTransientError": "EX-BUSY-02",
    "ErrorConnectionFailed": "EX-BUSY-02",
    "ErrorConnectionFailedTransientError": "EX-BUSY-02",
    "ErrorADUnavailable": "EX-BUSY-02",
    "ErrorADOperation": "EX-BUSY-02",
    "ErrorNoRespondingCASInDestinationSite": "EX-BUSY-02",
    "ErrorProxyCallFailed": "EX-BUSY-02",
    "ErrorProxyRequestProcessingFailed": "EX-BUSY-02",
    "ErrorProxyServiceDiscoveryFailed": "EX-BUSY-02",
    "CASError": "EX-BUSY-02",
    "SessionPoolMinSizeReached": "EX-BUSY-01",
    "SessionPoolMaxSizeReached": "EX-BUSY-01",
    "ErrorMailboxMoveInProgress": "EX-BUSY-03",
    "ErrorMailboxStoreUnavailable": "EX-BUSY-03",
    "ErrorMailboxFailover": "EX-BUSY-03",
    "ErrorCrossSiteRequest": "EX-BUSY-03",
    # The address
    "RedirectError": "EX-CONN-06",
    "RelativeRedirect": "EX-CONN-06",
    "SOAPError": "EX-CONN-07",
    "MalformedResponseError": "EX-CONN-07",
    "ErrorRequestStreamTooBig": "EX-CONN-11",
    # Folders and cursors
    "ErrorFolderNotFound": "EX-CAL-01",
    "ErrorSyncFolderNotFound": "EX-CAL-01",
    "ErrorParentFolderNotFound": "EX-CAL-01",
    "ErrorSavedItemFolderNotFound": "EX-CAL-01",
    "ErrorInvalidFolderId": "EX-CAL-01",
    "ErrorCannotUseItemIdForFolderId": "EX-CAL-01",
    "ErrorInvalidSyncStateData": "EX-CAL-02",
    "ErrorInvalidWatermark": "EX-CAL-02",
    # Items
    "ErrorStaleObject": "EX-ITEM-02",
    "ErrorIrresolvableConflict": "EX-ITEM-02",
    "ErrorInvalidChangeKey": "EX-ITEM-02",
    "ErrorChangeKeyRequired": "EX-ITEM-02",
    "ErrorChangeKeyRequiredForWriteOperations": "EX-ITEM-02",
}

_ITEM_GONE = frozenset(
    {
        "ErrorItemNotFound",
        "ErrorInvalidId",
        "ErrorInvalidIdEmpty",
        "ErrorInvalidIdMalformed",
        "ErrorInvalidIdMalformedEwsLegacyIdFormat",
        "ErrorInvalidIdMonikerTooLong",
        "ErrorInvalidIdStoreObjectIdTooLong",
        "ErrorInvalidIdNotAnItemAttachmentId",
        "ErrorInvalidIdXml",
        "ErrorCannotUseFolderIdForItemId",
        "ErrorCalendarCannotUpdateDeletedItem",
    }
)
"""Ids that name nothing: what an item's id becomes when somebody moves the item away."""

_DENIED = frozenset(
    {
        "ErrorAccessDenied",
        "ErrorCreateItemAccessDenied",
        "ErrorCreateSubfolderAccessDenied",
        "ErrorRecoverableItemsAccessDenied",
    }
)


_LONGEST_WAIT = 86400.0
"""In seconds: no server is believed that asks for more than a day."""


def code_for(response_code: str, subject: Subject) -> str:
    """The code of the closed set for an EWS response code met on an item or a folder."""
    if response_code in _CODES:
        return _CODES[response_code]
    on_item = subject is Subject.ITEM
    if response_code in _DENIED:
        return "EX-ITEM-04" if on_item else "EX-IMP-01"
    if response_code in _ITEM_GONE:
        return "EX-ITEM-01" if on_item else "EX-CAL-01"
    # Whatever else is said of one item is that item's own trouble: the others go on.
    return "EX-ITEM-03" if on_item and response_code.startswith("Error") else "EX-UNKNOWN-01"


def failure_for(fault: EwsFault, context: Context) -> Failure:
    """The failure a response code stands for. Only codes go into it, never a server's sentence."""
    return build(
        code_for(fault.code, context.subject),
        context,
        detail=fault.code,
        primary=_primary(fault.values),
        retry_after=_back_off(fault.values),
    )


def build(code: str, context: Context, *, retry_after: float | None = None, **params: str) -> Failure:
    """A failure with everything its text may mention."""
    # Where Exchange Online has closed EWS, Graph is what is left to go to.
    leaving = code == "EX-AUTH-03" and is_online(context.connection.host)
    known = {
        "account": context.connection.account,
        "protocol": "graph" if leaving else "ews",
        "mailbox": context.mailbox,
        "login": context.mailbox,
        "name": context.calendar,
        "host": context.connection.host,
        "port": str(context.connection.port),
        "url": context.connection.url,
        "method": context.connection.auth.upper(),
        "connection": context.connection.name,
        **params,
    }
    mentioned = {key: value for key, value in known.items() if value}
    return failure(code, retry_after=retry_after, **mentioned)


def error_for(found: Failure) -> CalendarError:
    """The exception the engine expects for that failure."""
    kinds = {"EX-ITEM-01": ItemGone, "EX-ITEM-02": StaleVersion, "EX-CAL-02": CursorLost}
    return kinds.get(found.code, CalendarError)(found)


def stops_mailbox(found: Failure) -> bool:
    """Whether more than the one item is concerned."""
    return found.scope is not Scope.ITEM


@contextlib.contextmanager
def translated(context: Context) -> Iterator[None]:
    """Turn response codes raised inside into CalendarError and its kin."""
    try:
        yield
    except EwsFault as fault:
        raise error_for(failure_for(fault, context)) from fault


def _primary(values: Mapping[str, str]) -> str:
    """The right address an alias was refused with (ErrorNonPrimarySmtpAddress)."""
    return next((text for name, text in values.items() if name.lower().startswith("primary")), "")


def _back_off(values: Mapping[str, str]) -> float | None:
    """The wait ErrorServerBusy asks for, in seconds (BackOffMilliseconds)."""
    try:
        wait = float(values["BackOffMilliseconds"]) / 1000
    except (KeyError, ValueError):
        return None
    return min(wait, _LONGEST_WAIT) if wait >= 0 else None

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import exchangelib.errors
import pytest

from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.ews.errors import (
    Context,
    EwsFault,
    Subject,
    build,
    code_for,
    error_for,
    failure_for,
    translated,
)
from vfadmin.calendars.ews.network import network_failure
from vfadmin.errors import CODES, CalendarError, CursorLost, ItemGone, Kind, Scope, StaleVersion

CONNECTION = EwsConnection("own", "https://mail.example.com/ews/exchange.asmx", "EXAMPLE\\svc", "basic")
CONTEXT = Context(CONNECTION, mailbox="anna@example.com", calendar="ValueFrame")
CLASSES = sorted(
    (one for _, one in inspect.getmembers(exchangelib.errors, inspect.isclass) if issubclass(one, Exception)),
    key=lambda one: one.__name__,
)
_ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "RateLimitError": ("x", 5.0),
    "RedirectError": ("https://mail.example.com/owa",),
    "CASError": ("x", None),
    "InvalidEnumValue": ("x", "y", ("z",)),
    "InvalidTypeError": ("x", "y", str),
    "NaiveDateTimeNotAllowed": (None,),
}


@pytest.mark.parametrize(
    ("host", "code", "protocol"),
    [
        ("mail.example.com", "EX-AUTH-03", "ews"),
        ("Outlook.Office365.com", "EX-AUTH-03", "graph"),
        ("outlook.office365.com", "EX-CONN-06", "ews"),
    ],
)
def test_r28_where_office_365_has_closed_ews_the_way_to_graph_is_told(
    host: str, code: str, protocol: str
) -> None:
    connection = replace(CONNECTION, url=f"https://{host}/EWS/Exchange.asmx")
    assert build(code, Context(connection)).params["protocol"] == protocol


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_class_of_exchangelib_is_a_failure_of_the_closed_set(kind: type[Exception]) -> None:
    error = kind(*_ARGUMENTS.get(kind.__name__, ("x",)))
    found = network_failure(error, CONTEXT)
    assert found.code in CODES
    assert (found.scope, found.kind) == CODES[found.code]
    assert found.params["detail"] == kind.__name__
    # What nobody foresaw waits; it never stops a person for good.
    assert found.code != "EX-UNKNOWN-01" or found.kind is Kind.TRANSIENT


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_no_response_code_about_an_item_stands_for_an_unknown_trouble(kind: type[Exception]) -> None:
    """One poisonous event is quarantined; the others go on."""
    if issubclass(kind, exchangelib.errors.ResponseMessageError) and kind.__name__.startswith("Error"):
        assert code_for(kind.__name__, Subject.ITEM) != "EX-UNKNOWN-01"
    else:
        assert code_for(kind.__name__, Subject.ITEM) in CODES


@pytest.mark.parametrize(
    ("response", "on_item", "on_folder"),
    [
        ("ErrorImpersonateUserDenied", "EX-IMP-01", "EX-IMP-01"),
        ("ErrorImpersonationFailed", "EX-IMP-02", "EX-IMP-02"),
        ("ErrorNonExistentMailbox", "EX-MBX-01", "EX-MBX-01"),
        ("ErrorNonPrimarySmtpAddress", "EX-MBX-02", "EX-MBX-02"),
        ("ErrorQuotaExceeded", "EX-MBX-05", "EX-MBX-05"),
        ("ErrorServerBusy", "EX-BUSY-01", "EX-BUSY-01"),
        ("ErrorMailboxMoveInProgress", "EX-BUSY-03", "EX-BUSY-03"),
        ("ErrorFolderNotFound", "EX-CAL-01", "EX-CAL-01"),
        ("ErrorInvalidSyncStateData", "EX-CAL-02", "EX-CAL-02"),
        ("ErrorItemNotFound", "EX-ITEM-01", "EX-CAL-01"),
        ("ErrorInvalidIdMalformed", "EX-ITEM-01", "EX-CAL-01"),
        ("ErrorIrresolvableConflict", "EX-ITEM-02", "EX-ITEM-02"),
        ("ErrorAccessDenied", "EX-ITEM-04", "EX-IMP-01"),
        ("ErrorCalendarDurationIsTooLong", "EX-ITEM-03", "EX-UNKNOWN-01"),
        ("ErrorInternalServerError", "EX-ITEM-03", "EX-UNKNOWN-01"),
        ("SomethingElse", "EX-UNKNOWN-01", "EX-UNKNOWN-01"),
    ],
)
def test_response_codes(response: str, on_item: str, on_folder: str) -> None:
    assert code_for(response, Subject.ITEM) == on_item
    assert code_for(response, Subject.FOLDER) == on_folder


def test_what_a_text_may_mention_is_there() -> None:
    denied = failure_for(EwsFault("ErrorImpersonateUserDenied"), CONTEXT)
    assert (denied.params["account"], denied.params["mailbox"]) == ("EXAMPLE\\svc", "anna@example.com")
    assert (denied.scope, denied.kind) == (Scope.MAILBOX, Kind.PERMANENT)
    gone = failure_for(EwsFault("ErrorFolderNotFound"), CONTEXT)
    assert gone.params["name"] == "ValueFrame"


def test_the_right_address_of_an_alias_is_handed_on() -> None:
    alias = failure_for(EwsFault("ErrorNonPrimarySmtpAddress", {"Primary": "anna.v@example.com"}), CONTEXT)
    assert alias.params["primary"] == "anna.v@example.com"
    assert "primary" not in failure_for(EwsFault("ErrorNonPrimarySmtpAddress"), CONTEXT).params


@pytest.mark.parametrize(
    ("values", "wait"),
    [({"BackOffMilliseconds": "297749"}, 297.749), ({"BackOffMilliseconds": "?"}, None), ({}, None)],
)
def test_the_wait_a_busy_server_asks_for(values: dict[str, str], wait: float | None) -> None:
    assert failure_for(EwsFault("ErrorServerBusy", values), CONTEXT).retry_after == wait


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        ("ErrorItemNotFound", ItemGone),
        ("ErrorIrresolvableConflict", StaleVersion),
        ("ErrorInvalidSyncStateData", CursorLost),
        ("ErrorServerBusy", CalendarError),
    ],
)
def test_the_exceptions_the_engine_tells_apart(response: str, kind: type[CalendarError]) -> None:
    context = Context(CONNECTION, subject=Subject.ITEM)
    with pytest.raises(CalendarError) as raised, translated(context):
        raise EwsFault(response)
    assert type(raised.value) is kind
    assert type(error_for(raised.value.failure)) is kind

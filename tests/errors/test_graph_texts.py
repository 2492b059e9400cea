"""What Entra and Graph answer, the code it stands for, and what the technician reads of it (R27, R28)."""

from __future__ import annotations

import pytest

from vfadmin.calendars.graph import GraphConnection
from vfadmin.calendars.graph.errors import Context, fault, sign_in_failure
from vfadmin.errors import Failure, Kind, Scope
from vfadmin.errors.texts import LANGUAGES, Lang, explain

CLIENT = "1c9d7e52-8f3b-4a6d-9e0c-5b7a3f2d1e48"
CONTEXT = Context(GraphConnection("graph", "firma.fi", CLIENT), "anna@firma.fi")

ENTRA = [
    ("90002", "EX-AUTH-04", "firma.fi", "Get-MgOrganization"),
    ("900023", "EX-AUTH-04", "firma.fi", "Tenant ID"),
    ("700016", "EX-AUTH-05", CLIENT, "Get-MgServicePrincipal"),
    ("7000112", "EX-AUTH-05", CLIENT, "AccountEnabled"),
    ("7000215", "EX-AUTH-06", CLIENT, "Secret ID"),
    ("7000222", "EX-AUTH-07", CLIENT, "--secret-expires"),
    ("700027", "EX-AUTH-08", CLIENT, "openssl x509 -noout -fingerprint -enddate"),
    ("53003", "EX-AUTH-09", CLIENT, "Sign-in logs"),
    ("530034", "EX-AUTH-09", CLIENT, "Conditional Access"),
    ("650056", "EX-AUTH-10", CLIENT, f"/firma.fi/adminconsent?client_id={CLIENT}"),
    ("65001", "EX-AUTH-10", CLIENT, "Calendars.ReadWrite"),
    ("650051", "EX-AUTH-10", CLIENT, "Grant admin consent"),
    ("999999", "EX-AUTH-11", CLIENT, "https://login.microsoftonline.com/error"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("number", "code", "mentioned", "command"), ENTRA)
def test_r27_each_refusal_by_entra_is_told_by_its_number_with_a_remedy(
    number: str, code: str, mentioned: str, command: str, lang: Lang
) -> None:
    found = sign_in_failure("invalid_client", f"AADSTS{number}: whatever it says. Trace ID: 1", CONTEXT)

    assert found.code == code
    assert (found.scope, found.kind) == (Scope.CONNECTION, Kind.NEEDS_PERSON)
    text = explain(found.code, found.params, lang)
    assert mentioned in text.message
    assert f"AADSTS{number}" in text.message
    assert command in text.remedy


def test_r28_a_clock_that_differs_is_not_taken_for_a_wrong_certificate() -> None:
    found = sign_in_failure("invalid_client", "AADSTS700024: Client assertion is not within…", CONTEXT)

    assert found.code == "EX-CONN-12"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("status", "word", "message", "code", "commands"),
    [
        (
            403,
            "ErrorAccessDenied",
            "Access to OData is disabled.",
            "EX-GRAPH-01",
            [f'Test-ApplicationAccessPolicy -AppId "{CLIENT}" -Identity "anna@firma.fi"'],
        ),
        (
            403,
            "ErrorAccessDenied",
            "Access is denied.",
            "EX-GRAPH-02",
            [f'Test-ServicePrincipalAuthorization -Identity "{CLIENT}" -Resource "anna@firma.fi"'],
        ),
        (404, "MailboxNotEnabledForRESTAPI", "", "EX-MBX-08", ['Get-Recipient "anna@firma.fi"', "EWS"]),
        (
            401,
            "InvalidAuthenticationToken",
            "",
            "EX-AUTH-12",
            ["https://graph.microsoft.com/v1.0", "https://login.microsoftonline.com"],
        ),
        (410, "SyncStateNotFound", "", "EX-CAL-02", []),
        (429, "TooManyRequests", "", "EX-BUSY-01", []),
        (412, "ErrorIrresolvableConflict", "", "EX-ITEM-02", []),
    ],
)
def test_r28_each_refusal_by_graph_is_told_with_its_remedy(
    status: int, word: str, message: str, code: str, commands: list[str], lang: Lang
) -> None:
    found = fault(status, word, message, CONTEXT)

    assert found.code == code
    assert all(command in explained(found, lang) for command in commands)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ["EX-CONN-01", "EX-CONN-06", "EX-CONN-07", "EX-CONN-10", "EX-BUSY-02"])
def test_a_text_that_holds_for_both_protocols_has_a_remedy_for_each(code: str, lang: Lang) -> None:
    remedy = explain(code, {}, lang).remedy

    assert "Office 365" in remedy or "Graph" in remedy
    assert any(word in remedy for word in ("EWS", "ews", "Test-ServiceHealth"))


def explained(found: Failure, lang: Lang) -> str:
    text = explain(found.code, found.params, lang)
    return f"{text.message} {text.remedy}"

"""What Graph and Entra answer, as codes of the closed set."""

from __future__ import annotations

import pytest

from tests.calendars.graph.canned import CONNECTION
from vfadmin.calendars.graph.changes import state_of
from vfadmin.calendars.graph.errors import Context, Subject, error_for, fault, sign_in_failure
from vfadmin.errors import CursorLost, ItemGone, StaleVersion


@pytest.mark.parametrize(
    ("status", "code", "subject", "known"),
    [
        (403, "ErrorAccessDenied", Subject.CALENDAR, "EX-GRAPH-02"),
        (403, "ErrorAccessDeniedToItem", Subject.ITEM, "EX-ITEM-04"),
        (404, "ErrorItemNotFound", Subject.ITEM, "EX-ITEM-01"),
        (404, "ErrorItemNotFound", Subject.CALENDAR, "EX-CAL-01"),
        (404, "MailboxNotEnabledForRESTAPI", Subject.ITEM, "EX-MBX-08"),
        (404, "", Subject.ITEM, "EX-ITEM-01"),
        (404, "", Subject.CALENDAR, "EX-CONN-06"),
        (410, "", Subject.CALENDAR, "EX-CAL-02"),
        (412, "", Subject.ITEM, "EX-ITEM-02"),
        (429, "", Subject.ITEM, "EX-BUSY-01"),
        (500, "ErrorItemCorrupt", Subject.ITEM, "EX-ITEM-03"),
        (500, "InternalServerError", Subject.ITEM, "EX-BUSY-02"),
        (400, "ErrorPropertyValidationFailure", Subject.ITEM, "EX-ITEM-03"),
        (400, "BadRequest", Subject.CALENDAR, "EX-UNKNOWN-01"),
        (599, "", Subject.ITEM, "EX-UNKNOWN-01"),
    ],
)
def test_each_answer_has_its_code(status: int, code: str, subject: Subject, known: str) -> None:
    assert fault(status, code, "", Context(CONNECTION, subject=subject)).code == known


def test_a_policy_is_told_by_its_words_and_no_wait_is_longer_than_a_day() -> None:
    found = fault(403, "ErrorAccessDenied", "Access to OData is disabled.", Context(CONNECTION), 1e9)
    assert (found.code, found.retry_after) == ("EX-GRAPH-01", 86_400.0)


def test_the_engine_s_own_kinds_are_raised() -> None:
    item = Context(CONNECTION, subject=Subject.ITEM)
    assert isinstance(error_for(fault(404, "", "", item)), ItemGone)
    assert isinstance(error_for(fault(412, "", "", item)), StaleVersion)
    assert isinstance(error_for(fault(410, "", "", Context(CONNECTION))), CursorLost)


@pytest.mark.parametrize(
    ("error", "description", "code"),
    [
        ("invalid_client", "AADSTS7000222: expired", "EX-AUTH-07"),
        ("temporarily_unavailable", "", "EX-BUSY-02"),
        ("invalid_grant", "AADSTS999999: something new", "EX-AUTH-11"),
        ("invalid_grant", "", "EX-AUTH-11"),
    ],
)
def test_a_refused_sign_in_goes_by_its_number_and_else_by_its_word(
    error: str, description: str, code: str
) -> None:
    assert sign_in_failure(error, description, Context(CONNECTION)).code == code


@pytest.mark.parametrize(
    "text",
    ['{"link":1,"renewed":"2027-01-01T00:00:00Z","asked":"2027-01-01T00:00:00Z","masters":[]}', "{}", "[]"],
)
def test_a_cursor_of_another_making_is_none(text: str) -> None:
    assert state_of(text) is None

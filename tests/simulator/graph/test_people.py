"""Persons, their settings, and who can be reached ("Get a user", "mailboxSettings resource type")."""

from __future__ import annotations

import pytest

from tests.simulator.graph.caller import Caller, error_of


@pytest.mark.parametrize(
    "name", ["a@example.test", "anna@example.test", "anna.alias@example.test", "ANNA@example.test"]
)
def test_a_person_goes_by_every_name(graph: Caller, name: str) -> None:
    by_name = graph.get(f"/users/{name}")
    by_id = graph.get(f"/users/{by_name['id']}")

    assert by_id["mail"] == "a@example.test"
    assert by_id["userPrincipalName"] == "anna@example.test"
    assert by_id["displayName"] == "Anna Aalto"
    assert graph.get(f"/users('{by_name['id']}')/events")["value"] == []


def test_a_selection_of_a_person(graph: Caller) -> None:
    found = graph.get("", {"$select": "id,mail,proxyAddresses"})

    assert found.keys() == {"@odata.context", "id", "mail", "proxyAddresses"}


def test_nobody_by_that_name(graph: Caller) -> None:
    assert error_of(graph.call("GET", "/users/x@example.test")) == (404, "Request_ResourceNotFound")
    assert error_of(graph.call("GET", "/users/x@example.test/events")) == (404, "ErrorInvalidUser")


def test_an_on_premises_mailbox_is_out_of_reach(graph: Caller) -> None:
    refused = graph.call("GET", "/users/c@example.test/events")

    assert error_of(refused) == (404, "MailboxNotEnabledForRESTAPI")
    assert graph.get("/users/c@example.test")["mail"] == "c@example.test"


def test_an_access_policy_shuts_a_mailbox_off(graph: Caller) -> None:
    graph.simulator.deny_impersonation("a@example.test")

    refused = graph.call("GET", "events")

    assert error_of(refused) == (403, "ErrorAccessDenied")
    assert refused.json()["error"]["message"].startswith("Access to OData is disabled")
    assert graph.call("GET", "/users/b@example.test/events").status_code == 200


def test_settings_tell_the_time_zone(graph: Caller) -> None:
    assert graph.get("mailboxSettings")["timeZone"] == "FLE Standard Time"
    assert graph.get("mailboxSettings/timeZone")["value"] == "FLE Standard Time"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/me/events", (400, "BadRequest")),
        ("GET", "/groups/x", (400, "BadRequest")),
        ("GET", "/users/a@example.test/messages", (400, "BadRequest")),
        ("PUT", "/users/a@example.test/events", (405, "Request_BadRequest")),
        ("GET", "/users", (403, "Authorization_RequestDenied")),
    ],
)
def test_what_is_not_there(graph: Caller, method: str, path: str, expected: tuple[int, str]) -> None:
    assert error_of(graph.call(method, path)) == expected


def test_only_version_1_is_served(graph: Caller) -> None:
    url = f"{graph.simulator.base_url}/beta/users/a@example.test"

    assert error_of(graph.call("GET", url)) == (400, "BadRequest")

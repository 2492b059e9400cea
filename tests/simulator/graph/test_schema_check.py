"""The check itself: it knows what the metadata knows, and finds what is not in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.simulator.graph.caller import WINDOW, Caller, event
from tests.simulator.graph.schema_check import _SCHEMA, GraphExchange, of
from vfadmin.simulator import HttpRequest, HttpResponse
from vfadmin.simulator.graph.rendering import PROPERTIES
from vfadmin.simulator.names import words

# The properties and relationships of microsoft.graph.event and its base types in the metadata of v1.0.
METADATA = frozenset(
    words(
        """
    allowNewTimeProposals attachments attendees body bodyPreview calendar cancelledOccurrences categories
    changeKey createdDateTime end exceptionOccurrences extensions hasAttachments hideAttendees iCalUId id
    importance instances isAllDay isCancelled isDraft isOnlineMeeting isOrganizer isReminderOn
    lastModifiedDateTime location locations multiValueExtendedProperties onlineMeeting onlineMeetingProvider
    onlineMeetingUrl organizer originalEndTimeZone originalStart originalStartTimeZone recurrence
    reminderMinutesBeforeStart responseRequested responseStatus sensitivity seriesMasterId showAs
    singleValueExtendedProperties start subject transactionId type webLink
    """
    )
)


def exchange(path: str, answer: Any, method: str = "GET", asked: Any = None) -> GraphExchange:
    request = HttpRequest(method, path, {}, json.dumps(asked).encode())
    headers = (("Content-Type", "application/json"),)
    return GraphExchange(request, HttpResponse(200, headers, json.dumps(answer).encode()))


def test_an_event_has_the_properties_of_the_metadata() -> None:
    known = {name for name in _SCHEMA["$defs"]["event"]["properties"] if "@" not in name}

    # Relationships that do not expand are in no answer.
    assert known == METADATA - {"calendar", "instances"}
    assert PROPERTIES == METADATA


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"colour": "x"}, "colour"),
        ({"showAs": "away"}, "away"),
        ({"start": {"dateTime": "2026-03-11T08:00:00Z", "timeZone": "UTC"}}, "dateTime"),
        ({"@odata.etag": "plain"}, "plain"),
        ({"isAllDay": None}, "boolean"),
    ],
)
def test_an_answer_that_is_wrong_is_found(graph: Caller, change: dict[str, Any], part: str) -> None:
    made = graph.create()
    path = f"/v1.0/users/a/events/{made['id']}"

    assert list(of(exchange(path, made))) == []
    (complaint,) = of(exchange(path, made | change))
    assert part in complaint


def test_a_page_has_one_link(graph: Caller) -> None:
    graph.create()
    page = graph.get("calendarView/delta", WINDOW)
    path = "/v1.0/users/a/calendarView/delta"

    assert list(of(exchange(path, page))) == []
    assert list(of(exchange(path, {k: v for k, v in page.items() if k != "@odata.deltaLink"}))) != []
    assert list(of(exchange(path, page | {"value": [{"id": "x"}]}))) != []


def test_a_request_that_was_taken_is_looked_at_too(graph: Caller) -> None:
    made = graph.create()
    right = exchange("/v1.0/users/a/events", made, "POST", event())
    wrong = replace(right, request=replace(right.request, body=json.dumps({"subject": "x"}).encode()))

    assert list(of(right)) == []
    assert any("accepted request" in complaint for complaint in of(wrong))

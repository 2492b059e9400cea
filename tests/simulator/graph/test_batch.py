"""$batch ("Combine multiple HTTP requests using JSON batching")."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.graph.caller import KEY, USER, Caller, error_of, event
from vfadmin.simulator import FaultRule, Simulator

JSON = {"Content-Type": "application/json"}


def run(graph: Caller, *requests: dict[str, Any]) -> dict[str, Any]:
    """The answers of a batch by id."""
    response = graph.call("POST", "/$batch", {"requests": list(requests)})
    assert response.status_code == 200, response.text
    return {one["id"]: one for one in response.json()["responses"]}


def get(number: int, path: str, **more: Any) -> dict[str, Any]:
    return {"id": str(number), "method": "GET", "url": f"/users/{USER}/{path}", **more}


def test_twenty_requests_in_one(graph: Caller, both: Simulator) -> None:
    posts = [
        {
            "id": str(n),
            "method": "POST",
            "url": f"/users/{USER}/events",
            "headers": JSON,
            "body": event(str(n)),
        }
        for n in range(20)
    ]

    answers = run(graph, *posts)

    assert {one["status"] for one in answers.values()} == {201}
    assert answers["7"]["body"]["subject"] == "7"
    counted = both.request_counts()
    assert (counted["GraphCreateEvent"], counted["GraphBatch"]) == (20, 1)


def test_each_request_has_headers_of_its_own(graph: Caller) -> None:
    made = graph.create(event(singleValueExtendedProperties=[{"id": KEY, "value": "k"}]))
    path = f"events/{made['id']}?$select=id&$expand=singleValueExtendedProperties($filter=id eq '{KEY}')"

    answers = run(
        graph,
        get(1, path, headers={"Prefer": 'IdType="ImmutableId"'}),
        get(2, path),
        get(3, "events/nonsense"),
        {
            "id": "4",
            "method": "DELETE",
            "url": f"users/{USER}/events/{made['id']}",
            "headers": {"If-Match": 'W/"x"'},
        },
    )

    assert answers["1"]["body"]["id"] != answers["2"]["body"]["id"] == made["id"]
    assert answers["1"]["headers"]["Preference-Applied"] == 'IdType="ImmutableId"'
    assert answers["1"]["body"]["singleValueExtendedProperties"][0]["value"] == "k"
    assert (answers["3"]["status"], answers["3"]["body"]["error"]["code"]) == (400, "ErrorInvalidIdMalformed")
    assert answers["4"]["status"] == 412


def test_what_depends_on_a_failure_fails(graph: Caller) -> None:
    answers = run(
        graph,
        get(1, "events/nonsense"),
        get(2, "events", dependsOn=["1"]),
        get(3, "events"),
        get(4, "events", dependsOn=["3"]),
        get(5, "events", dependsOn=["2"]),
    )

    assert [answers[str(n)]["status"] for n in range(1, 6)] == [400, 424, 200, 200, 424]


def test_one_request_of_a_batch_is_throttled(graph: Caller, both: Simulator) -> None:
    both.set_faults(
        [
            FaultRule(
                operation="GraphListEvents", status=429, code="ApplicationThrottled", retry_after=9, skip=1
            )
        ]
    )

    answers = run(graph, get(1, "events"), get(2, "events"), get(3, "events"))

    assert [answers[str(n)]["status"] for n in range(1, 4)] == [200, 429, 200]
    assert answers["2"]["headers"]["Retry-After"] == "9"
    assert answers["2"]["body"]["error"]["code"] == "ApplicationThrottled"


@pytest.mark.parametrize(
    "requests",
    [
        [],
        [get(n, "events") for n in range(21)],
        [get(1, "events"), get(1, "events")],
        [
            {"id": "a", **{k: v for k, v in get(1, "events").items() if k != "id"}},
            get(2, "x", dependsOn=["b"]),
        ],
        [{"method": "GET", "url": "/me"}],
        [{"id": "1", "method": "GET", "url": "https://elsewhere.example/x"}],
        [{"id": "1", "method": "POST", "url": f"/users/{USER}/events", "body": event()}],
    ],
)
def test_a_batch_that_is_none_is_refused(graph: Caller, requests: list[Any]) -> None:
    assert error_of(graph.call("POST", "/$batch", {"requests": requests})) == (400, "BadRequest")


def test_a_batch_needs_a_token(graph: Caller) -> None:
    refused = graph.call("POST", "/$batch", {"requests": [get(1, "events")]}, Authorization="")

    assert error_of(refused) == (401, "InvalidAuthenticationToken")


def test_requests_of_a_batch_share_the_four_places_of_a_mailbox(graph: Caller, both: Simulator) -> None:
    run(graph, *(get(n, "events") for n in range(1, 7)))

    listed = [record.concurrent for record in both.requests if record.operation == "GraphListEvents"]
    assert listed == [1, 2, 3, 4, 1, 2]
    assert list(both.busiest().values()) == [4]

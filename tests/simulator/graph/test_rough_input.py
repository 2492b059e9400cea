"""Requests that are nearly right: each is served or refused, and none brings the server down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clock import FakeClock
from tests.simulator.graph.caller import KEY, event, weekly
from vfadmin.simulator import HttpResponse, MailboxSpec, Simulator, SimulatorConfig

ROOT = "/v1.0/users/a@x.test"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**40) | st.text(max_size=12) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                [
                    "dateTime",
                    "timeZone",
                    "content",
                    "contentType",
                    "displayName",
                    "emailAddress",
                    "address",
                    "type",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=5,
)
NAMES = [
    "subject", "body", "start", "end", "isAllDay", "location", "locations", "attendees", "showAs",
    "sensitivity", "importance", "isReminderOn", "reminderMinutesBeforeStart", "categories", "recurrence",
    "transactionId", "singleValueExtendedProperties", "multiValueExtendedProperties",
    "hideAttendees", "id", "nonsense",
]  # fmt: skip
PATHS = st.lists(
    st.sampled_from(
        [
            "events",
            "calendar",
            "calendars",
            "calendarView",
            "delta",
            "instances",
            "x",
            "accept",
            "translateExchangeIds",
        ]
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def sim() -> Iterator[Simulator]:
    config = SimulatorConfig(
        mailboxes=(MailboxSpec("a@x.test"),), tls=False, clock=FakeClock(), protocol="graph"
    )
    server = Simulator(config)
    yield server
    server.stop()


def call(server: Simulator, method: str, path: str, body: bytes = b"", **headers: str) -> HttpResponse:
    graph = server.config.graph
    form = (
        f"grant_type=client_credentials&client_id={graph.client_id}&client_secret={server.client_secret}"
        "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    )
    token = server.handle("POST", f"/{graph.tenant}/oauth2/v2.0/token", {}, form.encode())
    sent = {
        "Authorization": f"Bearer {json.loads(token.body)['access_token']}",
        "Content-Type": "application/json",
        "Prefer": headers.get("prefer", ""),
    }
    return server.handle(method, path, sent, body)


_settings = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@_settings
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
def test_a_create_with_odd_values_makes_an_event_or_is_refused(sim: Simulator, odd: dict[str, Any]) -> None:
    response = call(sim, "POST", f"{ROOT}/events", json.dumps(event() | odd).encode())

    assert response.status in (201, 400)
    assert isinstance(json.loads(response.body), dict)


@_settings
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4), st.booleans())
def test_an_update_with_odd_values_is_taken_or_refused(
    sim: Simulator, odd: dict[str, Any], series: bool
) -> None:
    value = event(recurrence=weekly()) if series else event()
    made = json.loads(call(sim, "POST", f"{ROOT}/events", json.dumps(value).encode()).body)

    response = call(sim, "PATCH", f"{ROOT}/events/{made['id']}", json.dumps(odd).encode())
    read = call(sim, "GET", f"{ROOT}/events/{made['id']}")

    assert response.status in (200, 400)
    assert read.status == 200


@_settings
@given(st.binary(max_size=40))
def test_a_body_of_anything_is_refused(sim: Simulator, body: bytes) -> None:
    for path in (f"{ROOT}/events", "/v1.0/$batch", f"{ROOT}/translateExchangeIds", f"{ROOT}/calendars"):
        assert call(sim, "POST", path, body).status == 400


@_settings
@given(
    PATHS,
    st.dictionaries(
        st.sampled_from(
            [
                "$filter",
                "$select",
                "$expand",
                "$orderby",
                "$top",
                "$skip",
                "$deltatoken",
                "startDateTime",
                "endDateTime",
            ]
        ),
        st.text(max_size=15) | st.sampled_from(["2026-03-01", "2026-04-01T00:00:00Z", "subject", KEY]),
        max_size=3,
    ),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=20),
)
def test_an_odd_address_is_answered(
    sim: Simulator, path: list[str], params: dict[str, str], prefer: str
) -> None:
    query = "&".join(f"{name}={quote(value)}" for name, value in params.items())

    for method in ("GET", "POST", "PATCH", "DELETE"):
        response = call(sim, method, f"{'/'.join([ROOT, *path])}?{query}", b"{}", prefer=prefer)
        assert response.status in (200, 204, 400, 404, 405)


@_settings
@given(st.text(max_size=60), st.text(max_size=20))
def test_an_odd_token_request_is_refused(sim: Simulator, form: str, assertion: str) -> None:
    path = f"/{sim.config.graph.tenant}/oauth2/v2.0/token"
    client = f"grant_type=client_credentials&client_id={sim.config.graph.client_id}"
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    signed = f"{client}&client_assertion_type={kind}&client_assertion={quote(assertion)}.e30.x"

    for body in (form, signed):
        assert sim.handle("POST", path, {}, body.encode()).status in (400, 401)

"""The simulated REST interface against what ValueFrame's help pages say of the real one."""

from __future__ import annotations

import hashlib
import json
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPSConnection
from typing import Any

import pytest

from vfadmin.simulator.http_values import HttpRequest, HttpResponse
from vfadmin.simulator.valueframe import ResourceSpec, RestFault, ValueFrameConfig, ValueFrameSimulator

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
SPECS = (
    ResourceSpec("tapahtumat", "avain", since_parameter="since", filters={"omistaja": "owner"}),
    ResourceSpec("company", "toinen", verbs=frozenset({"GET"}), paging=False, modified_field=""),
)


@pytest.fixture
def simulator() -> ValueFrameSimulator:
    config = ValueFrameConfig(SPECS, user="esimerkki", tls=False, clock=lambda: NOW)
    simulator = ValueFrameSimulator(config)
    simulator.stop()
    return simulator


def headers(resource: str, key: str, at: datetime = NOW, user: str = "esimerkki") -> dict[str, str]:
    stamp = int(at.timestamp())
    digest = hashlib.md5(f"{stamp}/{resource}/{key}".encode(), usedforsecurity=False).hexdigest()
    return {"x-vf-rest-user": user, "x-vf-rest-timestamp": str(stamp), "x-vf-rest-hash": digest}


def ask(
    simulator: ValueFrameSimulator,
    method: str,
    path: str,
    body: object = None,
    given: Mapping[str, str] | None = None,
) -> HttpResponse:
    name = path.partition("?")[0].split("/")[0]
    known = next((spec for spec in SPECS if spec.name == name), SPECS[0])
    sent = b"" if body is None else json.dumps(body).encode()
    asked = headers(known.name, known.key) if given is None else given
    return simulator.handle(HttpRequest(method, f"/rest/v2/{path}", asked, sent))


def answered(*args: Any) -> Any:
    response = ask(*args)
    assert response.status in (200, 201)
    return json.loads(response.body)


def test_rows_are_added_read_changed_and_removed(simulator: ValueFrameSimulator) -> None:
    added = answered(simulator, "POST", "tapahtumat/", {"title": "Palaveri", "id": 99})
    assert added["id"] == 1
    assert added["addedDateTime"] == added["modifiedDateTime"] == "2026-03-02T07:00:00+00:00"
    assert answered(simulator, "GET", "tapahtumat/1") == added
    changed = answered(simulator, "PUT", "tapahtumat/1", {"title": "Uusi", "addedDateTime": "x"})
    assert changed == added | {"title": "Uusi"}
    assert ask(simulator, "DELETE", "tapahtumat/1").status == 204
    for method in ("GET", "PUT", "DELETE"):
        assert ask(simulator, method, "tapahtumat/1", {}).status == 404
    assert ask(simulator, "GET", "tapahtumat/x").status == 404
    assert answered(simulator, "POST", "tapahtumat", {})["id"] == 2, "an id is never given twice"


def test_lists_have_pages_a_count_and_filters(simulator: ValueFrameSimulator) -> None:
    for number in range(5):
        simulator.add("tapahtumat", {"owner": number % 2})
    assert [row["id"] for row in answered(simulator, "GET", "tapahtumat?limit=2&offset=3")] == [4, 5]
    assert answered(simulator, "GET", "tapahtumat?count=1") == 5
    assert [row["id"] for row in answered(simulator, "GET", "tapahtumat?omistaja=1")] == [2, 4]
    simulator.skew = timedelta(seconds=30)
    simulator.edit("tapahtumat", 2, {"owner": 7})
    later = (NOW + timedelta(seconds=10)).isoformat().replace("+", "%2B")
    assert [row["id"] for row in answered(simulator, "GET", f"tapahtumat?since={later}")] == [2]
    simulator.add("company", {"name": "Esimerkki Oy"})
    rows = answered(simulator, "GET", "company?limit=0&count=1")
    assert [row["name"] for row in rows] == ["Esimerkki Oy"]
    assert "modifiedDateTime" not in rows[0]


@pytest.mark.parametrize(
    "given",
    [
        {},
        headers("tapahtumat", "toinen"),
        headers("company", "avain"),
        headers("tapahtumat", "avain", user="muu"),
        headers("tapahtumat", "avain", NOW - timedelta(seconds=301)),
        headers("tapahtumat", "avain", NOW + timedelta(seconds=301)),
        headers("tapahtumat", "avain") | {"x-vf-rest-timestamp": "nyt"},
        headers("tapahtumat", "avain") | {"x-vf-rest-hash": "ä"},
    ],
)
def test_who_signs_amiss_is_refused_and_told_the_time(
    simulator: ValueFrameSimulator, given: dict[str, str]
) -> None:
    response = ask(simulator, "GET", "tapahtumat", None, given)
    assert response.status == 401
    assert parsedate_to_datetime(dict(response.headers)["Date"]) == NOW
    assert ask(simulator, "GET", "tapahtumat").status == 200


def test_what_is_not_open_is_refused(simulator: ValueFrameSimulator) -> None:
    assert ask(simulator, "POST", "company", {}).status == 405
    assert ask(simulator, "GET", "projektit").status == 404
    assert simulator.handle(HttpRequest("GET", "/muu/company")).status == 404


@pytest.mark.parametrize("body", [[], "teksti"])
def test_what_is_no_row_is_refused(simulator: ValueFrameSimulator, body: object) -> None:
    assert ask(simulator, "POST", "tapahtumat", body).status == 400
    assert ask(simulator, "POST", "tapahtumat/1", {}).status == 400
    request = HttpRequest("POST", "/rest/v2/tapahtumat", headers("tapahtumat", "avain"), b"{")
    assert simulator.handle(request).status == 400


def test_faults_strike_where_they_fit_and_are_counted(simulator: ValueFrameSimulator) -> None:
    simulator.set_faults(
        [
            RestFault(method="POST", status=500, moment="after"),
            RestFault(resource="company", status=429, retry_after=3),
            RestFault(method="GET", resource="tapahtumat", single=True, status=0),
            RestFault("partial_list", skip=1, share=0.5),
        ]
    )
    assert ask(simulator, "POST", "tapahtumat", {}).status == 500
    assert len(simulator.rows("tapahtumat")) == 1, "with its effect"
    assert ("Retry-After", "3") in ask(simulator, "GET", "company").headers
    assert ask(simulator, "GET", "tapahtumat/1").status == 0
    simulator.add("tapahtumat", {})
    assert len(answered(simulator, "GET", "tapahtumat")) == 2
    assert len(answered(simulator, "GET", "tapahtumat")) == 1
    assert len(answered(simulator, "GET", "tapahtumat")) == 2


def test_answers_are_spoilt(simulator: ValueFrameSimulator) -> None:
    simulator.set_faults([RestFault("truncated_json", cut=3), RestFault("login_page", moment="after")])
    simulator.add("tapahtumat", {})
    assert len(ask(simulator, "GET", "tapahtumat").body) == 3
    assert b"<html>" in ask(simulator, "GET", "tapahtumat").body
    simulator.set_faults([RestFault("rewritten", field="title", value="toinen")])
    assert answered(simulator, "PUT", "tapahtumat/1", {"title": "eka"})["title"] == "toinen"
    simulator.reset()
    assert (simulator.rows("tapahtumat"), simulator.requests) == ([], [])


def test_it_listens_with_tls_like_the_other_halves() -> None:
    with ValueFrameSimulator(ValueFrameConfig(SPECS, clock=lambda: NOW)) as simulator:
        host = simulator.url.removeprefix("https://").partition("/")[0]
        trusted = ssl.create_default_context(cafile=str(simulator.ca_file))
        connection = HTTPSConnection(host, context=trusted)
        connection.request("GET", "/rest/v2/company/", headers=headers("company", "toinen"))
        assert json.loads(connection.getresponse().read()) == []
        connection.close()


def test_it_has_no_address_and_no_authority_before_it_has() -> None:
    simulator = ValueFrameSimulator(ValueFrameConfig(SPECS, tls=False))
    with pytest.raises(RuntimeError):
        _ = simulator.url
    with pytest.raises(RuntimeError):
        _ = simulator.ca_file
    with simulator:
        assert simulator.url.startswith("http://127.0.0.1:")

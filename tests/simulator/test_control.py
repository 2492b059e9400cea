"""The control address: outbox, requests, faults and denials from outside."""

from __future__ import annotations

import json

import pytest
import requests

from tests.simulator.wire import Wire, times
from vfadmin.simulator import Simulator


def control(wire: Wire, method: str, path: str, body: object = None) -> requests.Response:
    data = json.dumps(body) if body is not None else None
    return wire.session.request(method, f"{wire.simulator.control_url}/{path}", data=data, timeout=30)


def test_outbox_and_requests_are_told(wire: Wire, sim: Simulator) -> None:
    sim.outlook("a@example.test").create(
        subject="Kokous", start=sim.config.clock(), end=sim.config.clock(), attendees=("b@example.test",)
    )
    wire.create(times())

    assert control(wire, "GET", "outbox").json() == [
        {
            "kind": "MeetingRequest",
            "sender": "a@example.test",
            "recipients": ["b@example.test"],
            "subject": "Kokous",
        }
    ]
    (record,) = control(wire, "GET", "requests").json()
    assert (record["operation"], record["mailbox"], record["status"]) == ("CreateItem", "a@example.test", 200)
    assert control(wire, "DELETE", "requests").status_code == 204
    assert sim.requests == []


def test_faults_are_put_from_outside(wire: Wire) -> None:
    rules = [{"operation": "CreateItem", "status": 500, "code": "ErrorServerBusy"}]

    assert control(wire, "PUT", "faults", rules).status_code == 204
    assert wire.create(times()).fault == "ErrorServerBusy"


def test_denials_are_put_and_taken_from_outside(wire: Wire) -> None:
    control(wire, "PUT", "denied/a@example.test")
    denied = wire.create(times())
    control(wire, "DELETE", "denied/a@example.test")

    assert (denied.fault, wire.create(times()).codes) == ("ErrorImpersonateUserDenied", ["NoError"])


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "faults", [{"colour": 1}], 400),
        ("PUT", "faults", 7, 400),
        ("PUT", "faults", None, 400),
        ("GET", "secrets", None, 404),
        ("PUT", "denied/nobody@example.test", None, 404),
    ],
)
def test_what_cannot_be_done_is_said(wire: Wire, method: str, path: str, body: object, status: int) -> None:
    response = control(wire, method, path, body)

    assert (response.status_code, "error" in response.json()) == (status, True)


def test_a_wrong_fault_names_its_key_and_leaves_those_in_force(wire: Wire) -> None:
    control(wire, "PUT", "faults", [{"operation": "CreateItem", "status": 500, "code": "ErrorServerBusy"}])

    refused = control(wire, "PUT", "faults", [{"kind": "drip", "pause_ms": "long"}])

    assert "'pause_ms'" in refused.json()["error"]
    assert wire.create(times()).fault == "ErrorServerBusy"

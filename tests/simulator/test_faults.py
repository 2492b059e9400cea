"""Misbehaviour on demand, and the control address that asks for it."""

from __future__ import annotations

import json

import pytest
import requests

from tests.simulator.wire import Wire, times
from vfadmin.simulator import FaultRule, OutlookUser, Simulator


def test_a_rule_strikes_before_the_effect_and_only_once(
    wire: Wire, sim: Simulator, anna: OutlookUser
) -> None:
    sim.set_faults([FaultRule(operation="CreateItem", status=500, code="ErrorServerBusy", back_off_ms=1500)])

    struck = wire.create(times())
    assert (struck.status, struck.fault, anna.items()) == (500, "ErrorServerBusy", [])
    value = struck.root.find(".//{*}Value[@Name='BackOffMilliseconds']")
    assert value is not None
    assert value.text == "1500"
    assert wire.create(times()).codes == ["NoError"]


def test_an_effect_may_land_though_its_answer_does_not(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    sim.set_faults([FaultRule(moment="after", operation="CreateItem", status=0)])

    with pytest.raises(requests.exceptions.ConnectionError):
        wire.create(times())

    assert len(anna.items()) == 1


def test_an_answer_may_break_off_in_the_middle(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    sim.set_faults([FaultRule(moment="middle", operation="CreateItem", cut=40)])

    with pytest.raises((requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        wire.create(times())

    assert len(anna.items()) == 1


def test_a_rule_waits_its_turn_and_keeps_to_its_mailbox(wire: Wire, sim: Simulator) -> None:
    rule = FaultRule(
        operation="CreateItem",
        mailbox="A@example.test",
        status=500,
        code="ErrorInternalServerError",
        skip=1,
        times=None,
    )
    sim.set_faults([rule])

    first, second, third = (wire.create(times()).status for _ in range(3))
    other = wire.create(times(), person="b@example.test").status

    assert (first, second, third, other) == (200, 500, 500, 200)


def test_a_reset_ends_all_misbehaviour(wire: Wire, sim: Simulator) -> None:
    sim.set_faults([FaultRule(status=500, code="ErrorInternalServerError", times=None)])
    sim.reset()

    assert wire.create(times()).codes == ["NoError"]


@pytest.mark.parametrize("value", [{"moment": "later"}, {"colour": "red"}])
def test_a_rule_that_is_none_is_refused(value: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"moment|colour"):
        FaultRule.from_json(value)


# --- the control address


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

"""Misbehaviour on demand, as a client sees it. The same rules as on the EWS half, by operation."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from tests.clock import FakeClock
from tests.simulator.graph.caller import WINDOW, Caller, error_of, event
from tests.simulator.wire import Wire
from vfadmin.simulator import FaultRule, OutlookUser, RuleError, Simulator
from vfadmin.simulator.serve import load_faults


def test_a_rule_strikes_one_operation_of_one_mailbox(graph: Caller, both: Simulator) -> None:
    both.set_faults(
        [FaultRule(operation="GraphListEvents", mailbox="B@example.test", status=503, retry_after=7)]
    )

    other, struck, after = (
        graph.call("GET", "events"),
        graph.call("GET", "/users/b@example.test/events"),
        graph.call("GET", "/users/b@example.test/events"),
    )

    assert (other.status_code, struck.status_code, after.status_code) == (200, 503, 200)
    assert (struck.headers["Retry-After"], struck.content) == ("7", b"")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "InvalidAuthenticationToken"),
        (403, "ErrorAccessDenied"),
        (404, "MailboxNotEnabledForRESTAPI"),
        (410, "resyncRequired"),
        (429, "ApplicationThrottled"),
        (500, "ErrorInternalServerError"),
        (503, "ErrorServerBusy"),
        (504, "UnknownError"),
    ],
)
def test_an_error_as_graph_words_it(graph: Caller, both: Simulator, status: int, code: str) -> None:
    both.set_faults([FaultRule(operation="GraphDelta", status=status, code=code)])

    refused = graph.call("GET", "calendarView/delta", params=WINDOW)

    assert error_of(refused) == (status, code)
    assert ("Retry-After" in refused.headers) == (status == 429)
    assert ("WWW-Authenticate" in refused.headers) == (status == 401)


@pytest.mark.parametrize(("moment", "effects"), [("before", 0), ("middle", 1), ("after", 1)])
def test_a_connection_breaks(graph: Caller, both: Simulator, moment: str, effects: int) -> None:
    both.set_faults([FaultRule(operation="GraphCreateEvent", status=0, moment=moment, cut=50)])

    with pytest.raises(httpx.TransportError):
        graph.call("POST", "events", event(transactionId="t-1"))

    assert len(graph.get("events")["value"]) == effects
    graph.create(event(transactionId="t-1"))
    assert len(graph.get("events")["value"]) == 1


def test_an_answer_is_lost_though_its_effect_is_there(graph: Caller, both: Simulator) -> None:
    both.set_faults(
        [FaultRule(operation="GraphCreateEvent", status=504, code="UnknownError", moment="after")]
    )

    assert graph.call("POST", "events", event()).status_code == 504

    assert len(graph.get("events")["value"]) == 1


def test_json_that_ends_too_early(graph: Caller, both: Simulator) -> None:
    both.set_faults([FaultRule(kind="truncated_json", operation="GraphListEvents", cut=20)])

    response = graph.call("GET", "events")

    assert (response.status_code, len(response.content)) == (200, 20)
    with pytest.raises(json.JSONDecodeError):
        response.json()


def test_a_slow_drip_arrives_whole(graph: Caller, both: Simulator) -> None:
    both.set_faults([FaultRule(kind="drip", operation="GraphListEvents", piece=40, pause_ms=1)])

    assert graph.get("events")["value"] == []


def test_a_login_page_in_place_of_json(graph: Caller, both: Simulator) -> None:
    both.set_faults([FaultRule(kind="login_page", operation="GraphUser")])

    response = graph.call("GET", "")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_a_moved_mailbox_has_other_ids_and_no_states(graph: Caller, both: Simulator) -> None:
    made = graph.create()
    _, link = graph.delta()
    both.set_faults(
        [FaultRule(kind="moved_mailbox", operation="GraphDelta", code="MailboxNotEnabledForRESTAPI")]
    )

    moving, after = graph.call("GET", link), graph.call("GET", link)

    assert error_of(moving) == (404, "MailboxNotEnabledForRESTAPI")
    assert error_of(after) == (410, "SyncStateNotFound")
    assert error_of(graph.call("GET", f"events/{made['id']}")) == (404, "ErrorItemNotFound")
    (again,) = graph.get("events")["value"]
    assert (again["iCalUId"], again["id"] == made["id"]) == (made["iCalUId"], False)


@pytest.mark.parametrize("code", ["", "resyncRequired"])
def test_a_lost_state_is_410_and_starting_over_works(graph: Caller, both: Simulator, code: str) -> None:
    graph.create()
    _, link = graph.delta()
    both.set_faults([FaultRule(kind="lost_state", operation="GraphDelta", code=code)])

    fresh = graph.delta()[0]

    assert len(fresh) == 1
    assert error_of(graph.call("GET", link)) == (410, code or "SyncStateNotFound")
    assert error_of(graph.call("GET", link)) == (410, "SyncStateNotFound")


def test_a_token_of_nobodys_is_malformed(graph: Caller) -> None:
    refused = graph.call("GET", "calendarView/delta", params={"$deltatoken": "nonsense"})

    assert error_of(refused) == (400, "ErrorInvalidUrlQuery")


@pytest.mark.parametrize("kind", ["empty_list", "partial_list"])
def test_what_a_list_holds_back_comes_later(graph: Caller, both: Simulator, kind: str) -> None:
    names = {str(number) for number in range(12)}
    for name in sorted(names):
        graph.create(event(name))
    both.set_faults([FaultRule(kind=kind, operation="GraphDelta", seed=3)])

    first, link = graph.delta()
    second, link = graph.delta(link)

    assert len(first) < 12
    assert {one["subject"] for one in second} == names
    graph.create(event("uusi"))
    both.set_faults([FaultRule(kind="empty_list", operation="GraphDelta")])
    assert graph.delta(link)[0] == []
    assert [one["subject"] for one in graph.delta(link)[0]] == ["uusi"]


def test_an_empty_list_of_events(graph: Caller, both: Simulator) -> None:
    graph.create()
    both.set_faults([FaultRule(kind="empty_list", operation="GraphListEvents")])

    assert graph.get("events")["value"] == []
    assert len(graph.get("events")["value"]) == 1


def test_a_delta_is_replayed_and_its_pages_doubled(graph: Caller, both: Simulator) -> None:
    for name in "ab":
        graph.create(event(name))
    _, link = graph.delta()
    both.set_faults(
        [
            FaultRule(kind="replayed", operation="GraphDelta"),
            FaultRule(kind="duplicated", operation="GraphDelta"),
        ]
    )

    replayed, link = graph.delta(link)

    assert sorted(one["subject"] for one in replayed) == ["a", "a", "b", "b"]
    assert graph.delta(link)[0] == []


def test_modification_times_move_without_an_edit(graph: Caller, both: Simulator) -> None:
    made = graph.create()
    _, link = graph.delta()
    both.set_faults([FaultRule(kind="touched", operation="GraphDelta")])

    (told,), link = graph.delta(link)

    same = made.keys() - {"@odata.etag", "@odata.context", "changeKey", "lastModifiedDateTime"}
    assert {name: told[name] for name in same} == {name: made[name] for name in same}
    assert told["@odata.etag"] != made["@odata.etag"]
    assert graph.delta(link)[0] == []


def test_a_create_may_happen_later_than_it_is_answered(graph: Caller, both: Simulator) -> None:
    both.set_faults([FaultRule(kind="late_create", times=None)])

    told = [graph.call("POST", "events", event(transactionId="t")) for _ in range(2)]

    assert [one.status_code for one in told] == [504, 400]
    assert error_of(told[1]) == (400, "ErrorDuplicateTransactionId")
    assert "@event.existingEventId" not in told[1].json()["error"]
    assert graph.get("events")["value"] == []
    both.set_faults([])
    (landed,) = graph.get("events")["value"]
    assert graph.create(event(transactionId="t"))["id"] == landed["id"]


def test_a_repeated_create_may_be_refused(graph: Caller, both: Simulator) -> None:
    made = graph.create(event(transactionId="t"))
    both.set_faults([FaultRule(kind="refused_repeat", operation="GraphCreateEvent")])

    refused = graph.call("POST", "events", event(transactionId="t"))

    assert error_of(refused) == (400, "ErrorDuplicateTransactionId")
    assert refused.json()["error"]["@event.existingEventId"] == made["id"]
    assert graph.create(event(transactionId="t"))["id"] == made["id"]


def test_a_create_may_be_refused_whose_event_has_been_deleted(graph: Caller, both: Simulator) -> None:
    made = graph.create(event(transactionId="t"))
    graph.call("DELETE", f"events/{made['id']}")
    both.set_faults([FaultRule(kind="refused_repeat", operation="GraphCreateEvent")])

    refused = graph.call("POST", "events", event(transactionId="t"))

    assert error_of(refused) == (400, "ErrorDuplicateTransactionId")
    assert graph.create(event(transactionId="t"))["id"] != made["id"]


def test_a_slow_answer_arrives(graph: Caller, both: Simulator) -> None:
    both.set_faults([FaultRule(kind="slow", operation="GraphListEvents", pause_ms=1)])

    assert graph.get("events")["value"] == []


def test_a_clock_that_is_off(graph: Caller, both: Simulator, clock: FakeClock) -> None:
    made, now = graph.create(), clock()
    both.set_faults([FaultRule(kind="clock_skew", operation="GraphGetEvent", skew_s=300)])

    skewed = graph.call("GET", f"events/{made['id']}")

    assert datetime.fromisoformat(made["createdDateTime"]) == now
    assert datetime.fromisoformat(skewed.json()["createdDateTime"]) == now + timedelta(minutes=5)
    assert skewed.json()["start"] == made["start"]
    assert parsedate_to_datetime(skewed.headers["Date"]) == now + timedelta(minutes=5)


def test_a_gateway_rewrites_a_body_once(graph: Caller, both: Simulator) -> None:
    both.set_faults([FaultRule(kind="rewritten_body", operation="GraphCreateEvent")])

    made = graph.create(event(body={"contentType": "text", "content": "x"}))

    assert "Checked by the mail gateway." in made["body"]["content"]


def test_a_corrupt_event_is_refused_and_the_others_are_not(graph: Caller, both: Simulator) -> None:
    bad, good = graph.create(event("rikki"))["id"], graph.create(event("ehjä"))["id"]
    both.set_faults([FaultRule(kind="quarantined", subject="rikki", times=None)])

    assert error_of(graph.call("GET", f"events/{bad}")) == (500, "ErrorItemCorrupt")
    assert error_of(graph.call("PATCH", f"events/{bad}", {"subject": "x"})) == (500, "ErrorItemCorrupt")
    assert graph.get(f"events/{good}")["subject"] == "ehjä"
    assert len(graph.get("events")["value"]) == 2


def test_a_share_of_requests_is_struck_the_same_with_the_same_seed(graph: Caller, both: Simulator) -> None:
    def run() -> list[int]:
        both.set_faults([FaultRule(operation="GraphGetCalendar", probability=0.5, seed=7, times=None)])
        return [graph.call("GET", "calendar").status_code for _ in range(20)]

    first = run()

    assert set(first) == {200, 503}
    assert run() == first


def test_a_rule_for_graph_leaves_ews_alone(
    graph: Caller, both: Simulator, ews: Wire, anna: OutlookUser
) -> None:
    graph.create()
    both.set_faults([FaultRule(kind="truncated_json", times=None)])

    item_id = anna.items()[0].id

    assert ews.get(item_id, "item:Subject").codes == ["NoError"]


def test_rules_for_graph_come_from_a_file_and_the_control_address(
    graph: Caller, both: Simulator, tmp_path: Path
) -> None:
    rules = [{"operation": "GraphToken", "code": "AADSTS700016"}]
    path = tmp_path / "faults.json"
    path.write_text(json.dumps(rules), encoding="utf-8")

    assert load_faults(path) == (FaultRule(operation="GraphToken", code="AADSTS700016"),)
    assert graph.http.put(f"{both.control_url}/faults", json=rules).status_code == 204
    assert graph.sign_in().json()["error_codes"] == [700016]
    with pytest.raises(RuleError, match="GraphToken"):
        FaultRule.from_json({"operation": "GraphNothing"})

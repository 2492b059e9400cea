"""Signing, TLS, and what every answer of the interface becomes."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

from tests.contract.keeper import drained, mark, timed
from tests.contract.rest_keeper import EVENTS, KEYS, OWNER, RestKeeper, field_map
from vfadmin.calendars.rest import RestServer
from vfadmin.calendars.rest.session import signed
from vfadmin.errors import CalendarError, Failure, Refused, SecretError, failure
from vfadmin.simulator.valueframe import RestFault


def told(keeper: RestKeeper, *rules: RestFault) -> Failure:
    """What a list becomes while the interface misbehaves."""
    keeper.simulator.set_faults(rules)
    with pytest.raises(CalendarError) as raised:
        drained(keeper.calendar(), None)
    return raised.value.failure


def test_a_request_is_signed_as_documented() -> None:
    """MD5 of ``{timestamp}/{resource}/{transfer key}``, the resource without slashes at its ends."""
    headers = signed("esimerkki", "kalenteritapahtumat", "avain", 1_700_000_000)
    assert headers["X-VF-REST-USER"] == "esimerkki"
    assert headers["X-VF-REST-TIMESTAMP"] == "1700000000"
    # md5 -s "1700000000/kalenteritapahtumat/avain"
    assert headers["X-VF-REST-HASH"] == "ff14f9b2eeb0a67a6f0956f18a456bc5"
    assert headers["X-VF-REST-REAL-JSON-OUTPUT"] == "1"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (RestFault(status=0), "VF-REST-04"),
        (RestFault(status=404), "VF-REST-08"),
        (RestFault(status=405), "VF-REST-08"),
        (RestFault(status=500), "VF-REST-07"),
        (RestFault(status=503), "VF-REST-07"),
        (RestFault(status=302), "VF-REST-10"),
        (RestFault(status=418), "VF-REST-10"),
        (RestFault("login_page"), "VF-REST-10"),
        (RestFault("truncated_json", cut=1), "VF-REST-13"),
    ],
)
def test_each_answer_becomes_a_failure(keeper: RestKeeper, fault: RestFault, code: str) -> None:
    keeper.outside.create("Palaveri")
    assert told(keeper, fault).code == code


def test_how_long_to_wait_is_believed_up_to_a_day(keeper: RestKeeper) -> None:
    found = told(keeper, RestFault(status=429, retry_after=30))
    assert (found.code, found.retry_after) == ("VF-REST-06", 30)
    assert told(keeper, RestFault(status=503, retry_after=10**8)).retry_after == 86_400
    assert told(keeper, RestFault(status=429)).retry_after is None


@pytest.mark.parametrize(
    ("status", "code"), [(403, "VF-REST-09"), (405, "VF-REST-09"), (400, "EX-ITEM-03"), (429, "VF-REST-06")]
)
def test_a_write_that_was_refused_is_certain_not_to_have_been(
    keeper: RestKeeper, status: int, code: str
) -> None:
    keeper.simulator.set_faults([RestFault(method="POST", status=status)])
    with pytest.raises(Refused) as refused:
        keeper.calendar().create(timed(), mark())
    assert refused.value.failure.code == code


def test_a_verb_that_the_map_has_not_is_not_sent(keeper: RestKeeper) -> None:
    keeper.use({'verbs = ["GET", "POST", "PUT", "DELETE"]': 'verbs = ["GET"]'})
    calendar = keeper.calendar()
    assert calendar.capabilities.closed == {"create", "update", "delete"}
    with pytest.raises(Refused) as refused:
        calendar.create(timed(), mark())
    assert refused.value.failure.params["verb"] == "POST"
    assert all(one.method == "GET" for one in keeper.simulator.requests)


def test_a_key_that_was_refused_is_not_tried_again_but_another_one_is(keeper: RestKeeper) -> None:
    """Nobody is locked out by repetition."""
    keys = dict(KEYS, **{"valueframe-events": "väärä"})
    now = [time.time()]
    server = RestServer(field_map(keeper.simulator), keys.__getitem__, clock=lambda: now[0])
    keeper.servers.append(server)
    assert told(keeper).code == "VF-REST-02"
    assert told(keeper).code == "VF-REST-02"
    assert len(keeper.simulator.requests) == 1
    now[0] += 100
    assert told(keeper).params["resource"] == EVENTS
    assert len(keeper.simulator.requests) == 1
    keys["valueframe-events"] = KEYS["valueframe-events"]
    drained(server.calendar(OWNER), None)
    keys["valueframe-events"] = "väärä"
    assert drained(server.calendar(OWNER), None)[0] == set(), "a key that works is not asked for again"


def test_a_stale_hash_is_explained_by_the_clocks_and_tried_again(keeper: RestKeeper) -> None:
    now = [time.time() + 7200]
    server = RestServer(field_map(keeper.simulator), KEYS.__getitem__, clock=lambda: now[0])
    keeper.servers.append(server)
    found = told(keeper)
    assert found.code == "VF-REST-03"
    assert 7195 <= float(found.params["seconds"]) <= 7205
    now[0] = time.time()
    assert drained(server.calendar(OWNER), None)[0] == set()


def test_a_key_that_is_missing_is_said_before_anything_is_sent(keeper: RestKeeper) -> None:
    def secret(name: str) -> str:
        raise SecretError(failure("VF-SECRET-03", connection=name))

    server = RestServer(field_map(keeper.simulator), secret)
    with pytest.raises(SecretError):
        drained(server.calendar(OWNER), None)
    assert keeper.simulator.requests == []


def test_tls_is_always_verified(keeper: RestKeeper) -> None:
    line = f'ca_file = "{keeper.simulator.ca_file.as_posix()}"'
    keeper.use({line: "", "# timeout_seconds = 60": "timeout_seconds = 9"})
    assert told(keeper).code == "VF-REST-05"
    keeper.use({keeper.simulator.ca_file.as_posix(): "puuttuu.pem"})
    found = told(keeper)
    assert (found.code, found.params["field"]) == ("VF-REST-01", "valueframe.ca_file")


def test_a_host_that_does_not_answer_was_not_reached(keeper: RestKeeper) -> None:
    keeper.use({keeper.simulator.url: "https://127.0.0.1:1/rest/v2"})
    with pytest.raises(Refused) as unreached:
        drained(keeper.calendar(), None)
    assert unreached.value.failure.code == "VF-REST-04"


def test_whatever_else_is_raised_becomes_a_failure(keeper: RestKeeper) -> None:
    def slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    server = RestServer(field_map(keeper.simulator), KEYS.__getitem__, transport=httpx.MockTransport(slow))
    with pytest.raises(CalendarError) as raised:
        drained(server.calendar(OWNER), None)
    assert raised.value.failure.params["detail"] == "ReadTimeout"
    server.close()
    server.close()


@pytest.mark.parametrize("body", [b'"rivit"', b"[1]", b"{}", b"7"])
def test_what_is_no_list_of_rows_is_foreign(keeper: RestKeeper, body: bytes) -> None:
    def foreign(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=body)

    server = RestServer(field_map(keeper.simulator), KEYS.__getitem__, transport=httpx.MockTransport(foreign))
    with pytest.raises(CalendarError) as raised:
        drained(server.calendar(OWNER), None)
    assert raised.value.failure.code == "VF-REST-10"


def test_a_count_that_is_no_number_is_foreign(keeper: RestKeeper) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        counts = "count" in request.url.params
        return httpx.Response(200, json={"a": 1, "b": 2} if counts else [])

    chosen = field_map(keeper.simulator, {"count = false": "count = true"})
    server = RestServer(chosen, KEYS.__getitem__, transport=httpx.MockTransport(answer))
    with pytest.raises(CalendarError) as raised:
        drained(server.calendar(OWNER), None)
    assert raised.value.failure.params["detail"] == "count"


def test_no_key_is_in_what_a_request_shows(keeper: RestKeeper) -> None:
    seen: list[Any] = []

    def look(request: httpx.Request) -> httpx.Response:
        seen.append((str(request.url), dict(request.headers), request.content))
        return httpx.Response(200, json=[])

    server = RestServer(field_map(keeper.simulator), KEYS.__getitem__, transport=httpx.MockTransport(look))
    drained(server.calendar(OWNER), None)
    assert seen
    assert KEYS["valueframe-events"] not in repr(seen)

"""Four requests at once for an application and a mailbox ("Outlook service limits")."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from tests.simulator.graph.caller import Caller, error_of
from vfadmin.simulator import Simulator
from vfadmin.simulator.graph.errors import GraphError
from vfadmin.simulator.graph.gate import Gate


def test_a_fifth_request_finds_no_place() -> None:
    gate = Gate()
    counts = [gate.enter("app/a") for _ in range(4)]

    with pytest.raises(GraphError) as refused:
        gate.enter("app/a")

    assert (counts, refused.value.status, refused.value.code) == ([1, 2, 3, 4], 429, "ApplicationThrottled")
    assert gate.enter("app/b") == 1
    gate.leave("app/a")
    assert gate.enter("app/a") == 4
    assert gate.most == {"app/a": 5, "app/b": 1}


def test_a_busy_mailbox_answers_429_and_another_one_does_not(graph: Caller, both: Simulator) -> None:
    reached = threading.Semaphore(0)
    free = threading.Event()
    # Four requests are held inside by the events that they ask for.
    gate = both._graph.gate
    entered = gate.enter

    def enter(mailbox: str) -> int:
        count = entered(mailbox)
        if not free.is_set():
            reached.release()
            assert free.wait(30)
        return count

    gate.enter = enter  # type: ignore[method-assign]
    try:
        with ThreadPoolExecutor(4) as pool:
            held = [pool.submit(graph.call, "GET", "events") for _ in range(4)]
            for _ in held:
                assert reached.acquire(timeout=30)
            gate.enter = entered  # type: ignore[method-assign]
            refused = graph.call("GET", "events")
            other = graph.call("GET", "/users/b@example.test/events")
            free.set()
            wait(held, 30)
    finally:
        free.set()
        gate.enter = entered  # type: ignore[method-assign]

    assert error_of(refused) == (429, "ApplicationThrottled")
    assert refused.headers["Retry-After"] == "1"
    assert other.status_code == 200
    assert [one.result().status_code for one in held] == [200] * 4
    assert max(both.busiest().values()) == 5
    records = graph.http.get(f"{both.control_url}/requests").json()
    assert {(one["status"], one["concurrent"]) for one in records if one["mailbox"] == "a@example.test"} == {
        (429, 0), (200, 1), (200, 2), (200, 3), (200, 4),
    }  # fmt: skip

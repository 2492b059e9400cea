"""Who is woken waits for the next steps of the same change, and not a moment longer."""

from __future__ import annotations

import threading
from time import monotonic

from vfadmin.sync.wakes import Wakes


class Seconds:
    """A clock in seconds that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_who_was_woken_is_ready_when_it_has_settled_and_only_once() -> None:
    clock = Seconds()
    wakes = Wakes(0.3, clock)
    wakes.wake([1])
    assert wakes.take() == []
    clock.now += 0.3
    assert wakes.take() == [1]
    assert wakes.take() == []


def test_another_wake_puts_nobody_off() -> None:
    clock = Seconds()
    wakes = Wakes(0.3, clock)
    for _ in range(4):
        wakes.wake([1, 2])
        clock.now += 0.1
    assert wakes.take() == [1, 2]
    wakes.wake([2])
    clock.now += 0.3
    assert wakes.take() == [2], "woken after it was taken: something new"


def test_a_rest_ends_when_somebody_is_ready() -> None:
    wakes = Wakes(0.05)
    waker = threading.Timer(0.02, wakes.wake, ([7],))
    waker.start()
    began = monotonic()
    wakes.rest(20)
    assert monotonic() - began < 10
    assert wakes.take() == [7]
    waker.join()


def test_a_rest_ends_when_it_is_rung_or_was_rung_before() -> None:
    wakes = Wakes()
    bell = threading.Timer(0.02, wakes.ring)
    bell.start()
    began = monotonic()
    wakes.rest(20)
    wakes.ring()
    wakes.rest(20)
    assert monotonic() - began < 10
    bell.join()


def test_many_are_taken_in_batches() -> None:
    wakes = Wakes(0.0)
    wakes.wake(range(1200))
    taken = [wakes.take() for _ in range(4)]
    assert [len(batch) for batch in taken] == [500, 500, 200, 0]
    assert {one for batch in taken for one in batch} == set(range(1200))


def test_a_rest_ends_by_itself() -> None:
    wakes = Wakes(20)
    wakes.wake([1])
    began = monotonic()
    wakes.rest(0.05)
    assert 0.05 <= monotonic() - began < 10
    assert wakes.take() == []

"""Threads that do a task each, and what becomes of those that give no sign of life."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from vfadmin.sync.crew import FAREWELL, PATIENCE, Crew, Ended

SOON = 40.0


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def crew(clock: Clock) -> Crew[str, int]:
    return Crew(2, "test", clock)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What tasks may hang at; at the end it opens."""
    opened = threading.Event()
    yield opened
    opened.set()


def test_what_a_task_comes_to_is_told_under_its_key(crew: Crew[str, int]) -> None:
    crew.begin("a", lambda _: 1)
    assert crew.wait(SOON) == [Ended("a", 1)]
    assert crew.at_work == ()
    assert crew.wait(0) == []


def test_so_many_at_a_time(crew: Crew[str, int], gate: threading.Event) -> None:
    def task(_sign: Callable[[], bool]) -> int:
        gate.wait()
        return 7

    crew.begin("a", task)
    assert crew.free
    crew.begin("b", task)
    assert not crew.free
    gate.set()
    found: list[Ended[str, int]] = []
    while crew.at_work:
        found += crew.wait(SOON)
    assert sorted(one.key for one in found) == ["a", "b"]


def test_whatever_a_task_raises_is_told(crew: Crew[str, int]) -> None:
    class EndOfProcessError(BaseException):
        pass

    def task(_sign: Callable[[], bool]) -> int:
        raise EndOfProcessError

    crew.begin("a", task)
    (ended,) = crew.wait(SOON)
    assert isinstance(ended.error, EndOfProcessError)


def test_one_without_a_sign_of_life_is_given_up_and_named(
    crew: Crew[str, int], clock: Clock, gate: threading.Event
) -> None:
    began, over, answers = threading.Event(), threading.Event(), []

    def hang_in_here(sign: Callable[[], bool]) -> int:
        began.set()
        gate.wait()
        answers.append(sign())
        over.set()
        return 1

    crew.begin("a", hang_in_here)
    began.wait()
    clock.now = PATIENCE
    assert crew.wait(0) == [], "to the second"
    clock.now = PATIENCE + 1
    (ended,) = crew.wait(0)
    assert (ended.key, ended.value, ended.error) == ("a", None, None)
    assert "test_crew.hang_in_here:" in ended.hung
    assert crew.at_work == ()
    crew.begin("a", lambda _: 2)
    assert crew.wait(SOON) == [Ended("a", 2)]
    gate.set()
    over.wait()
    assert answers == [True], "whoever comes back is told that nobody waits"
    assert crew.wait(0) == [], "and what he brings is nobody's"


def test_a_sign_of_life_is_enough(crew: Crew[str, int], clock: Clock, gate: threading.Event) -> None:
    signed = threading.Event()

    def task(sign: Callable[[], bool]) -> int:
        clock.now = PATIENCE
        sign()
        signed.set()
        gate.wait()
        return 1

    crew.begin("a", task)
    signed.wait()
    clock.now = 2 * PATIENCE
    assert crew.wait(0) == []
    assert crew.at_work == ("a",)


def test_once_everything_is_to_end_there_is_less_patience(
    crew: Crew[str, int], clock: Clock, gate: threading.Event
) -> None:
    def task(_sign: Callable[[], bool]) -> int:
        gate.wait()
        return 1

    crew.begin("a", task)
    clock.now = FAREWELL + 1
    assert [one.key for one in crew.wait(0, FAREWELL)] == ["a"]


def test_a_hung_thread_keeps_no_process_alive(crew: Crew[str, int]) -> None:
    seen: list[bool] = []

    def task(_sign: Callable[[], bool]) -> int:
        seen.append(threading.current_thread().daemon)
        return 1

    crew.begin("a", task)
    crew.wait(SOON)
    assert seen == [True]

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.foreign import SECRET, kinds, made
from tests.ui.conftest import WAIT_MS
from vfadmin.errors import Failure, UsageError, failure
from vfadmin.ui.desk import Desk, Lane, Order, ServiceThread
from vfadmin.ui.texts import explain_failure


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk()
    with qtbot.waitSignal(desk.opened, timeout=WAIT_MS):
        desk.open(lambda: "services")  # type: ignore[arg-type, return-value]  # the desk never looks inside
    yield desk
    desk.close()


class Asker(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.values: list[Any] = []
        self.failures: list[Failure] = []
        self.threads: set[int] = set()

    def done(self, value: Any) -> None:
        self.values.append(value)
        self.threads.add(threading.get_ident())

    def failed(self, failure: Failure) -> None:
        self.failures.append(failure)


def test_the_call_is_made_elsewhere_and_the_answer_comes_here(desk: Desk, qtbot: QtBot) -> None:
    asker = Asker()
    desk.ask(asker, lambda services: (services, threading.get_ident()), asker.done, asker.failed)
    qtbot.waitUntil(lambda: bool(asker.values), timeout=WAIT_MS)
    services, thread = asker.values[0]
    assert services == "services"
    assert thread != threading.get_ident()
    assert asker.threads == {threading.get_ident()}


def test_only_the_newest_of_a_channel_is_answered(desk: Desk, qtbot: QtBot) -> None:
    asker, go = Asker(), threading.Event()
    desk.ask(asker, lambda _: go.wait(), asker.done, asker.failed, channel="search")
    made: list[int] = []
    for number in range(5):
        desk.ask(
            asker,
            lambda _, number=number: made.append(number) or number,
            asker.done,
            asker.failed,
            channel="search",
        )
    go.set()
    qtbot.waitUntil(lambda: bool(asker.values), timeout=WAIT_MS)
    assert asker.values == [4]
    assert made == [4], "what nobody waits for is not even asked"


def test_a_failure_comes_as_a_value(desk: Desk, qtbot: QtBot) -> None:
    asker = Asker()

    def refuse(_services: object) -> None:
        raise UsageError(failure("VF-PERSON-01", person=7))

    desk.ask(asker, refuse, asker.done, asker.failed)
    qtbot.waitUntil(lambda: bool(asker.failures), timeout=WAIT_MS)
    assert asker.failures[0].code == "VF-PERSON-01"


@pytest.mark.expected_log("a service call failed unexpectedly")
def test_a_fault_nobody_foresaw_is_told_and_logged(desk: Desk, qtbot: QtBot) -> None:
    asker = Asker()
    desk.ask(asker, lambda _: 1 // 0, asker.done, asker.failed)
    qtbot.waitUntil(lambda: bool(asker.failures), timeout=WAIT_MS)
    assert asker.failures[0].code == "VF-INTERNAL-01"
    assert asker.failures[0].params["detail"] == "ZeroDivisionError"


@pytest.mark.expected_log("a service call failed unexpectedly")
def test_r28_whatever_a_library_raises_is_told_by_the_name_of_its_class() -> None:
    for error in map(made, kinds()):
        answer = ServiceThread._answer(Order(1, partial(_throw, error), lambda _: True))
        assert answer.failure is not None
        assert answer.failure.code == "VF-INTERNAL-01"
        assert answer.failure.params == {"detail": type(error).__name__}
        assert SECRET not in str(explain_failure(answer.failure))


def _throw(error: Exception) -> None:
    raise error


def test_a_long_change_does_not_hold_up_a_search(desk: Desk, qtbot: QtBot) -> None:
    asker, go = Asker(), threading.Event()
    desk.ask(asker, lambda _: go.wait(), asker.done, asker.failed, lane=Lane.WRITE)
    desk.ask(asker, lambda _: "found", asker.done, asker.failed)
    qtbot.waitUntil(lambda: asker.values == ["found"], timeout=WAIT_MS)
    go.set()
    qtbot.waitUntil(lambda: len(asker.values) == 2, timeout=WAIT_MS)


def test_nothing_is_asked_after_the_end(desk: Desk) -> None:
    asker = Asker()
    desk.close()
    assert not desk.ask(asker, lambda _: 1, asker.done, asker.failed)

"""The QThread that drives the engine: its signals arrive in the listener's thread, and it quits cleanly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from tests.sync.office import PEOPLE, Office
from vfadmin.errors import StoreError, failure
from vfadmin.sync.qthread import Progress, SyncThread
from vfadmin.sync.values import MailboxResult

SOON_MS = 40_000


class Listener(QObject):
    """Bound slots in the window's thread, as the window has them."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[MailboxResult] = []
        self.progress: list[Progress] = []
        self.failures: list[Any] = []
        self.threads: set[QThread] = set()

    @Slot(object)
    def finished(self, result: MailboxResult) -> None:
        self.results.append(result)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def progressed(self, progress: Progress) -> None:
        self.progress.append(progress)

    @Slot(object)
    def failed(self, found: Any) -> None:
        self.failures.append(found)


def listening(thread: SyncThread) -> Listener:
    listener = Listener()
    thread.mailbox_finished.connect(listener.finished)
    thread.progress.connect(listener.progressed)
    thread.engine_failed.connect(listener.failed)
    return listener


@pytest.fixture
def thread(office: Office) -> Iterator[SyncThread]:
    made = SyncThread(office.engine(), every_seconds=0.02)
    yield made
    made.shutdown()
    assert made.wait(10_000)


def test_what_is_due_is_synchronised_and_told_in_the_windows_thread(
    qtbot: QtBot, office: Office, thread: SyncThread
) -> None:
    office.add(1, "Palaveri")
    listener = listening(thread)
    with qtbot.waitSignal(thread.idle, timeout=SOON_MS):
        thread.start()
    qtbot.waitUntil(lambda: len(listener.results) == len(PEOPLE), timeout=SOON_MS)
    assert listener.threads == {QThread.currentThread()}
    assert listener.progress[0] == Progress(0, len(PEOPLE))
    assert listener.progress[-1] == Progress(len(PEOPLE), len(PEOPLE))
    assert office.far_titles() == ["Palaveri"]


def test_paused_it_does_only_what_it_is_asked(qtbot: QtBot, office: Office, thread: SyncThread) -> None:
    listener = listening(thread)
    thread.set_paused(True)
    thread.start()
    with qtbot.waitSignal(thread.idle, timeout=SOON_MS):
        thread.request_sync([3])
    assert [one.person_id for one in listener.results] == [3]
    with qtbot.waitSignal(thread.idle, timeout=SOON_MS):
        thread.request_sync()
    assert {one.person_id for one in listener.results} == set(PEOPLE)
    assert office.store.url


def test_a_change_in_valueframe_is_taken_up_before_its_time(
    qtbot: QtBot, office: Office, thread: SyncThread
) -> None:
    listener = listening(thread)
    with qtbot.waitSignal(thread.idle, timeout=SOON_MS):
        thread.start()
    qtbot.waitUntil(lambda: len(listener.results) == len(PEOPLE), timeout=SOON_MS)
    office.add(4, "Palaveri")
    qtbot.waitUntil(lambda: office.far_titles() == ["Palaveri"], timeout=SOON_MS)
    qtbot.waitUntil(lambda: len(listener.results) > len(PEOPLE), timeout=SOON_MS)
    assert {one.person_id for one in listener.results[len(PEOPLE) :]} == {4}


def test_paused_it_takes_up_no_change_until_it_goes_on(
    qtbot: QtBot, office: Office, thread: SyncThread
) -> None:
    listener = listening(thread)
    with qtbot.waitSignal(thread.idle, timeout=SOON_MS):
        thread.start()
    qtbot.waitUntil(lambda: len(listener.results) == len(PEOPLE), timeout=SOON_MS)
    thread.set_paused(True)
    office.add(4, "Palaveri")
    with qtbot.waitSignal(thread.idle, timeout=SOON_MS):
        thread.request_sync([5])
    assert office.far_titles() == []
    thread.set_paused(False)
    qtbot.waitUntil(lambda: office.far_titles() == ["Palaveri"], timeout=SOON_MS)


def test_a_cancelled_batch_ends_and_the_thread_goes_on(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, entered = threading.Event(), threading.Event()
    original = office.exchange

    def slow(mailbox: Any) -> Any:
        entered.set()
        held.wait(10)
        return original(mailbox)

    monkeypatch.setattr(office, "exchange", slow)
    thread = SyncThread(office.engine(workers=1), every_seconds=0.02)
    thread.set_paused(True)
    listener = listening(thread)
    thread.start()
    thread.request_sync()
    assert entered.wait(10)
    with qtbot.waitSignal(thread.idle, timeout=SOON_MS):
        thread.cancel()
        held.set()
    assert len(listener.results) < len(PEOPLE)
    with qtbot.waitSignal(thread.idle, timeout=SOON_MS):
        thread.request_sync([5])
    assert listener.results[-1].person_id == 5
    thread.shutdown()
    assert thread.wait(10_000)


def test_a_store_out_of_reach_is_told_and_the_thread_lives_on(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = office.engine()
    faults = iter([StoreError(failure("VF-STORE-01", detail="x"))])

    def due() -> list[int]:
        for fault in faults:
            raise fault
        return [1]

    monkeypatch.setattr(engine, "due", due)
    thread = SyncThread(engine, every_seconds=0.02)
    listener = listening(thread)
    with qtbot.waitSignal(thread.mailbox_finished, timeout=SOON_MS):
        thread.start()
    assert [one.code for one in listener.failures] == ["VF-STORE-01"]
    thread.shutdown()
    assert thread.wait(10_000)


@pytest.mark.expected_log("the sync engine met an unforeseen fault")
def test_an_unforeseen_fault_does_not_end_the_thread(
    qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = office.engine()
    faults = iter([ZeroDivisionError()])

    def due() -> list[int]:
        for fault in faults:
            raise fault
        return [2]

    monkeypatch.setattr(engine, "due", due)
    thread = SyncThread(engine, every_seconds=0.02)
    listener = listening(thread)
    with qtbot.waitSignal(thread.mailbox_finished, timeout=SOON_MS):
        thread.start()
    assert [one.code for one in listener.failures] == ["VF-INTERNAL-01"]
    thread.shutdown()
    assert thread.wait(10_000)


def test_the_loop_itself(office: Office) -> None:
    """The same in this thread, where the coverage tracer sees it."""
    engine = office.engine()
    thread = SyncThread(engine, every_seconds=0)
    listener = listening(thread)
    thread.idle.connect(thread.shutdown)
    thread.request_sync([2])
    thread.run()
    assert {one.person_id for one in listener.results} == set(PEOPLE)
    assert listener.failures == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (StoreError(failure("VF-STORE-01", detail="x")), "VF-STORE-01"),
        (ZeroDivisionError(), "VF-INTERNAL-01"),
    ],
)
@pytest.mark.expected_log("the sync engine met an unforeseen fault", optional=True)
def test_the_loop_tells_every_fault(
    office: Office, monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str
) -> None:
    engine = office.engine()

    def due() -> list[int]:
        raise fault

    monkeypatch.setattr(engine, "due", due)
    thread = SyncThread(engine, every_seconds=0)
    listener = listening(thread)
    thread.engine_failed.connect(thread.shutdown)
    thread.run()
    assert [one.code for one in listener.failures] == [code]


def test_the_loop_with_nothing_to_do_and_with_everybody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = office.engine()
    thread = SyncThread(engine, every_seconds=0)
    listener = listening(thread)
    thread.set_paused(True)
    answers = iter([[], list(PEOPLE)])
    monkeypatch.setattr(engine, "everybody", lambda: next(answers))
    thread.request_sync()
    thread._batch()
    assert (listener.results, listener.progress) == ([], [])
    thread.request_sync()
    thread.shutdown()
    thread._batch()
    assert listener.results == [], "a thread that is to end begins nothing"
    assert listener.progress == [Progress(0, len(PEOPLE))]


def test_a_paused_thread_leaves_who_was_woken_to_polling_and_rests(office: Office) -> None:
    engine = office.engine()
    thread = SyncThread(engine)
    thread.set_paused(True)
    engine._wakes.wake([3])
    thread._batch()
    assert engine._wakes._ready_at == {}, "it would not rest while somebody is ready"

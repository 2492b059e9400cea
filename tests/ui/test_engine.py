"""The engine as the window shows it."""

from __future__ import annotations

from collections.abc import Callable

from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from tests.ui.still_engine import Done, Step, StillEngine
from vfadmin.errors import failure
from vfadmin.ui.persons.columns import At


def some(state: str) -> int:
    return next(one.id for one in sample(40) if one.active and one.state == state and one.kind == "person")


def test_a_finished_mailbox_refreshes_its_row_and_no_other(house: House, show: Callable[..., Shown]) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    shown.window.interior.following.end()  # so that nobody but the engine tells
    person, other = some("passive"), some("error")
    house.services.activation.activate([person])
    house.services.activation.resume([other])
    engine.mailbox_finished.emit(Done(person))
    shown.wait(lambda: shown.row(person).state == "active")
    assert shown.row(other).state == "error", "nobody said that this one moved"


def test_progress_is_shown_and_can_be_cancelled(house: House, show: Callable[..., Shown]) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    line = shown.window.interior.line
    engine.progress.emit(Step(3, 20))
    shown.wait(lambda: "3 / 20" in line.doing.text())
    line.cancel.click()
    assert engine.cancelled == 1
    engine.progress.emit(Step(20, 20))
    engine.idle.emit()
    shown.wait(lambda: not line.progress.isVisible())


def test_many_reports_are_gathered(house: House, show: Callable[..., Shown]) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    told: list[frozenset[int]] = []
    shown.window.interior.engine.touched.connect(told.append)
    for person in range(500):
        engine.mailbox_finished.emit(Done(person))
    shown.wait(lambda: bool(told))
    assert told == [frozenset(range(500))]


def test_synchronise_now_asks_for_the_selected_or_for_everybody(
    house: House, show: Callable[..., Shown]
) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    shown.screen.view.clearSelection()
    shown.screen.actions_bar.made["sync"].trigger()
    person = some("active")
    shown.screen.view.go_to(person, At.NAME)
    shown.wait(shown.screen.actions_bar.made["sync"].isEnabled)
    shown.screen.actions_bar.made["sync"].trigger()
    assert engine.asked == [None, (person,)]


def test_pause_is_passed_on(house: House, show: Callable[..., Shown]) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    shown.window.interior.line.pause.click()
    shown.window.interior.line.pause.click()
    assert engine.paused == [True, False]


def test_a_failure_of_the_engine_is_told(house: House, show: Callable[..., Shown]) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    engine.engine_failed.emit(failure("EX-AUTH-01", account="ESIM\\svc", offers="Basic"))
    shown.wait(lambda: "ESIM\\svc" in shown.screen.bar.message)


def test_closing_waits_for_the_write_in_hand_without_freezing(
    house: House, show: Callable[..., Shown]
) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    engine.let_go.clear()
    shown.window.close()
    assert shown.window.isVisible()
    assert "Suljetaan" in shown.window.interior.line.doing.text()
    assert engine.isRunning()
    engine.let_go.set()
    shown.wait(lambda: not shown.window.isVisible())
    assert engine.isFinished()

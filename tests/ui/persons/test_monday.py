"""A Monday with hundreds of stopped rows: find the cause, select all it stopped, resume (R21, R23, R24)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import House, Shown
from tests.ui.people import Sample, sample
from tests.ui.still_engine import Done, Step, StillEngine

CAUSES = ("EX-IMP-01", "EX-MBX-01", "EX-IMP-01")


def red(place: int, one: Sample) -> Sample:
    """The person, stopped over the weekend."""
    if one.kind == "resource" or not one.active:
        return one
    return replace(
        one, state="error", error=CAUSES[place % 3], delayed=False, login=one.login or one.email, waiting=0
    )


@pytest.fixture
def engine() -> StillEngine:
    return StillEngine()


@pytest.fixture
def monday(
    make_house: Callable[..., House], show: Callable[..., Shown], engine: StillEngine
) -> tuple[Shown, House]:
    house = make_house([red(place, one) for place, one in enumerate(sample(310))])
    return show(house.services, engine=engine), house


def stopped_by(house: House, code: str) -> set[int]:
    return {one.id for one in house.people if one.error == code}


def pick(shown: Shown, code: str, found: int) -> None:
    """Tick the errors, then the cause."""
    cause = shown.screen.criteria.cause
    assert cause.isHidden(), "while nobody asks for errors, causes take no room"
    shown.screen.criteria.chips["error"].click()
    shown.wait(lambda: cause.box.findData(code) > 0)
    cause.box.setCurrentIndex(cause.box.findData(code))
    shown.wait(lambda: len(shown.rows()) == found)


def test_r24_all_that_share_a_cause_are_resumed_in_four_clicks(monday: tuple[Shown, House]) -> None:
    shown, house = monday
    ours, others = stopped_by(house, "EX-IMP-01"), stopped_by(house, "EX-MBX-01")
    assert len(ours) > 150
    pick(shown, "EX-IMP-01", len(ours))
    cause = shown.screen.criteria.cause
    words = f"Impersonointitunnuksella ei ole oikeutta postilaatikkoon · EX-IMP-01 · {len(ours)}"
    assert cause.box.currentText() == cause.box.toolTip() == words
    assert cause.all.text() == f"Valitse kaikki {len(ours)}"
    cause.all.click()
    assert set(shown.screen.view.selected_ids()) == ours
    with shown.hears(shown.screen.worker.finished):
        shown.screen.actions_bar.buttons["resume"].click()
    assert f"{len(ours)} henkilön synkronointi palautettiin" in shown.screen.bar.message
    assert {house.services.directory.person(one).state for one in ours} == {"active"}
    assert {house.services.directory.person(one).state for one in others} == {"error"}


def test_r24_the_cause_stays_picked_when_nothing_stands_for_it_any_more(monday: tuple[Shown, House]) -> None:
    shown, house = monday
    ours = stopped_by(house, "EX-MBX-01")
    pick(shown, "EX-MBX-01", len(ours))
    house.services.activation.resume_all("EX-MBX-01")
    QTest.keyClick(shown.window, Qt.Key.Key_F5)
    shown.wait(lambda: not shown.rows())
    shown.wait(lambda: shown.screen.criteria.cause.box.currentText().endswith(" · 0"))
    assert shown.screen.criteria.cause.code == "EX-MBX-01"


def test_r21_one_cause_leaves_the_figures_of_the_states_alone(monday: tuple[Shown, House]) -> None:
    shown, house = monday
    ours = stopped_by(house, "EX-MBX-01")
    everybody = len(ours) + len(stopped_by(house, "EX-IMP-01"))
    pick(shown, "EX-MBX-01", len(ours))
    with shown.hears(shown.screen.searcher.counted):
        shown.screen.searcher.recount()
    chips = shown.screen.criteria.chips
    assert chips["error"]._count == everybody
    assert chips["active"]._count
    chips["error"].click()
    shown.wait(lambda: len(shown.rows()) > everybody)
    assert shown.screen.criteria.criteria().error_code is None
    assert shown.screen.criteria.cause.code is None, "a filter nobody sees does not come back later"


def test_the_selection_survives_what_the_engine_reports_meanwhile(
    monday: tuple[Shown, House], engine: StillEngine
) -> None:
    shown, house = monday
    ours = stopped_by(house, "EX-MBX-01")
    pick(shown, "EX-MBX-01", len(ours))
    shown.screen.criteria.cause.all.click()
    with shown.hears(shown.screen.searcher.rows_read):
        for one in sorted(ours):
            engine.mailbox_finished.emit(Done(one))
    assert set(shown.screen.view.selected_ids()) == ours
    assert f"{len(ours)} valittu" in shown.window.interior.line.rows.text()


def test_a_change_of_many_keeps_its_progress_and_its_cancel_while_the_engine_works(
    monday: tuple[Shown, House], engine: StillEngine
) -> None:
    """Resumed rows are due at once, so the engine works beside the change that resumes them."""
    shown, _house = monday
    line = shown.window.interior.line
    shown.screen.working.emit("Palautetaan 50 / 200", 50, 200)
    with shown.hears(shown.window.interior.engine.progressed):
        engine.progress.emit(Step(3, 7))
    assert (line.doing.text(), line.progress.value()) == ("Palautetaan 50 / 200", 50)
    with shown.hears(shown.window.interior.engine.rested):
        engine.idle.emit()
    assert not line.cancel.isHidden()
    assert not line.progress.isHidden()
    with shown.hears(shown.window.interior.engine.progressed):
        engine.progress.emit(Step(4, 7))
    shown.screen.working.emit("", 0, 0)
    assert (line.doing.text(), line.progress.value()) == ("Synkronoidaan 4 / 7", 4)

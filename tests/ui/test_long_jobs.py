"""A long job that ends while nobody looks is told; nobody is told what he sees, or what took a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.clock import FakeClock
from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from tests.ui.persons.test_exporting import Chooser
from tests.ui.still_engine import Done, Step, StillEngine
from vfadmin.errors import failure
from vfadmin.ui.desk import Lane
from vfadmin.ui.long_jobs import LONG, LongJobs
from vfadmin.ui.toast import Toast
from vfadmin.ui.translations import Speaker

# Qt says so where an icon is made without a tray; the program makes none there.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)

MOMENT = timedelta(seconds=1)
ACTIVE = Qt.ApplicationState.ApplicationActive


def jobs(shown: Shown) -> LongJobs:
    assert shown.window.interior.jobs is not None
    return shown.window.interior.jobs


def toast(shown: Shown, *, tray: bool = True) -> Toast:
    """The window's, on a system that has a tray or not."""
    made = jobs(shown).toast
    made._available = lambda: tray
    return made


def told(shown: Shown) -> str:
    icon = toast(shown).icon
    return icon.toolTip() if icon is not None and icon.isVisible() else ""


@contextmanager
def held(shown: Shown, lane: Lane) -> Iterator[None]:
    """What is asked on this lane meanwhile waits."""
    gate = Event()
    shown.window.interior.desk.ask(
        shown.window, lambda _: gate.wait(), lambda _: None, lambda _: None, lane=lane
    )
    try:
        yield
    finally:
        gate.set()


def passivate_many(shown: Shown, clock: FakeClock, *, after: timedelta) -> None:
    """Passivate everybody, which takes so long."""
    with held(shown, Lane.WRITE):
        shown.screen.view.selectAll()
        shown.screen.act("passivate")
        assert shown.screen.worker.busy
        clock.advance(after)
    shown.wait(lambda: not shown.screen.worker.busy and "passivoitiin" in shown.screen.bar.message)


@pytest.fixture
def many(make_house: Callable[..., House], show: Callable[..., Shown]) -> Shown:
    """A window on more persons than one call changes."""
    return show(make_house(list(sample(133))).services)


def test_r23_a_change_of_many_that_ends_out_of_sight_is_told_as_the_bar_tells_it(
    many: Shown, fake_clock: FakeClock
) -> None:
    toast(many)
    many.window.showMinimized()
    passivate_many(many, fake_clock, after=LONG)
    many.wait(lambda: told(many) != "")
    assert told(many) == many.screen.bar.message


def test_a_moment_is_not_worth_a_word(many: Shown, fake_clock: FakeClock) -> None:
    toast(many)
    many.window.showMinimized()
    passivate_many(many, fake_clock, after=LONG - MOMENT)
    assert not jobs(many)._afterwards.isActive()
    assert told(many) == ""


def test_who_looks_at_the_window_is_not_told_twice(many: Shown, fake_clock: FakeClock) -> None:
    many.window.activateWindow()
    many.wait(lambda: QApplication.activeWindow() is many.window)
    passivate_many(many, fake_clock, after=2 * LONG)
    assert not jobs(many)._afterwards.isActive()
    assert jobs(many)._toast is None, "and nothing was imported for it"


def test_an_export_that_ends_out_of_sight_is_told(
    shown: Shown, fake_clock: FakeClock, tmp_path: Path
) -> None:
    toast(shown)
    shown.window.showMinimized()
    shown.screen.exporter.ask_path = Chooser(tmp_path / "lista.csv")
    going: list[str] = []
    shown.screen.exporter.working.connect(lambda text, _done, _total: going.append(text))
    with held(shown, Lane.FILE):
        shown.screen.act("export")
        shown.wait(lambda: bool(going))
        fake_clock.advance(LONG)
    shown.wait(lambda: told(shown).endswith("kirjoitettiin tiedostoon lista.csv."))


def out_of_sight(house: House, show: Callable[..., Shown]) -> tuple[Shown, StillEngine]:
    """A window, minimised, and its engine."""
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    toast(shown)
    shown.window.showMinimized()
    return shown, engine


def synchronised(
    house: House, show: Callable[..., Shown], clock: FakeClock, *results: Done
) -> tuple[Shown, StillEngine]:
    """A window, minimised, in which a sync of a long time ended so."""
    shown, engine = out_of_sight(house, show)
    shown.screen.act("sync")
    clock.advance(LONG)
    for result in results:
        engine.mailbox_finished.emit(result)
    engine.idle.emit()
    return shown, engine


@pytest.mark.parametrize(
    ("language", "failed", "expected"),
    [
        ("fi", 0, "3 postilaatikkoa synkronoitiin."),
        ("fi", 1, "2 postilaatikkoa synkronoitiin. 1 epäonnistui. Syy näkyy henkilön rivillä."),
        ("fi", 3, "3 epäonnistui. Syyt näkyvät henkilöiden riveillä."),
        ("en", 2, "1 mailbox synchronised. 2 failed; the persons' rows say why."),
    ],
)
def test_a_sync_that_ends_out_of_sight_is_told_and_stands_in_the_bar(
    house: House,
    show: Callable[..., Shown],
    fake_clock: FakeClock,
    speaker: Speaker,
    language: str,
    failed: int,
    expected: str,
) -> None:
    speaker.speak(language)
    results = (Done(one, ok=one >= failed) for one in range(3))
    shown, _ = synchronised(house, show, fake_clock, *results)
    shown.wait(lambda: told(shown) == expected)
    assert shown.screen.bar.message == expected


def test_a_batch_that_was_on_its_way_is_not_what_was_asked_for(
    house: House, show: Callable[..., Shown], fake_clock: FakeClock
) -> None:
    shown, engine = out_of_sight(house, show)
    engine.progress.emit(Step(0, 5))
    shown.wait(lambda: shown.window.interior.engine._busy)
    shown.screen.act("sync")
    fake_clock.advance(LONG)
    engine.mailbox_finished.emit(Done(7))
    engine.idle.emit()
    shown.wait(lambda: not shown.window.interior.engine._busy)
    assert told(shown) == ""
    engine.mailbox_finished.emit(Done(1))
    engine.idle.emit()
    shown.wait(lambda: told(shown) == "1 postilaatikko synkronoitiin.")


def test_what_the_engine_does_by_itself_is_told_to_nobody(
    house: House, show: Callable[..., Shown], fake_clock: FakeClock
) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    shown.window.showMinimized()
    rested: list[bool] = []
    shown.window.interior.engine.rested.connect(lambda: rested.append(True))
    engine.progress.emit(Step(0, 5))
    fake_clock.advance(LONG)
    engine.idle.emit()
    shown.wait(lambda: bool(rested))
    assert jobs(shown)._toast is None
    assert shown.screen.bar.message == ""


def test_a_sync_that_breaks_off_is_told_with_its_reason(
    house: House, show: Callable[..., Shown], fake_clock: FakeClock
) -> None:
    shown, engine = out_of_sight(house, show)
    shown.screen.act("sync")
    fake_clock.advance(LONG)
    engine.engine_failed.emit(failure("EX-AUTH-01", account="ESIM\\svc", offers="Basic"))
    shown.wait(lambda: "ESIM\\svc" in told(shown))
    assert told(shown) == shown.screen.bar.message


def test_the_icon_goes_when_somebody_looks_and_after_a_while_by_itself(shown: Shown) -> None:
    one = toast(shown)
    one.tell("good", "Valmis.")
    assert told(shown) == "Valmis."
    one._state_changed(Qt.ApplicationState.ApplicationInactive)
    assert told(shown) == "Valmis."
    one._state_changed(ACTIVE)
    assert told(shown) == ""
    one.tell("warn", "Valmis taas.")
    one._stay.timeout.emit()
    assert told(shown) == ""


def test_a_click_on_the_message_brings_the_window_to_the_front(shown: Shown) -> None:
    one = toast(shown)
    shown.window.showMinimized()
    one.tell("good", "Valmis.")
    assert one.icon is not None
    one.icon.messageClicked.emit()
    assert told(shown) == ""
    assert not shown.window.isMinimized()


def test_without_a_tray_only_the_task_bar_is_told(shown: Shown) -> None:
    one = toast(shown, tray=False)
    one.tell("good", "Valmis.")
    assert one.icon is None
    one.put_away()

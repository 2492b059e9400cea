"""R24, R28: three hundred red rows are a few causes; each is put back at once, and what comes of it told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMessageBox

from tests.clock import FakeClock
from tests.services.scenes import change, stop
from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from tests.ui.persons.test_exporting import Chooser
from tests.ui.persons.test_monday import CAUSES, red, stopped_by
from tests.ui.still_engine import StillEngine
from tests.ui.test_accessible import cut, nameless
from vfadmin.errors import StoreError, failure
from vfadmin.services.connections import Connections
from vfadmin.ui.persons.diagnosing import MOST
from vfadmin.ui.translations import Speaker
from vfadmin.ui.troubles import cause_table, person_table
from vfadmin.ui.troubles.screen import TroublesScreen


@pytest.fixture
def engine() -> StillEngine:
    return StillEngine()


@pytest.fixture
def monday(make_house: Callable[..., House]) -> House:
    return make_house([red(place, one) for place, one in enumerate(sample(310))])


def troubles(shown: Shown, stopped: int | None = None) -> TroublesScreen:
    """The screen, once it shows somebody, or so many."""
    shown.window.interior.navigation.go("troubles")
    screen = shown.window.interior.screens.troubles
    shown.wait(lambda: bool(screen.persons.persons) and stopped in (None, len(screen.persons.persons)))
    return screen


def pick(shown: Shown, screen: TroublesScreen, code: str) -> None:
    row = screen.causes.row_of(code)
    assert row is not None
    screen.cause_view.go_to(row)
    shown.wait(lambda: screen._code == code and bool(screen.persons.persons))


def texts(screen: TroublesScreen, row: int) -> list[str]:
    return [screen.causes.index(row, column).data() for column in range(len(cause_table.Column))]


def test_r24_three_hundred_red_rows_are_two_causes(show: Callable[..., Shown], monday: House) -> None:
    ours = stopped_by(monday, "EX-IMP-01")
    screen = troubles(show(monday.services), len(ours))
    assert screen.causes.rowCount() == len(set(CAUSES)) == 2
    assert texts(screen, 0)[:3] == [
        "Impersonointitunnuksella ei ole oikeutta postilaatikkoon · EX-IMP-01",
        str(len(ours)),
        "",
    ]
    assert "New-ManagementRoleAssignment" in screen.remedy.text()
    assert screen.resume_all.text() == f"Palauta kaikki ({len(ours)})"
    assert {one.id for one in screen.persons.persons} == ours


def test_r24_all_of_a_cause_are_put_back_in_one_click(
    show: Callable[..., Shown], monday: House, engine: StillEngine
) -> None:
    ours, others = stopped_by(monday, "EX-IMP-01"), stopped_by(monday, "EX-MBX-01")
    shown = show(monday.services, engine=engine)
    screen = troubles(shown, len(ours))
    screen.resume_all.setFocus()
    QTest.keyClick(screen.resume_all, Qt.Key.Key_Space)
    shown.wait(lambda: not screen.worker.busy and bool(screen.bar.message))
    assert shown.window.focusWidget() is screen.cause_view, "not another button"
    assert screen.bar.message == f"Palautettiin {len(ours)}: {len(ours)} odottaa vuoroaan."
    assert {monday.services.directory.person(one).state for one in ours} == {"active"}
    assert {monday.services.directory.person(one).state for one in others} == {"error"}
    assert set(engine.asked[-1] or ()) == ours
    shown.wait(lambda: screen._code == "EX-MBX-01")
    assert screen.causes.rowCount() == 1
    assert screen.aftermath.following


def test_r24_what_stops_again_is_told(
    show: Callable[..., Shown], monday: House, fake_clock: FakeClock
) -> None:
    shown = show(monday.services)
    screen = troubles(shown)
    pick(shown, screen, "EX-MBX-01")
    people = [one.id for one in screen.persons.persons]
    flags = screen.person_view.selectionModel().SelectionFlag
    for row in range(3):
        screen.person_view.selectionModel().select(screen.persons.index(row, 0), flags.Select | flags.Rows)
    assert screen.resume_some.text() == "Palauta valitut (3)"
    screen.resume_some.click()
    shown.wait(lambda: screen.bar.message == "Palautettiin 3: 3 odottaa vuoroaan.")
    works, again, delayed = people[:3]
    change(monday.store, works, last_synced_at=fake_clock())
    stop(monday.store, again, fake_clock(), "EX-MBX-01")
    change(monday.store, delayed, failing_since=fake_clock())
    screen.aftermath.look()
    shown.wait(lambda: not screen.aftermath.following)
    said = "Palautettiin 3: 1 toimii, 1 pysähtyi uudelleen, 1 yrittää itse uudelleen."
    assert (screen.bar.message, screen.bar.tone) == (said, "bad")
    assert monday.services.directory.person(people[3]).state == "error"


def disconnect(house: House) -> None:
    """From now on nothing of Exchange's can be asked."""
    for one in house.services.connections.list():
        house.services.connections.forget(one.name)


def test_r28_the_diagnosis_of_the_selected_mailbox_is_saved_by_its_key(
    show: Callable[..., Shown], monday: House, tmp_path: Path
) -> None:
    disconnect(monday)
    shown = show(monday.services)
    screen = troubles(shown)
    chooser = screen.diagnosing.ask_path = Chooser(tmp_path / "yksi.zip")
    screen.person_view.setFocus()
    screen.person_view.go_to(3)
    person = screen.persons.persons[3].id
    QTest.keyClick(shown.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    shown.wait(lambda: screen.bar.tone == "good")
    assert chooser.proposed[0].name.startswith(f"diagnoosi-{person}-")
    assert screen.bar.message == "Diagnoosi kirjoitettiin tiedostoon yksi.zip."
    with ZipFile(tmp_path / "yksi.zip") as archive:
        assert json.loads(archive.read("about.json"))["person"] == person


def test_r28_the_first_mailboxes_of_a_cause_are_one_file_and_can_be_stopped(
    show: Callable[..., Shown], monday: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show(monday.services)
    screen = troubles(shown)
    chooser = screen.diagnosing.ask_path = Chooser(tmp_path / "syy.zip")
    asked, answer = threading.Event(), threading.Event()

    def test(*_: object, **__: object) -> None:
        """A server that does not answer."""
        asked.set()
        answer.wait(30)

    going: list[str] = []
    screen.working.connect(lambda text, _done, _total: going.append(text))
    screen.person_view.clearSelection()
    with monkeypatch.context() as patch:
        patch.setattr(Connections, "test", test)
        screen.diagnosis.click()
        shown.wait(asked.is_set)
        assert shown.window.interior.screens.cancel()
        shown.wait(lambda: not screen.diagnosing.busy)
        answer.set()
    assert screen.bar.message == "Peruttiin: tiedostoa ei kirjoitettu."
    assert "Diagnoosi: tarkistetaan yhteys… (1 / 10)" in going
    assert going[-1] == ""
    assert chooser.titles == ["Tallenna 10 postilaatikon diagnoosi"]
    assert chooser.proposed[0].name.startswith(f"diagnoosi-{screen._code}-")
    assert not (tmp_path / "syy.zip").exists()
    disconnect(monday)
    screen.diagnosis.click()
    shown.wait(lambda: screen.bar.tone == "good")
    with ZipFile(tmp_path / "syy.zip") as archive:
        folders = {name.partition("/")[0] for name in archive.namelist()}
    assert folders == {str(one.id) for one in screen.persons.persons[:MOST]}


def test_all_is_well_again(show: Callable[..., Shown], monday: House, fake_clock: FakeClock) -> None:
    shown = show(monday.services)
    screen = troubles(shown)
    for code in set(CAUSES):
        pick(shown, screen, code)
        people = [one.id for one in screen.persons.persons]
        with shown.hears(screen.worker.finished):
            screen.resume_all.click()
        for one in people:
            change(monday.store, one, last_synced_at=fake_clock())
        screen.aftermath.look()
        shown.wait(lambda: not screen.aftermath.following)
        assert screen.bar.tone == "good"
        screen.look()
        shown.wait(lambda code=code: screen.causes.row_of(code) is None)
    assert screen.calm.title.isVisible()
    assert screen.calm.title.text() == "Mikään ei ole jumissa."


def test_who_tries_again_by_himself_cannot_be_put_back(
    show: Callable[..., Shown], make_house: Callable[..., House]
) -> None:
    people = [one for one in sample(60) if one.state != "error"]
    shown = show(make_house(people).services)
    screen = troubles(shown)
    assert not screen.resume_all.isEnabled()
    assert "yrittävät itse uudelleen" in screen.resume_all.toolTip()
    assert all(not one.stopped for one in screen.persons.persons)
    assert screen.sum.text().endswith(" yrittää uudelleen"), "and nothing of those who stopped, as nobody has"
    assert "," not in screen.sum.text()
    name = screen.persons.index(0, person_table.Column.NAME)
    assert name.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", Yrittää itse uudelleen")


def test_r30_another_mailbox_is_asked_about_first(
    show: Callable[..., Shown], make_house: Callable[..., House]
) -> None:
    people = [replace(one, error="EX-MBX-07") if one.error else one for one in sample(60)]
    house = make_house(people)
    shown = show(house.services)
    screen = troubles(shown)
    pick(shown, screen, "EX-MBX-07")
    screen.resume_all.click()
    (question,) = [one for one in screen.findChildren(QMessageBox) if one.isVisible()]
    assert "eri postilaatikko" in question.text().casefold()
    question.reject()
    assert all(house.services.directory.person(one.id).state == "error" for one in screen.persons.persons)


def test_by_keyboard_from_the_window_to_the_persons_form(show: Callable[..., Shown], monday: House) -> None:
    shown = show(monday.services)
    QTest.keyClick(shown.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    screen = shown.window.interior.screens.troubles
    shown.wait(lambda: bool(screen.persons.persons))
    screen.cause_view.setFocus()
    for wanted in (screen.resume_all, screen.diagnosis, screen.search, screen.person_view):
        QTest.keyClick(shown.window.focusWidget(), Qt.Key.Key_Tab)
        assert shown.window.focusWidget() is wanted
    screen.person_view.go_to(1)
    QTest.keyClick(screen.person_view, Qt.Key.Key_Return)
    shown.wait(lambda: bool(shown.screen.forms.open_ones))
    assert shown.screen.forms.open_ones[-1].person_id == screen.persons.persons[1].id


def test_a_cause_is_shown_in_the_search_view(show: Callable[..., Shown], monday: House) -> None:
    shown = show(monday.services)
    screen = troubles(shown)
    pick(shown, screen, "EX-MBX-01")
    screen.search.setFocus()
    QTest.keyClick(screen.search, Qt.Key.Key_Space)
    ours = stopped_by(monday, "EX-MBX-01")
    shown.wait(lambda: set(shown.rows()) == ours)
    assert shown.window.focusWidget() is shown.screen.view
    assert shown.window.interior.screens.currentWidget() is shown.screen


def test_one_person_is_told_in_his_own_words(show: Callable[..., Shown], monday: House) -> None:
    screen = troubles(show(monday.services))
    general = screen.message.text()
    screen.person_view.go_to(0)
    assert screen.message.text() != general
    screen.person_view.clearSelection()
    assert screen.message.text() == general


def test_a_store_out_of_reach_is_told(
    show: Callable[..., Shown], monday: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show(monday.services)
    screen = troubles(shown)

    def unreachable(*_: object, **_more: object) -> None:
        raise StoreError(failure("VF-STORE-03", path="vfadmin.db"))

    with monkeypatch.context() as patch:
        patch.setattr("vfadmin.ui.troubles.screen.read", unreachable)
        screen.look()
        shown.wait(lambda: bool(screen.bar.message))
    assert screen.bar.tone == "bad"
    assert screen.persons.persons, "what was known stays to be seen"


def test_it_reads_aloud_and_nothing_is_cut(
    show: Callable[..., Shown], monday: House, speaker: Speaker
) -> None:
    shown = show(monday.services)
    screen = troubles(shown)
    assert nameless(shown.window) == []
    shown.wait(lambda: cut(screen) == [])  # once what was read is laid out
    QAbstractItemModelTester(screen.causes)
    QAbstractItemModelTester(screen.persons)
    speaker.speak("en")
    shown.wait(lambda: screen.title.text() == "Problems")
    assert screen.causes.headerData(0, Qt.Orientation.Horizontal) == "Cause"
    assert screen.sum.text().endswith(" stopped"), "of what there is none nothing is said"
    shown.wait(lambda: cut(screen) == [])


def test_while_nobody_looks_nothing_is_asked(
    show: Callable[..., Shown], monday: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show(monday.services)
    screen = troubles(shown)
    shown.window.interior.navigation.go("people")
    asked: list[object] = []
    monkeypatch.setattr(shown.window.interior.desk, "ask", lambda *order, **_: asked.append(order))
    assert not screen._look.isActive()
    screen.look()
    assert asked == []


def test_everything_is_stopped_and_goes_on_again(
    show: Callable[..., Shown], monday: House, engine: StillEngine
) -> None:
    shown = show(monday.services, engine=engine)
    screen = troubles(shown)
    screen.pause.click()
    (question,) = [one for one in screen.findChildren(QMessageBox) if one.isVisible()]
    assert question.text() == "Keskeytetäänkö kaikki synkronointi kaikilla koneilla?"
    question.reject()
    assert not monday.services.settings.flag("paused")
    screen.pause.click()
    (question,) = [one for one in screen.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in question.buttons() if one.text() == "Keskeytä kaikki").click()
    shown.wait(lambda: screen.pause.text() == "Jatka synkronointia")
    assert monday.services.settings.flag("paused")
    shown.wait(lambda: "Kaikki synkronointi on keskeytetty" in shown.window.interior.banner.text)
    assert "Kaikki synkronointi on keskeytetty" in shown.screen.actions_bar.made["sync"].toolTip()
    screen.pause.click()
    shown.wait(lambda: screen.pause.text() == "Keskeytä kaikki…")
    assert not monday.services.settings.flag("paused")
    shown.wait(lambda: not shown.window.interior.banner.text)


def test_what_another_window_stopped_is_seen(show: Callable[..., Shown], monday: House) -> None:
    shown = show(monday.services)
    screen = troubles(shown)
    monday.services.settings.set_paused(True)
    screen.look()
    shown.wait(lambda: screen.pause.text() == "Jatka synkronointia")


def test_a_stop_that_fails_is_told(
    show: Callable[..., Shown], monday: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show(monday.services)
    screen = troubles(shown)
    monday.services.settings.set_paused(True)
    screen.look()
    shown.wait(lambda: screen.pause.text() == "Jatka synkronointia")

    def unreachable(*_: object, **_more: object) -> None:
        raise StoreError(failure("VF-STORE-03", path="vfadmin.db"))

    with monkeypatch.context() as patch:
        patch.setattr("vfadmin.ui.troubles.pause.pause", unreachable)
        screen.pause.click()
        shown.wait(lambda: screen.bar.tone == "bad" and bool(screen.bar.message))


def test_r24_who_comes_by_its_key_is_among_the_causes(monday: House, show: Callable[..., Shown]) -> None:
    shown = show(monday.services)
    troubles(shown)
    shown.window.interior.navigation.go("people")
    shown.window.interior.actions_made.made["go-troubles"].trigger()
    screen = shown.window.interior.screens.troubles
    shown.wait(lambda: screen.focusWidget() is screen.cause_view)
    QTest.keyClick(screen.cause_view, Qt.Key.Key_Down)
    shown.wait(lambda: screen._code == screen.causes.causes[1].code)

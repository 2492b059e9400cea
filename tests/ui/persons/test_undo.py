"""Undoing the last change from the window: its label, its refusal, and what it leaves (R23)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from sqlalchemy import select

from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from tests.ui.persons.test_work import press, some, state
from tests.ui.still_engine import StillEngine
from vfadmin.models import Audit
from vfadmin.ui.confirm import Question
from vfadmin.ui.persons.columns import At
from vfadmin.ui.translations import Speaker

CONTROL = Qt.KeyboardModifier.ControlModifier


def undo(shown: Shown) -> tuple[str, bool, str]:
    """The action's label, whether it is possible, and why not."""
    action = shown.screen.actions_bar.made["undo"]
    _, _, reason = action.toolTip().partition("\n")
    return action.text().replace("&", ""), action.isEnabled(), reason


def do(shown: Shown, action: str, ids: list[int]) -> None:
    with shown.hears(shown.screen.worker.finished):
        shown.screen.doing.act_on(action, ids)


def undone(house: House) -> list[str]:
    with house.store.read() as session:
        return list(session.scalars(select(Audit.subject).where(Audit.action == "integration.undo")))


def test_at_first_there_is_nothing_to_undo(shown: Shown) -> None:
    assert undo(shown) == ("Kumoa viimeisin muutos", False, "Ei ole mitään kumottavaa.")


def test_a_key_that_can_do_nothing_now_says_why(shown: Shown) -> None:
    shown.screen.view.setFocus()
    press(shown.screen.view, Qt.Key.Key_Z, CONTROL)
    assert shown.screen.bar.message == "Ei ole mitään kumottavaa."
    shown.screen.view.clearSelection()
    press(shown.screen.view, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert shown.screen.bar.message == "Valitse ensin henkilö."
    shown.screen.bar.hide()
    press(shown.screen.view, Qt.Key.Key_Q, CONTROL)
    assert not shown.screen.bar.message, "a key of nothing"


@pytest.mark.parametrize("wanted", ["fi", "en"])
def test_r23_many_are_undone_at_once_under_a_label_that_says_what(
    shown: Shown, house: House, speaker: Speaker, wanted: str
) -> None:
    speaker.speak(wanted)
    ids = some(lambda one: one.state == "active" and not one.delayed, 12)
    assert len(ids) == 12
    do(shown, "passivate", ids)
    label = {"fi": "Kumoa: 12 henkilön passivointi", "en": "Undo: passivate 12 persons"}[wanted]
    assert undo(shown) == (label, True, "")
    assert shown.screen.actions_bar.buttons["undo"].accessibleName() == label
    shown.screen.view.setFocus()
    with shown.hears(shown.screen.worker.finished):
        press(shown.screen.view, Qt.Key.Key_Z, CONTROL)
    assert {house.services.directory.person(one).state for one in ids} == {"active"}
    assert undone(house) == [f"person:{one}" for one in ids]
    assert not undo(shown)[1], "an undo is the last change now, and is not undone itself"
    shown.wait(lambda: state(shown, ids[0]) == "active")


def test_an_undone_activation_says_that_the_calendars_stay_as_they_are(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "passive")
    do(shown, "activate", [person])
    assert undo(shown)[0] == "Kumoa: 1 henkilön aktivointi"
    do(shown, "undo", [])
    assert house.services.directory.person(person).state == "passive"
    assert shown.screen.bar.message == (
        "1 henkilön aktivointi kumottiin. Sillä välin synkronoidut tapahtumat jäävät molempiin kalentereihin."
    )


def test_a_changed_login_goes_back(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "active")
    before = house.services.directory.person(person).login
    shown.screen.view.go_to(person, At.LOGIN)
    shown.wait(lambda: shown.row(person) is not None)
    with shown.hears(shown.screen.worker.login_stored):
        shown.screen.model.setData(shown.screen.view.currentIndex(), "ESIM\\uusi")
    assert undo(shown)[0] == "Kumoa: integraatiotunnuksen muutos"
    do(shown, "undo", [])
    assert house.services.directory.person(person).login == before
    shown.wait(lambda: shown.cell(person, At.LOGIN) == before)
    assert shown.screen.bar.message == "1 henkilön aiempi integraatiotunnus palautettiin."


def test_nothing_is_undone_while_a_login_is_on_its_way(shown: Shown, house: House) -> None:
    first, second = some(lambda one: one.state == "active", 2)
    do(shown, "passivate", [first])
    shown.screen.view.go_to(second, At.LOGIN)
    shown.wait(lambda: shown.row(second) is not None)
    with shown.hears(shown.screen.worker.login_stored):
        shown.screen.model.setData(shown.screen.view.currentIndex(), "ESIM\\uusi")
        shown.screen.act("undo")
        assert shown.screen.bar.message == "Edellinen muutos on vielä kesken."
    assert house.services.directory.person(first).state == "passive"
    assert house.services.directory.person(second).login == "ESIM\\uusi"


def test_rows_somebody_else_changed_meanwhile_are_left_and_named(shown: Shown, house: House) -> None:
    ids = some(lambda one: one.state == "active" and not one.delayed, 3)
    do(shown, "passivate", ids)
    house.services.directory.change_person(ids[1], name="Muutettu, Matti")
    do(shown, "undo", [])
    states = [house.services.directory.person(one).state for one in ids]
    assert states == ["active", "passive", "active"]
    assert shown.screen.bar.message == "2 henkilön passivointi kumottiin. 1 jätettiin ennalleen."
    assert f"Henkilön Muutettu, Matti ({ids[1]}) tiedot tai tila" in shown.screen.bar._details.text()


def test_of_very_many_left_rows_a_few_are_named_and_the_rest_counted(shown: Shown, house: House) -> None:
    ids = some(lambda one: one.state == "active", 15)
    do(shown, "passivate", ids)
    house.services.activation.activate(ids)
    do(shown, "undo", [])
    lines = shown.screen.bar._details.text().splitlines()
    assert (len(lines), lines[-1]) == (13, "Ja vielä 3 muuta.")


def test_a_removal_says_before_that_it_cannot_be_undone_and_then_refuses(shown: Shown) -> None:
    (person,) = some(lambda one: one.state == "passive")
    shown.screen.view.go_to(person, At.NAME)
    shown.screen.act("remove")
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    assert question.box.informativeText().startswith("Tilin poistamista ei voi kumota.")
    with shown.hears(shown.screen.worker.finished):
        question.yes.click()
    assert undo(shown) == ("Kumoa viimeisin muutos", False, "Tilin poistamista ei voi kumota.")


def test_a_resumption_is_not_undone(shown: Shown) -> None:
    do(shown, "resume", some(lambda one: one.state == "error", 1))
    assert undo(shown)[1:] == (False, "Palauttamista ei voi kumota. Voit sen sijaan passivoida integraation.")


def test_what_was_stored_in_a_form_is_changed_back_there(shown: Shown) -> None:
    first, second = some(lambda one: one.state == "active", 2)
    do(shown, "passivate", [first])
    shown.screen.open_form(second)
    form = shown.screen.forms.open_ones[0]
    form.basic.name.setText("Uusi, Nimi")
    form._edited()
    form.save_button.click()
    shown.wait(lambda: not shown.screen.forms.open_ones)
    assert undo(shown)[1:] == (False, "Henkilön lomakkeella tehdyt muutokset palautetaan lomakkeella.")


def test_a_refused_change_leaves_what_was_done_before_it_to_be_undone(shown: Shown) -> None:
    (person,) = some(lambda one: one.state == "active")
    do(shown, "passivate", [person])
    do(shown, "activate", some(lambda one: one.state == "unused", 1))
    assert undo(shown)[0] == "Kumoa: 1 henkilön passivointi"


def test_a_cancelled_undo_can_be_gone_on_with(
    make_house: Callable[..., House], show: Callable[..., Shown]
) -> None:
    house = make_house(list(sample(120)))
    shown = show(house.services, engine=StillEngine())
    ids = [one.id for one in house.people if one.active and one.state == "active" and one.kind == "person"]
    do(shown, "passivate", ids)
    told = QSignalSpy(shown.screen.working)
    shown.screen.worker.progress.connect(shown.screen.worker.cancel)
    do(shown, "undo", [])
    assert told.at(0)[0] == f"Kumotaan 0 / {len(ids)}"
    assert undo(shown)[0] == f"Kumoa: {len(ids) - 50} henkilön passivointi"
    shown.screen.worker.progress.disconnect(shown.screen.worker.cancel)
    do(shown, "undo", [])
    assert {house.services.directory.person(one).state for one in ids} == {"active"}

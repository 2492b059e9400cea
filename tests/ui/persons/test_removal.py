"""The question before a removal, with both choices (R30)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.conftest import House, Shown
from tests.ui.persons.test_work import press, some, state
from vfadmin.calendars.exchange.marks import uid_for
from vfadmin.models import Pair
from vfadmin.sync import takeout
from vfadmin.ui.confirm import Question
from vfadmin.ui.persons.columns import At


def test_r30_the_removal_question_offers_to_take_out_what_valueframe_brought(
    shown: Shown, house: House
) -> None:
    person, other = some(lambda one: one.state == "active", 2)
    with house.store.write() as session:
        for number, owner in ((1, person), (2, person), (3, other)):
            key = f"0f6a8f0e-5c11-4f6b-8f26-0a4f7b0f3a5{number}"
            pair = Pair(key=key, person_id=owner, valueframe_id=f"{number}", exchange_id=f"x{number}")
            pair.uid, pair.brought = uid_for(key), True
            session.add(pair)
    shown.screen.view.go_to(person, At.NAME)
    shown.screen.act("remove")
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    shown.wait(lambda: len(question.box.buttons()) == 3)
    assert "ValueFramesta 2 tapahtumaa" in question.box.informativeText()
    assert question.box.defaultButton() is question.no
    assert question.box.focusWidget() is question.no, "Enter means no, also after another verb came"
    (take_out,) = [one for one in question.box.buttons() if one not in (question.yes, question.no)]
    assert take_out.text() == "Poista ja siivoa postilaatikko"
    take_out.click()
    shown.wait(lambda: state(shown, person) == "passive")
    assert shown.screen.bar.message == "1 Exchange-tilin poistaminen alkoi."
    with house.store.read() as session:
        assert takeout.is_asked(session, person)
        assert not takeout.is_asked(session, other)


def test_r30_enter_removes_nothing_once_the_second_verb_is_there(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "active")
    with house.store.write() as session:
        key = "0f6a8f0e-5c11-4f6b-8f26-0a4f7b0f3a51"
        pair = Pair(key=key, person_id=person, valueframe_id="1", exchange_id="x1", brought=True)
        session.add(pair)
    shown.screen.view.go_to(person, At.NAME)
    shown.screen.act("remove")
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    shown.wait(lambda: len(question.box.buttons()) == 3)
    press(question.box, Qt.Key.Key_Return)
    shown.wait(lambda: shown.screen.findChild(Question) is None)
    assert house.services.directory.person(person).state == "active"


def test_r30_a_question_answered_before_the_count_offers_nothing_more(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "active")
    shown.screen.view.go_to(person, At.NAME)
    shown.screen.act("remove")
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    question.no.click()
    shown.wait(lambda: shown.screen.findChild(Question) is None)
    assert house.services.directory.person(person).state == "active"

"""Logins and states changed from the search view (R22, R23), by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.ui.conftest import House, Shown
from tests.ui.people import Sample, sample
from tests.ui.still_engine import StillEngine
from vfadmin.ui.confirm import Question
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.delegate import button_rect
from vfadmin.ui.persons.model import RejectedRole
from vfadmin.ui.style import shades

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def some(wanted: Callable[[Sample], bool], count: int = 1) -> list[int]:
    return [one.id for one in sample(40) if one.active and one.kind == "person" and wanted(one)][:count]


def click(shown: Shown, person_id: int, at: At) -> None:
    view = shown.screen.view
    place = shown.screen.model.position(person_id)
    assert place is not None
    index = shown.screen.model.index(place, at)
    view.scrollTo(index)
    rect = view.visualRect(index)
    spot = button_rect(rect).center() if at in (At.EDIT, At.SWITCH) else rect.center()
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)


def editor(shown: Shown) -> QLineEdit:
    found = shown.screen.view.viewport().findChild(QLineEdit, "cell")
    assert isinstance(found, QLineEdit)
    return found


def state(shown: Shown, person_id: int) -> str:
    return str(shown.row(person_id).state)


MOVES = ("to-graph", "to-ews")
MOVES_OVER_EWS = [one for one in MOVES if one != "to-graph"]
"""Those that are possible where no connection to Graph has been set."""


def press(
    widget: QWidget | None, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def test_r22_one_click_opens_the_login_and_enter_saves_it(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "unused")
    click(shown, person, At.LOGIN)
    line = editor(shown)
    line.setText("ESIM\\uusi")
    press(line, Key.Key_Return)
    shown.wait(lambda: bool(shown.row(person).login))
    assert house.services.directory.person(person).login == "ESIM\\uusi"


def test_r22_esc_takes_back_what_was_typed(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "active")
    before = house.services.directory.person(person).login
    click(shown, person, At.LOGIN)
    editor(shown).setText("ESIM\\toinen")
    press(editor(shown), Key.Key_Escape)
    assert shown.cell(person, At.LOGIN) == before
    assert house.services.directory.person(person).login == before


def test_a_bad_login_explains_itself_where_it_was_typed(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "unused")
    (other,) = some(lambda one: one.state == "active" and one.login)
    taken = house.services.directory.person(other).login
    click(shown, person, At.LOGIN)
    editor(shown).setText(taken)
    press(editor(shown), Key.Key_Return)
    shown.wait(lambda: shown.cell(person, At.LOGIN, RejectedRole) is not None)
    assert shown.cell(person, At.LOGIN) == taken, "what was typed is still there"
    assert (
        shown.cell(person, At.LOGIN, Qt.ItemDataRole.ToolTipRole)
        == shown.cell(person, At.LOGIN, RejectedRole).reason
    )
    assert shown.screen.bar.message
    assert house.services.directory.person(person).login == ""
    shown.screen.view.setFocus()
    press(shown.screen.view, Key.Key_Escape)
    assert shown.cell(person, At.LOGIN) == ""


def test_somebody_elses_change_of_a_login_is_shown_and_not_overwritten(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "passive")
    click(shown, person, At.LOGIN)
    house.services.activation.set_login(person, "ESIM\\muu")
    editor(shown).setText("ESIM\\oma")
    press(editor(shown), Key.Key_Return)
    shown.wait(lambda: shown.cell(person, At.LOGIN, RejectedRole) is not None)
    assert house.services.directory.person(person).login == "ESIM\\muu"


def test_r23_the_last_button_activates_passivates_and_resumes(shown: Shown) -> None:
    for was, becomes, word in (
        ("passive", "active", "Aktivoi"),
        ("active", "passive", "Passivoi"),
        ("error", "active", "Palauta"),
    ):
        (person,) = some(lambda one, was=was: one.state == was and not one.delayed)  # type: ignore[misc]  # a default binds
        assert shown.cell(person, At.SWITCH) == word
        click(shown, person, At.SWITCH)
        shown.wait(lambda person=person, becomes=becomes: state(shown, person) == becomes)


def test_a_button_that_cannot_be_pressed_says_why(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "unused")
    click(shown, person, At.SWITCH)
    assert "Anna ensin integraatiotunnus" in shown.screen.bar.message
    assert house.services.directory.person(person).state == "unused"


def test_r23_a_selection_is_changed_together_and_told_by_the_row(shown: Shown, house: House) -> None:
    active = some(lambda one: one.state == "active", 2)
    passive = some(lambda one: one.state == "passive", 1)
    shown.screen.view.select_ids([*active, *passive], active[0])
    shown.screen.act("passivate")
    shown.wait(lambda: bool(shown.screen.bar.message))
    assert "2 henkilöä passivoitiin" in shown.screen.bar.message
    assert {house.services.directory.person(one).state for one in (*active, *passive)} == {"passive"}


def test_r23_removal_asks_first_and_enter_means_no(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "active")
    shown.screen.view.go_to(person, At.NAME)
    shown.screen.act("remove")
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    assert question.yes.text() == "Poista Exchange-tili"
    assert question.box.text() == f"Poistetaanko Exchange-tili henkilöltä {shown.row(person).name}?"
    assert question.box.defaultButton() is question.no
    press(question.box, Key.Key_Return)
    shown.wait(lambda: shown.screen.findChild(Question) is None)
    assert house.services.directory.person(person).state == "active"


def test_r23_removal_of_several_says_how_many(shown: Shown) -> None:
    several = some(lambda one: one.state == "active", 2)
    shown.screen.view.select_ids(several, several[0])
    shown.screen.act("remove")
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    assert question.box.text() == "Poistetaanko 2 henkilön Exchange-tilit?"
    question.no.click()


def test_r23_removal_agreed_to_leaves_the_login(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "active")
    login = house.services.directory.person(person).login
    shown.screen.view.go_to(person, At.NAME)
    shown.screen.act("remove")
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    question.yes.click()
    shown.wait(lambda: state(shown, person) == "unused")
    assert house.services.directory.person(person).login == login


def test_r23_search_login_activate_passivate_with_the_keyboard_alone(shown: Shown, house: House) -> None:
    """R23: entering a login on an unused row and pressing Enter, then Activate, is all it takes."""
    (person,) = some(lambda one: one.state == "unused")
    name = house.services.directory.person(person).name
    window, screen = shown.window, shown.screen
    window.activateWindow()
    press(window, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is screen.criteria.text
    shown.search(name, 1)
    press(QApplication.focusWidget(), Key.Key_Down)
    assert QApplication.focusWidget() is screen.view
    assert screen.view.current_id() == person
    press(screen.view, Key.Key_Return)
    line = editor(shown)
    line.setText("ESIM\\savirt")
    press(line, Key.Key_Return)
    shown.wait(lambda: bool(shown.row(person).login))
    shown.wait(screen.actions_bar.made["activate"].isEnabled)
    screen.view.setFocus()
    press(screen.view, Key.Key_End)
    assert screen.view.currentIndex().column() == At.SWITCH
    press(screen.view, Key.Key_Space)
    shown.wait(lambda: state(shown, person) == "active")
    press(window, Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    shown.wait(lambda: state(shown, person) == "passive")


def test_ctrl_a_selects_all_matches_and_f5_keeps_them(shown: Shown) -> None:
    view = shown.screen.view
    view.setFocus()
    press(view, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_ids() == shown.rows()
    with shown.hears(shown.screen.searcher.found):
        press(shown.window, Key.Key_F5)
    assert view.selected_ids() == shown.rows()
    assert f"{len(shown.rows())} valittua" in shown.window.interior.line.rows.text()


def test_a_key_that_is_held_takes_nobody_out_of_the_selection(shown: Shown, house: House) -> None:
    person = house.people[0].id
    QTest.keyPress(shown.screen.view, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        for _ in range(2):
            shown.screen.view.go_to(person, At.NAME)
            assert shown.screen.view.selected_ids() == [person]
        assert shown.screen.view.edit_login()
        assert shown.screen.view.selected_ids() == [person]
    finally:
        QTest.keyRelease(shown.screen.view, Qt.Key.Key_Control)


def test_several_refusals_are_told_without_one_persons_name(shown: Shown) -> None:
    unused = some(lambda one: one.state == "unused", 3)
    shown.screen.view.select_ids(unused, unused[0])
    shown.screen.doing.act_on("activate", unused)
    shown.wait(lambda: bool(shown.screen.bar.message))
    told = shown.screen.bar._details.text()
    assert told.startswith("3 × Integraatiotunnus puuttuu. ")
    assert shown.row(unused[0]).name not in told


def test_a_second_change_while_one_is_made_says_so(shown: Shown, house: House) -> None:
    first, second = some(lambda one: one.state == "active", 2)
    with shown.hears(shown.screen.worker.finished):
        shown.screen.doing.act_on("passivate", [first])
        shown.screen.doing.act_on("passivate", [second])
        assert shown.screen.bar.message == "Edellinen muutos on vielä kesken."
    assert house.services.directory.person(second).state == "active"


def test_a_change_of_many_can_be_cancelled_and_leaves_whole_rows(
    make_house: Callable[..., House], show: Callable[..., Shown]
) -> None:
    house = make_house(list(sample(240)))
    shown = show(house.services)
    active = [one.id for one in house.people if one.active and one.state == "active" and one.kind == "person"]
    shown.screen.worker.progress.connect(shown.screen.worker.cancel)
    told: list[str] = []
    shown.screen.working.connect(lambda text, _done, _total: told.append(text))
    with shown.hears(shown.screen.worker.finished) as finished:
        shown.screen.doing.act_on("passivate", active)
    outcome = finished.args[0]
    assert outcome.cancelled
    told_once = list(dict.fromkeys(told))  # what takes longer is told again
    assert told_once[:2] == [f"Passivoidaan 0 / {len(active)}", f"Passivoidaan 50 / {len(active)}"]
    assert outcome.changed == len(outcome.ids) < len(active)
    states = [house.services.directory.person(one).state for one in active]
    assert states.count("passive") == outcome.changed


@pytest.mark.parametrize(
    ("states", "possible"),
    [
        (
            ("active",),
            {"passivate", "remove", "sync", "form", "login", "diagnosis", "dry-run", *MOVES_OVER_EWS},
        ),
        (("passive",), {"preview", "activate", "remove", "form", "login", "diagnosis", "dry-run"}),
        (("error",), {"passivate", "resume", "remove", "form", "login", "alike", "diagnosis", "dry-run"}),
        (("unused",), {"form", "login", "diagnosis"}),
        (
            ("active", "passive", "error"),
            {"preview", "activate", "passivate", "resume", "remove", "sync", "dry-run", *MOVES_OVER_EWS},
        ),
    ],
)
def test_actions_are_possible_where_they_make_sense_and_else_say_why(
    house: House, show: Callable[..., Shown], states: tuple[str, ...], possible: set[str]
) -> None:
    shown = show(house.services, engine=StillEngine())
    ids = [some(lambda one, wanted=wanted: one.state == wanted)[0] for wanted in states]  # type: ignore[misc]  # a default binds
    shown.wait(lambda: shown.screen.surroundings.protocols is not None)
    shown.screen.view.select_ids(ids, ids[0])
    made = shown.screen.actions_bar.made
    shown.wait(lambda: made["form"].isEnabled() is (len(ids) == 1))
    enabled = {key for key, action in made.items() if action.isEnabled()}
    assert enabled == possible | {"select-all", "panel", "refresh", "copy", "copy-headings", "export"}
    for key, action in made.items():
        if not action.isEnabled():
            assert len(action.toolTip().splitlines()) == 2, f"{key} does not say why"


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_context_menu_offers_the_same_actions(shown: Shown) -> None:
    shown.screen.view.go_to(shown.rows()[0], At.NAME)
    shown.screen._menu(QPoint(20, 20))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    offered = [
        action.data() for action in menu.actions() if action.menu() is None and not action.isSeparator()
    ]
    menu.close()
    changes = ["preview", "activate", "passivate", "resume"]
    looks = ["dry-run", "diagnosis"]
    copies = ["copy", "copy-headings", "export"]
    assert offered == ["form", "login", "sync", *changes, "alike", *looks, *MOVES, "undo", *copies, "remove"]


def test_every_icon_of_the_context_menu_can_be_seen_on_its_ground(shown: Shown) -> None:
    bar = shown.screen.actions_bar
    shown.screen.view.selectAll()
    ground = QColor(shades(QApplication.palette()).base)
    for action in bar.menu(shown.screen).actions():
        if action.isSeparator():
            continue
        image = action.icon().pixmap(16, 16).toImage()
        inked = [
            colour
            for x in range(image.width())
            for y in range(image.height())
            if (colour := image.pixelColor(x, y)).alpha() > 200
        ]
        assert inked
        assert all(abs(colour.lightness() - ground.lightness()) > 60 for colour in inked), action.text()


def _states(shown: Shown, ids: Iterable[int]) -> set[str | None]:
    """What their rows say; None for one that is being read."""
    rows = [shown.row(one) for one in ids]
    return {None if row is None else row.state for row in rows}


def test_r24_all_that_share_a_cause_are_found_selected_and_resumed_by_keyboard(
    make_house: Callable[..., House], show: Callable[..., Shown]
) -> None:
    house = make_house(list(sample(130)))
    shown = show(house.services)
    stopped = [one for one in house.people if one.active and one.state == "error"]
    wanted = {one.id for one in stopped if one.error == "EX-IMP-01"}
    assert 1 < len(wanted) < len(stopped)
    view, control = shown.screen.view, Qt.KeyboardModifier.ControlModifier
    view.go_to(min(wanted), At.NAME)
    view.setFocus()
    shown.wait(lambda: shown.row(min(wanted)) is not None)
    press(shown.window, Key.Key_S, control | Qt.KeyboardModifier.ShiftModifier)
    shown.wait(lambda: set(shown.rows()) == wanted)
    press(view, Key.Key_A, control)
    press(shown.window, Key.Key_R, control | Qt.KeyboardModifier.ShiftModifier)
    shown.wait(lambda: _states(shown, wanted) == {"active"})
    shown.wait(lambda: not shown.rows())  # none of that cause is left
    shown.screen.criteria.cause.clear()
    shown.wait(lambda: set(shown.rows()) == {one.id for one in stopped} - wanted)


def test_r24_the_panel_leads_from_one_error_to_all_of_its_cause(shown: Shown) -> None:
    stopped = some(lambda one: one.state == "error")[0]
    code = next(one.error for one in sample(40) if one.id == stopped)
    shown.screen.view.go_to(stopped, At.NAME)
    button = shown.screen.summary._trouble.alike
    shown.wait(button.isVisible)
    button.click()
    shown.wait(lambda: shown.rows() == some(lambda one: one.error == code, 40))
    shown.screen.criteria.clear.click()
    shown.wait(lambda: len(shown.rows()) > 30)
    assert not shown.screen.criteria.cause.isVisible()

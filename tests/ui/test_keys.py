"""One registry of all that can be done: every key of the window is declared there, once, and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.clock import FakeClock
from tests.ui.conftest import WAIT_MS, House, Shown
from tests.ui.persons.test_work import editor, press, some
from vfadmin.ui.actions import ACTIONS, MENU, SPECS, By, Group
from vfadmin.ui.keys import KeysDialog, listed
from vfadmin.ui.made_actions import with_mnemonics
from vfadmin.ui.persons import cells
from vfadmin.ui.persons.columns import At
from vfadmin.ui.texts import STATES
from vfadmin.ui.translations import Speaker
from vfadmin.ui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def support(
    house: House, qtbot: object, speaker: Speaker, fake_clock: FakeClock, tmp_path: Path
) -> Iterator[MainWindow]:
    """The window of support, which has all screens."""
    del speaker
    settings = QSettings(str(tmp_path / "support.ini"), QSettings.Format.IniFormat)
    window = MainWindow(
        lambda: house.services,
        None,
        clock=fake_clock,
        settings=settings,
        support=True,
        log=tmp_path / "vfadmin.log",
    )
    window.show()
    window.open()
    qtbot.waitUntil(lambda: window.interior.desk.ready, timeout=WAIT_MS)  # type: ignore[attr-defined]  # a QtBot
    yield window
    window.close()
    window.finish()
    window.deleteLater()


def declared(by: By) -> set[str]:
    return {QKeySequence(keys).toString() for one in ACTIONS if one.by is by for keys in one.shortcut.split()}


def _is_seen(action: QAction | QShortcut) -> bool:
    """Whether the part of the window that it belongs to is shown: another screen's keys are not in force."""
    owner = action.parent()
    return not isinstance(owner, QWidget) or owner.isVisible()


def in_force(window: QWidget) -> list[str]:
    """The keys of every action and every shortcut that lives in the window."""
    seen = [one for one in window.findChildren(QAction) if _is_seen(one)]
    actions = [keys.toString() for one in seen for keys in one.shortcuts()]
    shortcuts = [one.key().toString() for one in window.findChildren(QShortcut) if _is_seen(one)]
    return actions + shortcuts


def test_every_key_of_the_window_is_declared_and_none_twice(support: MainWindow) -> None:
    screens = support.interior.screens
    others = (screens.imports, screens.preferences, screens.assistance, screens.log)
    for screen in (*others, screens.persons):
        screens.setCurrentWidget(screen)
        keys = in_force(support)
        assert [key for key, count in Counter(keys).items() if count > 1] == []
        assert set(keys) <= declared(By.BAR) | declared(By.WINDOW)
    assert set(keys) == declared(By.BAR) | declared(By.WINDOW), "all of them in the search view"
    assert not declared(By.KEYBOARD) & set(keys)
    buttons = [one for one in support.findChildren(QAbstractButton) if not one.shortcut().isEmpty()]
    assert [one.text() for one in buttons if not one.shortcut().toString().startswith("Alt+")] == []


@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_action_has_a_label_of_its_own_and_every_button_is_named_after_it(
    shown: Shown, speaker: Speaker, language: str
) -> None:
    speaker.speak(language)
    bar, window = shown.screen.actions_bar, shown.window
    shown.wait(lambda: window.interior.side.keys.accessibleName() == SPECS["keys"].text())
    labels = [spec.text() for spec in ACTIONS]
    assert all(labels)
    assert [label for label, count in Counter(labels).items() if count > 1] == []
    held = window.interior.screens.troubles.held.actions_made
    made = bar.made | window.interior.actions_made.made | {f"held-{word}": one for word, one in held.items()}
    assert set(made) == {spec.key for spec in ACTIONS if spec.by is not By.KEYBOARD} - {"go-support"}
    assert {key: action.text().replace("&", "") for key, action in made.items()} == {
        key: SPECS[key].text() for key in made
    }
    assert all(made[key].toolTip().startswith(SPECS[key].tip()) for key in made)
    assert {key: button.accessibleName() for key, button in bar.buttons.items()} == {
        key: SPECS[key].text() for key in bar.buttons
    }


@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_entry_of_the_menu_has_a_letter_that_no_other_has(
    shown: Shown, speaker: Speaker, language: str
) -> None:
    speaker.speak(language)
    for done in (None, "passivate"):
        if done is not None:
            with shown.hears(shown.screen.worker.finished):
                shown.screen.doing.act_on(done, some(lambda one: one.state == "active", 2))
        menu = shown.screen.actions_bar.menu(shown.screen)
        entries = [action for action in menu.actions() if not action.isSeparator()]
        assert [action.data() for action in entries] == [key for key in MENU if key]
        letters = [QKeySequence.mnemonic(action.text()).toString() for action in entries]
        assert all(letters)
        assert len(set(letters)) == len(letters)
        menu.deleteLater()


def test_a_letter_is_the_first_one_unless_another_label_has_no_other() -> None:
    assert with_mnemonics(["Open", "Passivate", "Prune all", "Pap", "12"]) == [
        *("&Open", "Pa&ssivate", "Prune &all"),
        *("&Pap", "12"),
    ]


@pytest.mark.parametrize("state", STATES)
def test_r22_the_buttons_of_a_row_say_what_the_actions_are_called(shown: Shown, state: str) -> None:
    (person,) = some(lambda one: one.state == state)
    action = SPECS[cells.switch_action(shown.row(person))]
    assert shown.cell(person, At.SWITCH) == action.button()
    assert shown.cell(person, At.EDIT) == SPECS["form"].button() == "Muokkaa"
    assert shown.cell(person, At.EDIT, Qt.ItemDataRole.ToolTipRole) == "Avaa henkilö (Alt+Enter)"


def lines(dialog: KeysDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def opened(window: MainWindow) -> KeysDialog:
    (dialog,) = window.findChildren(KeysDialog)
    return dialog


def test_ctrl_f1_lists_every_action_with_its_keys(shown: Shown) -> None:
    press(shown.window, Qt.Key.Key_F1, CONTROL)
    dialog = opened(shown.window)
    assert dialog.windowTitle() == "Pikanäppäimet"
    said = lines(dialog)
    assert {"Valitut henkilöt", "Haku ja tulokset", "Tuonti", "Ikkuna"} <= set(said)
    for spec in ACTIONS:
        assert (spec.text() in said) is (spec.key != "go-support"), spec.key
    undo = said.index("Kumoa viimeisin muutos")
    assert said[undo + 1 : undo + 3] == ["Ctrl", "Z"]
    press(dialog, Qt.Key.Key_Escape)
    shown.wait(lambda: not shown.window.findChildren(KeysDialog))


def test_support_is_shown_the_key_of_its_screen(support: MainWindow) -> None:
    assert SPECS["go-support"] in listed(support.interior.actions_made.made)[Group.WINDOW]


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_list_is_shown_once_stays_open_beside_the_work_and_follows_the_language(
    shown: Shown, speaker: Speaker
) -> None:
    shown.window.interior.side.keys.click()
    shown.window.interior.side.keys.click()
    dialog = opened(shown.window)
    assert not dialog.isModal()
    speaker.speak("en")
    shown.wait(lambda: dialog.windowTitle() == "Keyboard shortcuts")
    assert "Undo the last change" in lines(dialog)
    assert dialog.leave.text() == "Close"
    dialog.leave.click()


def test_nothing_in_the_list_is_cut(shown: Shown) -> None:
    shown.window.interior.side.keys.click()
    dialog = opened(shown.window)
    QApplication.processEvents()
    for label in dialog.findChildren(QLabel):
        assert label.width() >= label.sizeHint().width(), label.text()
    assert shown.window.interior.side.keys.width() >= shown.window.interior.side.keys.sizeHint().width(), (
        "nor on its button"
    )
    dialog.close()


@pytest.mark.parametrize(
    ("key", "place"),
    [(Qt.Key.Key_1, 0), (Qt.Key.Key_I, 1), (Qt.Key.Key_2, 2), (Qt.Key.Key_3, 3), (Qt.Key.Key_4, 4)],
    ids=["1", "I", "2", "3", "4"],
)
def test_a_key_with_ctrl_leads_to_each_of_the_screens(support: MainWindow, key: Qt.Key, place: int) -> None:
    support.interior.navigation.setCurrentRow(2 if place != 2 else 0)
    press(support, key, CONTROL)
    assert support.interior.navigation.currentRow() == place
    screens = support.interior.screens
    found = (
        screens.persons,
        screens.imports,
        screens.troubles,
        screens.preferences,
        screens.assistance,
    )[place]
    assert screens.currentWidget() is found


def test_the_search_is_found_from_any_screen(shown: Shown) -> None:
    shown.window.interior.navigation.go("settings")
    press(shown.window, Qt.Key.Key_F, CONTROL)
    assert shown.window.interior.screens.currentWidget() is shown.screen
    assert QApplication.focusWidget() is shown.screen.criteria.text


def test_f4_folds_the_summary_away_and_back(shown: Shown) -> None:
    for hidden in (True, False):
        press(shown.window, Qt.Key.Key_F4)
        assert shown.screen.summary.isHidden() is hidden
        assert shown.screen.actions_bar.panel.isChecked() is not hidden


def test_f2_opens_the_login_of_the_selected_person_and_leaves_an_open_one_alone(shown: Shown) -> None:
    (person,) = some(lambda one: one.state == "unused")
    shown.screen.view.go_to(person, At.NAME)
    shown.wait(shown.screen.actions_bar.made["login"].isEnabled)
    press(shown.window, Qt.Key.Key_F2)
    line = editor(shown)
    line.setText("ESIM\\kesken")
    shown.screen.act("login")
    assert editor(shown) is line
    assert line.text() == "ESIM\\kesken"
    press(line, Qt.Key.Key_Escape)


def test_while_a_text_is_edited_its_own_undo_comes_first(shown: Shown, house: House) -> None:
    (person,) = some(lambda one: one.state == "active")
    with shown.hears(shown.screen.worker.finished):
        shown.screen.doing.act_on("passivate", [person])
    text = shown.screen.criteria.text
    text.setFocus()
    QTest.keyClicks(text, "aa")
    press(text, Qt.Key.Key_Z, CONTROL)
    assert text.text() == ""
    assert not shown.screen.worker.busy
    assert house.services.directory.person(person).state == "passive"


def test_keys_of_the_search_view_rest_on_other_screens(shown: Shown) -> None:
    (person,) = some(lambda one: one.state == "active")
    shown.screen.view.go_to(person, At.NAME)
    shown.wait(shown.screen.actions_bar.made["passivate"].isEnabled)
    shown.window.interior.navigation.go("settings")
    press(shown.window, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert not shown.screen.worker.busy

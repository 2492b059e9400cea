"""A list brought in, corrected, imported and taken back by someone who has no mouse (R26)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.ui.bulk.journey import Import
from tests.ui.conftest import House, Shown
from tests.ui.lists import mixed, write_list
from tests.ui.persons.test_by_keyboard import focused, press, write
from tests.ui.persons.test_exporting import Chooser
from tests.ui.test_accessible import tabbed

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_r26_from_the_file_to_the_undo_without_a_mouse(shown: Shown, house: House, tmp_path: Path) -> None:
    file = write_list(tmp_path / "henkilöt.xlsx", mixed(house.people))
    press(Key.Key_I, CONTROL)
    listed = Import(shown)
    screen = listed.screen
    assert shown.window.interior.screens.currentWidget() is screen
    screen.files.ask_file = Chooser(file)
    press(Key.Key_O, CONTROL)
    listed.settled()
    assert focused() is screen.view, "the keyboard is in the rows as soon as they are there"
    for _ in range(12):
        press(Key.Key_Down)
    assert screen.detail.toPlainText().startswith("Rivi 14: Väärä Osoite")
    press(Key.Key_F2)
    line = listed.editor()
    line.selectAll()
    write("vaara.osoite@esimerkki.fi")
    press(Key.Key_Return)
    shown.wait(lambda: screen.loader.work is not None or bool(listed.plan.edited))
    listed.settled()
    press(Key.Key_Up)
    press(Key.Key_Space)
    assert screen.filters.figure.text() == "12 / 13 riviä valittu"
    press(Key.Key_O, ALT)
    shown.wait(lambda: screen.model.final)
    assert screen.report.sentence.text().startswith("Tuonti on valmis: lisätty 2, muutettu 1")
    assert focused() is screen.report.save
    screen.files.ask_path = Chooser(tmp_path / "raportti.xlsx")
    press(Key.Key_Space)
    shown.wait(lambda: screen.bar.message != "")
    assert (tmp_path / "raportti.xlsx").exists()
    press(Key.Key_K, ALT)
    shown.wait(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    shown.wait(lambda: focused() is box.defaultButton())
    screen.bar.hide()
    press(Key.Key_Tab)
    press(Key.Key_Space)
    shown.wait(lambda: screen.bar.message != "" and screen.loader.work is None and not screen.model.final)
    assert screen.bar.message.startswith("1 muutettu henkilö sai entiset tietonsa takaisin. 2 lisättyä")
    shown.window.activateWindow()
    shown.wait(lambda: QApplication.focusWidget() is screen.view)
    press(Key.Key_F, CONTROL)
    assert focused() is shown.screen.criteria.text


def test_tab_leads_through_the_screen_as_the_eye_reads(shown: Shown, house: House, tmp_path: Path) -> None:
    file = write_list(tmp_path / "henkilöt.xlsx", mixed(house.people))
    shown.window.interior.navigation.go("import")
    listed = Import(shown)
    screen = listed.screen
    assert tabbed(shown.window, screen.start.choose, [screen.start.choose, screen.start.template]) == [
        screen.start.choose,
        screen.start.template,
    ]
    screen.files.open(file)
    listed.settled()
    screen.head.columns.click()
    order = [screen.head.columns, screen.head.save, screen.head.choose, *screen.columns.combos.values()]
    order += [chip for chip in screen.filters.chips.values() if chip.isVisible()]
    order += [screen.filters.all, screen.filters.none, screen.view, screen.detail]
    order += [screen.foot.activate, screen.foot.apply]
    assert tabbed(shown.window, screen.head.columns, order) == order
    listed.apply()
    order = [screen.report.save, screen.report.undo, screen.report.another]
    order += [chip for chip in screen.filters.chips.values() if chip.isVisible()]
    order += [screen.view, screen.detail]
    assert tabbed(shown.window, screen.report.save, order) == order

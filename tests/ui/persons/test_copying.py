"""What is copied out of the results, and in which thread it was read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from vfadmin.ui.actions import ACTIONS
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.copying import Extract
from vfadmin.ui.refusals import Situation
from vfadmin.ui.translations import Speaker

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL, CTRL_SHIFT = Modifier.ControlModifier, Modifier.ControlModifier | Modifier.ShiftModifier


def clipboard() -> str:
    return QApplication.clipboard().text()


def press(shown: Shown, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    shown.screen.view.setFocus()
    QTest.keyClick(shown.screen.view, key, modifier)


def test_with_one_row_selected_its_current_cell_is_copied(shown: Shown) -> None:
    person = next(one for one in sample(40) if one.state == "error" and one.login)
    shown.screen.view.go_to(person.id, At.LOGIN)
    press(shown, Key.Key_C, CTRL)
    assert clipboard() == shown.row(person.id).login
    shown.screen.view.go_to(person.id, At.STATE)
    press(shown, Key.Key_C, CTRL)
    assert clipboard() == shown.cell(person.id, At.STATE), "the word, not the picture"


def test_a_mobile_sync_is_copied_as_its_name(shown: Shown) -> None:
    person = next(one for one in sample(40) if one.mobile == "syncml" and one.active)
    shown.screen.view.go_to(person.id, At.MOBILE)
    press(shown, Key.Key_C, CTRL)
    assert clipboard() == "SyncML"


def test_on_a_button_the_row_is_copied(shown: Shown) -> None:
    person = shown.rows()[0]
    shown.screen.view.go_to(person, At.EDIT)
    press(shown, Key.Key_C, CTRL)
    assert clipboard().split("\t")[2:4] == [str(person), shown.row(person).name]


def test_several_rows_are_copied_as_they_stand_with_tabs_between(shown: Shown) -> None:
    chosen = shown.rows()[2:5]
    shown.screen.view.select_ids(chosen, chosen[0])
    press(shown, Key.Key_C, CTRL)
    lines = clipboard().splitlines()
    assert [line.split("\t")[2] for line in lines] == [str(one) for one in chosen]
    for line, one in zip(lines, chosen, strict=True):
        row = shown.row(one)
        cells = [shown.cell(one, at) for at in (At.STATE, At.NAME, At.EMAIL, At.LOGIN, At.SYNCED)]
        found = line.split("\t")
        assert [found[0], *found[3:]] == cells
        assert found[3] == row.name


@pytest.mark.parametrize(
    ("language", "first"),
    [("fi", ["Tila", "ActiveSync", "ValueFrame ID", "Nimi"]), ("en", ["State", "ActiveSync"])],
)
def test_headings_come_along_also_with_one_row(
    shown: Shown, speaker: Speaker, language: str, first: list[str]
) -> None:
    speaker.speak(language)
    person = shown.rows()[0]
    shown.screen.view.go_to(person, At.NAME)
    press(shown, Key.Key_C, CTRL_SHIFT)
    headings, row = clipboard().splitlines()
    assert headings.split("\t")[: len(first)] == first
    assert row.split("\t")[3] == shown.row(person).name


def test_rows_that_were_not_read_yet_are_read_off_the_windows_thread(
    make_house: Callable[..., House], show: Callable[..., Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = make_house(list(sample(400)))
    shown = show(house.services)
    threads: set[int] = set()
    rows = type(house.services.search).rows

    def noted(self: object, ids: object) -> object:
        threads.add(threading.get_ident())
        return rows(self, ids)  # type: ignore[arg-type]  # the method's own arguments

    monkeypatch.setattr(type(house.services.search), "rows", noted)
    assert any(shown.row(one) is None for one in shown.rows())
    QApplication.clipboard().clear()
    shown.screen.criteria.all_asked.emit()
    press(shown, Key.Key_C, CTRL)
    shown.wait(lambda: clipboard() != "")
    assert [int(line.split("\t")[2]) for line in clipboard().splitlines()] == shown.rows()
    assert threading.get_ident() not in threads
    count = len(shown.rows())
    assert shown.screen.bar.message == f"{count} riviä kopioitiin."


def test_a_login_that_was_refused_is_copied_as_it_is_shown(shown: Shown) -> None:
    person = shown.rows()[0]
    shown.screen.model.reject(person, "EI\\kelpaa", "Ei kelpaa.")
    shown.screen.view.go_to(person, At.LOGIN)
    press(shown, Key.Key_C, CTRL)
    assert clipboard() == "EI\\kelpaa"


def test_a_tab_in_a_name_does_not_begin_a_new_cell(shown: Shown) -> None:
    row = replace(shown.row(shown.rows()[0]), name="Aho\tAnna\r\nMaria")
    extract = Extract((row.id, 0), (At.NAME, At.ID), False, shown.screen.model.clock(), {})
    assert extract.text([row]) == f"Aho Anna Maria\t{row.id}\n"


@pytest.mark.parametrize(
    ("name", "pasted"),
    [('=HYPERLINK("http://x")', """'=HYPERLINK("http://x")"""), ('"Aho" Anna', '"""Aho"" Anna"')],
)
def test_what_is_pasted_into_a_sheet_stays_a_text_in_its_cell(shown: Shown, name: str, pasted: str) -> None:
    row, clock = replace(shown.row(shown.rows()[0]), name=name), shown.screen.model.clock()
    assert Extract((row.id,), (At.NAME, At.ID), False, clock, {}).text([row]) == f"{pasted}\t{row.id}\n"
    assert Extract((row.id,), (At.NAME,), False, clock, {}).text([row]) == name, "one cell is as it is"


def test_the_line_of_a_login_copies_its_own_text(shown: Shown) -> None:
    shown.screen.criteria.text.setText("aalto")
    shown.screen.criteria.text.selectAll()
    shown.screen.criteria.text.setFocus()
    QTest.keyClick(shown.screen.criteria.text, Key.Key_C, CTRL)
    assert clipboard() == "aalto"


def test_copying_says_why_it_is_not_possible(speaker: Speaker) -> None:
    speaker.speak("en")
    for key in ("copy", "copy-headings"):
        (spec,) = (one for one in ACTIONS if one.key == key)
        assert spec.refusal(Situation()) == "The database is not open."
        assert spec.refusal(Situation(ready=True)) == "Select a person first."
        assert spec.refusal(Situation(ready=True, busy=True, selected=1)) == ""

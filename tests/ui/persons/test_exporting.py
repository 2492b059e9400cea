"""The export as an admin makes it: where to, how many, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from tests.ui.conftest import Shown
from vfadmin.ui.actions import ACTIONS
from vfadmin.ui.desk import Lane
from vfadmin.ui.persons.exporting import ask_path
from vfadmin.ui.refusals import Situation
from vfadmin.ui.translations import Speaker


class Chooser:
    """Answers with one file, and keeps what was asked."""

    def __init__(self, file: Path) -> None:
        self.file, self.titles, self.proposed = file, list[str](), list[Path]()

    def __call__(self, _parent: QWidget, title: str, proposed: Path, chosen: Callable[[str], None]) -> None:
        self.titles.append(title)
        self.proposed.append(proposed)
        chosen(str(self.file))


def export(shown: Shown, chooser: Chooser) -> None:
    shown.screen.exporter.ask_path = chooser
    shown.screen.view.setFocus()
    QTest.keyClick(shown.screen.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    shown.wait(lambda: not shown.screen.exporter.busy and shown.screen.bar.message != "")


def lines(file: Path) -> list[list[str]]:
    return [line.split(";") for line in file.read_text(encoding="utf-8-sig").splitlines()]


def test_what_is_selected_is_written_as_it_is_shown(shown: Shown, tmp_path: Path) -> None:
    chosen = shown.rows()[2:5]
    shown.screen.view.select_ids(chosen, chosen[0])
    chooser = Chooser(tmp_path / "lista.csv")
    export(shown, chooser)
    heads, *rows = lines(chooser.file)
    assert heads[:4] == ["Tila", "ActiveSync", "ValueFrame ID", "Nimi"]
    assert [int(row[2]) for row in rows] == chosen
    assert [row[3] for row in rows] == [shown.row(one).name for one in chosen]
    assert chooser.titles == ["Vie 3 henkilöä tiedostoon"]
    assert shown.screen.bar.message == "3 henkilöä kirjoitettiin tiedostoon lista.csv."


@pytest.mark.parametrize("everything", [True, False])
def test_with_nothing_or_everything_selected_all_that_were_found_go_out(
    shown: Shown, tmp_path: Path, everything: bool
) -> None:
    if everything:
        shown.screen.view.selectAll()
    else:
        shown.screen.view.clearSelection()
    chooser = Chooser(tmp_path / "lista.xlsx")
    export(shown, chooser)
    book = load_workbook(chooser.file)
    assert [row[2].value for row in book.worksheets[0].iter_rows(min_row=2)] == shown.rows()
    book.close()
    assert chooser.proposed[0].name.startswith("Henkilöt 20")


def test_a_file_that_cannot_be_written_has_a_remedy(shown: Shown, tmp_path: Path) -> None:
    export(shown, Chooser(tmp_path / "poissa" / "lista.csv"))
    assert "ei voi kirjoittaa" in shown.screen.bar.message
    assert "Sulje tiedosto Excelissä" in shown.screen.bar._remedy.text()


def test_a_cancel_from_the_lower_edge_leaves_no_file(shown: Shown, tmp_path: Path) -> None:
    chooser = Chooser(tmp_path / "lista.xlsx")
    shown.screen.exporter.ask_path = chooser
    gate = Event()
    shown.window.interior.desk.ask(
        shown.window, lambda _: gate.wait(), lambda _: None, lambda _: None, lane=Lane.FILE
    )
    shown.screen.act("export")
    assert shown.screen.exporter.busy
    shown.window.interior.cancel()
    gate.set()
    shown.wait(lambda: not shown.screen.exporter.busy)
    assert shown.screen.bar.message == "Peruttiin: tiedostoa ei kirjoitettu."
    assert not chooser.file.exists()


def test_a_second_export_waits_for_the_first(shown: Shown, tmp_path: Path) -> None:
    chooser = Chooser(tmp_path / "lista.csv")
    shown.screen.exporter.ask_path = chooser
    shown.screen.act("export")
    shown.screen.act("export")
    assert shown.screen.bar.message == "Edellistä tiedostoa kirjoitetaan vielä."
    shown.wait(lambda: not shown.screen.exporter.busy)
    assert len(chooser.titles) == 1


def test_the_dialog_asks_without_stopping_the_loop(shown: Shown, tmp_path: Path) -> None:
    answers: list[str] = []
    ask_path(shown.window, "Vie", tmp_path / "lista.xlsx", answers.append)
    (dialog,) = shown.window.findChildren(QFileDialog)
    dialog.filterSelected.emit("CSV (*.csv)")
    assert dialog.defaultSuffix() == "csv"
    dialog.fileSelected.emit(str(tmp_path / "x.csv"))
    dialog.reject()
    assert answers == [str(tmp_path / "x.csv")]


def test_exporting_says_why_it_is_not_possible(speaker: Speaker) -> None:
    speaker.speak("en")
    (spec,) = (one for one in ACTIONS if one.key == "export")
    assert spec.refusal(Situation()) == "The database is not open."
    assert spec.refusal(Situation(ready=True, busy=True)) == "The previous change is still being made."
    assert spec.refusal(Situation(ready=True)) == ""

"""What is looked into without changing anything: a diagnosis to a file, and what the next sync would do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.services.company import Company, address, running_company
from tests.ui.persons.inspected import HERS, Inspected, inspecting, set_apart
from vfadmin.services.comparison import StoppedError
from vfadmin.services.progress import Progress
from vfadmin.simulator import FaultRule
from vfadmin.ui.persons.dry_run import DryRunDialog
from vfadmin.ui.persons.dry_run_table import OperationColumn
from vfadmin.ui.persons.preview_table import FIGURES, Column
from vfadmin.ui.translations import Speaker
from vfadmin.ui.widgets import unbroken

HIS = 2


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """Two mailboxes in step; then something is done to the first."""
    with running_company(tmp_path, 2, 2) as company:
        set_apart(company)
        yield company


@pytest.fixture
def opened(company: Company, tmp_path: Path, qtbot: QtBot, speaker: Speaker) -> Iterator[Inspected]:
    del speaker
    with inspecting(company, tmp_path, qtbot) as opened:
        yield opened


class Chooser:
    """In the place of the system's dialog: chooses that file at once, and notes what was proposed."""

    def __init__(self, path: Path) -> None:
        self.path, self.proposed = path, ""

    def __call__(self, _parent: QWidget, _title: str, proposed: Path, chosen: Callable[[str], None]) -> None:
        self.proposed = proposed.name
        chosen(str(self.path))


def test_r28_a_diagnosis_is_saved_from_the_row_and_its_folder_opened(
    opened: Inspected, tmp_path: Path
) -> None:
    diagnosing = opened.screen.inspections.diagnosing
    chooser = diagnosing.ask_path = Chooser(tmp_path / "diagnoosi.zip")
    going: list[str] = []
    shown: list[Path] = []
    diagnosing.working.connect(lambda text, _done, _total: going.append(text))
    diagnosing.open_folder = lambda folder: bool(shown.append(folder)) or True
    opened.act("diagnosis", HERS)
    opened.wait(lambda: opened.screen.bar.tone == "good")
    assert chooser.proposed.startswith(f"diagnoosi-{HERS}-")
    assert opened.screen.bar.message == "Diagnoosi kirjoitettiin tiedostoon diagnoosi.zip."
    assert going[0].startswith("Diagnoosi: ")
    assert going[-1] == ""
    with ZipFile(tmp_path / "diagnoosi.zip") as archive:
        assert "report.html" in archive.namelist()
        plan = archive.read("plan.json")
    assert b'"only_valueframe": 1' in plan
    assert b"Uusi ValueFramessa" not in plan
    opened.screen.bar._offer.click()
    assert shown == [tmp_path]
    diagnosing.open_folder = lambda _folder: False
    opened.screen.bar._offer.click()
    assert opened.screen.bar.message == "Kansiota ei voitu avata."


def test_a_diagnosis_that_cannot_be_written_says_why_with_its_code(opened: Inspected, tmp_path: Path) -> None:
    opened.screen.inspections.diagnosing.ask_path = Chooser(tmp_path / "puuttuu" / "diagnoosi.zip")
    opened.act("diagnosis", HERS)
    opened.wait(lambda: opened.screen.bar.tone == "bad")
    assert "VF-IMPORT-07" in unbroken(opened.screen.bar._remedy.text())
    assert not opened.screen.inspections.busy


def test_the_form_saves_a_diagnosis_and_tells_of_it_there(opened: Inspected, tmp_path: Path) -> None:
    form = opened.form()
    form.diagnosing.ask_path = Chooser(tmp_path / "lomakkeelta.zip")
    form.tabs.setCurrentWidget(form.history)
    form.history.diagnosis.click()
    opened.wait(lambda: form.bar.tone == "good")
    assert (tmp_path / "lomakkeelta.zip").is_file()
    assert opened.screen.bar.message == ""


def test_a_diagnosis_is_cancelled_from_the_lower_edge(
    opened: Inspected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def compare(_self: object, _person: int, progress: Progress) -> Any:
        begun.set()
        while not progress.cancelled:
            ended.wait(0.01)
        ended.set()
        raise StoppedError

    monkeypatch.setattr(type(opened.company.services.comparisons), "compare", compare)
    diagnosing = opened.screen.inspections.diagnosing
    diagnosing.ask_path = Chooser(tmp_path / "diagnoosi.zip")
    opened.act("diagnosis", HERS)
    opened.wait(begun.is_set)
    opened.act("diagnosis", HERS)
    assert opened.screen.bar.message == "Edellistä diagnoosia tehdään vielä."
    opened.window.interior.cancel()
    opened.wait(lambda: not diagnosing.busy)
    assert opened.screen.bar.message == "Peruttiin: tiedostoa ei kirjoitettu."
    opened.wait(ended.is_set)
    assert not (tmp_path / "diagnoosi.zip").exists()


def preview(opened: Inspected, *persons: int) -> DryRunDialog:
    opened.act("dry-run", *persons)
    dialog = opened.screen.inspections.dialog
    assert dialog is not None
    opened.wait(lambda: bool(dialog.model.lines) and not dialog._reading)
    return dialog


def operations(dialog: DryRunDialog) -> set[tuple[str, str]]:
    table = dialog.operations
    return {
        (table.text(row, OperationColumn.EVENT), table.text(row, OperationColumn.WHAT))
        for row in range(table.rowCount())
    }


def test_r28_what_the_next_sync_would_do_is_told_by_the_event_and_in_sum(opened: Inspected) -> None:
    dialog = preview(opened, HERS, HIS)
    assert [dialog.model.lines[0].figure(column) for column in FIGURES] == [None, 1, 1, 1, 0]
    assert dialog.how_far.text() == "Luotavia: ValueFrameen 1, Exchangeen 1. Muutettavia: 1. Poistettavia: 0."
    assert operations(dialog) == {
        ("VF 0", "Viedään Exchangeen: paikka"),
        ("Uusi ValueFramessa", "Lisätään Exchangeen"),
        ("Uusi Outlookissa", "Lisätään ValueFrameen"),
    }
    dialog.view.go_to(1)
    assert operations(dialog) == set()
    assert dialog.detail.text() == "P2: Ei tehtävää"
    wrote = opened.company.sync()[:3]
    assert wrote == (1, 2, 0), "and that is what it did"
    dialog.again.click()
    opened.wait(lambda: not dialog._reading and dialog.model.lines[0].plan is not None)
    assert dialog.model.total(Column.TO_EXCHANGE) == 0
    dialog.reject()


def test_r24_a_mailbox_that_cannot_be_read_says_why_and_the_others_are_told(opened: Inspected) -> None:
    rule = {"mailbox": address(HIS), "code": "ErrorNonExistentMailbox", "status": 500, "times": None}
    opened.company.simulator.set_faults([FaultRule(**rule)])
    dialog = preview(opened, HERS, HIS)
    assert len(operations(dialog)) == 3
    dialog.view.go_to(1)
    assert "EX-MBX-01" in unbroken(dialog.detail.text())
    dialog.reject()


def test_r14_with_the_module_off_nothing_is_foretold_and_the_action_says_why(opened: Inspected) -> None:
    opened.company.services.settings.set_module(on=False)
    dialog = preview_refused(opened)
    assert "VF-MODULE-01" in unbroken(dialog.bar._remedy.text())
    opened.company.services.settings.set_module(on=True)
    dialog.bar._retry.click()
    opened.wait(lambda: dialog.model.lines[0].plan is not None)
    dialog.reject()


def preview_refused(opened: Inspected) -> DryRunDialog:
    opened.act("dry-run", HERS)
    dialog = opened.screen.inspections.dialog
    assert dialog is not None
    opened.wait(lambda: bool(dialog.bar.message))
    return dialog

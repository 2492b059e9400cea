"""The files of the import: dropped, chosen, protected, refused, with columns corrected, and written (R26)."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from tests.ui.bulk.journey import Import, chip_counts, held, opened, question, verb
from tests.ui.conftest import House, Shown
from tests.ui.lists import as_row, mixed, write_list
from tests.ui.persons.test_exporting import Chooser
from vfadmin.services.context import Services
from vfadmin.ui.bulk.columns_shown import FIRST
from vfadmin.ui.bulk.dialogs import PasswordDialog
from vfadmin.ui.bulk.files import ask_file, ask_path
from vfadmin.ui.bulk.loader import Work
from vfadmin.ui.desk import Lane
from vfadmin.ui.widgets import unbroken

Key = Qt.Key


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "ei voi lukea taulukkona"),
        (b"eka;toka\n1;2\n", "ei löydy otsikkoriviä"),
        (None, "ei voi lukea taulukkona (tiedostoa tai kansiota ei ole)"),
    ],
)
def test_r26_a_file_that_is_no_list_is_refused_with_a_remedy(
    shown: Shown, tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "luettelo.csv"
    if content is not None:
        file.write_bytes(content)
    screen = shown.window.interior.screens.imports
    shown.window.interior.navigation.go("import")
    screen.files.open(file)
    shown.wait(lambda: screen.loader.work is None)
    assert said in screen.start.title.text()
    assert "VF-" in screen.start.text.text()
    assert "--" not in screen.start.text.text(), "no options of a command line"
    assert screen.start.choose.isVisible()


def test_a_second_list_that_cannot_be_read_leaves_the_first(listed: Import, tmp_path: Path) -> None:
    bad = tmp_path / "kuva.png"
    bad.write_bytes(b"\x89PNG")
    listed.screen.files.open(bad)
    listed.settled()
    assert "kuva.png" in listed.screen.bar.message
    assert listed.screen.view.isVisible()
    assert listed.plan.file == "henkilöt.xlsx"


def test_no_remedy_of_the_window_speaks_of_a_command_line(listed: Import, tmp_path: Path) -> None:
    headless = tmp_path / "ilman.csv"
    headless.write_bytes(b"eka;toka\n1;2\n")
    listed.screen.files.open(headless)
    listed.settled()
    said = listed.screen.bar._remedy.text()
    assert said.startswith("Lisää luettelon alkuun rivi")
    listed.screen.loader.undo(4711)
    listed.settled()
    said += listed.screen.bar._remedy.text()
    assert "Viimeisimmät tuonnit" in said
    assert "vfadmin " not in said
    assert "--" not in said


def protected(file: Path, plain: Path, password: str) -> Path:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt(password, out)
    file.write_bytes(out.getvalue())
    return file


def test_r26_a_protected_list_asks_for_its_password_and_forgets_it(
    shown: Shown, house: House, tmp_path: Path
) -> None:
    plain = write_list(tmp_path / "avoin.xlsx", mixed(house.people))
    file = protected(tmp_path / "salattu.xlsx", plain, "Kesä2026")
    shown.window.interior.navigation.go("import")
    screen = shown.window.interior.screens.imports
    screen.files.open(file)
    shown.wait(lambda: bool(screen.findChildren(PasswordDialog)))
    (dialog,) = screen.findChildren(PasswordDialog)
    assert dialog.note.isHidden()
    assert dialog.line.echoMode() is QLineEdit.EchoMode.Password
    assert not dialog.open_button.isEnabled()
    dialog.line.setText("arvaus")
    dialog.open_button.click()
    shown.wait(lambda: any(not one.note.isHidden() for one in screen.findChildren(PasswordDialog)))
    again = next(one for one in screen.findChildren(PasswordDialog) if not one.note.isHidden())
    again.line.setText("Kesä2026")
    again.open_button.click()
    shown.wait(lambda: screen.loader.plan is not None)
    assert chip_counts(screen)["create"] == 2


def test_a_password_that_is_not_given_leaves_the_screen_as_it_was(
    shown: Shown, house: House, tmp_path: Path
) -> None:
    plain = write_list(tmp_path / "avoin.xlsx", mixed(house.people))
    shown.window.interior.navigation.go("import")
    screen = shown.window.interior.screens.imports
    screen.files.open(protected(tmp_path / "salattu.xlsx", plain, "x"))
    shown.wait(lambda: bool(screen.findChildren(PasswordDialog)))
    screen.findChildren(PasswordDialog)[0].reject()
    assert screen.start.choose.isVisible()
    assert screen.loader.work is None


def test_r26_columns_are_corrected_by_hand_and_remembered_for_the_next_list(
    shown: Shown, house: House, tmp_path: Path
) -> None:
    rows = [(one.name, one.email, one.login) for one in house.people if one.state == "passive"][:3]
    listed = opened(
        shown,
        write_list(
            tmp_path / "a.xlsx", [(*row, "Uusi") for row in rows], ("Nimi", "Osoite X", "Tunnus", "Firman Y")
        ),
    )
    panel = listed.screen.columns
    listed.screen.head.columns.click()
    assert panel.isVisible()
    assert "Otsikot ovat taulukon Henkilöt rivillä 1." in panel.intro.text()
    assert panel.combos["Nimi"].currentText() == "Nimi"
    assert panel.combos["Firman Y"].currentText() == "Ei käytetä"
    listed.choose_field("Firman Y", "company")
    listed.settled()
    assert listed.plan.columns["company"] == "Firman Y"
    assert "company" in listed.screen.model.fields
    listed.choose_field("Osoite X", "company")
    listed.settled()
    assert listed.plan.columns["company"] == "Osoite X"
    assert panel.combos["Firman Y"].currentData() is None, "a field has one column"
    listed.choose_field("Osoite X", "email")
    listed.settled()
    listed.choose_field("Firman Y", "company")
    listed.settled()
    listed.apply()
    listed.screen.report.another.click()
    again = opened(
        shown,
        write_list(tmp_path / "b.xlsx", [(*rows[0], "Muu")], ("Nimi", "Osoite X", "Tunnus", "Firman Y")),
    )
    assert again.plan.columns["company"] == "Firman Y"
    assert again.plan.columns["email"] == "Osoite X"
    said = unbroken(panel.intro.text())
    assert "Sarakkeet tulkitaan niin kuin tuki.k korjasi ne luettelossa a.xlsx" in said
    assert "niin kuin ne aiemmin korjattiin" in again.screen.head.note.text()
    again.screen.head.columns.click()
    assert panel.forget.isVisible()
    panel.forget.click()
    again.settled()
    assert house.services.bulk_import.layouts() == []
    assert again.plan.columns == {"name": "Nimi", "login": "Tunnus"}
    assert panel.forget.isHidden()
    assert "korjattiin" not in again.screen.head.note.text()


def test_forgetting_columns_asks_before_edited_cells_are_lost(
    shown: Shown, house: House, tmp_path: Path
) -> None:
    file = write_list(tmp_path / "a.xlsx", [("Uusi Henkilö", "Esimerkki Oy")], ("Nimi", "Firman Y"))
    service = house.services.bulk_import
    service.apply(service.check(file, columns={"company": "Firman Y"}))
    listed = opened(shown, file)
    listed.set_cell(2, "company", "Muu Oy")
    listed.settled()
    listed.screen.head.columns.click()
    listed.screen.columns.forget.click()
    question(listed.screen).reject()
    assert len(service.layouts()) == 1
    assert listed.plan.edited
    listed.screen.columns.forget.click()
    verb(question(listed.screen))
    listed.settled()
    assert service.layouts() == []
    assert "company" not in listed.plan.columns


def test_a_file_that_was_changed_since_it_was_read_is_another_list(listed: Import, house: House) -> None:
    """Rows left out by their numbers would be other persons now."""
    listed.go_to(12)
    QTest.keyClick(listed.screen.view, Key.Key_Space)
    assert listed.plan.source is not None
    write_list(listed.plan.source, [as_row(one) for one in house.people[:3]])
    listed.choose_field("Osasto", "calendar_name")
    listed.settled()
    assert listed.screen.bar.message.startswith("Tiedostoa henkilöt.xlsx on muutettu")
    assert not listed.screen.model.left
    listed.plan.source.unlink()
    listed.choose_field("Osasto", "kind")
    listed.settled()
    assert "ei voi lukea" in listed.screen.bar.message
    assert listed.plan.columns["calendar_name"] == "Osasto", "what was there stays"
    assert listed.screen.columns.combos["Osasto"].currentData() == "calendar_name"


def test_what_is_applied_is_what_was_shown_whatever_became_of_the_file(listed: Import, house: House) -> None:
    assert listed.plan.source is not None
    listed.plan.source.unlink()
    listed.apply()
    assert house.services.bulk_import.batches()[0].sha256 == listed.plan.sha256
    assert chip_counts(listed.screen)["create"] == 2


def test_a_cell_that_is_edited_while_a_report_is_written_is_not_lost(listed: Import, tmp_path: Path) -> None:
    listed.screen.files.ask_path = Chooser(tmp_path / "raportti.xlsx")
    with held(listed.shown, Lane.FILE):
        listed.screen.head.save.click()
        assert listed.screen.loader.work is Work.WRITE
        listed.set_cell(14, "email", "vaara.osoite@esimerkki.fi")
        listed.screen.foot.apply.click()
    listed.shown.wait(lambda: listed.plan.edited == {(14, "email")})
    listed.settled()
    assert chip_counts(listed.screen)["create"] == 3


def test_a_report_that_cannot_be_written_costs_no_edit(listed: Import) -> None:
    assert listed.plan.source is not None
    listed.screen.files.ask_path = Chooser(listed.plan.source)
    with held(listed.shown, Lane.FILE):
        listed.screen.head.save.click()
        listed.set_cell(14, "email", "vaara.osoite@esimerkki.fi")
    listed.shown.wait(lambda: listed.plan.edited == {(14, "email")})
    listed.settled()
    assert "ei voi kirjoittaa" in listed.screen.bar.message
    assert chip_counts(listed.screen)["create"] == 3


def test_what_is_being_typed_is_checked_before_anything_is_imported(listed: Import, house: House) -> None:
    listed.go_to(12, FIRST + listed.screen.model.fields.index("email"))
    listed.screen.view.edit_current()
    listed.editor().selectAll()
    QTest.keyClicks(listed.editor(), "ei osoite")
    listed.screen._apply()
    assert listed.screen.bar.message == "Rivejä tarkistetaan. Katso tulokset ja tuo sitten."
    listed.settled()
    assert house.services.bulk_import.batches() == []
    assert chip_counts(listed.screen)["reject"] == 3, "row 15 was a duplicate of row 12 and is none any more"
    listed.apply()
    assert listed.plan.edited == {(12, "email")}


def test_correcting_a_column_asks_before_edited_cells_are_lost(listed: Import) -> None:
    listed.set_cell(14, "email", "vaara.osoite@esimerkki.fi")
    listed.settled()
    listed.choose_field("Osasto", "calendar_name")
    question(listed.screen).reject()
    assert listed.screen.columns.combos["Osasto"].currentData() is None
    assert listed.plan.edited
    listed.choose_field("Osasto", "calendar_name")
    verb(question(listed.screen))
    listed.settled()
    assert listed.plan.columns["calendar_name"] == "Osasto"
    assert not listed.plan.edited


def test_another_list_replaces_this_one_after_a_question_only_if_there_is_work_in_it(
    listed: Import, house: House, tmp_path: Path
) -> None:
    other = write_list(tmp_path / "toinen.xlsx", [as_row(one) for one in house.people[:3]])
    listed.go_to(12)
    QTest.keyClick(listed.screen.view, Key.Key_Space)
    listed.screen.files.open(other)
    question(listed.screen).reject()
    assert listed.plan.file == "henkilöt.xlsx"
    QTest.keyClick(listed.screen.view, Key.Key_Space)
    listed.screen.files.open(other)
    listed.settled()
    assert listed.plan.file == "toinen.xlsx"
    assert len(listed.numbers()) == 3


def test_a_file_is_dropped(shown: Shown, house: House, tmp_path: Path) -> None:
    file = write_list(tmp_path / "pudotettu.xlsx", mixed(house.people))
    shown.window.interior.navigation.go("import")
    screen = shown.window.interior.screens.imports

    def data(*urls: QUrl) -> QMimeData:
        made = QMimeData()
        made.setUrls(list(urls))
        return made

    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    for urls in ((QUrl("https://esimerkki.fi/x.xlsx"),), (QUrl.fromLocalFile(str(file)),) * 2, ()):
        mime = data(*urls)
        event = QDragEnterEvent(QPoint(50, 50), copy, mime, left, none)
        event.setAccepted(False)
        screen.dragEnterEvent(event)
        assert not event.isAccepted()
    mime = data(QUrl.fromLocalFile(str(file)))
    enter = QDragEnterEvent(QPoint(50, 50), copy, mime, left, none)
    screen.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert screen.start.drop.property("over") is True
    screen.dropEvent(QDropEvent(QPointF(50, 50), copy, mime, left, none))
    assert screen.start.drop.property("over") is False
    shown.wait(lambda: screen.loader.plan is not None)
    assert screen.loader.plan is not None
    assert screen.loader.plan.file == "pudotettu.xlsx"


def test_an_empty_list_is_saved(shown: Shown, tmp_path: Path) -> None:
    screen = shown.window.interior.screens.imports
    shown.window.interior.navigation.go("import")
    chooser = Chooser(tmp_path / "malli.xlsx")
    screen.files.ask_path = chooser
    screen.start.template.click()
    shown.wait(lambda: screen.bar.message != "")
    assert screen.bar.message == "Tiedosto malli.xlsx tallennettiin."
    assert chooser.proposed[0].name == "Tuontiluettelo.xlsx"
    book = load_workbook(chooser.file)
    assert book.worksheets[0]["B1"].value == "Nimi"
    book.close()


def test_a_report_never_goes_over_the_list(listed: Import) -> None:
    assert listed.plan.source is not None
    before = listed.plan.source.read_bytes()
    listed.screen.files.ask_path = Chooser(listed.plan.source)
    listed.screen.head.save.click()
    listed.settled()
    assert "ei voi kirjoittaa" in listed.screen.bar.message
    assert listed.plan.source.read_bytes() == before


def test_the_dialogs_ask_without_stopping_the_loop(shown: Shown, tmp_path: Path) -> None:
    answers: list[str] = []
    ask_file(shown.window, "Valitse", tmp_path, answers.append)
    ask_path(shown.window, "Tallenna", tmp_path / "x.xlsx", answers.append)
    reading, writing = shown.window.findChildren(QFileDialog)
    assert "*.ods" in reading.nameFilters()[0]
    assert writing.nameFilters() == ["Excel (*.xlsx)"]
    reading.fileSelected.emit("a")
    writing.fileSelected.emit("b")
    reading.reject()
    writing.reject()
    assert answers == ["a", "b"]


def test_a_window_that_is_closed_waits_for_no_judgement(listed: Import) -> None:
    with held(listed.shown, Lane.FILE):
        listed.set_cell(14, "email", "vaara.osoite@esimerkki.fi")
        assert listed.screen.loader.work is Work.JUDGE
        listed.shown.window.interior.screens.cancel_export()
        assert listed.screen.loader.work is None
    assert listed.cell(14, FIRST + 1) == "ei osoite"


def test_a_list_is_not_read_before_the_database_is_open(
    house: House, show: Callable[..., Shown], tmp_path: Path
) -> None:
    gate = Event()

    def opener() -> Services:
        gate.wait()
        return house.services

    shown = show(opener, wait=False)
    screen = shown.window.interior.screens.imports
    screen.files.open(tmp_path / "x.xlsx")
    assert screen.bar.message.startswith("Tietokanta ei ole auki.")
    gate.set()

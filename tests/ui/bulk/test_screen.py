"""The import as an admin makes it: drop, look, correct, import, report, undo (R26)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.clock import START as NOW
from tests.ui.bulk.journey import Import, chip_counts, held, opened, question, verb
from tests.ui.conftest import House, Shown
from tests.ui.lists import as_row, mixed, write_list
from tests.ui.persons.test_exporting import Chooser
from tests.ui.test_threads import watched
from vfadmin.services.search import PersonQuery
from vfadmin.ui import texts
from vfadmin.ui.bulk.columns_shown import FIRST, Column
from vfadmin.ui.bulk.loader import Work
from vfadmin.ui.desk import Lane
from vfadmin.ui.translations import Speaker

Key = Qt.Key


def everybody(house: House) -> list[int]:
    return house.services.search.ids(PersonQuery(include_inactive=True))


def test_r26_every_row_is_shown_with_its_verdict_and_nothing_is_written(listed: Import, house: House) -> None:
    assert chip_counts(listed.screen) == {"create": 2, "update": 1, "unchanged": 9, "reject": 3, "left": 0}
    assert listed.cell(11, Column.VERDICT) == "Muutetaan"
    assert listed.cell(11, Column.WHAT).endswith("→ Uusi Yhtiö Oy")
    assert listed.cell(12, Column.WHAT) == "Uusi henkilö"
    assert listed.cell(14, Column.VERDICT) == "Hylätty"
    assert "ei osoite" in listed.cell(14, Column.WHAT)
    said = listed.screen.foot.words.text()
    assert said.startswith("2 henkilöä lisätään. 1 henkilön tiedot muuttuvat. 1 uusi yhtiö: Uusi Yhtiö Oy.")
    assert said.endswith("3 riviä on hylätty. Mitään ei ole vielä kirjoitettu.")
    assert listed.screen.foot.apply.text().replace("&", "") == "Tuo 3 riviä"
    assert (
        listed.screen.head.note.text() == "15 riviä taulukossa Henkilöt. Sarakkeet, joita ei käytetä: Osasto."
    )
    assert house.services.bulk_import.batches() == []
    assert len(listed.shown.rows()) == 43


def test_r26_the_row_at_hand_is_told_in_full_with_its_remedy(listed: Import) -> None:
    listed.go_to(14)
    assert listed.screen.detail.toPlainText().splitlines() == [
        "Rivi 14: Väärä Osoite",
        "Sarake Sähköposti: ei osoite",
        "Sähköpostiosoite ”ei osoite” ei kelpaa.",
        "Anna osoite muodossa etunimi.sukunimi@yritys.fi, ilman välilyöntejä. (VF-PERSON-03)",
    ]


def test_r26_the_chips_narrow_the_rows_and_count_them(listed: Import) -> None:
    listed.screen.filters.chips["reject"].click()
    assert listed.numbers() == [14, 15, 16]
    listed.screen.filters.chips["create"].click()
    assert listed.numbers() == [12, 13, 14, 15, 16]
    for chip in ("reject", "create"):
        listed.screen.filters.chips[chip].click()
    assert len(listed.numbers()) == 15


def test_r26_a_wrong_cell_is_corrected_on_the_spot_and_judged_again(listed: Import) -> None:
    listed.screen.filters.chips["reject"].click()
    listed.go_to(14)
    QTest.keyClick(listed.screen.view, Key.Key_Return)
    line = listed.editor()
    assert line.text() == "ei osoite"
    with held(listed.shown, Lane.FILE):
        listed.type_over("vaara.osoite@esimerkki.fi")
        listed.shown.wait(lambda: listed.cell(14, Column.VERDICT) == "Tarkistetaan…")
        assert not listed.screen.foot.apply.isEnabled()
    listed.settled()
    assert listed.numbers() == [15, 16]
    assert chip_counts(listed.screen)["create"] == 3
    assert listed.screen.foot.apply.isEnabled()
    assert listed.plan.edited == {(14, "email")}


def test_r26_cells_edited_one_after_the_other_are_all_judged(listed: Import, house: House) -> None:
    listed.set_cell(14, "email", "vaara.osoite@esimerkki.fi")
    listed.set_cell(15, "email", "toinen.kerta@esimerkki.fi")
    listed.set_cell(16, "login", "varattu.ei@esimerkki.fi")
    listed.settled()
    assert chip_counts(listed.screen)["reject"] == 0
    listed.apply()
    names = {row.name for row in house.services.search.rows(everybody(house))}
    assert {"Väärä Osoite", "Toinen Kerta", "Varattu Tunnus"} <= names


def test_r26_rows_are_left_out_by_box_key_and_button_and_stay_unwritten(listed: Import, house: House) -> None:
    screen = listed.screen
    box = screen.view.visualRect(screen.model.index(listed.place(11), Column.ROW))
    QTest.mouseClick(
        screen.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 15, box.center().y())
    )
    listed.go_to(12)
    QTest.keyClick(screen.view, Key.Key_Space)
    assert screen.filters.figure.text() == "10 / 12 riviä valittu"
    assert screen.foot.apply.text().replace("&", "") == "Tuo 1 rivi"
    screen.filters.chips["unchanged"].click()
    screen.filters.none.click()
    assert screen.filters.figure.text() == "1 / 12 riviä valittu"
    listed.apply()
    assert chip_counts(screen) == {"create": 1, "update": 0, "unchanged": 0, "reject": 3, "left": 11}
    assert listed.cell(11, Column.VERDICT) == "Jätetty pois"
    assert not screen.filters.chips["left"].isHidden()
    names = [row.name for row in house.services.search.rows(everybody(house))]
    assert "Åsa Öhman-Äijälä" in names
    assert "Uusi Henkilö" not in names


def test_rejected_rows_cannot_be_chosen(listed: Import) -> None:
    listed.screen.filters.chips["reject"].click()
    listed.screen.filters.all.click()
    listed.screen.view.selectAll()
    QTest.keyClick(listed.screen.view, Key.Key_Space)
    assert listed.screen.model.sums().rejected == 3
    assert not listed.screen.model.left
    index = listed.screen.model.index(0, Column.ROW)
    assert not listed.screen.model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable


def test_r26_who_has_a_login_is_activated_if_wished(listed: Import, house: House) -> None:
    listed.screen.foot.activate.click()
    listed.settled()
    count = listed.screen.model.sums().activated
    assert count > 1
    assert f"{count} integraatiota aktivoidaan." in listed.screen.foot.words.text()
    listed.apply()
    assert f"aktivoitu {count}, hylätty 3." in listed.screen.report.sentence.text()
    newest = max(row.id for row in house.services.search.rows(everybody(house)) if row.kind == "person")
    found = [row for row in house.services.search.rows([newest, newest - 1]) if row.login]
    assert [str(row.state) for row in found] == ["active"]


def test_r26_import_report_and_undo(listed: Import, house: House, tmp_path: Path) -> None:
    screen = listed.screen
    listed.apply()
    assert screen.report.sentence.text() == (
        "Tuonti on valmis: lisätty 2, muutettu 1, ennallaan 9, aktivoitu 0, hylätty 3."
    )
    assert screen.foot.isHidden()
    listed.shown.wait(lambda: len(listed.shown.rows()) == 45)  # the search view shows them already
    chooser = Chooser(tmp_path / "raportti.xlsx")
    screen.files.ask_path = chooser
    screen.report.save.click()
    listed.settled()
    assert chooser.proposed[0].name == "henkilöt, raportti.xlsx"
    assert screen.bar.message == "Tiedosto raportti.xlsx tallennettiin."
    book = load_workbook(chooser.file)
    said = [[str(cell.value) for cell in row] for row in book.worksheets[0].iter_rows()]
    book.close()
    assert len(said) == 16
    assert any("ei osoite" in " ".join(row) and "kelpaa" in " ".join(row) for row in said)
    screen.report.undo.click()
    box = question(screen)
    assert box.defaultButton() is not None
    QTest.keyClick(box, Key.Key_Return)
    assert screen.loader.work is None, "Enter means no"
    screen.filters.chips["reject"].click()
    screen.report.undo.click()
    verb(question(screen))
    listed.settled()
    assert len(listed.numbers()) == 15, "the whole list, whatever was looked at of its report"
    assert screen.bar.message.startswith(
        "1 muutettu henkilö sai entiset tietonsa takaisin. 2 lisättyä henkilöä"
    )
    assert chip_counts(screen)["create"] == 2, "the list is shown as it would be imported now"
    listed.shown.wait(lambda: len(listed.shown.rows()) == 43)
    assert house.services.bulk_import.batches()[0].undone is not None


def test_r26_whom_somebody_changed_since_is_left_by_the_undo_and_named(listed: Import, house: House) -> None:
    listed.apply()
    listed.screen.filters.chips["update"].click()
    row = listed.screen.model.line(0)
    assert row is not None
    person = row.person_id
    assert person is not None
    house.services.activation.set_login(person, "muu@esimerkki.fi", None)
    listed.screen.report.undo.click()
    verb(question(listed.screen))
    listed.settled()
    assert "1 henkilö jätettiin ennalleen." in listed.screen.bar.message
    assert listed.screen.bar._details.text().startswith(row.name)


def test_a_cancel_of_the_import_leaves_nothing(listed: Import, house: House) -> None:
    with held(listed.shown, Lane.WRITE):
        listed.screen.foot.apply.click()
        assert listed.screen.loader.work is Work.APPLY
        assert not listed.screen.foot.cancel.isHidden()
        assert not listed.screen.model.flags(listed.screen.model.index(0, FIRST)) & Qt.ItemFlag.ItemIsEditable
        listed.shown.window.interior.cancel()
    listed.settled()
    assert listed.screen.bar.message == "Tuonti peruttiin. Mitään ei kirjoitettu."
    assert house.services.bulk_import.batches() == []
    assert listed.screen.foot.apply.isEnabled()


def test_a_cancel_while_a_list_is_read_brings_back_what_was_there(
    listed: Import, house: House, tmp_path: Path
) -> None:
    other = write_list(tmp_path / "toinen.xlsx", [as_row(one) for one in house.people[:3]])
    with held(listed.shown, Lane.FILE):
        listed.screen.files.open(other)
        assert "toinen.xlsx" in listed.screen.start.title.text()
        listed.screen.start.cancel.click()
        assert listed.screen.loader.work is None
        assert listed.screen.view.isVisible()
    assert listed.screen.bar.message == "Luettelon tarkistus peruttiin. Mitään ei kirjoitettu."
    assert listed.plan.file == "henkilöt.xlsx"


def test_r26_the_empty_search_view_leads_to_the_import(
    make_house: Callable[..., House], show: Callable[..., Shown]
) -> None:
    shown = show(make_house([]).services, rows=0)
    shown.wait(shown.screen.empty.load.isVisible)
    shown.screen.empty.load.click()
    assert shown.window.interior.screens.currentWidget() is shown.window.interior.screens.imports
    assert shown.window.interior.navigation.currentRow() == 1


def test_the_screen_changes_its_language(listed: Import, speaker: Speaker) -> None:
    speaker.speak("en")
    listed.shown.wait(lambda: listed.screen.filters.chips["create"].text() == "Add")
    assert listed.cell(14, Column.VERDICT) == "Rejected"
    assert listed.screen.model.headerData(FIRST, Qt.Orientation.Horizontal) == "Name"
    assert listed.screen.foot.words.text().startswith("2 persons will be added. 1 person will be changed.")
    assert listed.screen.head.note.text().startswith("15 rows in the sheet Henkilöt.")
    assert listed.screen.columns.combos["Osasto"].currentText() == "Not used"
    listed.apply()
    assert listed.screen.report.sentence.text().startswith("The import is done: 2 added, 1 changed")


def test_no_service_is_called_in_the_windows_thread(
    house: House, show: Callable[..., Shown], tmp_path: Path
) -> None:
    calls: list[tuple[str, int]] = []
    shown = show(watched(house.services, calls))
    listed = opened(shown, write_list(tmp_path / "a.xlsx", mixed(house.people)))
    listed.set_cell(14, "email", "vaara.osoite@esimerkki.fi")
    listed.settled()
    listed.screen.foot.activate.click()
    listed.settled()
    listed.apply()
    listed.screen.files.ask_path = Chooser(tmp_path / "raportti.xlsx")
    listed.screen.report.save.click()
    listed.settled()
    listed.screen.report.undo.click()
    verb(question(listed.screen))
    listed.settled()
    assert {"check", "revise", "judge", "apply", "report", "undo"} <= {name for name, _ in calls}
    assert [name for name, thread in calls if thread == threading.get_ident()] == []


def test_r26_rows_that_would_add_a_company_are_rejected_if_wished(listed: Import, house: House) -> None:
    listed.screen.foot.known.click()
    listed.settled()
    assert chip_counts(listed.screen) == {"create": 1, "update": 0, "unchanged": 9, "reject": 5, "left": 0}
    listed.go_to(11)
    _, cell, reason, remedy = listed.screen.detail.toPlainText().splitlines()
    assert cell == "Sarake Yhtiö: Uusi Yhtiö Oy"
    assert reason == "Yhtiötä ”Uusi Yhtiö Oy” ei ole ennestään, eikä tämä tuonti lisää yhtiöitä."
    assert remedy.startswith("Tarkista yhtiön nimi. Jos yhtiö on uusi, salli uudet yhtiöt")
    listed.choose_field("Osasto", "calendar_name")
    listed.settled()
    assert listed.plan.rules.known_companies, "the rule stands when the list is read again"
    assert listed.screen.foot.known.isChecked()
    listed.screen.foot.activate.click()
    listed.settled()
    assert (listed.plan.rules.activate, listed.plan.rules.known_companies) == (True, True)
    listed.apply()
    assert "Uusi Yhtiö Oy" not in [one.name for one in house.services.directory.companies()]


def test_r18_a_list_of_devices_is_told_as_one(shown: Shown, house: House, tmp_path: Path) -> None:
    person = next(one for one in house.people if one.mobile == "none" and one.active)
    file = write_list(tmp_path / "laitteet.xlsx", [(person.email, "iPhone")], ("Sähköposti", "DeviceModel"))
    listed = opened(shown, file)
    assert "Mobiililaitteiden luettelo" in listed.screen.head.note.text()
    assert not listed.screen.foot.activate.isVisible()
    assert not listed.screen.foot.known.isVisible()
    assert not listed.screen.foot.ask.isEnabled()
    listed.apply()
    row = house.services.directory.person(person.id)
    assert texts.mobile_source(row) == [f"Lähde: luettelo laitteet.xlsx, {texts.date(NOW)}, tuki.k"]
    assert texts.mobile_warning(row).endswith("Lähde: luettelo laitteet.xlsx, 10.3.2026, tuki.k")


def test_what_somebody_else_did_meanwhile_is_respected(listed: Import, house: House) -> None:
    holder = next(one for one in house.people if one.active and one.state == "unused")
    house.services.activation.set_login(holder.id, "uusi.henkilo@esimerkki.fi", None)
    listed.apply()
    assert listed.cell(12, Column.VERDICT) == "Hylätty"
    assert "hylätty 4." in listed.screen.report.sentence.text()


def test_the_current_row_survives_a_judgement(listed: Import) -> None:
    listed.go_to(13)
    listed.set_cell(14, "email", "vaara.osoite@esimerkki.fi")
    listed.settled()
    assert listed.screen.view.current_row() == listed.place(13)
    assert QApplication.focusWidget() is listed.screen.view

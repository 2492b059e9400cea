"""The act of the import: a list with every verdict from the drop to the report."""

from __future__ import annotations

from tests.ui.lists import mixed, write_list
from tests.ui.people import sample
from tests.ui.stage import Stage, services_on
from tests.ui.waiting import until
from vfadmin.ui.bulk.dialogs import PasswordDialog
from vfadmin.ui.bulk.screen import ImportScreen

IMPORT_SCENES = (
    *("import-empty", "import-refused", "import", "import-columns", "import-edit"),
    *("import-password", "import-asked", "import-report", "import-latest", "import-remembered"),
)


def imports(stage: Stage) -> None:
    """The screen of the import."""
    window = stage.window(list(sample()))
    window.interior.navigation.go("import")
    screen = window.interior.screens.imports
    screen.start.choose.setFocus()
    stage.shoot(window, "import-empty")
    note = stage.folder / "Muistio.xlsx"
    note.write_bytes(b"%PDF-1.7")
    screen.files.open(note)
    _wait(screen)
    stage.shoot(window, "import-refused")
    screen.files.open(write_list(stage.folder / "Esimerkki henkilöt 2026.xlsx", mixed(list(sample()))))
    _wait(screen)
    _at(screen, 14)
    stage.shoot(window, "import")
    screen.head.columns.setChecked(True)
    stage.shoot(window, "import-columns")
    screen.head.columns.setChecked(False)
    screen.view.edit_current()
    stage.shoot(window, "import-edit")
    screen.view.setFocus()
    dialog = PasswordDialog(screen, "Henkilöt salattu.xlsx", len, wrong=True)
    dialog.open()
    stage.shoot(dialog, "import-password")
    dialog.reject()
    screen.foot.ask.click()
    until(lambda: not screen.asking.busy)
    _wait(screen)
    _at(screen, 2)
    stage.shoot(window, "import-asked")
    screen.foot.apply.click()
    _wait(screen)
    stage.shoot(window, "import-report")
    screen.report.another.click()
    stage.shoot(window, "import-latest")
    service = services_on(stage.store, stage.folder, stage.now).bulk_import
    headings = ("Nimi", "Osoite", "Firma", "Integraatiotunnus", "Ryhmä")
    file = write_list(stage.folder / "Syksyn uudet.xlsx", mixed(list(sample())), headings)
    service.apply(service.check(file, columns={"email": "Osoite"}))
    screen.files.open(file)
    _wait(screen)
    screen.head.columns.setChecked(True)
    stage.shoot(window, "import-remembered")


def _wait(screen: ImportScreen) -> None:
    until(lambda: screen.loader.work is None)


def _at(screen: ImportScreen, number: int) -> None:
    rows = map(screen.model.line, range(screen.model.rowCount()))
    screen.view.go_to(next(place for place, row in enumerate(rows) if row is not None and row.row == number))

"""Puts the screen of the import into the situations worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.ui.lists import mixed, write_list
from tests.ui.people import sample
from vfadmin.ui.bulk.dialogs import PasswordDialog
from vfadmin.ui.window import MainWindow

Shoot = Callable[[QWidget, str], None]


def play_import(
    window: MainWindow, folder: Path, shoot: Shoot, settle: Callable[[], None], name: str, *, whole: bool
) -> None:
    """The empty screen, a list with every verdict, its columns, a refused file, the report."""
    file = write_list(folder / "Esimerkki henkilöt 2026.xlsx", mixed(list(sample())))
    window.navigation.go("import")
    screen = window.screens.imports
    settle()
    if whole:
        shoot(window, f"import-empty{name}")
    screen.files.open(file)
    while screen.loader.work is not None or screen.loader.plan is None:
        settle()
    wrong = next(
        place
        for place in range(screen.model.rowCount())
        if screen.model.index(place, 1).data() == _wrong(screen)
    )
    screen.view.go_to(wrong)
    shoot(window, f"import{name}")
    if whole:
        _more(window, folder, shoot, settle, name)
    screen.head.columns.setChecked(False)
    screen.foot.apply.click()
    while screen.loader.work is not None:
        settle()
    shoot(window, f"import-report{name}")
    screen.report.another.click()
    window.navigation.go("people")


def _wrong(screen: QWidget) -> str:
    return str(screen.filters.chips["reject"].text())


def _more(window: MainWindow, folder: Path, shoot: Shoot, settle: Callable[[], None], name: str) -> None:
    screen = window.screens.imports
    screen.head.columns.setChecked(True)
    shoot(window, f"import-columns{name}")
    screen.head.columns.setChecked(False)
    dialog = PasswordDialog(screen, "Henkilöt salattu.xlsx", len, wrong=True)
    dialog.open()
    shoot(dialog, f"import-password{name}")
    dialog.reject()
    text = folder / "muistio.xlsx"
    text.write_bytes(b"%PDF-1.7")
    plan, screen.loader.plan = screen.loader.plan, None
    screen.files.open(text)
    while screen.loader.work is not None:
        settle()
    shoot(window, f"import-refused{name}")
    screen.loader.plan = plan
    screen._say_state()

"""Shorthands for what the tests do with the screen of the import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget

from tests.ui.conftest import Shown
from vfadmin.ui.bulk.columns_shown import FIRST, Column
from vfadmin.ui.bulk.screen import ImportScreen
from vfadmin.ui.desk import Lane

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import ImportPlan


class Import:
    """The screen with a list in it."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.screen: ImportScreen = shown.window.interior.screens.imports

    @property
    def plan(self) -> ImportPlan:
        assert self.screen.loader.plan is not None
        return self.screen.loader.plan

    def settled(self) -> None:
        """Wait until nothing goes on."""
        self.shown.wait(lambda: self.screen.loader.work is None)

    def numbers(self) -> list[int]:
        """The numbers of the rows that are shown."""
        rows = (self.screen.model.line(place) for place in range(self.screen.model.rowCount()))
        return [row.row for row in rows if row is not None]

    def place(self, number: int) -> int:
        return self.numbers().index(number)

    def cell(self, number: int, column: int) -> str:
        return str(self.screen.model.index(self.place(number), column).data())

    def go_to(self, number: int, column: int = Column.ROW) -> None:
        self.screen.view.setFocus()
        self.screen.view.go_to(self.place(number))
        self.screen.view.setCurrentIndex(self.screen.model.index(self.place(number), column))

    def set_cell(self, number: int, field: str, value: str) -> None:
        column = FIRST + self.screen.model.fields.index(field)
        assert self.screen.model.setData(self.screen.model.index(self.place(number), column), value)

    def editor(self) -> QLineEdit:
        found = self.screen.view.viewport().findChild(QLineEdit, "cell")
        assert isinstance(found, QLineEdit)
        return found

    def type_over(self, text: str) -> None:
        line = self.editor()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def choose_field(self, title: str, field: str) -> None:
        """Say what a column is, as with the mouse."""
        combo = self.screen.columns.combos[title]
        place = combo.findData(field)
        combo.setCurrentIndex(place)
        combo.activated.emit(place)

    def apply(self) -> None:
        self.screen.foot.apply.click()
        self.settled()
        assert self.screen.model.final


def opened(shown: Shown, file: Path) -> Import:
    """The screen, once that list is shown in it."""
    shown.window.interior.navigation.go("import")
    made = Import(shown)
    made.screen.files.open(file)
    made.settled()
    assert made.plan.file == file.name
    return made


def chip_counts(screen: ImportScreen) -> dict[str, int]:
    """What the chips say."""
    return {verdict: chip._count or 0 for verdict, chip in screen.filters.chips.items()}


@contextmanager
def held(shown: Shown, lane: Lane) -> Iterator[None]:
    """What is asked on this lane meanwhile waits."""
    gate = Event()
    shown.window.interior.desk.ask(
        shown.window, lambda _: gate.wait(), lambda _: None, lambda _: None, lane=lane
    )
    try:
        yield
    finally:
        gate.set()


def question(parent: QWidget) -> QMessageBox:
    """The question that is asked."""
    found = [one for one in parent.findChildren(QMessageBox) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def verb(box: QMessageBox) -> None:
    """Agree."""
    (agree,) = (one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.DestructiveRole)
    agree.click()

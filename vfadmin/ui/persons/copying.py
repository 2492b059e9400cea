"""Copies what is selected to the clipboard, as text for a mail or a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.persons.cells import words
from vfadmin.ui.persons.columns import COLUMNS, At, spoken
from vfadmin.ui.persons.table import ResultView
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.rows import PersonRow


@dataclass(frozen=True, slots=True)
class Extract:
    """What is to be copied: persons, columns from left to right, and how their cells are told.

    ``logins`` are shown in place of the stored ones. A single cell is copied as it is.
    """

    ids: tuple[int, ...]
    columns: tuple[At, ...]
    headings: bool
    now: datetime
    logins: Mapping[int, str]

    @property
    def single(self) -> bool:
        """Whether it is one cell alone."""
        return len(self.ids) == len(self.columns) == 1 and not self.headings

    def text(self, rows: Sequence[PersonRow]) -> str:
        """The rows, one a line with tabs between the cells, each line ended."""
        lines = [self._line(row) for row in rows]
        if self.single:
            return lines[0] if lines else ""
        if self.headings:
            lines.insert(0, "\t".join(spoken(COLUMNS[at]) for at in self.columns))
        return "".join(f"{line}\n" for line in lines)

    def _line(self, row: PersonRow) -> str:
        ready = _flat if self.single else _for_a_sheet
        return "\t".join(ready(self._cell(row, at)) for at in self.columns)

    def _cell(self, row: PersonRow, at: At) -> str:
        if at is At.LOGIN and row.id in self.logins:
            return self.logins[row.id]
        return words(row, at, self.now)


def _flat(text: str) -> str:
    """A text that stays in its cell when it is pasted."""
    return text.translate({ord("\t"): " ", ord("\r"): None, ord("\n"): " "})


def _for_a_sheet(text: str) -> str:
    """A text that stays in its cell, and a text: a spreadsheet takes what is pasted as it takes a file."""
    from vfadmin.services.export_sheet import disarmed  # noqa: PLC0415 - the window starts without it

    flat = disarmed(_flat(text))
    return '"' + flat.replace('"', '""') + '"' if flat.startswith('"') else flat


def read(services: Services, extract: Extract) -> tuple[str, int]:
    """The text and how many rows it has. Called in the services' thread, where it takes its time."""
    rows = services.search.rows(extract.ids)
    return extract.text(rows), len(rows)


class Copier(QObject):
    """Rows the window knows are copied at once, others once they were read, and the admin is told."""

    def __init__(self, desk: Desk, view: ResultView, bar: InfoBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._view, self._bar = desk, view, bar
        self._newest = 0

    def copy(self, *, headings: bool) -> None:
        """Copy the current cell if one row is selected, else the rows; with headings always rows."""
        model, at = self._view.table(), self._view.currentIndex().column()
        ids, columns = tuple(self._view.selected_ids()), self._view.shown_columns()
        if len(ids) == 1 and not headings and at in columns:  # on a button the row is meant
            columns = (At(at),)
        self._newest += 1
        extract = Extract(ids, columns, headings, model.clock(), model.entered())
        rows = [row for one in ids if (row := model.cached(one)) is not None]
        if len(rows) == len(ids):
            QApplication.clipboard().setText(extract.text(rows))
            return
        self._desk.ask(
            self,
            partial(read, extract=extract),
            partial(self._read, self._newest),
            self._failed,
            lane=Lane.ASIDE,
            channel="copy",
        )

    def _read(self, number: int, answer: tuple[str, int]) -> None:
        if number != self._newest:
            return  # something else was copied meanwhile
        text, count = answer
        QApplication.clipboard().setText(text)
        self._bar.show_message("good", self.tr("%n row(s) copied.", "", count))

    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self._bar.show_message("bad", text.message, text.remedy, code=failure.code)

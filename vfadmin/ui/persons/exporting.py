"""Writes the selected persons, or all that were found, to a file for Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vfadmin.ui.desk import Desk
from vfadmin.ui.persons.cells import words
from vfadmin.ui.persons.columns import COLUMNS, At, spoken
from vfadmin.ui.persons.job import FileJob, FileWork
from vfadmin.ui.persons.table import ResultView
from vfadmin.ui.texts import number
from vfadmin.ui.widgets import InfoBar, breakable

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.export import Value
    from vfadmin.services.rows import PersonRow


class Job(FileJob):
    """An export on its way."""

    def __init__(self, path: Path, title: str, columns: tuple[At, ...], ids: tuple[int, ...]) -> None:
        super().__init__(path)
        self.title, self.columns, self.ids = title, columns, ids


def value(row: PersonRow, at: At, now: datetime) -> Value:
    """The cell as a spreadsheet can reckon with it: numbers and times as such, the rest as it is shown."""
    match at:
        case At.ID:
            return row.id
        case At.SYNCED:
            return row.last_synced
        case _:
            return words(row, at, now)


def write(services: Services, job: Job, now: datetime) -> int | None:
    """Write the file. Called in the services' thread."""
    from vfadmin.services.export import Sheet  # noqa: PLC0415 - the window starts without it

    progress = job.begin(len(job.ids))
    headings = tuple(spoken(COLUMNS[at]) for at in job.columns)
    render = partial(_cells, columns=job.columns, now=now)
    return services.export.write(Sheet(job.path, job.title, headings, job.ids, render, progress))


def _cells(row: PersonRow, columns: tuple[At, ...], now: datetime) -> list[Value]:
    return [value(row, at, now) for at in columns]


def ask_path(parent: QWidget, title: str, proposed: Path, chosen: Callable[[str], None]) -> None:
    """Ask with the system's own dialog, without stopping the program's loop."""
    from vfadmin.ui.persons.save_dialog import SaveDialog  # noqa: PLC0415 - see there

    SaveDialog(parent, title, proposed, chosen).open()


class Exporter(FileWork[Job]):
    """One export at a time."""

    def __init__(self, desk: Desk, view: ResultView, bar: InfoBar, parent: QWidget) -> None:
        super().__init__(desk, bar, parent, ask_path)
        self._view = view
        self._ids: tuple[int, ...] = ()

    def start(self) -> None:
        """Ask where to, and write what is selected: all that was found if that is nothing or everything."""
        if self._job is not None:
            self._bar.show_message("warn", self.tr("The previous file is still being written."))
            return
        model = self._view.table()
        self._ids = tuple(self._view.selected_ids()) or tuple(model.ids)
        if not self._ids:
            self._bar.show_message("warn", self.tr("There is nothing to export: no person was found."))
            return
        name = f"{self.tr('Persons')} {model.clock().astimezone():%Y-%m-%d}.xlsx"
        self._ask(self.tr("Export %n person(s)", "", len(self._ids)), name)

    def _order(self, path: Path) -> tuple[Job, Callable[[Services], int | None]]:
        job = Job(path, self.tr("Persons"), self._view.shown_columns(), self._ids)
        return job, partial(write, job=job, now=self._view.table().clock())

    def _how_far(self, job: Job) -> tuple[str, int, int]:
        done, total = job.counted[0], len(job.ids)
        text = self.tr("Writing {done} / {total} to the file")
        return text.format(done=number(done), total=number(total)), done, total

    def _done(self, job: Job, result: int | None) -> None:
        if result is None:
            self._bar.show_message("warn", self.tr("Cancelled: no file was written."))
            return
        text = self.tr("%n person(s) written to the file {file}.", "", result).format(file=job.path.name)
        self._bar.show_message("good", text, breakable(str(job.path)))

"""Writes the selected persons, or all that were found, to a file for Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.persons.cells import words
from vfadmin.ui.persons.columns import COLUMNS, At, spoken
from vfadmin.ui.persons.table import ResultView
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.widgets import InfoBar, breakable

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.export import Progress, Value
    from vfadmin.services.rows import PersonRow

_LOOK_MS = 100

AskPath = Callable[[QWidget, str, Path, Callable[[str], None]], None]
"""Asks for a file: whose window, the title, what is proposed, and whom to tell the answer."""


class Job:
    """An export on its way. Window and thread share it: one writes, the other looks."""

    def __init__(self, path: Path, title: str, columns: tuple[At, ...], ids: tuple[int, ...]) -> None:
        self.path, self.title, self.columns, self.ids = path, title, columns, ids
        self.cancelled = False
        self.progress: Progress | None = None

    def cancel(self) -> None:
        """Stop it before the next rows."""
        self.cancelled = True
        if self.progress is not None:
            self.progress.cancelled = True


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
    from vfadmin.services.export import Progress, Sheet  # noqa: PLC0415 - the window starts without it

    job.progress = Progress(len(job.ids))
    job.progress.cancelled = job.cancelled  # looked at last: a cancel meanwhile has not found it yet
    headings = tuple(spoken(COLUMNS[at]) for at in job.columns)
    render = partial(_cells, columns=job.columns, now=now)
    return services.export.write(Sheet(job.path, job.title, headings, job.ids, render, job.progress))


def _cells(row: PersonRow, columns: tuple[At, ...], now: datetime) -> list[Value]:
    return [value(row, at, now) for at in columns]


def ask_path(parent: QWidget, title: str, proposed: Path, chosen: Callable[[str], None]) -> None:
    """Ask with the system's own dialog, without stopping the program's loop."""
    from vfadmin.ui.persons.save_dialog import SaveDialog  # noqa: PLC0415 - see there

    SaveDialog(parent, title, proposed, chosen).open()


class Exporter(QObject):
    """One export at a time. ``working`` tells what goes on (an empty text: nothing)."""

    working = Signal(str, int, int)

    def __init__(self, desk: Desk, view: ResultView, bar: InfoBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._view, self._bar, self._parent = desk, view, bar, parent
        self._job: Job | None = None
        self._ids: tuple[int, ...] = ()
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        self.ask_path: AskPath = ask_path
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._job is not None

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
        title = self.tr("Export %n person(s)", "", len(self._ids))
        self.ask_path(self._parent, title, self._folder / name, self._chosen)

    @Slot()
    def cancel(self) -> None:
        """Stop; what was written so far goes away."""
        if self._job is not None:
            self._job.cancel()

    @Slot(str)
    def _chosen(self, file: str) -> None:
        if self._job is not None:
            return
        path = Path(file)
        self._folder = path.parent
        self._job = Job(path, self.tr("Persons"), self._view.shown_columns(), self._ids)
        call = partial(write, job=self._job, now=self._view.table().clock())
        if self._desk.ask(self, call, self._written, self._failed, lane=Lane.FILE):
            self._look.start()
        else:
            self._job = None

    @Slot()
    def _tell(self) -> None:
        job = self._job
        if job is not None:
            done = job.progress.done if job.progress is not None else 0
            text = self.tr("Writing {done} / {total} to the file")
            total = len(job.ids)
            self.working.emit(text.format(done=number(done), total=number(total)), done, total)

    def _written(self, count: int | None) -> None:
        job = self._end()
        if count is None:
            self._bar.show_message("warn", self.tr("Cancelled: no file was written."))
            return
        text = self.tr("%n person(s) written to the file {file}.", "", count).format(file=job.path.name)
        self._bar.show_message("good", text, breakable(str(job.path)))

    def _failed(self, failure: Failure) -> None:
        self._end()
        text = explain_failure(failure)
        self._bar.show_message("bad", text.message, text.remedy, code=failure.code)

    def _end(self) -> Job:
        job, self._job = self._job, None
        self._look.stop()
        self.working.emit("", 0, 0)
        assert job is not None  # noqa: S101 - an answer comes to a job alone
        return job

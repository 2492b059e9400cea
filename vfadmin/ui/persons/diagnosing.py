"""Writes the diagnosis of a mailbox to a file: all that support needs about one stuck sync (R28)."""

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
from vfadmin.ui.persons.exporting import AskPath
from vfadmin.ui.reveal import open_folder
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.translations import current
from vfadmin.ui.widgets import InfoBar, breakable

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.progress import Progress

_LOOK_MS = 100


class Job:
    """A diagnosis on its way. Window and thread share it: one writes, the other looks."""

    def __init__(self, person_id: int, path: Path, lang: str) -> None:
        self.person_id, self.path, self.lang = person_id, path, lang
        self.cancelled = False
        self.progress: Progress | None = None

    def cancel(self) -> None:
        """Wait for Exchange no more; no file is written."""
        self.cancelled = True
        if self.progress is not None:
            self.progress.cancelled = True


def write(services: Services, job: Job) -> bool:
    """Write the file; False where it was cancelled. Called in the services' thread."""
    from vfadmin.services.comparison import StoppedError  # noqa: PLC0415 - the window starts without it
    from vfadmin.services.progress import Progress  # noqa: PLC0415 - as above

    progress = job.progress = Progress(0)
    progress.cancelled = job.cancelled  # looked at last: a cancel meanwhile has not found it yet
    try:
        # The dialog for the file has asked already whether one that is there may go.
        services.diagnoses.write(job.person_id, job.path, job.lang, overwrite=True, progress=progress)
    except StoppedError:
        return False
    return True


def ask_path(parent: QWidget, title: str, proposed: Path, chosen: Callable[[str], None]) -> None:
    """Ask with the system's own dialog, without stopping the program's loop."""
    from vfadmin.ui.persons.save_dialog import ARCHIVE, SaveDialog  # noqa: PLC0415 - see there

    SaveDialog(parent, title, proposed, chosen, (ARCHIVE,)).open()


class Diagnosing(QObject):
    """One diagnosis at a time, told of in ``bar``. ``working`` tells what goes on (empty: nothing)."""

    working = Signal(str, int, int)

    def __init__(self, desk: Desk, bar: InfoBar, clock: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._bar, self._clock, self._parent = desk, bar, clock, parent
        self._job: Job | None = None
        self._person = 0
        self._written_to: Path | None = None
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        self.ask_path: AskPath = ask_path
        self.open_folder: Callable[[Path], bool] = open_folder
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._tell)
        bar.taken.connect(self._reveal)

    @property
    def busy(self) -> bool:
        """Whether a diagnosis is being made."""
        return self._job is not None

    @Slot(int)
    def start(self, person_id: int) -> None:
        """Ask where to, and write it."""
        if self._job is not None:
            self._bar.show_message("warn", self.tr("The previous diagnosis is still being made."))
            return
        self._person = person_id
        word = self.tr("diagnosis")
        name = f"{word}-{person_id}-{self._clock().astimezone():%Y-%m-%d}.zip"
        self.ask_path(self._parent, self.tr("Save the diagnosis"), self._folder / name, self._chosen)

    @Slot()
    def stop(self) -> None:
        """Write none after all."""
        if self._job is not None:
            self._job.cancel()

    @Slot(str)
    def _chosen(self, file: str) -> None:
        if self._job is not None:
            return
        path = Path(file)
        self._folder = path.parent
        job = Job(self._person, path, current())
        call = partial(write, job=job)
        if self._desk.ask(self, call, self._done, self._failed, lane=Lane.FILE):
            self._job = job
            self._bar.show_message(
                "info", self.tr("Collecting the diagnosis. This takes some minutes at most; work goes on.")
            )
            self._look.start()
            self._tell()

    @Slot()
    def _tell(self) -> None:
        job = self._job
        if job is not None:
            done, total = (0, 0) if job.progress is None else (job.progress.done, job.progress.total)
            steps = (
                self.tr("Diagnosis: checking the connection…"),
                self.tr("Diagnosis: comparing the calendars…"),
                self.tr("Diagnosis: writing the file…"),
            )
            self.working.emit(steps[min(done, len(steps) - 1)], done, total)

    def _done(self, written: bool) -> None:
        job = self._end()
        if not written:
            self._bar.show_message("warn", self.tr("Cancelled: no file was written."))
            return
        self._written_to = job.path
        said = self.tr("The diagnosis was written to the file {file}.").format(file=job.path.name)
        rest = self.tr("It has no passwords and no texts of events in it, and may be sent to support.")
        place = breakable(str(job.path))
        self._bar.show_message("good", said, f"{rest}\n{place}", offer=self.tr("Open folder"))

    def _failed(self, failure: Failure) -> None:
        self._end()
        text = explain_failure(failure)
        self._bar.show_message("bad", text.message, text.remedy, code=failure.code)

    @Slot()
    def _reveal(self) -> None:
        if self._written_to is not None and not self.open_folder(self._written_to.parent):
            self._bar.show_message("warn", self.tr("The folder could not be opened."), str(self._written_to))

    def _end(self) -> Job:
        job, self._job = self._job, None
        self._look.stop()
        self.working.emit("", 0, 0)
        assert job is not None  # noqa: S101 - an answer comes to a job alone
        return job

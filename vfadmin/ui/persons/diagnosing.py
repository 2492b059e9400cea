"""Writes the diagnosis of one or more mailboxes to a file: all support needs about a stuck sync (R28)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from vfadmin.ui.desk import Desk
from vfadmin.ui.persons.job import FileJob, FileWork
from vfadmin.ui.reveal import open_folder
from vfadmin.ui.texts import number
from vfadmin.ui.translations import current
from vfadmin.ui.widgets import InfoBar, breakable

if TYPE_CHECKING:
    from vfadmin.services.context import Services

MOST = 10
"""Mailboxes in one file: those of one cause are alike, and each may keep Exchange busy for minutes."""
_STEPS = 3
"""What the services count of each mailbox."""


class Job(FileJob):
    """A diagnosis on its way."""

    def __init__(self, ids: Sequence[int], path: Path, lang: str) -> None:
        super().__init__(path)
        self.ids, self.lang = tuple(ids), lang


def write(services: Services, job: Job) -> bool:
    """Write the file; False where it was cancelled. Called in the services' thread."""
    from vfadmin.services.comparison import StoppedError  # noqa: PLC0415 - the window starts without it

    diagnoses, lang, progress = services.diagnoses, job.lang, job.begin()
    try:
        # The dialog for the file has asked already whether one that is there may go.
        if len(job.ids) == 1:
            diagnoses.write(job.ids[0], job.path, lang, overwrite=True, progress=progress)
        else:
            diagnoses.write_many(job.ids, job.path, lang, overwrite=True, progress=progress)
    except StoppedError:
        return False
    return True


def ask_path(parent: QWidget, title: str, proposed: Path, chosen: Callable[[str], None]) -> None:
    """Ask with the system's own dialog, without stopping the program's loop."""
    from vfadmin.ui.persons.save_dialog import ARCHIVE, SaveDialog  # noqa: PLC0415 - see there

    SaveDialog(parent, title, proposed, chosen, (ARCHIVE,)).open()


class Diagnosing(FileWork[Job]):
    """One diagnosis at a time, told of in ``bar``."""

    def __init__(self, desk: Desk, bar: InfoBar, clock: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(desk, bar, parent, ask_path)
        self._clock = clock
        self._ids: tuple[int, ...] = ()
        self._written_to: Path | None = None
        self.open_folder: Callable[[Path], bool] = open_folder
        bar.taken.connect(self._reveal)

    @Slot(int)
    def start(self, person_id: int) -> None:
        """Ask where to, and write that of one mailbox."""
        self.start_many((person_id,), str(person_id))

    def start_many(self, ids: Sequence[int], about: str) -> None:
        """Ask where to, and write those of the first `MOST`; ``about`` is part of the file's name."""
        if self._job is not None:
            self._bar.show_message("warn", self.tr("The previous diagnosis is still being made."))
            return
        self._ids = tuple(ids[:MOST])
        word = self.tr("diagnosis")
        name = f"{word}-{about}-{self._clock().astimezone():%Y-%m-%d}.zip"
        several = self.tr("Save the diagnosis of %n mailbox(es)", "", len(self._ids))
        self._ask(several if len(self._ids) > 1 else self.tr("Save the diagnosis"), name)

    def _order(self, path: Path) -> tuple[Job, Callable[[Services], bool]]:
        job = Job(self._ids, path, current())
        return job, partial(write, job=job)

    def _began(self, job: Job) -> None:
        one = self.tr("Collecting the diagnosis. This takes some minutes at most; work goes on.")
        many = self.tr("Collecting the diagnosis of %n mailbox(es). Work goes on.", "", len(job.ids))
        self._bar.show_message("info", many if len(job.ids) > 1 else one)

    def _how_far(self, job: Job) -> tuple[str, int, int]:
        done, total = job.counted
        steps = (
            self.tr("Diagnosis: checking the connection…"),
            self.tr("Diagnosis: comparing the calendars…"),
            self.tr("Diagnosis: writing the file…"),
        )
        every = len(job.ids)
        text = steps[2 if total and done == total else done % _STEPS]
        if every > 1:
            text = f"{text} ({number(min(done // _STEPS + 1, every))} / {number(every)})"
        return text, done, total

    def _done(self, job: Job, result: bool) -> None:
        if not result:
            self._bar.show_message("warn", self.tr("Cancelled: no file was written."))
            return
        self._written_to = job.path
        said = self.tr("The diagnosis was written to the file {file}.").format(file=job.path.name)
        rest = self.tr("It has no passwords and no texts of events in it, and may be sent to support.")
        place = breakable(str(job.path))
        self._bar.show_message("good", said, f"{rest}\n{place}", offer=self.tr("Open folder"))

    @Slot()
    def _reveal(self) -> None:
        if self._written_to is not None and not self.open_folder(self._written_to.parent):
            self._bar.show_message("warn", self.tr("The folder could not be opened."), str(self._written_to))

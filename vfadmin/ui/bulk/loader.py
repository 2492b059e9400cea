"""The work behind the screen, one piece at a time: read, judge, apply, undo, write a file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vfadmin.errors import Failure
from vfadmin.services.progress import Progress
from vfadmin.ui.bulk import calls
from vfadmin.ui.bulk.calls import Reading
from vfadmin.ui.bulk.calm import release
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.texts import number

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import ImportPlan, ImportResult, LoginAnswer, Rules, UndoResult

LOOK_MS = 100
PROTECTED, WRONG_PASSWORD, CANCELLED = "VF-IMPORT-09", "VF-IMPORT-10", "VF-IMPORT-20"
Call = Callable[..., Any]


class Work(StrEnum):
    """What is being done."""

    READ = "read"
    JUDGE = "judge"
    APPLY = "apply"
    UNDO = "undo"
    WRITE = "write"


class Job:
    """One piece of work. Window and thread share its progress: one looks and cancels, the other works."""

    def __init__(self, work: Work, name: str) -> None:
        self.work, self.name = work, name
        self.progress = Progress(0)


class Loader(QObject):
    """``working`` tells what goes on (an empty text: nothing), ``failed`` which work, and why.

    ``planned`` carries a plan and whether the file was read for it; ``password_wanted`` the file and whether
    another password was tried. ``other_content`` says that the file was read before, and is not as it was.
    """

    working = Signal(str, int, int)
    changed = Signal()
    planned = Signal(object, bool)
    applied = Signal(object)
    undone = Signal(object)
    written = Signal(object)
    failed = Signal(str, object)
    password_wanted = Signal(object, bool)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._reading: Reading | None = None
        self.plan: ImportPlan | None = None
        self.other_content = False
        self.result: ImportResult | None = None
        self._edits: dict[tuple[int, str], str] = {}
        self._answers: dict[str, LoginAnswer] = {}
        self._sent: tuple[LoginAnswer, ...] = ()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._tell)

    @property
    def work(self) -> Work | None:
        """What is being done; None while nothing is."""
        return None if self._job is None else self._job.work

    @property
    def progress(self) -> Progress | None:
        """How far it is."""
        return None if self._job is None else self._job.progress

    # Reading and judging

    def read(self, file: Path) -> bool:
        """Read a list; False while something else is being done."""
        return self._read(Reading(file), None)

    def remap(self, columns: Mapping[str, str] | None, *, forget: str = "") -> bool:
        """Read the list again with these columns, or with none and without those of the layout to forget."""
        plan = self.plan
        if plan is None or plan.source is None:
            return False
        answers = (*plan.answers.values(), *self._answers.values())
        wanted = None if columns is None else dict(columns)
        return self._read(Reading(plan.source, wanted, plan.rules, answers, forget), None)

    def open_with(self, password: str) -> bool:
        """Read the file that asked for a password. Nobody keeps it."""
        return self._reading is not None and self._read(self._reading, password)

    def _read(self, reading: Reading, password: str | None) -> bool:
        release()
        call = partial(calls.check, reading=reading, password=password)
        if not self._begin(Job(Work.READ, reading.file.name), call, self._was_read, Lane.FILE):
            return False
        self._reading = reading
        return True

    def _was_read(self, plan: ImportPlan) -> None:
        former = self.plan
        same_file = former is not None and former.source == plan.source
        self.other_content = same_file and former is not None and former.sha256 != plan.sha256
        self._reading, self._edits, self._answers = None, {}, {}
        self.plan, self.result = plan, None
        self.planned.emit(plan, True)

    def edit(self, row: int, field: str, value: str) -> None:
        """Change a cell and judge the list anew, as soon as what is being done is done."""
        self._edits[row, field] = value
        self._revise()

    def heed(self, answers: Iterable[LoginAnswer]) -> None:
        """Judge the list anew with what Exchange said, as soon as what is being done is done."""
        self._answers.update((one.login, one) for one in answers)
        self._revise()

    def _revise(self) -> bool:
        """Whether there was anything to be judged that has not been."""
        plan = self.plan
        if plan is None or self._job is not None or not (self._edits or self._answers):
            return False
        answers = tuple(self._answers.values())
        call = partial(calls.revise, plan=plan, cells=self._edits, answers=answers)
        if self._begin(Job(Work.JUDGE, plan.file), call, self._judged, Lane.FILE):
            self._edits, self._sent = {}, answers
        return True

    def judge(self, rules: Rules) -> bool:
        """Judge the list anew, by these rules."""
        plan = self.plan
        if plan is None:
            return False
        call = partial(calls.judge, plan=plan, rules=rules)
        return self._begin(Job(Work.JUDGE, plan.file), call, self._judged, Lane.FILE)

    def _judged(self, plan: ImportPlan) -> None:
        self.plan, self.result = plan, None
        for one in self._sent:
            if self._answers.get(one.login) is one:
                del self._answers[one.login]
        self._sent = ()
        if not self._revise():
            self.planned.emit(plan, False)

    # Writing

    def apply(self, rows: Collection[int] | None) -> bool:
        """Apply these rows, or all; not before everything that was said of them has been judged."""
        plan = self.plan
        if plan is None or self._revise():
            return False
        call = partial(calls.apply, plan=plan, rows=rows)
        return self._begin(Job(Work.APPLY, plan.file), call, self._applied, Lane.WRITE)

    def _applied(self, result: ImportResult) -> None:
        self.result = result
        self.applied.emit(result)

    def undo(self, batch: int) -> bool:
        """Undo that load."""
        return self._begin(Job(Work.UNDO, ""), partial(calls.undo, batch=batch), self._undone, Lane.WRITE)

    def _undone(self, result: UndoResult) -> None:
        self.result = None
        self.undone.emit(result)

    def save_report(self, path: Path) -> bool:
        """Write what becomes of the rows, or became of them."""
        if self.plan is None:
            return False
        call = partial(calls.save_report, plan=self.plan, result=self.result, path=path)
        return self._begin(Job(Work.WRITE, path.name), call, self.written.emit, Lane.FILE)

    def save_template(self, path: Path) -> bool:
        """Write an empty list."""
        call = partial(calls.save_template, path=path)
        return self._begin(Job(Work.WRITE, path.name), call, self.written.emit, Lane.FILE)

    def forget(self) -> None:
        """There is no list any more."""
        self.plan = self.result = self._reading = None
        self._edits, self._answers = {}, {}
        release()

    # One at a time

    def _begin(self, job: Job, call: Call, done: Callable[[Any], None], lane: Lane) -> bool:
        if self._job is not None:
            return False
        asked = self._desk.ask(
            self,
            partial(call, progress=job.progress),
            partial(self._done, job, done),
            partial(self._failed, job),
            lane=lane,
        )
        if asked:
            self._job = job
            self._look.start()
            self._tell()
            self.changed.emit()
        return asked

    @Slot()
    def cancel(self) -> None:
        """Stop: of what is written nothing is left, and a file that is being read is not waited for."""
        job = self._job
        if job is None:
            return
        job.progress.cancelled = True
        if job.work in (Work.READ, Work.JUDGE):
            self._end()
            self._edits, self._sent = {}, ()
            self.failed.emit(str(job.work), None)

    def give_up(self) -> None:
        """Nobody waits for it any more; what is being written is written to its end."""
        if self.work in (Work.READ, Work.JUDGE):
            self.cancel()

    def _done(self, job: Job, done: Callable[[Any], None], value: Any) -> None:  # noqa: ANN401 - what was asked for
        if job is self._job:
            self._end()
            done(value)
            self._revise()

    def _failed(self, job: Job, failure: Failure) -> None:
        if job is not self._job:
            return
        self._end()
        if self._reading is not None and failure.code in (PROTECTED, WRONG_PASSWORD):
            self.password_wanted.emit(self._reading.file, failure.code == WRONG_PASSWORD)
            return
        if job.work in (Work.READ, Work.JUDGE):
            self._edits, self._sent = {}, ()
        self.failed.emit(str(job.work), None if failure.code == CANCELLED else failure)
        if job.work is not Work.JUDGE:
            self._revise()

    def _end(self) -> None:
        self._job = None
        self._look.stop()
        self.working.emit("", 0, 0)
        self.changed.emit()

    @Slot()
    def _tell(self) -> None:
        job = self._job
        if job is None:
            return
        done, total = job.progress.done, job.progress.total
        texts = {
            Work.READ: self.tr("Checking {done} / {total} rows") if total else self.tr("Reading {file}"),
            Work.JUDGE: self.tr("Checking {done} / {total} rows") if total else self.tr("Checking the rows"),
            Work.APPLY: self.tr("Importing {percent} %"),
            Work.UNDO: self.tr("Undoing {percent} %"),
            Work.WRITE: self.tr("Writing {file}"),
        }
        text = texts[job.work].format(
            file=job.name,
            done=number(done),
            total=number(total),
            percent=number(100 * done // total if total else 0),
        )
        self.working.emit(text, done, total)

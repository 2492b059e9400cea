"""A piece of work that window and thread share, and those of which a file comes, one at a time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.progress import Progress

LOOK_MS = 100
"""How often the window looks how far it is."""

AskPath = Callable[[QWidget, str, Path, Callable[[str], None]], None]
"""Asks for a file: whose window, the title, what is proposed, and whom to tell the answer."""


class Job:
    """A piece of work on its way: one works, the other looks."""

    def __init__(self) -> None:
        self.cancelled = False
        self.progress: Progress | None = None

    def begin(self, total: int = 0) -> Progress:
        """It begins, to be counted up to ``total``. Called in the services' thread."""
        from vfadmin.services.progress import Progress  # noqa: PLC0415 - the window starts without it

        self.progress = progress = Progress(total)
        progress.cancelled = self.cancelled  # looked at last: a cancel meanwhile has not found it yet
        return progress

    def cancel(self) -> None:
        """End it as soon as that can be."""
        self.cancelled = True
        if self.progress is not None:
            self.progress.cancelled = True

    @property
    def counted(self) -> tuple[int, int]:
        """How much is done, and of how much; nothing of nothing before it has begun."""
        return (0, 0) if self.progress is None else (self.progress.done, self.progress.total)


class FileJob(Job):
    """Of which a file comes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


J = TypeVar("J", bound=FileJob)


class FileWork(QObject, Generic[J]):
    """Asks where to, and has one file written at a time. ``working`` tells what goes on (empty: nothing)."""

    working = Signal(str, int, int)

    def __init__(self, desk: Desk, bar: InfoBar, parent: QWidget, ask_path: AskPath) -> None:
        super().__init__(parent)
        self._desk, self._bar, self._parent = desk, bar, parent
        self._job: J | None = None
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        self.ask_path = ask_path
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._job is not None

    @Slot()
    def cancel(self) -> None:
        """Stop; no file is there then."""
        if self._job is not None:
            self._job.cancel()

    def _ask(self, title: str, name: str) -> None:
        self.ask_path(self._parent, title, self._folder / name, self._chosen)

    @Slot(str)
    def _chosen(self, file: str) -> None:
        if self._job is not None:
            return
        path = Path(file)
        self._folder = path.parent
        job, call = self._order(path)
        if self._desk.ask(self, call, self._written, self._failed, lane=Lane.FILE):
            self._job = job
            self._began(job)
            self._look.start()
            self._tell()

    @Slot()
    def _tell(self) -> None:
        if self._job is not None:
            self.working.emit(*self._how_far(self._job))

    def _written(self, result: Any) -> None:  # noqa: ANN401 - what the call answers
        self._done(self._end(), result)

    def _failed(self, failure: Failure) -> None:
        self._end()
        text = explain_failure(failure)
        self._bar.show_message("bad", text.message, text.remedy, code=failure.code)

    def _end(self) -> J:
        job, self._job = self._job, None
        self._look.stop()
        self.working.emit("", 0, 0)
        assert job is not None  # noqa: S101 - an answer comes to a job alone
        return job

    @abstractmethod
    def _order(self, path: Path) -> tuple[J, Callable[[Services], Any]]:
        """What is to be written, and the call that does it."""

    def _began(self, job: J) -> None:
        """It is on its way."""

    @abstractmethod
    def _how_far(self, job: J) -> tuple[str, int, int]:
        """What goes on, how much is done and of how much."""

    @abstractmethod
    def _done(self, job: J, result: Any) -> None:  # noqa: ANN401 - as above
        """Say what came of it."""

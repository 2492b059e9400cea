"""Tells of a long job that ends while nobody looks: a change of many rows, an import, a file, a sync."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from vfadmin.errors import Failure

if TYPE_CHECKING:
    from vfadmin.ui.engine import EngineController
    from vfadmin.ui.persons.screen import PersonsScreen
    from vfadmin.ui.toast import Toast

LONG = timedelta(seconds=10)
"""After so long an admin may well have turned to something else."""


def out_of_sight(window: QWidget) -> bool:
    """Whether whoever sits there does not look at the window."""
    return window.isMinimized() or QApplication.activeWindow() is None


class LongJobs(QObject):
    """Listens to the search view and the engine. What is told is what stands in the bar of messages.

    ``imported`` answers in what tone and words the screen of the import tells what it came to.
    """

    def __init__(
        self,
        window: QWidget,
        front: Callable[[], object],
        screen: PersonsScreen,
        engine: EngineController,
        clock: Callable[[], datetime],
        imported: Callable[[], tuple[str, str]],
    ) -> None:
        super().__init__(window)
        self._imported, self._ended = imported, ""
        self._window, self._front, self._bar, self._clock = window, front, screen.bar, clock
        self._since: dict[str, datetime] = {}
        self._toast: Toast | None = None
        # Only afterwards does the bar say what came of it.
        self._afterwards = QTimer(self, singleShot=True, interval=0)
        self._afterwards.timeout.connect(self._tell)
        screen.doing.working.connect(self._change)
        screen.exporter.working.connect(self._export)
        screen.inspections.diagnosing.working.connect(self._diagnosis)
        engine.asked.connect(self._sync_asked)
        engine.answered.connect(self._sync_answered)
        engine.failed.connect(self._sync_failed)

    @property
    def toast(self) -> Toast:
        """What tells it."""
        if self._toast is None:
            from vfadmin.ui.toast import Toast  # noqa: PLC0415 - see there

            self._toast = Toast(self._window, self._front)
        return self._toast

    @Slot(str, int, int)
    def _change(self, text: str, _done: int, _total: int) -> None:
        self._note("change", goes_on=bool(text))

    @Slot(str, int, int)
    def _export(self, text: str, _done: int, _total: int) -> None:
        self._note("export", goes_on=bool(text))

    @Slot(str, int, int)
    def _diagnosis(self, text: str, _done: int, _total: int) -> None:
        self._note("diagnosis", goes_on=bool(text))

    @Slot(str, int, int)
    def importing(self, text: str, _done: int, _total: int) -> None:
        """An import goes on, or has ended."""
        self._note("import", goes_on=bool(text))

    @Slot()
    def _sync_asked(self) -> None:
        self._note("sync", goes_on=True)

    @Slot(int, int)
    def _sync_answered(self, done: int, failed: int) -> None:
        """A sync has no message of its own: whoever looks at the window sees its end at the lower edge."""
        if self._note("sync", goes_on=False):
            said = [self.tr("%n mailbox(es) synchronised.", "", done - failed)] if done > failed else []
            if failed:
                said.append(self.tr("%n failed; the person's row says why.", "", failed))
            self._bar.show_message("warn" if failed else "good", " ".join(said))

    @Slot(object)
    def _sync_failed(self, _failure: Failure) -> None:
        self._note("sync", goes_on=False)

    def _note(self, job: str, *, goes_on: bool) -> bool:
        """Note that it goes on, or that it has ended; whether that is to be told."""
        if goes_on:
            self._since.setdefault(job, self._clock())
            return False
        since = self._since.pop(job, None)
        worth_it = since is not None and self._clock() - since >= LONG and out_of_sight(self._window)
        if worth_it:
            self._ended = job
            self._afterwards.start()
        return worth_it

    @Slot()
    def _tell(self) -> None:
        tone, message = (self._bar.tone, self._bar.message) if self._ended != "import" else self._imported()
        if message:
            self.toast.tell(tone, message)

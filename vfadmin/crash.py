"""What nobody caught: a report on this computer, free of secrets, and never a traceback on a screen.

A report has the traceback (functions and lines of code, no values of variables), the versions, and the end
of the log. Nothing is sent anywhere. A window that ended too hard for Python to write anything is found out
at the next start, by the mark it left behind.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from vfadmin import __version__
from vfadmin.logfile import LOG_NAME, Scrubber, private_folder

if TYPE_CHECKING:
    from io import TextIOWrapper

log = logging.getLogger(__name__)

FOLDER = "crashes"
KEPT = 10
"""So many reports stay, the newest."""
LOG_LINES = 100
_FRAMES = 5
"""So many of the innermost frames tell one fault from another."""
_DEEPEST = 100
"""So many frames of a traceback are written: a recursion without end has the same ones over and over."""
_MOST_FAULTS = 50
"""So many different faults of one process are reported: more of them are one avalanche."""


class Kind(StrEnum):
    """How it ended."""

    FAULT = "fault"
    """An exception nobody caught; the program goes on."""
    CRASH = "crash"
    """The process ended within its machine code, the last time."""
    UNCLEAN = "unclean"
    """The process was ended from outside, or the computer went off, the last time."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was written. ``path`` is None where it could not be."""

    kind: Kind
    path: Path | None
    text: str


class CrashReports:
    """The reports of one home. Methods may be called in any thread and never raise."""

    def __init__(
        self, home: Path, scrubber: Scrubber, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.folder, self.log_file = home / FOLDER, home / LOG_NAME
        self._home, self._scrubber, self._clock = home, scrubber, clock
        self._lock = threading.RLock()
        self._writing = False
        self._seen: set[object] = set()
        self._unheard: list[Report] = []
        self._heard: Callable[[Report], object] | None = None
        self._mark: Path | None = None
        self._file: TextIOWrapper | None = None
        self._watching = False

    def listen(self, heard: Callable[[Report], object] | None) -> None:
        """Have each report told, in the thread where it arises; at first those nobody has heard of yet."""
        with self._lock:
            self._heard = heard
            if heard is None:
                return
            waiting, self._unheard = self._unheard, []
        for report in waiting:
            heard(report)

    def fault(self, error: BaseException, where: str) -> Report | None:
        """Report an exception that escaped; None when the same fault has been reported before."""
        report: Report | None = None
        with self._lock, suppress(Exception):
            # To report may itself fail, or set a finaliser free that does: not for ever.
            if self._writing or not self._is_new(error):
                return None
            self._writing = True
            try:
                report = self._write(Kind.FAULT, where, _traceback(error))
            finally:
                self._writing = False
        if report is not None:
            # Without the lock: who writes the log may just be reporting a fault himself.
            with suppress(Exception):
                log.error("unexpected failure (%s)", where, exc_info=error)
                self._tell(report)
        return report

    def leftover(self) -> Report | None:
        """Report once that a former window ended without leaving in order; None when none did."""
        found: Report | None = None
        with self._lock, suppress(OSError):
            for mark in sorted(self.folder.glob("running-*.txt"), key=_age):
                if mark == self._mark:
                    continue
                dump = mark.read_text(encoding="utf-8", errors="replace")
                kind = Kind.CRASH if dump.strip() else Kind.UNCLEAN
                found = self._write(kind, "the whole process", dump or "The process left no trace.\n")
                mark.unlink()
        return found

    @contextmanager
    def running(self) -> Iterator[None]:
        """Leave a mark for the next start while the context lasts; a hard crash writes its stacks there."""
        import faulthandler  # noqa: PLC0415 - a command line does without

        file = self._make_mark()
        if file is not None and not faulthandler.is_enabled():
            faulthandler.enable(file)
            self._watching = True
        try:
            yield
        finally:
            self.leave()

    def leave(self) -> None:
        """Take the mark away: the window ends in order, or its session does. May be called again."""
        import faulthandler  # noqa: PLC0415 - as above

        if self._watching:
            faulthandler.disable()
        if self._file is not None:
            self._file.close()
        if self._mark is not None:
            with suppress(OSError):
                self._mark.unlink()
        self._watching, self._file, self._mark = False, None, None

    def _make_mark(self) -> TextIOWrapper | None:
        path = self.folder / f"running-{os.getpid()}-{os.urandom(4).hex()}.txt"
        try:
            private_folder(self._home)
            private_folder(self.folder)
            file = open(_new_file(path), "w", encoding="utf-8")  # noqa: SIM115 - as long as the window
        except OSError:  # a home that cannot be written is told of by whoever opens it
            return None
        self._mark, self._file = path, file
        return file

    def _is_new(self, error: BaseException) -> bool:
        frames = traceback.walk_tb(error.__traceback__)
        places = [(frame.f_code.co_filename, line) for frame, line in frames][-_FRAMES:]
        fault = (type(error), *places)
        if fault in self._seen or len(self._seen) >= _MOST_FAULTS:
            return False
        self._seen.add(fault)
        return True

    def _tell(self, report: Report) -> None:
        with self._lock:
            heard = self._heard
            if heard is None:
                self._unheard.append(report)
        if heard is not None:
            heard(report)

    def _write(self, kind: Kind, where: str, trace: str) -> Report:
        now = self._clock()
        text = self._scrubber.clean(
            "\n".join(
                (*_head(kind, where, now), trace, f"Last {LOG_LINES} lines of the log", *self._log_lines())
            )
        )
        path = self.folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}-{os.urandom(3).hex()}.txt"
        try:
            private_folder(self._home)
            private_folder(self.folder)
            with open(_new_file(path), "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
            self._keep_newest(path)
        except OSError:
            return Report(kind, None, text)
        return Report(kind, path, text)

    def _log_lines(self) -> tuple[str, ...]:
        from vfadmin.logtail import tail  # noqa: PLC0415 - only when something is wrong

        try:
            return tail(self.log_file, LOG_LINES).lines
        except OSError as error:
            return (f"could not be read: {type(error).__name__}",)

    def _keep_newest(self, newest: Path) -> None:
        older = sorted((one for one in self.folder.glob("crash-*.txt") if one != newest), key=_age)
        for path in older[: max(0, len(older) - KEPT + 1)]:
            with suppress(OSError):  # somebody may be reading it
                path.unlink()


@contextmanager
def catching(reports: CrashReports) -> Iterator[None]:
    """Report every exception that escapes while the context lasts, in whatever thread or slot of Qt's."""

    def escaped(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):  # somebody's wish is no fault
            reports.fault(error.with_traceback(trace), f"thread {threading.current_thread().name}")

    def escaped_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
            name = told.thread.name if told.thread is not None else "?"
            reports.fault(told.exc_value, f"thread {name}")

    def escaped_finaliser(told: Any) -> None:  # noqa: ANN401 - its type is known to type checkers alone
        if told.exc_value is not None:
            reports.fault(told.exc_value, told.err_msg or f"finaliser of {type(told.object).__name__}")

    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook, threading.excepthook, sys.unraisablehook = escaped, escaped_thread, escaped_finaliser
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


def _head(kind: Kind, where: str, now: datetime) -> list[str]:
    import platform  # noqa: PLC0415 - only when something is wrong

    core = sys.modules.get("PySide6.QtCore")
    qt = f"{core.__version__}, Qt {core.qVersion()}" if core is not None else "not loaded"
    return [
        f"vfadmin report: {kind}",
        "",
        f"Time: {now.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        f"Where: {where}",
        f"vfadmin: {__version__}",
        f"Python: {platform.python_version()}",
        f"PySide6: {qt}",
        f"System: {platform.platform()}",
        "",
    ]


def _traceback(error: BaseException) -> str:
    told = traceback.TracebackException(
        type(error), error, error.__traceback__, limit=-_DEEPEST, capture_locals=False
    )
    return "".join(told.format())


def _age(path: Path) -> tuple[int, str]:
    with suppress(OSError):
        return path.stat().st_mtime_ns, path.name
    return 0, path.name


def _new_file(path: Path) -> int:
    """A file that was not there before, its owner's alone. Raises OSError."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

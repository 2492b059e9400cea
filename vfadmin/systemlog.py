"""The log of the operating system: on Windows, what somebody is to look at goes into its Application log too.

Elsewhere there is nothing to do: a service manager keeps what a process writes on its standard error.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

SOURCE = "vfadmin"
MARK = "system_event"
"""What a line of the log carries that belongs there: a key as in `services.watchman`."""
ERROR, WARNING, INFORMATION = 1, 2, 4
"""EVENTLOG_ERROR_TYPE, EVENTLOG_WARNING_TYPE, EVENTLOG_INFORMATION_TYPE of winnt.h."""
_BEGIN, _END, _SILENT, _OTHER = 100, 101, 110, 999
_FAMILIES = (
    *("EX-AUTH", "EX-BUSY", "EX-CAL", "EX-CONN", "EX-GRAPH", "EX-IMP", "EX-ITEM", "EX-MBX", "EX-TLS"),
    *("EX-UNKNOWN", "VF-CALENDAR", "VF-HUNG", "VF-INTERNAL", "VF-LOGIN", "VF-REST", "VF-SECRET", "VF-STORE"),
)
"""Only ever added to at the end: the numbers are what an administrator's filters go by."""
_FIRST, _EACH = 200, 30


class EventLog(Protocol):
    """Where such lines go."""

    def write(self, kind: int, event_id: int, text: str) -> None:
        """Write one. Raises OSError."""

    def close(self) -> None:
        """Let go of it."""


def event_id(key: str) -> int:
    """The number of an event, the same for ever: 1 to 999, which Windows' own EventCreate.exe can show.

    100 and 101 are an engine's begin and end, 110 silence, 200 and up the codes: thirty a family.
    """
    kind, _, rest = key.removeprefix("over:").partition(":")
    fixed = {"begin": _BEGIN, "end": _END, "silent": _SILENT}.get(kind)
    if fixed is not None:
        return fixed
    family, _, number = rest.rpartition(":")[2].rpartition("-")
    if family not in _FAMILIES or not number.isdigit() or int(number) >= _EACH:
        return _OTHER
    return _FIRST + _EACH * _FAMILIES.index(family) + int(number)


def event_kind(key: str) -> int:
    """Whether it is an error, a warning or news: a closed connection concerns everybody."""
    if key.startswith("blocked:"):
        return ERROR
    return WARNING if key == "silent" or key.startswith("stopped:") else INFORMATION


class SystemLogHandler(logging.Handler):
    """Hands on the lines that are marked."""

    def __init__(self, log: EventLog) -> None:
        super().__init__()
        self._log = log
        self.addFilter(lambda record: hasattr(record, MARK))

    def emit(self, record: logging.LogRecord) -> None:
        """Write it; a log that takes nothing must not stop the work it tells of."""
        key = str(getattr(record, MARK))
        try:
            self._log.write(event_kind(key), event_id(key), record.getMessage())
        except OSError:
            return

    def close(self) -> None:
        """Let go of the log."""
        self._log.close()
        super().close()


@contextmanager
def telling(log: EventLog | None) -> Iterator[None]:
    """Hand on what is marked while the context lasts; None where the system has no such log."""
    if log is None:
        yield
        return
    handler, own = SystemLogHandler(log), logging.getLogger("vfadmin")
    own.addHandler(handler)
    try:
        yield
    finally:
        own.removeHandler(handler)
        handler.close()


def system_log() -> EventLog | None:
    """The Application log on Windows, None elsewhere and where it cannot be opened."""
    if sys.platform == "win32":  # pragma: no cover - on Windows
        try:
            return _ApplicationLog()
        except OSError:
            return None
    return None


if sys.platform == "win32":  # pragma: no cover - on Windows
    import ctypes
    from ctypes import wintypes

    class _ApplicationLog:
        """ReportEventW of advapi32. It needs no rights: an unregistered source is in the Application log."""

        def __init__(self) -> None:
            api = ctypes.WinDLL("advapi32", use_last_error=True)
            self._register, self._report = api.RegisterEventSourceW, api.ReportEventW
            self._deregister = api.DeregisterEventSource
            self._register.argtypes = [wintypes.LPCWSTR, wintypes.LPCWSTR]
            self._register.restype = wintypes.HANDLE
            self._report.argtypes = [
                *(wintypes.HANDLE, wintypes.WORD, wintypes.WORD, wintypes.DWORD, wintypes.LPVOID),
                *(wintypes.WORD, wintypes.DWORD, ctypes.POINTER(wintypes.LPCWSTR), wintypes.LPVOID),
            ]
            self._report.restype = wintypes.BOOL
            self._deregister.argtypes = [wintypes.HANDLE]
            self._handle = self._register(None, SOURCE)
            if not self._handle:
                raise ctypes.WinError(ctypes.get_last_error())

        def write(self, kind: int, event_id: int, text: str) -> None:
            strings = (wintypes.LPCWSTR * 1)(text)
            if not self._report(self._handle, kind, 0, event_id, None, 1, 0, strings, None):
                raise ctypes.WinError(ctypes.get_last_error())

        def close(self) -> None:
            self._deregister(self._handle)

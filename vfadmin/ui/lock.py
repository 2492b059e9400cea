"""One window for one home: who holds the lock is it.

The lock is the system's own on an open file, so it is free the moment its process ends, however it ends. The
file says by which name the window can be called.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

LOCK_NAME = "window.lock"
_LONGEST = 200

if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    _FAR = 1 << 30
    """Far behind the name: a locked byte cannot be read by others."""
    _SYSTEM = ctypes.WinDLL("kernel32", use_last_error=True)
    _SYSTEM.LockFile.argtypes = (wintypes.HANDLE, *[wintypes.DWORD] * 4)

    def _lock(descriptor: int) -> None:
        # Not msvcrt.locking: why it failed is told by Windows' own library and not by Wine's.
        if not _SYSTEM.LockFile(msvcrt.get_osfhandle(descriptor), _FAR, 0, 1, 0):
            raise ctypes.WinError(ctypes.get_last_error())

    _HELD: tuple[type[OSError], ...] = (PermissionError,)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    _HELD: tuple[type[OSError], ...] = (BlockingIOError,)


class WindowLock:
    """The lock of a home. ``former`` is the name a window left that ended without giving the lock back."""

    def __init__(self, home: Path) -> None:
        self._path = home / LOCK_NAME
        self._descriptor: int | None = None
        self.former = ""

    def take(self) -> bool:
        """Whether the window may open: False while another one holds the lock.

        Where nothing can be locked, as in a home that cannot be written, the window opens and says what is
        wrong.
        """
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        try:
            _lock(descriptor)
        except _HELD:
            os.close(descriptor)
            return False
        except OSError:  # a file system without locks
            os.close(descriptor)
            return True
        self._descriptor = descriptor
        self.former = self.name()
        self.tell("")
        return True

    def tell(self, name: str) -> None:
        """Write the name by which the window that holds the lock can be called."""
        if self._descriptor is not None:
            with suppress(OSError):  # without it a second window finds nobody who answers
                os.ftruncate(self._descriptor, 0)
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, name.encode())

    def name(self) -> str:
        """The name by which the window that holds the lock can be called; empty while there is none."""
        try:
            with self._path.open("rb") as file:
                return file.read(_LONGEST).decode("utf-8", "replace")
        except OSError:
            return ""

    def release(self) -> None:
        """Let the next window have it."""
        if self._descriptor is not None:
            self.tell("")
            os.close(self._descriptor)
            self._descriptor = None

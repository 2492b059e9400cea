"""Folders for the stores of tests: in memory, where there is room.

A test that commits a hundred times spends half its time waiting for a disk, whose fsync it does not test.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
_ROOM = 256 * 1024 * 1024


def memory(room: int = _ROOM) -> Path | None:
    """Where folders in memory are made; None where there are less than ``room`` bytes for them."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > room else None


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is room, else an ordinary one; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="vfadmin-machine-", dir=memory()) as folder:
        yield Path(folder)

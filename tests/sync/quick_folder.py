"""A folder for the stores of long runs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
_ROOM = 256 * 1024 * 1024


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is room, else an ordinary one; gone at the end.

    A run of thousands of commits spends half its time waiting for a disk, whose fsync it does not test.
    """
    quick = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    with tempfile.TemporaryDirectory(prefix="vfadmin-machine-", dir=_MEMORY if quick else None) as folder:
        yield Path(folder)

"""Files that are there as a whole or not at all: a full disk leaves what was there before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any


def check_free(path: Path) -> None:
    """Find out before the work, not after it, that the file is open in Excel or may not be changed."""
    if path.is_file():
        with path.open("r+b"):
            pass


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A file to be, in the same folder so that it can take the other's place in one step; gone afterwards."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.stem}-", suffix=".part", delete=False) as made:
        part = Path(made.name)
    try:
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def save_whole(path: Path, save: Callable[[Any], object]) -> None:
    """Have ``save`` write a file, by its path or as an open one. Raises OSError.

    A link stays one, and what is no file but a device is written to: nothing takes its place.
    """
    check_free(path)
    target = path.resolve()
    if target.exists() and not target.is_file():
        content = BytesIO()
        save(content)
        target.write_bytes(content.getvalue())
        return
    with beside(target) as part:
        save(part)
        part.replace(target)

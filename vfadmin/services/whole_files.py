"""Files that are there as a whole or not at all: a full disk leaves what was there before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def check_free(path: Path) -> None:
    """Find out before the work, not after it, that the file is open in Excel or may not be changed."""
    if path.exists():
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

"""Files in the home that name somebody: what an erasure cannot reach, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from vfadmin.models.people import fold

_TEXTS = ("logs/*", "crashes/*", "*.ini")
_COPIES = "*-before-*-was-*"
"""What `vfadmin.models.former` keeps: all that was in the database. Too large to be looked through."""


def files_naming(home: Path, words: Sequence[str]) -> tuple[str, ...]:
    """The names of those files, below ``home``; one that cannot be read is left out.

    Logs and reports of crashes are no larger than some megabytes (`vfadmin.logfile`).
    """
    if not words:
        return ()
    sought = [fold(one) for one in words]
    sought += [fold(repr(one)[1:-1]) for one in words]  # a login with a backslash, as Python writes it
    found = [path for path in _files(home, *_TEXTS) if _names(path, sought)]
    return tuple(path.relative_to(home).as_posix() for path in [*found, *_files(home, _COPIES)])


def _files(home: Path, *places: str) -> Iterator[Path]:
    for place in places:
        yield from sorted(path for path in home.glob(place) if path.is_file())


def _names(path: Path, sought: Sequence[str]) -> bool:
    """Whether any line has any of the words."""
    with suppress(OSError), path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        return any(word in fold(line) for line in lines for word in sought)
    return False

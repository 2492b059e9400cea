"""Backups as files: a ZIP of one list a table, and of a page that says what they are (decision 19).

Each list is a file of lines: the first names the columns and their kinds, each other one is a row. The page
``manifest.json`` says which revision the tables are of, and how many rows and which sum each list has.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any

from vfadmin.errors import UsageError, failure
from vfadmin.models.portable import Row, Shape
from vfadmin.models.schema import REVISIONS, newest

FORMAT = 1
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows a table has, and the sum over them and over its columns."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    revision: str
    made: str
    counters: dict[str, int]
    tables: dict[str, Counted] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(one.rows for one in self.tables.values())


class BackupWriter:
    """Writes a backup, table by table; `close` it with what is known at the end."""

    def __init__(self, file: Path, made: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._made = made
        self._tables: dict[str, Counted] = {}

    def add(self, shape: Shape, rows: Iterable[Row]) -> None:
        """Add a table."""
        with self._zip.open(f"{shape.table}.jsonl", "w", force_zip64=True) as out:
            self._tables[shape.table] = counted(shape, rows, out)

    def finish(self, counters: dict[str, int]) -> Manifest:
        """Write the page and close the file."""
        done = Manifest(newest(), self._made.isoformat(), counters, self._tables)
        told = {
            "format": FORMAT,
            "revision": done.revision,
            "made": done.made,
            "counters": counters,
            "tables": {name: {"rows": one.rows, "sha256": one.sha256} for name, one in self._tables.items()},
        }
        self._zip.writestr(_MANIFEST, json.dumps(told, indent=1))
        self._zip.close()
        return done


class BackupReader:
    """A backup that is open, and what it says of itself. Reading it raises UsageError VF-BACKUP-01."""

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self._path, self._zip = path, opened
        told = json.loads(opened.read(_MANIFEST))
        if told["format"] > FORMAT or (told["revision"] > newest() and told["revision"] not in REVISIONS):
            raise UsageError(failure("VF-BACKUP-02", path=str(path), found=str(told["revision"])))
        if told["revision"] not in REVISIONS:
            raise ValueError("no revision of ours")
        tables = {name: Counted(one["rows"], one["sha256"]) for name, one in told["tables"].items()}
        self.manifest = Manifest(told["revision"], told["made"], told["counters"], tables)

    @contextmanager
    def table(self, name: str) -> Iterator[tuple[Shape, Iterator[Row]]]:
        """A table's shape and its rows; what can be read to the end is what was written."""
        with _damaged(self._path):
            lines = self._zip.open(f"{name}.jsonl")
        with lines:
            with _damaged(self._path):
                first = lines.readline()
                shape = Shape(name, tuple((column, kind) for column, kind in json.loads(first)))
            yield shape, self._rows(name, first, lines)

    def _rows(self, name: str, first: bytes, lines: IO[bytes]) -> Iterator[Row]:
        total, count = hashlib.sha256(first), 0
        with _damaged(self._path):
            for line in lines:
                total.update(line)
                count += 1
                row = json.loads(line)
                if not isinstance(row, list):
                    raise ValueError("no row")  # noqa: TRY004 - what a file holds, not what was called so
                yield row
            if Counted(count, total.hexdigest()) != self.manifest.tables[name]:
                raise ValueError("the sums differ")


@contextmanager
def opened_backup(path: Path) -> Iterator[BackupReader]:
    """The backup in that file.

    Raises UsageError: VF-BACKUP-01 for a file that is none or is damaged, VF-BACKUP-02 for a newer version's.
    """
    with _damaged(path):
        opened = zipfile.ZipFile(path)
    with opened:
        with _damaged(path):
            reader = BackupReader(path, opened)
        yield reader


@contextmanager
def _damaged(path: Path) -> Iterator[None]:
    """What goes wrong inside is the file's fault."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, OSError) as error:
        raise UsageError(failure("VF-BACKUP-01", path=str(path))) from error


def counted(shape: Shape, rows: Iterable[Row], out: IO[bytes] | None = None) -> Counted:
    """Count the rows and sum them up, on their way into ``out`` if there is one."""
    total, lines = hashlib.sha256(), -1
    for value in chain([[list(column) for column in shape.columns]], rows):
        line = _line(value)
        total.update(line)
        lines += 1
        if out is not None:
            out.write(line)
    return Counted(lines, total.hexdigest())


def _line(value: Any) -> bytes:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

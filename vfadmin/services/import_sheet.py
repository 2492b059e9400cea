"""Reading a customer's list: the workbook, its header row, its cells as texts. Judges nothing."""

from __future__ import annotations

import errno
import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from vfadmin.errors import UsageError, failure
from vfadmin.models.people import fold
from vfadmin.services.import_headers import FIELDS, IDENTIFYING, field_of
from vfadmin.services.sheets.apart import read_grid_apart
from vfadmin.services.sheets.grid import HEADER_ROWS, Grid, NoSheetError, Trouble, UnreadableError

FILE_LIMIT = 100 * 1024 * 1024
CELL_LIMIT = 1_000
"""Longer than any value a field takes; what is longer is cut here and refused as too long there."""

_TROUBLES = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.EISDIR: "folder",
    errno.ENOSPC: "full",
}
_PROTECTED = {Trouble.PASSWORD: "VF-IMPORT-09", Trouble.WRONG_PASSWORD: "VF-IMPORT-10"}
_SHOWN_LIMIT = 80
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the number the spreadsheet shows and the recognised cells by field, cleaned."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it was read. ``columns`` are the headers under which the fields were found."""

    file: str
    sha256: str
    name: str
    header_row: int
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """A file's cells, cleaned, before anybody has said what they mean."""

    file: str
    sha256: str
    name: str
    rows: tuple[tuple[str, ...], ...]


def read_cells(file: Path, sheet: str | None, password: str | None = None) -> Cells:
    """Read the first visible sheet, or the named one.

    Raises UsageError: VF-IMPORT-01 (no list, or too large), -03 (no such sheet), -09 (protected, and no
    password given), -10 (wrong password).
    """
    content = _content(file)
    read = _grid(file, content, sheet, password)
    rows = tuple(tuple(clean(cell) for cell in row) for row in read.rows)
    return Cells(file.name, hashlib.sha256(content).hexdigest(), read.name, rows)


def sheet_of(cells: Cells, columns: Mapping[str, str] | None = None) -> Sheet:
    """The list that the cells are, with these columns where its headings mislead.

    Raises UsageError: VF-IMPORT-02 (no header row), -06 (a given column is not there).
    """
    grid = cells.rows
    place, found = _header(cells.file, grid, columns or {})
    heading = grid[place]
    rows = [
        SheetRow(number, {name: line[index] for name, index in found.items() if index < len(line)})
        for number, line in enumerate(grid[place + 1 :], start=place + 2)
        if any(line)
    ]
    return Sheet(
        file=cells.file,
        sha256=cells.sha256,
        name=cells.name,
        header_row=place + 1,
        columns={field: _title(heading, index) for field, index in found.items()},
        ignored=tuple(cell for index, cell in enumerate(heading) if cell and index not in found.values()),
        rows=tuple(row for row in rows if any(row.cells.values())),
    )


def clean(value: object) -> str:
    """A cell as text: one line, composed characters, ordinary blanks, nothing invisible, 12.0 as 12."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)  # spreadsheets keep every number as a floating one
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    text = str(value)[:CELL_LIMIT]
    if text.isascii():
        return " ".join(text.split())  # most cells: nothing to compose, nothing invisible
    # Control characters other than blanks stay: they make a value wrong, and its message says so.
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def trouble(error: OSError) -> str:
    """What is wrong with a file, as a word that the texts know; the name of its code for what is rare."""
    number = error.errno or 0
    return _TROUBLES.get(number) or errno.errorcode.get(number) or type(error).__name__


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > FILE_LIMIT:
            raise _unreadable(file, "large")
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, trouble(error)) from error


def _grid(file: Path, content: bytes, sheet: str | None, password: str | None) -> Grid:
    try:
        return read_grid_apart(content, sheet, password)
    except NoSheetError as error:
        wanted, known = error.wanted[:_SHOWN_LIMIT], ", ".join(error.known)
        raise UsageError(failure("VF-IMPORT-03", file=file.name, sheet=wanted, known=known)) from error
    except UnreadableError as error:
        if error.trouble in _PROTECTED:
            raise UsageError(failure(_PROTECTED[error.trouble], file=file.name)) from error
        raise _unreadable(file, error.trouble) from error


def _unreadable(file: Path, detail: str) -> UsageError:
    return UsageError(failure("VF-IMPORT-01", file=file.name, detail=detail))


def _header(
    file: str, grid: Sequence[Sequence[str]], columns: Mapping[str, str]
) -> tuple[int, dict[str, int]]:
    """The row that names the columns: of the first ones, that with the most known words."""
    scores = [_score(row, columns) for row in grid[:HEADER_ROWS]]
    best = max(scores, default=0)
    if best == 0 and not (columns and grid):
        raise UsageError(failure("VF-IMPORT-02", file=file))
    place = scores.index(best)
    return place, _corrected(grid[place], _recognised(grid[place]), columns)


def _score(row: Sequence[str], columns: Mapping[str, str]) -> int:
    by_hand = sum(1 for wanted in columns.values() if column_index(row, wanted, letters=False) is not None)
    found = _recognised(row)
    return by_hand + len(found) if by_hand or IDENTIFYING & set(found) else 0


def _corrected(header: Sequence[str], found: dict[str, int], columns: Mapping[str, str]) -> dict[str, int]:
    """What was recognised, with what was said by hand laid over it."""
    for name, wanted in columns.items():
        index = column_index(header, wanted, letters=True)
        if name not in FIELDS or index is None:
            raise UsageError(failure("VF-IMPORT-06", column=f"{name}: {wanted}"[:_SHOWN_LIMIT]))
        found = {other: at for other, at in found.items() if at != index and other != name} | {name: index}
    return found


def _recognised(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        name = field_of(cell)
        if name is not None:
            found.setdefault(name, index)
    return found


def column_index(header: Sequence[str], wanted: str, *, letters: bool) -> int | None:
    """The place of a column that is named by its header or, with ``letters``, as spreadsheets do (``C``)."""
    for index, cell in enumerate(header):
        if cell and fold(cell) == fold(clean(wanted)):
            return index
    name = wanted.strip().upper()
    if not letters or not 0 < len(name) <= 3 or not (name.isascii() and name.isalpha()):  # noqa: PLR2004 - XFD
        return None
    number = 0
    for char in name:
        number = number * 26 + ord(char) - ord("A") + 1
    return number - 1


def _title(header: Sequence[str], index: int) -> str:
    return header[index] if index < len(header) and header[index] else _letters(index)


def _letters(index: int) -> str:
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

"""Reading a customer's list: the workbook, its header row, its cells as texts. Judges nothing."""

from __future__ import annotations

import errno
import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from vfadmin.errors import UsageError, failure
from vfadmin.models.people import fold
from vfadmin.services.import_headers import FIELDS, IDENTIFYING, field_of

FILE_LIMIT = 100 * 1024 * 1024
ROW_LIMIT = 200_000
HEADER_ROWS = 20
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


def read_sheet(file: Path, sheet: str | None, columns: Mapping[str, str] | None) -> Sheet:
    """Read the first visible sheet, or the named one.

    Raises UsageError: VF-IMPORT-01 (no workbook, or too large), -02 (no header row), -03 (no such sheet),
    -06 (a given column is not there).
    """
    content = _content(file)
    name, raw = _grid(file, content, sheet)
    grid = [[clean(cell) for cell in row] for row in raw]
    place, found = _header(file, grid, columns or {})
    width = len(grid[place])
    rows = [
        SheetRow(number, {name: line[index] for name, index in found.items() if index < len(line)})
        for number, line in enumerate(grid[place + 1 :], start=place + 2)
        if any(line)
    ]
    return Sheet(
        file=file.name,
        sha256=hashlib.sha256(content).hexdigest(),
        name=name,
        header_row=place + 1,
        columns={field: _title(grid[place], index) for field, index in found.items()},
        ignored=tuple(
            grid[place][index] for index in range(width) if grid[place][index] and index not in found.values()
        ),
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
    # Control characters other than blanks stay: they make a value wrong, and its message says so.
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def trouble(error: OSError) -> str:
    """What is wrong with a file, as a word that the texts know; the system's own words for what is rare."""
    return _TROUBLES.get(error.errno or 0) or error.strerror or type(error).__name__


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > FILE_LIMIT:
            raise _unreadable(file, "large")
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, trouble(error)) from error


def _grid(file: Path, content: bytes, sheet: str | None) -> tuple[str, Sequence[Sequence[object]]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = book.sheet_names
        chosen = sheet if sheet is not None else _first_visible(book)
        if chosen is None or chosen not in names:
            known = ", ".join(names)
            raise UsageError(
                failure("VF-IMPORT-03", file=file.name, sheet=(chosen or "")[:_SHOWN_LIMIT], known=known)
            )
        page = book.get_sheet_by_name(chosen)
        if page.total_height > ROW_LIMIT + HEADER_ROWS:
            raise _unreadable(file, "large")
        return chosen, page.to_python(skip_empty_area=False)
    except PasswordError as error:
        raise _unreadable(file, "password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(file, "damaged") from error


def _first_visible(book: CalamineWorkbook) -> str | None:
    return next(
        (page.name for page in book.sheets_metadata if page.visible == SheetVisibleEnum.Visible), None
    )


def _unreadable(file: Path, detail: str) -> UsageError:
    return UsageError(failure("VF-IMPORT-01", file=file.name, detail=detail))


def _header(
    file: Path, grid: Sequence[Sequence[str]], columns: Mapping[str, str]
) -> tuple[int, dict[str, int]]:
    """The row that names the columns: of the first ones, that with the most known words."""
    scores = [_score(row, columns) for row in grid[:HEADER_ROWS]]
    best = max(scores, default=0)
    if best == 0 and not (columns and grid):
        raise UsageError(failure("VF-IMPORT-02", file=file.name))
    place = scores.index(best)
    return place, _corrected(grid[place], _recognised(grid[place]), columns)


def _score(row: Sequence[str], columns: Mapping[str, str]) -> int:
    by_hand = sum(1 for wanted in columns.values() if _index(row, wanted, letters=False) is not None)
    found = _recognised(row)
    return by_hand + len(found) if by_hand or IDENTIFYING & set(found) else 0


def _corrected(header: Sequence[str], found: dict[str, int], columns: Mapping[str, str]) -> dict[str, int]:
    """What was recognised, with what was said by hand laid over it."""
    for name, wanted in columns.items():
        index = _index(header, wanted, letters=True)
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


def _index(header: Sequence[str], wanted: str, *, letters: bool) -> int | None:
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

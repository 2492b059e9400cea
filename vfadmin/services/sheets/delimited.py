"""Lines with delimiters (RFC 4180): CSV as Excel writes it in Finland, tabs, and what others write."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Literal

from vfadmin.services.sheets.grid import Grid, NoSheetError, Trouble, UnreadableError, checked_rows

DELIMITERS = ";\t,|"
"""By precedence: of two that divide a file equally well, the first counts."""
_LOOKED_AT = 60
_MOST_BREAKS = 20
"""A cell of more lines is a quotation mark that was never closed."""
_SEP = re.compile(r"\Asep=(.)\r?\n?\Z", re.IGNORECASE)
_GUARD = re.compile(r'\A="(.*)"\Z', re.DOTALL)
"""How a number is kept a text in a CSV file: ="0012"."""


def read_delimited(text: str, sheet: str | None) -> Grid:
    """The cells. Raises NoSheetError where a sheet is asked for: there are none."""
    if sheet:
        raise NoSheetError(sheet, ())
    lines = text.replace("\0", "").splitlines(keepends=True)
    given = _SEP.match(lines[0]) if lines else None
    if given is not None:  # a line for Excel alone, which does not show it
        del lines[0]
    delimiter = given[1] if given is not None else delimiter_of(lines)
    rows = _quoted(lines, delimiter)
    if rows is None:
        try:
            rows = _rows(lines, delimiter, csv.QUOTE_NONE)
        except csv.Error as error:  # a cell beyond the module's own limit, which is far beyond ours
            raise UnreadableError(Trouble.DAMAGED) from error
    return Grid("", [[_unguarded(cell) for cell in row] for row in rows])


def delimiter_of(lines: Iterable[str]) -> str:
    """What divides the lines most evenly into most cells; a semicolon where nothing does."""
    looked_at = [line for line in islice(lines, _LOOKED_AT * 3) if line.strip()][:_LOOKED_AT]
    best, chosen = 0.0, DELIMITERS[0]
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _quoted(looked_at, delimiter) or () if row)
        rows = sum(widths.values())
        score = max(((width - 1) * count / rows for width, count in widths.items()), default=0.0)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _quoted(lines: Sequence[str], delimiter: str) -> list[list[str]] | None:
    """The rows with quotation marks understood; None where one of them was never closed."""
    try:
        rows = _rows(lines, delimiter, csv.QUOTE_MINIMAL)
    except csv.Error:
        return None
    return None if any(cell.count("\n") > _MOST_BREAKS for row in rows for cell in row) else rows


def _rows(lines: Iterable[str], delimiter: str, quoting: Literal[0, 3]) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in csv.reader(lines, delimiter=delimiter, quoting=quoting):
        rows.append(row)
        checked_rows(len(rows))
    return rows


def _unguarded(cell: str) -> str:
    guarded = _GUARD.match(cell)
    return guarded[1].replace('""', '"') if guarded else cell

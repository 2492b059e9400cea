"""Lines with delimiters (RFC 4180): CSV as Excel writes it in Finland, tabs, and what others write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Literal

from vfadmin.services.sheets.grid import Grid, NoSheetError, Trouble, UnreadableError, checked_rows

DELIMITERS = ";\t,|"
"""By precedence: of two that divide a file equally well, the first counts."""
_LOOKED_AT = 60
_MOST_BREAKS = 20
"""A cell of more lines is a quotation mark that was never closed."""
_SEP = re.compile(r'\A"?sep=(.)"?[\r\n]*\Z', re.IGNORECASE)
_GUARD = re.compile(r'\A="(.*)"\Z', re.DOTALL)
"""How a number is kept a text in a CSV file: ="0012"."""


def read_delimited(text: str, sheet: str | None) -> Grid:
    """The cells. Raises NoSheetError where a sheet is asked for: there are none; UnreadableError."""
    if sheet:
        raise NoSheetError(sheet, ())
    # Not splitlines: it also parts at signs that stand inside cells, such as Excel's vertical tab.
    lines = list(io.StringIO(text.replace("\0", ""), newline=""))
    given = _SEP.match(lines[0]) if lines else None
    if given is not None:  # a line for Excel alone, which does not show it
        del lines[0]
    delimiter = given[1] if given is not None else delimiter_of(lines)
    rows = _quoted(lines, delimiter)
    if rows is None:
        rows = _line_by_line(lines, delimiter)
    return Grid("", [[_unguarded(cell) for cell in row] for row in rows])


def delimiter_of(lines: Sequence[str]) -> str:
    """What divides the lines; a semicolon where nothing does.

    First counts in how many of them it stands at all, the heading among them: a comma within all names is
    none within the heading. Then how evenly it divides, and into how many cells.
    """
    looked_at = [line for line in islice(lines, _LOOKED_AT * 3) if line.strip()][:_LOOKED_AT]
    best, chosen = (0.0, 0.0), DELIMITERS[0]
    for delimiter in DELIMITERS:
        rows = _quoted(looked_at, delimiter) or _line_by_line(looked_at, delimiter)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        divided = sum(widths.values()) / max(1, len(rows))
        even = max(((width - 1) * (count / len(rows)) ** 2 for width, count in widths.items()), default=0.0)
        if (divided, even) > best:
            best, chosen = (divided, even), delimiter
    return chosen


def _quoted(lines: Sequence[str], delimiter: str) -> list[list[str]] | None:
    """The rows with quotation marks understood; None where they do not come in pairs."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            rows.append(row)
            checked_rows(len(rows))
    except csv.Error:  # or a cell beyond the module's own limit, which is far beyond ours
        return None
    return None if any(cell.count("\n") > _MOST_BREAKS for row in rows for cell in row) else rows


def _line_by_line(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """The rows, each line by itself: of a quotation mark that has no other only its own line suffers."""
    checked_rows(len(lines))
    rows: list[list[str]] = []
    for line in lines:
        quoting: Literal[0, 3] = csv.QUOTE_NONE if line.count('"') % 2 else csv.QUOTE_MINIMAL
        try:
            rows += csv.reader([line.rstrip("\r\n")], delimiter=delimiter, quoting=quoting)
        except csv.Error as error:
            raise UnreadableError(Trouble.DAMAGED) from error
    return rows


def _unguarded(cell: str) -> str:
    guarded = _GUARD.match(cell)
    return guarded[1].replace('""', '"') if guarded else cell

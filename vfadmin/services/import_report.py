"""The report of a bulk load: the customer's own list, with what became of each row and why (R26)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from vfadmin.errors import UsageError, failure
from vfadmin.errors.texts import explain, outcome
from vfadmin.services.export_workbook import forget_rows, text_cell
from vfadmin.services.import_headers import FIELDS
from vfadmin.services.import_plan import PlannedRow
from vfadmin.services.import_sheet import column_index, trouble
from vfadmin.services.whole_files import save_whole

_ADDED = ("row", "verdict", "column", "reason", "remedy")
_WIDTHS = {"reason": 60, "remedy": 60}
_WIDTH = 22
_WRONG = "FFF4CCCC"
"""Behind the cell that is the reason: pale red; the column beside it says the same in words."""


@dataclass(frozen=True, slots=True)
class OwnLayout:
    """How a list looks: the lines as they stand in the file, and which of them is the heading.

    ``columns`` are the headers of the fields, ``edited`` the cells that are not as in the file any more.
    Without ``lines`` there are the recognised columns alone.
    """

    columns: Mapping[str, str]
    lines: Sequence[Sequence[str]] = ()
    heading: int = 1
    edited: frozenset[tuple[int, str]] = field(default_factory=frozenset)

    @property
    def above(self) -> Sequence[Sequence[str]]:
        """What stands above the heading."""
        return self.lines[: self.heading - 1]

    def header(self) -> list[str]:
        """The headings; one that has none is named by its letter."""
        if not self.lines:
            return list(self.columns.values())
        found = list(self.lines[self.heading - 1])
        named = {self.place(title): title for title in self.columns.values()}
        width = max(len(found), *(place + 1 for place in named if place is not None), 0)
        found += [""] * (width - len(found))
        return [text or named.get(place, "") for place, text in enumerate(found)]

    def line(self, row: PlannedRow, width: int) -> list[str]:
        """The row's cells under so many headings."""
        if not self.lines:
            return [row.cells.get(name, "") for name in self.columns]
        found = list(self.lines[row.row - 1])[:width]
        found += [""] * (width - len(found))
        for number, name in self.edited:
            place = self.place(self.columns[name]) if number == row.row else None
            if place is not None:
                found[place] = row.cells.get(name, "")
        return found

    def place(self, title: str) -> int | None:
        """Which of the columns that is, from 0."""
        titles = list(self.columns.values())
        if title not in titles:
            return None
        if not self.lines:
            return titles.index(title)
        return column_index(self.lines[self.heading - 1], title, letters=True)


def write_report(
    path: Path,
    rows: Iterable[PlannedRow],
    layout: OwnLayout,
    lang: str,
    *,
    done: bool = False,
    left: Collection[int] = (),
) -> None:
    """The list's rows in its own columns and order, and beside them verdict and reason.

    ``done`` says that they were applied, ``left`` are the numbers of those that were not among them. Every
    text goes out as one: nothing in it is taken for a formula. Raises UsageError VF-IMPORT-07.
    """
    book = Workbook(write_only=True)
    page: Any = book.create_sheet(outcome("import.report_sheet", lang))
    header = layout.header()
    widths = [_WIDTH] * len(header) + [_WIDTHS.get(name, _WIDTH) for name in _ADDED]
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{len(layout.above) + 2}"
    try:
        for line in layout.above:
            page.append([text_cell(page, cell) for cell in line])
        _append_bold(page, [*header, *(outcome(f"import.report.{name}", lang) for name in _ADDED)])
        verdicts = _Verdicts(lang, done=done, left=left)
        for row in rows:
            page.append(_cells(page, row, layout, len(header), verdicts))
        save_whole(path, book.save)
    except OSError as error:
        raise UsageError(failure("VF-IMPORT-07", file=str(path), detail=trouble(error))) from error
    finally:
        forget_rows(page)


class _Verdicts:
    """What is said of rows, looked up once for each verdict and once for each failure there is."""

    def __init__(self, lang: str, *, done: bool, left: Collection[int]) -> None:
        self._lang, self._done, self._left = lang, done, left
        self._words: dict[tuple[str, bool], str] = {}

    def said(self, row: PlannedRow) -> list[str]:
        """The texts of the columns that are added."""
        word = self._word("left" if row.row in self._left else row.verdict, activates=row.activates)
        told = ["", ""]
        if row.failure is not None:
            text = explain(row.failure.code, row.failure.params, self._lang)
            told = [text.message, text.remedy]
        column = row.column or ""
        if column in FIELDS and not row.value:  # the list may lack it, and then it has no heading there
            column = outcome(f"import.column.{column}", self._lang)
        return [str(row.row), word, column, *told]

    def _word(self, verdict: str, *, activates: bool) -> str:
        key = verdict, activates and verdict != "left"
        if key not in self._words:
            told = "done" if self._done else "verdict"
            said = outcome(f"import.{told}.{verdict}", self._lang)
            also = outcome(f"import.{told}.activated", self._lang)
            self._words[key] = f"{said}, {also}" if key[1] else said
        return self._words[key]


def _cells(page: Any, row: PlannedRow, layout: OwnLayout, own: int, verdicts: _Verdicts) -> list[Any]:  # noqa: ANN401
    cells = [text_cell(page, text) for text in (*layout.line(row, own), *verdicts.said(row))]
    wrong = None if row.column is None else layout.place(row.column)
    if wrong is not None:
        cells[wrong].fill = PatternFill("solid", fgColor=_WRONG)
    return cells


def _append_bold(page: Any, texts: Sequence[str]) -> None:  # noqa: ANN401 - openpyxl hides its class
    cells = [text_cell(page, text) for text in texts]
    for cell in cells:
        cell.font = Font(bold=True)
    page.append(cells)

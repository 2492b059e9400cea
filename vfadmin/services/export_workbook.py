"""A table that leaves the program as a workbook, written row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from vfadmin.services.export_sheet import TRIGGERS, Add, Headed, Value

_WIDTH = 24
_TIME = "m/d/yy h:mm"
"""Excel's own format 22, which it shows in the manner of the reader's language."""


@contextmanager
def as_workbook(part: Path, sheet: Headed) -> Iterator[Add]:
    """The same as a workbook, which is complete when all rows were added. Raises OSError."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}1"
    for number in range(1, len(sheet.headings) + 1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTH
    heads = [text_cell(page, heading) for heading in sheet.headings]
    for cell in heads:
        cell.font = Font(bold=True)
    page.append(heads)
    saved = False
    try:
        yield lambda cells: page.append([_cell(page, value) for value in cells])
        if not sheet.progress.cancelled:
            book.save(part)
            saved = True
    finally:
        if not saved:
            forget_rows(page)


def forget_rows(page: Any) -> None:  # noqa: ANN401 - openpyxl hides its class
    """Remove the rows that openpyxl keeps in a file of its own; it does so when the program ends."""
    if not page.closed:
        page.close()
    with suppress(OSError):
        page._writer.cleanup()  # noqa: SLF001 - there is no other way to it


def _cell(page: Any, value: Value) -> Any:  # noqa: ANN401 - openpyxl hides its classes
    if isinstance(value, datetime):
        cell = WriteOnlyCell(page, value.astimezone().replace(tzinfo=None, microsecond=0))
        cell.number_format = _TIME
        return cell
    return text_cell(page, value) if isinstance(value, str) else value


def text_cell(page: Any, text: str) -> Any:  # noqa: ANN401 - openpyxl hides its classes
    """A cell of a page that is written row by row, which no spreadsheet takes for a formula."""
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if text.startswith(TRIGGERS):
        cell.quotePrefix = True  # it stays a text also when the cell is edited
    return cell

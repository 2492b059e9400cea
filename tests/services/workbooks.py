"""Lists as customers send them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

HEADER = ["ValueFrame ID", "Nimi", "Sähköposti", "Yhtiö", "Integraatiotunnus"]


def write_list(path: Path, *rows: Sequence[object], header: Sequence[object] | None = HEADER) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Lista"
    for row in ([] if header is None else [header], rows):
        for cells in row:
            sheet.append(list(cells))
    book.save(path)
    return path

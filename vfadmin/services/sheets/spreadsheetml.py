"""Excel's XML of 2003 (SpreadsheetML), as reports and HR systems still write it."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from vfadmin.services.sheets.grid import (
    COLUMN_LIMIT,
    HEADER_ROWS,
    ROW_LIMIT,
    Grid,
    NoSheetError,
    Trouble,
    UnreadableError,
    checked_cells,
    checked_rows,
    chosen,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_T = TypeVar("_T")
_X = "{urn:schemas-microsoft-com:office:excel}"


@dataclass(slots=True)
class _Sheet:
    name: str
    visible: bool = True
    rows: list[list[object]] = field(default_factory=list)
    cells: int = 0


def read_spreadsheetml(text: str, sheet: str | None) -> Grid:
    """The cells of the first visible worksheet, or of the named one. Raises NoSheetError."""
    from lxml import etree  # noqa: PLC0415 - few lists need it

    content = BytesIO(_without_declaration(text).encode("utf-8", "replace"))
    sheets: list[_Sheet] = []
    try:
        # Entities stay what they are, and nothing is fetched: a list needs neither.
        events = etree.iterparse(
            content, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for event, element in events:
            if event == "start":
                if element.tag == f"{_SS}Worksheet":
                    sheets.append(_Sheet(str(element.get(f"{_SS}Name", ""))))
            elif sheets:
                _take(sheets[-1], element)
    except etree.LxmlError as error:
        raise UnreadableError(Trouble.DAMAGED) from error
    return _chosen(sheets, sheet)


def _chosen(sheets: list[_Sheet], wanted: str | None) -> Grid:
    names = [one.name for one in sheets]
    if wanted is not None:
        found = sheets[chosen(names, wanted)]
    else:
        seen = next((one for one in sheets if one.visible), None)
        if seen is None:
            raise NoSheetError("", names)
        found = seen
    return Grid(found.name, found.rows)


def _take(sheet: _Sheet, element: _Element) -> None:
    """An element that is complete."""
    if element.tag == f"{_SS}Row":
        place = _index(element, len(sheet.rows), ROW_LIMIT + HEADER_ROWS)
        _put(sheet.rows, _row(element), place, [])
        sheet.cells += len(sheet.rows[-1])
        checked_cells(sheet.cells)
        # The rows below that look like it and are as empty.
        sheet.rows += [[] for _ in range(min(_number(element, "Span"), ROW_LIMIT))]
        checked_rows(len(sheet.rows))
        element.clear()
    elif element.tag == f"{_X}Visible":
        sheet.visible = (element.text or "").strip() == "SheetVisible"


def _row(element: _Element) -> list[object]:
    row: list[object] = []
    for cell in element.iterchildren(f"{_SS}Cell"):
        place = _index(cell, len(row), COLUMN_LIMIT)
        data = cell.find(f"{_SS}Data")
        _put(row, "" if data is None else _value(data), place, "")
        row += [""] * min(_number(cell, "MergeAcross"), COLUMN_LIMIT - len(row))
    return row


def _put(line: list[_T], value: _T, place: int, empty: _T) -> None:
    """Put it at its place: what stands between there and the end is left out of such files."""
    line.extend([empty] * (place - len(line)))
    line.append(value)


def _index(element: _Element, following: int, limit: int) -> int:
    """The place from 0 on; one that lies behind, or beyond the limit, is not believed."""
    place = max(_number(element, "Index") - 1, following)
    if place >= limit:
        raise UnreadableError(Trouble.LARGE)
    return place


def _number(element: _Element, name: str) -> int:
    given = element.get(f"{_SS}{name}", "").strip()
    return int(given[:9]) if given.isascii() and given.isdigit() else 0


def _value(data: _Element) -> object:
    text = "".join(str(part) for part in data.itertext())
    if data.get(f"{_SS}Type") != "Number":
        return text
    try:
        return float(text)
    except ValueError:
        return text


def _without_declaration(text: str) -> str:
    """The text has been decoded already, whatever encoding it says it has."""
    start = text.lstrip("\ufeff \t\r\n")
    return start.partition("?>")[2] if start.startswith("<?xml") else start

"""Tables of HTML, which many programs save with the name .xls, and Excel's own web archives."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vfadmin.services.sheets.grid import (
    COLUMN_LIMIT,
    Grid,
    Trouble,
    UnreadableError,
    checked_cells,
    checked_rows,
    chosen,
)
from vfadmin.services.sheets.letters import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_SPANNED = 1000
"""HTML's own limit of a colspan (HTML Living Standard, 4.9.11)."""


def read_html(text: str, sheet: str | None) -> Grid:
    """The largest table, or the one of that name: its caption, or its number. Raises NoSheetError."""
    return _choose(list(_tables(text)), sheet)


def read_mhtml(content: bytes, sheet: str | None) -> Grid:
    """The same of the pages of a web archive (RFC 2557)."""
    archive = email.message_from_bytes(content, policy=email.policy.default)
    pages: list[Grid] = []
    for part in archive.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            pages.extend(_tables(text_of(body if isinstance(body, bytes) else b"")))
    return _choose(pages, sheet)


def _choose(tables: Sequence[Grid], sheet: str | None) -> Grid:
    if not tables:
        raise UnreadableError(Trouble.KIND)
    names = [table.name or str(number) for number, table in enumerate(tables, start=1)]
    if sheet is not None:
        place = chosen(names, sheet)
    else:
        place = max(range(len(tables)), key=lambda at: sum(len(row) for row in tables[at].rows))
    return Grid(names[place] if len(tables) > 1 else tables[place].name, tables[place].rows)


def _tables(text: str) -> Iterator[Grid]:
    from lxml import etree, html  # noqa: PLC0415 - most lists are no HTML

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError(Trouble.DAMAGED) from error
    for table in root.iter("table"):
        caption = table.find("caption")
        name = "" if caption is None else " ".join("".join(map(str, caption.itertext())).split())
        yield Grid(name, _rows(table))


def _rows(table: HtmlElement) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    below: dict[int, int] = {}
    """By column, in how many further rows a cell from above stands there."""
    for line in table.iter("tr"):
        if next(line.iterancestors("table")) is not table or _is_hidden(line):
            continue
        rows.append(_row(line, below))
        cells += len(rows[-1])
        checked_rows(len(rows))
        checked_cells(cells)
    return rows


def _row(line: HtmlElement, below: dict[int, int]) -> list[str]:
    row: list[str] = []

    def pass_over() -> None:
        while below.get(len(row), 0) > 0:
            below[len(row)] -= 1
            row.append("")

    for cell in line:
        if cell.tag not in ("td", "th") or len(row) >= COLUMN_LIMIT:
            continue
        pass_over()
        across, down = _span(cell, "colspan"), _span(cell, "rowspan")
        for place in range(len(row), len(row) + across):
            below[place] = down - 1
        row += [_text(cell), *[""] * (across - 1)]
    pass_over()
    return row


def _text(cell: HtmlElement) -> str:
    for broken in cell.iter("br"):
        broken.tail = f"\n{broken.tail or ''}"
    return "".join(map(str, cell.itertext()))


def _span(cell: HtmlElement, name: str) -> int:
    given = cell.get(name, "").strip()
    number = int(given[:6]) if given.isascii() and given.isdigit() else 1
    return min(max(number, 1), _MOST_SPANNED)


def _is_hidden(line: HtmlElement) -> bool:
    return "display:none" in line.get("style", "").replace(" ", "").casefold()

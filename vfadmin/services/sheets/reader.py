"""One door for every kind of file."""

from __future__ import annotations

from vfadmin.services.sheets.delimited import read_delimited
from vfadmin.services.sheets.grid import Grid, Trouble, UnreadableError
from vfadmin.services.sheets.kinds import OLE, Kind, kind_of, kind_of_text
from vfadmin.services.sheets.letters import text_of
from vfadmin.services.sheets.markup import read_html, read_mhtml
from vfadmin.services.sheets.protected import is_protected, opened
from vfadmin.services.sheets.spreadsheetml import read_spreadsheetml
from vfadmin.services.sheets.workbook import read_workbook


def read_grid(content: bytes, sheet: str | None = None, password: str | None = None) -> Grid:
    """The cells of the first visible sheet, or of the named one; the largest table of a page of HTML.

    ``password`` is tried where the file is protected. Raises UnreadableError and NoSheetError. A file made
    to do harm may bring the process down all the same; see `apart`.
    """
    kind = kind_of(content)
    if kind is Kind.ENCRYPTED:
        return read_workbook(opened(content, password), sheet)
    if kind is Kind.WORKBOOK:
        return _workbook(content, sheet, password)
    if kind is Kind.OTHER or not content.strip():
        raise UnreadableError(Trouble.KIND)
    text = text_of(content)
    match kind_of_text(text):
        case Kind.HTML:
            return read_html(text, sheet)
        case Kind.MHTML:
            return read_mhtml(content, sheet)
        case Kind.SPREADSHEETML:
            return read_spreadsheetml(text, sheet)
        case Kind.TEXT:
            return read_delimited(text, sheet)
        case _:
            raise UnreadableError(Trouble.KIND)


def _workbook(content: bytes, sheet: str | None, password: str | None) -> Grid:
    try:
        return read_workbook(content, sheet)
    except UnreadableError:
        # What is protected is often called damaged, as nothing in it can be understood.
        if not content.startswith(OLE) or not is_protected(content):
            raise
    return read_workbook(opened(content, password), sheet)

"""How customers lay out their lists: what was said of a layout by hand is used for the next file of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.errors import UsageError
from vfadmin.models import ImportLayout
from vfadmin.models.people import fold
from vfadmin.services.audit import ACTOR_LIMIT, Actor
from vfadmin.services.import_sheet import Cells, Sheet, SheetRow, sheet_of

FILE_NAME_LIMIT = 255
"""Characters of a file's name that the tables keep."""


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """Columns that were corrected by hand for lists of that layout; an empty header says: no such column."""

    layout: str
    columns: Mapping[str, str]
    file: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Understood:
    """A list as it was read, and why its columns are taken as they are.

    ``corrected`` is what was said by hand now, ``remembered`` what was said of the layout before.
    """

    sheet: Sheet
    layout: str
    corrected: Mapping[str, str]
    remembered: Mapping[str, str]


def layout_of(sheet: Sheet) -> str:
    """The hash of the folded headers, whatever their order."""
    headers = sorted(fold(header) for header in (*sheet.columns.values(), *sheet.ignored))
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


def understand(cells: Cells, columns: Mapping[str, str] | None, known: Iterable[LayoutRow]) -> Understood:
    """The list with the columns that are given, else with those remembered of its layout.

    Raises UsageError as `sheet_of`.
    """
    remembered = {one.layout: one.columns for one in known}
    try:
        plain = sheet_of(cells)
    except UsageError:  # no heading that anybody knows
        told = _told(cells, columns, remembered)
        if told is None:
            raise
        return told
    layout = layout_of(plain)
    if columns:
        read = _with_columns(cells, columns)
        return Understood(read, layout, {} if read.columns == plain.columns else _by_title(read, columns), {})
    before = remembered.get(layout, {})
    return Understood(_with_columns(cells, before) if before else plain, layout, {}, before)


def layouts(session: Session) -> list[LayoutRow]:
    """What is remembered, the latest first."""
    rows = session.scalars(select(ImportLayout).order_by(ImportLayout.at.desc(), ImportLayout.layout))
    return [LayoutRow(one.layout, one.columns, one.file, one.actor, one.at) for one in rows]


def remember(
    session: Session, layout: str, columns: Mapping[str, str], file: str, actor: Actor, now: datetime
) -> None:
    """Use these columns for the next list of that layout."""
    row = session.get(ImportLayout, layout)
    if row is None:
        row = ImportLayout(layout=layout)
        session.add(row)
    row.columns, row.file, row.actor, row.at = (
        dict(columns),
        file[:FILE_NAME_LIMIT],
        actor.name[:ACTOR_LIMIT],
        now,
    )


def _told(
    cells: Cells, columns: Mapping[str, str] | None, remembered: Mapping[str, Mapping[str, str]]
) -> Understood | None:
    """A list none of whose headings anybody knows: as it is told of now, or was before; None if never."""
    if columns:
        read = _with_columns(cells, columns)
        return Understood(read, layout_of(read), _by_title(read, columns), {})
    for layout, before in remembered.items():
        try:
            read = _with_columns(cells, before)
        except UsageError:
            continue
        if layout_of(read) == layout:
            return Understood(read, layout, {}, before)
    return None


def _by_title(read: Sheet, columns: Mapping[str, str]) -> dict[str, str]:
    """What was said by hand, by headings: a letter would name another column where the order is another."""
    return {name: header and read.columns[name] for name, header in columns.items()}


def _with_columns(cells: Cells, columns: Mapping[str, str]) -> Sheet:
    """Read it so; a field whose header is empty has no column, whatever the headers seem to say."""
    read = sheet_of(cells, {name: header for name, header in columns.items() if header} or None)
    none = {name for name, header in columns.items() if not header and name in read.columns}
    if not none:
        return read
    rows = (
        SheetRow(row.row, {name: cell for name, cell in row.cells.items() if name not in none})
        for row in read.rows
    )
    return replace(
        read,
        columns={name: header for name, header in read.columns.items() if name not in none},
        ignored=(*read.ignored, *(read.columns[name] for name in read.columns if name in none)),
        rows=tuple(row for row in rows if any(row.cells.values())),
    )

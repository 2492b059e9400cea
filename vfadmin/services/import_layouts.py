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
    plain = _plainly(cells)
    if columns:
        read = _with_columns(cells, columns)
        layout = layout_of(plain or read)
        corrected = {name: header and read.columns[name] for name, header in columns.items()}
        same = plain is not None and read.columns == plain.columns
        return Understood(read, layout, {} if same else corrected, {})
    if plain is None:
        return _as_before(cells, remembered)
    layout = layout_of(plain)
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


def _plainly(cells: Cells) -> Sheet | None:
    try:
        return sheet_of(cells)
    except UsageError as error:
        if error.failure.code != "VF-IMPORT-02":
            raise
    return None


def _as_before(cells: Cells, remembered: Mapping[str, Mapping[str, str]]) -> Understood:
    """A list none of whose headers anybody knows, unless it has been told of before."""
    for layout, columns in remembered.items():
        try:
            read = _with_columns(cells, columns)
        except UsageError:
            continue
        if layout_of(read) == layout:
            return Understood(read, layout, {}, columns)
    read = sheet_of(cells)
    return Understood(read, layout_of(read), {}, {})


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

"""What a file comes to, and why one cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ROW_LIMIT = 200_000
HEADER_ROWS = 20
"""Rows above the first one of the list: titles, an empty line, the headings."""
COLUMN_LIMIT = 16_384
"""As many as a spreadsheet has."""
CELL_LIMIT = 20_000_000
"""A hundred columns in each of the rows."""


class Trouble(StrEnum):
    """Why a file cannot be read."""

    KIND = "kind"
    """It is a document, a picture or the like."""
    DAMAGED = "damaged"
    LARGE = "large"
    PASSWORD = "password"  # noqa: S105 - the name of a reason
    """It is protected, and no password was given."""
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - as above
    LOCKED = "locked"
    """It is protected in a way that nothing here opens, whatever the password."""
    SLOW = "slow"
    """Reading it took longer than any list of its size may."""


class UnreadableError(Exception):
    """The file cannot be read; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class NoSheetError(Exception):
    """There is no sheet ``wanted`` (empty: none that is visible) among those ``known``."""

    def __init__(self, wanted: str, known: Sequence[str]) -> None:
        super().__init__(wanted, known)
        self.wanted, self.known = wanted, tuple(known)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet by row. ``name`` is the sheet's; empty where the file is a list without one."""

    name: str
    rows: Sequence[Sequence[object]]


def checked_rows(count: int) -> None:
    """Raise UnreadableError where there are more rows than a list may have."""
    if count > ROW_LIMIT + HEADER_ROWS:
        raise UnreadableError(Trouble.LARGE)


def checked_cells(count: int) -> None:
    """Raise UnreadableError where there are more cells than a list may have."""
    if count > CELL_LIMIT:
        raise UnreadableError(Trouble.LARGE)


def chosen(names: Sequence[str], wanted: str | None) -> int:
    """The place of the sheet ``wanted``; raises NoSheetError."""
    if wanted is not None and wanted in names:
        return names.index(wanted)
    raise NoSheetError(wanted or "", names)

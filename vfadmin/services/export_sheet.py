"""A table that leaves the program as a file, and its form as CSV, as a Finnish Excel opens it.

Names and logins come from people. A spreadsheet takes some of them for formulas, and a formula can send
what stands beside it to a stranger; so every text goes out as a text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from vfadmin.services.history import AuditRow
from vfadmin.services.progress import Progress
from vfadmin.services.rows import PersonRow

__all__ = [
    "Add",
    "Headed",
    "Progress",
    "Sheet",
    "TrailSheet",
    "Value",
    "as_csv",
    "disarmed",
    "disarmed_everywhere",
]

Value = str | int | datetime | None
"""What a cell may hold; a time is aware and goes out by the clock on the wall here."""

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a text for a formula."""
_CELL_BEGINS = re.compile(r"(^|[,;|\t\r\n])(\s*)(?=[=+\-@])")
"""Where a cell may begin with one: the spreadsheet of another language cuts a CSV at another sign."""

Add = Callable[[Sequence[Value]], object]
"""Writes one more row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: where (``.xlsx`` is a workbook, any other name CSV), of whom, and which cells.

    ``render`` makes one row of cells, as many as there are ``headings``; it is called in the caller's
    thread. ``title`` names the sheet of a workbook.
    """

    path: Path
    title: str
    headings: tuple[str, ...]
    ids: tuple[int, ...]
    render: Callable[[PersonRow], Sequence[Value]]
    progress: Progress = field(compare=False)


class Headed(Protocol):
    """What a file needs to know before its first row."""

    @property
    def title(self) -> str:
        """The name of a workbook's sheet."""

    @property
    def headings(self) -> tuple[str, ...]:
        """One a column."""

    @property
    def progress(self) -> Progress:
        """Whether somebody has cancelled it."""


@dataclass(frozen=True, slots=True)
class TrailSheet:
    """As `Sheet`, of the audit trail: of one person, or all of it."""

    path: Path
    title: str
    headings: tuple[str, ...]
    render: Callable[[AuditRow], Sequence[Value]]
    person_id: int | None = None
    progress: Progress = field(compare=False, default_factory=lambda: Progress(0))


def disarmed(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(TRIGGERS) else text


def disarmed_everywhere(text: str) -> str:
    """The text of a CSV so that none of its parts is taken for a formula, wherever it is cut."""
    return _CELL_BEGINS.sub(r"\1\2'", disarmed(text))


@contextmanager
def as_csv(part: Path, sheet: Headed) -> Iterator[Add]:
    """Write the headings, and then each row that is added. Raises OSError."""
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([disarmed_everywhere(heading) for heading in sheet.headings])
        yield lambda cells: writer.writerow([_plain(value) for value in cells])


def _plain(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M}"  # what every language's Excel reads as a time
    return disarmed_everywhere("" if value is None else str(value))

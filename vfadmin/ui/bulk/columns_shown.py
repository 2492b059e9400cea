"""The columns of the rows that are shown: ours before those of the list, and what their cells explain."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from vfadmin.ui.bulk.words import answer_words, what_words
from vfadmin.ui.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import LoginAnswer, PlannedRow


class Column(IntEnum):
    """The columns before those of the list itself."""

    ROW = 0
    VERDICT = 1
    WHAT = 2


FIRST = len(Column)
"""Where the list's own columns begin."""

_HEADINGS = {
    Column.ROW: QT_TRANSLATE_NOOP("ImportTable", "Row"),
    Column.VERDICT: QT_TRANSLATE_NOOP("ImportTable", "Verdict"),
    Column.WHAT: QT_TRANSLATE_NOOP("ImportTable", "What changes"),
}
_DONE = {
    Column.VERDICT: QT_TRANSLATE_NOOP("ImportTable", "Outcome"),
    Column.WHAT: QT_TRANSLATE_NOOP("ImportTable", "What changed"),
}


class Table(Protocol):
    """What has the rows."""

    final: bool

    def field(self, column: int) -> str | None:
        """The field of a column of the list."""
        ...

    def heading(self, column: int) -> str:
        """The heading of a column."""
        ...

    def text(self, row: PlannedRow, column: int) -> str:
        """What a cell says."""
        ...

    def answer(self, row: PlannedRow) -> LoginAnswer | None:
        """What Exchange said of the row's login."""
        ...

    def wrong_field(self, row: PlannedRow) -> str | None:
        """The field whose cell is the reason of a rejection."""
        ...


def own_heading(column: int, *, done: bool) -> str:
    """The heading of a column that is not the list's; after the load it says what became of the rows."""
    words = {**_HEADINGS, **_DONE} if done else _HEADINGS
    return _say(words[Column(column)])


def spoken(table: Table, row: PlannedRow, column: int) -> str:
    """What is read out for a cell: the column, then what stands in it, then what Exchange said of it."""
    said = [table.text(row, column) or _say("empty")]
    if table.field(column) == "login":
        said += answer_words(table.answer(row))[:1]
    return f"{table.heading(column)}: {', '.join(said)}"


def tip(table: Table, row: PlannedRow, column: int) -> str:
    """The explanation of a cell: what stands there now, what Exchange said, what is wrong with it."""
    field = table.field(column)
    said = answer_words(table.answer(row)) if field == "login" and row.failure is None else []
    change = next((one for one in row.changes if one.field == field), None)
    if change is not None and row.verdict == "update":
        said.insert(0, _say("Now: {old}").format(old=change.old or _say("empty")))
    if field is not None and table.wrong_field(row) == field:
        said = [what_words(row, None, done=table.final)]
    return "\n".join(said) or table.text(row, column)


def _say(text: str) -> str:
    return QCoreApplication.translate("ImportTable", text)


_TEXTS = (QT_TRANSLATE_NOOP("ImportTable", "empty"), QT_TRANSLATE_NOOP("ImportTable", "Now: {old}"))
"""What `_say` says, where Qt's extraction tool finds it."""

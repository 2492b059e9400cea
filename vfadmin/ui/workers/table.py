"""The processes that synchronise, one a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject

from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.texts import absolute, number, relative
from vfadmin.ui.troubles.rows import RIGHT, Index, Role, RowTable

if TYPE_CHECKING:
    from vfadmin.services.workers import WorkerRow


class Column(IntEnum):
    """The columns from left to right."""

    HOST = 0
    KIND = 1
    SINCE = 2
    HEARD = 3
    VERSION = 4
    PACE = 5
    MAILBOXES = 6


class WorkerTable(RowTable["WorkerRow"]):
    """A row for each process that gave a sign of life lately."""

    headers = {  # noqa: RUF012 - never changed
        Column.HOST: QT_TRANSLATE_NOOP("Troubles", "Computer"),
        Column.KIND: QT_TRANSLATE_NOOP("Troubles", "What it is"),
        Column.SINCE: QT_TRANSLATE_NOOP("Troubles", "Began"),
        Column.HEARD: QT_TRANSLATE_NOOP("Troubles", "Last heard of"),
        Column.VERSION: QT_TRANSLATE_NOOP("Troubles", "Version"),
        Column.PACE: QT_TRANSLATE_NOOP("Troubles", "Mailboxes/min"),
        Column.MAILBOXES: QT_TRANSLATE_NOOP("Troubles", "In all"),
    }
    figures = (Column.PACE, Column.MAILBOXES)

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(lambda one: one.id, parent)
        self._clock = clock

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell says."""
        if not index.isValid():
            return None
        one, column = self._rows[index.row()], Column(index.column())
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(one, column)
        if role == Role.TextAlignmentRole and column in self.figures:
            return RIGHT
        return None

    def _text(self, one: WorkerRow, column: Column) -> str:
        texts: dict[Column, Callable[[], str]] = {
            Column.HOST: lambda: f"{one.host} ({one.pid})",
            Column.KIND: lambda: kind(one),
            Column.SINCE: lambda: absolute(one.started_at),
            Column.HEARD: lambda: relative(one.seen_at, self._clock()),
            Column.VERSION: lambda: one.version,
            Column.PACE: lambda: number(one.per_minute),
            Column.MAILBOXES: lambda: number(one.mailboxes),
        }
        return texts[column]()


def kind(one: WorkerRow) -> str:
    """A worker or somebody's window, and whether it is about to end."""
    words = {
        "worker": QCoreApplication.translate("Troubles", "Worker"),
        "desktop": QCoreApplication.translate("Troubles", "Window"),
    }
    said = words[one.kind]
    if one.stopping:
        return QCoreApplication.translate("Troubles", "{kind}, about to end").format(kind=said)
    return said

"""The causes as a table: what is wrong, whom it stopped, who still tries, since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject

from vfadmin.errors.texts import explain
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.texts import absolute, number, relative
from vfadmin.ui.translations import current
from vfadmin.ui.troubles.rows import RIGHT, Index, Role, RowTable, state_icon

if TYPE_CHECKING:
    from vfadmin.services.troubles import Cause


class Column(IntEnum):
    """The columns from left to right."""

    CAUSE = 0
    STOPPED = 1
    DELAYED = 2
    SINCE = 3


class CauseTable(RowTable["Cause"]):
    """A row for each cause."""

    headers = {  # noqa: RUF012 - never changed
        Column.CAUSE: QT_TRANSLATE_NOOP("Troubles", "Cause"),
        Column.STOPPED: QT_TRANSLATE_NOOP("Troubles", "Stopped"),
        Column.DELAYED: QT_TRANSLATE_NOOP("Troubles", "Trying again"),
        Column.SINCE: QT_TRANSLATE_NOOP("Troubles", "Since"),
    }
    figures = (Column.STOPPED, Column.DELAYED)

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(lambda cause: cause.code, parent)
        self._clock = clock

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes in their order."""
        return self._rows

    def row_of(self, code: str | None) -> int | None:
        """Where that cause stands."""
        return next((row for row, one in enumerate(self._rows) if one.code == code), None)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell says; a shape tells those that wait for somebody from those that try again."""
        if not index.isValid():
            return None
        cause, column = self._rows[index.row()], Column(index.column())
        if role == Role.DisplayRole or (role == Role.ToolTipRole and column is Column.CAUSE):
            return self._text(cause, column)
        if role == Role.DecorationRole and column is Column.CAUSE:
            return state_icon(stopped=bool(cause.stopped))
        if role == Role.TextAlignmentRole and column in self.figures:
            return RIGHT
        return absolute(cause.since) if role == Role.ToolTipRole and column is Column.SINCE else None

    def _text(self, cause: Cause, column: Column) -> str:
        match column:
            case Column.CAUSE:
                message = explain(cause.code, lang=current()).message.rstrip(".")
                words = QCoreApplication.translate("Troubles", "{message} · {code}")
                return words.format(message=message, code=cause.code)
            case Column.STOPPED:
                return number(cause.stopped) if cause.stopped else ""
            case Column.DELAYED:
                return number(cause.delayed) if cause.delayed else ""
            case Column.SINCE:
                return relative(cause.since, self._clock())

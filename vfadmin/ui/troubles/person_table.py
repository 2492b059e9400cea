"""Whom a cause concerns, as a table that is as long as the trouble is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject

from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.texts import absolute, explain_failure, relative, until
from vfadmin.ui.troubles.rows import Index, Role, RowTable, state_icon

if TYPE_CHECKING:
    from vfadmin.services.troubles import Sufferer


class Column(IntEnum):
    """The columns from left to right."""

    NAME = 0
    COMPANY = 1
    LOGIN = 2
    SINCE = 3
    NEXT = 4
    SUCCESS = 5
    WHAT = 6


class PersonTable(RowTable["Sufferer"]):
    """A row for each person."""

    headers = {  # noqa: RUF012 - never changed
        Column.NAME: QT_TRANSLATE_NOOP("Troubles", "Name"),
        Column.COMPANY: QT_TRANSLATE_NOOP("Troubles", "Company"),
        Column.LOGIN: QT_TRANSLATE_NOOP("Troubles", "Login"),
        Column.SINCE: QT_TRANSLATE_NOOP("Troubles", "Since"),
        Column.NEXT: QT_TRANSLATE_NOOP("Troubles", "Next try"),
        Column.SUCCESS: QT_TRANSLATE_NOOP("Troubles", "Last success"),
        Column.WHAT: QT_TRANSLATE_NOOP("Troubles", "What is wrong"),
    }

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(lambda person: person.id, parent)
        self._clock = clock

    @property
    def persons(self) -> tuple[Sufferer, ...]:
        """The persons in their order."""
        return self._rows

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell says; the shape beside the name tells who is stopped from who tries again."""
        if not index.isValid():
            return None
        person, column = self._rows[index.row()], Column(index.column())
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(person, column)
        if role == Role.DecorationRole and column is Column.NAME:
            return state_icon(stopped=person.stopped)
        if role == Role.AccessibleTextRole and column is Column.NAME:
            return f"{person.name}, {_state(person)}"
        return None

    def _text(self, person: Sufferer, column: Column) -> str:
        now, error = self._clock(), person.error
        texts: dict[Column, Callable[[], str]] = {
            Column.NAME: lambda: person.name,
            Column.COMPANY: lambda: person.company,
            Column.LOGIN: lambda: person.login,
            Column.SINCE: lambda: "" if error.since is None else relative(error.since, now),
            Column.NEXT: lambda: _state(person) if person.next_try is None else until(person.next_try, now),
            Column.SUCCESS: lambda: _never() if person.last_synced is None else absolute(person.last_synced),
            Column.WHAT: lambda: explain_failure(error).message,
        }
        return texts[column]()


def _state(person: Sufferer) -> str:
    """What is to come of him, in two words."""
    if person.stopped:
        return QCoreApplication.translate("Troubles", "Waits for you")
    if person.waits_for:
        words = QCoreApplication.translate("Troubles", "Waits for the connection {name}")
        return words.format(name=person.waits_for)
    return QCoreApplication.translate("Troubles", "Tries again by itself")


def _never() -> str:
    return QCoreApplication.translate("Troubles", "never")

"""What waits for a decision, as two tables: the mailboxes, and the events of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from vfadmin.errors.texts import explain
from vfadmin.ui import icons
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.persons import event_words
from vfadmin.ui.style import shades
from vfadmin.ui.texts import absolute, date, explain_failure, number, relative
from vfadmin.ui.translations import current
from vfadmin.ui.troubles.rows import RIGHT, Index, Role, RowTable, state_icon

if TYPE_CHECKING:
    from vfadmin.errors import Failure
    from vfadmin.services.held import WaitingEvent, WaitingMailbox

MAILBOX, CONFLICT = "mailbox", "conflict"
_SIDES = {"valueframe": "ValueFrame", "exchange": "Exchange"}
_WHAT = {
    "delete": QT_TRANSLATE_NOOP("Troubles", "To be deleted from {side}"),
    "create": QT_TRANSLATE_NOOP("Troubles", "Perhaps added to {side}"),
    "quarantine": QT_TRANSLATE_NOOP("Troubles", "Does not succeed in {side}"),
    MAILBOX: QT_TRANSLATE_NOOP("Troubles", "Another mailbox behind the login"),
    CONFLICT: QT_TRANSLATE_NOOP("Troubles", "Conflict: {side} lost"),
}
_DECIDED = {
    "process": QT_TRANSLATE_NOOP("Troubles", "Processed by the next sync"),
    "restore": QT_TRANSLATE_NOOP("Troubles", "Restored by the next sync"),
}
_CONTESTED = QT_TRANSLATE_NOOP("Troubles", "Changed on both sides: {fields}")


class MailboxColumn(IntEnum):
    """The columns from left to right."""

    NAME = 0
    COMPANY = 1
    DELETIONS = 2
    OTHERS = 3
    CONFLICTS = 4
    DECIDED = 5


class EventColumn(IntEnum):
    """The columns from left to right."""

    TITLE = 0
    START = 1
    WHAT = 2
    SINCE = 3
    WHY = 4


class MailboxTable(RowTable["WaitingMailbox"]):
    """A row for each mailbox in which something waits."""

    headers = {  # noqa: RUF012 - never changed
        MailboxColumn.NAME: QT_TRANSLATE_NOOP("Troubles", "Name"),
        MailboxColumn.COMPANY: QT_TRANSLATE_NOOP("Troubles", "Company"),
        MailboxColumn.DELETIONS: QT_TRANSLATE_NOOP("Troubles", "Deletions / limit"),
        MailboxColumn.OTHERS: QT_TRANSLATE_NOOP("Troubles", "Others"),
        MailboxColumn.CONFLICTS: QT_TRANSLATE_NOOP("Troubles", "Conflicts"),
        MailboxColumn.DECIDED: QT_TRANSLATE_NOOP("Troubles", "Decided"),
    }
    figures = (
        MailboxColumn.DELETIONS,
        MailboxColumn.OTHERS,
        MailboxColumn.CONFLICTS,
        MailboxColumn.DECIDED,
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda one: one.person_id, parent)

    @property
    def mailboxes(self) -> tuple[WaitingMailbox, ...]:
        """The mailboxes in their order."""
        return self._rows

    def row_of(self, person_id: int | None) -> int | None:
        """Where that person's mailbox stands."""
        return next((row for row, one in enumerate(self._rows) if one.person_id == person_id), None)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell says."""
        if not index.isValid():
            return None
        one, column = self._rows[index.row()], MailboxColumn(index.column())
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(one, column)
        if role == Role.DecorationRole and column is MailboxColumn.NAME:
            return state_icon(stopped=True) if one.total else _settled_icon()
        return RIGHT if role == Role.TextAlignmentRole and column in self.figures else None

    def _text(self, one: WaitingMailbox, column: MailboxColumn) -> str:
        others = one.total - one.deletions
        texts = {
            MailboxColumn.NAME: one.name,
            MailboxColumn.COMPANY: one.company,
            MailboxColumn.DELETIONS: f"[{number(one.deletions)}/{number(one.limit)}]"
            if one.deletions
            else "",
            MailboxColumn.OTHERS: number(others) if others else "",
            MailboxColumn.CONFLICTS: number(one.conflicts) if one.conflicts else "",
            MailboxColumn.DECIDED: number(one.decided) if one.decided else "",
        }
        return texts[column]


class EventTable(RowTable["WaitingEvent"]):
    """A row for each thing that waits in the mailbox; what was refused says so in its row."""

    headers = {  # noqa: RUF012 - never changed
        EventColumn.TITLE: QT_TRANSLATE_NOOP("Troubles", "Title"),
        EventColumn.START: QT_TRANSLATE_NOOP("Troubles", "Start"),
        EventColumn.WHAT: QT_TRANSLATE_NOOP("Troubles", "What waits"),
        EventColumn.SINCE: QT_TRANSLATE_NOOP("Troubles", "Since"),
        EventColumn.WHY: QT_TRANSLATE_NOOP("Troubles", "Why, or what was decided"),
    }

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(lambda one: one.ref, parent)
        self._clock = clock
        self._refused: dict[str, Failure] = {}

    @property
    def events(self) -> tuple[WaitingEvent, ...]:
        """The events in their order."""
        return self._rows

    def say_refused(self, refused: Mapping[str, Failure]) -> None:
        """Why the last decision did not come to these."""
        self._refused = dict(refused)
        self._tell()

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell says; the shape tells what waits from what is decided."""
        if not index.isValid():
            return None
        one, column = self._rows[index.row()], EventColumn(index.column())
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(one, column)
        if role == Role.DecorationRole and column is EventColumn.TITLE:
            return _settled_icon() if one.kind == CONFLICT else state_icon(stopped=one.decision is None)
        return None

    def _text(self, one: WaitingEvent, column: EventColumn) -> str:
        match column:
            case EventColumn.TITLE:
                return one.title or what(one)
            case EventColumn.START:
                return when(one)
            case EventColumn.WHAT:
                return what(one)
            case EventColumn.SINCE:
                return "" if one.since is None else relative(one.since, self._clock())
            case EventColumn.WHY:
                return self._why(one)

    def _why(self, one: WaitingEvent) -> str:
        refused = self._refused.get(one.ref)
        if refused is not None:
            return explain_failure(refused).message
        if one.decision is not None:
            return QCoreApplication.translate("Troubles", _DECIDED.get(one.decision, ""))
        if one.fields:
            fields = ", ".join(event_words.field_name(name) for name in one.fields)
            return QCoreApplication.translate("Troubles", _CONTESTED).format(fields=fields)
        return "" if one.code is None else explain(one.code, one.params, current()).message


def _settled_icon() -> QIcon:
    """Of a conflict: nothing stands still for it."""
    return icons.icon("info", shades(QApplication.palette()).muted)


def what(one: WaitingEvent) -> str:
    """What it is that waits, in a few words."""
    return QCoreApplication.translate("Troubles", _WHAT[one.kind]).format(side=_SIDES.get(one.side, ""))


def when(one: WaitingEvent) -> str:
    """When the event begins, in the local zone; nothing where that is not known."""
    if one.start is None:
        return ""
    start = datetime.fromisoformat(one.start)
    return date(start) if one.all_day else absolute(start)

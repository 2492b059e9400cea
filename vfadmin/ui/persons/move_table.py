"""What a move to the other protocol would come to, person by person and in sum, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from vfadmin.ui import icons
from vfadmin.ui.persons.tick_table import TickLine, TickTable
from vfadmin.ui.style import shades
from vfadmin.ui.texts import explain_failure

if TYPE_CHECKING:
    from vfadmin.services.synchronise import Transfer


class Column(IntEnum):
    """Where a column stands."""

    WHO = 0
    PAIRS = 1
    TRANSLATED = 2
    MATCHED = 3
    MISSING = 4
    HOW = 5


class Stage(StrEnum):
    """How far it is with a person's mailbox."""

    WAITING = "waiting"
    ASKING = "asking"
    READ = "read"
    UNREAD = "unread"
    MOVING = "moving"
    MOVED = "moved"
    UNDOING = "undoing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class MoveLine(TickLine):
    """One person; ``told`` is what was found, or what became of the move."""

    stage: Stage = Stage.WAITING
    told: Transfer | None = None

    @property
    def ready(self) -> bool:
        """Whether the mailbox can be moved: every event was found over the other protocol."""
        return self.stage is Stage.READ and self.told is not None and self.failure is None

    def figure(self, column: int) -> int | None:
        """The number of that column; None before the mailbox was read."""
        told = self.told
        if told is None:
            return None
        found: dict[int, int] = {
            Column.PAIRS: told.pairs,
            Column.TRANSLATED: told.translated,
            Column.MATCHED: told.matched,
            Column.MISSING: told.missing,
        }
        return found.get(column)


class MoveTable(TickTable[MoveLine]):
    """Who can be moved to Graph, or ``back``, and what was found of the events."""

    columns = Column
    figures = (Column.PAIRS, Column.TRANSLATED, Column.MATCHED, Column.MISSING)

    def __init__(self, *, back: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.back = back

    def standing(self, line: MoveLine) -> str:
        """How it stands with the person, in a few words."""
        if line.trouble is not None:
            return explain_failure(line.trouble).message
        over_graph = self.tr("Goes by Graph now")
        over_ews = self.tr("Goes by EWS now")
        return {
            Stage.WAITING: self.tr("Waits for its turn"),
            Stage.ASKING: self.tr("Looking for the events…"),
            Stage.READ: self.tr("Can be moved"),
            Stage.UNREAD: self.tr("Not read"),
            Stage.MOVING: self.tr("Waits to be moved"),
            Stage.MOVED: over_ews if self.back else over_graph,
            Stage.UNDOING: self.tr("Waits to be taken back"),
            Stage.UNDONE: self.tr("Taken back: goes by Graph") if self.back else self._back_over_ews(),
        }[line.stage]

    def _back_over_ews(self) -> str:
        return self.tr("Taken back: goes by EWS")

    def heading(self, column: int) -> str:
        """The heading of a column."""
        words: dict[int, str] = {
            Column.WHO: self.tr("Person"),
            Column.PAIRS: self.tr("Events"),
            Column.TRANSLATED: self.tr("By identifier"),
            Column.MATCHED: self.tr("By content"),
            Column.MISSING: self.tr("Missing"),
            Column.HOW: self.tr("Standing"),
        }
        return words[column]

    def counts(self, column: int) -> str:
        """What a column counts."""
        words: dict[int, str] = {
            Column.WHO: self.tr("Marked persons are moved. Space marks the selected rows."),
            Column.PAIRS: self.tr("Events that are synchronised now and go along."),
            Column.TRANSLATED: self.tr("Events whose new identifier Office 365 tells."),
            Column.MATCHED: self.tr(
                "Events known by ValueFrame's key, their UID, or a start, end and title that exist once."
            ),
            Column.MISSING: self.tr("Events that were not found. Such a mailbox stays where it is."),
            Column.HOW: self.tr("What was found, and what became of the move."),
        }
        return words[column]

    def mark(self, line: MoveLine) -> object:
        """Whether it can be moved, was moved, or why not."""
        colours = shades(QApplication.palette())
        if line.failure is not None:
            return icons.icon("state-error", colours.bad, colours.on_bad)
        if line.stage is Stage.MOVED:
            return icons.icon("state-active", colours.good, colours.on_good)
        if line.stage is Stage.UNDONE:
            return icons.icon("undo", colours.text)
        return icons.icon("check", colours.good) if line.ready else None

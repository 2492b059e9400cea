"""What a first cycle would do, person by person and in sum (R29), and how those stand who were activated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.persons.tick_table import TickLine, TickTable
from vfadmin.ui.style import shades
from vfadmin.ui.texts import absolute, explain_failure

if TYPE_CHECKING:
    from vfadmin.services.rows import ErrorInfo
    from vfadmin.services.synchronise import DryRun

FEW = 5
"""So many are marked to begin with: a rollout goes on when the first ones are green (R29)."""


_TOGETHER = 4
"""Mailboxes read by one call: as many as are read side by side, and a cancel takes effect between two."""


class Column(IntEnum):
    """Where a column stands."""

    WHO = 0
    MATCHED = 1
    TO_VALUEFRAME = 2
    TO_EXCHANGE = 3
    CHANGED = 4
    DELETED = 5
    HOW = 6


class Stage(StrEnum):
    """How far the reading of a person's calendars is."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Line(TickLine):
    """One person of the preview. ``before`` is the last success there was when he was ``activated`` here."""

    stage: Stage = Stage.WAITING
    plan: DryRun | None = None
    activated: bool = False
    before: datetime | None = None

    @property
    def ready(self) -> bool:
        """Whether he can be activated: both calendars were read and nothing speaks against it."""
        return self.plan is not None and self.failure is None and self.row.state in ("unused", "passive")

    @property
    def trouble(self) -> Failure | ErrorInfo | None:
        """What stopped him since, or keeps him from being activated."""
        return self.row.error if self.row.state == "error" else self.failure

    @property
    def green(self) -> bool:
        """Whether the first synchronisation after the activation has gone well; a resource has none."""
        done = self.row.kind == "resource" or self.row.last_synced not in (None, self.before)
        return self.row.state == "active" and not self.row.delayed and (done or not self.activated)

    @property
    def pending(self) -> bool:
        """Whether he was activated here and the outcome is still to come."""
        return self.activated and self.row.state == "active" and not self.green

    def figure(self, column: int) -> int | None:
        """The number of that column; None where there is none."""
        plan = self.plan
        if plan is None:
            return None
        found: dict[int, int | None] = {
            Column.MATCHED: plan.matched if plan.first else None,
            Column.TO_VALUEFRAME: plan.count("create", "valueframe"),
            Column.TO_EXCHANGE: plan.count("create", "exchange"),
            Column.CHANGED: plan.count("update", "valueframe") + plan.count("update", "exchange"),
            Column.DELETED: plan.count("delete", "valueframe") + plan.count("delete", "exchange"),
        }
        return found.get(column)


FIGURES = (Column.MATCHED, Column.TO_VALUEFRAME, Column.TO_EXCHANGE, Column.CHANGED, Column.DELETED)


class PreviewTable(TickTable[Line]):
    """Who can be activated, and what the first cycle would come to."""

    columns = Column
    figures = FIGURES

    def take_few(self) -> list[int]:
        """The persons whose turn it is to be read; the list says that they are."""
        chunk = [line for line in self.lines if line.stage is Stage.WAITING][:_TOGETHER]
        self.put(replace(line, stage=Stage.READING) for line in chunk)
        return [line.row.id for line in chunk]

    def give_up(self) -> None:
        """Let those who wait, or are just being read, stand as not read."""
        under_way = (Stage.WAITING, Stage.READING)
        self.put(replace(line, stage=Stage.UNREAD) for line in self.lines if line.stage in under_way)

    def read_anew(self, chosen: Callable[[Line], bool]) -> None:
        """Let the chosen ones wait for their turn again."""
        again = [line for line in self.lines if chosen(line)]
        self.put(replace(line, stage=Stage.WAITING, plan=None, failure=None) for line in again)

    def standing(self, line: Line) -> str:
        """How it stands with the person, in a few words."""
        if line.trouble is not None:
            return explain_failure(line.trouble).message
        if line.row.state == "active":
            return self._at_work(line)
        return {
            Stage.WAITING: self.tr("Waits for its turn"),
            Stage.READING: self.tr("Reading both calendars…"),
            Stage.READ: self.tr("Can be activated"),
            Stage.UNREAD: self.tr("Not read"),
        }[line.stage]

    def _at_work(self, line: Line) -> str:
        if line.row.delayed:
            return self.tr("Active, delayed: trying again by itself")
        if line.pending:
            return self.tr("Activated, waits for its first synchronisation")
        if line.row.last_synced is None:
            return self.tr("Active")
        return self.tr("Active, synchronised {time}").format(time=absolute(line.row.last_synced))

    def heading(self, column: int) -> str:
        """The heading of a column."""
        words: dict[int, str] = {
            Column.WHO: self.tr("Person"),
            Column.MATCHED: self.tr("On both sides"),
            Column.TO_VALUEFRAME: self.tr("To ValueFrame"),
            Column.TO_EXCHANGE: self.tr("To Exchange"),
            Column.CHANGED: self.tr("Changed"),
            Column.DELETED: self.tr("Deleted"),
            Column.HOW: self.tr("Standing"),
        }
        return words[column]

    def counts(self, column: int) -> str:
        """What a column counts."""
        words: dict[int, str] = {
            Column.WHO: self.tr("Marked persons are activated. Space marks the selected rows."),
            Column.MATCHED: self.tr(
                "Events that are in both calendars already; they are joined, not copied."
            ),
            Column.TO_VALUEFRAME: self.tr("Events that would be created in ValueFrame."),
            Column.TO_EXCHANGE: self.tr("Events that would be created in Exchange."),
            Column.CHANGED: self.tr("Events in which a detail would be changed on either side."),
            Column.DELETED: self.tr("Events that would be deleted on either side."),
            Column.HOW: self.tr("What was found, and how those stand who were activated."),
        }
        return words[column]

    def mark(self, line: Line) -> object:
        """The icon of his state, or that he can be activated."""
        colours = shades(QApplication.palette())
        if line.row.state == "error" or line.failure is not None:
            return icons.icon("state-error", colours.bad, colours.on_bad)
        if line.row.state == "active":
            name, colour = ("state-active", colours.good) if line.green else ("state-delayed", colours.warn)
            return icons.icon(name, colour, colours.on_good)
        if line.ready:
            return icons.icon("check", colours.good)
        return None

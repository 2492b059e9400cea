"""The questions before a decision about what waits, each with a preview of what will come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vfadmin.ui.texts import number
from vfadmin.ui.troubles.held_tables import CONFLICT, what, when

if TYPE_CHECKING:
    from vfadmin.services.held import WaitingEvent

_NAMED = 8
"""Events that a question names; of the others it tells how many."""


class Questions(QObject):
    """Asks, and says afterwards what was stored."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent

    def ask(self, word: str, events: Sequence[WaitingEvent], agreed: Callable[[], object]) -> None:
        """Show what the word would do to these events."""
        from vfadmin.ui.confirm import Question  # noqa: PLC0415 - see there

        question, verb, text = self._words(word, events)
        named = "\n".join(_named(one) for one in events[:_NAMED])
        if len(events) > _NAMED:
            named += "\n" + self.tr("and %n more", "", len(events) - _NAMED)
        Question(self._parent, question, f"{text}\n\n{named}", verb, agreed).ask()

    def _words(self, word: str, events: Sequence[WaitingEvent]) -> tuple[str, str, str]:
        count = len(events)
        if word == "skip" and all(one.kind == CONFLICT for one in events):
            return (
                self.tr("Let the outcome of %n conflict(s) stand?", "", count),
                self.tr("Let stand"),
                self.tr(
                    "Nothing is written in either calendar. What lost stays in the history of the mailbox "
                    "for as long as the history is kept."
                ),
            )
        if word == "skip":
            return (
                self.tr("Leave %n event(s) as they are?", "", count),
                self.tr("Skip"),
                self.tr(
                    "What was deleted on one side stays on the other, and its later edits stay there. What "
                    "failed is tried again when somebody edits it."
                ),
            )
        if word == "restore":
            return (
                self.tr("Write %n deleted event(s) back?", "", count),
                self.tr("Restore"),
                self.tr(
                    "The next sync writes them, as they are on the other side now, where they were deleted. "
                    "Nobody is sent mail."
                ),
            )
        return (self.tr("Process %n event(s)?", "", count), self.tr("Process"), self._figures(events))

    def _figures(self, events: Sequence[WaitingEvent]) -> str:
        deletions = {
            side: number(sum(one.kind == "delete" and one.side == side for one in events))
            for side in ("valueframe", "exchange")
        }
        again = number(sum(one.kind != "delete" for one in events))
        figures = self.tr(
            "To delete: {valueframe} in ValueFrame, {exchange} in Exchange\nTo try again: {again}"
        ).format(again=again, **deletions)
        more = self.tr("The next sync does it. An event that is edited before that is not deleted.")
        return f"{figures}\n\n{more}"

    def stored(self, word: str, events: Sequence[WaitingEvent]) -> str:
        """What was stored."""
        count = len(events)
        if word == "skip" and all(one.kind == CONFLICT for one in events):
            return self.tr("The outcome of %n conflict(s) stands.", "", count)
        if word == "skip":
            return self.tr("%n event(s) left as they are.", "", count)
        if word == "restore":
            return self.tr("The next sync restores %n event(s).", "", count)
        return self.tr("The next sync processes %n event(s).", "", count)


def _named(one: WaitingEvent) -> str:
    return " · ".join(part for part in (when(one), one.title, what(one)) if part)

"""Moving mailboxes to Graph, or back to EWS: what it would come to, then the move, then its undo (R5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk
from vfadmin.ui.persons.move_runs import MoveRuns, survey
from vfadmin.ui.persons.move_table import Column, MoveLine, MoveTable, Stage
from vfadmin.ui.persons.tick_dialog import TickDialog
from vfadmin.ui.texts import number

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.synchronise import Survey, Transfer
    from vfadmin.services.transfers import Transferred

_UNDER_WAY = {Stage.WAITING, Stage.ASKING, Stage.MOVING, Stage.UNDOING}
_LEFT = {
    Stage.WAITING: Stage.UNREAD,
    Stage.ASKING: Stage.UNREAD,
    Stage.MOVING: Stage.READ,
    Stage.UNDOING: Stage.MOVED,
}
"""What a mailbox is again that a run has not come to."""


class MoveDialog(TickDialog):
    """Looks for the events of these persons over the other protocol; then moves those that are marked.

    ``working`` tells how far a move is (an empty text: at its end), ``moved`` who was moved and in what tone
    and words that is told.
    """

    working = Signal(str, int, int)
    moved = Signal(object, str, str)

    def __init__(
        self, desk: Desk, runs: MoveRuns, ids: Sequence[int], *, back: bool, parent: QWidget | None = None
    ) -> None:
        self.model, self.move_marked, self.undo = MoveTable(back=back), QPushButton(), QPushButton()
        super().__init__(self.model, parent, self.move_marked, self.undo)
        self.model.setParent(self)
        self._desk, self._runs, self._ids, self._back = desk, runs, tuple(ids), back
        self._run = self._total = self._already = 0
        self._stage = Stage.READ
        """What those become who succeed in the run that goes on."""
        self.undo.hide()
        self._connect()
        self._say()
        self._begin()

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.stop)
        self.again.clicked.connect(self.read_again)
        self.move_marked.clicked.connect(self._move)
        self.undo.clicked.connect(self._undo)
        self.bar.retry.connect(self.read_again)
        self.model.ticks_changed.connect(self._say)
        self._runs.told.connect(self._told)
        self._runs.ended.connect(self._ended)
        self._runs.failed.connect(self._failed)

    @property
    def busy(self) -> bool:
        """Whether mailboxes are looked through or moved."""
        return self._run > 0

    @property
    def writes(self) -> bool:
        """Whether mailboxes are being moved."""
        return self.busy and self._stage is not Stage.READ

    # Looking

    def _begin(self) -> None:
        call = partial(survey, ids=self._ids, back=self._back)
        self._desk.ask(self, call, self._surveyed, partial(self.show_failure, retry=True))

    def _surveyed(self, answer: tuple[list[PersonRow], Survey]) -> None:
        rows, found = answer
        refused = {told.person_id: told.failure for told in found.refused}
        self._already = len(found.there)
        self.model.set_lines(
            MoveLine(row, refused.get(row.id), stage=Stage.READ if row.id in refused else Stage.WAITING)
            for row in rows
            if row.id not in found.there
        )
        self.begin_with_first()
        self._look()

    def _look(self) -> None:
        ids = self._in(Stage.WAITING)
        if ids:
            self._stage, self._total = Stage.READ, len(ids)
            self._run = self._runs.start(ids, back=self._back, dry_run=True)
        self._ask_next()

    @Slot()
    def read_again(self) -> None:
        """Look at those that were not read, or could not be moved."""
        self.bar.hide()
        if not self.model.lines:
            self._begin()
            return
        self.model.put(
            replace(line, stage=Stage.WAITING, told=None, failure=None, ticked=False)
            for line in self.model.lines
            if self._unread(line)
        )
        self._look()

    @staticmethod
    def _unread(line: MoveLine) -> bool:
        return line.stage is Stage.UNREAD or (line.stage is Stage.READ and line.failure is not None)

    # Moving

    @Slot()
    def _move(self) -> None:
        self._write(self.model.ticked(), Stage.MOVING, Stage.MOVED, back=self._back)

    @Slot()
    def _undo(self) -> None:
        self._write(self._in(Stage.MOVED), Stage.UNDOING, Stage.UNDONE, back=not self._back)

    def _write(self, ids: list[int], waiting: Stage, becomes: Stage, *, back: bool) -> None:
        if not ids or self.busy:
            return
        self.bar.hide()
        self._stage, self._total = becomes, len(ids)
        self.model.put(replace(line, stage=waiting, failure=None) for line in self._lines_of(ids))
        self._run = self._runs.start(ids, back=back, dry_run=False)
        self._say()
        self.view.setFocus()
        self.working.emit(self._how_far(), 0, len(ids))

    @Slot()
    def stop(self) -> None:
        """End after the mailbox in hand; the others stay as they are."""
        self._runs.stop()

    def reject(self) -> None:
        """A move is ended before the window closes, so that what came of it is seen."""
        self.stop()
        if not self.writes:
            super().reject()

    # What comes of it

    @Slot(int, object)
    def _told(self, run: int, told: Transfer) -> None:
        if run != self._run:
            return
        for line in self._lines_of([told.person_id]):
            self.model.put([self._after(line, told)])
        self.show_detail()
        self._ask_next()
        if self.writes:
            self.working.emit(self._how_far(), *self._progress())

    def _after(self, line: MoveLine, told: Transfer) -> MoveLine:
        if told.failure is None:
            return replace(line, stage=self._stage, told=told, failure=None, ticked=True)
        if self.writes:  # what was found before says more than nothing
            left = Stage.MOVED if self._stage is Stage.UNDONE else Stage.READ
            return replace(line, stage=left, failure=told.failure, ticked=False)
        return replace(line, stage=Stage.READ, told=told, failure=told.failure)

    @Slot(int, object)
    def _ended(self, run: int, outcome: Transferred) -> None:
        if run == self._run:
            self._end(outcome.results, outcome.stopped)

    @Slot(int, object)
    def _failed(self, run: int, failure: Failure) -> None:
        if run == self._run:
            self._end((), failure)

    def _end(self, results: Sequence[Transfer], stopped: Failure | None) -> None:
        wrote, cut = self.writes, any(line.stage in _UNDER_WAY for line in self.model.lines)
        self._run = 0
        self.model.put(
            replace(line, stage=_LEFT[line.stage]) for line in self.model.lines if line.stage in _UNDER_WAY
        )
        done = [told.person_id for told in results if told.failure is None]
        if wrote:
            tone = "good" if len(done) == len(results) and not cut else "warn" if done else "bad"
            said = self._outcome(len(done), len(results) - len(done), cut=cut)
            self.bar.show_message(tone, said)
            self.working.emit("", 0, 0)
            self.moved.emit(done, tone, said)
        if stopped is not None:
            self.show_failure(stopped, retry=True)
        self._say()

    def _in(self, stage: Stage) -> list[int]:
        return [line.row.id for line in self.model.lines if line.stage is stage]

    def _lines_of(self, ids: Collection[int]) -> list[MoveLine]:
        wanted = frozenset(ids)
        return [line for line in self.model.lines if line.row.id in wanted]

    def _ask_next(self) -> None:
        waiting = next((line for line in self.model.lines if line.stage is Stage.WAITING), None)
        self.model.put(() if waiting is None else [replace(waiting, stage=Stage.ASKING)])

    # Words

    def _outcome(self, done: int, refused: int, *, cut: bool) -> str:
        to_graph = self.tr("%n mailbox(es) go by Graph now.", "", done)
        to_ews = self.tr("%n mailbox(es) go by EWS now.", "", done)
        parts = [to_ews if self._back is (self._stage is Stage.MOVED) else to_graph]
        if refused:
            parts.append(self.tr("%n could not be moved; the row says why.", "", refused))
        if cut:
            parts.append(self.tr("Stopped before the rest."))
        return " ".join(parts)

    @Slot()
    def _say(self) -> None:
        lines, moved = self.model.lines, len(self._in(Stage.MOVED))
        marked = len(self.model.ticked())
        self.say_common()
        self.setWindowTitle(self.tr("Move back to EWS") if self._back else self.tr("Move to Graph"))
        self.intro.setText(self._intro())
        self.view.setAccessibleName(self.tr("What the move would come to"))
        self.cancel.setText(self.tr("Stop"))
        self.move_marked.setText(self.tr("M&ove marked ({count})").format(count=number(marked)))
        self.move_marked.setEnabled(marked > 0 and not self.busy)
        self.move_marked.setToolTip("" if marked else self.tr("Mark those who are to be moved."))
        self.undo.setText(self.tr("&Take back ({count})").format(count=number(moved)))
        self.undo.setToolTip(
            self.tr("Have those moved here go by Graph again.")
            if self._back
            else self.tr("Have those moved here go by EWS again; possible while EWS answers.")
        )
        self.undo.setVisible(moved > 0)
        self.undo.setEnabled(not self.busy)
        self.how_far.setText(self._how_far())
        self.say_progress(*self._progress(), goes_on=self.busy)
        self.again.setEnabled(not self.busy and (not lines or any(map(self._unread, lines))))

    def _intro(self) -> str:
        parts = [
            self.tr("These mailboxes go on being synchronised over EWS instead of Microsoft Graph.")
            if self._back
            else self.tr("These mailboxes go on being synchronised over Microsoft Graph instead of EWS."),
            self.tr("The events stay as they are: the move creates 0, changes 0 and deletes 0 of them."),
        ]
        if self._already:
            parts.append(self.tr("%n of the selected are there already and not shown.", "", self._already))
        return " ".join(parts)

    def _progress(self) -> tuple[int, int]:
        left = sum(line.stage in _UNDER_WAY for line in self.model.lines)
        return self._total - left, self._total

    def _how_far(self) -> str:
        done, total = (number(one) for one in self._progress())
        if self.busy:
            reading = self.tr("Read {done} / {total}").format(done=done, total=total)
            return (
                self.tr("Moving {done} / {total}").format(done=done, total=total) if self.writes else reading
            )
        pairs, translated, matched, missing = (
            number(self.model.total(column))
            for column in (Column.PAIRS, Column.TRANSLATED, Column.MATCHED, Column.MISSING)
        )
        return self.tr(
            "Of {pairs} events {translated} were found by identifier and {matched} by content; "
            "{missing} are missing."
        ).format(pairs=pairs, translated=translated, matched=matched, missing=missing)

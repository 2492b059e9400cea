"""Undoing a run, or what it took from a conflict's loser: first what that would do, then the undo (R24)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QPushButton, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.listing import Listing
from vfadmin.ui.persons import undo_words
from vfadmin.ui.persons.reading_dialog import ReadingDialog
from vfadmin.ui.persons.undo_table import ALREADY, LEFT, UNDONE, Column, Stage, UndoLine, UndoTable
from vfadmin.ui.persons.undoing import Foretold, Job, Target, look, undo
from vfadmin.ui.texts import absolute, number
from vfadmin.ui.widgets import tab_through

if TYPE_CHECKING:
    from vfadmin.services.synchronise import RunUndone

_SIZE, _LEAST = (1020, 560), (820, 460)
_LOOK_MS = 100
_STOPPED = "VF-STOP-01"
"""How a run ends that somebody ended."""


class UndoDialog(ReadingDialog):
    """Tells event by event what an undo would do, and does it once that was said. ``undone``: it was tried.

    It stays open while it writes, and says in each row what came of it.
    """

    undone = Signal()

    def __init__(self, desk: Desk, target: Target, started: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._target, self._started = desk, target, started
        self._known = False
        self._reading: Job | None = None
        self._job: Job | None = None
        self.model = UndoTable(self)
        self.mass, self.undo = QCheckBox(self), QPushButton(self)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._compose()
        self._connect()
        self.read()

    def _compose(self) -> None:
        self.view.setModel(self.model)
        self.view.setSelectionMode(Listing.SelectionMode.SingleSelection)
        header, sign = self.view.horizontalHeader(), self.view.fontMetrics().averageCharWidth()
        for place, signs in ((Column.EVENT, 34), (Column.DID, 23), (Column.BECOMES, 31)):
            header.resizeSection(place, signs * sign)
        header.setSectionResizeMode(Column.WHY, QHeaderView.ResizeMode.Stretch)
        self.undo.setProperty("kind", "primary")
        self.detail.setProperty("role", "muted")
        self.mass.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        buttons.addWidget(self.undo)
        buttons.addWidget(self.leave)
        column = self.lay_out(_LEAST, _SIZE)
        column.addWidget(self.view, 1)
        column.addWidget(self.detail)
        column.addWidget(self.mass)
        column.addLayout(self.state_row())
        column.addLayout(buttons)
        tab_through(self.view, self.mass, self.cancel, self.again, self.undo, self.leave)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._show_detail)
        self.mass.toggled.connect(self._say)
        self.cancel.clicked.connect(self.stop)
        self.again.clicked.connect(self.read)
        self.bar.retry.connect(self.read)
        self.undo.clicked.connect(self._asked)
        self.finished.connect(self.stop)
        self._look.timeout.connect(self._hear)

    @property
    def busy(self) -> bool:
        """Whether the calendars are read or written."""
        return self._reading is not None or self._job is not None

    @property
    def writes(self) -> bool:
        """Whether the calendars are being written."""
        return self._job is not None

    # Looking

    @Slot()
    def read(self) -> None:
        """Find out anew what it would do."""
        if self.busy:
            return
        self.bar.hide()
        self.mass.setChecked(False)
        job = Job(self._target)
        if self._desk.ask(self, partial(look, job=job), self._found, self._unread, lane=Lane.MAILBOXES):
            self._reading = job
        self._say()

    def _found(self, found: Foretold) -> None:
        self._reading, self._known = None, found.undone.failure is None
        by_id = {one.id: one for one in found.operations}
        self.model.show_lines(
            UndoLine(one, tuple(by_id[number] for number in one.operations if number in by_id))
            for one in found.undone.events
        )
        if self.model.lines:
            self.view.go_to(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if found.undone.failure is not None and found.undone.failure.code == _STOPPED:
            self.bar.show_message("warn", self.tr("Stopped. Read again to see what would be taken back."))
        elif found.undone.failure is not None:
            self.show_failure(found.undone.failure, retry=True)
        self._say()

    def _unread(self, failure: Failure) -> None:
        self._reading, self._known = None, False
        self.show_failure(failure, retry=True)
        self._say()

    # Undoing

    @Slot()
    def _asked(self) -> None:
        if not self._wanted() or self.busy:
            return
        if not self.mass.isChecked():
            self._begin()
            return
        from vfadmin.ui.confirm import Question  # noqa: PLC0415 - see there

        Question(
            self,
            self.tr("Delete more than the guard lets through?"),
            self.tr(
                "%n copy(ies) made by the run are deleted; in Exchange they go to Deleted Items. "
                "The events they were made of stay, and nobody gets mail.",
                "",
                self.model.guarded,
            ),
            self.tr("Undo and delete"),
            self._begin,
        ).ask()

    def _begin(self) -> None:
        job = Job(self._target, mass=self.mass.isChecked())
        call = partial(undo, job=job)
        if self.busy or not self._desk.ask(self, call, self._ended, self._failed, lane=Lane.MAILBOXES):
            return
        self.bar.hide()
        self._job, self._known = job, False
        self.model.begin()
        self._look.start()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say()

    @Slot()
    def _hear(self) -> None:
        if self._job is not None:
            self.model.tell(tuple(self._job.told))
            self._say()

    @Slot()
    def stop(self) -> None:
        """End after the event or the request in hand; the others stay as they are."""
        for job in (self._reading, self._job):
            if job is not None:
                job.cancelled = True
        self.cancel.setEnabled(False)

    def reject(self) -> None:
        """An undo is ended before the window closes, so that what came of it is seen."""
        self.stop()
        if self._job is None:
            super().reject()

    def _ended(self, done: RunUndone) -> None:
        self.model.tell(done.events)
        cut = self._end()
        counts = {one: done.count(one) for one in (UNDONE, ALREADY, LEFT)}
        if done.failure is not None and done.failure.code != _STOPPED:
            self.show_failure(done.failure, retry=True)
        else:
            whole = not cut and not counts[LEFT]
            self.bar.show_message("good" if whole else "warn", self._outcome(counts, cut=cut))
        self._say()

    def _failed(self, failure: Failure) -> None:
        self._end()
        self.show_failure(failure, retry=True)
        self._say()

    def _end(self) -> bool:
        """It is over; whether some events were not reached."""
        self._job = None
        self._look.stop()
        self.model.end()
        self.undone.emit()
        return any(line.stage is Stage.UNREACHED for line in self.model.lines)

    # Words

    def _wanted(self) -> int:
        """How many events the button would touch."""
        guarded = self.model.guarded if self.mass.isChecked() else 0
        return self.model.count(UNDONE) + guarded if self._known else 0

    def _outcome(self, counts: dict[str, int], *, cut: bool) -> str:
        whole = self.tr("%n event(s) are as before the run.", "", counts[UNDONE])
        lost = self.tr("What lost is back in %n event(s).", "", counts[UNDONE])
        parts = [whole if self._target.operation is None else lost]
        if counts[ALREADY]:
            parts.append(self.tr("%n were so already.", "", counts[ALREADY]))
        if counts[LEFT]:
            parts.append(self.tr("%n stay as they are; the row says why.", "", counts[LEFT]))
        if cut:
            parts.append(self.tr("Stopped before the rest."))
        return " ".join(parts)

    @Slot()
    def _show_detail(self) -> None:
        place = self.view.current_row() or 0
        line = self.model.line_at(self.view.current_row())
        told: list[str] = []
        if line is not None and line.told.why:
            told = [f"{self.model.text(place, Column.EVENT)}: {self.model.text(place, Column.WHY)}"]
        elif line is not None and self._known and line.told.outcome == UNDONE:
            for one in line.operations:
                lost = self._target.operation is not None
                names = one.detail.get("lost", ()) if lost else one.fields
                told += undo_words.put_back(one, tuple(names))
        self.detail.setText("\n".join(told))
        self.detail.setVisible(bool(told))

    @Slot()
    def _say(self) -> None:
        wanted, guarded = self._wanted(), self.model.guarded
        restoring = self._target.operation is not None
        self.setWindowTitle(self.tr("Restore lost content") if restoring else self.tr("Undo a run"))
        self.intro.setText(self._intro())
        self.view.setAccessibleName(self.tr("Events of the run and what becomes of each"))
        self.say_common()
        self.cancel.setText(self.tr("Stop"))
        self.again.setEnabled(not self.busy)
        self.mass.setText(
            self.tr("&Delete also %n copy(ies) that the guard against mass deletions keeps", "", guarded)
        )
        self.mass.setVisible(self._known and guarded > 0)
        verb = self.tr("Res&tore ({count})") if restoring else self.tr("&Undo ({count})")
        self.undo.setText(verb.format(count=number(wanted)))
        self.undo.setEnabled(wanted > 0 and not self.busy)
        idle = not wanted and not self.busy
        self.undo.setToolTip(self.tr("Nothing can be taken back now; the rows say why.") if idle else "")
        self.how_far.setText(self._how_far())
        done = sum(line.stage is Stage.DONE for line in self.model.lines)
        self.progress.setMaximum(0 if self._reading is not None else max(1, len(self.model.lines)))
        self.progress.setValue(done)
        self.progress.setVisible(self.busy)
        self.cancel.setVisible(self.busy)
        going_on = (self._reading, self._job)
        self.cancel.setEnabled(all(job is None or not job.cancelled for job in going_on))
        self._show_detail()

    def _intro(self) -> str:
        started = absolute(self._started)
        if self._target.operation is not None:
            first = self.tr(
                "Puts back what the run ({time}) took from the loser of the conflict, in both calendars."
            )
        else:
            first = self.tr(
                "Takes back what the run ({time}) did in both calendars, where nothing has changed since."
            )
        rest = self.tr("Nothing is written before you say so, and nobody gets mail.")
        return f"{first.format(time=started)} {rest}"

    def _how_far(self) -> str:
        if self._reading is not None:
            return self.tr("Reading both calendars…")
        done = sum(line.stage is Stage.DONE for line in self.model.lines)
        if self._job is not None:
            total = number(len(self.model.lines))
            return self.tr("Writing {done} / {total}").format(done=number(done), total=total)
        if not self._known:
            return ""
        counts = {name: number(self.model.count(name)) for name in (UNDONE, ALREADY, LEFT)}
        return self.tr("Taken back: {undone}. Back already: {already}. Left: {left}.").format(**counts)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.model.retell()
            self._say()

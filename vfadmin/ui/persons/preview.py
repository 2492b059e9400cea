"""The preview before an activation (R29): what each first cycle would do; then activate some, and see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.persons.preview_table import FEW, FIGURES, Line, PreviewTable, Stage
from vfadmin.ui.persons.tick_dialog import TickDialog
from vfadmin.ui.persons.work import Outcome, rehearse
from vfadmin.ui.texts import number

if TYPE_CHECKING:
    from vfadmin.services.activation import ActionPreview
    from vfadmin.services.context import Services
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.synchronise import DryRun


LOOK_MS = 3000
"""How often those are looked at who wait for their first synchronisation."""


def survey(services: Services, ids: Sequence[int]) -> tuple[list[PersonRow], ActionPreview]:
    """The rows, and whom an activation would change. Called in the services' thread."""
    return services.search.rows(ids), services.activation.preview(ids, "activate")


def read_rows(services: Services, ids: Sequence[int]) -> list[PersonRow]:
    """The rows as they are now. Called in the services' thread."""
    return services.search.rows(ids)


class PreviewDialog(TickDialog):
    """Reads the calendars of these persons a few at a time; ``activate_asked`` carries the marked ids."""

    activate_asked = Signal(object)

    def __init__(self, desk: Desk, ids: Sequence[int], parent: QWidget | None = None) -> None:
        self.model, self.activate = PreviewTable(), QPushButton()
        super().__init__(self.model, parent, self.activate)
        self.model.setParent(self)
        self._desk, self._ids = desk, tuple(ids)
        self._reading = self._activating = False
        self._already = 0
        self._look = QTimer(self, interval=LOOK_MS)
        self._connect()
        self._say()
        self._begin()

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.stop)
        self.again.clicked.connect(self.read_again)
        self.activate.clicked.connect(self._activate)
        self.bar.retry.connect(self.read_again)
        self.model.ticks_changed.connect(self._say)
        self._look.timeout.connect(self.look_again)

    # Reading

    def _begin(self) -> None:
        self._desk.ask(self, partial(survey, ids=self._ids), self._surveyed, self._failed)

    def _surveyed(self, answer: tuple[list[PersonRow], ActionPreview]) -> None:
        rows, judged = answer
        refused = dict(judged.refused)
        self._already = len(judged.unchanged)
        self.model.set_lines(
            Line(row, refused.get(row.id), stage=Stage.READ if row.id in refused else Stage.WAITING)
            for row in rows
            if row.id not in judged.unchanged
        )
        self.begin_with_first()
        self._go_on()

    def _go_on(self) -> None:
        """Read the next few."""
        ids = self.model.take_few()
        self._reading = bool(ids)
        if ids:
            self._desk.ask(self, partial(rehearse, ids=ids), self._took, self._failed, lane=Lane.FAR)
        self._say()

    def _took(self, plans: Sequence[DryRun]) -> None:
        found = {plan.person_id: plan for plan in plans}
        begun = any(line.activated for line in self.model.lines)
        free = 0 if begun else FEW - sum(line.ticked for line in self.model.lines)
        fresh: list[Line] = []
        for line in self.model.lines:
            plan = found.get(line.row.id)
            if plan is not None:
                good = plan if plan.failure is None else None
                read = replace(line, stage=Stage.READ, plan=good, failure=plan.failure)
                ticked = read.ready and free > sum(one.ticked for one in fresh)
                fresh.append(replace(read, ticked=ticked))
        self.model.put(fresh)
        self.show_detail()
        if self._reading:
            self._go_on()

    def _failed(self, failure: Failure) -> None:
        self.stop()
        self.show_failure(failure, retry=True)

    @Slot()
    def stop(self) -> None:
        """Read no more; what is being read just now may still come."""
        self._reading = False
        self.model.give_up()
        self._say()

    @Slot()
    def read_again(self) -> None:
        """Read those who were not read, or could not be."""
        self.bar.hide()
        if not self.model.lines:
            self._begin()
            return
        self.model.read_anew(self._unread)
        self._go_on()

    @staticmethod
    def _unread(line: Line) -> bool:
        return line.row.state in ("unused", "passive") and line.plan is None

    # Activating

    @Slot()
    def _activate(self) -> None:
        ids = self.model.ticked()
        if ids:
            self.activate_asked.emit(ids)

    def began(self, ids: Collection[int], *, possible: bool) -> None:
        """The activation of these has begun; or another change is still being made."""
        self._activating = possible
        if possible:
            self.bar.hide()
            self.model.put(
                replace(line, ticked=False, activated=True, before=line.row.last_synced)
                for line in self.model.lines
                if line.row.id in ids
            )
        else:
            self.bar.show_message("warn", self.tr("The previous change is still being made."))

    def activated(self, outcome: Outcome) -> None:
        """The activation is done: show who was refused, and look how the others do."""
        refused = dict(outcome.refused)
        self._activating = False
        self.model.put(
            replace(line, activated=False, failure=refused[line.row.id])
            for line in self.model.lines
            if line.row.id in refused
        )
        self.look_again()

    def broke_off(self, failure: Failure) -> None:
        """The activation could not be made, or not for all."""
        self._activating = False
        self.show_failure(failure)
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Look how those do who were activated here."""
        ids = [line.row.id for line in self.model.lines if line.activated]
        if ids:
            self._desk.ask(self, partial(read_rows, ids=ids), self.live, self._ignore, channel="preview")

    def live(self, rows: Sequence[PersonRow]) -> None:
        """Rows were read anew."""
        by_id = {row.id: row for row in rows}
        self.model.put(
            replace(line, row=by_id[line.row.id]) for line in self.model.lines if line.row.id in by_id
        )
        self.show_detail()
        waiting = any(line.pending for line in self.model.lines)
        if waiting != self._look.isActive():
            (self._look.start if waiting else self._look.stop)()

    def _ignore(self, failure: Failure) -> None:
        """The next look will tell more."""

    # Words

    @Slot()
    def _say(self) -> None:
        lines = self.model.lines
        marked = len(self.model.ticked())
        self.setWindowTitle(self.tr("Preview before activation"))
        self.intro.setText(self._intro())
        self.view.setAccessibleName(self.tr("What the first synchronisation would do"))
        self.say_common()
        self.cancel.setText(self.tr("Stop reading"))
        self.activate.setText(self.tr("&Activate marked ({count})").format(count=number(marked)))
        self.how_far.setText(self._how_far())
        done = sum(line.stage in (Stage.READ, Stage.UNREAD) for line in lines)
        self.say_progress(done, len(lines), goes_on=self._reading)
        self.activate.setEnabled(marked > 0 and not self._activating)
        self.activate.setToolTip("" if marked else self.tr("Mark those who are to be activated."))
        self.again.setEnabled(not self._reading and (not lines or any(map(self._unread, lines))))

    def _intro(self) -> str:
        parts = [
            self.tr(
                "This is what the first synchronisation would do. "
                "The preview writes nothing into the calendars."
            )
        ]
        if len(self.model.lines) > FEW:
            parts.append(
                self.tr(
                    "Begin with a few: the first {count} are marked. "
                    "Go on with the others when these are active."
                ).format(count=FEW)
            )
        if self._already:
            parts.append(self.tr("%n of the selected are active already and not shown.", "", self._already))
        return " ".join(parts)

    def _how_far(self) -> str:
        lines = self.model.lines
        if self._reading:
            read = sum(line.stage is Stage.READ for line in lines)
            return self.tr("Read {done} / {total}").format(done=number(read), total=number(len(lines)))
        waiting = sum(line.pending for line in lines)
        if waiting:
            return self.tr("%n activated wait for the first synchronisation.", "", waiting)
        figures = {column.name.lower(): number(self.model.total(column)) for column in FIGURES}
        return self.tr(
            "In both calendars already: {matched}. To be created: {to_valueframe} in ValueFrame, "
            "{to_exchange} in Exchange."
        ).format(**figures)

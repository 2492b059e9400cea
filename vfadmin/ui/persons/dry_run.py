"""The preview of a synchronisation: what the next one would do with some persons, event by event (R28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.listing import Listing
from vfadmin.ui.persons.dry_run_table import DryLine, DryRunTable, OperationColumn, OperationTable
from vfadmin.ui.persons.preview import read_rows
from vfadmin.ui.persons.preview_table import FIGURES, Column, Stage
from vfadmin.ui.persons.reading_dialog import ReadingDialog
from vfadmin.ui.persons.work import rehearse
from vfadmin.ui.texts import number
from vfadmin.ui.widgets import tab_through

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.synchronise import DryRun

_SIZE, _LEAST = (1020, 640), (820, 520)


class DryRunDialog(ReadingDialog):
    """Reads the calendars of these persons a few at a time; nothing is written and nothing is started."""

    def __init__(self, desk: Desk, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._ids = desk, tuple(ids)
        self._reading = False
        self.model, self.operations = DryRunTable(self), OperationTable(self)
        self.operation_view = Listing(self)
        self._compose()
        self._connect()
        self._say()
        self._begin()

    def _compose(self) -> None:
        self.view.setModel(self.model)
        self.view.setSelectionMode(Listing.SelectionMode.SingleSelection)
        self.operation_view.setModel(self.operations)
        _share_width(self.view, Column.HOW, {Column.WHO: 24})
        _share_width(
            self.operation_view, OperationColumn.WHY, {OperationColumn.EVENT: 30, OperationColumn.WHAT: 34}
        )
        self.detail.setProperty("role", "title")
        below = self.state_row()
        below.addWidget(self.again)
        below.addWidget(self.leave)
        column = self.lay_out(_LEAST, _SIZE)
        column.addWidget(self.view, 2)
        column.addWidget(self.detail)
        column.addWidget(self.operation_view, 3)
        column.addLayout(below)
        tab_through(self.view, self.operation_view, self.cancel, self.again, self.leave)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._show_one)
        self.cancel.clicked.connect(self.stop)
        self.again.clicked.connect(self.read_again)
        self.bar.retry.connect(self.read_again)
        self.finished.connect(self.stop)

    # Reading

    def _begin(self) -> None:
        self._desk.ask(self, partial(read_rows, ids=self._ids), self._found, self._failed)

    def _found(self, rows: Sequence[PersonRow]) -> None:
        self.model.set_lines(DryLine(row, stage=Stage.WAITING) for row in rows)
        if rows:
            self.view.go_to(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go_on()

    def _go_on(self) -> None:
        ids = self.model.take_few()
        self._reading = bool(ids)
        if ids:
            self._desk.ask(self, partial(rehearse, ids=ids), self._took, self._failed, lane=Lane.CALENDARS)
        self._say()

    def _took(self, plans: Sequence[DryRun]) -> None:
        found = {plan.person_id: plan for plan in plans}
        self.model.put(
            replace(line, stage=Stage.READ, plan=None if plan.failure else plan, failure=plan.failure)
            for line in self.model.lines
            if (plan := found.get(line.row.id)) is not None
        )
        self._show_one()
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
        """Read everybody anew."""
        self.bar.hide()
        if not self.model.lines:
            self._begin()
            return
        self.model.read_anew(lambda _: True)
        self._go_on()

    # Words

    @Slot()
    def _show_one(self) -> None:
        line = self.model.line_at(self.view.current_row())
        plan = None if line is None else line.plan
        self.operations.show_operations(() if plan is None else plan.operations)
        self.detail.setText("" if line is None else f"{line.row.name}: {self.model.explain(line)}")

    @Slot()
    def _say(self) -> None:
        self.setWindowTitle(self.tr("Preview of the synchronisation"))
        self.intro.setText(
            self.tr("This is what the next synchronisation would do. The preview writes nothing anywhere.")
        )
        self.view.setAccessibleName(self.tr("What the next synchronisation would do with each person"))
        self.operation_view.setAccessibleName(self.tr("What would be done to the events of the person"))
        self.say_common()
        self.cancel.setText(self.tr("Stop reading"))
        lines = self.model.lines
        done = sum(line.stage in (Stage.READ, Stage.UNREAD) for line in lines)
        self.progress.setMaximum(max(1, len(lines)))
        self.progress.setValue(done)
        for widget in (self.progress, self.cancel):
            widget.setVisible(self._reading)
        self.again.setEnabled(not self._reading)
        self.how_far.setText(self._how_far())
        self._show_one()

    def _how_far(self) -> str:
        lines = self.model.lines
        if self._reading:
            read = sum(line.stage is Stage.READ for line in lines)
            return self.tr("Read {done} / {total}").format(done=number(read), total=number(len(lines)))
        figures = {column.name.lower(): number(self.model.total(column)) for column in FIGURES}
        return self.tr(
            "To be created: {to_valueframe} in ValueFrame, {to_exchange} in Exchange. "
            "To be changed: {changed}. To be deleted: {deleted}."
        ).format(**figures)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.model.put(())
            self.operations.retell()
            self._say()


def _share_width(view: Listing, last: int, widths: dict[Column, int] | dict[OperationColumn, int]) -> None:
    header = view.horizontalHeader()
    header.setResizeContentsPrecision(0)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column, signs in widths.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(column, signs * view.fontMetrics().averageCharWidth())
    header.setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)

"""What happened to a person: the runs, each of which opens to what it did, and changes by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.errors.texts import explain
from vfadmin.ui.desk import Desk
from vfadmin.ui.listing import Ruled
from vfadmin.ui.persons import change_words, run_words
from vfadmin.ui.persons.forgetting import Forgetting
from vfadmin.ui.persons.history_actions import Chosen, HistoryActions
from vfadmin.ui.persons.history_items import (
    FACT,
    OUTCOME,
    WHAT,
    fill,
    in_order,
    is_change,
    item_of,
    key,
)
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.translations import current
from vfadmin.ui.widgets import InfoBar, wrapping

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.history import AuditRow, OperationRow, RunRow
    from vfadmin.ui.persons.undo_dialog import UndoDialog

LIMIT = 100


@dataclass(frozen=True, slots=True)
class Past:
    """The latest runs, newest first, what was changed by hand, and what keeps runs from being undone now."""

    runs: Sequence[RunRow] = ()
    changes: Sequence[AuditRow] = ()
    obstacle: Failure | None = None


def read_runs(services: Services, person_id: int) -> Past:
    """Called in the services' thread."""
    runs, changes = services.history.runs(person_id, LIMIT), services.history.audit(person_id, LIMIT)
    return Past(runs, changes, services.run_undo.obstacle())


def read_operations(services: Services, person_id: int, run_id: int) -> tuple[int, list[OperationRow]]:
    """What a run did to the person's calendars. Called in the services' thread."""
    found = services.history.operations(run_id)
    return run_id, [one for one in found if one.person_id == person_id]


class HistoryTab(QWidget):
    """Runs and changes of one person as a tree; what a run did is read when it is opened."""

    diagnosis_asked = Signal()

    def __init__(self, desk: Desk, person_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._person = desk, person_id
        self._past = Past()
        self._operations: dict[int, Sequence[OperationRow]] = {}
        self._growing: set[int] = set()
        self.tree = QTreeWidget(self)
        self.bar, self.actions_row = InfoBar(self), HistoryActions(self)
        self.forgetting = Forgetting(desk, person_id, self.bar, self)
        self._dialog: UndoDialog | None = None
        self.detail, self.none = wrapping(self), QLabel(self)
        self.refresh, self.diagnosis = QPushButton(self), QPushButton(self)
        self._stack = QStackedWidget(self)
        self._compose()
        self._connect()
        self._retranslate()

    def _compose(self) -> None:
        self.tree.setObjectName("list")
        self.tree.setColumnCount(3)
        self.tree.setItemDelegate(Ruled(self))
        self.tree.setUniformRowHeights(True)
        self.tree.setExpandsOnDoubleClick(True)
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(WHAT, 310)
        header.resizeSection(OUTCOME, 210)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.setProperty("role", "muted")
        self.none.setWordWrap(True)
        self.detail.setProperty("role", "muted")
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        for button in (self.diagnosis, self.refresh):
            button.setAutoDefault(False)
        self._stack.addWidget(self.none)
        self._stack.addWidget(self.tree)
        below = QHBoxLayout()
        below.addWidget(self.detail, 1)
        for button in (self.diagnosis, self.refresh):
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addLayout(below)
        column.addWidget(self.actions_row)

    def _connect(self) -> None:
        self.tree.itemExpanded.connect(self._opened)
        self.tree.currentItemChanged.connect(self._show_detail)
        self.refresh.clicked.connect(self.load)
        self.diagnosis.clicked.connect(self.diagnosis_asked)
        self.bar.retry.connect(self.load)
        self.actions_row.undo.clicked.connect(self._undo)
        self.actions_row.restore.clicked.connect(self._restore)
        self.actions_row.forget.clicked.connect(self.forgetting.start)
        self.forgetting.changed.connect(self._read_anew)

    # Doing

    @property
    def dialog(self) -> UndoDialog | None:
        """The undo that is open, if any."""
        found = self._dialog
        return found if found is not None and shiboken6.isValid(found) else None

    @Slot()
    def stop(self) -> None:
        """End an undo after the event in hand."""
        if (dialog := self.dialog) is not None:
            dialog.stop()

    @Slot()
    def _undo(self) -> None:
        self._open(self._chosen(), restore=False)

    @Slot()
    def _restore(self) -> None:
        self._open(self._chosen(), restore=True)

    def _open(self, chosen: Chosen, *, restore: bool) -> None:
        from vfadmin.ui.persons.undo_dialog import UndoDialog  # noqa: PLC0415 - rarely wanted
        from vfadmin.ui.persons.undoing import Target  # noqa: PLC0415 - as above

        if (former := self.dialog) is not None:
            former.reject()
            if former.writes:
                former.raise_()
                return
        if chosen.run is not None:
            operation = chosen.operation.id if restore and chosen.operation is not None else None
            target = Target(chosen.run.id, operation)
            self._dialog = dialog = UndoDialog(self._desk, target, chosen.run.started, self.window())
            dialog.undone.connect(self.load)
            dialog.show()

    def _chosen(self) -> Chosen:
        item = self.tree.currentItem()
        if item is None:
            return Chosen(obstacle=self._past.obstacle)
        top = item.parent()
        if is_change(item.data(WHAT, FACT)):
            return Chosen(obstacle=self._past.obstacle)
        if top is None:
            return Chosen(item.data(WHAT, FACT), obstacle=self._past.obstacle)
        return Chosen(top.data(WHAT, FACT), item.data(WHAT, FACT), self._past.obstacle)

    @Slot()
    def _read_anew(self) -> None:
        """What was read of the operations may be gone."""
        self._operations.clear()
        self.load()

    # Reading

    @Slot()
    def load(self) -> None:
        """Read the runs; those that are open stay open."""
        call = partial(read_runs, person_id=self._person)
        self._desk.ask(self, call, self._loaded, self._failed, channel=f"history-{self._person}")

    def _loaded(self, past: Past) -> None:
        self._growing = {run.id for run in self._past.runs if run.finished is None}
        same, self._past = past == self._past, past
        if not same:
            self._build()
        else:  # nothing blinks; but what a run that goes on has done is read again
            for item in self._top():
                if item.isExpanded():
                    self._opened(item)

    @Slot(QTreeWidgetItem)
    def _opened(self, item: QTreeWidgetItem) -> None:
        run = item.data(WHAT, FACT)
        if item.parent() is not None or is_change(run):
            return
        if run.id not in self._operations or run.id in self._growing:
            call = partial(read_operations, person_id=self._person, run_id=run.id)
            self._desk.ask(self, call, self._took, self._failed)

    def _took(self, answer: tuple[int, Sequence[OperationRow]]) -> None:
        run_id, done = answer
        self._growing.discard(run_id)
        if self._operations.get(run_id) == done:
            return
        self._operations[run_id] = done
        for item in self._top():
            if key(item.data(WHAT, FACT)) == (False, run_id):
                fill(item, done)

    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=True)

    # The tree

    def _top(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _build(self) -> None:
        opened = {key(item.data(WHAT, FACT)) for item in self._top() if item.isExpanded()}
        current = self.tree.currentItem()
        top = current.parent() or current if current is not None else None
        chosen = None if top is None else key(top.data(WHAT, FACT))
        if chosen is None and self._past.runs:
            chosen = key(self._past.runs[0])
        child = -1 if top is None or current is None else top.indexOfChild(current)
        place = self.tree.verticalScrollBar().value()
        self.tree.clear()
        for fact in in_order(self._past.runs, self._past.changes):
            item = item_of(fact, self._operations.get(fact.id))
            self.tree.addTopLevelItem(item)
            item.setExpanded(key(fact) in opened)
            if key(fact) == chosen:
                self.tree.setCurrentItem(item.child(child) or item)
        self.tree.verticalScrollBar().setValue(place)
        self._stack.setCurrentWidget(self.tree if self.tree.topLevelItemCount() else self.none)
        self._show_detail()

    # Words

    @Slot()
    def _show_detail(self) -> None:
        item = self.tree.currentItem()
        fact = None if item is None else item.data(WHAT, FACT)
        self.actions_row.say(self._chosen())
        if item is None or fact is None:
            self.detail.clear()
        elif is_change(fact):
            self.detail.setText("\n".join([change_words.who(fact), *change_words.lines(fact)]))
        elif item.parent() is None:
            self.detail.setText(self._explain_run(fact))
        else:
            self.detail.setText("\n".join([f"{item.text(WHAT)}: {item.text(OUTCOME)}", *self._explain(fact)]))

    def _explain(self, one: OperationRow) -> list[str]:
        code = one.detail.get("code")
        if code:
            text = explain(str(code), {}, current())
            return [f"{text.message} {text.remedy} ({code})"]
        return run_words.differences(one) or run_words.notes(one)

    def _explain_run(self, run: RunRow) -> str:
        if run.error is not None:
            text = explain_failure(run.error)
            return f"{text.message}\n{text.remedy} ({run.error.code})"
        if run.finished is None:
            return self.tr("The run goes on, or it was cut off; the next one finishes what is open.")
        return self.tr("{requests} requests to Exchange in {seconds} s.").format(
            requests=number(run.requests), seconds=self.locale().toString(run.duration_ms / 1000, "f", 1)
        )

    def _retranslate(self) -> None:
        self.tree.setHeaderLabels(
            [self.tr("Run, change, event"), self.tr("What was done"), self.tr("Why, who")]
        )
        self.tree.setAccessibleName(self.tr("Runs and what each did, and changes by hand, newest first"))
        self.detail.setAccessibleName(self.tr("Details"))
        self.refresh.setText(self.tr("&Refresh"))
        self.diagnosis.setText(self.tr("&Diagnosis…"))
        self.diagnosis.setToolTip(self.tr("Saves into one file what support needs about this mailbox"))
        self.none.setText(self.tr("No run has touched this mailbox yet."))
        self._build()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()

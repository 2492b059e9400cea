"""What happened to a person's mailbox: the runs, each of which opens to what it did and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
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
from vfadmin.ui import icons
from vfadmin.ui.desk import Desk
from vfadmin.ui.listing import Ruled
from vfadmin.ui.persons import run_words
from vfadmin.ui.persons.forgetting import Forgetting
from vfadmin.ui.persons.history_actions import Chosen, HistoryActions
from vfadmin.ui.style import shades
from vfadmin.ui.texts import absolute, explain_failure, number
from vfadmin.ui.translations import current
from vfadmin.ui.widgets import InfoBar, wrapping

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.history import OperationRow, RunRow
    from vfadmin.ui.persons.undo_dialog import UndoDialog

LIMIT = 100
_WHAT, _OUTCOME, _WHY = range(3)
_FACT = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Past:
    """The latest runs, newest first, and what keeps any of them from being undone now."""

    runs: Sequence[RunRow] = ()
    obstacle: Failure | None = None


def read_runs(services: Services, person_id: int) -> Past:
    """Called in the services' thread."""
    return Past(services.history.runs(person_id, LIMIT), services.run_undo.obstacle())


def read_operations(services: Services, person_id: int, run_id: int) -> tuple[int, list[OperationRow]]:
    """What a run did to the person's calendars. Called in the services' thread."""
    found = services.history.operations(run_id)
    return run_id, [one for one in found if one.person_id == person_id]


class HistoryTab(QWidget):
    """The runs of one person as a tree; what a run did is read when it is opened."""

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
        header.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_WHAT, 310)
        header.resizeSection(_OUTCOME, 210)
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
        if top is None:
            return Chosen(item.data(_WHAT, _FACT), obstacle=self._past.obstacle)
        return Chosen(top.data(_WHAT, _FACT), item.data(_WHAT, _FACT), self._past.obstacle)

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
        run = item.data(_WHAT, _FACT)
        if item.parent() is None and (run.id not in self._operations or run.id in self._growing):
            call = partial(read_operations, person_id=self._person, run_id=run.id)
            self._desk.ask(self, call, self._took, self._failed)

    def _took(self, answer: tuple[int, Sequence[OperationRow]]) -> None:
        run_id, done = answer
        self._growing.discard(run_id)
        if self._operations.get(run_id) == done:
            return
        self._operations[run_id] = done
        for item in self._top():
            if item.data(_WHAT, _FACT).id == run_id:
                self._fill(item, run_id)

    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=True)

    # The tree

    def _top(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _build(self) -> None:
        opened = {item.data(_WHAT, _FACT).id for item in self._top() if item.isExpanded()}
        current = self.tree.currentItem()
        top = current.parent() or current if current is not None else None
        chosen = None if top is None else top.data(_WHAT, _FACT).id
        child = -1 if top is None or current is None else top.indexOfChild(current)
        place = self.tree.verticalScrollBar().value()
        self.tree.clear()
        for run in self._past.runs:
            item = self._run_item(run)
            self.tree.addTopLevelItem(item)
            self._fill(item, run.id)
            item.setExpanded(run.id in opened)
            if run.id == chosen or (chosen is None and run is self._past.runs[0]):
                self.tree.setCurrentItem(item.child(child) or item)
        self.tree.verticalScrollBar().setValue(place)
        self._stack.setCurrentWidget(self.tree if self._past.runs else self.none)
        self._show_detail()

    def _run_item(self, run: RunRow) -> QTreeWidgetItem:
        colours = shades(QApplication.palette())
        why = explain_failure(run.error).message if run.error is not None else ""
        item = QTreeWidgetItem([absolute(run.started), run_words.outcome(run), why])
        name, colour = ("check", colours.good) if run.ok else ("close", colours.bad)
        if run.finished is None:
            name, colour = "sync", colours.muted
        item.setIcon(_WHAT, icons.icon(name, colour))
        item.setData(_WHAT, _FACT, run)
        item.setToolTip(_WHY, why)
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _fill(self, item: QTreeWidgetItem, run_id: int) -> None:
        item.takeChildren()
        known = self._operations.get(run_id)
        if known is None:
            item.addChild(QTreeWidgetItem([self.tr("Reading…")]))
            return
        if not known:
            item.addChild(QTreeWidgetItem([self.tr("Nothing was written.")]))
        for one in known:
            child = QTreeWidgetItem([run_words.event(one), run_words.done(one), run_words.reason(one)])
            child.setData(_WHAT, _FACT, one)
            for column in (_WHAT, _OUTCOME, _WHY):
                child.setToolTip(column, child.text(column))
            item.addChild(child)

    # Words

    @Slot()
    def _show_detail(self) -> None:
        item = self.tree.currentItem()
        fact = None if item is None else item.data(_WHAT, _FACT)
        self.actions_row.say(self._chosen())
        if item is None or fact is None:
            self.detail.clear()
        elif item.parent() is None:
            self.detail.setText(self._explain_run(fact))
        else:
            self.detail.setText(
                "\n".join([f"{item.text(_WHAT)}: {item.text(_OUTCOME)}", *self._explain(fact)])
            )

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
        self.tree.setHeaderLabels([self.tr("Run, event"), self.tr("What was done"), self.tr("Why")])
        self.tree.setAccessibleName(self.tr("Runs and what each did, newest first"))
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

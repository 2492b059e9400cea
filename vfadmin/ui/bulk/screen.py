"""The screen of the import (R26): drop or choose a list, look at every row, import, report, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.bulk.asking import Asking
from vfadmin.ui.bulk.columns import ColumnsPanel
from vfadmin.ui.bulk.drop import DropPlace
from vfadmin.ui.bulk.files import Files
from vfadmin.ui.bulk.filters import Filters
from vfadmin.ui.bulk.foot import Foot
from vfadmin.ui.bulk.head import Head
from vfadmin.ui.bulk.loader import Loader, Work
from vfadmin.ui.bulk.phrases import ImportPhrases
from vfadmin.ui.bulk.report import ReportCard
from vfadmin.ui.bulk.start import StartPage
from vfadmin.ui.bulk.table import ImportTable
from vfadmin.ui.bulk.view import ImportView
from vfadmin.ui.bulk.words import LEFT, Sums, detail_words, remedy_words
from vfadmin.ui.desk import Desk
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar, tab_through

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import ImportPlan, ImportResult, UndoResult

_DETAIL_LINES = 4


class ImportScreen(DropPlace):
    """``imported`` says that persons were written, ``working`` what goes on."""

    imported = Signal()
    working = Signal(str, int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.loader = Loader(desk, self)
        self.bar, self.phrases = InfoBar(self), ImportPhrases(self)
        self.files = Files(self.loader, self.bar, self._dirty, self)
        self._pages = QStackedWidget(self)
        self.start = StartPage(self._pages)
        self._work = QWidget(self._pages)
        self.head, self.columns = Head(self._work), ColumnsPanel(self._work)
        self.report = ReportCard(self._work)
        self.model = ImportTable(self)
        self.filters = Filters(self.model, self._work)
        self.view = ImportView(self.model, self._work)
        self.detail = QPlainTextEdit(self._work)
        self.foot = Foot(self._work)
        self.asking = Asking(desk, self.loader, self.model, self.bar, self.phrases)
        self._compose()
        self._connect_parts()
        self._connect_work()
        self._retranslate()

    def _compose(self) -> None:
        self.columns.hide()
        self.report.hide()
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setFixedHeight(self.detail.fontMetrics().height() * _DETAIL_LINES + 20)
        inside = QVBoxLayout(self._work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        for widget in (self.head, self.columns, self.report, self.filters):
            inside.addWidget(widget)
        inside.addWidget(self.view, 1)
        inside.addWidget(self.detail)
        inside.addWidget(self.foot)
        self._pages.addWidget(self.start)
        self._pages.addWidget(self._work)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)

    def _connect_parts(self) -> None:
        self.file_held.connect(self.start.lift)
        self.file_dropped.connect(self.files.open)
        self.start.choose_asked.connect(self.files.choose)
        self.start.template_asked.connect(self.files.save_template)
        self.start.cancel_asked.connect(self.cancel)
        self.head.choose_asked.connect(self.files.choose)
        self.head.save_asked.connect(self.files.save_report)
        self.head.columns_toggled.connect(self.columns.setVisible)
        self.columns.chosen.connect(self.files.remap)
        self.columns.forget_asked.connect(self.files.forget_columns)
        self.report.save_asked.connect(self.files.save_report)
        self.report.undo_asked.connect(self.files.ask_undo)
        self.start.latest.undo_asked.connect(self.files.ask_undo_of)
        self.report.next_asked.connect(self._begin_anew)
        self.filters.wanted.connect(self.model.want)
        self.foot.apply_asked.connect(self._apply)
        self.foot.ask_asked.connect(self.asking.ask)
        self.foot.cancel_asked.connect(self.cancel)
        self.foot.rules_toggled.connect(self._judge)
        self.view.moved.connect(self._show_detail)
        self.model.dataChanged.connect(self._show_detail)
        self.model.edit_asked.connect(self.loader.edit)
        self.model.ticks_changed.connect(self._say_sums)

    def _connect_work(self) -> None:
        self.loader.working.connect(self._working)
        self.loader.changed.connect(self._say_state)
        self.loader.planned.connect(self._planned)
        self.loader.applied.connect(self._applied)
        self.loader.undone.connect(self._undone)
        self.loader.failed.connect(self._failed)
        self.loader.password_wanted.connect(self.files.ask_password)
        self.files.taken_back.connect(self.columns.take_back)
        self.files.begun.connect(self.bar.hide)
        self.files.begun.connect(self.asking.forget)
        self.asking.working.connect(self._asking)
        self.asking.changed.connect(self._say_state)

    # Reading and judging

    def _dirty(self) -> bool:
        """Whether something would be lost with the list: cells edited, rows chosen by hand."""
        plan = self.loader.plan
        return plan is not None and not self.model.final and (bool(plan.edited) or self.model.left)

    @Slot(str, int, int)
    def _working(self, text: str, done: int, total: int) -> None:
        work = self.loader.work
        if text and (work is Work.READ or (work is Work.UNDO and self.loader.plan is None)):
            self.start.show_work(text, done, total, quiet=work is Work.READ)
        elif work is not Work.WRITE:
            self.foot.show_busy(text, done, total)
        self.working.emit(text, done, total)
        if not text:
            self.asking.tell()

    @Slot(str, int, int)
    def _asking(self, text: str, done: int, total: int) -> None:
        """What else goes on is shown before it: that is over sooner."""
        if self.loader.work is None:
            self.foot.show_busy(text, done, total)
            self.working.emit(text, done, total)

    @Slot()
    def cancel(self) -> bool:
        """Stop what goes on; False where nothing does."""
        if self.loader.work is None and not self.asking.busy:
            return False
        (self.loader if self.loader.work is not None else self.asking).cancel()
        return True

    def give_up(self) -> None:
        """Nobody waits for what is read, judged or asked."""
        self.loader.give_up()
        self.asking.forget()

    @Slot()
    def _say_state(self) -> None:
        """Something began, or ended."""
        work = self.loader.work
        self._pages.setCurrentWidget(
            self.start if work is Work.READ or self.loader.plan is None else self._work
        )
        self.model.lock(locked=work in (Work.APPLY, Work.UNDO))
        for widget in (self.head, self.columns, self.filters, self.report):
            widget.setEnabled(work in (None, Work.JUDGE, Work.WRITE))
        self.columns.setEnabled(self.columns.isEnabled() and not self.asking.busy)
        self.foot.lock(locked=work is not None or self.asking.busy, refusal=self.asking.refusal())
        if work is None and self.start.working:
            self.start.invite()

    @Slot(object, bool)
    def _planned(self, plan: ImportPlan, fresh: bool) -> None:
        """A list was read (``fresh``), or judged anew."""
        changed = fresh and not self.files.anew and self.loader.other_content
        anew = fresh and (self.files.anew or changed)
        began = anew or self.model.final
        if changed:
            self.bar.show_message("warn", self.phrases.other_content(plan.file))
        elif anew:
            self.bar.hide()
        if began:
            self.filters.reset()
        self.foot.show_rules(plan.rules)
        self.head.show_plan(plan)
        self.columns.show_plan(plan)
        chips = self.filters.chips.values()
        tab_through(self.head.choose, *self.columns.combos.values(), self.report.save, self.report.undo)
        tab_through(self.report.undo, self.report.another, *chips, self.filters.all)
        self._show_done(done=False)
        self.model.take(plan, anew=anew)
        if fresh or began:
            self.view.size_columns()
        if began and self.model.rowCount():
            self.view.go_to(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_state()
        self._say_sums()
        self._show_detail()

    @Slot()
    def _judge(self) -> None:
        """Judge the rows by the rules that are ticked."""
        plan = self.loader.plan
        if plan is not None and not self.loader.judge(self.foot.rules(plan.rules)):
            self.foot.show_rules(plan.rules)

    @Slot()
    def _say_sums(self) -> None:
        plan = self.loader.plan
        if plan is not None and not self.model.final:
            self.foot.show_sums(self.model.sums(), self.model.companies(plan.new_companies))
            self._say_state()

    @Slot(str, object)
    def _failed(self, work: str, failure: Failure | None) -> None:
        """It was not done; without a failure because it was cancelled."""
        if work in (Work.READ, Work.JUDGE):
            self.model.forget_typed()
        self.columns.take_back()
        plan = self.loader.plan
        if plan is not None:
            self.foot.show_rules(plan.rules)
        if failure is None:
            self.bar.show_message("warn", self.phrases.stopped(work))
        elif work == Work.READ and plan is None:
            self.start.invite(failure)
        else:
            message = explain_failure(failure).message
            self.bar.show_message("bad", message, remedy_words(failure), code=failure.code)
        self._say_state()

    # Importing

    @Slot()
    def _apply(self) -> None:
        self.view.commit()
        if self.asking.busy or not self.loader.apply(self.model.chosen()):
            self.bar.show_message("warn", self.phrases.not_yet())
        else:
            self.bar.hide()

    @Slot(object)
    def _applied(self, result: ImportResult) -> None:
        self.model.finish((*result.applied, *result.rejected))
        sums = Sums(
            result.created,
            result.updated,
            result.unchanged,
            result.activated,
            len(result.rejected),
            self.model.counts()[LEFT],
        )
        self.filters.reset()
        self.report.show_sums(sums, undoable=result.batch is not None)
        self._show_done(done=True)
        self.view.size_columns()
        self.view.go_to(self.model.first_rejected())
        self._show_detail()
        self.report.save.setFocus(Qt.FocusReason.OtherFocusReason)
        self.imported.emit()

    def _show_done(self, *, done: bool) -> None:
        self.report.setVisible(done)
        self.foot.setVisible(not done)
        self.head.set_done(done=done)
        if done:
            self.head.columns.setChecked(False)

    @Slot(object)
    def _undone(self, result: UndoResult) -> None:
        """Tell it, and show the list as it would be imported now."""
        said = self.phrases.undone(result)
        self.bar.show_message(said.tone, said.message, said.remedy, details=said.details)
        self.imported.emit()
        self.start.latest.look_back(self._desk)
        self._judge()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody comes to look."""
        super().showEvent(event)
        self.start.latest.look_back(self._desk)
        self.asking.look_around()

    @Slot()
    def _begin_anew(self) -> None:
        """Put the list away."""
        self.asking.forget()
        self.loader.forget()
        self.model.clear()
        self.bar.hide()
        self.start.invite()
        self.start.latest.look_back(self._desk)
        self._say_state()
        self.start.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    # The row at hand

    @Slot()
    def _show_detail(self) -> None:
        row = self.model.line(self.view.current_row())
        if row is None:
            self.detail.clear()
            return
        text = detail_words(row, self.model.answer(row), done=self.model.final)
        if text != self.detail.toPlainText():
            self.detail.setPlainText(text)

    def outcome(self) -> tuple[str, str]:
        """In what tone and words the last work is told."""
        if self.bar.message:
            return self.bar.tone, self.bar.message
        if self.model.final:
            return "warn" if self.model.counts()["reject"] else "good", self.report.sentence.text()
        return "info", self.foot.summary() if self.loader.plan is not None else self.start.title.text()

    def _retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Rows of the list"))
        self.detail.setAccessibleName(self.tr("The row in full"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.model.repaint()
            self.view.size_columns()
            self._show_detail()

"""Asking Exchange about the logins of a list, beside everything else that is done with it (R26)."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from vfadmin.errors import Failure
from vfadmin.services.progress import Progress
from vfadmin.ui.bulk import calls
from vfadmin.ui.bulk.loader import LOOK_MS, Loader
from vfadmin.ui.bulk.phrases import ImportPhrases
from vfadmin.ui.bulk.table import ImportTable
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.widgets import InfoBar

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import ImportPlan, LoginAnswer, PlannedRow
    from vfadmin.services.mailbox_checks import MailboxAnswers, MailboxVerdict


class Asking(QObject):
    """``working`` tells how far it is (an empty text: it has ended), ``changed`` that it begins or ends.

    Cells are edited and judged meanwhile: an answer is about a login, wherever that stands by then.
    """

    working = Signal(str, int, int)
    changed = Signal()

    def __init__(
        self, desk: Desk, loader: Loader, model: ImportTable, bar: InfoBar, phrases: ImportPhrases
    ) -> None:
        super().__init__(loader)
        self._desk, self._loader, self._model, self._bar, self._phrases = desk, loader, model, bar, phrases
        self._progress: Progress | None = None
        self._heard: deque[MailboxVerdict] = deque()
        self._answers: list[LoginAnswer] = []
        self._told: MailboxAnswers | None = None
        self._cancelled = False
        self._obstacle: Failure | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.tell)
        loader.planned.connect(self._planned)

    @property
    def busy(self) -> bool:
        """Whether Exchange is being asked."""
        return self._progress is not None

    def refusal(self) -> str:
        """Why nothing can be asked; empty where it can."""
        plan = self._loader.plan
        if plan is not None and (plan.rules.devices or "login" not in plan.columns):
            return self.tr("The list has no column of logins.")
        if self._obstacle is None:
            return ""
        if self._obstacle.code == "EX-CONN-01":
            return self.tr("There is no connection to Exchange yet. Support sets it.")
        text = explain_failure(self._obstacle)
        return f"{text.message} {text.remedy}"

    @Slot()
    def look_around(self) -> None:
        """See whether there is a connection that can be asked over."""
        self._desk.ask(
            self, calls.obstacle, self._look_ended, self._look_ended, lane=Lane.ASIDE, channel="obstacle"
        )

    def _look_ended(self, obstacle: Failure | None) -> None:
        self._obstacle = obstacle
        self.changed.emit()

    @Slot()
    def ask(self) -> None:
        """Ask about the logins of the chosen rows that Exchange has not answered for certain."""
        plan = self._loader.plan
        if plan is None or self.busy or self._loader.work is not None or self.refusal():
            return
        self._bar.hide()
        progress = Progress(0)
        heard: deque[MailboxVerdict] = deque()
        call = partial(calls.ask, plan=plan, rows=self._model.chosen(), heard=heard.append, progress=progress)
        done, failed = partial(self._answered, progress), partial(self._failed, progress)
        if self._desk.ask(self, call, done, failed, lane=Lane.MAILBOXES):
            self._progress, self._heard, self._answers = progress, heard, []
            self._told, self._cancelled = None, False
            self._look.start()
            self.tell()
            self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Ask no more; what was answered by then is kept."""
        if self._progress is not None:
            self._progress.cancelled = self._cancelled = True
            self.tell()

    @Slot()
    def forget(self) -> None:
        """The list is another one: nobody waits for the answers."""
        self._told = None
        if self._progress is not None:
            self._progress.cancelled = True
            self._end()

    def _answered(self, progress: Progress, answers: MailboxAnswers) -> None:
        if progress is not self._progress:
            return
        self._hear()
        self._end()
        if answers.verdicts:
            self._told = answers
            self._loader.heed(answers.verdicts.values())
        else:
            self._say(answers, ())

    def _failed(self, progress: Progress, failure: Failure) -> None:
        """What was answered before is known all the same."""
        if progress is self._progress:
            self._hear()
            self._end()
            self._loader.heed(self._answers)
            text = explain_failure(failure)
            self._bar.show_message("bad", text.message, text.remedy, code=failure.code)
            self.look_around()

    @Slot(object, bool)
    def _planned(self, plan: ImportPlan, fresh: bool) -> None:
        """The rows have been judged with the answers: now it can be said what they came to."""
        told, self._told = self._told, None
        if told is not None and not fresh:
            self._say(told, [row for row in plan.rows if row.row in told.verdicts and row.answer is not None])

    def _say(self, answers: MailboxAnswers, rows: Sequence[PlannedRow]) -> None:
        unsure = sum(row.answer is not None and not row.answer.certain for row in rows)
        refused = sum(row.verdict == "reject" for row in rows)
        said = self._phrases.asked(len(rows) - refused - unsure, refused, unsure, cancelled=self._cancelled)
        if answers.stopped is None:
            self._bar.show_message(said.tone, said.message, said.remedy)
            return
        text = explain_failure(answers.stopped)
        kept = f"{said.message} {said.remedy}".strip() if rows else ""
        message = self.tr("Asking Exchange stopped. {reason}").format(reason=text.message)
        self._bar.show_message("bad", message, text.remedy, code=answers.stopped.code, details=kept)
        self.look_around()

    def _end(self) -> None:
        self._progress = None
        self._look.stop()
        self.working.emit("", 0, 0)
        self.changed.emit()

    def _hear(self) -> None:
        heard = self._heard
        verdicts = [heard.popleft() for _ in range(len(heard))]
        if verdicts:
            self._answers += [one.answer for one in verdicts]
            self._model.hear(verdicts)

    @Slot()
    def tell(self) -> None:
        """Say how far it is; nothing while nothing is asked."""
        progress = self._progress
        if progress is None:
            return
        self._hear()
        done, total = progress.done, progress.total
        text = self.tr("Asking Exchange: {done} / {total} logins") if total else self.tr("Asking Exchange")
        if progress.cancelled:
            text = self.tr("Asking Exchange is being stopped")
        self.working.emit(text.format(done=number(done), total=number(total)), done, total)

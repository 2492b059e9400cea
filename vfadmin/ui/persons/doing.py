"""What is done with the selected persons, and what the admin is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.errors import Failure
from vfadmin.ui.engine import EngineController
from vfadmin.ui.persons.acceptance import Acceptance, is_held
from vfadmin.ui.persons.cells import refusal, switch_action
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.last_change import LastChange
from vfadmin.ui.persons.model import PersonTable
from vfadmin.ui.persons.phrases import Phrases
from vfadmin.ui.persons.work import CHUNK, Outcome, Stored, Worker
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar

if TYPE_CHECKING:
    from vfadmin.ui.confirm import Question

_SHOWN = ("form", "preview", "dry-run", "diagnosis", "to-graph", "to-ews")
"""What opens a window and changes nothing by itself."""
_SLOW_MS = 500
"""After so long an admin wants to know what the window waits for."""


class Doing(QObject):
    """Carries out declared actions and tells their outcome in the info bar.

    ``form_asked``, ``preview_asked``, ``move_asked`` (with whether it goes back to EWS), ``diagnosis_asked``,
    ``dry_run_asked`` and ``refresh_asked`` are for the screen; ``moved`` says that what is possible may have
    changed, ``changed`` that something was stored, ``working`` what goes on (an empty text: nothing).
    """

    form_asked = Signal(int)
    preview_asked = Signal(object)
    move_asked = Signal(object, bool)
    diagnosis_asked = Signal(int)
    dry_run_asked = Signal(object)
    refresh_asked = Signal()
    moved = Signal()
    changed = Signal()
    working = Signal(str, int, int)

    def __init__(
        self, worker: Worker, engine: EngineController, model: PersonTable, bar: InfoBar, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._worker, self._engine, self._model, self._bar = worker, engine, model, bar
        self._parent = parent
        self._action = ""
        self._progress = 0, 0
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._tell_progress)
        self.last = LastChange()
        self.phrases = Phrases(self)
        self._acceptance = Acceptance(worker, self.start, parent)
        worker.started.connect(self._work_started)
        worker.progress.connect(self._work_progress)
        worker.finished.connect(self._work_finished)
        worker.failed.connect(self._work_failed)
        worker.login_stored.connect(self._login_stored)
        worker.login_refused.connect(self._login_refused)
        model.login_entered.connect(self._login_entered)

    def act_on(self, key: str, ids: Sequence[int]) -> None:
        """Do a declared action with these persons."""
        if key == "refresh":
            self.refresh_asked.emit()
        elif key == "sync":
            self._engine.sync(ids or None)
        elif key in _SHOWN:
            if ids:
                self._show(key, tuple(ids))
        elif key == "remove" and ids:
            self._ask_remove(tuple(ids))
        elif key == "resume":
            self._resume(ids)
        elif key == "undo":
            self._undo()
        elif key in ("activate", "passivate"):
            self.start(key, ids)

    def _show(self, key: str, ids: tuple[int, ...]) -> None:
        """Have a window opened about these persons, or about the first of them."""
        if key == "form":
            self.form_asked.emit(ids[0])
        elif key == "preview":
            self.preview_asked.emit(ids)
        elif key == "dry-run":
            self.dry_run_asked.emit(ids)
        elif key == "diagnosis":
            self.diagnosis_asked.emit(ids[0])
        else:
            self.move_asked.emit(ids, key == "to-ews")

    def _resume(self, ids: Sequence[int]) -> None:
        held = tuple(one for one in ids if is_held(self._model.cached(one)))
        self.start("resume", [one for one in ids if one not in held])
        if held:
            self._acceptance.ask(held)

    def _ask_remove(self, ids: tuple[int, ...]) -> None:
        from vfadmin.ui.confirm import Question  # noqa: PLC0415 - see there

        first = self._model.cached(ids[0])
        question = Question(
            self._parent,
            self.phrases.ask_remove(len(ids), "" if first is None else first.name),
            self.phrases.explain_remove(),
            self.tr("Remove Exchange account"),
            partial(self.start, "remove", ids),
        )
        question.ask()
        self._worker.count_brought(question, ids, partial(self._offer_take_out, question, ids))

    def _offer_take_out(self, question: Question, ids: tuple[int, ...], count: int) -> None:
        if count:
            question.offer(
                self.tr("Remove and take events out"),
                self.phrases.explain_take_out(count),
                partial(self.start, "take-out", ids),
            )

    def _undo(self) -> None:
        if not self._worker.busy:
            self._action = "undo"
        if self.last.traces and not self._worker.undo(self.last.action, self.last.traces):
            self._bar.show_message("warn", self.tr("The previous change is still being made."))

    def undo_label(self) -> str:
        """What undoing the last change is called; empty if it cannot be undone."""
        return self.phrases.undo(self.last.action, len(self.last.traces))

    def changed_elsewhere(self) -> None:
        """Something was stored past this object: what was done before is no longer the last change."""
        self.last = LastChange("form")
        self.moved.emit()

    @Slot(object, str, str)
    def transferred(self, ids: list[int], tone: str, said: str) -> None:
        """These were moved to the other protocol, or none of those that were to be."""
        self._model.refresh(ids)
        self.last = LastChange("move") if ids else self.last
        self._bar.show_message(tone, said)
        self.moved.emit()
        self.changed.emit()

    def start(self, action: str, ids: Sequence[int]) -> bool:
        """Begin the action; False, with a message, while another change is being made."""
        if self._worker.busy:
            self._bar.show_message("warn", self.tr("The previous change is still being made."))
            return False
        self._action = action
        return self._worker.start(action, ids)

    @Slot(int, int)
    def row_button(self, person_id: int, column: int) -> None:
        """Press one of the two buttons of a row."""
        row = self._model.cached(person_id)
        if row is None or person_id in self._model.busy:
            return
        if column == At.EDIT:
            self.form_asked.emit(person_id)
            return
        why = refusal(row)
        if why:
            self._bar.show_message("warn", self.tr("{name}: {reason}").format(name=row.name, reason=why))
            return
        self.act_on(switch_action(row), [person_id])

    @Slot(int)
    def resume_one(self, person_id: int) -> None:
        """Resume one person."""
        self.act_on("resume", [person_id])

    # What comes of them

    @Slot(object)
    def _work_started(self, ids: tuple[int, ...]) -> None:
        self._model.set_busy(ids)
        self._slow.start()
        self._work_progress(0, len(ids))
        self.moved.emit()

    @Slot(int, int)
    def _work_progress(self, done: int, total: int) -> None:
        self._progress = done, total
        if total > CHUNK:  # fewer are done before anybody could read of it, or told once they are slow
            self._tell_progress()

    @Slot()
    def _tell_progress(self) -> None:
        self.working.emit(self.phrases.running(self._action, *self._progress), *self._progress)

    def _work_over(self) -> None:
        self._slow.stop()
        self.working.emit("", 0, 0)

    @Slot(object)
    def _work_finished(self, outcome: Outcome) -> None:
        self._model.set_busy(())
        self._model.refresh(outcome.ids)
        self._work_over()
        self.last = self.last.after(outcome)
        refused = bool(outcome.refused)
        tone = "good" if not refused and not outcome.cancelled else "warn" if outcome.changed else "bad"
        causes = self.phrases.causes(outcome)
        single = refused and len(outcome.refused) == len(outcome.ids) == 1
        if single:
            failure = outcome.refused[0][1]
            text = explain_failure(failure)
            self._bar.show_message("bad", text.message, text.remedy, code=failure.code)
        else:
            self._bar.show_message(tone, self.phrases.done(outcome), details=causes)
        self.moved.emit()
        self.changed.emit()

    @Slot(object)
    def _work_failed(self, failure: Failure) -> None:
        self._model.refresh(self._model.busy)
        self._model.set_busy(())
        self._work_over()
        text = explain_failure(failure)
        self._bar.show_message("bad", text.message, text.remedy, code=failure.code)
        self.moved.emit()

    @Slot(int, str)
    def _login_entered(self, person_id: int, login: str) -> None:
        row = self._model.cached(person_id)
        self._worker.store_login(person_id, login, row.version if row is not None else None)

    @Slot(object)
    def _login_stored(self, stored: Stored) -> None:
        self._model.accept(stored.row)
        self.last = LastChange() if stored.trace is None else LastChange("login", (stored.trace,))
        self._bar.hide()
        self.moved.emit()

    @Slot(int, str, object)
    def _login_refused(self, person_id: int, login: str, failure: Failure) -> None:
        text = explain_failure(failure)
        self._model.reject(person_id, login, f"{text.message}\n{text.remedy}")
        self._model.refresh([person_id])
        self._bar.show_message("bad", text.message, text.remedy, code=failure.code)

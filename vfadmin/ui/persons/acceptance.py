"""Another mailbox behind a login: shown what would come of it, an admin accepts it or not (R30)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.widgets import whole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from vfadmin.errors import Failure
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.synchronise import DryRun
    from vfadmin.ui.confirm import Question
    from vfadmin.ui.persons.work import Worker

HELD = "EX-MBX-07"
_SIDES = ("valueframe", "exchange")


def is_held(row: PersonRow | None) -> bool:
    """Whether the row waits for this decision."""
    return row is not None and row.error is not None and row.error.code == HELD


class Acceptance(QObject):
    """Asks the question. ``start`` begins an action with ids, as the screen's own buttons do."""

    def __init__(
        self, worker: Worker, start: Callable[[str, Sequence[int]], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._worker, self._start, self._parent = worker, start, parent

    def ask(self, ids: tuple[int, ...]) -> None:
        """Ask about these held persons. Accepting is offered only once its outcome can be shown."""
        from vfadmin.ui.confirm import Question  # noqa: PLC0415 - see there

        question = Question(
            self._parent,
            self.tr("Another mailbox or calendar stands behind the login of %n person(s).", "", len(ids)),
            self.tr("Reading both calendars to see what would happen…"),
            self.tr("Check again"),
            partial(self._start, "resume", ids),
        )
        question.ask()
        self._worker.rehearse(
            question, ids, partial(self._seen, question, ids), partial(self._unseen, question)
        )

    def _seen(self, question: Question, ids: tuple[int, ...], plans: list[DryRun]) -> None:
        failure = next((one.failure for one in plans if one.failure is not None), None)
        if failure is not None:
            self._unseen(question, failure)
            return
        question.offer(
            self.tr("Accept the mailbox"), self._explain(plans), partial(self._start, "accept", ids)
        )

    def _unseen(self, question: Question, failure: Failure) -> None:
        text = explain_failure(failure)
        question.tell(
            self.tr("What would happen cannot be shown, so the mailbox cannot be accepted now.")
            + f"\n\n{text.message} {text.remedy} ({whole(failure.code)})"
        )

    def _explain(self, plans: list[DryRun]) -> str:
        counted = {
            f"{act}_{side}": number(sum(one.count(act, side) for one in plans))
            for act in ("create", "update", "delete")
            for side in _SIDES
        }
        figures = self.tr(
            "Events on both sides already: {matched}\n"
            "To create: {create_exchange} in Exchange, {create_valueframe} in ValueFrame\n"
            "To change: {update_exchange} in Exchange, {update_valueframe} in ValueFrame\n"
            "To delete: {delete_exchange} in Exchange, {delete_valueframe} in ValueFrame"
        ).format(matched=number(sum(one.matched for one in plans)), **counted)
        advice = self.tr("If it is the wrong mailbox, cancel and correct the login.")
        return f"{figures}\n\n{advice}"

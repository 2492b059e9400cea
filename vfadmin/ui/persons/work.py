"""Carries out what an admin asks for: logins and state changes, of one row or of thousands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane

if TYPE_CHECKING:
    from vfadmin.services.activation import RowResult
    from vfadmin.services.context import Services
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.synchronise import DryRun
    from vfadmin.services.undo import Trace

CHUNK = 50
"""Rows changed by one call: a cancel takes effect between two calls and leaves whole rows behind."""


Change = Callable[..., "list[RowResult]"]
"""Changes the rows ``ids`` by way of the services. Called in their thread."""


@dataclass(slots=True)
class Task:
    """A change of many rows on its way."""

    action: str
    ids: tuple[int, ...]
    call: Change
    done: int = 0
    cancelled: bool = False
    results: list[RowResult] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change: rows changed, rows that already were so, and the refusals.

    ``traces`` are those of the changed rows that can be undone.
    """

    action: str
    ids: tuple[int, ...]
    changed: int
    unchanged: int
    refused: tuple[tuple[int, Failure], ...]
    cancelled: bool
    traces: tuple[Trace, ...] = ()

    @property
    def undo(self) -> bool:
        """Whether it was an undo."""
        return self.action.startswith("undo-")

    def causes(self) -> list[tuple[Failure, int]]:
        """The refusals by code with their number, the most frequent first.

        A failure that stands for several keeps what they have in common; it names no single person.
        """
        merged: dict[str, Failure] = {}
        for _, failure in self.refused:
            known = merged.get(failure.code, failure)
            common = {
                name: value for name, value in known.params.items() if failure.params.get(name) == value
            }
            merged[failure.code] = replace(known, params=common)
        counted = Counter(failure.code for _, failure in self.refused)
        return [(merged[code], number) for code, number in counted.most_common()]


@dataclass(frozen=True, slots=True)
class Stored:
    """A login that was stored; ``trace`` undoes it, if it is known what it replaced."""

    row: PersonRow
    trace: Trace | None


def change(services: Services, ids: Sequence[int], action: str) -> list[RowResult]:
    """Do the action to these rows. Called in the services' thread."""
    activation = services.activation
    calls: dict[str, Callable[[Sequence[int]], list[RowResult]]] = {
        "activate": activation.activate,
        "passivate": activation.passivate,
        "resume": activation.resume,
        "remove": activation.remove,
        "accept": partial(activation.resume, accept_mailbox=True),
        "take-out": partial(activation.remove, take_out=True),
    }
    return calls[action](ids)


def change_back(services: Services, ids: Sequence[int], traces: Mapping[int, Trace]) -> list[RowResult]:
    """Undo what was done to these rows. Called in the services' thread."""
    return services.activation.undo([traces[one] for one in ids])


def set_login(services: Services, person_id: int, login: str, version: int | None) -> Stored:
    """Store a login. Called in the services' thread."""
    from vfadmin.services.undo import trace_of_login  # noqa: PLC0415 - the window's thread does without

    before = services.directory.person(person_id)
    row = services.activation.set_login(person_id, login, version)
    return Stored(row, trace_of_login(before, row, version))


def count_brought(services: Services, ids: Sequence[int]) -> int:
    """How many events of theirs came into the mailboxes from ValueFrame. Called in the services' thread."""
    return services.activation.preview(ids, "remove").brought


def rehearse(services: Services, ids: Sequence[int]) -> list[DryRun]:
    """What the first cycle of each would do. Called in the services' thread."""
    return services.rehearsal.first_cycle(ids)


def _uncounted(_failure: Failure) -> None:
    """Without a count the question offers what it always does."""


class Worker(QObject):
    """One change at a time; ``progress`` tells done and total, ``finished`` an `Outcome`.

    ``login_stored`` tells a `Stored`.
    """

    started = Signal(object)
    progress = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    login_stored = Signal(object)
    login_refused = Signal(int, str, object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._logins = 0

    @property
    def busy(self) -> bool:
        """Whether a change is being made."""
        return self._task is not None

    def start(self, action: str, ids: Sequence[int]) -> bool:
        """Begin; False while another change is being made or there is nothing to change."""
        return self._begin(Task(action, tuple(ids), partial(change, action=action)))

    def undo(self, action: str, traces: Sequence[Trace]) -> bool:
        """Begin to undo that action; False as above, and while a login is on its way to the store."""
        by_id = {trace.id: trace for trace in traces}
        task = Task(f"undo-{action}", tuple(by_id), partial(change_back, traces=by_id))
        return not self._logins and self._begin(task)

    def _begin(self, task: Task) -> bool:
        if self._task is not None or not task.ids or not self._desk.ready:
            return False
        self._task = task
        self.started.emit(self._task.ids)
        self._next(self._task)
        return True

    @Slot()
    def cancel(self) -> None:
        """Stop after the call in hand."""
        if self._task is not None:
            self._task.cancelled = True

    def count_brought(self, asker: QObject, ids: Sequence[int], done: Callable[[int], None]) -> None:
        """Count for a question what a removal could take out, as long as it is asked."""
        self._desk.ask(asker, partial(count_brought, ids=ids), done, _uncounted)

    def rehearse(
        self,
        asker: QObject,
        ids: Sequence[int],
        done: Callable[[list[DryRun]], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Read both calendars for a question, as long as it is asked; nothing else waits for it."""
        self._desk.ask(asker, partial(rehearse, ids=ids), done, failed, lane=Lane.FAR)

    def store_login(self, person_id: int, login: str, version: int | None) -> None:
        """Store one login; ``login_stored`` or ``login_refused`` tells."""
        asked = self._desk.ask(
            self,
            partial(set_login, person_id=person_id, login=login, version=version),
            self._stored,
            partial(self._refused, person_id, login),
            lane=Lane.WRITE,
        )
        self._logins += asked

    def _stored(self, stored: Stored) -> None:
        self._logins -= 1
        self.login_stored.emit(stored)

    def _refused(self, person_id: int, login: str, failure: Failure) -> None:
        self._logins -= 1
        self.login_refused.emit(person_id, login, failure)

    def _next(self, task: Task) -> None:
        ids = task.ids[task.done : task.done + CHUNK]
        self._desk.ask(self, partial(task.call, ids=ids), self._took, self._failed, lane=Lane.WRITE)

    def _took(self, results: list[RowResult]) -> None:
        task = self._task
        if task is None:
            return
        task.results.extend(results)
        task.done += len(task.ids[task.done : task.done + CHUNK])
        self.progress.emit(task.done, len(task.ids))
        if task.done < len(task.ids) and not task.cancelled:
            self._next(task)
            return
        self._task = None
        self.finished.emit(_outcome(task))

    def _failed(self, failure: Failure) -> None:
        task, self._task = self._task, None
        if task is not None and task.results:
            self.finished.emit(_outcome(task))
        self.failed.emit(failure)


def _outcome(task: Task) -> Outcome:
    good = [result for result in task.results if result.ok]
    changed = sum(result.changed for result in good)
    refused = tuple((result.id, result.error) for result in task.results if result.error is not None)
    cut = task.cancelled and task.done < len(task.ids)
    traces = tuple(result.trace for result in good if result.trace is not None)
    return Outcome(task.action, task.ids[: task.done], changed, len(good) - changed, refused, cut, traces)

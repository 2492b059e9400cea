"""Asks for moves to the other protocol in a thread of their own, and passes on what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.progress import Progress
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.synchronise import Survey, Transfer
    from vfadmin.services.transfers import Transferred


def survey(services: Services, ids: Sequence[int], *, back: bool) -> tuple[list[PersonRow], Survey]:
    """The rows, and whom a move concerns. Called in the services' thread."""
    return services.search.rows(ids), services.transfers.survey(ids, back=back)


def run(
    services: Services,
    ids: Sequence[int],
    on_result: Callable[[Transfer], None],
    progress: Progress,
    *,
    back: bool,
    dry_run: bool,
) -> Transferred:
    """Look, or move. Called in the thread of what asks about many mailboxes."""
    return services.transfers.run(ids, on_result, progress, back=back, dry_run=dry_run)


class MoveRuns(QObject):
    """Runs of looking or moving, each with a number of its own. It outlives those who listen.

    ``told`` carries run and `Transfer`, ``ended`` run and `Transferred`, ``failed`` run and failure.
    """

    told = Signal(int, object)
    ended = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latest = 0
        self._open: dict[int, Progress] = {}

    def start(self, ids: Sequence[int], *, back: bool, dry_run: bool) -> int:
        """Begin; the number of the run."""
        from vfadmin.services.progress import Progress  # noqa: PLC0415 - the window's start does without

        self._latest += 1
        number, progress = self._latest, Progress(len(ids))
        self._open[number] = progress
        call = partial(
            run,
            ids=ids,
            on_result=partial(self.told.emit, number),
            progress=progress,
            back=back,
            dry_run=dry_run,
        )
        self._desk.ask(
            self, call, partial(self._ended, number), partial(self._failed, number), lane=Lane.MAILBOXES
        )
        return number

    def stop(self) -> None:
        """End after the mailbox in hand."""
        for progress in self._open.values():
            progress.cancelled = True

    def _ended(self, number: int, outcome: Transferred) -> None:
        del self._open[number]
        self.ended.emit(number, outcome)

    def _failed(self, number: int, failure: Failure) -> None:
        del self._open[number]
        self.failed.emit(number, failure)

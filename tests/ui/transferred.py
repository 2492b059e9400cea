"""Moves to Graph as a customer of Office 365 sees them, for pictures: no mailbox is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vfadmin.errors import failure
from vfadmin.services.progress import Progress
from vfadmin.services.synchronise import Survey, Transfer
from vfadmin.services.transfers import Transferred


class Translated:
    """In the place of the service. One mailbox in seven has events that are not found."""

    def __init__(self) -> None:
        self._lost: frozenset[int] = frozenset()

    def survey(self, ids: Sequence[int], *, back: bool = False) -> Survey:
        """All of them but the last, who is there already."""
        del back
        self._lost = frozenset(ids[2::7])
        return Survey(tuple(ids[:-1]), tuple(ids[-1:]))

    def run(
        self,
        ids: Sequence[int],
        on_result: Callable[[Transfer], None],
        progress: Progress,
        *,
        back: bool = False,
        dry_run: bool = False,
    ) -> Transferred:
        """Figures that differ from person to person."""
        del back, dry_run
        results = tuple(self._told(one) for one in ids)
        for told in results:
            on_result(told)
            progress.done += 1
        return Transferred(results)

    def _told(self, person: int) -> Transfer:
        pairs, matched = 40 + person % 200, person % 4
        missing = 2 if person in self._lost else 0
        wrong = failure("VF-MOVE-01", count=missing) if missing else None
        return Transfer(person, pairs, pairs - matched - missing, matched, missing, wrong)

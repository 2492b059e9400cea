"""Plans of first cycles as a customer who takes over sees them, for pictures: no mailbox is read."""

from __future__ import annotations

from collections.abc import Sequence

from vfadmin.calendars.base import Side
from vfadmin.errors import failure
from vfadmin.services.synchronise import DryRun, PlannedOperation


class Rehearsed:
    """In the place of the service. Every seventh mailbox is one that the account may not open."""

    def first_cycle(self, ids: Sequence[int]) -> list[DryRun]:
        """Figures that differ from person to person."""
        return [self._plan(one) for one in ids]

    def _plan(self, person: int) -> DryRun:
        if person // 7 % 7 == 3:
            denied = failure("EX-IMP-01", account="ESIM\\svc-valueframe", mailbox="postilaatikko")
            return DryRun(person, failure=denied)
        wanted = ((Side.VALUEFRAME, "create", person % 9), (Side.EXCHANGE, "create", person % 31))
        operations = [
            PlannedOperation(side, act, "new", "", None, private=False)
            for side, act, count in (*wanted, (Side.EXCHANGE, "update", person % 4))
            for _ in range(count)
        ]
        return DryRun(person, tuple(operations), first=True, matched=40 + person % 200)

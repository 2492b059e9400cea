"""Plans of first cycles as a customer who takes over sees them, for pictures: no mailbox is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from vfadmin.calendars.base import Side
from vfadmin.errors import failure
from vfadmin.services.synchronise import DryRun, PlannedOperation

_BEGINS = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)


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
            PlannedOperation(side, act, reason, f"Palaveri {number}", _BEGINS, private=False, fields=fields)
            for side, act, count, reason, fields in (
                *((*one, "new", ()) for one in wanted),
                (Side.EXCHANGE, "update", person % 4, "edited", ("location", "title")),
            )
            for number in range(1, count + 1)
        ]
        return DryRun(person, tuple(operations), first=True, matched=40 + person % 200)

"""The history of a mailbox: one row for each thing the engine did or left undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.calendars.event import Event
from vfadmin.models import History
from vfadmin.models.prepared import run_each
from vfadmin.sync.documents import document
from vfadmin.sync.values import Act, PairPlan, Reason, Write

FORGOTTEN = "forgotten"
"""In the detail of an operation: the texts of its event were removed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to a pair, on which side, why, and the event before and after."""

    key: str | None
    side: Side
    operation: str
    reason: Reason
    before: Event | None = None
    after: Event | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    contested: bool = False


def of_write(plan: PairPlan, write: Write) -> Entry:
    """The entry of a write that was done. What stood there before is kept: it is a conflict's loser."""
    before = plan.current[write.side]
    detail: dict[str, object] = {"fields": sorted(write.names), "lost": sorted(write.conflicts)}
    if write.act is Act.DELETE:
        # The pair is forgotten with the event: by this an undo finds the row that can come back.
        pair = plan.pair
        detail |= {"id": pair.valueframe.id, "uid": pair.uid, "participating": pair.participating}
    return Entry(
        plan.pair.key,
        write.side,
        write.act.value,
        write.reason,
        before.event if before else None,
        None if write.act is Act.DELETE else plan.agreed,
        detail,
        contested=write.reason is Reason.CONFLICT,
    )


_ADD = insert(History)


def add(session: Session, person_id: int, run_id: int, entries: Sequence[Entry], at: datetime) -> None:
    """Add the entries to the mailbox's history, in the transaction of what they tell of."""
    shared = {"run_id": run_id, "person_id": person_id, "at": at}
    told = [
        shared
        | {
            "pair_key": entry.key,
            "side": entry.side.value,
            "operation": entry.operation,
            "reason": entry.reason.value,
            "before": None if entry.before is None else document(entry.before),
            "after": None if entry.after is None else document(entry.after),
            "detail": dict(entry.detail),
            "contested": entry.contested,
        }
        for entry in entries
    ]
    run_each(session, _ADD, told)

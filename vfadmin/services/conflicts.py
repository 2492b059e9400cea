"""Conflicts that were settled by the rule, and wait for an admin's word only if he has one (R24, R31).

Both sides had edited the same fields; what the loser had there is kept in the history. Letting that stand
touches neither calendar, and restoring the loser is the undo of that one operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from vfadmin.errors import Failure, VfadminError, failure
from vfadmin.models import History, Integration, State
from vfadmin.services.events import PRIVATE_TITLE
from vfadmin.services.held_events import Kind, WaitingEvent
from vfadmin.services.history import private_keys
from vfadmin.services.rows import chunks
from vfadmin.sync.chronicle import FORGOTTEN
from vfadmin.sync.values import Decision

if TYPE_CHECKING:  # the engine brings Exchange's libraries with it, and nobody waits for them at the start
    from vfadmin.sync.undo_run import RunUndone

Restore = Callable[[int, int], "RunUndone"]
"""Writes back in both calendars what an operation, the second, of a run took from the loser."""

LEFT = "VF-HELD-04"
"""The loser could not be restored."""


def count_by_mailbox() -> Any:  # noqa: ANN401 - SQLAlchemy's own type of a statement of two columns
    """How many conflicts of each mailbox nobody has had his word about: ``person_id``, ``conflicts``."""
    counted = select(History.person_id, func.count().label("conflicts")).where(History.contested)
    return counted.group_by(History.person_id)


def conflicts_of(session: Session, ids: Iterable[int]) -> dict[int, list[WaitingEvent]]:
    """Those of these mailboxes, each mailbox's oldest first; what is *unused* has none.

    Its pairs are forgotten, and with them the way back.
    """
    found: dict[int, list[WaitingEvent]] = {}
    for some in chunks(ids):
        theirs = (
            select(History)
            .join(Integration, Integration.person_id == History.person_id)
            .where(History.contested, History.person_id.in_(some), Integration.state != State.UNUSED)
        )
        rows = session.scalars(theirs.order_by(History.id)).all()
        private = private_keys(session, {row.pair_key for row in rows if row.pair_key is not None})
        for row in rows:
            found.setdefault(row.person_id, []).append(_of_row(row, private=row.pair_key in private))
    return found


def _of_row(row: History, *, private: bool) -> WaitingEvent:
    shown: Mapping[str, Any] = row.after or row.before or {}
    forgotten = bool(row.detail.get(FORGOTTEN))
    return WaitingEvent(
        f"conflict-{row.id}",
        row.person_id,
        Kind.CONFLICT,
        title=PRIVATE_TITLE if private else str(shown.get("title", "")),
        start=shown.get("start"),
        all_day=bool(shown.get("all_day")),
        private=private,
        side=row.side,
        since=row.at,
        ways=(Decision.SKIP,) if forgotten or row.run_id is None else (Decision.SKIP, Decision.RESTORE),
        fields=tuple(row.detail.get("lost", ())),
        run=row.run_id,
        operation=row.id,
    )


def let_stand(session: Session, events: Sequence[WaitingEvent]) -> None:
    """Take them off the list. The caller commits, and needs no lease: the engine does not read this."""
    for some in chunks(one.operation for one in events if one.operation is not None):
        session.execute(update(History).where(History.id.in_(some)).values(contested=False))


def restored(restore: Restore, one: WaitingEvent) -> Failure | None:
    """Restore the loser of this one; what kept it from being done, or None."""
    try:
        done = restore(one.run or 0, one.operation or 0)
    except VfadminError as error:
        return error.failure
    if done.failure is None and done.count("left"):
        return failure(LEFT, event=one.title)
    return done.failure


def apart(events: Iterable[WaitingEvent]) -> tuple[list[WaitingEvent], list[WaitingEvent]]:
    """The conflicts among them, and the others."""
    found: tuple[list[WaitingEvent], list[WaitingEvent]] = ([], [])
    for one in events:
        found[one.kind is not Kind.CONFLICT].append(one)
    return found

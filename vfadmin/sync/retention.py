"""What is kept for so many days only: the history of the mailboxes, their runs, and the store's change log.

Everything goes in small batches, oldest first, each a transaction of its own: whoever wants to write
meanwhile waits for one batch at most. Two processes that do this at once do no harm to each other.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from vfadmin.calendars.sql import prune_changes
from vfadmin.models import History, Intent, Run
from vfadmin.models.store import Store

BATCH = 1_000
"""Rows that one transaction removes at most."""


def prune(store: Store, before: datetime) -> int:
    """Remove what is older than that time; answers how many rows went. Raises StoreError.

    A run stays while an open intent names it, or younger history does, and so does each person's latest one.
    """
    removed = 0
    for step in (_prune_history, _prune_runs, _prune_changes):
        while gone := step(store, before):
            removed += gone
    return removed


def _prune_history(store: Store, before: datetime) -> int:
    # By the ids, which rise with the time: there is no index over the time alone, and none is needed.
    with store.read() as session:
        oldest = session.execute(select(History.id, History.at).order_by(History.id).limit(BATCH)).all()
    old = [row.id for row in oldest if row.at < before]
    if old:
        with store.write() as session:
            session.execute(
                delete(History).where(History.id >= old[0], History.id <= old[-1], History.at < before)
            )
    return len(old)


def _prune_runs(store: Store, before: datetime) -> int:
    latest = select(func.max(Run.id)).group_by(Run.person_id)
    unwanted = (
        select(Run.id)
        .where(
            Run.started_at < before,
            Run.id.not_in(latest),
            ~select(History.id).where(History.run_id == Run.id).exists(),
            ~select(Intent.id).where(Intent.run_id == Run.id).exists(),
        )
        .order_by(Run.id)
        .limit(BATCH)
    )
    with store.read() as session:
        if not session.scalars(unwanted.limit(1)).all():
            return 0
    with store.write() as session:
        old = list(session.scalars(unwanted))
        session.execute(delete(Run).where(Run.id.in_(old)))
    return len(old)


def _prune_changes(store: Store, before: datetime) -> int:
    return prune_changes(store, before, BATCH)

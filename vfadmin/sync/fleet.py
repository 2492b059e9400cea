"""What several processes agree on through the store: who takes which mailboxes, and which go first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.calendars.sql.changes import SqlCursor
from vfadmin.errors import CursorLost
from vfadmin.models import ChangeLog, Cursor, Integration
from vfadmin.sync import schedule
from vfadmin.sync.lease import lease_is_free


def stretches(session: Session, size: int) -> list[schedule.Stretch]:
    """Everybody whose mailbox is synchronised, in stretches of so many.

    They stay the same as long as nobody comes or goes, so that a stretch can be known by its first person.
    """
    number = func.row_number().over(order_by=Integration.person_id).label("number")
    numbered = schedule.candidates().add_columns(number).subquery()
    chosen = select(numbered.c.person_id).where((numbered.c.number - 1) % size == 0)
    firsts = list(session.scalars(chosen.order_by(numbered.c.person_id)))
    ends: list[int | None] = [*firsts[1:], None]
    return [schedule.Stretch(first, end) for first, end in zip(firsts, ends, strict=False)]


def hurry(session: Session, now: datetime, person_ids: Collection[int]) -> None:
    """Let these mailboxes be the next ones, whoever synchronises them.

    One that is at work, or that waits after a failure, keeps its time.
    """
    chosen = update(Integration).where(
        Integration.person_id.in_(person_ids),
        Integration.next_run_at.is_not(None),
        Integration.failing_since.is_(None),
        lease_is_free(now),
    )
    session.execute(chosen.values(next_run_at=None))


def hurried(session: Session, now: datetime, limit: int | None) -> list[int]:
    """Those of them whose mailbox may be synchronised now, who has waited longest first."""
    chosen = schedule.candidates().where(*schedule.is_due(session, now), Integration.next_run_at.is_(None))
    order = Integration.last_synced_at.asc().nulls_first(), Integration.person_id
    return list(session.scalars(chosen.order_by(*order).limit(limit)))


def claim(session: Session, now: datetime, limit: int, grace: timedelta) -> list[int]:
    """Some of those in a hurry, who are nobody else's for so long; afterwards they are due again."""
    taken = hurried(session, now, limit)
    _wait_until(session, now, taken, now + grace)
    return taken


def unclaim(session: Session, now: datetime, person_ids: Collection[int]) -> None:
    """Let these be due at once, as far as nobody has them at work."""
    _wait_until(session, now, person_ids, now)


def _wait_until(session: Session, now: datetime, person_ids: Collection[int], at: datetime) -> None:
    chosen = update(Integration).where(
        Integration.person_id.in_(person_ids),
        Integration.failing_since.is_(None),
        lease_is_free(now),
    )
    session.execute(chosen.values(next_run_at=at))


def behind(session: Session, person_ids: Collection[int]) -> list[int]:
    """Of these persons, in whose calendar in ValueFrame something happened that no cycle has read yet."""
    told = (
        select(ChangeLog.person_id, func.max(ChangeLog.seq))
        .where(ChangeLog.person_id.in_(person_ids))
        .group_by(ChangeLog.person_id)
    )
    cursors = select(Cursor.person_id, Cursor.token).where(
        Cursor.person_id.in_(person_ids), Cursor.side == Side.VALUEFRAME
    )
    read = {person_id: _position(token) for person_id, token in session.execute(cursors)}
    return sorted(person_id for person_id, seq in session.execute(told) if seq > read.get(person_id, 0))


def _position(token: str) -> int:
    try:
        return SqlCursor.parse(token).seq
    except CursorLost:
        return 0

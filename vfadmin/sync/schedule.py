"""Which mailboxes are due. The state is in the database, so any number of processes may ask."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from vfadmin.models import Connection, Integration, Person, PersonKind, State
from vfadmin.sync.backoff import LONGEST_ASKED
from vfadmin.sync.lease import lease_is_free
from vfadmin.sync.mailbox import DEFAULT_CONNECTION


def due(session: Session, now: datetime, limit: int) -> list[int]:
    """The persons whose mailbox should be synchronised now, the longest waiting first.

    Only active integrations of active persons (R12, R30), never resources (R10), none behind an open
    breaker and none that somebody holds a lease on.
    """
    blocked = select(Connection.name).where(
        Connection.blocked_code.is_not(None),
        or_(Connection.blocked_until.is_(None), Connection.blocked_until > now),
    )
    chosen = (
        _synchronised()
        .where(
            # What lies farther ahead than any delay was written by a clock that was wrong.
            or_(
                Integration.next_run_at.is_(None),
                Integration.next_run_at <= now,
                Integration.next_run_at > now + 2 * LONGEST_ASKED,
            ),
            lease_is_free(now),
            func.coalesce(Integration.connection, DEFAULT_CONNECTION).not_in(blocked),
        )
        .order_by(Integration.next_run_at.asc().nulls_first(), Integration.person_id)
        .limit(limit)
    )
    return list(session.scalars(chosen))


def synchronised(session: Session) -> list[int]:
    """All persons whose integration is synchronised, due or not."""
    return list(session.scalars(_synchronised().order_by(Integration.person_id)))


def _synchronised() -> Select[int]:
    return (
        select(Integration.person_id)
        .join(Person, Person.id == Integration.person_id)
        .where(
            and_(
                Integration.state == State.ACTIVE,
                Person.active.is_(True),
                Person.kind == PersonKind.PERSON,
            )
        )
    )

"""Which mailboxes are due. The state is in the database, so any number of processes may ask."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from vfadmin.models import Connection, Integration, Person, PersonKind, State
from vfadmin.sync.backoff import LONGEST_ASKED
from vfadmin.sync.lease import lease_is_free
from vfadmin.sync.routes import way


@dataclass(frozen=True, slots=True)
class Stretch:
    """The persons from one number up to, and without, another one; to the end where there is none."""

    first: int
    end: int | None = None

    def __contains__(self, person_id: int) -> bool:
        return self.first <= person_id and (self.end is None or person_id < self.end)


def due(session: Session, now: datetime, limit: int | None, among: Stretch | None = None) -> list[int]:
    """The persons whose mailbox should be synchronised now, the longest waiting first.

    Only active integrations of active persons (R12, R30), never resources (R10), none behind an open
    breaker and none that somebody holds a lease on.
    """
    chosen = (
        candidates()
        .where(*is_due(session, now), *(_among(among) if among else ()))
        .order_by(Integration.next_run_at.asc().nulls_first(), Integration.person_id)
        .limit(limit)
    )
    return list(session.scalars(chosen))


def _among(stretch: Stretch) -> Iterator[ColumnElement[bool]]:
    yield Integration.person_id >= stretch.first
    if stretch.end is not None:
        yield Integration.person_id < stretch.end


def due_count(session: Session, now: datetime) -> int:
    """How many mailboxes are due now."""
    counted = candidates().with_only_columns(func.count()).where(*is_due(session, now))
    return session.scalar(counted) or 0


def still_due(
    session: Session, now: datetime, person_ids: Collection[int], at_once: Collection[int] = ()
) -> list[int]:
    """Those of these persons that are due and free; those to be looked at ``at_once`` need not be due."""
    wanted = or_(_has_come(now), Integration.person_id.in_(at_once)) if at_once else _has_come(now)
    chosen = (
        candidates()
        .where(Integration.person_id.in_(person_ids), wanted, lease_is_free(now))
        .where(_unblocked(session, now))
    )
    return list(session.scalars(chosen))


def is_due(session: Session, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Whether the mailbox of one of the `candidates` should be synchronised now."""
    return _has_come(now), lease_is_free(now), _unblocked(session, now)


def _has_come(now: datetime) -> ColumnElement[bool]:
    return or_(
        Integration.next_run_at.is_(None),
        Integration.next_run_at <= now,
        # What lies farther ahead than any delay was written by a clock that was wrong.
        Integration.next_run_at > now + 2 * LONGEST_ASKED,
    )


def synchronised(session: Session) -> list[int]:
    """All persons whose integration is synchronised, due or not."""
    return list(session.scalars(candidates().order_by(Integration.person_id)))


def wakeable(session: Session, now: datetime, person_ids: Collection[int]) -> tuple[list[int], list[int]]:
    """Of these persons, whose mailbox may be synchronised before its time, and whose is at work now.

    One that failed, or whose connection is closed, keeps the delay it was given.
    """
    chosen = (
        candidates()
        .add_columns(lease_is_free(now))
        .where(Integration.person_id.in_(person_ids), Integration.failing_since.is_(None))
        .where(_unblocked(session, now))
    )
    rows = session.execute(chosen).all()
    return [one for one, free in rows if free], [one for one, free in rows if not free]


@dataclass(frozen=True, slots=True)
class Followable:
    """A mailbox whose changes can be told: where it is, and the version of its connection's settings."""

    person_id: int
    mailbox: str
    folder: str
    connection: str
    version: int


def followable(session: Session, now: datetime) -> list[Followable]:
    """The synchronised mailboxes that were found already, none of them behind an open breaker."""
    chosen = (
        candidates()
        .join(Connection, Connection.name == way(session))
        .add_columns(Integration.mailbox, Integration.folder_identity, Connection.name, Connection.version)
        .where(Integration.mailbox.is_not(None), Integration.folder_identity.is_not(None))
        .where(_unblocked(session, now))
    )
    return [Followable(*row) for row in session.execute(chosen)]


def _unblocked(session: Session, now: datetime) -> ColumnElement[bool]:
    blocked = select(Connection.name).where(
        Connection.blocked_code.is_not(None),
        or_(Connection.blocked_until.is_(None), Connection.blocked_until > now),
    )
    return way(session).not_in(blocked)


def candidates() -> Select[int]:
    """The persons whose integration is synchronised at all."""
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

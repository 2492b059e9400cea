"""One mailbox, one process at a time.

A lease lives in the integration's row with an owner, an end and a *fence*: a number that grows with
every lease given. Each later write to that mailbox's state names the fence it was given, so a process
that slept through the end of its lease cannot write any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, or_, update
from sqlalchemy.orm import Session

from vfadmin.errors import VfadminError, failure
from vfadmin.models import Integration

TAKEN = "VF-LEASE-01"
"""The code with which a mailbox is refused that is at work elsewhere."""

LENGTH = timedelta(minutes=10)
"""Longer than any single request may take; every stored result and every portion read renews it."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write the state of one mailbox."""

    person_id: int
    owner: str
    fence: int


def lease_is_free(now: datetime) -> ColumnElement[bool]:
    """Whether nobody holds a mailbox's lease; one from a clock far ahead of ours counts as run out."""
    until = Integration.lease_until
    return or_(until.is_(None), until <= now, until > now + 2 * LENGTH)


def acquire(session: Session, person_id: int, owner: str, now: datetime) -> Lease:
    """Take the lease of that mailbox; ``owner`` only tells people who holds it.

    Raises VfadminError (VF-LEASE-01) while anybody holds it, be it another thread of this process: two cycles
    at once could both create what neither has recorded yet. A killed process's lease runs out.
    """
    taken = (
        update(Integration)
        .where(Integration.person_id == person_id, lease_is_free(now))
        .values(lease_owner=owner, lease_until=now + LENGTH, fence=Integration.fence + 1)
        .returning(Integration.fence)
    )
    fence = session.execute(taken).scalar_one_or_none()
    if fence is None:
        raise VfadminError(failure(TAKEN, person=person_id))
    return Lease(person_id, owner, fence)


def renew(session: Session, lease: Lease, now: datetime) -> None:
    """Check the fence and prolong the lease, in the transaction of the write it protects.

    Raises VfadminError (VF-LEASE-02) when another process holds the mailbox by now.
    """
    held = (
        update(Integration)
        .where(Integration.person_id == lease.person_id, Integration.fence == lease.fence)
        .values(lease_until=now + LENGTH)
    )
    result = session.execute(held)
    assert isinstance(result, CursorResult)  # noqa: S101 - what an UPDATE always gives
    if result.rowcount != 1:
        raise VfadminError(failure("VF-LEASE-02", person=lease.person_id))


def release(session: Session, lease: Lease) -> None:
    """Give the mailbox back. Nothing happens when somebody else holds it."""
    session.execute(
        update(Integration)
        .where(Integration.person_id == lease.person_id, Integration.fence == lease.fence)
        .values(lease_owner=None, lease_until=None)
    )

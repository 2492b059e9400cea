"""One mailbox, one process at a time.

A lease lives in the integration's row with an owner, an end and a *fence*: a number that grows with
every lease given. Each later write to that mailbox's state names the fence it was given, so a process
that slept through the end of its lease cannot write any more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, update
from sqlalchemy.orm import Session

from vfadmin.errors import VfadminError, failure
from vfadmin.models import Integration
from vfadmin.models.prepared import run

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
    length: timedelta = LENGTH


def lease_is_free(now: datetime) -> ColumnElement[bool]:
    """Whether nobody holds a mailbox's lease; one from a clock far ahead of ours counts as run out."""
    return _free(now, now + 2 * LENGTH)


def lease_is_held(now: datetime) -> ColumnElement[bool]:
    """The opposite of `lease_is_free`."""
    return and_(Integration.lease_until > now, Integration.lease_until <= now + 2 * LENGTH)


def _free(
    now: datetime | BindParameter[datetime], too_far: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    until = Integration.lease_until
    return or_(until.is_(None), until <= now, until > too_far)


_HELD = (Integration.person_id == bindparam("person"), Integration.fence == bindparam("held"))
_ACQUIRE = (
    update(Integration)
    .where(Integration.person_id == bindparam("person"), _free(bindparam("now"), bindparam("too_far")))
    .values(lease_owner=bindparam("owner"), lease_until=bindparam("until"), fence=Integration.fence + 1)
    .returning(Integration.fence)
)
_RENEW = update(Integration).where(*_HELD).values(lease_until=bindparam("until"))
_RELEASE = update(Integration).where(*_HELD).values(lease_owner=None, lease_until=None)


def acquire(session: Session, person_id: int, owner: str, now: datetime, length: timedelta = LENGTH) -> Lease:
    """Take the lease of that mailbox; ``owner`` only tells people who holds it.

    Raises VfadminError (VF-LEASE-01) while anybody holds it, be it another thread of this process: two cycles
    at once could both create what neither has recorded yet. A killed process's lease runs out.
    """
    until, too_far = now + length, now + 2 * LENGTH
    fence = run(
        session, _ACQUIRE, person=person_id, now=now, too_far=too_far, owner=owner, until=until
    ).scalar_one_or_none()
    if fence is None:
        raise VfadminError(failure(TAKEN, person=person_id))
    return Lease(person_id, owner, fence, length)


def renew(session: Session, lease: Lease, now: datetime) -> None:
    """Check the fence and prolong the lease, in the transaction of the write it protects.

    Raises VfadminError (VF-LEASE-02) when another process holds the mailbox by now.
    """
    renewed = run(session, _RENEW, person=lease.person_id, held=lease.fence, until=now + lease.length)
    if renewed.rowcount != 1:
        raise VfadminError(failure("VF-LEASE-02", person=lease.person_id))


def release(session: Session, lease: Lease) -> None:
    """Give the mailbox back. Nothing happens when somebody else holds it."""
    run(session, _RELEASE, person=lease.person_id, held=lease.fence)


def prolong(session: Session, owner: str, person_ids: Collection[int], until: datetime) -> None:
    """Keep the leases of these mailboxes, as far as ``owner`` holds them.

    For who takes short leases, so that what a killed process leaves is soon somebody else's: one answer of
    a server may take longer than such a lease lasts. Only of those that are at work: a lease that could not
    be given back, because the store was away, is to run out. The owner's name must be nobody else's, nor
    that of an earlier process.
    """
    held = (
        Integration.person_id.in_(person_ids),
        Integration.lease_owner == owner,
        Integration.lease_until.is_not(None),
    )
    session.execute(update(Integration).where(*held).values(lease_until=until))


def give_back(session: Session, owner: str) -> None:
    """Let go of all that ``owner`` holds; whatever still writes in its name is refused."""
    held = update(Integration).where(Integration.lease_owner == owner)
    session.execute(held.values(lease_owner=None, lease_until=None, fence=Integration.fence + 1))

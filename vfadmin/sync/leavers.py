"""Who has become inactive in ValueFrame is passivated, whoever wrote that (R30). Nothing is deleted.

A meeting of a stranger's that a leaver holds is held by the next of those who have it (see `pass_on`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from vfadmin.calendars.sql.writing import pass_on
from vfadmin.models import Audit, Integration, Person, State
from vfadmin.models.store import Store
from vfadmin.sync.forget import forget_troubles

_ENGINE = "vfadmin"
"""Who did it, in an audit trail that otherwise names people."""


def passivate_leavers(store: Store, owner: str, now: datetime) -> list[int]:
    """Passivate the integrations of leavers; answers whose. Costs one small read where nobody left.

    ``owner`` is the process, as leases name it.
    """
    with store.read() as session:
        if session.scalar(_leavers().limit(1)) is None:
            return []
    with store.write() as session:
        left = list(session.scalars(_leavers()))
        for integration in left:
            _passivate(session, integration, owner, now)
        return [one.person_id for one in left]


def _leavers() -> Select[Integration]:
    return (
        select(Integration)
        .join(Person, Person.id == Integration.person_id)
        .where(Person.active.is_(False), Integration.state.in_([State.ACTIVE, State.ERROR]))
        .order_by(Integration.person_id)
    )


def _passivate(session: Session, integration: Integration, owner: str, now: datetime) -> None:
    pass_on(session, integration.person_id, now)
    before = {"state": str(integration.state)}
    integration.state = State.PASSIVE
    forget_troubles(integration)
    integration.fence += 1
    integration.version += 1
    session.add(
        Audit(
            at=now,
            actor=_ENGINE,
            host=owner.partition(":")[0],
            face="engine",
            action="integration.leaver",
            subject=f"person:{integration.person_id}",
            before=before,
            after={"state": State.PASSIVE.value},
        )
    )

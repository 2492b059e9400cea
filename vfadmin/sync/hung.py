"""A mailbox whose thread gave no sign of life: its lease is taken away, and it is tried again later."""

from __future__ import annotations

from sqlalchemy import func, update

from vfadmin.errors import failure
from vfadmin.models import Integration
from vfadmin.sync.backoff import delay
from vfadmin.sync.cycle import Bench
from vfadmin.sync.run import RunRecord
from vfadmin.sync.values import MailboxResult

HUNG = "VF-HUNG-01"


def give_up(bench: Bench, person_id: int) -> MailboxResult:
    """Note the failure and move the fence, so that whatever the thread may still write is refused.

    Another process that has the mailbox meanwhile keeps it: only a lease of our own is taken away.
    """
    now, found = bench.clock(), failure(HUNG)
    result = MailboxResult(person_id, ok=False, failure=found)
    with bench.store.write() as session:
        integration = session.get(Integration, person_id)
        if integration is None or integration.lease_owner != bench.owner:
            return result
        run = RunRecord(person_id, now)
        run.finish(session, result, now)
        session.execute(
            update(Integration)
            .where(Integration.person_id == person_id, Integration.lease_owner == bench.owner)
            .values(
                fence=Integration.fence + 1,
                lease_owner=None,
                lease_until=None,
                failing_since=func.coalesce(Integration.failing_since, now),
                attempts=Integration.attempts + 1,
                next_run_at=now + delay(integration.attempts + 1),
            )
        )
    return result

"""Comparing two calendars completely, and repairing what differs though nothing changed.

An ordinary cycle looks at what changed; a lost report, another program or a fault of ours may have left a
difference that nothing will ever report again. A verify reads both calendars from end to end, takes all that
is known for dirty and lets the same plan, guard and journal do the rest: what is gone on one side is deleted
on the other only by a point read and within the guard, what aged out stays frozen. A field in which the two
differ although neither shows a change since it was settled is written anew from the side that wins
conflicts; the other's state is kept in the history.
"""

from __future__ import annotations

from collections.abc import Callable

from vfadmin.sync.cycle import Bench, never, sync_mailbox
from vfadmin.sync.values import MailboxResult


def verify_mailbox(bench: Bench, person_id: int, stopping: Callable[[], bool] = never) -> MailboxResult:
    """Verify one mailbox; the result's operations are the repairs.

    What merely waits is synchronised before, so that it is not taken for a difference. Raises as
    `sync_mailbox`.
    """
    ordinary = sync_mailbox(bench, person_id, stopping)
    return sync_mailbox(bench, person_id, stopping, complete=True) if ordinary.ok else ordinary

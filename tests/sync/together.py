"""One mailbox synchronised as a round of the engine does it, without its threads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from vfadmin.calendars.sql.changes import unmoved
from vfadmin.models.store import Store
from vfadmin.sync.cycle import Bench, sync_mailbox
from vfadmin.sync.portion import Quiet, look, record, take
from vfadmin.sync.values import MailboxResult


def unmoved_in(store: Store) -> Callable[[Mapping[int, str]], Collection[int]]:
    """What a bench wants to know of many cursors into that store."""

    def asked(cursors: Mapping[int, str]) -> Collection[int]:
        with store.read() as session:
            return unmoved(session, cursors)

    return asked


def sync_as_in_a_round(bench: Bench, person_id: int) -> tuple[MailboxResult, bool]:
    """What it came to, and whether it was found quiet and had no cycle."""
    taken = take(bench, [person_id]).taken.get(person_id)
    if taken is None:
        return sync_mailbox(bench, person_id), False
    found = look(bench, taken)
    if isinstance(found, Quiet):
        record(bench, [found])
        return found.result, True
    return sync_mailbox(bench, person_id, taken=taken, begun=found), False

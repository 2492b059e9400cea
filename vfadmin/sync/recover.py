"""Settling what a killed process left behind, before anything new is decided.

An open intent says that a write may have happened. The item itself tells: a create is found by its key,
an update by its stamp, a delete by the absence of the item. What happened is recorded as if the process
had lived; what did not is forgotten. Either way both items are dirty again in the same commit, so a
person's edit after our write is seen as an edit.
"""

from __future__ import annotations

from collections.abc import Mapping

from vfadmin.calendars.base import Calendar, Item, Side, Written
from vfadmin.errors import failure
from vfadmin.sync.journal import Journal
from vfadmin.sync.memory import OpenIntent
from vfadmin.sync.settle import finished, target_of
from vfadmin.sync.values import Act, PairView, expected_uid


def settle_intents(journal: Journal, calendars: Mapping[Side, Calendar]) -> None:
    """Settle every open intent of the mailbox; one whose item cannot be read now stays open."""
    capabilities = {side: calendar.capabilities for side, calendar in calendars.items()}
    for intent in journal.open_intents():
        plan, write = intent.plan, intent.write
        try:
            written = _landed(calendars[write.side], intent)
        except _UnreadableError:
            continue
        if written is None:
            journal.drop_intent(intent.row, plan, write, failure("EX-CONN-05"))
        elif write.act is Act.DELETE:
            journal.finish(intent.row, plan, plan, write, reread=False)
        else:
            # What it shows now may hold a later edit; *seen* is what we wrote, and the id stays dirty.
            after = finished(plan, write, written, capabilities)
            journal.adopt(intent.row, plan, after, write)


class _UnreadableError(Exception):
    """Whether a write took place cannot be told, because its item cannot be read."""


def _landed(calendar: Calendar, intent: OpenIntent) -> Written | None:
    """What the write left behind; None when it did not take place."""
    if intent.write.act is Act.CREATE:
        return _created(calendar, intent.plan.pair)
    target = target_of(intent.plan, intent.write)
    fetched = calendar.fetch([target.id])
    if target.id in fetched.failures:
        raise _UnreadableError
    item = fetched.items.get(target.id)
    if intent.write.act is Act.DELETE:
        # Where a deletion cannot be conditional, an edit of the last moment may have gone with the item.
        gone = item is None and not calendar.rescue(target, intent.since)
        return Written(target.id, target.version) if gone else None
    return None if item is None or item.stamp != intent.stamp else _written(item)


def _created(calendar: Calendar, pair: PairView) -> Written | None:
    uid = expected_uid(pair, calendar.capabilities)
    found = [item for item in calendar.find(pair.key) if not item.copied and uid in (None, item.uid)]
    return _written(found[0]) if found else None


def _written(item: Item) -> Written:
    return Written(item.id, item.version, item.uid, participating=item.participating)

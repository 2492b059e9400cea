"""Settling what a killed process left behind, before anything new is decided.

An open intent says that a write may have happened. The item itself tells: a create is found by its key,
an update by its stamp, a delete by the absence of the item. What happened is recorded as if the process
had lived; what did not is forgotten. Either way both items are dirty again in the same commit, so a
person's edit after our write is seen as an edit.
"""

from __future__ import annotations

from collections.abc import Mapping

from vfadmin.calendars.base import Calendar, Item, Side, Written
from vfadmin.sync.journal import Journal, OpenIntent
from vfadmin.sync.settle import finished, target_of
from vfadmin.sync.values import Act


def settle_intents(journal: Journal, calendars: Mapping[Side, Calendar]) -> int:
    """Settle every open intent of the mailbox; answers how many there were."""
    intents = journal.open_intents()
    for intent in intents:
        calendar = calendars[intent.write.side]
        if intent.write.act is Act.DELETE:
            _settle_delete(journal, calendar, intent)
        else:
            _settle_write(journal, calendars, intent, _landed(calendar, intent))
    return len(intents)


def _settle_delete(journal: Journal, calendar: Calendar, intent: OpenIntent) -> None:
    item_id = target_of(intent.plan, intent.write).id
    if item_id in calendar.fetch([item_id]).items:
        journal.drop_intent(intent.row, intent.plan, intent.write)
        return
    journal.finish(intent.row, intent.plan, intent.plan, intent.write, reread=False)


def _settle_write(
    journal: Journal, calendars: Mapping[Side, Calendar], intent: OpenIntent, item: Item | None
) -> None:
    if item is None:
        journal.drop_intent(intent.row, intent.plan, intent.write)
        return
    capabilities = {side: calendar.capabilities for side, calendar in calendars.items()}
    # What it shows now may hold a later edit; *seen* is what we wrote, and the id stays dirty.
    written = Written(item.id, item.version, item.uid)
    after = finished(intent.plan, intent.write, written, capabilities)
    journal.adopt(intent.row, intent.plan, after, intent.write)


def _landed(calendar: Calendar, intent: OpenIntent) -> Item | None:
    if intent.write.act is Act.UPDATE:
        item_id = target_of(intent.plan, intent.write).id
        item = calendar.fetch([item_id]).items.get(item_id)
        return item if item is not None and item.stamp == intent.stamp else None
    key = intent.plan.pair.key
    derived = calendar.capabilities.uid_of(key)
    found = [item for item in calendar.find(key) if derived is None or item.uid == derived]
    return found[0] if found else None

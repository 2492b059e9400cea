"""Settling what a killed process left behind, before anything new is decided.

An open intent says that a write may have happened. The item itself tells: a create is found by its key,
an update by its stamp, a delete by the absence of the item. What happened is recorded as if the process
had lived; what did not is forgotten. Either way both items are dirty again in the same commit, so a
person's edit after our write is seen as an edit.

Where no key can be stored, nothing tells of a create whether it took place, and repeating it might make a
second event. Such an intent stays open and the pair waits for an admin; an event of that time and title that
comes to light there, ours or one that he made, is the one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from vfadmin.calendars.base import Calendar, Capabilities, Item, Side, Written
from vfadmin.calendars.event import Event
from vfadmin.errors import failure
from vfadmin.sync.journal import Journal
from vfadmin.sync.match import nature
from vfadmin.sync.memory import OpenIntent
from vfadmin.sync.settle import agreed_of, finished, target_of
from vfadmin.sync.values import Act, is_left_by

_Thing = TypeVar("_Thing", OpenIntent, Item)


def settle_intents(journal: Journal, calendars: Mapping[Side, Calendar]) -> None:
    """Settle every open intent of the mailbox; one whose item cannot be read now stays open."""
    capabilities = {side: calendar.capabilities for side, calendar in calendars.items()}
    for intent in journal.open_intents():
        plan, write = intent.plan, intent.write
        if write.act is Act.CREATE and not capabilities[write.side].keyed:
            journal.doubt(plan.pair, write)
            continue
        try:
            written = _landed(journal, calendars[write.side], intent)
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


def settle_doubts(journal: Journal, calendars: Mapping[Side, Calendar]) -> None:
    """Give the creates that are in doubt the events that came to light since: of their time and title.

    Before anything is decided about those events, or each would be taken for a new one.
    """
    capabilities = {side: calendar.capabilities for side, calendar in calendars.items()}
    doubtful = {side for side, one in capabilities.items() if not one.keyed}
    if not doubtful:
        return
    intents = [
        one for one in journal.open_intents() if one.write.act is Act.CREATE and one.write.side in doubtful
    ]
    for side in {one.write.side for one in intents}:
        due = set(journal.due(side))
        known = {pair.twin(side).id for pair in journal.pairs_by_ids(side, due)}
        found = calendars[side].fetch(due - known).items.values()
        waiting = [one for one in intents if one.write.side is side]
        for intent, item in alike(waiting, found, capabilities[side]):
            plan, write = intent.plan, intent.write
            after = finished(plan, write, replace(_written(item), existing=True), capabilities)
            journal.adopt(intent.row, plan, after, write)


def alike(
    intents: Iterable[OpenIntent], items: Iterable[Item], capabilities: Capabilities
) -> Iterator[tuple[OpenIntent, Item]]:
    """Creates with the items they left: those that alone have a time and title, on either hand."""
    meant = by_nature((one, capabilities.project(agreed_of(one.plan))) for one in intents)
    there = by_nature((item, item.event) for item in items)
    for name, group in meant.items():
        if len(group) == 1 and len(there.get(name, ())) == 1:
            yield group[0], there[name][0]


def by_nature(things: Iterable[tuple[_Thing, Event]]) -> dict[Hashable, list[_Thing]]:
    """Whatever has the same time, title and kind of event, together."""
    groups: dict[Hashable, list[_Thing]] = {}
    for thing, event in things:
        groups.setdefault(nature(event), []).append(thing)
    return groups


class _UnreadableError(Exception):
    """Whether a write took place cannot be told, because its item cannot be read."""


def _landed(journal: Journal, calendar: Calendar, intent: OpenIntent) -> Written | None:
    """What the write left behind; None when it did not take place."""
    if intent.write.act is Act.CREATE:
        return _created(journal, calendar, intent)
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


def _created(journal: Journal, calendar: Calendar, intent: OpenIntent) -> Written | None:
    """The item of the create, or of an earlier one for the pair, unless it is another pair's by now."""
    pair, capabilities = intent.plan.pair, calendar.capabilities
    found = [
        item
        for item in calendar.find(pair.key)
        if is_left_by(item, pair, capabilities) or _is_late(item, intent, capabilities)
    ]
    held = {
        one.twin(calendar.side).id for one in journal.pairs_by_ids(calendar.side, [one.id for one in found])
    }
    free = (item for item in found if item.id not in held)
    return next((replace(_written(item), existing=item.stamp != intent.stamp) for item in free), None)


def _is_late(item: Item, intent: OpenIntent, capabilities: Capabilities) -> bool:
    """Whether the item is what the create made, so late that its times are those of a copy.

    The stamp is the create's own, but a person's copy carries it too: that counts only as long as one could
    stand for the other.
    """
    if not item.keyed_later or item.stamp != intent.stamp:
        return False
    return nature(item.event) == nature(capabilities.project(agreed_of(intent.plan)))


def _written(item: Item) -> Written:
    return Written(item.id, item.version, item.uid, participating=item.participating)

"""calendarView/delta ("event: delta", "Get incremental changes to events in a calendar view").

Series come as their master and their occurrences, those abbreviated. A series that changes is told again
whole. What was told before and is no longer in the window is `@removed`, and so is what changed outside it
without ever having been told; only a look at the event says whether it is gone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vfadmin.simulator import ids, series
from vfadmin.simulator.graph.context import GraphCall, Reply
from vfadmin.simulator.graph.delta_state import Generation, Key, Window
from vfadmin.simulator.graph.errors import GraphError, bad_request
from vfadmin.simulator.graph.identifiers import ImmutableId, to_rest
from vfadmin.simulator.graph.lists import window as asked_window
from vfadmin.simulator.graph.rendering import abbreviated, event_json
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Folder, Mailbox

_PAGE = 10
_UNSUPPORTED = ("$orderby", "$filter", "$select", "$expand", "$search")


def delta(call: GraphCall, calendar: str | None = None) -> Reply:
    """What changed in a window of a calendar since a token, or all that is in it."""
    if any(call.query.get(name) is not None for name in _UNSUPPORTED):
        raise GraphError(
            400,
            "ErrorInvalidUrlQuery",
            "The following parameters are not supported with change tracking over the 'CalendarView' "
            "resource: '$orderby, $filter, $select, $expand, $search'.",
        )
    folder = call.calendar(None if calendar == "default" else calendar)
    skip_token, delta_token = call.query.get("$skiptoken"), call.query.get("$deltatoken")
    if skip_token is not None:
        number, generation, offset = call.states.find(call.mailbox, skip_token, "s", call.store.secret)
        _check_folder(generation, folder)
        return _page(call, folder, number, generation, offset)
    if delta_token is not None:
        number, before, _ = call.states.find(call.mailbox, delta_token, "d", call.store.secret)
        _check_folder(before, folder)
        return _next_round(call, folder, number, before)
    start, end = asked_window(call)
    return _next_round(call, folder, None, Generation(Window(folder.id, start, end), 0, {}))


def _check_folder(generation: Generation, folder: Folder) -> None:
    if generation.window.folder_id != folder.id:
        raise bad_request("The token is for another calendar.", "ErrorInvalidUrlQuery")


# --- a round


def _next_round(call: GraphCall, folder: Folder, number: int | None, before: Generation) -> Reply:
    """Find what a client has to be told, and answer the first page of it."""
    inside = _inside(call, folder, before.window)
    if number is None:
        entries = list(inside)
    elif "replayed" in call.faults:
        entries = [*_news(call, folder, before, inside), *before.told]
    else:
        entries = _news(call, folder, before, inside)
    if "touched" in call.faults:
        _touch(call, folder)
        entries = [*dict.fromkeys((*entries, *inside))]
    position = call.mailbox.sequence
    if not entries and number is not None:
        # Nothing to tell: the client's own point is still good, only the reading went on.
        if position > before.position:
            number = call.states.keep(call.mailbox, replace(before, position=position, round=(), gone={}))
        return _last(call, [], number)
    gone = {key: before.told[key] for key in entries if key not in inside and key in before.told}
    told = {key: known for key, known in before.told.items() if key not in gone}
    told |= {key: item.id for key, item in inside.items()}
    after = Generation(before.window, position, told, tuple(entries), gone)
    return _page(call, folder, call.states.keep(call.mailbox, after), after, 0)


def _inside(call: GraphCall, folder: Folder, window: Window) -> dict[Key, Item]:
    """What a window shows, masters before their occurrences."""
    found: dict[Key, Item] = {}
    for item in series.touching(call.mailbox.in_folder(folder), window.start, window.end):
        if item.slot is not None:
            found.setdefault((item.birth, None), call.mailbox.items[item.slot.master_id])
        found[_key(item)] = item
    return found


def _news(call: GraphCall, folder: Folder, before: Generation, inside: dict[Key, Item]) -> list[Key]:
    """The entries that a change since then touches, in the order of the changes."""
    by_birth: dict[int, list[Key]] = {}
    for key in (*inside, *(key for key in before.told if key not in inside)):
        by_birth.setdefault(key[0], []).append(key)
    births = {known: key[0] for key, known in before.told.items()}
    found: dict[Key, None] = {}
    for item_id, change in Mailbox.changes_since(folder.changes, before.position):
        item = call.mailbox.items.get(item_id)
        # Of what left the folder only the id is left, which a move does not keep.
        if item is None or change.deleted:
            birth = births.get(item_id, ids.item_number(item_id))
        else:
            birth = item.birth
        keys = by_birth.get(birth, [])
        if not keys and not change.deleted and change.created <= before.position:
            # Changed outside the window, before and after: the service tells it as removed all the same.
            keys = [(birth, None)]
        found |= dict.fromkeys(keys)
    return list(found)


def _key(item: Item) -> Key:
    return item.birth, item.slot.day if item.slot else None


def _touch(call: GraphCall, folder: Folder) -> None:
    """Move the modification times and versions of all events, as the service's own housekeeping does."""
    for item in list(call.mailbox.in_folder(folder)):
        call.mailbox.save(replace(item, modified=call.now.replace(microsecond=0)))


# --- a page


def _page(call: GraphCall, folder: Folder, number: int, generation: Generation, offset: int) -> Reply:
    entries = generation.round
    size = call.prefer.page or _PAGE
    inside = _inside(call, folder, generation.window)
    members = [_entry(call, folder, key, inside, generation) for key in entries[offset : offset + size]]
    if "duplicated" in call.faults:
        members = [*members, *members]
    if offset + size < len(entries):
        token = call.states.token(call.mailbox, "s", number, offset + size, call.store.secret)
        return _reply(call, members, "nextLink", f"$skiptoken={token}")
    # What left meanwhile stays told: the next round finds its change and tells it again.
    done = Generation(generation.window, generation.position, generation.told)
    return _last(call, members, call.states.keep(call.mailbox, done))


def _last(call: GraphCall, members: list[dict[str, Any]], number: int) -> Reply:
    token = call.states.token(call.mailbox, "d", number, 0, call.store.secret)
    return _reply(call, members, "deltaLink", f"$deltatoken={token}")


def _reply(call: GraphCall, members: list[dict[str, Any]], kind: str, token: str) -> Reply:
    value = {
        "@odata.context": f"{call.root}/$metadata#Collection(event)",
        f"@odata.{kind}": f"{call.root}{call.path}?{token}",
        "value": members,
    }
    return Reply(200, value)


def _entry(
    call: GraphCall, folder: Folder, key: Key, inside: dict[Key, Item], generation: Generation
) -> dict[str, Any]:
    """One event of a page as it is now, which may be later than when the round began."""
    item = inside.get(key)
    if item is None:
        return {
            "@odata.type": "#microsoft.graph.event",
            "id": _removed_id(call, folder, key, generation),
            "@removed": {"reason": "deleted"},
        }
    if item.type == "Occurrence":
        return abbreviated(item, call)
    return {"@odata.type": "#microsoft.graph.event", **event_json(item, call)}


def _removed_id(call: GraphCall, folder: Folder, key: Key, generation: Generation) -> str:
    """The id that a client knows what is gone by."""
    birth, day = key
    if call.prefer.immutable:
        return ImmutableId(call.mailbox.guid, birth, day).text
    known = generation.gone.get(key) or generation.told.get(key)
    if known is None:
        item = call.mailbox.by_birth(birth)
        known = item.id if item is not None else ids.item_id(call.mailbox.guid, folder.number, birth)
        known = ids.occurrence_id(known, day) if day else known
    return to_rest(known)

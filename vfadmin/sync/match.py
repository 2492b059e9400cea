"""Recognising what belongs together without a pair saying so.

The order is always the same: the key written inside an item, then the UID, then a start, end and title
that exist exactly once on either side, or equally often. What is ambiguous stays unmatched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from vfadmin.calendars.base import Item, Side
from vfadmin.calendars.event import Event
from vfadmin.sync.values import BOTH, PairView, Snapshot, Twin, is_left_by

_Named = TypeVar("_Named", Item, PairView)


def rebind(snapshot: Snapshot) -> list[PairView]:
    """The pairs, those whose Exchange item came back under another id (moved, restored) pointing to it."""
    pairs = _rebind_by_uid(snapshot, list(_rebind_by_key(snapshot)))
    return reunite(snapshot, pairs) if snapshot.first_cycle else pairs


def _rebind_by_key(snapshot: Snapshot) -> Iterator[PairView]:
    """The key alone proves nothing: the old item must be gone, the UID the same and the claim unique.

    Of what may be left by a lost create one is taken all the same: with none, each would be a new event.
    """
    strays = _named(_unpaired(snapshot, snapshot.pairs, Side.EXCHANGE).values(), _by_key)
    for pair in snapshot.pairs:
        back = [item for item in strays.get(pair.key, ()) if _came_back(pair, item, snapshot)]
        if len(back) == 1 or (back and pair.exchange.id is None):
            yield _rebound(pair, min(back, key=partial(_unlikeness, pair, snapshot)), snapshot)
        else:
            yield pair


def _unlikeness(pair: PairView, snapshot: Snapshot, item: Item) -> tuple[bool, str]:
    meant = None if pair.base is None else snapshot.capabilities[Side.EXCHANGE].project(pair.base)
    return item.event != meant, item.id


def _rebind_by_uid(snapshot: Snapshot, pairs: Sequence[PairView]) -> list[PairView]:
    """What a person took back out of Deleted Items has a new id, and no key where we never wrote to it."""
    free = _unpaired(snapshot, pairs, Side.EXCHANGE)
    back = _unique([one for one in free.values() if one.key is None], _by_uid)
    gone = [
        pair
        for pair in pairs
        if pair.exchange.id is not None and snapshot.reading(Side.EXCHANGE, pair.exchange.id).gone
    ]
    claims = Counter(_uid_of(pair) for pair in gone)
    found = {
        pair.key: _rebound(pair, back[name], snapshot)
        for pair in gone
        if (name := _uid_of(pair)) is not None and name in back and claims[name] == 1
    }
    return [found.get(pair.key, pair) for pair in pairs]


def _rebound(pair: PairView, item: Item, snapshot: Snapshot) -> PairView:
    seen = pair.exchange.seen
    if seen is None and pair.base is not None:  # a create of ours that landed after we had given it up
        seen = snapshot.capabilities[Side.EXCHANGE].project(pair.base)
    return replace(pair, exchange=Twin(item.id, None, seen))


def _came_back(pair: PairView, item: Item, snapshot: Snapshot) -> bool:
    if pair.exchange.id is None:
        return is_left_by(item, pair, snapshot.capabilities[Side.EXCHANGE])
    return pair.uid in (None, item.uid) and snapshot.reading(Side.EXCHANGE, pair.exchange.id).gone


def reunite(snapshot: Snapshot, pairs: Sequence[PairView]) -> list[PairView]:
    """The pairs of a mailbox that was moved or exchanged, bound to the items that are theirs now.

    Their ids mean nothing there, so a UID, or else a start, end and title, has to tell; each must be alone on
    either side, or there equally often. What was last seen stays, so that edits made meanwhile are still
    seen as edits.
    """
    free = _unpaired(snapshot, pairs, Side.EXCHANGE)
    adrift = {pair.key: pair for pair in pairs if pair.exchange.id is None}
    found: dict[str, PairView] = {}
    for of_pair, of_item in ((_uid_of, _by_uid), (_nature_of, _by_nature)):
        mine = _named(adrift.values(), partial(_of_told, of_pair, snapshot))
        theirs = _named(sorted(free.values(), key=_order), of_item)
        for name, group in mine.items():
            if len(group) == len(theirs.get(name, ())):
                for pair, item in zip(sorted(group, key=_pair_order), theirs[name], strict=True):
                    found[pair.key] = _rebound(pair, item, snapshot)
                    del free[item.id], adrift[pair.key]
    return [found.get(pair.key, pair) for pair in pairs]


def _of_told(
    identify: Callable[[PairView], Hashable | None], snapshot: Snapshot, pair: PairView
) -> Hashable | None:
    """The name of a pair; one that was matched and left alone is known by what ValueFrame shows."""
    item = snapshot.reading(Side.VALUEFRAME, pair.valueframe.id).item
    unknown = pair.exchange.seen is None and pair.base is None
    return identify(replace(pair, base=item.event) if unknown and item is not None else pair)


def match_first(snapshot: Snapshot, pairs: Sequence[PairView], new_key: Iterator[str]) -> list[PairView]:
    """Pairs for the unpaired items of a first cycle (R29), which creates nothing it can find."""
    left = {side: _unpaired(snapshot, pairs, side) for side in BOTH}
    found: list[PairView] = []
    for matches in (_matches_by(_by_key), _matches_by(_by_uid), _matches_by(_by_nature), _as_many):
        for one, other in matches(left[Side.VALUEFRAME], left[Side.EXCHANGE]):
            del left[Side.VALUEFRAME][one.id], left[Side.EXCHANGE][other.id]
            found.append(_pair(one, other, next(new_key)))
    return found


def match_forgotten(snapshot: Snapshot, pairs: Sequence[PairView], new_key: Iterator[str]) -> list[PairView]:
    """Pairs for what is new on both sides at once and is one event all the same.

    A database brought back from a copy has forgotten what it had brought out since, and what it creates
    once more would stand there twice: an item that carries a key of ours which no pair has is looked for.
    And a meeting that another person's mailbox has brought already is known by its UID.
    """
    known = {pair.key for pair in pairs}
    events = _unpaired(snapshot, pairs, Side.VALUEFRAME)
    items = _unpaired(snapshot, pairs, Side.EXCHANGE)
    found: list[PairView] = []

    def take(matches: _Matcher, chosen: Mapping[str, Item]) -> None:
        for one, other in matches(events, chosen):
            del events[one.id], items[other.id]
            found.append(_pair(one, other, next(new_key)))

    take(_matches_by(_by_uid), items)
    for matches in (_matches_by(_by_key), _matches_by(_by_nature), _as_many):
        keyed = {id_: item for id_, item in items.items() if item.key is not None and item.key not in known}
        take(matches, keyed)
    return found


def _unpaired(snapshot: Snapshot, pairs: Sequence[PairView], side: Side) -> dict[str, Item]:
    bound = {pair.twin(side).id for pair in pairs}
    readings = snapshot.readings[side].items()
    return {id_: reading.item for id_, reading in readings if reading.item is not None and id_ not in bound}


_Matcher = Callable[[Mapping[str, Item], Mapping[str, Item]], list[tuple[Item, Item]]]


def _matches_by(identify: Callable[[Item], Hashable | None]) -> _Matcher:
    """Those that alone have a name on either side."""

    def matches(ones: Mapping[str, Item], others: Mapping[str, Item]) -> list[tuple[Item, Item]]:
        mine, theirs = _unique(ones.values(), identify), _unique(others.values(), identify)
        return [(mine[name], theirs[name]) for name in mine if name in theirs]

    return matches


def _as_many(ones: Mapping[str, Item], others: Mapping[str, Item]) -> list[tuple[Item, Item]]:
    """Twins within a calendar: as many here as there, so whichever goes with whichever is right."""
    mine, theirs = _groups(ones.values()), _groups(others.values())
    return [
        pair
        for nature, group in mine.items()
        if len(group) == len(theirs.get(nature, ()))
        for pair in zip(group, theirs[nature], strict=True)
    ]


def _groups(items: Iterable[Item]) -> dict[Hashable, list[Item]]:
    return _named(sorted(items, key=_order), _by_nature)


def _named(
    things: Iterable[_Named], identify: Callable[[_Named], Hashable | None]
) -> dict[Hashable, list[_Named]]:
    """Those that have a name, by their name, in their order."""
    groups: dict[Hashable, list[_Named]] = {}
    for thing in things:
        name = identify(thing)
        if name is not None:
            groups.setdefault(name, []).append(thing)
    return groups


def _order(item: Item) -> tuple[str, str, str]:
    return item.event.location, item.event.text, item.id


def _pair_order(pair: PairView) -> tuple[str, str, str]:
    event = pair.exchange.seen or pair.base
    return ("", "", pair.key) if event is None else (event.location, event.text, pair.key)


def _unique(items: Iterable[Item], identify: Callable[[Item], Hashable | None]) -> dict[Hashable, Item]:
    named = [(name, item) for item in items if (name := identify(item)) is not None]
    count = Counter(name for name, _ in named)
    return {name: item for name, item in named if count[name] == 1}


def _uid_of(pair: PairView) -> Hashable | None:
    event = pair.exchange.seen or pair.base
    return None if pair.uid is None else (pair.uid, event is not None and _is_series(event))


def _nature_of(pair: PairView) -> Hashable | None:
    event = pair.exchange.seen or pair.base
    return None if event is None else nature(event)


def _by_key(item: Item) -> Hashable | None:
    return item.key


def _by_uid(item: Item) -> Hashable | None:
    # A lone occurrence, to which its participant alone was invited, has the UID of the series it is of.
    return None if item.uid is None else (item.uid, _comes_again(item))


def _by_nature(item: Item) -> Hashable | None:
    return _nature(item.event, series=_comes_again(item))


def nature(event: Event) -> Hashable:
    """What tells an event from another where no key and no UID does."""
    return _nature(event, series=_is_series(event))


def _nature(event: Event, *, series: bool) -> Hashable:
    when = event.when
    return (when.start, when.end, when.all_day, event.title, series)


def _comes_again(item: Item) -> bool:
    """Whether it is a series; of one that is left alone the rule may be unknown."""
    return _is_series(item.event) or item.unsupported is not None


def _is_series(event: Event) -> bool:
    return event.recurrence is not None


def _pair(one: Item, other: Item, key: str) -> PairView:
    """The key inside both is kept where they agree on it; a fresh one is written with the next update."""
    agreed = one.key if one.key is not None and one.key == other.key else key
    return PairView(
        key=agreed,
        valueframe=Twin(one.id, one.version),
        exchange=Twin(other.id, other.version),
        uid=other.uid,
        participating=one.participating,
        brought=other.brought,
    )

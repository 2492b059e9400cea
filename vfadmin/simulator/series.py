"""A series: its master, and the occurrences made from it (MS-OXOCAL 3.1.4.6). Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from types import MappingProxyType
from typing import Any

from vfadmin.simulator import ids, recurrence, zones
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.item import NO_OVERRIDES, Item, Slot
from vfadmin.simulator.recurrence import Recurrence

# What an occurrence always has from its master.
_MASTERS = frozenset(
    (
        "id", "change_key", "folder_id", "uid", "created", "recurrence", "overrides", "removed", "slot",
        "born", "transaction", "transaction_digest",
    )
)  # fmt: skip
_DAY = timedelta(days=1)


def clock(item: Item) -> tzinfo:
    """The zone whose wall clock an item keeps; UTC where an old client only named one that nobody knows."""
    return zones.zone_info(item.start_zone) or UTC


# --- the master


def aligned(before: Item | None, after: Item) -> Item:
    """A master whose times and rule agree; `before` is what it was until now, None for a new one.

    The first occurrence's times are the master's. A rule that is set says the day, a start that is set alone
    moves the rule's. Another pattern, another time or another length end all exceptions and deletions; a
    rule that only ends elsewhere keeps those it still has days for.
    """
    if after.recurrence is None:
        return replace(after, overrides=NO_OVERRIDES, removed=frozenset())
    rule = after.recurrence
    if before is not None and rule == before.recurrence:
        rule = replace(rule, start=_wall(after, after.start).date())
    rule = recurrence.checked(rule)
    rule = replace(rule, start=next(recurrence.days_of(rule)))
    start, end = _times(after, rule.start)
    gap = recurrence.shortest_gap(rule)
    if gap is not None and _length(after) > gap * _DAY:
        raise ExchangeError("ErrorOccurrenceTimeSpanTooBig")
    master = replace(after, recurrence=rule, start=start, end=end)
    if before is not None and _course(before) != _course(master):
        return replace(master, overrides=NO_OVERRIDES, removed=frozenset())
    days = frozenset(day for day in (*master.overrides, *master.removed) if _has(rule, day))
    kept = {day: values for day, values in master.overrides.items() if day in days}
    kept_master = replace(master, overrides=MappingProxyType(kept), removed=master.removed & days)
    if _is_empty(kept_master):
        raise ExchangeError("ErrorRecurrenceHasNoOccurrence")
    return kept_master


def _course(master: Item) -> tuple[object, ...]:
    """What places the occurrences of a series, but for where it ends."""
    rule = master.recurrence
    open_end = rule and replace(rule, end=None, count=None)
    return open_end, master.start, master.end, master.start_zone, master.all_day


# --- its occurrences


def occurrence(master: Item, day: date) -> Item:
    """The occurrence of a day; ErrorItemNotFound where the series has none then, or no longer."""
    if master.recurrence is None or day in master.removed or not _has(master.recurrence, day):
        raise ExchangeError("ErrorItemNotFound")
    return _occurrence(master, day)


def by_index(master: Item, index: int) -> Item:
    """The occurrence with a number, from 1; deleted ones keep theirs (MS-OXWSCDATA, OccurrenceItemIdType)."""
    if master.recurrence is None:
        raise ExchangeError("ErrorCalendarCannotUseIdForRecurringMasterId")
    day = None
    if index >= 1:
        day = next(islice(recurrence.days_of(master.recurrence), index - 1, None), None)
    if day is None:
        raise ExchangeError("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange")
    if day in master.removed:
        raise ExchangeError("ErrorCalendarOccurrenceIsDeletedFromRecurrence")
    return _occurrence(master, day)


def touching(items: Iterable[Item], start: datetime, end: datetime) -> list[Item]:
    """What a calendar shows in a window, by start: single items, and occurrences in place of masters."""
    shown = (one for item in items for one in _shown(item, start, end))
    found = [one for one in shown if one.start < end and (one.end > start or one.start == one.end == start)]
    return sorted(found, key=lambda one: (one.start, one.end))


def _shown(item: Item, start: datetime, end: datetime) -> Iterator[Item]:
    """An item itself, or those of a master's occurrences that may be in a window."""
    rule = item.recurrence
    if rule is None:
        yield item
        return
    first = (_wall(item, start) - _length(item) - _DAY).date()
    days = set(recurrence.days_between(rule, first, _wall(item, end).date()))
    for day in sorted((days | set(item.overrides)) - item.removed):
        yield _occurrence(item, day)


def first_and_last(master: Item) -> tuple[Item | None, Item | None]:
    """The first and the last occurrence there is; no last one in a series without end."""
    rule = master.recurrence
    if rule is None:
        return None, None
    days = (day for day in recurrence.days_of(rule) if day not in master.removed)
    first = next(days)
    if rule.end is None and rule.count is None:
        return _occurrence(master, first), None
    return _occurrence(master, first), _occurrence(master, max(days, default=first))


def exceptions(master: Item) -> list[Item]:
    """The occurrences that differ from the rule, by their day."""
    return [_occurrence(master, day) for day in sorted(master.overrides)]


def deletions(master: Item) -> list[datetime]:
    """The starts that deleted occurrences had."""
    return [_times(master, day)[0] for day in sorted(master.removed)]


def _occurrence(master: Item, day: date) -> Item:
    plain = _plain(master, day)
    own = master.overrides.get(day)
    if own is None or plain.slot is None:
        return plain
    values = dict(own)
    if "extended" in values:
        merged = {**plain.extended, **values["extended"]}
        values["extended"] = MappingProxyType({k: v for k, v in merged.items() if v is not None})
    return replace(plain, **values, slot=replace(plain.slot, changed=True))


def _plain(master: Item, day: date) -> Item:
    """The occurrence of a day as the rule has it."""
    start, end = _times(master, day)
    return replace(
        master, id=ids.occurrence_id(master.id, day), start=start, end=end, recurrence=None,
        overrides=NO_OVERRIDES, removed=frozenset(), slot=Slot(master.id, day, start),
    )  # fmt: skip


# --- changing and deleting one


def with_exception(master: Item, changed: Item) -> Item:
    """The master with a changed occurrence; it keeps only what differs, so the rest follows the master.

    ErrorOccurrenceCrossingBoundary where it would meet its neighbours.
    """
    assert changed.slot is not None  # noqa: S101 (an occurrence)
    day = changed.slot.day
    changed = _by_the_clock(master, changed)
    _check_place(master, changed, day)
    plain = _plain(master, day)
    own: dict[str, Any] = {"modified": changed.modified, "modified_by": changed.modified_by}
    for name in (field.name for field in fields(Item) if field.name not in _MASTERS):
        if getattr(changed, name) != getattr(plain, name):
            own[name] = getattr(changed, name)
    if "extended" in own:
        own["extended"] = _differing(plain.extended, changed.extended)
    overrides = {**master.overrides, day: MappingProxyType(own)}
    return replace(
        master, overrides=MappingProxyType(overrides), modified=changed.modified,
        modified_by=changed.modified_by,
    )  # fmt: skip


def without(master: Item, day: date) -> Item | None:
    """The master with an occurrence deleted; None where that was the last one."""
    kept = {other: values for other, values in master.overrides.items() if other != day}
    left = replace(master, overrides=MappingProxyType(kept), removed=master.removed | {day})
    return None if _is_empty(left) else left


def _is_empty(master: Item) -> bool:
    assert master.recurrence is not None  # noqa: S101 (a master)
    return all(day in master.removed for day in recurrence.days_of(master.recurrence))


def _differing(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """The entries set, and None for those taken away."""
    gone = dict.fromkeys(key for key in before if key not in after)
    return MappingProxyType({**gone, **{k: v for k, v in after.items() if before.get(k) != v}})


def _check_place(master: Item, changed: Item, day: date) -> None:
    """Refuse an occurrence on the day of a neighbour, over one, or beyond one.

    The server's own words for it: crossing or overlapping the adjacent occurrence.
    """
    before, after = _neighbours(master, day)
    date_of = _wall(master, changed.start).date()
    if before is not None and (changed.start < before.end or date_of <= _wall(master, before.start).date()):
        raise ExchangeError("ErrorOccurrenceCrossingBoundary")
    if after is not None and (changed.end > after.start or date_of >= _wall(master, after.start).date()):
        raise ExchangeError("ErrorOccurrenceCrossingBoundary")


def _neighbours(master: Item, day: date) -> tuple[Item | None, Item | None]:
    assert master.recurrence is not None  # noqa: S101 (a master)
    before: date | None = None
    after: date | None = None
    for other in recurrence.days_of(master.recurrence):
        if other > day and other not in master.removed:
            after = other
            break
        if other < day and other not in master.removed:
            before = other
    return _occurrence(master, before) if before else None, _occurrence(master, after) if after else None


# --- the wall clock


def _wall(item: Item, instant: datetime) -> datetime:
    return instant.astimezone(clock(item)).replace(tzinfo=None)


def _length(item: Item) -> timedelta:
    return _wall(item, item.end) - _wall(item, item.start)


def _times(item: Item, day: date) -> tuple[datetime, datetime]:
    """An occurrence's start and end: the master's wall clock on another day."""
    zone = clock(item)
    start = datetime.combine(day, _wall(item, item.start).time())
    moments = (start, start + _length(item))
    begin, end = (moment.replace(tzinfo=zone).astimezone(UTC) for moment in moments)
    return begin, max(begin, end)


def _by_the_clock(master: Item, changed: Item) -> Item:
    """An exception's times are local minutes: of two equal hours the first (MS-OXOCAL 2.2.1.44.2)."""
    zone = clock(master)
    moments = (changed.start, changed.end)
    start, end = (moment.astimezone(zone).replace(fold=0).astimezone(UTC) for moment in moments)
    return replace(changed, start=start, end=max(start, end))


def _has(rule: Recurrence, day: date) -> bool:
    return next(recurrence.days_between(rule, day, day), None) is not None

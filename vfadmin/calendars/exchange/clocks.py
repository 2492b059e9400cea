"""Whether a series takes place on Exchange when it takes place at home.

A series keeps a wall clock, and Exchange has one clock for several zones of IANA. Those have often been alike
for some years only, so what counts is the time in which the series itself takes place.

Of an hour that comes twice a series has the first on Exchange. Its pattern has no instants but minutes from
midnight (MS-OXOCAL 2.2.1.44.5), and an exception has minutes of the local time too (2.2.1.44.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from vfadmin.calendars.base import REPEATED_HOUR, ZONE
from vfadmin.calendars.event import Event, Recurrence
from vfadmin.calendars.exchange.zones import preferred_zone
from vfadmin.calendars.recurrence.days import last_until
from vfadmin.calendars.recurrence.rule import Rule, Unsupported
from vfadmin.calendars.series import day_of, has_clock, occurrence, rule_of, zone_of
from vfadmin.calendars.when import When

_FROM, _UNTIL = datetime(1970, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
"""As far as clocks are compared, those of endless series too."""
_DAY, _SECOND, _WEEK = timedelta(days=1), timedelta(seconds=1), timedelta(weeks=1)
"""No zone changes its clock back within a week."""
_YEAR = timedelta(days=366)
"""As far as clocks must agree from a series' start on at least: a short one is easily prolonged."""


class _Span(NamedTuple):
    """From one instant to another, which is not in it any more."""

    begins: datetime
    ends: datetime


def by_the_clock(when: When) -> When:
    """The times of a series or of one occurrence as far as the clock shows them."""
    if when.all_day or not has_clock(when):
        return when
    zone = zone_of(when)
    moments = (moment.astimezone(zone).replace(fold=0).astimezone(UTC) for moment in (when.start, when.end))
    start, end = moments
    return replace(when, start=start, end=max(start, end))


def lacking(event: Event) -> str | None:
    """Why Exchange cannot hold a series of ours at its times; None where it can, and for a single event."""
    if event.recurrence is None or event.when.all_day:
        return None
    try:
        if _parts_from_home(event.when, event.recurrence):
            return ZONE
        return REPEATED_HOUR if _comes_second(event.when, event.recurrence) else None
    except Unsupported:
        return ZONE


def _comes_second(when: When, recurrence: Recurrence) -> bool:
    """Whether an occurrence has an instant that no clock shows: those of the rule alone never do."""
    moved = {one.original: one.when for one in recurrence.exceptions if one.when is not None}
    told = [replace(one, zone=when.zone) for one in moved.values()]
    if day_of(when.start, when) not in {*moved, *recurrence.deleted}:
        told.append(when)
    return any(by_the_clock(one) != one for one in told)


def _parts_from_home(when: When, recurrence: Recurrence) -> bool:
    """Whether the clock of the Windows zone differs from the own one while the series takes place."""
    theirs = preferred_zone(when.zone)
    if zone_of(when) == ZoneInfo(theirs):
        return False
    late = [span for span in _spans_apart(when.zone, theirs) if span.ends > when.start]
    if not late:
        return False
    rule = rule_of(recurrence, when)
    soon = late[0].begins <= when.start + _YEAR
    return soon or any(_takes_place(when, rule, span) for span in late)


def _takes_place(when: When, rule: Rule, span: _Span) -> bool:
    """Whether an occurrence starts or ends in that time."""
    day = last_until(rule, (span.ends + _DAY).date())
    while day is not None:
        one = occurrence(when, day)
        if one.end < span.begins:
            return False
        if any(span.begins <= moment < span.ends for moment in (one.start, one.end)):
            return True
        day = last_until(rule, day - _DAY)
    return False


@lru_cache(maxsize=512)
def _spans_apart(one: str, other: str) -> tuple[_Span, ...]:
    """When the two clocks differ."""
    zones = ZoneInfo(one), ZoneInfo(other)
    instants = sorted({_FROM, *_changes(one), *_changes(other), _UNTIL})
    found: list[_Span] = []
    for begins, ends in pairwise(instants):
        first, second = (begins.astimezone(zone).utcoffset() for zone in zones)
        if first == second:
            continue
        if found and found[-1].ends == begins:
            begins = found.pop().begins  # noqa: PLW2901 - the same time goes on
        found.append(_Span(begins, ends))
    return tuple(found)


@lru_cache(maxsize=512)
def _changes(name: str) -> tuple[datetime, ...]:
    """The instants at which a zone's clock is changed."""
    return tuple(_found_changes(ZoneInfo(name)))


def _found_changes(zone: ZoneInfo) -> Iterator[datetime]:
    low = _FROM
    while low < _UNTIL:
        before, high = low.astimezone(zone).utcoffset(), low + _WEEK
        if high.astimezone(zone).utcoffset() != before:
            same, changed = low, high
            while changed - same > _SECOND:
                middle = same + (changed - same) // _SECOND // 2 * _SECOND
                if middle.astimezone(zone).utcoffset() == before:
                    same = middle
                else:
                    changed = middle
            yield changed
        low = high

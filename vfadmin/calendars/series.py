"""What makes an event a series: its rule, the occurrences that deviate from it, and those deleted.

An occurrence is named by the day the rule puts it on, in the series' own zone: a rule has at most one
occurrence a day, and the name stands when the time of day or a country's summer time changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from vfadmin.calendars.recurrence.days import has, last, last_until
from vfadmin.calendars.recurrence.rule import Rule, Unsupported
from vfadmin.calendars.recurrence.text import parse, write
from vfadmin.calendars.when import When, canonical_when

NO_REMINDER = -1
"""The reminder of an occurrence that has none although its series has one."""

_DAY = timedelta(days=1)


class ShowAs(StrEnum):
    """How the time shows to others (free/busy)."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    OOF = "oof"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Override:
    """What of one occurrence differs from its series; None is *as in the series*.

    ``original`` is the day the rule puts it on. ``when`` is where it takes place instead; its zone is the
    series'. ``reminder_minutes`` may be `NO_REMINDER`.
    """

    original: date
    when: When | None = None
    title: str | None = None
    location: str | None = None
    text: str | None = None
    show_as: ShowAs | None = None
    private: bool | None = None
    reminder_minutes: int | None = None


OVERRIDABLE = tuple(f.name for f in fields(Override) if f.name != "original")
"""The fields an occurrence can have of its own."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The rule of a series (RFC 5545) with what deviates from it; one field of the merge.

    ``deleted`` are the days of the occurrences that do not take place.
    """

    rrule: str
    exceptions: tuple[Override, ...] = ()
    deleted: tuple[date, ...] = ()


def rule_of(recurrence: Recurrence, when: When) -> Rule:
    """The rule, for a series whose first occurrence that is. Raises Unsupported."""
    zone = zone_of(when)
    try:
        return parse(recurrence.rrule, when.start.astimezone(zone), all_day=when.all_day)
    except OverflowError as error:
        raise Unsupported("year") from error


def zone_of(when: When) -> tzinfo:
    """The zone whose wall clock a series keeps. Raises Unsupported for a name nobody knows."""
    try:
        return UTC if when.all_day else ZoneInfo(when.zone)
    except (KeyError, ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise Unsupported("zone") from error


def has_clock(when: When) -> bool:
    """Whether the zone of a series is one that is known."""
    try:
        zone_of(when)
    except Unsupported:
        return False
    return True


def is_supported(recurrence: Recurrence, when: When) -> bool:
    """Whether the rule can be expressed on both sides, and leaves anything to take place."""
    try:
        rule = rule_of(recurrence, when)
    except Unsupported:
        return False
    return rule.endless or _last_kept(rule, frozenset(recurrence.deleted)) is not None


def occurrence(when: When, day: date) -> When:
    """The times of the occurrence on that day: those of the first one, by the wall clock.

    Raises OverflowError beyond the year 9999.
    """
    zone = zone_of(when)
    start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (when.start, when.end))
    if start.date() == day:
        return when
    begins = datetime.combine(day, start.time())
    moved = (moment.replace(tzinfo=zone).astimezone(UTC) for moment in (begins, begins + (end - start)))
    first, until = moved
    return replace(when, start=first, end=max(first, until))


def day_of(moment: datetime, when: When) -> date:
    """The day in the series' zone of a moment at which an occurrence starts."""
    return moment.astimezone(zone_of(when)).date()


def ends(recurrence: Recurrence, when: When) -> datetime | None:
    """When the last occurrence ends; None for a series without end and for a rule that cannot be read."""
    try:
        rule = rule_of(recurrence, when)
    except Unsupported:
        return None
    if rule.endless:
        return None
    moved = {one.original: one.when.end for one in recurrence.exceptions if one.when is not None}
    kept = _last_kept(rule, moved.keys() | set(recurrence.deleted))
    plain = [] if kept is None else [occurrence(when, kept).end]
    return max([*moved.values(), *plain], default=when.end)


def canonical_series(
    recurrence: Recurrence, when: When, series: Mapping[str, object]
) -> tuple[When, Recurrence]:
    """A series in canonical form: one text for equal rules, its times those of its first occurrence.

    ``series`` has the series' own values of what an occurrence can override; what equals them is no
    override. What names no occurrence of the rule is dropped. A rule that is not supported stays as it is.
    """
    try:
        rule = rule_of(recurrence, when)
    except Unsupported:
        return when, recurrence
    when = occurrence(when, rule.first)
    deleted = tuple(day for day in sorted(set(recurrence.deleted)) if has(rule, day))
    overrides = {one.original: _own(one, when, series) for one in recurrence.exceptions}
    kept = sorted(day for day in overrides.keys() - set(deleted) if has(rule, day))
    exceptions = tuple(overrides[day] for day in kept if overrides[day] != Override(day))
    text = write(rule, zone_of(when), all_day=when.all_day)
    return when, Recurrence(text, exceptions, deleted)


def _own(override: Override, when: When, series: Mapping[str, object]) -> Override:
    """The override without what it has in common with its series."""
    own = {name: getattr(override, name) for name in OVERRIDABLE if name != "when"}
    own = {name: value for name, value in own.items() if value != series[name]}
    moved = override.when
    if moved is not None:
        moved = canonical_when(replace(moved, zone=when.zone))
        moved = None if moved == occurrence(when, override.original) else moved
    return Override(override.original, moved, **own)


def _last_kept(rule: Rule, dropped: frozenset[date] | set[date]) -> date | None:
    """The last day of a rule that ends, those left out that are dropped."""
    day = last(rule)
    while day is not None and day in dropped:
        day = last_until(rule, day - _DAY)
    return day

"""The rules of a Windows time zone, and the clock that follows them (MS-OXOCAL 2.2.1.41).

A zone is a run of stages, each with a standard time and at most one summer a year. Where the clock skips an
hour or repeats one, it behaves as the zones of Python's own library do (PEP 495).
"""

from __future__ import annotations

import calendar
from bisect import bisect_right
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """One yearly change at `at` local time, to `offset`.

    In `month` it is on the n-th `weekday` (`occurrence`; -1: the last), or on a fixed `day`.
    """

    month: int
    at: timedelta
    offset: timedelta
    weekday: str = ""
    occurrence: int = 0
    day: int = 0

    def moment(self, year: int) -> datetime:
        """When the clock shows that it changes, by itself as it stands before."""
        first, length = calendar.monthrange(year, self.month)
        if not self.weekday:
            day = min(self.day, length)
        else:
            days = range((WEEK.index(self.weekday) - first) % 7 + 1, length + 1, 7)
            day = days[self.occurrence if self.occurrence < 0 else self.occurrence - 1]
        return datetime(year, self.month, day) + self.at  # noqa: DTZ001 (a wall clock)


@dataclass(frozen=True, slots=True)
class Stage:
    """What holds from a local time on, or from the beginning: an offset, and the two changes of a summer."""

    standard: timedelta
    to_daylight: ZoneRule | None = None
    to_standard: ZoneRule | None = None
    since: datetime | None = None

    def changes(self, year: int) -> list[tuple[datetime, timedelta]]:
        """Its own changes in a year: the time on the clock, and the offset from then on."""
        rules = (self.to_daylight, self.to_standard)
        return sorted((rule.moment(year), rule.offset) for rule in rules if rule is not None)

    def standing(self, wall: datetime) -> timedelta:
        """The offset it has at a local time."""
        changes = self.changes(wall.year)
        if not changes:
            return self.standard
        # Before the first change of a year stands what the last one of the year before left.
        return changes[bisect_right([at for at, _ in changes], wall) - 1][1]


@dataclass(frozen=True, slots=True)
class ZoneDefinition:
    """A zone as a server keeps it."""

    id: str
    name: str
    stages: tuple[Stage, ...]


class _Change(NamedTuple):
    """A change of the clock: what it shows then, and the offsets before and after."""

    wall: datetime
    before: timedelta
    after: timedelta


class RuleClock(tzinfo):
    """The clock of a zone's stages."""

    def __init__(self, stages: tuple[Stage, ...]) -> None:
        self._stages = stages

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """The offset at a local time; of a repeated one the first, or with `fold` the second."""
        if moment is None:
            return None
        wall = moment.replace(tzinfo=None)
        offset, changes = _around(self._stages, wall.year)
        for change in changes:
            shown = (change.wall, change.wall + (change.after - change.before))
            if wall >= (min(shown) if moment.fold else max(shown)):
                offset = change.after
        return offset

    def fromutc(self, moment: datetime) -> datetime:
        """The local time of an instant; the second of two equal ones has its `fold`."""
        instant = moment.replace(tzinfo=None)
        offset, changes = _around(self._stages, instant.year)
        for change in changes:
            if instant >= change.wall - change.before:
                offset = change.after
        local = moment + offset
        return local.replace(fold=int(self.utcoffset(local) != offset))

    def dst(self, moment: datetime | None) -> timedelta | None:  # noqa: ARG002
        """Not told."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:  # noqa: ARG002
        """Not told."""
        return None


@lru_cache(maxsize=4096)
def _around(stages: tuple[Stage, ...], year: int) -> tuple[timedelta, tuple[_Change, ...]]:
    """The offset before a year and its neighbours, and all changes in them."""
    first, last = max(year - 1, MINYEAR), min(year + 1, MAXYEAR)
    begin = datetime(first, 1, 1)  # noqa: DTZ001 (a wall clock)
    before = begin if first == MINYEAR else begin - _MINUTE
    offset = standing = _active(stages, before).standing(before)
    found = []
    for wall, after in (one for each in range(first, last + 1) for one in _in_year(stages, each)):
        found.append(_Change(wall, standing, after))
        standing = after
    return offset, tuple(found)


def _active(stages: tuple[Stage, ...], wall: datetime) -> Stage:
    """The stage at a local time; the first holds also before it begins."""
    return [stages[0], *(stage for stage in stages if stage.since is not None and stage.since <= wall)][-1]


def _in_year(stages: tuple[Stage, ...], year: int) -> list[tuple[datetime, timedelta]]:
    found = []
    ends = [stage.since for stage in stages[1:]]
    for stage, end in zip(stages, [*ends, None], strict=True):
        if stage.since is not None and stage.since.year == year:
            found.append((stage.since, stage.standing(stage.since)))
        found += [
            (wall, offset)
            for wall, offset in stage.changes(year)
            if (stage.since is None or wall > stage.since) and (end is None or wall < end)
        ]
    return sorted(found)

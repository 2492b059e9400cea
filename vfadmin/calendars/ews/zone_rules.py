"""Zones that come with their rules (Types.xsd, TimeZoneDefinitionType), as those of Outlook and others do.

Such a zone goes by any name or none ("Customized Time Zone"): what it is called says nothing, its clock does.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lxml import etree

from vfadmin.calendars.ews.xml import find, tag, text_at

_DURATION = re.compile(
    r"(-)?P(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,5})(?:\.(\d{1,6})\d*)?S)?)?", re.ASCII
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OCCURRENCES = (1, 2, 3, 4, -1)
_MONTHS, _MONTH_DAYS = range(1, 13), range(1, 32)
_DAY, _MINUTE, _SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
_WEEK = timedelta(weeks=1)
"""No zone changes its clock back within a week."""
_ANY_YEAR = 2026


@dataclass(frozen=True, slots=True)
class _Yearly:
    """A change of every year: its place in the year by the clock, and the offset from then on.

    ``place`` is a day of the month, or a weekday (Monday is 0) and which of them.
    """

    month: int
    place: int | tuple[int, int]
    at: timedelta
    offset: timedelta

    def wall(self, year: int) -> datetime:
        first, length = calendar.monthrange(year, self.month)
        if isinstance(self.place, int):
            day = min(self.place, length)
        else:
            weekday, which = self.place
            day = range((weekday - first) % 7 + 1, length + 1, 7)[which if which < 0 else which - 1]
        return datetime(year, self.month, day) + self.at  # noqa: DTZ001 - what the clock shows


@dataclass(frozen=True, slots=True)
class _Stage:
    """What holds from a time on, by the clock; ``offset`` where no change of the year came before."""

    offset: timedelta
    yearly: tuple[_Yearly, ...]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ZoneRules:
    """The rules of one zone."""

    stages: tuple[_Stage, ...]

    def local(self, moment: datetime) -> datetime:
        """What the clock shows at a moment. Raises OverflowError at the ends of the calendar."""
        instant = moment.astimezone(UTC).replace(tzinfo=None)
        offset, changes = _course(self.stages, instant.year, instant.year)
        for change in changes:
            offset = change.after if instant >= change.instant else offset
        return instant + offset


class _Change(NamedTuple):
    """A change of the clock: the instant (UTC, naive), and the offsets before and after."""

    instant: datetime
    before: timedelta
    after: timedelta


def read_rules(shown: etree._Element) -> ZoneRules | None:
    """The rules in an element; None where it has none, or they make no sense."""
    try:
        stages = tuple(_stages(shown))
    except (ValueError, KeyError):
        return None
    return ZoneRules(stages) if stages else None


@lru_cache(maxsize=512)
def twin(rules: ZoneRules, first: datetime, last: datetime, names: tuple[str, ...]) -> str | None:
    """The first of these IANA zones that shows the same time from one moment (in UTC) to the other.

    None when none does.
    """
    try:
        expected = _sampled(rules, first.replace(tzinfo=None), last.replace(tzinfo=None))
        return next((name for name in names if _shows(ZoneInfo(name), expected)), None)
    except OverflowError:
        return None


def _sampled(rules: ZoneRules, begin: datetime, end: datetime) -> list[tuple[datetime, timedelta]]:
    """Instants that tell one clock from another, with the offset at each."""
    offset, changes = _course(rules.stages, begin.year, end.year)
    samples = [begin + _WEEK * week for week in range((end - begin) // _WEEK + 1)]
    for change in changes:
        if begin < change.instant <= end:
            samples += (change.instant - _SECOND, change.instant)
    return list(_offsets(sorted(samples), offset, changes))


def _offsets(
    instants: Iterable[datetime], offset: timedelta, changes: Iterable[_Change]
) -> Iterator[tuple[datetime, timedelta]]:
    """Each of the instants, which are in order, with its offset."""
    coming = iter(changes)
    change = next(coming, None)
    for instant in instants:
        while change is not None and change.instant <= instant:
            offset, change = change.after, next(coming, None)
        yield instant.replace(tzinfo=UTC), offset


def _shows(zone: ZoneInfo, expected: Iterable[tuple[datetime, timedelta]]) -> bool:
    return all(instant.astimezone(zone).utcoffset() == offset for instant, offset in expected)


@lru_cache(maxsize=512)
def _course(
    stages: tuple[_Stage, ...], first_year: int, last_year: int
) -> tuple[timedelta, tuple[_Change, ...]]:
    """All changes of the clock in these years and beside them, and the offset before the first."""
    years = range(max(first_year - 1, MINYEAR), min(last_year + 1, MAXYEAR) + 1)
    ends = [stage.since for stage in stages[1:]]
    changes = [
        (wall, offset)
        for stage, end in zip(stages, [*ends, None], strict=True)
        for wall, offset in _of_stage(stage, years)
        if end is None or wall < end
    ]
    standing = initial = stages[0].offset
    found = []
    for wall, offset in sorted(changes):
        found.append(_Change(wall - standing, standing, offset))
        standing = offset
    return initial, tuple(found)


def _of_stage(stage: _Stage, years: range) -> Iterator[tuple[datetime, timedelta]]:
    """The changes of a stage, that to its own offset among them."""
    begins = stage.since
    yearly = sorted((change.wall(year), change.offset) for year in years for change in stage.yearly)
    if begins is not None:
        before = [offset for wall, offset in yearly if wall <= begins]
        yield begins, before[-1] if before else stage.offset
    yield from ((wall, offset) for wall, offset in yearly if begins is None or wall > begins)


# --- reading


def _stages(shown: etree._Element) -> Iterator[_Stage]:
    """The stages in their order. Raises ValueError and KeyError for what makes no zone."""
    offsets = {
        one.get("Id"): -_span(one.get("Bias")) for one in shown.iterfind(_path("t:Periods", "t:Period"))
    }
    groups = {
        one.get("Id"): one for one in shown.iterfind(_path("t:TransitionsGroups", "t:TransitionsGroup"))
    }
    transitions = find(shown, "t:Transitions")
    if transitions is None:
        if offsets:
            (only,) = offsets.values()
            yield _Stage(only, (), None)
        return
    begun: datetime | None = None
    for number, transition in enumerate(transitions):
        since = _since(transition)
        if (since is None) != (number == 0) or (since and begun and since <= begun):
            raise ValueError("a stage out of order")
        begun = since
        kind, target = _target(transition)
        if kind == "Period":
            yield _Stage(offsets[target], (), since)
        else:
            yield _stage(groups[target], offsets, since)


def _stage(group: etree._Element, offsets: Mapping[str | None, timedelta], since: datetime | None) -> _Stage:
    """A group: the one period there is, or the changes of every year."""
    targets = [_target(child) for child in group]
    if any(kind != "Period" for kind, _ in targets):
        raise ValueError("a group leads to periods only")
    if [child.tag for child in group] == [tag("t:Transition")]:
        return _Stage(offsets[targets[0][1]], (), since)
    yearly = [_yearly(child, offsets[key]) for child, (_, key) in zip(group, targets, strict=True)]
    if not yearly:
        raise ValueError("an empty group")
    yearly.sort(key=lambda change: change.wall(_ANY_YEAR))
    return _Stage(yearly[-1].offset, tuple(yearly), since)


def _yearly(transition: etree._Element, offset: timedelta) -> _Yearly:
    month, at = _number(transition, "t:Month", _MONTHS), _span(text_at(transition, "t:TimeOffset"))
    if at < timedelta():
        raise ValueError("a time before midnight")
    place: int | tuple[int, int]
    if transition.tag == tag("t:RecurringDateTransition"):
        place = _number(transition, "t:Day", _MONTH_DAYS)
    else:
        weekday = _DAYS.index((text_at(transition, "t:DayOfWeek") or "").strip())
        place = weekday, _number(transition, "t:Occurrence", _OCCURRENCES)
    # Windows writes the end of a day as its last millisecond.
    return _Yearly(month, place, -(-at // _MINUTE) * _MINUTE, offset)


def _number(transition: etree._Element, path: str, allowed: range | tuple[int, ...]) -> int:
    value = int(text_at(transition, path) or "")
    if value not in allowed:
        raise ValueError(path)
    return value


def _target(transition: etree._Element) -> tuple[str | None, str]:
    to = find(transition, "t:To")
    if to is None:
        raise ValueError("a transition to nowhere")
    return to.get("Kind"), to.text or ""


def _since(transition: etree._Element) -> datetime | None:
    """When a stage begins, by its own clock: an offset of that moment would mean nothing."""
    if transition.tag != tag("t:AbsoluteDateTransition"):
        return None
    return datetime.fromisoformat((text_at(transition, "t:DateTime") or "").strip()).replace(tzinfo=None)


def _span(text: str | None) -> timedelta:
    """An xs:duration of a day at most."""
    match = _DURATION.fullmatch((text or "").strip())
    if match is None:
        raise ValueError(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:4])
    micro = int((match[5] or "0").ljust(6, "0"))
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micro)
    if span > _DAY:
        raise ValueError(text)
    return -span if match[1] else span


def _path(*steps: str) -> str:
    return "/".join(map(tag, steps))

"""Bringing the occurrences of a series into step, one request for each that differs.

A series is written in several requests: its master first, then deletions and changes of occurrences. The
master says of which write it is unfinished until the last of them is through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from vfadmin.calendars.event import Event
from vfadmin.calendars.exchange.moments import shown_moment
from vfadmin.calendars.exchange.occurrences import as_event, difference
from vfadmin.calendars.graph import write
from vfadmin.calendars.graph.read import Reader
from vfadmin.calendars.graph.session import Request
from vfadmin.calendars.series import Override, Recurrence, occurrence

_APART = timedelta(days=40)
"""Days further apart than that are looked for in windows of their own: a page holds only so many."""
_AROUND = timedelta(days=1)


def settling(
    stands: Recurrence, wanted: Event, ids: Callable[[Iterable[date]], Mapping[date, str]], home: write.Home
) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """The occurrences to write, by id, each with its fields, or with None where it is to be deleted.

    ``ids`` looks up the occurrences of days; one that is not there any more needs no deletion.
    """
    todo = difference(stands, wanted)
    named = ids([*todo.deleted, *(day for day, _ in todo.changed)])
    for day in todo.deleted:
        if day in named:
            yield named[day], None
    own = {} if wanted.recurrence is None else {one.original: one for one in wanted.recurrence.exceptions}
    for day, names in todo.changed:
        if day in named:
            shown = as_event(wanted, own.get(day, Override(day)))
            # An occurrence has no participants of its own: its series has them, and their line.
            yield named[day], write.fields(shown, names, home)


def windows(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """From which day to which to look for occurrences, so that all the days are covered."""
    begun: date | None = None
    latest: date | None = None
    for day in sorted(set(days)):
        if begun is None or latest is None:
            begun = day
        elif day - latest > _APART:
            yield begun, latest
            begun = day
        latest = day
    if begun is not None and latest is not None:
        yield begun, latest


def instances_request(events: str, master: str, series: Event, first: date, last: date) -> Request:
    """The occurrences that stand between two days (*List instances*)."""
    start = occurrence(series.when, first).start - _AROUND
    end = occurrence(series.when, last).end + _AROUND
    times = f"startDateTime={shown_moment(start)}&endDateTime={shown_moment(end)}"
    selected = "$select=id,start,type,originalStart,originalStartTimeZone"
    return Request("GET", f"{events}/{quote(master, safe='')}/instances?{times}&{selected}")


def by_day(shown: Iterable[Mapping[str, Any]], series: Event, reader: Reader) -> dict[date, str]:
    """Occurrences by the day of the series they are of."""
    return {reader.day(one, series.when): str(one["id"]) for one in shown if one.get("id")}

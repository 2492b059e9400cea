"""What Graph can represent, and how it shows what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from vfadmin.calendars.base import NOBODY, Capabilities, People
from vfadmin.calendars.event import FIELDS, Event, canonical
from vfadmin.calendars.exchange import projection
from vfadmin.calendars.exchange.clocks import lacking


def capabilities(people: Callable[[], People] = lambda: NOBODY) -> Capabilities:
    """Those of Exchange Online; ``people`` are those whose links travel.

    It gives UIDs itself, so none can be told beforehand.
    """
    return Capabilities(
        fields=frozenset(FIELDS),
        recurrence=True,
        lacking=lacking,
        keyed=True,
        project=partial(project, people=people),
        seals=True,
    )


def project(event: Event, people: Callable[[], People] = lambda: NOBODY) -> Event:
    """The event as it will be shown after having been written."""
    shown = projection.project(event, elsewhere=True, people=people)
    when = shown.when
    if when.all_day or shown.recurrence is not None:
        return shown
    # Of two equal hours a single event in the second is written by the clock of UTC (see `values.time_in`).
    second = when.start.astimezone(ZoneInfo(when.zone)).fold
    return canonical(replace(shown, when=replace(when, zone="UTC"))) if second else shown

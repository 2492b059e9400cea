"""How Exchange shows what it is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from vfadmin.calendars.base import NOBODY, People
from vfadmin.calendars.event import Event, Override, Participant, ShowAs, canonical
from vfadmin.calendars.exchange.clocks import by_the_clock
from vfadmin.calendars.exchange.zones import preferred_zone

_UNSENT = re.compile("[\x80-\x9f\ufdd0-\ufdef]")
"""Characters XML allows but exchangelib and some servers turn into question marks."""

_Shown = TypeVar("_Shown", Event, Override)


def project(event: Event, *, elsewhere: bool, people: Callable[[], People] = lambda: NOBODY) -> Event:
    """The event as the server would show it after being given it."""
    shown = _shown(event, elsewhere=elsewhere)
    when, recurrence = shown.when, shown.recurrence
    if not when.all_day:
        when = replace(when, zone=preferred_zone(when.zone))
    if recurrence is not None:
        when = by_the_clock(when)
        exceptions = tuple(
            _moved(_shown(one, elsewhere=elsewhere), when.zone) for one in recurrence.exceptions
        )
        recurrence = replace(recurrence, exceptions=exceptions)
    linked = event.participants
    if linked:
        known = people().attendees
        linked = frozenset(Participant(one.person) for one in linked if one.person in known)
    return canonical(replace(shown, when=when, recurrence=recurrence, participants=linked))


def _moved(own: Override, zone: str) -> Override:
    moved = own.when
    return own if moved is None else replace(own, when=by_the_clock(replace(moved, zone=zone)))


def _shown(given: _Shown, *, elsewhere: bool) -> _Shown:
    """An event or one occurrence as far as single fields go."""
    unknown = given.show_as is ShowAs.ELSEWHERE and not elsewhere
    return replace(
        given,
        title=None if given.title is None else _UNSENT.sub("", given.title),
        location=None if given.location is None else _UNSENT.sub("", given.location),
        # Texts are kept as HTML, in which a tab is four blanks.
        text=None if given.text is None else _UNSENT.sub("", given.text).replace("\t", "    "),
        show_as=ShowAs.FREE if unknown else given.show_as,
    )

"""What Exchange can represent, and how it shows what it is given."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from vfadmin.calendars.base import Capabilities
from vfadmin.calendars.event import FIELDS, Event, ShowAs, canonical
from vfadmin.calendars.ews.properties import uid_for
from vfadmin.calendars.ews.zones import preferred_zone

_UNSENT = re.compile("[\x80-\x9f\ufdd0-\ufdef]")
"""Characters XML allows but exchangelib and some servers turn into question marks."""


def capabilities(*, elsewhere: bool) -> Capabilities:
    """Those of a server; ``elsewhere`` tells whether it knows *working elsewhere* (2013 and later)."""
    return Capabilities(
        fields=frozenset(FIELDS) - {"participants"},
        recurrence=False,
        keyed=True,
        project=partial(project, elsewhere=elsewhere),
        uid_of=uid_for,
    )


def project(event: Event, *, elsewhere: bool) -> Event:
    """The event as the server would show it after being given it."""
    cleaned = replace(
        event,
        title=_UNSENT.sub("", event.title),
        location=_UNSENT.sub("", event.location),
        # Texts are kept as HTML, in which a tab is four blanks.
        text=_UNSENT.sub("", event.text).replace("\t", "    "),
        participants=frozenset(),
        show_as=ShowAs.FREE if event.show_as is ShowAs.ELSEWHERE and not elsewhere else event.show_as,
    )
    shown = canonical(cleaned)
    if shown.when.all_day:
        return shown
    return replace(shown, when=replace(shown.when, zone=preferred_zone(shown.when.zone)))

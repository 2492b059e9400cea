"""What an Exchange server can represent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from vfadmin.calendars.base import NOBODY, Capabilities, People
from vfadmin.calendars.event import FIELDS
from vfadmin.calendars.exchange.clocks import lacking
from vfadmin.calendars.exchange.marks import uid_for
from vfadmin.calendars.exchange.projection import project


def capabilities(*, elsewhere: bool, people: Callable[[], People] = lambda: NOBODY) -> Capabilities:
    """Those of a server; ``elsewhere`` tells whether it knows *working elsewhere* (2013 and later).

    ``people`` are those who can be invited.
    """
    return Capabilities(
        fields=frozenset(FIELDS),
        recurrence=True,
        lacking=lacking,
        keyed=True,
        project=partial(project, elsewhere=elsewhere, people=people),
        uid_of=uid_for,
    )

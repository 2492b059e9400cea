"""What a keeper brings along to be put through the contract: its calendar, and somebody else's hands.

To add a keeper, write a fixture that yields a `Keeper` and name it in ``KEEPERS`` of ``conftest.py``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from vfadmin.calendars.base import Calendar, ChangePage, Item, Mark
from vfadmin.calendars.event import Event, When

ORIGIN = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


class Outside(Protocol):
    """Somebody who works on the same calendar behind the keeper's back, with the far side's own means."""

    def create(self, title: str) -> str:
        """Add an hour's event of that title; its id."""

    def edit(self, item_id: str, title: str) -> None:
        """Give the event another title."""

    def delete(self, item_id: str) -> None:
        """Delete the event as a user of that side does."""

    def copy(self, item_id: str) -> str:
        """Copy the event as a user of that side does; the copy's id."""

    def titles(self) -> list[str]:
        """The titles of all live events, sorted."""


class Keeper(Protocol):
    """One calendar under test, empty at first.

    ``page`` is how many ids a page of changes carries here at most; keep it small.
    """

    page: int
    outside: Outside

    def calendar(self) -> Calendar:
        """A new object over the same calendar, as after a restart."""

    def lose_cursor(self) -> None:
        """Make the far side forget every cursor it has given out."""


def timed(title: str = "Palaveri", **fields: Any) -> Event:
    """An hour's event; ``fields`` are those of `Event`."""
    fields.setdefault("when", When(ORIGIN, ORIGIN + timedelta(hours=1), zone="Europe/Helsinki"))
    return Event(title=title, **fields)


def mark(key: str | None = None, stamp: str | None = None, **times: datetime) -> Mark:
    """A mark with a new key and stamp where none is given."""
    return Mark(key or str(uuid.uuid4()), stamp or str(uuid.uuid4()), **times)


def read(calendar: Calendar, item_id: str) -> Item:
    """The item as it is now."""
    fetched = calendar.fetch([item_id])
    assert not fetched.failures
    return fetched.items[item_id]


def drained(calendar: Calendar, cursor: str | None) -> tuple[set[str], set[str], str]:
    """All changed ids, all deleted ids and the last cursor. The last state of an id is what counts."""
    changed: set[str] = set()
    deleted: set[str] = set()
    pages = list(calendar.changes(cursor))
    check_pages(pages)
    for page in pages:
        changed |= {one.id for one in page.changed}
        deleted -= {one.id for one in page.changed}
        deleted |= set(page.deleted)
        changed -= set(page.deleted)
    return changed, deleted, pages[-1].cursor


def check_pages(pages: Iterable[ChangePage]) -> None:
    """Exactly the last page says so."""
    flags = [page.last for page in pages]
    assert flags
    assert flags == [False] * (len(flags) - 1) + [True]

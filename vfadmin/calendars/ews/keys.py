"""Which items of a folder carry a key of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vfadmin.calendars.ews import read
from vfadmin.calendars.ews.errors import Context, EwsFault, translated
from vfadmin.calendars.ews.paging import Progress
from vfadmin.calendars.ews.soap import Message

Known = dict[str, tuple[str, ...]]
"""Ids by key; after somebody copied an item there are several."""


class Keys:
    """The keys of one folder, listed once for all creates of a cycle.

    ``find`` asks for a page of those that carry a key, or any.
    """

    def __init__(self, find: Callable[[str | None, int], Message], context: Context) -> None:
        self._find = find
        self._context = context
        self._known: Known | None = None

    def ids(self, key: str) -> tuple[str, ...]:
        """The items that carried the key when all were listed, or were made since."""
        if self._known is None:
            listed: Known = {}
            for carried, item_id in self.carriers(None):
                listed[carried] = (*listed.get(carried, ()), item_id)
            self._known = listed
        return self._known.get(key, ())

    def doubt(self) -> Known:
        """Before a create: one whose answer is lost may leave an item nobody here knows of."""
        known, self._known = self._known, None
        return known or {}

    def settle(self, known: Known, key: str, item_id: str) -> None:
        """After a create: what was known before it, and what it made."""
        self._known = {**known, key: (item_id,)}

    def carriers(self, key: str | None) -> Iterator[tuple[str, str]]:
        """Key and id of the items that carry the key, or any key, asked for now."""
        offset: int | None = 0
        progress = Progress(offset)
        while offset is not None:
            with translated(self._context):
                page, offset = read.found_keys(self._find(key, offset), offset)
                if offset is not None and not progress.made(offset, page):
                    # Half a list would look as if the rest of the keys were free.
                    raise EwsFault("FindItem")
            yield from page

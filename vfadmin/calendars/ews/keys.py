"""Finding the items of a folder that carry a key of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from vfadmin.calendars.base import Fetched, Item
from vfadmin.calendars.ews import read
from vfadmin.calendars.ews.errors import Context, EwsFault, error_for, translated
from vfadmin.calendars.ews.paging import Progress
from vfadmin.calendars.ews.soap import Message
from vfadmin.calendars.exchange import keys

Find = Callable[[etree._Element, int], Message]  # noqa: SLF001 - what lxml calls its elements
"""What asks for a page of the items that a restriction lets through, from an offset on."""


class Keys(keys.Keys):
    """The keys of one folder. ``find`` asks for a page of the items that a restriction lets through."""

    def __init__(self, find: Find, context: Context) -> None:
        super().__init__()
        self._find, self._context = find, context

    def carriers(self, key: str | None) -> Iterator[tuple[str, str]]:
        """Key and id of the items that carry the key, or any key, asked for now."""
        return listed(self._find, read.keyed(key), self._context)


def listed(find: Find, restriction: etree._Element, context: Context) -> Iterator[tuple[str, str]]:
    """Key, if any, and id of all items that a restriction lets through, page by page."""
    offset: int | None = 0
    progress = Progress(offset)
    while offset is not None:
        with translated(context):
            page, offset = read.found_keys(find(deepcopy(restriction), offset), offset)
            if offset is not None and not progress.made(offset, page):
                # Half a list would look as if the rest of the keys were free.
                raise EwsFault("FindItem")
        yield from page


def left_by(fetched: Fetched, key: str, uid: str) -> Item | None:
    """The live item, of those that carried the key, which an earlier create under it left.

    A person's copy carries the key too, but Exchange gave it another UID. An item of a server that shows
    no UID is taken: nothing else is to be had there, and creating beside it would make two.
    Raises CalendarError where one cannot be read.
    """
    for unreadable in fetched.failures.values():
        # It may be the very one; creating beside it would make two.
        raise error_for(unreadable)
    carriers = [item for item in fetched.items.values() if item.key == key]
    same = (item for known in (uid, None) for item in carriers if item.uid == known)
    return next(same, None)

"""What lies in Deleted Items and is still wanted."""

from __future__ import annotations

from datetime import datetime, timedelta

from lxml import etree

from vfadmin.calendars.base import Item
from vfadmin.calendars.ews import folders, read
from vfadmin.calendars.ews.errors import Context
from vfadmin.calendars.ews.items import ItemReader
from vfadmin.calendars.ews.keys import Find, listed

_SKEW = timedelta(days=1)
"""How far the server's clock may be behind ours where we look for what was edited of late."""


def search(mailbox: str, wanted: etree._Element, offset: int) -> etree._Element:
    """The request for what lies there and passes the restriction, what was changed last coming first."""
    folder = folders.distinguished("deleteditems", mailbox)
    return read.find_request(folder, wanted, offset, latest_first=True)


def edit_of(item: Item, since: datetime, items: ItemReader, find: Find, context: Context) -> str | None:
    """The id under which an edited version of the item lies there now; ``find`` searches Deleted Items.

    A move gives another id, and no search goes by a UID. So all that was edited since is read. What was
    deleted, and made anew later under its UID, may lie there several times: where one of them is the item as
    it was, no edit went with it, and of several others the one that was edited last is meant.
    """
    edited = [item_id for _, item_id in listed(find, read.edited_since(since - _SKEW), context)]
    there = items.fetch(edited)[0].items
    same = [lost for item_id in edited if (lost := there.get(item_id)) and _is_same(lost, item)]
    return None if not same or any(lost.event == item.event for lost in same) else same[0].id


def _is_same(lost: Item, item: Item) -> bool:
    """Whether that was the item, edited or not; where no UID is shown, the key must tell."""
    if item.uid is None:
        return lost.key == item.key
    return lost.uid == item.uid and lost.key in (None, item.key)

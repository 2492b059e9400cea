"""What lies in Deleted Items and is still wanted."""

from __future__ import annotations

from datetime import datetime, timedelta

from vfadmin.calendars.base import Item
from vfadmin.calendars.ews import read
from vfadmin.calendars.ews.errors import Context
from vfadmin.calendars.ews.items import ItemReader
from vfadmin.calendars.ews.keys import Find, listed

_SKEW = timedelta(days=1)
"""How far the server's clock may be behind ours where we look for what was edited of late."""


def edit_of(item: Item, since: datetime, items: ItemReader, find: Find, context: Context) -> str | None:
    """The id under which an edited version of the item lies there now; ``find`` searches Deleted Items.

    A move gives another id, and no search goes by a UID. So all that was edited since is read.
    """
    edited = listed(find, read.edited_since(since - _SKEW), context)
    there = items.fetch([item_id for _, item_id in edited])[0].items
    return next((lost.id for lost in there.values() if _is_edit_of(lost, item)), None)


def _is_edit_of(lost: Item, item: Item) -> bool:
    """Whether that is the item, and not as it was; where no UID is shown, the key must tell."""
    if item.uid is None:
        named = lost.key == item.key
    else:
        named = lost.uid == item.uid and lost.key in (None, item.key)
    return named and lost.event != item.event

"""Telling by its UID whether an item of Exchange was created by vfadmin.

A UID made from a pair's key has Outlook's form (MS-OXOCAL 2.2.1.27) with neither date nor creation time in
it, and 16 bytes of data: no client leaves the creation time out. A person's copy gets a UID of its own, so
it is the person's. An invitation to such an event has the same UID, and a copy of what was born in another
person's Outlook has that one's: what ValueFrame *brought* is for the item to say (`Item.brought`).
"""

from __future__ import annotations

import re

_OWN = re.compile("040000008200E00074C5B7101A82E008" + "0{40}" + "10000000" + "[0-9A-F]{32}", re.IGNORECASE)


def is_own_uid(uid: str | None) -> bool:
    """Whether vfadmin created the item that has this UID."""
    return uid is not None and _OWN.fullmatch(uid) is not None

"""What vfadmin stores inside an item: own named properties, and the UID made from the key.

A set of our own (a GUID with names) cannot collide with another program's names, is searchable, and
survives edits in Outlook, copies and moves. Over EWS and Graph they are the same, so that an item is known
again whichever of the two it was written over.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from vfadmin.calendars.base import Mark
from vfadmin.calendars.exchange.moments import read_moment, shown_moment
from vfadmin.calendars.own_uid import is_own_uid

PROPERTY_SET = "7d0c6e5e-3b0f-4c43-9a57-52b1d7a7f7c1"

KEY = "vfadminKey"
STAMP = "vfadminStamp"
CREATED = "vfadminCreated"
MODIFIED = "vfadminModified"
WRITTEN = "vfadminWritten"
ACKNOWLEDGED = "vfadminAcknowledged"
BROUGHT = "vfadminBrought"
"""The UID under which ValueFrame brought the item, written when it is created and never afterwards.

A key and a stamp say nothing of that: they are written to a person's own items too. A client's copy
carries the property along, under a UID of its own.
"""
UNFINISHED = "vfadminUnfinished"
"""The stamp of a write to a series that goes on with its occurrences."""
DONE = "-"

TYPES: Mapping[str, str] = {
    KEY: "String",
    STAMP: "String",
    CREATED: "SystemTime",
    MODIFIED: "SystemTime",
    WRITTEN: "SystemTime",
    ACKNOWLEDGED: "Boolean",
    UNFINISHED: "String",
    BROUGHT: "String",
}
NAMES = tuple(TYPES)

_ONE_WRITE = timedelta(minutes=1)
"""How far a write and its record may lie apart: its duration, and a clock read from a header."""

_OUTLOOK_UID = "040000008200E00074C5B7101A82E008"
_UID_NAMESPACE = uuid.UUID("0f6a8f0e-5c11-4f6b-8f26-0a4f7b0f3a54")


def of_mark(mark: Mark, now: datetime) -> dict[str, str]:
    """The properties one write stores: key, stamp, and the times at the event's origin (R7).

    ``now`` is the server's time: it tells later whether our write was the last one.
    """
    stored = {KEY: mark.key, STAMP: mark.stamp, WRITTEN: shown_moment(now)}
    for name, moment in ((CREATED, mark.created), (MODIFIED, mark.modified)):
        if moment is not None:
            stored[name] = shown_moment(moment)
    return stored


def is_unfinished(own: Mapping[str, str]) -> bool:
    """Whether the last write of ours was interrupted; any later one has another stamp."""
    return UNFINISHED in own and own[UNFINISHED] == own.get(STAMP)


def modified_at_origin(own: Mapping[str, str], last_modified: datetime | None) -> datetime | None:
    """When the event was last modified where it was modified.

    Exchange sets its own time at every write, ours included. As long as nobody has written after
    us, the time we brought along is the true one.
    """
    brought, written = read_moment(own.get(MODIFIED)), read_moment(own.get(WRITTEN))
    if brought is None or written is None or last_modified is None:
        return last_modified
    return brought if last_modified - written <= _ONE_WRITE else last_modified


def uid_of(shown: str | None, own: Mapping[str, str]) -> str | None:
    """An item's UID; that of our own create in our letters, whatever a server makes of them.

    By it an item is known as ours. One that shows none stays without: it may be a person's own, which
    carries a key too once it is in step, and must not be removed as ours.
    """
    if not shown or not own.get(KEY):
        return shown or None
    ours = shown.strip().upper()
    return ours if is_own_uid(ours) else shown


def uid_for(key: str) -> str:
    """The UID of the item created for a key: always the same, in Outlook's own form.

    The layout is that of MS-OXOCAL 2.2.1.27 (PidLidGlobalObjectId): class, no date, no time,
    reserved, the length of the data, and 16 bytes of data. A plain text would be wrapped by the
    server; in this form it comes back as it was sent, and meeting messages match it.
    """
    try:
        data = uuid.UUID(key)
    except ValueError:
        data = uuid.uuid5(_UID_NAMESPACE, key)
    return f"{_OUTLOOK_UID}{'0' * 40}10000000{data.hex.upper()}"

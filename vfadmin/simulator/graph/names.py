"""The words that Graph and the store have for the same things ("event resource type", enumerations)."""

from __future__ import annotations

import re

from vfadmin.simulator.item import Item

SHOW_AS = {
    "Free": "free",
    "Tentative": "tentative",
    "Busy": "busy",
    "OOF": "oof",
    "WorkingElsewhere": "workingElsewhere",
    "NoData": "unknown",
}
SENSITIVITY = {name: name.lower() for name in ("Normal", "Personal", "Private", "Confidential")}
IMPORTANCE = {name: name.lower() for name in ("Low", "Normal", "High")}
TYPES = {
    "Single": "singleInstance",
    "Occurrence": "occurrence",
    "Exception": "exception",
    "RecurringMaster": "seriesMaster",
}
RESPONSES = {
    "Organizer": "organizer",
    "Accept": "accepted",
    "Tentative": "tentativelyAccepted",
    "Decline": "declined",
    "NoResponseReceived": "notResponded",
    "Unknown": "none",
}
GROUPS = {"required": "required", "optional": "optional", "resources": "resource"}
_GLOBAL_OBJECT = re.compile("040000008200E00074C5B7101A82E008[0-9A-F]{40,}", re.IGNORECASE)


def instance_uid(item: Item) -> str:
    """iCalUId: different for each occurrence, whose day stands in it (MS-OXOCAL 2.2.1.27)."""
    if item.slot is None or not _GLOBAL_OBJECT.fullmatch(item.uid):
        return item.uid
    day = item.slot.day
    return f"{item.uid[:32]}{day.year:04X}{day.month:02X}{day.day:02X}{item.uid[40:]}"

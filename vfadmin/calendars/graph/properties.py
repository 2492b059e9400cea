"""What vfadmin stores inside an event: the same named properties that EWS writes.

An item that EWS made is thus known again over Graph, and the other way round. Graph names a property by its
type, its set and its name, and gives every value as text (*singleValueLegacyExtendedProperty*).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from vfadmin.calendars.base import Mark
from vfadmin.calendars.exchange.marks import (
    ACKNOWLEDGED,
    BROUGHT,
    CREATED,
    DONE,
    KEY,
    MODIFIED,
    PROPERTY_SET,
    STAMP,
    TYPES,
    UNFINISHED,
    WRITTEN,
    modified_at_origin,
    of_mark,
)
from vfadmin.calendars.exchange.moments import read_moment, shown_moment

__all__ = [
    "ACKNOWLEDGED",
    "BROUGHT",
    "CREATED",
    "DONE",
    "KEY",
    "MODIFIED",
    "PARTICIPANTS",
    "STAMP",
    "UNFINISHED",
    "WRITTEN",
    "modified_at_origin",
    "of_mark",
]

PARTICIPANTS = "vfadminParticipants"
"""Who takes part, by ValueFrame id: as attendees they would be sent mail, which Graph cannot prevent (R9)."""
NONE = "-"
"""In place of ids where nobody takes part: an empty value may be one that is not kept."""

_OWN = {**TYPES, PARTICIPANTS: "String"}
_OF_US = "{" + PROPERTY_SET + "}"
_OWN_ID = re.compile(r"\s*\w+\s+" + re.escape(_OF_US) + r"\s+Name\s+(\w+)\s*", re.IGNORECASE)
_SEQUENCE = "Integer {00062002-0000-0000-C000-000000000046} Id 0x8201"
"""PidLidAppointmentSequence (MS-OXOCAL 2.2.1.1), which Graph has no field for."""
_PARENT = "Binary 0x0E09"
"""PidTagParentEntryId (MS-OXCPRPT 2.2.1): the folder an item lies in."""
_ENTRY = "Binary 0x0FFF"
"""PidTagEntryId: a folder's own name."""
_NAMES = {name.casefold(): name for name in _OWN}
_PLAIN = "'"
_BROUGHT = "+"
_ONE_CREATE = timedelta(seconds=150)
"""How far a create and its record may lie apart: as long as an answer is waited for, and a little."""


def own_id(name: str) -> str:
    """How Graph names a property of ours."""
    return f"{_OWN[name]} {_OF_US} Name {name}"


def expand_items() -> str:
    """The ``$expand`` that brings along what is stored in an event, and the folder it lies in."""
    return _expand([*(own_id(name) for name in _OWN), _SEQUENCE, _PARENT])


def expand_key() -> str:
    """The ``$expand`` that brings the key along."""
    return _expand([own_id(KEY)])


def expand_entry() -> str:
    """The ``$expand`` that brings along a folder's own name."""
    return _expand([_ENTRY])


def has_key(key: str | None) -> str:
    """The ``$filter`` for events with that key, or with any."""
    wanted = "ep/value ne null" if key is None else f"ep/value eq '{key.replace(chr(39), chr(39) * 2)}'"
    return f"singleValueExtendedProperties/Any(ep: ep/id eq '{own_id(KEY)}' and {wanted})"


def read_own(shown: Mapping[str, Any]) -> dict[str, str]:
    """Our properties of an event, by name."""
    found = {}
    for one in _values(shown):
        match = _OWN_ID.fullmatch(str(one.get("id")))
        name = None if match is None else _NAMES.get(match[1].casefold())
        if name is not None and one.get("value") is not None:
            found[name] = str(one["value"])
    return found


def sequence(shown: Mapping[str, Any]) -> int:
    """The number of the organizer's last update; 0 where the server tells none."""
    told = _tagged(shown, "8201") or ""
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= 10 else 0  # noqa: PLR2004 - an int32


def parent(shown: Mapping[str, Any]) -> str | None:
    """The folder an event lies in, by its own name; None where the server does not tell."""
    return _tagged(shown, "e09")


def entry(shown: Mapping[str, Any]) -> str | None:
    """A folder's own name; None where the server does not tell."""
    return _tagged(shown, "fff")


def of_creation(mark: Mark, now: datetime) -> dict[str, str]:
    """The property that a create alone writes: under which key, when, and whether it was brought.

    Over EWS it is the UID under which the item was brought. Graph gives UIDs itself, so it is the key and
    the moment: a copy is made later, and gets a key of its own as soon as it is synchronised.
    """
    return {BROUGHT: f"{mark.key} {shown_moment(now)} {_BROUGHT if mark.brought else NONE}"}


def is_brought(own: Mapping[str, str], uid: str | None, created: datetime | None) -> bool:
    """Whether ValueFrame brought the event, over Graph or over EWS, and it is no copy of what was."""
    told = own.get(BROUGHT) or NONE
    if " " not in told:
        return told != NONE and uid is not None and told.casefold() == uid.casefold()
    return told.endswith(f" {_BROUGHT}") and _made_then(told, own, created) is True


def is_copied(own: Mapping[str, str], created: datetime | None) -> bool:
    """Whether the event is a person's copy of what was created under its key."""
    return _made_then(own.get(BROUGHT) or NONE, own, created) is False


def is_keyed_later(own: Mapping[str, str], uid: str | None, created: datetime | None) -> bool:
    """Whether no create under its key left the event. A create always notes down what it is (`of_creation`).

    An event that was born in Exchange has no such note, and a copy of it carries its key without one. What
    was synchronised as a copy has the note of its original and a key of its own, and so have its copies.
    """
    if KEY not in own:
        return False
    told = own.get(BROUGHT)
    if told is None:
        return True
    if told == NONE:  # of a create over EWS that brought nothing; every write tells when it was
        written = read_moment(own.get(WRITTEN))
        return written is not None and created is not None and created - written > _ONE_CREATE
    if " " not in told:  # of a create over EWS, which says its UID
        return uid is not None and told.casefold() != uid.casefold()
    return told.partition(" ")[0] != own[KEY] or _made_then(told, own, created) is False


def _made_then(told: str, own: Mapping[str, str], created: datetime | None) -> bool | None:
    """Whether the event came of the create that noted this down; None where that cannot be told."""
    key, _, rest = told.partition(" ")
    moment = read_moment(rest.partition(" ")[0])
    if moment is None or created is None or key != own.get(KEY):
        return None
    return abs(created - moment) <= _ONE_CREATE


def of_participants(persons: Iterable[int]) -> dict[str, str]:
    """The property that carries the participants."""
    return {PARTICIPANTS: ",".join(str(one) for one in sorted(persons)) or NONE}


def participants(own: Mapping[str, str]) -> frozenset[int]:
    """Who takes part, by ValueFrame id."""
    told = own.get(PARTICIPANTS, NONE).split(",")
    return frozenset(int(one) for one in told if one.isascii() and one.isdecimal() and len(one) <= 18)  # noqa: PLR2004 - an int64


def values(own: Mapping[str, str]) -> list[dict[str, str]]:
    """The properties as a write carries them."""
    return [{"id": own_id(name), "value": value} for name, value in own.items()]


def _expand(ids: Iterable[str]) -> str:
    wanted = " or ".join(f"id eq '{one}'" for one in ids)
    return f"singleValueExtendedProperties($filter={quote(wanted, safe=_PLAIN)})"


def _values(shown: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = shown.get("singleValueExtendedProperties")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _tagged(shown: Mapping[str, Any], number: str) -> str | None:
    """The value of a property of Exchange's own, by the digits its id ends with."""
    for one in _values(shown):
        last = str(one.get("id")).strip().casefold().rpartition("0x")[2].lstrip("0")
        if last == number and one.get("value") is not None:
            return str(one["value"])
    return None

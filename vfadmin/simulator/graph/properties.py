"""Extended properties in Graph's notation ("Outlook extended properties overview").

`{type} {guid} Name {name}`, `{type} {guid} Id {id}`, `{type} {proptag}`. Values travel as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vfadmin.simulator import ids
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.extended import KINDS, PROPERTY_SETS, checked
from vfadmin.simulator.graph.errors import GraphError, bad_request
from vfadmin.simulator.item import ExtendedKey, ExtendedValue, Item

_GUID = r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?"
_NAMED = re.compile(rf"(\w+) {_GUID} Name (.+)", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(rf"(\w+) {_GUID} Id (0x[0-9a-f]{{1,8}}|\d{{1,9}})", re.IGNORECASE)
_TAGGED = re.compile(r"(\w+) (0x[0-9a-f]{1,8}|\d{1,9})", re.IGNORECASE)
_KINDS = {kind.lower(): kind for kind in KINDS}
_LARGEST_TAG = 0x8000
_SEQUENCE = ExtendedKey("Integer", set_id=PROPERTY_SETS["Appointment"], number=0x8201)
_ENTRY_ID, _PARENT_ENTRY_ID = ExtendedKey("Binary", tag=0x0FFF), ExtendedKey("Binary", tag=0x0E09)


def parse_id(text: str) -> ExtendedKey:
    """The property that an id names; 400 where it is none."""
    if match := _NAMED.fullmatch(text):
        return ExtendedKey(_kind(match[1], text), set_id=match[2].lower(), name=match[3])
    if match := _NUMBERED.fullmatch(text):
        return ExtendedKey(_kind(match[1], text), set_id=match[2].lower(), number=int(match[3], 0))
    if match := _TAGGED.fullmatch(text):
        tag = int(match[2], 0)
        if tag < _LARGEST_TAG:
            return ExtendedKey(_kind(match[1], text), tag=tag)
    raise _malformed(text)


def id_text(key: ExtendedKey) -> str:
    """A property's id as answers write it: the set in lower case, numbers in hexadecimal."""
    if key.tag is not None:
        return f"{key.kind} 0x{key.tag:x}"
    if key.name is not None:
        return f"{key.kind} {{{key.set_id}}} Name {key.name}"
    return f"{key.kind} {{{key.set_id}}} Id 0x{key.number:x}"


def read_single(entries: Any) -> dict[ExtendedKey, ExtendedValue | None]:  # noqa: ANN401 (a JSON value)
    """The single-valued properties of a request; None takes a property away."""
    found: dict[ExtendedKey, ExtendedValue | None] = {}
    for key, entry in _entries(entries):
        value = entry.get("value")
        if key.kind.endswith("Array"):
            raise _malformed(entry["id"])
        found[key] = None if value is None else _text(key.kind, value)
    return found


def read_multi(entries: Any) -> dict[ExtendedKey, ExtendedValue | None]:  # noqa: ANN401 (a JSON value)
    """The many-valued properties of a request; None takes one away."""
    found: dict[ExtendedKey, ExtendedValue | None] = {}
    for key, entry in _entries(entries):
        values = entry.get("value")
        if not key.kind.endswith("Array") or not isinstance(values, list):
            raise _malformed(entry["id"])
        found[key] = tuple(_text(key.kind.removesuffix("Array"), value) for value in values) or None
    return found


def single_json(
    extended: Mapping[ExtendedKey, ExtendedValue], keys: frozenset[ExtendedKey]
) -> list[dict[str, Any]]:
    """Those of an item's single-valued properties that were asked for."""
    return [
        {"id": id_text(key), "value": value}
        for key, value in extended.items()
        if key in keys and isinstance(value, str)
    ]


def multi_json(
    extended: Mapping[ExtendedKey, ExtendedValue], keys: frozenset[ExtendedKey]
) -> list[dict[str, Any]]:
    """Those of an item's many-valued properties that were asked for."""
    return [
        {"id": id_text(key), "value": list(value)}
        for key, value in extended.items()
        if key in keys and not isinstance(value, str)
    ]


def of_itself(item: Item) -> dict[ExtendedKey, ExtendedValue]:
    """What Exchange says of every item of its own accord: its entry id, and that of the folder it lies in.

    PidTagEntryId and PidTagParentEntryId (MS-OXCPRPT 2.2.1). Of a meeting it knows the number of the last
    update as well: PidLidAppointmentSequence (MS-OXOCAL 2.2.1.1).
    """
    place = {_ENTRY_ID: ids.from_ews_id(item.id, "EntryId"), _PARENT_ENTRY_ID: of_folder(item.folder_id)}
    return {**place, _SEQUENCE: str(item.sequence)} if item.is_meeting else {**place}


def of_folder(folder_id: str) -> str:
    """A folder's entry id."""
    return ids.from_ews_id(folder_id, "EntryId")


def folder_json(folder_id: str, keys: frozenset[ExtendedKey]) -> list[dict[str, Any]]:
    """Those of a folder's properties that were asked for."""
    return single_json({_ENTRY_ID: of_folder(folder_id)}, keys)


def _entries(entries: Any) -> list[tuple[ExtendedKey, dict[str, Any]]]:  # noqa: ANN401 (a JSON value)
    if not isinstance(entries, list):
        raise bad_request("A collection of extended properties is expected.", "RequestBodyRead")
    found = []
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise bad_request("An extended property needs an id and a value.", "RequestBodyRead")
        found.append((parse_id(entry["id"]), entry))
    return found


def _text(kind: str, value: Any) -> str:  # noqa: ANN401 (a JSON value)
    if not isinstance(value, str):
        # Values are Edm.String whatever the property's type.
        raise bad_request(
            "Cannot convert the value of an extended property to 'Edm.String'.", "RequestBodyRead"
        )
    try:
        return checked(kind, value)
    except ExchangeError as error:
        raise GraphError(400, error.code, error.text) from error


def _kind(text: str, whole: str) -> str:
    kind = _KINDS.get(text.lower())
    if kind is None:
        raise _malformed(whole)
    return kind


def _malformed(text: str) -> GraphError:
    return GraphError(400, "ErrorInvalidProperty", f"The extended property id '{text}' is invalid.")

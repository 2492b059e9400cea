"""A server's mailboxes as one JSON file, so that it goes on where it stopped."""

from __future__ import annotations

import base64
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from vfadmin.simulator.config import MailboxSpec
from vfadmin.simulator.item import Address, Attendee, ExtendedKey, Item, Mail
from vfadmin.simulator.mailbox import Change, Folder, Mailbox
from vfadmin.simulator.recurrence import Recurrence
from vfadmin.simulator.store import Store
from vfadmin.simulator.zone_elements import read_zone, zone_document

FILE_NAME = "mailboxes.json"
_FORMAT = 2
_TIMES = frozenset(("created", "modified", "start", "end", "replied", "stamp"))
_GROUPS = frozenset(("required", "optional", "resources"))
_ZONES = frozenset(("start_zone", "end_zone"))
_RULE_DAYS = ("start", "end")


def save_store(store: Store, directory: Path, delta: list[Any]) -> None:
    """Write all mailboxes to a directory; the old file stays whole until the new one is.

    `delta` is what delta queries remember, in JSON.
    """
    with store.lock:
        value = {
            "format": _FORMAT,
            "secret": base64.b64encode(store.secret).decode(),
            "denied": sorted(store.denied),
            "outbox": [asdict(mail) for mail in store.outbox],
            "mailboxes": [_mailbox_json(mailbox) for mailbox in store.mailboxes],
            "delta": delta,
        }
    temporary = directory / f"{FILE_NAME}.new"
    with os.fdopen(
        os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(value, file)
    temporary.replace(directory / FILE_NAME)


def load_store(store: Store, directory: Path) -> list[Any]:
    """Fill an empty store from a directory and give what delta queries remember; ValueError: another format.

    Nothing happens where there is no file.
    """
    path = directory / FILE_NAME
    if not path.exists():
        return []
    value = json.loads(path.read_text("utf-8"))
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise ValueError(f"{path} has a format this version does not read")
    try:
        _fill(store, value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is no snapshot") from error
    # Files from before there was Graph have none.
    delta: list[Any] = value.get("delta", [])
    return delta


def _fill(store: Store, value: dict[str, Any]) -> None:
    store.secret = base64.b64decode(value["secret"])
    store.denied = set(value["denied"])
    store.outbox.extend(Mail(**{**mail, "recipients": tuple(mail["recipients"])}) for mail in value["outbox"])
    for mailbox in value["mailboxes"]:
        store.attach(_mailbox(mailbox))


def _mailbox_json(mailbox: Mailbox) -> dict[str, Any]:
    return {
        "spec": asdict(mailbox.spec),
        "sid": mailbox.sid,
        "guid": str(mailbox.guid),
        "epoch": str(mailbox.epoch),
        "sequence": mailbox.sequence,
        "folder_changes": _changes_json(mailbox.folder_changes),
        "folders": [_folder_json(folder) for folder in mailbox.folders.values()],
        "items": [_item_json(item) for item in mailbox.items.values()],
    }


def _folder_json(folder: Folder) -> dict[str, Any]:
    plain = {f.name: getattr(folder, f.name) for f in fields(folder) if f.name not in ("items", "changes")}
    return {**plain, "items": list(folder.items), "changes": _changes_json(folder.changes)}


def _changes_json(changes: dict[str, Change]) -> list[list[Any]]:
    return [[key, change.position, change.created, change.deleted] for key, change in changes.items()]


def _item_json(item: Item) -> dict[str, Any]:
    return _values_json({f.name: getattr(item, f.name) for f in fields(item) if f.name != "slot"})


def _values_json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value_json(name, content) for name, content in values.items()}


def _value_json(name: str, content: Any) -> Any:  # noqa: ANN401, PLR0911 (one line a kind of value)
    if name in _GROUPS:
        return [_attendee_json(attendee) for attendee in content]
    if name == "organizer":
        return asdict(content)
    if name in _ZONES and not isinstance(content, str):
        return {"definition": zone_document(content)}
    if name == "extended":
        return [[asdict(key), kept] for key, kept in content.items()]
    if name == "recurrence" and content is not None:
        days = {key: getattr(content, key) for key in _RULE_DAYS}
        return asdict(content) | {key: day and day.isoformat() for key, day in days.items()}
    if name == "overrides":
        return [[day.isoformat(), _values_json(own)] for day, own in content.items()]
    if name == "removed":
        return [day.isoformat() for day in sorted(content)]
    return content.isoformat() if isinstance(content, datetime) else content


def _attendee_json(attendee: Attendee) -> dict[str, Any]:
    value = asdict(attendee)
    value["responded"] = attendee.responded.isoformat() if attendee.responded else None
    return value


def _mailbox(value: dict[str, Any]) -> Mailbox:
    spec = MailboxSpec(**{**value["spec"], "aliases": tuple(value["spec"]["aliases"])})
    folders = [_folder(folder) for folder in value["folders"]]
    return Mailbox.restored(
        spec, value["sid"], (uuid.UUID(value["guid"]), uuid.UUID(value["epoch"])), value["sequence"], folders,
        [_item(item) for item in value["items"]], _changes(value["folder_changes"]),
    )  # fmt: skip


def _folder(value: dict[str, Any]) -> Folder:
    return Folder(**{**value, "items": dict.fromkeys(value["items"]), "changes": _changes(value["changes"])})


def _changes(value: list[list[Any]]) -> dict[str, Change]:
    return {key: Change(position, created, deleted) for key, position, created, deleted in value}


def _item(value: dict[str, Any]) -> Item:
    return Item(**_values(value))


def _values(value: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(name, content) for name, content in value.items()}


def _value(name: str, content: Any) -> Any:  # noqa: ANN401, PLR0911 (one line a kind of value)
    if name in _TIMES:
        return datetime.fromisoformat(content) if content else None
    if name in _GROUPS:
        return tuple(_attendee(attendee) for attendee in content)
    if name == "organizer":
        return Address(**content)
    if name == "categories":
        return tuple(content)
    if name == "extended":
        properties = {ExtendedKey(**key): tuple(v) if isinstance(v, list) else v for key, v in content}
        return MappingProxyType(properties)
    if name == "recurrence" and content is not None:
        days = {key: date.fromisoformat(content[key]) if content[key] else None for key in _RULE_DAYS}
        return Recurrence(**{**content, **days, "days": tuple(content["days"])})
    if name == "overrides":
        return MappingProxyType(
            {date.fromisoformat(day): MappingProxyType(_values(own)) for day, own in content}
        )
    if name == "removed":
        return frozenset(map(date.fromisoformat, content))
    if name in _ZONES and not isinstance(content, str):
        return read_zone(etree.fromstring(content["definition"]))
    return content


def _attendee(value: dict[str, Any]) -> Attendee:
    responded = datetime.fromisoformat(value["responded"]) if value["responded"] else None
    return Attendee(Address(**value["address"]), value["response"], responded)

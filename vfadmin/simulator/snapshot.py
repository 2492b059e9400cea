"""A server's mailboxes as one JSON file, so that it goes on where it stopped."""

from __future__ import annotations

import base64
import json
import os
import uuid
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vfadmin.simulator.config import MailboxSpec
from vfadmin.simulator.item import Address, Attendee, ExtendedKey, Item, Mail
from vfadmin.simulator.mailbox import Change, Folder, Mailbox
from vfadmin.simulator.store import Store

FILE_NAME = "mailboxes.json"
_FORMAT = 1
_TIMES = frozenset(("created", "modified", "start", "end", "replied", "stamp"))
_GROUPS = frozenset(("required", "optional", "resources"))


def save_store(store: Store, directory: Path) -> None:
    """Write all mailboxes to a directory; the old file stays whole until the new one is."""
    with store.lock:
        value = {
            "format": _FORMAT,
            "secret": base64.b64encode(store.secret).decode(),
            "denied": sorted(store.denied),
            "outbox": [asdict(mail) for mail in store.outbox],
            "mailboxes": [_mailbox_json(mailbox) for mailbox in store.mailboxes],
        }
    temporary = directory / f"{FILE_NAME}.new"
    with os.fdopen(
        os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(value, file)
    temporary.replace(directory / FILE_NAME)


def load_store(store: Store, directory: Path) -> None:
    """Fill an empty store from a directory; nothing where there is no file. ValueError for another format."""
    path = directory / FILE_NAME
    if not path.exists():
        return
    value = json.loads(path.read_text("utf-8"))
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise ValueError(f"{path} has a format this version does not read")
    try:
        _fill(store, value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is no snapshot") from error


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
    value: dict[str, Any] = {}
    for field in fields(item):
        content = getattr(item, field.name)
        if field.name in _GROUPS:
            content = [_attendee_json(attendee) for attendee in content]
        elif field.name == "organizer":
            content = asdict(content)
        elif field.name == "extended":
            content = [[asdict(key), kept] for key, kept in content.items()]
        elif isinstance(content, datetime):
            content = content.isoformat()
        value[field.name] = content
    return value


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
    read = dict(value)
    for name in _TIMES:
        read[name] = datetime.fromisoformat(value[name]) if value[name] else None
    for name in _GROUPS:
        read[name] = tuple(_attendee(attendee) for attendee in value[name])
    read["organizer"] = Address(**value["organizer"])
    read["categories"] = tuple(value["categories"])
    properties = {ExtendedKey(**key): tuple(v) if isinstance(v, list) else v for key, v in value["extended"]}
    read["extended"] = MappingProxyType(properties)
    return Item(**read)


def _attendee(value: dict[str, Any]) -> Attendee:
    responded = datetime.fromisoformat(value["responded"]) if value["responded"] else None
    return Attendee(Address(**value["address"]), value["response"], responded)

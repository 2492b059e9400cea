"""Opaque identifiers: case-sensitive base64 of the sizes a real server hands out.

An id carries its mailbox, as real ones do, so that a lookup needs no table of all ids. Its other bytes are
counters and mean nothing to a client.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
import uuid
from dataclasses import dataclass
from datetime import date

_HEAD = b"\x00\x03\x24\x00"
_GUID = slice(4, 40)
_ITEM_MARK = b"\x00\x46\x00\x00"
_FOLDER_MARK = b"\x00\x2e\x00\x00"
_ITEM_SIZE = 112
_FOLDER_SIZE = 90
_NUMBER = slice(100, 106)
_DAY = slice(106, 110)
_STATE = struct.Struct(">16s16sQQ")
_SIGNATURE = 32


def item_id(mailbox: uuid.UUID, folder_number: int, number: int) -> str:
    """An item's id: 152 characters. It names the folder too, so a move gives a new one (as on Exchange)."""
    body = _HEAD + str(mailbox).encode() + _ITEM_MARK + mailbox.bytes
    body += b"\x07\x00" + mailbox.bytes + folder_number.to_bytes(6, "big") + mailbox.bytes[::-1]
    body += number.to_bytes(6, "big")
    return base64.b64encode(body.ljust(_ITEM_SIZE, b"\x00")).decode()


def item_number(text: str) -> int:
    """The number of an item in its mailbox, which does not depend on the mailbox's random parts."""
    raw = _decode(text) or b""
    return int.from_bytes(raw[_NUMBER], "big")


def occurrence_id(master_id: str, day: date) -> str:
    """The id of a series' occurrence: the master's with the day it was meant for."""
    raw = bytearray(base64.b64decode(master_id))
    raw[_DAY] = day.toordinal().to_bytes(4, "big")
    return base64.b64encode(raw).decode()


def split_occurrence(text: str) -> tuple[str, date] | None:
    """The master's id and the day in an occurrence's id; None where it is no occurrence's."""
    raw = bytearray(_decode(text) or b"")
    day = int.from_bytes(raw[_DAY], "big")
    if not 1 <= day <= date.max.toordinal():
        return None
    raw[_DAY] = bytes(4)
    return base64.b64encode(raw).decode(), date.fromordinal(day)


def folder_id(mailbox: uuid.UUID, number: int) -> str:
    """A folder's id: 120 characters."""
    body = _HEAD + str(mailbox).encode() + _FOLDER_MARK + mailbox.bytes + mailbox.bytes[::-1]
    body += number.to_bytes(6, "big")
    return base64.b64encode(body.ljust(_FOLDER_SIZE, b"\x00")).decode()


def change_key(kind: bytes, mailbox: uuid.UUID, number: int) -> str:
    """A change key of 40 characters; `kind` is the first byte (0x0F calendar item, 0x02 calendar folder)."""
    body = kind + b"\x00\x00\x00\x16\x00\x00\x00" + mailbox.bytes + number.to_bytes(6, "big")
    return base64.b64encode(body).decode()


@dataclass(frozen=True, slots=True)
class ParsedId:
    """What an id says of itself."""

    mailbox: uuid.UUID
    is_folder: bool


def parse_id(text: str) -> ParsedId | None:
    """The mailbox an id belongs to and its kind; None where it is not one of ours (malformed)."""
    raw = _decode(text)
    if raw is None or len(raw) not in (_ITEM_SIZE, _FOLDER_SIZE) or raw[:4] != _HEAD:
        return None
    try:
        mailbox = uuid.UUID(raw[_GUID].decode("ascii"))
    except ValueError:
        return None
    return ParsedId(mailbox, is_folder=raw[40:44] == _FOLDER_MARK)


def is_change_key(text: str) -> bool:
    """Whether a text has the form of a change key."""
    raw = _decode(text)
    return raw is not None and len(raw) == 30  # noqa: PLR2004 (8 bytes of head, 22 of payload)


@dataclass(frozen=True, slots=True)
class SyncCursor:
    """How far a client has read: one mailbox generation, one folder (or the hierarchy), one position."""

    epoch: uuid.UUID
    mailbox: uuid.UUID
    folder: int
    position: int

    def encode(self, secret: bytes) -> str:
        """The opaque, signed state handed to the client."""
        body = _STATE.pack(self.epoch.bytes, self.mailbox.bytes, self.folder, self.position)
        return base64.b64encode(body + hmac.digest(secret, body, hashlib.sha256)).decode()

    @classmethod
    def decode(cls, text: str, secret: bytes) -> SyncCursor | None:
        """The cursor of a state that this server issued; None otherwise."""
        raw = _decode(text)
        if raw is None or len(raw) != _STATE.size + _SIGNATURE:
            return None
        body, signature = raw[: _STATE.size], raw[_STATE.size :]
        if not hmac.compare_digest(hmac.digest(secret, body, hashlib.sha256), signature):
            return None
        epoch, mailbox, folder, position = _STATE.unpack(body)
        return cls(uuid.UUID(bytes=epoch), uuid.UUID(bytes=mailbox), folder, position)


def _decode(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


# --- other forms of the same id (MS-OXWSCVTID)

ID_FORMATS = ("EwsLegacyId", "EwsId", "EntryId", "HexEntryId", "StoreId", "OwaId")
_PREFIXES = {"StoreId": b"\x01", "EwsLegacyId": b"\x02"}
_ENTRY = 44


def from_ews_id(ews_id: str, form: str) -> str:
    """An id of this server in another form."""
    raw = base64.b64decode(ews_id)
    if form == "EntryId":
        return base64.b64encode(raw[_ENTRY:]).decode()
    if form == "HexEntryId":
        return raw[_ENTRY:].hex().upper()
    if form == "OwaId":
        return base64.urlsafe_b64encode(raw).decode()
    return base64.b64encode(_PREFIXES.get(form, b"") + raw).decode()


def to_ews_id(text: str, form: str) -> str | None:
    """The id behind another form of it; None where it is malformed."""
    try:
        raw = (
            bytes.fromhex(text)
            if form == "HexEntryId"
            else base64.b64decode(text, altchars=_ALTERNATIVES.get(form))
        )
    except (ValueError, binascii.Error):
        return None
    if form in ("EntryId", "HexEntryId"):
        if len(raw) not in (_ITEM_SIZE - _ENTRY, _FOLDER_SIZE - _ENTRY):
            return None
        mark = _ITEM_MARK if len(raw) == _ITEM_SIZE - _ENTRY else _FOLDER_MARK
        raw = _HEAD + str(uuid.UUID(bytes=raw[:16])).encode() + mark + raw
    prefix = _PREFIXES.get(form, b"")
    if not raw.startswith(prefix):
        return None
    found = base64.b64encode(raw[len(prefix) :]).decode()
    return found if parse_id(found) is not None else None


_ALTERNATIVES = {"OwaId": b"-_"}

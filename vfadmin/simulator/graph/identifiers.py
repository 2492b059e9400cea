"""Identifiers of items and calendars in the forms that Graph knows ("user: translateExchangeIds").

The default form is the EWS one made fit for a URL; the immutable one names the mailbox and the write that
made the item, so it stays through moves ("Obtain immutable identifiers for Outlook resources").
"""

from __future__ import annotations

import base64
import binascii
import uuid
from dataclasses import dataclass
from datetime import date

from vfadmin.simulator import ids
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Mailbox

FORMATS = ("entryId", "ewsId", "immutableEntryId", "restId", "restImmutableEntryId")
_TO_REST = str.maketrans("/+", "-_")
_FROM_REST = str.maketrans("-_", "/+")
_HEAD = bytes.fromhex("0009002e00000000001d840311aa6611cd9bc800aa002fc45a0d00")
_IMMUTABLE_SIZE = 54


@dataclass(frozen=True, slots=True)
class ImmutableId:
    """What an immutable id says: a mailbox, the number of an item in it, and an occurrence's day."""

    mailbox: uuid.UUID
    birth: int
    day: date | None = None

    @property
    def raw(self) -> bytes:
        """The binary form."""
        day = self.day.toordinal() if self.day else 0
        body = _HEAD + self.mailbox.bytes + self.birth.to_bytes(6, "big") + day.to_bytes(4, "big")
        return body.ljust(_IMMUTABLE_SIZE, b"\x00")

    @property
    def text(self) -> str:
        """The form that requests and answers carry."""
        return base64.b64encode(self.raw).decode().translate(_TO_REST)


def to_rest(ews_id: str) -> str:
    """An EWS id of an item or a folder in Graph's default form."""
    return ews_id.translate(_TO_REST)


def from_rest(text: str) -> str:
    """The EWS id behind a default one; not checked."""
    return text.translate(_FROM_REST)


def immutable_of(item: Item, mailbox: Mailbox) -> ImmutableId:
    """The id that an item or occurrence keeps."""
    return ImmutableId(mailbox.guid, item.birth, item.slot.day if item.slot else None)


def parse_immutable(text: str) -> ImmutableId | None:
    """What an immutable id says; None where the text is none."""
    try:
        return _immutable(base64.b64decode(text.translate(_FROM_REST), validate=True))
    except (binascii.Error, ValueError):
        return None


def _immutable(raw: bytes) -> ImmutableId | None:
    if len(raw) != _IMMUTABLE_SIZE or not raw.startswith(_HEAD):
        return None
    start = len(_HEAD)
    guid = uuid.UUID(bytes=raw[start : start + 16])
    birth = int.from_bytes(raw[start + 16 : start + 22], "big")
    ordinal = int.from_bytes(raw[start + 22 : start + 26], "big")
    if ordinal > date.max.toordinal():
        return None
    return ImmutableId(guid, birth, date.fromordinal(ordinal) if ordinal else None)


# --- from one form into another


def ews_form(text: str, form: str, mailbox: Mailbox) -> str | None:
    """The EWS id behind an id in another form; None where it is malformed or names nothing here."""
    if form in ("immutableEntryId", "restImmutableEntryId"):
        try:
            raw = _unpadded(text) if form == "immutableEntryId" else _rest_bytes(text)
        except (binascii.Error, ValueError):
            return None
        found = _immutable(raw)
        return _ews_of(found, mailbox) if found is not None else None
    if form == "entryId":
        try:
            ews_id = ids.to_ews_id(base64.b64encode(_unpadded(text)).decode(), "EntryId")
        except (binascii.Error, ValueError):
            return None
        return ews_id
    ews_id = from_rest(text) if form == "restId" else text
    return ews_id if ids.parse_id(ews_id) is not None else None


def other_form(ews_id: str, form: str, mailbox: Mailbox) -> str | None:
    """An EWS id in another form; None where there is no such item whose immutable id could be told."""
    if form == "ewsId":
        return ews_id
    if form == "restId":
        return to_rest(ews_id)
    if form == "entryId":
        return _padded(base64.b64decode(ids.from_ews_id(ews_id, "EntryId")))
    parts = ids.split_occurrence(ews_id)
    item = mailbox.items.get(parts[0] if parts else ews_id)
    if item is None:
        return None
    found = ImmutableId(mailbox.guid, item.birth, parts[1] if parts else None)
    return found.text if form == "restImmutableEntryId" else _padded(found.raw)


def _ews_of(found: ImmutableId, mailbox: Mailbox) -> str | None:
    item = mailbox.by_birth(found.birth) if found.mailbox == mailbox.guid else None
    if item is None:
        return None
    return ids.occurrence_id(item.id, found.day) if found.day else item.id


def _rest_bytes(text: str) -> bytes:
    return base64.b64decode(text.translate(_FROM_REST), validate=True)


def _padded(raw: bytes) -> str:
    """URL-safe base64 whose last digit counts the padding that was left out."""
    text = base64.urlsafe_b64encode(raw).decode()
    bare = text.rstrip("=")
    return f"{bare}{len(text) - len(bare)}"


def _unpadded(text: str) -> bytes:
    if not text or text[-1] not in "012":
        raise ValueError(text)
    return base64.b64decode(text[:-1] + "=" * int(text[-1]), altchars=b"-_", validate=True)

"""What delta queries remember between calls ("Use delta query to track changes", state tokens).

The server keeps a generation for each link it gives out and forgets the oldest, as the real one does; a
token of a generation that is gone is answered with 410.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from vfadmin.simulator.graph.errors import GraphError
from vfadmin.simulator.mailbox import Mailbox

_TOKEN = struct.Struct(">B16s16sQI")
_SIGNATURE = 16
MOST_GENERATIONS = 500
# An item by its birth, and an occurrence of it by its day: what stays through a move.
Key = tuple[int, date | None]


@dataclass(frozen=True, slots=True)
class Window:
    """What a delta query watches."""

    folder_id: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Generation:
    """A point in a client's reading.

    `told`: the EWS ids it knows once the round is done, by what stays of them. `position`: how far the
    folder's changes are read then. `round`: what there is to tell, and `gone`: the ids of what was no longer
    there when the round began.
    """

    window: Window
    position: int
    told: dict[Key, str]
    round: tuple[Key, ...] = ()
    gone: dict[Key, str] = field(default_factory=dict)


class DeltaStates:
    """The generations of all mailboxes. The store's lock protects them."""

    def __init__(self) -> None:
        self._kept: dict[bytes, OrderedDict[int, Generation]] = {}
        self._highest: dict[bytes, int] = {}

    def clear(self) -> None:
        """Forget everything: all tokens are void."""
        self._kept.clear()

    def as_json(self) -> list[dict[str, Any]]:
        """All generations, to be kept in a file."""
        return [
            {
                "mailbox": guid.hex(),
                "highest": self._highest[guid],
                "generations": [[number, _generation_json(one)] for number, one in kept.items()],
            }
            for guid, kept in self._kept.items()
        ]

    def restore(self, value: list[dict[str, Any]]) -> None:
        """Take up the generations of a file; ValueError where it holds something else."""
        try:
            for entry in value:
                guid = bytes.fromhex(entry["mailbox"])
                self._highest[guid] = entry["highest"]
                generations = ((number, _generation(one)) for number, one in entry["generations"])
                self._kept[guid] = OrderedDict(generations)
        except (KeyError, TypeError) as error:
            raise ValueError("these are no states of delta queries") from error

    def forget(self, mailbox: Mailbox) -> None:
        """Void the tokens of one mailbox."""
        self._kept.pop(mailbox.guid.bytes, None)

    def keep(self, mailbox: Mailbox, generation: Generation) -> int:
        """Keep a generation and give its number; the oldest beyond the limit is forgotten."""
        guid = mailbox.guid.bytes
        kept = self._kept.setdefault(guid, OrderedDict())
        number = self._highest[guid] = self._highest.get(guid, 0) + 1
        kept[number] = generation
        while len(kept) > MOST_GENERATIONS:
            kept.popitem(last=False)
        return number

    def find(self, mailbox: Mailbox, token: str, kind: str, secret: bytes) -> tuple[int, Generation, int]:
        """The generation of a token and the place in its round.

        400 for a token that is none of ours, 410 for one whose generation or mailbox is gone.
        """
        raw = _decode(token)
        if raw is None or not hmac.compare_digest(_sign(raw[: _TOKEN.size], secret), raw[_TOKEN.size :]):
            raise GraphError(400, "ErrorInvalidUrlQuery", "Badly formed token.")
        letter, guid, epoch, number, offset = _TOKEN.unpack(raw[: _TOKEN.size])
        if letter != ord(kind):
            raise GraphError(400, "ErrorInvalidUrlQuery", "Badly formed token.")
        kept = self._kept.get(guid, OrderedDict())
        if guid != mailbox.guid.bytes or epoch != mailbox.epoch.bytes or number not in kept:
            raise lost(number, self._highest.get(mailbox.guid.bytes, 0))
        kept.move_to_end(number)
        return number, kept[number], offset

    @staticmethod
    def token(mailbox: Mailbox, kind: str, number: int, offset: int, secret: bytes) -> str:
        """An opaque token: `kind` is s for the rest of a round, d for the next one."""
        body = _TOKEN.pack(ord(kind), mailbox.guid.bytes, mailbox.epoch.bytes, number, offset)
        return base64.urlsafe_b64encode(body + _sign(body, secret)).decode().rstrip("=")


def _generation_json(generation: Generation) -> dict[str, Any]:
    window = generation.window
    return {
        "folder": window.folder_id,
        "window": [window.start.isoformat(), window.end.isoformat()],
        "position": generation.position,
        "told": [[*_key_json(key), known] for key, known in generation.told.items()],
        "round": [_key_json(key) for key in generation.round],
        "gone": [[*_key_json(key), known] for key, known in generation.gone.items()],
    }


def _generation(value: dict[str, Any]) -> Generation:
    start, end = (datetime.fromisoformat(text) for text in value["window"])
    told, gone = ({_key(*key): known for *key, known in value[name]} for name in ("told", "gone"))
    entries = tuple(_key(*key) for key in value["round"])
    return Generation(Window(value["folder"], start, end), value["position"], told, entries, gone)


def _key_json(key: Key) -> list[Any]:
    return [key[0], key[1].isoformat() if key[1] else None]


def _key(birth: int, day: str | None) -> Key:
    return birth, date.fromisoformat(day) if day else None


def lost(number: int, highest: int) -> GraphError:
    """410 for a state that the server no longer has."""
    return GraphError(
        410,
        "SyncStateNotFound",
        f"The sync state generation is not found; generation={number};[highest={highest}].",
    )


def _decode(token: str) -> bytes | None:
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == _TOKEN.size + _SIGNATURE else None


def _sign(body: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, body, hashlib.sha256)[:_SIGNATURE]

"""Whose word counts: the public keys and the address that the build put into the program."""

from __future__ import annotations

import base64
import binascii
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vfadmin import assets
from vfadmin.services.web_addresses import is_https

ASSET = "update/publisher.json"
"""There in a build that knows its publisher; never in a checkout."""
LEFT_OFF = "no-update-check"
"""A file beside the program by which whoever installed it says: ask nobody, whatever is set."""
KEY_BYTES = 32
_MOST_KEYS = 8


class PublisherError(ValueError):
    """A file that names no publisher: the build was put together wrongly."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Raw Ed25519 public ``keys`` (RFC 8032), any of which may have signed; without one nobody is asked.

    ``url`` is where the manifest is by default, ``left_off`` what whoever installed the program chose.
    """

    keys: tuple[bytes, ...] = ()
    url: str = ""
    left_off: bool = False


def built_in() -> Publisher:
    """What this program was built with. Raises PublisherError."""
    try:
        text = assets.read_text(ASSET)
    except FileNotFoundError:
        return Publisher()
    found = parsed(text)
    return Publisher(found.keys, found.url, left_off=_left_off(Path(sys.executable).parent))


def _left_off(folder: Path) -> bool:
    return bool(getattr(sys, "frozen", False)) and (folder / LEFT_OFF).exists()


def parsed(text: str) -> Publisher:
    """The publisher of such a file: an object with ``keys`` (base64) and ``url``. Raises PublisherError."""
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise PublisherError("no JSON") from broken
    if not isinstance(told, dict) or not isinstance(told.get("keys"), list):
        raise PublisherError("no publisher")
    keys = tuple(_key(one) for one in told["keys"])
    url = told.get("url", "")
    if not 0 < len(keys) <= _MOST_KEYS:
        raise PublisherError("as many keys as one to eight are of use")
    if not isinstance(url, str) or (url and not is_https(url)):
        raise PublisherError("the address is none of https")
    return Publisher(keys, url)


def written(publisher: Publisher) -> str:
    """The file of which `parsed` makes the same again."""
    keys = [base64.b64encode(one).decode() for one in publisher.keys]
    return json.dumps({"keys": keys, "url": publisher.url}, indent=2) + "\n"


def _key(text: object) -> bytes:
    try:
        raw = base64.b64decode(text if isinstance(text, str) else "", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise PublisherError("a key is 32 bytes in base64")
    return raw

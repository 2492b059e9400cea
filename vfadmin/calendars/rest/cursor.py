"""How far a person's calendar was read over REST.

The interface keeps no cursors, so this one holds what was told: the version of every event by its id. What
is listed with another version has changed, and what is not listed any more may be gone. It also
holds the fingerprint of the field map: read by another map, everything is read anew.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vfadmin.errors import CursorLost, failure

_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RestCursor:
    """``known`` are versions by id; ``listing`` is true until everything has been told once.

    ``since`` is the server's time before the last list from which something was told, ``whole`` that before
    the last list of everything; both None where lists are always of everything.
    """

    map: str
    person: int
    known: Mapping[str, str] = field(default_factory=dict)
    listing: bool = False
    since: datetime | None = None
    whole: datetime | None = None

    def token(self) -> str:
        """The opaque form that the engine keeps."""
        data: dict[str, Any] = {"m": self.map, "p": self.person, "k": dict(sorted(self.known.items()))}
        data["l"] = self.listing
        data["t"] = [None if one is None else one.isoformat() for one in (self.since, self.whole)]
        return base64.b64encode(zlib.compress(json.dumps(data).encode())).decode()

    @classmethod
    def parse(cls, token: str) -> RestCursor:
        """The cursor of a token. Raises CursorLost for anything else."""
        try:
            packed = zlib.decompressobj()
            text = packed.decompress(base64.b64decode(token, validate=True), _LARGEST)
            data = json.loads(text)
            since, whole = (None if one is None else datetime.fromisoformat(one) for one in data["t"])
            return cls(str(data["m"]), int(data["p"]), dict(data["k"]), bool(data["l"]), since, whole)
        except (binascii.Error, zlib.error, ValueError, KeyError, TypeError) as error:
            raise CursorLost(failure("EX-CAL-02")) from error

"""Who may ask: the customer's name, a time that is near ours, and the hash over it.

From the help page *REST-rajapinta*: MD5 of ``{timestamp}/{resource}/{transfer key}``, in hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from vfadmin.simulator.valueframe.config import ResourceSpec, ValueFrameConfig

_DIGITS = 15


def admits(config: ValueFrameConfig, spec: ResourceSpec, headers: Mapping[str, str], now: datetime) -> bool:
    """Whether a request's headers (names in lower case) are a customer's own."""
    stamp = headers.get("x-vf-rest-timestamp", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= _DIGITS):
        return False
    if abs(int(stamp) - now.timestamp()) > config.tolerance_s:
        return False
    wanted = hashlib.md5(f"{stamp}/{spec.name}/{spec.key}".encode(), usedforsecurity=False).hexdigest()
    given = headers.get("x-vf-rest-hash", "")
    named = headers.get("x-vf-rest-user") == config.user
    return named and hmac.compare_digest(given.encode(), wanted.encode())

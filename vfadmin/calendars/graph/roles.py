"""What a token says that the application may do."""

from __future__ import annotations

import base64
import binascii
import json
import time
from collections.abc import Callable

ROLE = "Calendars.ReadWrite"
"""The one permission that is needed."""

HOLD = 60.0
"""Seconds in which nobody else asks, once a mailbox was refused under a token that names no permission."""
_LATELY = 600.0

_JWT_PARTS = 3


class Consent:
    """Whether asking is of any use: without a permission every mailbox of a tenant is refused alike.

    Where Exchange gives the right (RBAC for Applications) no token names it either; while any mailbox was
    reached lately, the refusal of one is its own.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._reached = self._refused = float("-inf")

    @property
    def missing(self) -> bool:
        """Whether a mailbox was refused a moment ago, and none was reached lately."""
        return self._monotonic() - self._refused < HOLD

    def reached(self) -> None:
        """A mailbox was reached."""
        self._reached, self._refused = self._monotonic(), float("-inf")

    def refused(self) -> None:
        """A mailbox was refused under a token that names no permission."""
        now = self._monotonic()
        if now - self._reached >= _LATELY:
            self._refused = now


def roles_of(token: str) -> tuple[str, ...]:
    """The permissions a token says it gives; it is read for its word and not believed: Graph decides."""
    parts = token.split(".")
    if len(parts) != _JWT_PARTS:
        return ()
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error):
        return ()
    roles = claims.get("roles") if isinstance(claims, dict) else None
    return tuple(sorted(str(one) for one in roles)) if isinstance(roles, list) else ()

"""Failures as values.

Whatever goes wrong outside becomes one `Failure`: a stable code and three facts the rest of the
program acts on. Texts live in ``resources/messages/`` under the code, never here.

::

    VfadminError           carries one Failure
    ├── UsageError         what the caller asked for cannot be done; nothing was done
    ├── StoreError         the database or the home directory
    ├── SecretError        the operating system's keyring
    └── CalendarError      a calendar, whoever keeps it
        ├── CursorLost     the change cursor is unknown to the far side: list everything again
        ├── StaleVersion   the item moved since it was read: read again, decide again
        ├── ItemGone       the id names nothing any more
        └── Refused        the far side took nothing of what was sent, for certain
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Scope(StrEnum):
    """How much stands still because of a failure."""

    ITEM = "item"
    MAILBOX = "mailbox"
    CONNECTION = "connection"


class Kind(StrEnum):
    """What may end a failure: time, nothing, or somebody's hand."""

    TRANSIENT = "transient"
    PERMANENT = "permanent"
    NEEDS_PERSON = "needs-a-person"


Params = Mapping[str, str | int | float]


def _no_params() -> Params:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure: a stable ``code``, its ``scope`` and ``kind``, and what its text mentions.

    ``params`` fills the places of the message; it never holds a secret or an event's text.
    ``retry_after`` is in seconds and set only when the far side named a time.
    """

    code: str
    scope: Scope
    kind: Kind
    params: Params = field(default_factory=_no_params)
    retry_after: float | None = None

    @property
    def transient(self) -> bool:
        """Whether waiting may heal it."""
        return self.kind is Kind.TRANSIENT


class VfadminError(Exception):
    """The root of everything vfadmin raises on purpose."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


class UsageError(VfadminError):
    """The request itself cannot be fulfilled; nothing was changed."""


class StoreError(VfadminError):
    """The database or the home directory cannot be used."""


class SecretError(VfadminError):
    """The operating system's keyring cannot be used or holds no such secret."""


class CalendarError(VfadminError):
    """A calendar did not do what it was asked."""


class CursorLost(CalendarError):
    """The change cursor means nothing to the far side any more."""


class StaleVersion(CalendarError):
    """A conditional write met a newer version; nothing was written."""


class ItemGone(CalendarError):
    """The id names no item in this calendar."""


class Refused(CalendarError):
    """The far side was not reached, or answered that it did nothing: no write took place."""

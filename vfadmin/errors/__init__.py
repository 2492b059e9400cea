"""The closed set of errors; see `failure` for the tree and `codes` for the set."""

from __future__ import annotations

from vfadmin.errors.codes import CODES, failure, recoded
from vfadmin.errors.failure import (
    CalendarError,
    CursorLost,
    Failure,
    ItemGone,
    Kind,
    Params,
    Refused,
    Scope,
    SecretError,
    StaleVersion,
    StoreError,
    UsageError,
    VfadminError,
)

__all__ = [
    "CODES",
    "CalendarError",
    "CursorLost",
    "Failure",
    "ItemGone",
    "Kind",
    "Params",
    "Refused",
    "Scope",
    "SecretError",
    "StaleVersion",
    "StoreError",
    "UsageError",
    "VfadminError",
    "failure",
    "recoded",
]

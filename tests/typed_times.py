"""A time must not reach SQLite's driver as it is: it would be stored in the driver's form and not in ours."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime


def refuse_untyped() -> None:
    """Refuse times whose parameter has no type; from Python 3.12 on the driver's own way is deprecated."""
    for kind in (date, datetime):
        sqlite3.register_adapter(kind, _refuse)


def _refuse(moment: date) -> str:
    raise TypeError(f"{moment!r} came to the driver untouched: its parameter has no type")

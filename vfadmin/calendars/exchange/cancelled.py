"""What a point read answers in place of a meeting that is none any more."""

from __future__ import annotations

from enum import Enum


class Cancelled(Enum):
    """In place of an item: its organizer has cancelled the meeting."""

    CANCELLED = "cancelled"

"""Events as the documents that pairs, intents and history keep."""

from __future__ import annotations

from functools import lru_cache

from vfadmin.calendars.codec import to_json
from vfadmin.calendars.event import Event
from vfadmin.models.documents import Document

_LONG = 20_000
"""Characters of a text that is not worth its place in memory, nor are the many texts of a series."""


def document(event: Event) -> Document:
    """The event as JSON.

    One write is told in six places, most of which say the same of the event.
    """
    is_long = event.recurrence is not None or len(event.text) > _LONG
    return _made(event) if is_long else _remembered(event)


def _made(event: Event) -> Document:
    return Document(to_json(event))


_remembered = lru_cache(maxsize=512)(_made)

"""JSON that is written as text once, though several rows keep it."""

from __future__ import annotations

import json
from typing import Any

_EMPTY: tuple[object, ...] = ([], {})


class Document(dict[str, Any]):
    """A JSON object that nobody changes any more, and that remembers its text."""

    __slots__ = ("_text",)
    _text: str

    @property
    def text(self) -> str:
        """The object as JSON."""
        try:
            return self._text
        except AttributeError:
            self._text = json.dumps(self)
            return self._text


def as_json(value: object) -> str:
    """Any value as JSON, as a database takes it."""
    if isinstance(value, Document):
        return value.text
    if value in _EMPTY:  # as most lists of exceptions and details are
        return "[]" if isinstance(value, list) else "{}"
    return json.dumps(value)

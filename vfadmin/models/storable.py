"""What every database has a place for: texts in UTF-8 without NUL. SQLite takes more, PostgreSQL does not."""

from __future__ import annotations

from typing import Any


def storable(text: str) -> str:
    """The text without NUL, and with a replacement for half a surrogate pair: neither is text in UTF-8."""
    if text.isascii():
        return text.replace("\0", "")
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "")


def storable_json(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The same of every text in a JSON value."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(name)): storable_json(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(one) for one in value]
    return value

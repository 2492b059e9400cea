"""Ids and versions of the store between their number and the text everybody else knows them by."""

from __future__ import annotations

_LARGEST = 2**63 - 1
_DIGITS = len(str(_LARGEST))


def number_of(text: str) -> int | None:
    """The id or version that the text is, in the one form in which it was given out."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        return None
    number = int(text)
    return number if number <= _LARGEST and str(number) == text else None

"""Bytes as text: with a mark at the start, without one, and as Windows wrote it before there were marks."""

from __future__ import annotations

import codecs
import re

from vfadmin.services.sheets.grid import Trouble, UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOK = 4096
_ONE_BYTE = re.compile(r"iso8859-\d+|cp(?:125\d|437|850|852|858|865|866)|koi8-[ru]|mac-roman")
"""The encodings a file may name for itself: what else is named it is not in, or it is none of texts."""
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{3,40})", re.IGNORECASE)
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f]")
_MOST_STRANGE = 0.01
"""So large a share of control characters no list has."""


def text_of(content: bytes) -> str:
    """The text. Raises UnreadableError for what is none."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _plausible(content[len(mark) :].decode(name, "replace"))
    encoding = _unmarked(content[:_LOOK])
    if encoding is not None:
        return _plausible(content.decode(encoding, "replace"))
    try:
        return _plausible(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _plausible(content.decode(_declared(content[:_LOOK]) or "cp1252", "replace"))


def _unmarked(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of what people write in the west is zero."""
    even, odd = start[::2], start[1::2]
    if not odd or b"\0" not in start:
        return None
    most = len(odd) * 0.4
    if odd.count(0) > most and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > most and not odd.count(0) else None


def _declared(start: bytes) -> str | None:
    """The encoding that a text in none of Unicode's names for itself, where it can be."""
    found = _CHARSET.search(start)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return None
    # As browsers do: whoever says Latin-1 has Windows' quotation marks and euro sign in it.
    return name if _ONE_BYTE.fullmatch(name) and name != "iso8859-1" else None


def _plausible(text: str) -> str:
    strange = len(_STRANGE.findall(text[: _LOOK * 4]))
    if strange > _MOST_STRANGE * max(100, min(len(text), _LOOK * 4)):
        raise UnreadableError(Trouble.KIND)
    return text

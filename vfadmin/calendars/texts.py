"""Texts in canonical form: what a server's habits do to a text is no difference."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (section 2.2, Char) lets stand in no document."""
_BLANK_RUN = re.compile(r"[\s]+")
_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")


def canonical_text(text: str) -> str:
    """NFC, LF line ends, no trailing blanks, nothing XML 1.0 forbids, no-break space as space."""
    if text.isascii() and text.isprintable():
        return text.rstrip()  # one plain line, as most titles and places are
    lines = text.replace("\r\n", "\n").replace("\xa0", " ")
    if not lines.replace("\n", "").isprintable():
        # Most bodies are plain lines, and need none of this.
        lines = _FORBIDDEN.sub("", _BREAKS.sub("\n", text).replace("\xa0", " "))
    text = unicodedata.normalize("NFC", lines)
    if " \n" in text or "\t" in text:
        text = _TRAILING.sub("", text)
    return text.strip("\n").rstrip()


def canonical_line(text: str, limit: int) -> str:
    """`canonical_text` on one line, cut to ``limit`` UTF-16 units without splitting a character."""
    line = _BLANK_RUN.sub(" ", canonical_text(text)).strip()
    return cut_utf16(line, limit).rstrip()


def cut_utf16(text: str, limit: int) -> str:
    """The longest start of ``text`` that takes at most ``limit`` UTF-16 units."""
    if len(text) * 2 <= limit:
        return text
    units = 0
    for index, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1  # noqa: PLR2004 - the end of the basic plane
        if units > limit:
            return text[:index]
    return text

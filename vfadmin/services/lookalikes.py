"""Letters that look like ones of the Latin alphabet and are none, in addresses somebody copied together."""

from __future__ import annotations

import unicodedata

from vfadmin.errors import UsageError, failure

_ALIKE = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL"})
"""The first words of the names of letters that are taken for others (Unicode Technical Standard 39, 4)."""
_SHOWN_LIMIT = 80


def without_lookalikes(text: str) -> str:
    """The text. Raises UsageError VF-LOGIN-07 if Latin letters stand beside such as only look like them.

    An address wholly in another script is as good as any.
    """
    if text.isascii():
        return text
    scripts = {char: _script(char) for char in text if char.isalpha()}
    strange = next((char for char, script in scripts.items() if script in _ALIKE), None)
    if strange is not None and "LATIN" in scripts.values():
        named = f"{strange} ({unicodedata.name(strange)})"
        raise UsageError(failure("VF-LOGIN-07", value=text[:_SHOWN_LIMIT], character=named))
    return text


def _script(char: str) -> str:
    return "LATIN" if char.isascii() else unicodedata.name(char, "").partition(" ")[0]

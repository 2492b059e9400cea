"""Characters that look like ones of the keyboard and are none, in addresses somebody copied together."""

from __future__ import annotations

import unicodedata

from vfadmin.errors import UsageError, failure

_ALIKE = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL"})
"""The first words of the names of letters that are taken for others (Unicode Technical Standard 39, 4)."""
_SIGNS = frozenset(
    "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{PRIME}\N{ACUTE ACCENT}"
)
"""What a word processor makes of a hyphen and an apostrophe, of its own accord."""
_SHOWN_LIMIT = 80


def without_lookalikes(text: str) -> str:
    """The text. Raises UsageError VF-LOGIN-07 if Latin letters stand beside such as only look like them.

    An address wholly in another script is as good as any; a sign or digit that only looks right is in none.
    """
    if text.isascii():
        return text
    scripts = {char: _script(char) for char in text if char.isalpha()}
    strange = next((char for char, script in scripts.items() if script in _ALIKE), None)
    if strange is None or "LATIN" not in scripts.values():
        strange = next((char for char in text if _is_dressed_up(char)), None)
    if strange is not None:
        named = f"{strange} ({unicodedata.name(strange)})"
        raise UsageError(failure("VF-LOGIN-07", value=text[:_SHOWN_LIMIT], character=named))
    return text


def _is_dressed_up(char: str) -> bool:
    """Whether it is one of those signs, a digit of another script, or one character made of usual ones."""
    if char.isascii():
        return False
    plain = unicodedata.normalize("NFKC", char)
    return char in _SIGNS or char.isdigit() or (plain.isascii() and not plain.isspace())


def _script(char: str) -> str:
    return "LATIN" if char.isascii() else unicodedata.name(char, "").partition(" ")[0]

"""The guide inside the program: the same pages as ``docs/guide/{fi,en}``, read where there is no network."""

from __future__ import annotations

import re
import unicodedata

from vfadmin import assets
from vfadmin.errors.texts import language

COVER = "index"
"""The chapter that lists the others."""
CHAPTERS = frozenset({COVER, "start", "stuck", "tasks", "exchange", "security", "operator"})
_ELSEWHERE = re.compile(r"\[([^\]]+)\]\(\.\./\.\./(?!errors/)[^)]*\)")


def chapter(name: str, lang: str) -> str:
    """A chapter in Markdown, or the cover for an unknown one; no link leads to what only a checkout has."""
    known = name if name in CHAPTERS else COVER
    return _ELSEWHERE.sub(r"\1", assets.read_text(f"guide/{language(lang)}/{known}.md"))


def anchor(heading: str) -> str:
    """What a link to that heading ends with, as the documentation's site makes it."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())

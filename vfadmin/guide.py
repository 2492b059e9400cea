"""The guide inside the program: the same pages as ``docs/guide/{fi,en}``, read where there is no network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from vfadmin import assets
from vfadmin.errors.pages import FENCE, folded
from vfadmin.errors.texts import language

COVER = "index"
"""The chapter that lists the others."""
CHAPTERS = frozenset({COVER, "start", "stuck", "tasks", "exchange", "security", "operator"})
_HEADING = re.compile(r"^(#+) +(.+?) *$", re.MULTILINE)
_ELSEWHERE = re.compile(r"\[([^\]]+)\]\(\.\./\.\./(?!errors/)[^)]*\)")


def chapter(name: str, lang: str) -> str:
    """A chapter in Markdown, or the cover for an unknown one; no link leads to what only a checkout has."""
    known = name if name in CHAPTERS else COVER
    return _ELSEWHERE.sub(r"\1", assets.read_text(f"guide/{language(lang)}/{known}.md"))


def anchor(heading: str) -> str:
    """What a link to that heading ends with, as the documentation's site makes it."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


@dataclass(frozen=True, slots=True)
class Place:
    """A heading of the guide: of which chapter, and where one gets there; ``anchor`` is empty for its top."""

    chapter: str
    title: str
    heading: str
    anchor: str


def places(lang: str) -> Iterator[Place]:
    """All chapters, each before its headings, in the order in which the cover names them."""
    for name in sorted(CHAPTERS, key=chapter(COVER, lang).find):
        title = ""
        for level, text in _HEADING.findall(FENCE.sub("", chapter(name, lang))):
            heading = text.replace("`", "").replace("**", "")
            title = heading if level == "#" else title
            yield Place(name, title, heading, "" if level == "#" else anchor(heading))


def matching(words: str, lang: str) -> list[Place]:
    """Where the guide speaks of that: headings with all the words, chapters first.

    Behind them headings with some of the words, where the chapter's has the rest.
    """
    wanted = folded(words).split()
    whole, part = list[Place](), list[Place]()
    for one in places(lang):
        here = [word in folded(one.heading) for word in wanted]
        if wanted and all(here):
            whole.append(one)
        elif any(here) and all(word in folded(f"{one.title} {one.heading}") for word in wanted):
            part.append(one)
    return [*(one for one in whole if not one.anchor), *(one for one in whole if one.anchor), *part]

"""The help pages of the errors: one for each code and language, and one that lists them all.

They are files, ``docs/errors/{fi,en}/CODE.md`` in a checkout, and ship inside the program: it must help where
there is no network. See `made` for the parts of a page that are made from the closed set and the messages.
"""

from __future__ import annotations

import re
import unicodedata

from vfadmin import assets
from vfadmin.errors.codes import CODES
from vfadmin.errors.texts import language

INDEX = "index"
_MARK = re.compile(r"<!--.*?-->\n?\n?", re.DOTALL)
FENCE = re.compile(r"^```\w*\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
"""A block of commands."""
_LINK_ALONE = re.compile(r"^\[[^\]]+\]\(\S+\)$", re.MULTILINE)
_LINK = re.compile(r"\[(.+?)\]\(.+?\)")
_SIGNS = re.compile(r"\*\*|^#+ |(?<!\\)`", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*<\[])")
_ENTRY = re.compile(r"- \[([A-Z0-9-]+)\]")
_CODE = re.compile(r"(VF|EX)[\W_]*([A-Z]+)[\W_]*(\d{1,2})", re.IGNORECASE)


def page(code: str, lang: str) -> str:
    """The page of a code in Markdown, or the one that lists all of them for an unknown one."""
    name = code if code in CODES else INDEX
    return _MARK.sub("", assets.read_text(f"errors/{language(lang)}/{name}.md"))


def find(word: str) -> str | None:
    """The code somebody means who types it from a screen or a telephone: ``ex conn 2``; None for none."""
    match = _CODE.fullmatch(word.strip())
    if match is None:
        return None
    code = f"{match[1]}-{match[2]}-{int(match[3]):02}".upper()
    return code if code in CODES else None


def plain(text: str) -> str:
    """A page as it reads without Markdown's signs; commands stand indented."""
    parts = FENCE.split(text)
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = "\n".join(f"    {line}" for line in part.splitlines())
        else:
            parts[place] = _ESCAPED.sub(r"\1", _SIGNS.sub("", _LINK.sub(r"\1", _LINK_ALONE.sub("", part))))
    return "".join(parts).strip()


def commands(text: str) -> list[str]:
    """The commands of a page, one line each, in its order."""
    return [line for block in FENCE.findall(text) for line in block.splitlines()]


def folded(text: str) -> str:
    """A text as it is compared with what somebody types: whatever the case, and å is no a."""
    return unicodedata.normalize("NFC", text).casefold()


def matching(words: str, lang: str) -> tuple[str, list[str]]:
    """The list with only what has all these words in its code or message, and the codes that are left."""
    wanted = folded(words).split()
    kept: list[str] = []
    codes: list[str] = []
    for line in page(INDEX, lang).splitlines():
        entry = _ENTRY.match(line)
        if entry is None and line.startswith("# "):
            kept.append(f"{line}\n")
        elif entry is not None and all(word in folded(plain(line)) for word in wanted):
            kept.append(line)
            codes.append(entry[1])
    return "\n".join(kept), codes

"""The line below a text that tells a reader who takes part.

Over Graph nobody can be invited without a mail (R9), so the names stand in the text. They are no part of it:
reading takes the line away again, and only where we have noted down ourselves who takes part.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_BEGINS = "[ValueFrame: "
_LINE = re.compile(r"(?:\A|\n)[^\S\n]*\[ValueFrame: [^\n]*\][^\S\n]*\s*\Z")
_IN_HTML = re.compile(r"\[ValueFrame: [^<\]]*\]")
_END = re.compile(r"</body\s*>", re.IGNORECASE)
_BREAKING = str.maketrans({"[": "(", "]": ")", "<": "(", ">": ")", "\n": " ", "\r": " "})


def of(names: Iterable[str]) -> str:
    """The line with these names; empty for nobody."""
    told = ", ".join(sorted(" ".join(name.translate(_BREAKING).split()) for name in names))
    return f"{_BEGINS}{told}]" if told else ""


def below(text: str, own: str) -> str:
    """The text with that line below it."""
    if not own:
        return text
    return f"{text}\n\n{own}" if text else own


def without(text: str) -> str:
    """The text above the line, if it ends in one."""
    return _LINE.sub("", text.replace("\r\n", "\n").rstrip())


def in_html(content: str, own: str) -> str:
    """A formatted text with that line at its end, in place of an earlier one; nothing else is touched."""
    written = html.escape(own, quote=False)
    found = list(_IN_HTML.finditer(content))
    if found:
        last = found[-1]
        return content[: last.start()] + written + content[last.end() :]
    if not own:
        return content
    paragraph = f"<div><br></div><div>{written}</div>"
    end = _END.search(content)
    return content + paragraph if end is None else content[: end.start()] + paragraph + content[end.start() :]

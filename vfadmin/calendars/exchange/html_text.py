"""The words of an HTML text, for servers that give nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = frozenset({"head", "script", "style", "title"})
_BLOCKS = frozenset(
    {"address", "blockquote", "div", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol"}
    | {"p", "pre", "section", "table", "tr", "ul"}
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def text_of(html: str) -> str:
    """The text as a reader sees it: blocks and breaks begin lines, runs of blanks are one.

    A no-break space stays one, and marks the empty line a client writes as a paragraph of its own.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(reader.lines())


class _Reader(HTMLParser):
    """Collects lines. Takes anything: what is no HTML is text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[str] = []
        self._line: list[str] = []
        self._unseen = 0
        self._verbatim = 0

    def lines(self) -> list[str]:
        """What was read, line by line."""
        self._end_line()
        return self._done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        """A block begins a line, a break ends one."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._end_line(empty=True)
        elif tag in _BLOCKS:
            self._end_line()
            self._verbatim += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in _BLOCKS:
            self._end_line()
            self._verbatim = max(self._verbatim - (tag == "pre"), 0)

    def handle_data(self, data: str) -> None:
        """Words, unless they are a script's or a style's."""
        if not self._unseen:
            self._line.append(data if self._verbatim else _BLANKS.sub(" ", data))

    def _end_line(self, *, empty: bool = False) -> None:
        text = "".join(self._line)
        if not self._verbatim:
            text = re.sub(" +", " ", text).strip(" ")
        if text or empty:
            self._done.append(text)
        self._line = []

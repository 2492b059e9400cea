"""Item bodies: Exchange keeps one format and makes the others from it.

Here HTML is kept. Texts given as plain text come back as HTML and as text with CRLF, wrapped and re-spaced
the way a real server does it, so that a client which compares markup is found out.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.parser import HTMLParser

from vfadmin.simulator.names import words

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile("^ +|  +")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_ACTIVE = re.compile(r"<(script|iframe|object)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_BLOCKS = frozenset(
    words(
        """
    address article blockquote center dd div dl dt fieldset form h1 h2 h3 h4 h5 h6 header hr li ol p pre
    section table tr ul
    """
    )
)
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"))
_SILENT = frozenset(("head", "style", "script", "title"))
_META = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
_STAMP = '<div class="Checked">Checked by the mail gateway.</div>'
_FROM_TEXT = f"""<html>
<head>
{_META}
<meta name="Generator" content="Microsoft Exchange Server">
<!-- converted from text -->
<style><!-- .EmailQuote {{ margin-left: 1pt; padding-left: 4pt; border-left: #800000 2px solid; }} --></style>
</head>
<body>
<font size="2"><span style="font-size:11pt;"><div class="PlainText">%s</div></span></font>
</body>
</html>
"""


def legal(text: str) -> str:
    """A text without the characters XML cannot carry (Exchange never returns them)."""
    return _ILLEGAL.sub("", text)


def crlf(text: str) -> str:
    """A text with CRLF line ends."""
    return _NEWLINE.sub("\r\n", text)


@lru_cache(maxsize=4096)
def html_from_text(text: str) -> str:
    """The HTML a server makes of a plain text; an empty text stays empty."""
    if not text:
        return ""
    lines = _NEWLINE.split(legal(text))
    spaced = (html.escape(line, quote=False).replace("\t", "&nbsp;&nbsp;&nbsp; ") for line in lines)
    body = "<br>\n".join(_BLANKS.sub(_kept_blanks, line) for line in spaced)
    return crlf(_FROM_TEXT.replace("%s", body))


def _kept_blanks(run: re.Match[str]) -> str:
    """Blanks that a browser would fold away, as no-break spaces; inside a line the last one may break."""
    if run.start() == 0:
        return "&nbsp;" * len(run[0])
    return "&nbsp;" * (len(run[0]) - 1) + " "


@lru_cache(maxsize=4096)
def normal_html(markup: str) -> str:
    """HTML as a server keeps it: whole document, CRLF, no active content."""
    if not markup.strip():
        return ""
    cleaned = _ACTIVE.sub("", legal(markup))
    if not re.search(r"<body\b|<html\b", cleaned, re.IGNORECASE):
        cleaned = f"<html>\n<head>\n{_META}\n</head>\n<body>\n{cleaned}\n</body>\n</html>\n"
    elif not re.search(r"<head\b", cleaned, re.IGNORECASE):
        cleaned = re.sub(
            r"(<html\b[^>]*>|^)\s*", rf"\1\n<head>\n{_META}\n</head>\n", cleaned, count=1, flags=re.IGNORECASE
        )
    return crlf(cleaned)


def rewritten(markup: str) -> str:
    """A body as a gateway leaves it: one more line at its end, however often it comes by."""
    if _STAMP in markup:
        return markup
    body, end, rest = markup.partition("</body>")
    return f"{body}{_STAMP}{end}{rest}"


@lru_cache(maxsize=4096)
def text_from_html(markup: str) -> str:
    """The text view of an HTML body: CRLF, one line end after the last line, links as `text<address>`."""
    if not markup:
        return ""
    reader = _TextReader()
    reader.feed(markup)
    reader.close()
    return crlf(reader.text())


class _TextReader(HTMLParser):
    """Collects visible text; blocks begin on a line of their own, white space collapses outside `pre`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._silent = 0
        self._pre = 0
        self._links: list[tuple[str, int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._break()
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._lines), len(self._line)))
        elif tag in _BLOCKS:
            self._block(spaced=tag in _SPACED)
            self._pre += tag == "pre"
            if tag == "li":
                self._line = "  * "
        elif tag in ("td", "th") and self._line.strip():
            self._line = self._line.rstrip() + "\t"

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a" and self._links:
            self._close_link()
        elif tag in _BLOCKS:
            self._pre -= tag == "pre" and self._pre > 0
            self._block(spaced=tag in _SPACED)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._pre:
            first, *rest = _NEWLINE.split(data)
            self._line += first
            for line in rest:
                self._break()
                self._line = line
            return
        collapsed = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self._line or self._line.endswith((" ", "\t")):
            collapsed = collapsed.removeprefix(" ")
        self._line += collapsed

    def _close_link(self) -> None:
        href, line, column = self._links.pop()
        shown = self._line[column:] if line == len(self._lines) else None
        address = href.removeprefix("mailto:")
        if address and shown is not None and shown.strip() not in (href, address):
            self._line += f"<{href}>"

    def _break(self) -> None:
        self._lines.append(self._line.removesuffix(" "))
        self._line = ""

    def _block(self, *, spaced: bool) -> None:
        if self._line.strip(" "):
            self._break()
            if spaced:
                self._lines.append("")
        else:
            self._line = ""

    def text(self) -> str:
        """All lines; leading and trailing empty ones are dropped."""
        self._block(spaced=False)
        lines = [line.replace("\xa0", " ") for line in self._lines]
        while lines and not lines[-1].strip(" "):
            lines.pop()
        while lines and not lines[0].strip(" "):
            lines.pop(0)
        return "\n".join(lines) + "\n" if lines else ""

"""What kind of file it is, by its content."""

from __future__ import annotations

import re
from enum import Enum, auto

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The compound file of Microsoft ([MS-CFB] 2.2): .xls, and every workbook with a password."""
ZIP = b"PK\x03\x04"
_ENCRYPTED = re.compile(re.escape("EncryptedPackage\0".encode("utf-16-le")))
"""The stream that holds a protected workbook ([MS-OFFCRYPTO] 1.3.2)."""
_ENTRY = 128
"""The directory of a compound file has its names at multiples of that ([MS-CFB] 2.6.1), a cell anywhere."""

_LOOK = 4096
_BIFF = re.compile(rb"\A\x09[\x00\x02\x04\x08]")
"""A sheet or workbook of Excel 2 to 5 without a compound file around it ([MS-XLS] 2.4.21, BOF)."""
_SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"
_HTML = re.compile(
    r"\A<(?:!doctype\s+html|html|head|meta|body|table|style|div|center|font|p|h\d)\b", re.IGNORECASE
)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_MHTML = re.compile(r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*MIME-Version:", re.IGNORECASE)
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"SQLite format",
)


class Kind(Enum):
    """What reads it."""

    WORKBOOK = auto()
    ENCRYPTED = auto()
    SPREADSHEETML = auto()
    HTML = auto()
    MHTML = auto()
    TEXT = auto()
    OTHER = auto()


def kind_of(content: bytes) -> Kind:
    """The kind of a file that is not marked up; `kind_of_text` tells those apart that are text."""
    if content.startswith(ZIP) or _BIFF.match(content):
        return Kind.WORKBOOK
    if content.startswith(OLE):
        found = any(match.start() % _ENTRY == 0 for match in _ENCRYPTED.finditer(content))
        return Kind.ENCRYPTED if found else Kind.WORKBOOK
    return Kind.OTHER if content.startswith(_OTHERS) else Kind.TEXT


def kind_of_text(text: str) -> Kind:
    """What a text is: a table marked up in one way or another, or lines with delimiters."""
    start = text[:_LOOK].lstrip("\ufeff \t\r\n")
    if _MHTML.match(start.replace("\r\n", "\n")):
        return Kind.MHTML
    if not start.startswith("<"):
        return Kind.TEXT
    if _SPREADSHEETML in start:
        return Kind.SPREADSHEETML
    if _HTML.match(start) or _TABLE.search(text):
        return Kind.HTML
    return Kind.OTHER if start.startswith("<?xml") else Kind.TEXT

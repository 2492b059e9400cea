"""Workbooks of kinds that no program here writes, put together by their specifications.

.xlsb ([MS-XLSB]) and the .xls of Excel 5 and 95 (BIFF5, [MS-XLS] with strings of one byte a character).
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence

from xlwt.CompoundDoc import XlsDoc

Line = Sequence[object]


def xlsb(lines: Sequence[Line]) -> bytes:
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
            "</Types>"
        ),
        "_rels/.rels": _relation("officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": _relation("worksheet", "worksheets/sheet1.bin"),
    }
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Taul1")
    book = [(0x83, b""), (0x8F, b""), (0x9C, bundle), (0x90, b""), (0x9D, bytes(26)), (0x84, b"")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
        package.writestr("xl/workbook.bin", b"".join(_record12(*one) for one in book))
        package.writestr("xl/worksheets/sheet1.bin", b"".join(_record12(*one) for one in _sheet12(lines)))
    return out.getvalue()


def _sheet12(lines: Sequence[Line]) -> Iterator[tuple[int, bytes]]:
    width = max(map(len, lines))
    yield 0x81, b""
    yield 0x94, struct.pack("<IIII", 0, len(lines) - 1, 0, width - 1)
    yield 0x91, b""
    for number, line in enumerate(lines):
        yield 0x00, struct.pack("<I", number) + bytes(13)
        for place, cell in enumerate(line):
            start = struct.pack("<II", place, 0)
            if isinstance(cell, int):
                yield 0x05, start + struct.pack("<d", cell)
            elif cell != "":
                yield 0x06, start + _wide(str(cell))
    yield 0x92, b""
    yield 0x82, b""


def _record12(kind: int, content: bytes) -> bytes:
    name = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = bytearray(), len(content)
    while rest > 0x7F:
        size.append(rest & 0x7F | 0x80)
        rest >>= 7
    return name + bytes([*size, rest]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relation(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
        f' Id="rId1" Target="{target}"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )


def biff5(lines: Sequence[Line]) -> bytes:
    name = b"Taul1"
    opened = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
    opened += _record(0x0042, struct.pack("<H", 1252))
    begin = len(opened) + 4 + 7 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IHB", begin, 0, len(name)) + name)
    stream = opened + bound + _record(0x000A, b"")
    stream += _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    stream += _record(0x0200, struct.pack("<HHHHH", 0, len(lines), 0, max(map(len, lines)), 0))
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            start = struct.pack("<HHH", number, place, 0)
            if isinstance(cell, int):
                stream += _record(0x0203, start + struct.pack("<d", cell))
            elif cell != "":
                text = str(cell).encode("cp1252")
                stream += _record(0x0204, start + struct.pack("<H", len(text)) + text)
    stream += _record(0x000A, b"")
    out = io.BytesIO()
    XlsDoc().save(out, stream)
    # The stream of Excel 5 has a shorter name; the length of a name stands behind its 64 bytes.
    newer = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18)
    older = "Book".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 10)
    assert out.getvalue().count(newer) == 1
    return out.getvalue().replace(newer, older)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content

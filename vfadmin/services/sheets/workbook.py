"""Workbooks: .xls of Excel 5 and later, .xlsx, .xlsb, .ods."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
)

from vfadmin.services.sheets.grid import (
    Grid,
    NoSheetError,
    Trouble,
    UnreadableError,
    checked_rows,
    chosen,
)
from vfadmin.services.sheets.kinds import ZIP

UNPACKED_LIMIT = 1024 * 1024 * 1024
"""What a zipped workbook may come to; 200,000 rows of a dozen columns are a third of it."""
_LOCAL_HEADER, _NAME_AT = 30, 26
"""The local header of a zipped file and where the lengths behind it stand (APPNOTE 4.3.7)."""
_PIECE = 1024 * 1024
_MANIFEST, _LOCKED = "META-INF/manifest.xml", b":encryption-data"
"""Where an OpenDocument file says that it is protected (ODF 1.2, part 3, 3.4.1)."""


def read_workbook(content: bytes, sheet: str | None) -> Grid:
    """The cells of the first visible sheet, or of the named one. Raises UnreadableError, NoSheetError."""
    if content.startswith(ZIP):
        _check_package(content)
    names: Sequence[str] = ()
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = book.sheet_names
        name = _name(book, sheet)
        page = book.get_sheet_by_name(name)
        checked_rows(page.total_height)
        return Grid(name, page.to_python(skip_empty_area=False))
    except PasswordError as error:
        raise UnreadableError(Trouble.PASSWORD) from error
    except WorksheetNotFound as error:
        raise NoSheetError(sheet or "", names) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(Trouble.DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # nothing of that name can be imported
            raise
        raise UnreadableError(Trouble.DAMAGED) from error


def _name(book: CalamineWorkbook, wanted: str | None) -> str:
    if wanted is not None:
        return book.sheet_names[chosen(book.sheet_names, wanted)]
    for page in book.sheets_metadata:
        if page.visible == SheetVisibleEnum.Visible and page.typ == SheetTypeEnum.WorkSheet:
            return page.name
    raise NoSheetError("", book.sheet_names)


def _check_package(content: bytes) -> None:
    """Unpack without keeping: what a zip file says of its own sizes need not be so.

    Raises UnreadableError: too large, protected, or damaged.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            if sum(item.file_size for item in package.infolist()) > UNPACKED_LIMIT:
                raise UnreadableError(Trouble.LARGE)  # so it says itself, without being unpacked
            rest = UNPACKED_LIMIT
            for item in package.infolist():
                rest -= _unpacked(content, item, rest)
            if _MANIFEST in package.namelist() and _LOCKED in package.read(_MANIFEST):
                raise UnreadableError(Trouble.LOCKED)
    except (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, IndexError) as error:
        raise UnreadableError(Trouble.DAMAGED) from error


def _unpacked(content: bytes, item: ZipInfo, limit: int) -> int:
    names = content[item.header_offset + _NAME_AT : item.header_offset + _LOCAL_HEADER]
    start = item.header_offset + _LOCAL_HEADER
    start += int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
    packed = memoryview(content)[start : start + item.compress_size]
    if item.compress_type == 0:
        return len(packed)
    reader, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    for begin in range(0, len(packed), _PIECE):
        piece: bytes | memoryview = packed[begin : begin + _PIECE]
        while piece:
            size += len(reader.decompress(piece, _PIECE))
            if size > limit:
                raise UnreadableError(Trouble.LARGE)
            piece = reader.unconsumed_tail
    return size

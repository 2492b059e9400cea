"""Draws vfadmin.ico from the program's own SVG: python packaging/icon.py. The result is committed.

Sizes below 256 are bitmaps, which every reader of the format knows; the largest is a PNG, as Windows wants.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import cast

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from vfadmin.ui.icons import pixmap  # noqa: E402 - found by the line above

_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_LARGEST = 256
_COLOUR, _INK = "#1f5fa8", "#ffffff"


def icon() -> bytes:
    """The file's content."""
    images = [_entry(size) for size in _SIZES]
    offset = 6 + 16 * len(images)
    head = struct.pack("<HHH", 0, 1, len(images))
    for size, data in zip(_SIZES, images, strict=True):
        edge = size % _LARGEST  # 256 is written as 0
        head += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return head + b"".join(images)


def _entry(size: int) -> bytes:
    image = pixmap("app", _COLOUR, size, 1.0, _INK).toImage()
    if size == _LARGEST:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # it takes no bytes, whatever its types say
        return bytes(buffer.data().data())
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    rows = [cast("memoryview", image.constScanLine(row)).tobytes() for row in reversed(range(size))]
    mask = bytes((size + 31) // 32 * 4 * size)  # transparency is in the pixels
    # The height counts both pictures: the coloured one and its mask.
    head = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, size * size * 4 + len(mask), 0, 0, 0, 0)
    return head + b"".join(rows) + mask


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    (HERE / "vfadmin.ico").write_bytes(icon())

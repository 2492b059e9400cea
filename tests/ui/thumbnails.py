"""Small pictures, and how much two of them differ.

Both are compared in blocks: of a block counts how far its colours are away on the average. One pixel that a
newer Qt smooths otherwise moves that by less than one; a button that is gone, a text that is cut or another
colour moves some block by much more.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

SHRINK = 4
"""How much smaller than the window a small picture is, in each direction."""
BLOCK = 8
"""The edge of a block in pixels of the small picture."""
SLIGHT, GROSS = 2.0, 8.0
"""From which mean difference on, of 255, a block counts, and from which on one alone is too much."""
FEW = 0.004
"""Which share of the blocks may differ slightly."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How two pictures differ: blocks that do slightly at least, of so many, and the worst of them."""

    blocks: int
    of: int
    worst: float

    @property
    def tolerable(self) -> bool:
        """Whether the pictures show the same."""
        return self.worst < GROSS and self.blocks <= self.of * FEW


def drawn(widget: QWidget) -> QImage:
    """The widget as it is on the screen."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def small(image: QImage) -> QImage:
    """The picture made small."""
    size = QSize(-(-image.width() // SHRINK), -(-image.height() // SHRINK))
    return _scaled(image, size).convertToFormat(QImage.Format.Format_RGB32)


def difference(one: QImage, other: QImage) -> Difference | None:
    """How they differ; None where they are not even of one size."""
    if one.size() != other.size():
        return None
    apart = one.copy()
    painter = QPainter(apart)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    means = _means(apart.convertToFormat(QImage.Format.Format_RGB888))
    return Difference(sum(mean >= SLIGHT for mean in means), len(means), max(means))


def _means(apart: QImage) -> list[float]:
    """The mean of each block, of the colour that differs most."""
    width, height = apart.width(), apart.height()
    stride, data = apart.bytesPerLine(), bytes(apart.constBits())
    means = []
    for top in range(0, height, BLOCK):
        rows = [data[y * stride : y * stride + width * 3] for y in range(top, min(top + BLOCK, height))]
        for left in range(0, width * 3, BLOCK * 3):
            parts = [row[left : left + BLOCK * 3] for row in rows]
            block = b"".join(parts)
            pixels = len(block) // 3
            means.append(max(sum(block[colour::3]) for colour in range(3)) / pixels if any(block) else 0.0)
    return means


def _scaled(image: QImage, size: QSize) -> QImage:
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )

"""Our own icons: SVG files with one colour of their own, tinted from the palette when they are drawn."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vfadmin import assets

_SIZE = 16


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return assets.read_text(f"icons/{name}.svg")


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, ink: str = "#ffffff") -> QPixmap:
    """The icon in that colour, ``size`` device-independent pixels wide.

    ``ink`` is the colour of what is drawn upon a filled shape. Raises FileNotFoundError for an unknown name.
    """
    text = _source(name).replace("#ffffff", ink).replace("currentColor", colour)  # which may be white, too
    edge = max(1, round(size * ratio))
    image = QPixmap(QSize(edge, edge))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _sizes() -> list[int]:
    """The pixels wanted on the screens there are; more would only cost time at the start."""
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()} | {1.0, 2.0}
    return sorted({math.ceil(_SIZE * ratio) for ratio in ratios})


@lru_cache(maxsize=256)
def icon(name: str, colour: str, ink: str = "#ffffff", *, disabled: str | None = None) -> QIcon:
    """The icon at the sizes buttons ask for."""
    made = QIcon()
    for size in _sizes():
        plain = pixmap(name, colour, size, 1.0, ink)
        made.addPixmap(plain)
        made.addPixmap(plain, QIcon.Mode.Selected)  # a selected row is tinted already; the meaning is not
        if disabled is not None:
            made.addPixmap(pixmap(name, disabled, size, 1.0, ink), QIcon.Mode.Disabled)
    return made

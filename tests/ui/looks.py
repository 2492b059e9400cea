"""The looks of pictures and of tests: palettes, and a font that is the same on every machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from vfadmin.ui.style import restyle

FONTS = Path(__file__).parent / "fonts"
FAMILY, POINTS = "Picture Sans", 10


@cache
def load_fonts() -> None:
    """Make our own font known to Qt. Raises RuntimeError where Qt does not take it."""
    for path in sorted(FONTS.glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"Qt cannot read {path}")


def picture_font() -> QFont:
    """Our own font, drawn without the hints by which machines differ."""
    load_fonts()
    font = QFont(FAMILY, POINTS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return font


def dress(app: QApplication, palette: QPalette) -> None:
    """Style, font and palette of a picture. The caret stands still."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(picture_font())
    app.setCursorFlashTime(0)
    app.setPalette(palette)
    restyle(app)


def light_palette() -> QPalette:
    """A light palette as a current desktop gives it."""
    return _palette("#f5f6f8", "#ffffff", "#1b1d21", "#0b5cd5")


def dark_palette() -> QPalette:
    """A dark one."""
    return _palette("#1c1e22", "#24272c", "#e8eaed", "#5aa2ff")


def contrast_palette(window: str, text: str, accent: str, on_accent: str, disabled: str) -> QPalette:
    """A palette as Qt makes it of a high-contrast theme of Windows: one ground, one text, an accent."""
    palette = _palette(window, window, text, accent)
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor(on_accent))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(disabled))
    return palette


CONTRAST = {
    "black": ("#000000", "#ffffff", "#1aebff", "#000000", "#3ff23f"),
    "number 1": ("#000000", "#ffff00", "#008000", "#ffffff", "#00ff00"),
    "white": ("#ffffff", "#000000", "#37006e", "#ffffff", "#600000"),
    "aquatic": ("#202020", "#ffffff", "#8ee3f0", "#263b50", "#a6a6a6"),
    "desert": ("#fffaef", "#3d3d3d", "#903909", "#fff5e3", "#676767"),
}
"""High-contrast themes of Windows 10 and 11: ground, text, accent, text on it, what is disabled."""


def contrast_black() -> QPalette:
    """The best known of them."""
    return contrast_palette(*CONTRAST["black"])


def _palette(window: str, base: str, text: str, accent: str) -> QPalette:
    palette = QPalette(QColor(window), QColor(window))
    roles = QPalette.ColorRole
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.ToolTipText):
        palette.setColor(role, QColor(text))
    for role in (roles.Base, roles.AlternateBase, roles.ToolTipBase, roles.Button):
        palette.setColor(role, QColor(base))
    palette.setColor(roles.Highlight, QColor(accent))
    palette.setColor(roles.HighlightedText, QColor("#ffffff"))
    hint = QColor(text)
    hint.setAlpha(150)
    palette.setColor(roles.PlaceholderText, hint)
    return palette

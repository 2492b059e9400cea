"""Looks. Every colour comes from the palette of the system, so light, dark and high contrast follow."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from vfadmin import assets

TEXT_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3: the least contrast of running text."""

_WINDOWS_11_BUILD = 22000
_LINEAR_LIMIT = 0.04045


@dataclass(frozen=True, slots=True)
class Shades:
    """The colours of the window as ``#rrggbb``: surfaces, texts, and one hue for each meaning.

    A text colour named here reaches `TEXT_CONTRAST` on ``base`` and ``window``; ``on_*`` reaches it on
    the filled surface of that name.
    """

    window: str
    base: str
    text: str
    muted: str
    line: str
    border: str
    hover: str
    selected: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    good: str
    on_good: str
    bad: str
    on_bad: str
    bad_tint: str
    warn: str
    warn_tint: str
    neutral: str
    on_neutral: str
    disabled: str


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    first, second = _luminance(one), _luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def blend(top: QColor, bottom: QColor, share: float) -> QColor:
    """``top`` laid over ``bottom`` with that share of cover, 0 to 1."""
    rest = 1 - share
    return QColor(
        round(top.red() * share + bottom.red() * rest),
        round(top.green() * share + bottom.green() * rest),
        round(top.blue() * share + bottom.blue() * rest),
    )


def readable(color: QColor, *surfaces: QColor) -> QColor:
    """``color`` moved towards black or white until it reads on all the surfaces."""
    dark_ground = min(_luminance(surface) for surface in surfaces) < 0.18  # noqa: PLR2004 - middle grey
    goal = QColor("white") if dark_ground else QColor("black")
    for step in range(21):
        candidate = blend(goal, color, step / 20)
        if all(contrast(candidate, surface) >= TEXT_CONTRAST for surface in surfaces):
            return candidate
    return goal


def ink_on(fill: QColor) -> QColor:
    """Black or white, whichever reads better on the fill."""
    black, white = QColor("black"), QColor("white")
    return (
        white
        if contrast(white, fill) >= TEXT_CONTRAST
        else max(black, white, key=lambda c: contrast(c, fill))
    )


def shades(palette: QPalette) -> Shades:
    """The colours that belong to the palette."""
    group = QPalette.ColorGroup.Active
    return _shades(
        palette.color(group, QPalette.ColorRole.Window).rgb(),
        palette.color(group, QPalette.ColorRole.Base).rgb(),
        palette.color(group, QPalette.ColorRole.Text).rgb(),
        palette.color(group, QPalette.ColorRole.Highlight).rgb(),
    )


@lru_cache(maxsize=8)
def _shades(window_rgb: int, base_rgb: int, text_rgb: int, accent_rgb: int) -> Shades:
    window, base = QColor(window_rgb), QColor(base_rgb)
    text, accent = QColor(text_rgb), QColor(accent_rgb)
    dark = _luminance(base) < _luminance(text)
    good = readable(QColor("#3fb950" if dark else "#1f7a35"), base, window)
    bad = readable(QColor("#ff7b72" if dark else "#c01c1c"), base, window)
    warn = readable(QColor("#e3b341" if dark else "#8a5a00"), base, window)
    accent_text = readable(accent, base, window, blend(accent, base, 0.14))
    fill = accent_text if not dark else accent
    neutral = readable(blend(text, base, 0.6), base, window)
    colours = {
        "window": window,
        "base": base,
        "text": text,
        "muted": readable(blend(text, base, 0.6), base, window, blend(accent, base, 0.14)),
        "line": blend(text, base, 0.11),
        "border": blend(text, base, 0.26),
        "hover": blend(text, base, 0.06),
        "selected": blend(accent, base, 0.14),
        "accent": fill,
        "accent_hover": blend(text, fill, 0.12),
        "on_accent": ink_on(fill),
        "accent_text": accent_text,
        "good": good,
        "on_good": ink_on(good),
        "bad": bad,
        "on_bad": ink_on(bad),
        "bad_tint": blend(bad, base, 0.08),
        "warn": warn,
        "warn_tint": blend(warn, base, 0.13),
        "neutral": neutral,
        "on_neutral": ink_on(neutral),
        "disabled": blend(text, base, 0.42),
    }
    return Shades(**{name: colour.name() for name, colour in colours.items()})


def base_style() -> str:
    """The style for this system, on which our sheet lies, by the name Qt knows it by."""
    return "windows11" if _on_windows_11() else "Fusion"


def restyle(app: QApplication) -> None:
    """Recompute the sheet from the palette in force."""
    sheet = style_sheet(shades(app.palette()))
    if sheet != app.styleSheet():
        app.setStyleSheet(sheet)


def style_sheet(colours: Shades) -> str:
    """The sheet for these colours; what is not named in it is drawn by the style itself."""
    names = {item.name: getattr(colours, item.name) for item in fields(colours)}
    return Template(assets.read_text("style/window.qss")).substitute(names, **_pictures(colours))


def _pictures(colours: Shades) -> dict[str, str]:
    """Where the pictures lie that the sheet names; a sheet cannot tint them."""
    tick = "white" if QColor(colours.on_accent) == QColor("white") else "black"
    names = {"arrow_down": "arrow-down", "arrow_up": "arrow-up", "tick": f"tick-{tick}"}
    return {key: assets.path(f"icons/{name}.svg").as_posix() for key, name in names.items()}


def _luminance(color: QColor) -> float:
    red, green, blue = (_linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_LIMIT else float(((part + 0.055) / 1.055) ** 2.4)


def _on_windows_11() -> bool:
    return sys.platform == "win32" and sys.getwindowsversion().build >= _WINDOWS_11_BUILD

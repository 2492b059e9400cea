"""Looks. Every colour comes from the palette of the system, so light, dark and high contrast follow."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from vfadmin import assets

TEXT_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3: the least contrast of running text."""

EDGE_CONTRAST = 3.0
"""WCAG 2.2, success criterion 1.4.11: the least contrast of what shows where a control or its focus is."""

_WINDOWS_11_BUILD = 22000
_LINEAR_LIMIT = 0.04045
_STRONG = 7.0
"""The contrast of text that WCAG calls enhanced; a high-contrast palette has it at least."""
_READ = tuple(getattr(QPalette.ColorRole, name) for name in ("Window", "Base", "Text", "Highlight"))


@dataclass(frozen=True, slots=True)
class Shades:
    """The colours of the window as ``#rrggbb``: surfaces, texts, and one hue for each meaning.

    A text colour named here reaches `TEXT_CONTRAST` on ``base`` and ``window``; ``on_*`` reaches it on
    the filled surface of that name. With high contrast every edge reaches `EDGE_CONTRAST`, and what is
    selected is framed by ``selected_edge`` and ``row_edge``; otherwise these are not seen.
    """

    window: str
    base: str
    text: str
    muted: str
    line: str
    border: str
    hover: str
    selected: str
    selected_edge: str
    row_edge: str
    pick: str
    on_pick: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    go: str
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
    inert: str


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


def readable(color: QColor, *surfaces: QColor, least: float = TEXT_CONTRAST) -> QColor:
    """``color`` moved towards black or white until it reads on all the surfaces."""
    dark_ground = min(_luminance(surface) for surface in surfaces) < 0.18  # noqa: PLR2004 - middle grey
    goal = QColor("white") if dark_ground else QColor("black")
    for step in range(21):
        candidate = blend(goal, color, step / 20)
        if all(contrast(candidate, surface) >= least for surface in surfaces):
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


def high_contrast(palette: QPalette) -> bool:
    """Whether the palette asks for edges instead of tints: then it has one ground for everything.

    So it is with all the high-contrast themes of Windows, and with no other one we know of.
    """
    group, roles = QPalette.ColorGroup.Active, QPalette.ColorRole
    grounds = {palette.color(group, role).rgb() for role in (roles.Window, roles.Base, roles.Button)}
    text, ground = palette.color(group, roles.Text), palette.color(group, roles.Base)
    return len(grounds) == 1 and contrast(text, ground) >= _STRONG


def shades(palette: QPalette) -> Shades:
    """The colours that belong to the palette."""
    group, roles = QPalette.ColorGroup.Active, QPalette.ColorRole
    plain = _shades(*(palette.color(group, role).rgb() for role in _READ))
    if not high_contrast(palette):
        return plain
    return _edged(plain, palette.color(QPalette.ColorGroup.Disabled, roles.Text).rgb())


@lru_cache(maxsize=4)
def _edged(plain: Shades, disabled_rgb: int) -> Shades:
    """The same with edges that are seen, no weaker text, and what is disabled in the palette's own colour."""
    base, text = QColor(plain.base), QColor(plain.text)
    accent = readable(QColor(plain.accent), base, least=EDGE_CONTRAST)
    tints = [QColor(tint) for tint in (plain.base, plain.selected, plain.bad_tint, plain.warn_tint)]
    good, bad, warn, accent_text, disabled = (
        readable(colour, *tints)
        for colour in (
            *(QColor(name) for name in (plain.good, plain.bad, plain.warn, plain.accent_text)),
            QColor(disabled_rgb),
        )
    )
    return replace(
        plain,
        muted=plain.text,
        neutral=plain.text,
        on_neutral=plain.base,
        border=plain.text,
        line=readable(blend(text, base, 0.4), base, least=EDGE_CONTRAST).name(),
        hover=blend(text, base, 0.15).name(),
        accent=accent.name(),
        on_accent=ink_on(accent).name(),
        selected_edge=accent.name(),
        row_edge=accent.name(),
        pick=accent.name(),
        on_pick=ink_on(accent).name(),
        accent_text=accent_text.name(),
        go=plain.text,  # what is disabled may be green
        good=good.name(),
        on_good=ink_on(good).name(),
        bad=bad.name(),
        on_bad=ink_on(bad).name(),
        warn=warn.name(),
        disabled=disabled.name(),
        inert=plain.base,
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
        "selected_edge": blend(accent, base, 0.14),
        "row_edge": blend(text, base, 0.11),
        "pick": blend(accent, base, 0.14),
        "on_pick": text,
        "accent": fill,
        "accent_hover": blend(text, fill, 0.12),
        "on_accent": ink_on(fill),
        "accent_text": accent_text,
        "go": good,
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
        "inert": blend(text, base, 0.11),
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
    inks = {"tick": QColor(colours.on_accent), "tick_bare": ink_on(QColor(colours.base))}
    names = {"arrow_down": "arrow-down", "arrow_up": "arrow-up"}
    names |= {key: f"tick-{'white' if ink == QColor('white') else 'black'}" for key, ink in inks.items()}
    return {key: assets.path(f"icons/{name}.svg").as_posix() for key, name in names.items()}


def _luminance(color: QColor) -> float:
    red, green, blue = (_linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_LIMIT else float(((part + 0.055) / 1.055) ** 2.4)


def _on_windows_11() -> bool:
    return sys.platform == "win32" and sys.getwindowsversion().build >= _WINDOWS_11_BUILD

from __future__ import annotations

from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.ui.looks import contrast_black, dark_palette, light_palette
from vfadmin.ui.icons import icon, pixmap
from vfadmin.ui.style import TEXT_CONTRAST, contrast, shades, style_sheet

PALETTES = {
    "light": light_palette,
    "dark": dark_palette,
    "high contrast": contrast_black,
    "Qt's own": lambda: QApplication.style().standardPalette(),
}
ON_GROUND = ("text", "muted", "accent_text", "good", "bad", "warn", "neutral")
ON_FILL = (("on_accent", "accent"), ("on_good", "good"), ("on_bad", "bad"), ("on_neutral", "neutral"))


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_reads_on_its_ground(app: QApplication, name: str) -> None:
    """Contrast 4.5:1 computed, on page, window, selection and tinted cards."""
    del app
    colours = asdict(shades(PALETTES[name]()))
    pairs = [(text, ground) for text in ON_GROUND for ground in ("base", "window")]
    pairs += [
        ("bad", "selected"),
        ("text", "selected"),
        ("muted", "selected"),
        ("accent_text", "selected"),
        *ON_FILL,
    ]
    pairs += [("text", "bad_tint"), ("text", "warn_tint"), ("text", "hover")]
    poor = {
        pair: round(contrast(QColor(colours[pair[0]]), QColor(colours[pair[1]])), 2)
        for pair in pairs
        if contrast(QColor(colours[pair[0]]), QColor(colours[pair[1]])) < TEXT_CONTRAST
    }
    assert poor == {}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


def test_the_sheet_is_complete_and_parses(app: QApplication, qtbot: object) -> None:
    """Every place is filled; a mistake in it would be a Qt warning, which fails the test."""
    del qtbot
    app.setStyleSheet("")
    sheet = style_sheet(shades(app.palette()))
    assert "$" not in sheet
    app.setStyleSheet(sheet)


def test_icons_take_the_colour_they_are_given(app: QApplication) -> None:
    del app
    image = pixmap("stop", "#123456", 16).toImage()
    assert image.pixelColor(8, 8).name() == "#123456"
    assert not icon("edit", "#000000", disabled="#888888").isNull()


def test_a_white_icon_keeps_its_shape(app: QApplication) -> None:
    del app
    image = pixmap("state-passive", "#ffffff", 32, 1.0, "#000000").toImage()
    seen = {image.pixelColor(x, 16).name() for x in range(32) if image.pixelColor(x, 16).alpha() == 255}
    assert seen >= {"#ffffff", "#000000"}


def test_an_unknown_icon_is_an_error(app: QApplication) -> None:
    del app
    with pytest.raises(FileNotFoundError):
        pixmap("no-such", "#000000", 16)

"""The font of the pictures has every sign of the window, so no machine lends one of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication

from tests.ui.looks import FONTS, picture_font
from vfadmin import assets

MOST_BYTES = 150_000


def texts() -> Iterator[str]:
    for path in sorted(assets.path("translations").glob("*.ts")):
        yield from ET.parse(path).getroot().itertext()  # noqa: S314 - a file of ours
    for path in sorted(assets.path("messages").glob("[!c]*.json")):
        yield path.read_text(encoding="utf-8")
        yield from json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold])
def test_the_font_has_every_sign_of_the_window_in_both_weights(
    app: QApplication, weight: QFont.Weight
) -> None:
    del app
    font = picture_font()
    font.setWeight(weight)
    info = QFontInfo(font)
    assert (info.family(), info.weight()) == ("Picture Sans", weight)
    raw = QRawFont.fromFont(font)
    wanted = {sign for text in texts() for sign in text if sign not in "\n\t"}
    assert {"Å", "ö", "…", "”"} <= wanted
    wanted |= set("→×–·\N{EN SPACE}\N{NO-BREAK SPACE}\N{WORD JOINER}\N{ZERO WIDTH SPACE}")
    assert sorted(sign for sign in wanted if not raw.supportsCharacter(ord(sign))) == []


def test_marks_of_line_breaks_take_no_room(app: QApplication) -> None:
    del app
    metrics = QFontMetrics(picture_font())
    assert metrics.horizontalAdvance(
        "EX-\N{WORD JOINER}IMP@\N{ZERO WIDTH SPACE}fi"
    ) == metrics.horizontalAdvance("EX-IMP@fi")


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    fonts = sorted(FONTS.glob("*.ttf"))
    assert len(fonts) == 2
    assert sum(path.stat().st_size for path in fonts) < MOST_BYTES
    assert "SIL OPEN FONT LICENSE" in Path(FONTS, "OFL.txt").read_text(encoding="utf-8")

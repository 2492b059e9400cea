from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from tests.ui.conftest import Shown
from vfadmin.ui import texts
from vfadmin.ui.persons.columns import COLUMNS, At, heading
from vfadmin.ui.persons.delegate import ICON, PADDING
from vfadmin.ui.persons.widths import widths
from vfadmin.ui.translations import Speaker

FONT = QFont("DejaVu Sans", 10)


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("room", [820, 960, 1400, 2400])
def test_r22_a_state_an_id_and_the_buttons_are_never_cut(speaker: Speaker, language: str, room: int) -> None:
    speaker.speak(language)
    found, metrics = widths(FONT, FONT, room), QFontMetrics(FONT)
    longest = max(metrics.horizontalAdvance(word) for word in texts.state_words())
    assert found[At.STATE] >= longest + ICON + 10 + 2 * PADDING
    assert found[At.ID] >= metrics.horizontalAdvance("123456") + 2 * PADDING
    assert sum(found.values()) <= room


def test_where_there_is_room_every_heading_is_whole(speaker: Speaker) -> None:
    del speaker
    bold = QFont(FONT)
    bold.setWeight(QFont.Weight.DemiBold)
    found, metrics = widths(FONT, bold, 1400), QFontMetrics(bold)
    for column in COLUMNS:
        assert found[column.at] >= metrics.horizontalAdvance(heading(column)) + 2 * PADDING


@pytest.mark.parametrize("room", [820, 860, 900])
def test_the_name_gives_way_only_once_no_other_column_can(speaker: Speaker, room: int) -> None:
    del speaker
    found, wide = widths(FONT, FONT, room), widths(FONT, FONT, 980)
    unit = QFontMetrics(FONT).averageCharWidth()
    others = [column for column in COLUMNS if column.least and column.at is not At.NAME]
    least = all(found[column.at] <= column.least * unit + 2 * PADDING for column in others)
    assert found[At.NAME] >= wide[At.NAME] or least
    assert sum(found.values()) <= room


def test_r22_in_a_narrow_window_both_buttons_of_a_row_are_in_sight(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    view = shown.screen.view
    last = shown.screen.model.index(0, At.SWITCH)
    shown.wait(lambda: shown.screen.summary.isHidden() and 700 < view.viewport().width() < 900)
    shown.wait(lambda: view.visualRect(last).right() <= view.viewport().width())

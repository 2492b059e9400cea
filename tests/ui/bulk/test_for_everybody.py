"""The screen for those who hear it, who use keys, who read other languages, who have little room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.bulk.journey import Import, opened
from tests.ui.conftest import House, Shown
from tests.ui.lists import mixed, write_list
from tests.ui.looks import dark_palette
from tests.ui.stage import SMALL
from tests.ui.test_accessible import cut, letters, nameless
from tests.ui.test_pseudo_locale import longer
from vfadmin.ui.bulk.dialogs import PasswordDialog
from vfadmin.ui.style import restyle
from vfadmin.ui.translations import Speaker

__all__ = ["longer"]  # a fixture

LEAST = QSize(1000, 640)
Stage = Callable[[Import], None]


def empty(listed: Import) -> None:
    listed.screen.report.another.click()


def rows(_listed: Import) -> None:
    """As it is once the list is there."""


def columns(listed: Import) -> None:
    listed.screen.head.columns.setChecked(True)


def working(listed: Import) -> None:
    listed.screen.foot.show_busy("Tuodaan, 40 % valmiina", 40, 100)


def done(listed: Import) -> None:
    listed.apply()


STAGES: tuple[Stage, ...] = (empty, rows, columns, working, done)


@pytest.mark.parametrize("stage", STAGES)
def test_every_control_has_a_name(listed: Import, stage: Stage) -> None:
    stage(listed)
    assert nameless(listed.shown.window) == []


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("stage", STAGES)
def test_no_two_controls_that_are_seen_share_a_key(
    listed: Import, speaker: Speaker, stage: Stage, language: str
) -> None:
    speaker.speak(language)
    stage(listed)
    found = letters(listed.screen)
    assert [letter for letter, count in found.items() if count > 1] == []
    assert found


@pytest.mark.parametrize("size", [SMALL, LEAST], ids=["150", "least"])
@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("stage", STAGES)
def test_nothing_is_cut_in_a_small_window(
    listed: Import, speaker: Speaker, stage: Stage, language: str, size: QSize
) -> None:
    speaker.speak(language)
    stage(listed)
    listed.shown.window.resize(size)
    listed.shown.wait(lambda: not cut(listed.screen))
    assert listed.shown.window.size() == size


@pytest.mark.parametrize("stage", STAGES)
def test_no_text_is_cut_off_in_a_language_of_longer_words(
    longer: Shown, house: House, tmp_path: Path, stage: Stage
) -> None:
    listed = opened(longer, write_list(tmp_path / "henkilöt.xlsx", mixed(house.people)))
    stage(listed)
    longer.window.resize(SMALL)
    longer.wait(lambda: not cut(listed.screen))
    assert longer.window.size() == SMALL


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_question_for_the_password_is_for_everybody_too(
    shown: Shown, speaker: Speaker, language: str
) -> None:
    speaker.speak(language)
    dialog = PasswordDialog(shown.window, "Henkilöt.xlsx", len, wrong=True)
    dialog.open()
    assert nameless(dialog) == []
    shown.wait(lambda: not cut(dialog))
    assert [letter for letter, count in letters(dialog).items() if count > 1] == []
    dialog.reject()


def test_cells_are_read_out_with_their_column(listed: Import) -> None:
    table = QAccessible.queryAccessibleInterface(listed.screen.view)
    assert table is not None
    children = (table.child(place) for place in range(60))
    cells = [child for child in children if child is not None and child.role() is QAccessible.Role.Cell]
    read = [cell.text(QAccessible.Text.Name) for cell in cells][:7]
    assert read[:2] == ["Rivi: 2", "Tulos: Ennallaan"]
    assert read[3].startswith("Nimi: ")
    assert read[6].startswith("Tunnus: ")
    row = listed.screen.model.index(listed.place(14), 1)
    assert row.data(11) == "Tulos: Hylätty"


def test_the_screen_follows_the_palette(listed: Import, app: QApplication) -> None:
    light = _corner(listed.screen.view)
    app.setPalette(dark_palette())
    restyle(app)
    listed.shown.wait(lambda: _corner(listed.screen.view) != light)


def _corner(widget: QWidget) -> int:
    picture = widget.grab().toImage()
    return picture.pixel(picture.width() // 2, 60)

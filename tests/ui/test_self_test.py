from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from vfadmin.selftest.steps import WINDOW_STEPS
from vfadmin.ui.self_test import window_steps


@pytest.mark.parametrize("name", WINDOW_STEPS)
def test_a_whole_window_passes_each_check(qapp: QApplication, tmp_path: Path, name: str) -> None:
    before, shown = QLocale(), visible(qapp)
    assert window_steps()[name](tmp_path)
    assert visible(qapp) <= shown
    QLocale.setDefault(before)


def visible(qapp: QApplication) -> set[QWidget]:
    """The top-level widgets on the screen; another test's may still be waiting to be collected."""
    return {one for one in qapp.topLevelWidgets() if one.isVisible()}


def test_the_program_knows_every_check_of_the_window_by_name() -> None:
    assert tuple(window_steps()) == WINDOW_STEPS

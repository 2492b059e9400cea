"""A language whose texts are two fifths longer than the English ones: nothing is cut off."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import House, Shown
from tests.ui.stage import SMALL
from tests.ui.test_accessible import WINDOWS, close_all, cut

_WORD = "åäöy "


class Longer(QTranslator):
    """Answers every text with itself and two fifths more, in words that may be wrapped."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        del context, disambiguation, n
        more = math.ceil(len(source) * 0.4)
        padding = (_WORD * (more // len(_WORD) + 1))[:more].strip()
        return f"{source} {padding}" if more > len(_WORD) else source + padding


@pytest.fixture
def longer(shown: Shown) -> Iterator[Shown]:
    translator = Longer()
    QCoreApplication.installTranslator(translator)
    shown.wait(lambda: "åäö" in shown.window.interior.navigation.item(0).text())
    yield shown
    QCoreApplication.removeTranslator(translator)


def test_no_text_of_the_window_is_cut_off(longer: Shown) -> None:
    window = longer.window
    longer.screen.view.selectRow(0)
    longer.wait(longer.screen.summary.isVisible)
    longer.wait(lambda: not cut(window))
    window.resize(SMALL)
    longer.wait(longer.screen.summary.isHidden)
    longer.wait(lambda: not cut(window))
    assert window.interior.navigation.sizeHintForColumn(0) <= window.interior.navigation.viewport().width()
    window.interior.navigation.go("settings")
    longer.wait(window.interior.screens.preferences.isEnabled)
    longer.wait(lambda: not cut(window))
    window.interior.screens.setCurrentWidget(window.interior.screens.assistance)
    longer.wait(window.interior.screens.assistance.isEnabled)
    longer.wait(lambda: not cut(window))
    assert window.size() == SMALL


@pytest.mark.parametrize("opener", WINDOWS)
def test_no_text_of_the_form_and_its_dialogs_is_cut_off(
    longer: Shown, house: House, opener: Callable[[Shown, House], QWidget]
) -> None:
    window = opener(longer, house)
    longer.wait(lambda: not cut(window))
    assert window.size().boundedTo(SMALL) == window.size()
    close_all(longer, window)

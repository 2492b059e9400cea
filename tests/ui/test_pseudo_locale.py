"""A language whose texts are two fifths longer than the English ones: nothing is cut off."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, QTranslator
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget

from tests.ui.conftest import House, Shown
from tests.ui.test_accessible import WINDOWS, close_all

LAPTOP = QSize(1366, 728)
"""A small laptop's screen without its task bar."""
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
        return f"{source} {padding}" if more > len(_WORD) else source + padding.strip()


@pytest.fixture
def longer(shown: Shown) -> Iterator[Shown]:
    translator = Longer()
    QCoreApplication.installTranslator(translator)
    shown.wait(lambda: "åäö" in shown.window.navigation.item(0).text())
    yield shown
    QCoreApplication.removeTranslator(translator)


def cut_off(window: QWidget) -> list[str]:
    """The texts of which a part cannot be seen."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    return [f"{one.text()}: {one.size()} for {one.sizeHint()}" for one in _said(window) if _is_cut(one)]


def _said(window: QWidget) -> Iterator[QAbstractButton | QLabel]:
    for one in (*window.findChildren(QAbstractButton), *window.findChildren(QLabel)):
        if one.isVisible() and one.text():
            yield one


def _is_cut(one: QAbstractButton | QLabel) -> bool:
    if isinstance(one, QAbstractButton):
        return one.width() < one.sizeHint().width() or one.height() < one.sizeHint().height()
    if one.wordWrap():
        return one.height() < one.heightForWidth(one.width())
    shown = re.sub("&(?=[^&])", "", one.text()) if one.buddy() is not None else one.text()
    needed = max(QFontMetrics(one.font()).horizontalAdvance(line) for line in shown.splitlines())
    return one.contentsRect().width() < needed


def test_no_text_of_the_window_is_cut_off(longer: Shown) -> None:
    window = longer.window
    window.resize(LAPTOP)
    longer.screen.view.selectRow(0)
    longer.wait(longer.screen.summary.isVisible)
    assert cut_off(window) == []
    window.navigation.setCurrentRow(1)
    longer.wait(window.preferences.isEnabled)
    assert cut_off(window) == []
    window.screens.setCurrentWidget(window.assistance)
    longer.wait(window.assistance.isEnabled)
    assert cut_off(window) == []


@pytest.mark.parametrize("opener", WINDOWS)
def test_no_text_of_the_form_and_its_dialogs_is_cut_off(
    longer: Shown, house: House, opener: Callable[[Shown, House], QWidget]
) -> None:
    window = opener(longer, house)
    longer.qtbot.waitExposed(window)
    for one in (window, *window.findChildren(QDialog)):
        if one.isVisible():
            assert cut_off(one) == []
            assert one.width() <= LAPTOP.width()
            assert one.minimumSizeHint().height() <= LAPTOP.height()
    close_all(longer, window)

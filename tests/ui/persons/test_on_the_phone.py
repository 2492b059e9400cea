"""R24, R28: a customer is on the phone; why his calendar is stuck is two groups of keys away: name, Enter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import House, Shown
from tests.ui.people import Sample, sample


def stuck(wanted: Callable[[Sample], bool]) -> Sample:
    return next(one for one in sample(130) if one.active and one.kind == "person" and wanted(one))


def type_into(widget: QWidget, text: str) -> None:
    """Press the keys of a text; what is not ASCII the library would abort on."""
    QTest.keyClicks(widget, text)


@pytest.mark.parametrize(
    ("wanted", "title", "said"),
    [
        (lambda one: one.error == "EX-IMP-01", "pysähtyi", "ei ole oikeutta postilaatikkoon"),
        (lambda one: one.delayed, "uudelleen", "ei vastannut määräajassa"),
    ],
    ids=["stopped", "delayed"],
)
def test_why_one_persons_sync_is_stuck_is_a_name_and_enter_away(
    make_house: Callable[[list[Sample]], House],
    show: Callable[..., Shown],
    wanted: Callable[[Sample], bool],
    title: str,
    said: str,
) -> None:
    person = stuck(wanted)
    shown = show(make_house(list(sample(130))).services)
    field = QApplication.focusWidget()
    assert field is shown.screen.criteria.text, "the window opens where one types"
    type_into(field, str(person.login).split("@")[0])
    shown.wait(lambda: shown.rows() == [person.id])
    QTest.keyClick(field, Qt.Key.Key_Return)
    card = shown.screen.summary._trouble
    shown.wait(lambda: card.isVisible() and bool(card._message.text()))
    assert title in card._title.text()
    assert said in card._message.text().replace("\N{ZERO WIDTH SPACE}", "")
    assert card._remedy.text()

"""Widths set by hand: dragged, by key and by menu; kept, and taken back (R22)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest

from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from tests.ui.persons.test_columns import columns_menu
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.delegate import PADDING

LEFT = Qt.MouseButton.LeftButton
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def widths(shown: Shown) -> dict[At, int]:
    return {at: shown.screen.view.columnWidth(at) for at in At}


def edge(shown: Shown, at: At) -> QPoint:
    """Where the mouse takes hold of the right edge of a heading."""
    header = shown.screen.view.horizontalHeader()
    return QPoint(header.sectionViewportPosition(at) + header.sectionSize(at) - 1, header.height() // 2)


def drag(shown: Shown, at: At, by: int, *, let_go: bool = True) -> None:
    port = shown.screen.view.horizontalHeader().viewport()
    start = edge(shown, at)
    QTest.mouseMove(port, start)
    QTest.mousePress(port, LEFT, pos=start)
    for step in (by // 2, by):
        QTest.mouseMove(port, start + QPoint(step, 0))
    if let_go:
        QTest.mouseRelease(port, LEFT, pos=start + QPoint(by, 0))


def test_r22_a_width_set_with_the_mouse_is_there_tomorrow(house: House, show: Callable[..., Shown]) -> None:
    shown = show(house.services, remembered="w.ini")
    before = widths(shown)
    drag(shown, At.NAME, 60)
    after = widths(shown)
    assert after[At.NAME] == before[At.NAME] + 60
    assert sum(after.values()) <= shown.screen.view.viewport().width(), "the others gave way"
    assert (after[At.EDIT], after[At.SWITCH]) == (before[At.EDIT], before[At.SWITCH])
    assert widths(show(house.services, remembered="w.ini")) == after


def test_while_an_edge_is_dragged_it_stays_under_the_mouse(shown: Shown) -> None:
    before = widths(shown)
    drag(shown, At.NAME, 50, let_go=False)
    during = widths(shown)
    ahead = (At.STATE, At.MOBILE, At.ID)
    assert [during[at] for at in ahead] == [before[at] for at in ahead]
    assert during[At.NAME] == before[At.NAME] + 50
    assert sum(during.values()) <= shown.screen.view.viewport().width()
    QTest.mouseRelease(shown.screen.view.horizontalHeader().viewport(), LEFT, pos=edge(shown, At.NAME))


def test_a_column_sized_by_hand_keeps_its_width_when_the_window_does_not(shown: Shown) -> None:
    drag(shown, At.LOGIN, 30)
    kept, before = widths(shown)[At.LOGIN], widths(shown)
    shown.window.resize(1700, 860)
    shown.wait(lambda: widths(shown)[At.EMAIL] > before[At.EMAIL])
    assert widths(shown)[At.LOGIN] == kept


def test_the_columns_of_buttons_have_no_edge_to_drag(shown: Shown) -> None:
    before = widths(shown)
    drag(shown, At.EDIT, 40)
    drag(shown, At.SWITCH, -40)
    assert widths(shown) == before


@pytest.mark.parametrize("at", [At.NAME, At.EMAIL, At.LOGIN])
def test_a_double_click_on_an_edge_makes_room_for_the_rows_in_sight(shown: Shown, at: At) -> None:
    shown.window.resize(1900, 500)
    drag(shown, at, -130)
    narrow = widths(shown)[at]
    port, view = shown.screen.view.horizontalHeader().viewport(), shown.screen.view
    QTest.mouseMove(port, edge(shown, at))
    QTest.mouseDClick(port, LEFT, pos=edge(shown, at))
    seen = range(view.rowAt(0), view.rowAt(view.viewport().height() - 1) + 1)
    assert 0 < len(seen) < len(shown.rows())
    texts = [shown.cell(shown.rows()[row], at) for row in seen]
    longest = max(view.fontMetrics().horizontalAdvance(text) for text in texts)
    assert narrow < longest + 2 * PADDING <= widths(shown)[at] <= view.viewport().width()


def test_only_the_rows_in_sight_are_asked(shown: Shown) -> None:
    """Of 100,000 rows nobody waits for those below."""
    asked: list[int] = []
    table = shown.screen.model
    original = table.cached
    table.cached = lambda one: asked.append(one) or original(one)  # type: ignore[method-assign,func-returns-value]
    shown.window.resize(1440, 500)
    view = shown.screen.view
    shown.wait(lambda: 0 < view.rowAt(view.viewport().height() - 1) < len(shown.rows()) - 5)
    asked.clear()
    view.sharing.fit(At.NAME)
    assert len(asked) < len(shown.rows())


def test_by_key_a_column_becomes_wider_and_narrower(shown: Shown) -> None:
    view = shown.screen.view
    view.go_to(shown.rows()[0], At.LOGIN)
    before = widths(shown)[At.LOGIN]
    QTest.keyClick(view, Qt.Key.Key_Right, BOTH)
    wide = widths(shown)[At.LOGIN]
    assert wide > before
    QTest.keyClick(view, Qt.Key.Key_Left, BOTH)
    assert abs(widths(shown)[At.LOGIN] - before) <= 1
    assert view.currentIndex().column() == At.LOGIN
    view.go_to(shown.rows()[0], At.SWITCH)
    buttons = widths(shown)[At.SWITCH]
    QTest.keyClick(view, Qt.Key.Key_Right, BOTH)
    assert widths(shown)[At.SWITCH] == buttons


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_by_menu_a_column_is_sized_and_all_are_restored(shown: Shown) -> None:
    view, first = shown.screen.view, widths(shown)
    view.go_to(shown.rows()[0], At.NAME)
    entries = {text.partition("\t")[0]: action for text, action in columns_menu(shown).items()}
    assert not entries["Palauta sarakkeet"].isEnabled()
    entries["Levennä saraketta Nimi"].trigger()
    assert widths(shown)[At.NAME] > first[At.NAME]
    entries = {text.partition("\t")[0]: action for text, action in columns_menu(shown).items()}
    entries["Kavenna saraketta Nimi"].trigger()
    entries["Sovita sarake Nimi näkyviin riveihin"].trigger()
    entries = {text.partition("\t")[0]: action for text, action in columns_menu(shown).items()}
    entries["Palauta sarakkeet"].trigger()
    assert widths(shown) == first


def test_a_width_of_no_sense_is_brought_into_the_view(
    house: House, show: Callable[..., Shown], tmp_path: object
) -> None:
    settings = QSettings(f"{tmp_path}/w.ini", QSettings.Format.IniFormat)
    settings.setValue("columns", "name id state name=999 id=1 edit=90 email=-3 login=nan")
    settings.sync()
    shown = show(house.services, remembered="w.ini")
    view = shown.screen.view
    assert 28 <= widths(shown)[At.ID] <= widths(shown)[At.NAME] <= view.viewport().width()
    assert dict(view.arrangement().widths).keys() == {At.NAME, At.ID}


def test_with_a_larger_font_the_same_text_has_room(shown: Shown) -> None:
    view = shown.screen.view
    drag(shown, At.NAME, 40)
    before = widths(shown)[At.NAME]
    view.setFont(QFont("DejaVu Sans", 14))
    shown.wait(lambda: widths(shown)[At.NAME] > before * 1.25)
    view.setFont(QFont("DejaVu Sans", 10))
    shown.wait(lambda: widths(shown)[At.NAME] == before)
    assert len(shown.rows()) == sum(one.active for one in sample(40))

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionHeader

from tests.ui.conftest import Shown
from vfadmin.ui.persons.columns import COLUMNS, At, spoken
from vfadmin.ui.persons.criteria import Sort, sorted_by, then_by

NAMES = [column.sort for column in COLUMNS if column.sort]


def click(shown: Shown, at: At, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    header = shown.screen.view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(at) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def arrows(shown: Shown) -> dict[str, str]:
    """The headings with an arrow, as they are drawn, and which way it points."""
    header = shown.screen.view._headings
    found = {}
    for column in COLUMNS:
        option = QStyleOptionHeader()
        header.initStyleOptionForIndex(option, column.at)
        if option.sortIndicator != QStyleOptionHeader.SortIndicator.None_:
            found[option.text] = option.sortIndicator.name
    return found


def submenus(shown: Shown) -> dict[str, QMenu]:
    """The submenus of the context menu by their titles; nobody has to look at it."""
    shown.screen._menu(QPoint(0, 0))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = {one.title(): one for action in menu.actions() if (one := action.menu()) is not None}
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    menu.close()
    return found


def test_r22_shift_adds_a_second_column_to_the_order(shown: Shown) -> None:
    click(shown, At.STATE)
    shown.wait(lambda: arrows(shown) == {"Tila": "SortDown"})
    click(shown, At.NAME, Qt.KeyboardModifier.ShiftModifier)
    shown.wait(lambda: arrows(shown) == {"1 Tila": "SortDown", "2 Nimi": "SortDown"})
    click(shown, At.NAME, Qt.KeyboardModifier.ShiftModifier)
    shown.wait(lambda: arrows(shown) == {"1 Tila": "SortDown", "2 Nimi": "SortUp"})
    assert shown.screen.criteria.criteria().sort == (("state", False), ("name", True))
    shown.wait(lambda: all(shown.row(one) is not None for one in shown.rows()))
    rows = [shown.row(one) for one in shown.rows()]
    active = [row.name for row in rows if row.state == "active"]
    assert [row.state for row in rows] == sorted(
        (row.state for row in rows), key=[*dict.fromkeys(row.state for row in rows)].index
    )
    assert active[0] > active[-1]


def test_a_click_without_shift_orders_by_that_column_alone(shown: Shown) -> None:
    click(shown, At.STATE)
    click(shown, At.LOGIN, Qt.KeyboardModifier.ShiftModifier)
    click(shown, At.ID)
    shown.wait(lambda: arrows(shown) == {"ID": "SortDown"})


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_same_is_done_from_the_context_menu_by_keyboard(shown: Shown) -> None:
    first = {action.text(): action for action in submenus(shown)["Lajittele"].actions()}
    assert [text for text, action in first.items() if action.isChecked()] == ["Nimi, nouseva"]
    first["Tila"].trigger()
    then = {action.text(): action for action in submenus(shown)["Lajittele lisäksi"].actions()}
    assert "Tila" not in then
    then[spoken(COLUMNS[At.LOGIN])].trigger()
    shown.wait(lambda: len(arrows(shown)) == 2)
    assert shown.screen.criteria.criteria().sort == (("state", False), ("login", False))


@given(st.sampled_from(NAMES), st.lists(st.tuples(st.booleans(), st.sampled_from(NAMES))))
def test_at_most_two_columns_order_and_none_twice(first: str, clicks: list[tuple[bool, str]]) -> None:
    sort: Sort = ((first, False),)
    for further, column in clicks:
        sort = then_by(sort, column) if further else sorted_by(sort, column)
        assert 1 <= len(sort) <= 2
        assert len({name for name, _ in sort}) == len(sort)
        assert column in dict(sort)
        assert further or sort == ((column, sort[0][1]),)


@pytest.mark.parametrize("further", [False, True])
def test_asked_twice_it_turns_round_and_a_third_time_back(further: bool) -> None:
    turn = then_by if further else sorted_by
    once = turn((("name", False),), "state")
    assert turn(once, "state") != once
    assert turn(turn(once, "state"), "state") == once

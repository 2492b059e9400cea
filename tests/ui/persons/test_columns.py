from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.conftest import House, Shown
from vfadmin.ui.persons.arrangement import ALWAYS, Arrangement, dump, parse
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.delegate import BUTTONS

ORDERS = st.permutations(list(At)).map(tuple)
HIDDEN = st.frozensets(st.sampled_from(sorted(set(At) - ALWAYS)))


SIZED = st.dictionaries(
    st.sampled_from(sorted(set(At) - set(BUTTONS))), st.integers(100, 100_000).map(lambda parts: parts / 100)
).map(lambda widths: tuple(sorted(widths.items())))


@given(st.builds(Arrangement, ORDERS, HIDDEN, SIZED))
def test_what_is_written_is_read(arrangement: Arrangement) -> None:
    assert parse(dump(arrangement)) == arrangement


ODD = [
    "name",
    "-name",
    "-id",
    "id",
    "--id",
    "-",
    "x",
    "name=9",
    "edit=9",
    "-id=4",
    "id=nan",
    "id=1e9",
    "id=-4",
]


@given(st.text() | st.lists(st.sampled_from(ODD)).map(" ".join))
def test_whatever_stands_there_shows_every_row_and_each_column_once(text: str) -> None:
    found = parse(text)
    assert sorted(found.order) == sorted(At)
    assert not found.hidden & ALWAYS
    assert all(1 <= width <= 1000 and at not in BUTTONS for at, width in found.widths)


def columns_menu(shown: Shown) -> dict[str, QAction]:
    """The entries of the submenu for the keyboard."""
    shown.screen._menu(QPoint(0, 0))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    submenus = [one for action in menu.actions() if (one := action.menu()) is not None]
    submenu = next(one for one in submenus if one.title() == "Sarakkeet")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    menu.close()
    return {action.text(): action for action in submenu.actions() if not action.isSeparator()}


def headings(shown: Shown) -> list[At]:
    """What is shown from left to right."""
    found = shown.screen.view.arrangement()
    return [at for at in found.order if at not in found.hidden]


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_columns_are_hidden_by_keyboard_and_stay_hidden(house: House, show: Callable[..., Shown]) -> None:
    shown = show(house.services, remembered="w.ini")
    entries = columns_menu(shown)
    assert not entries["Nimi"].isEnabled()
    assert not entries["Palauta sarakkeet"].isEnabled()
    entries["Sähköposti"].trigger()
    assert At.EMAIL not in headings(shown)
    again = show(house.services, remembered="w.ini")
    assert headings(again) == [at for at in At if at is not At.EMAIL]
    columns_menu(again)["Palauta sarakkeet"].trigger()
    assert headings(again) == list(At)


def test_a_dragged_column_stays_where_it_was_put(house: House, show: Callable[..., Shown]) -> None:
    shown = show(house.services, remembered="w.ini")
    header = shown.screen.view.horizontalHeader()
    header.moveSection(header.visualIndex(At.LOGIN), 0)
    again = show(house.services, remembered="w.ini")
    assert headings(again)[:3] == [At.LOGIN, At.STATE, At.MOBILE]
    assert again.screen.view.shown_columns()[0] is At.LOGIN


def test_what_a_hidden_column_leaves_goes_to_the_others(shown: Shown) -> None:
    view = shown.screen.view
    before = view.columnWidth(At.NAME)
    view.arrange(Arrangement().toggled(At.EMAIL).toggled(At.SYNCED))
    assert view.columnWidth(At.NAME) > before
    seen = sum(view.columnWidth(at) for at in headings(shown))
    assert seen <= view.viewport().width()


def test_the_keyboard_leaves_a_column_that_is_hidden(shown: Shown) -> None:
    view = shown.screen.view
    person = shown.rows()[3]
    view.go_to(person, At.EMAIL)
    view.arrange(Arrangement().toggled(At.EMAIL))
    assert (view.current_id(), view.currentIndex().column()) == (person, At.NAME)
    assert view.selected_ids() == [person]

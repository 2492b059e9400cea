from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLineEdit

from tests.ui.conftest import House, Shown
from vfadmin.ui.persons.columns import COLUMNS
from vfadmin.ui.persons.criteria import Criteria
from vfadmin.ui.persons.saved_views import SavedView, SavedViews, dump, parse

SORTED_BY = [column.sort for column in COLUMNS if column.sort]
CRITERIA = st.builds(
    Criteria,
    text=st.text(),
    company_id=st.none() | st.integers(1, 2**40),
    states=st.frozensets(st.sampled_from(["active", "passive", "error", "unused"])),
    include_inactive=st.booleans(),
    mobile_only=st.booleans(),
    error_code=st.none() | st.text(),
    sort=st.lists(st.tuples(st.sampled_from(SORTED_BY), st.booleans()), min_size=1, max_size=2).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["name", "text", "company", "states", "inactive", "mobile", "cause", "sort"]),
            inner,
        )
    ),
)


@given(st.lists(st.builds(SavedView, st.text(), CRITERIA)).map(tuple))
def test_what_is_written_is_read(views: tuple[SavedView, ...]) -> None:
    assert parse(dump(views)) == views


@given(st.text() | JSON.map(lambda told: json.dumps([told])))
def test_whatever_stands_there_is_read_or_passed_over(text: str) -> None:
    assert all(isinstance(view, SavedView) for view in parse(text))


def test_a_view_whose_order_nobody_knows_is_passed_over() -> None:
    known = SavedView("a", Criteria())
    assert parse(dump([known, SavedView("b", Criteria(sort=(("shoe size", False),)))])) == (known,)


def test_views_stand_in_the_order_of_their_names_and_a_name_is_kept_once(tmp_path: Path) -> None:
    views = SavedViews(QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    for name, text in (("virheet", "1"), ("Åbo", "2"), ("Maanantai", "3"), ("VIRHEET", "4")):
        views.save(name, Criteria(text=text))
    assert [(view.name, view.criteria.text) for view in views.all()] == [
        ("Maanantai", "3"), ("VIRHEET", "4"), ("Åbo", "2"),
    ]  # fmt: skip
    views.remove("maanantai")
    assert views.names() == ("VIRHEET", "Åbo")


def texts(shown: Shown) -> list[str]:
    menu = shown.screen.criteria.views.made_menu()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def save_as(shown: Shown, name: str) -> None:
    shown.screen.criteria.views.ask_name()
    (dialog,) = shown.screen.criteria.views.findChildren(QInputDialog)
    shown.wait(dialog.isVisible)
    (line,) = dialog.findChildren(QLineEdit)
    line.setText(name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    shown.wait(lambda: not shown.screen.criteria.views.findChildren(QInputDialog))


def pick(shown: Shown, name: str) -> None:
    menu = shown.screen.criteria.views.made_menu()
    next(action for action in menu.actions() if action.text() == name).trigger()


def test_r21_the_criteria_of_today_are_there_tomorrow(house: House, show: Callable[..., Shown]) -> None:
    shown = show(house.services, remembered="w.ini")
    assert texts(shown)[0] == "Näkymiä ei ole vielä tallennettu"
    bar = shown.screen.criteria
    bar.chips["error"].setChecked(True)
    bar.inactive.setChecked(True)
    bar.sort_by("last_synced")
    shown.wait(lambda: {shown.row(one).state for one in shown.rows()} == {"error"})
    kept, rows = bar.criteria(), shown.rows()
    save_as(shown, "  Maanantain   punaiset & muut ")

    again = show(house.services, remembered="w.ini")
    assert texts(again)[0] == "Maanantain punaiset && muut"
    pick(again, "Maanantain punaiset && muut")
    again.wait(lambda: again.rows() == rows)
    assert again.screen.criteria.criteria() == kept


def test_a_view_of_a_company_that_is_gone_is_shown_without_it(shown: Shown) -> None:
    bar = shown.screen.criteria
    bar.show_criteria(Criteria(text="aalto", company_id=99_999))
    assert bar.criteria() == Criteria(text="aalto")


def test_a_view_is_deleted_from_the_menu(shown: Shown) -> None:
    save_as(shown, "Turha")
    menu = shown.screen.criteria.views.made_menu()
    removal = next(action.menu() for action in menu.actions() if action.menu() is not None)
    removal.actions()[0].trigger()
    assert shown.screen.criteria.views._views.all() == ()
    assert texts(shown)[0] == "Näkymiä ei ole vielä tallennettu"


@pytest.mark.parametrize("typed", ["", "   "])
def test_a_view_without_a_name_is_not_kept(shown: Shown, typed: str) -> None:
    save_as(shown, typed)
    assert shown.screen.criteria.views._views.all() == ()


def test_what_a_newer_program_has_saved_is_kept_and_what_is_damaged_too(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    newer = {"name": "Uusi", "shape": "round"}
    settings.setValue("saved_views", json.dumps([newer]))
    views = SavedViews(settings)
    views.save("Oma", Criteria(text="a"))
    assert views.names() == ("Oma",)
    assert newer in json.loads(str(settings.value("saved_views")))
    settings.setValue("saved_views", '[{"name": "Oma"')
    views.save("Toinen", Criteria())
    assert views.names() == ("Toinen",)
    assert settings.value("saved_views_damaged") == '[{"name": "Oma"'


def test_a_view_chosen_before_the_companies_are_read_keeps_its_company(shown: Shown) -> None:
    bar = shown.screen.criteria
    company = bar.company.itemData(1)
    bar._companies_known = False
    while bar.company.count() > 1:
        bar.company.removeItem(1)
    bar.show_criteria(Criteria(company_id=company))
    assert bar.criteria().company_id == company
    shown.screen.refresh()
    shown.wait(lambda: bar.company.currentData() == company)
    bar.reset()
    assert bar.criteria() == Criteria()

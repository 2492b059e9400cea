"""The screens of a window whose store is not open: every one of them says so, and comes when it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.conftest import House, Shown
from vfadmin.errors import StoreError, failure
from vfadmin.services.context import Services
from vfadmin.ui.bulk.screen import ImportScreen
from vfadmin.ui.persons.empty import Void
from vfadmin.ui.settings.screen import SettingsScreen
from vfadmin.ui.troubles.screen import TroublesScreen


def opens_the_second_time(services: Services) -> Callable[[], Services]:
    tried: list[int] = []

    def opener() -> Services:
        tried.append(1)
        if len(tried) == 1:
            raise StoreError(failure("VF-STORE-03", path="vfadmin.db"))
        return services

    return opener


@pytest.mark.parametrize(
    ("place", "kind"), [("import", ImportScreen), ("troubles", TroublesScreen), ("settings", SettingsScreen)]
)
def test_a_screen_says_that_there_is_no_store_and_comes_when_there_is_one(
    house: House, show: Callable[..., Shown], place: str, kind: type
) -> None:
    shown = show(opens_the_second_time(house.services), wait=False)
    screens = shown.window.interior.screens
    shown.wait(lambda: shown.screen.empty.void is Void.OUT_OF_REACH)
    shown.window.interior.navigation.go(place)
    assert screens.currentWidget() is screens.placeholder
    assert screens.placeholder.void is Void.OUT_OF_REACH
    assert "VF-STORE-03" in screens.placeholder._text.text()
    screens.placeholder.button.click()
    assert screens.placeholder.void is shown.screen.empty.void is Void.OPENING
    shown.wait(lambda: isinstance(screens.currentWidget(), kind))
    shown.wait(lambda: len(shown.rows()) > 0)


def test_a_screen_that_was_asked_for_early_hears_of_the_failure(
    house: House, show: Callable[..., Shown]
) -> None:
    shown = show(opens_the_second_time(house.services), wait=False)
    screens = shown.window.interior.screens
    shown.window.interior.navigation.go("troubles")
    assert screens.placeholder.void is Void.OPENING
    shown.wait(lambda: screens.placeholder.void is Void.OUT_OF_REACH)


def test_tried_again_from_the_search_view_every_screen_is_said_to_be_opening(
    house: House, show: Callable[..., Shown]
) -> None:
    shown = show(opens_the_second_time(house.services), wait=False)
    screens = shown.window.interior.screens
    shown.wait(lambda: shown.screen.empty.void is Void.OUT_OF_REACH)
    shown.window.interior.navigation.go("troubles")
    shown.screen.empty.button.click()
    assert screens.placeholder.void is shown.screen.empty.void is Void.OPENING
    shown.wait(lambda: isinstance(screens.currentWidget(), TroublesScreen))


def test_asked_for_a_file_without_a_store_the_window_says_why_first(
    house: House, show: Callable[..., Shown]
) -> None:
    shown = show(opens_the_second_time(house.services), wait=False)
    interior = shown.window.interior
    shown.wait(lambda: shown.screen.empty.void is Void.OUT_OF_REACH)
    interior.actions_made.made["import-file"].trigger()
    assert interior.screens.currentWidget() is interior.screens.placeholder
    interior.actions_made.made["go-troubles"].trigger()
    assert interior.screens.currentWidget() is interior.screens.placeholder

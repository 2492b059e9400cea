from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QSpinBox

from tests.ui.conftest import House, Shown
from vfadmin.ui.settings.screen import KEYS
from vfadmin.ui.translations import Speaker


def test_r13_the_default_event_type_is_changed_with_its_warning(shown: Shown, house: House) -> None:
    screen = shown.window.interior.screens.preferences
    shown.wait(lambda: screen.event_type.count() == 4)
    assert "kaikkien henkilöiden tapahtumiin" in screen._notes["default_event_type"].text()
    assert not screen.save.isEnabled()
    screen.event_type.setCurrentIndex(2)
    screen.save.click()
    shown.wait(lambda: bool(screen.bar.message))
    chosen = {one.id: one.name for one in house.services.directory.event_types()}
    assert chosen[house.services.settings.number("default_event_type")] == screen.event_type.currentText()


def test_a_change_can_be_discarded(shown: Shown, house: House) -> None:
    screen = shown.window.interior.screens.preferences
    shown.wait(screen.isEnabled)
    screen.days_back.setValue(30)
    screen.revert.click()
    assert screen.days_back.value() == 7
    assert not screen.save.isEnabled()
    assert house.services.settings.number("days_back") == 7


def test_an_interval_of_odd_seconds_is_left_alone_by_saving_something_else(
    shown: Shown, house: House
) -> None:
    house.services.settings.set("poll_seconds", 45)
    screen = shown.window.interior.screens.preferences
    screen.begin()
    shown.wait(lambda: screen._stored.get("poll_seconds") == 45)
    screen.days_back.setValue(14)
    screen.save.click()
    shown.wait(lambda: bool(screen.bar.message))
    assert house.services.settings.number("days_back") == 14
    assert house.services.settings.number("poll_seconds") == 45


def test_every_setting_that_an_admin_may_change_is_on_the_screen(shown: Shown, house: House) -> None:
    screen = shown.window.interior.screens.preferences
    shown.wait(screen.isEnabled)
    # How many run at a time, and when silence is told, is for whoever looks after the server, on the command
    # line, as is where new versions are told of; the switch of all synchronisation stands with what is stuck.
    elsewhere = {"workers", "silent_hours", "update_url", "paused"}
    wanted = {row.key for row in house.services.settings.all() if not row.support} - elsewhere
    assert set(KEYS) == wanted
    stored = {row.key: row.value for row in house.services.settings.all()}
    assert {key: screen.values()[key] for key in wanted} == {key: stored[key] for key in wanted}


def test_r16_and_the_guard_are_set_and_stay_within_their_limits(shown: Shown, house: House) -> None:
    screen = shown.window.interior.screens.preferences
    shown.wait(screen.isEnabled)
    tentative, percent = (
        screen._fields[name].control for name in ("show_unacknowledged_as_tentative", "guard_percent")
    )
    assert isinstance(tentative, QCheckBox)
    assert isinstance(percent, QSpinBox)
    tentative.click()
    percent.setValue(1000)
    assert percent.value() == 100
    screen.save.click()
    shown.wait(lambda: bool(screen.bar.message))
    assert house.services.settings.flag("show_unacknowledged_as_tentative")
    assert house.services.settings.number("guard_percent") == 100
    assert not screen.save.isEnabled()


def test_how_long_history_is_kept_is_set_within_its_limits(shown: Shown, house: House) -> None:
    screen = shown.window.interior.screens.preferences
    shown.wait(screen.isEnabled)
    assert screen._labels["history_days"].text() == "Historian säil&ytysaika, vrk"
    assert screen._notes["history_days"].text().startswith("1–3\N{NO-BREAK SPACE}650 vuorokautta.")
    assert screen.history_days.value() == 30
    screen.history_days.setValue(9_999)
    assert screen.history_days.value() == 3_650
    screen.history_days.setValue(90)
    screen.save.click()
    shown.wait(lambda: bool(screen.bar.message))
    assert house.services.settings.number("history_days") == 90


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_no_two_fields_have_the_same_shortcut(shown: Shown, speaker: Speaker, lang: str) -> None:
    speaker.speak(lang)
    words = [label.text() for label in shown.window.interior.screens.preferences._labels.values()]
    keys = [word[word.index("&") + 1].casefold() for word in words]
    assert len(keys) == len(set(keys)), sorted(words)

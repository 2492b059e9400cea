from __future__ import annotations

from tests.ui.conftest import House, Shown


def test_r13_the_default_event_type_is_changed_with_its_warning(shown: Shown, house: House) -> None:
    screen = shown.window.preferences
    shown.wait(lambda: screen.event_type.count() == 4)
    assert "kaikkien henkilöiden tapahtumiin" in screen._notes["default_event_type"].text()
    assert not screen.save.isEnabled()
    screen.event_type.setCurrentIndex(2)
    screen.save.click()
    shown.wait(lambda: bool(screen.bar.message))
    chosen = {one.id: one.name for one in house.services.directory.event_types()}
    assert chosen[house.services.settings.number("default_event_type")] == screen.event_type.currentText()


def test_a_change_can_be_discarded(shown: Shown, house: House) -> None:
    screen = shown.window.preferences
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
    screen = shown.window.preferences
    screen.begin()
    shown.wait(lambda: screen._stored.get("poll_seconds") == 45)
    screen.days_back.setValue(14)
    screen.save.click()
    shown.wait(lambda: bool(screen.bar.message))
    assert house.services.settings.number("days_back") == 14
    assert house.services.settings.number("poll_seconds") == 45

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import House, Shown
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.phrases import Phrases
from vfadmin.ui.translations import LANGUAGES, Speaker, choose, parse
from vfadmin.ui.translations.check import complaints_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_code_is_translated(language: str) -> None:
    assert complaints_of(language) == []


def test_unfinished_texts_do_not_count() -> None:
    document = """<TS><context><name>A</name>
    <message><source>one</source><translation type="unfinished">x</translation></message>
    <message><source>two</source><translation>kaksi</translation></message></context></TS>"""
    assert parse(document) == {("A", "two"): ("kaksi",)}


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("fi", "1 henkilö aktivoitiin.", "5 henkilöä aktivoitiin."),
        ("en", "1 person activated.", "5 persons activated."),
    ],
)
def test_plurals(speaker: Speaker, language: str, one: str, many: str) -> None:
    speaker.speak(language)
    phrases = Phrases()
    assert phrases.tr("%n person(s) activated.", "", 1) == one
    assert phrases.tr("%n person(s) activated.", "", 5) == many


def test_what_is_asked_for_wins_over_the_system() -> None:
    finnish = QLocale.system().language() is QLocale.Language.Finnish
    assert choose("fi") == "fi"
    assert choose("en") == "en"
    assert choose(None) == choose("sv") == ("fi" if finnish else "en")


def test_qt_itself_speaks_finnish(speaker: Speaker) -> None:
    speaker.speak("fi")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Peru"


def test_the_window_changes_its_language_while_it_is_open(
    house: House, show: Callable[..., Shown], speaker: Speaker
) -> None:
    shown = show(house.services)
    person = next(one.id for one in house.people if one.active and one.state == "unused")
    assert shown.window.navigation.item(0).text() == "Henkilöt"
    assert shown.cell(person, At.STATE) == "Ei käytössä"
    speaker.speak("en")
    shown.wait(lambda: shown.window.navigation.item(0).text() == "Persons")
    assert shown.cell(person, At.STATE) == "Unused"
    assert shown.screen.actions_bar.made["sync"].text() == "&Synchronise now"
    assert shown.screen.criteria.chips["error"].text() == "In error"
    shown.window.language_asked.connect(speaker.speak)
    box = shown.window.preferences.language
    box.setCurrentIndex(box.findData("fi"))
    box.activated.emit(box.currentIndex())
    shown.wait(lambda: shown.window.navigation.item(0).text() == "Henkilöt")

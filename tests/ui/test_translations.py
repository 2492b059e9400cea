from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import House, Shown
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.phrases import Phrases
from vfadmin.ui.translations import LANGUAGES, Speaker, TsTranslator, choose, parse, read
from vfadmin.ui.translations.check import complaints_of
from vfadmin.ui.translations.release import STARTED, _compiled, release

HERE = Path(__file__).parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_code_is_translated(language: str) -> None:
    assert complaints_of(language) == []


NOT_THE_SAME = {
    "Search": "the field, and what its key does",
    "Sign-in": "a step of the check, and the way that is chosen",
    "Login": "in full, and where there is little room",
    "Changed": "what was done, and what would be done",
    "Error": "of the log, and of a person's integration",
    "Active": "of one, and of all",
    "Passive": "of one, and of all",
}
"""Texts of the code that are two in Finnish, and why."""


def test_one_text_of_the_code_is_one_in_finnish() -> None:
    said: dict[str, set[tuple[str, ...]]] = {}
    for (_, source), forms in parse(read("fi")).items():
        plain = tuple(form.replace("&", "") for form in forms)
        said.setdefault(source.replace("&", ""), set()).add(plain)
    several = {source: sorted(ways) for source, ways in said.items() if len(ways) > 1}
    assert {source: ways for source, ways in several.items() if source not in NOT_THE_SAME} == {}
    assert sorted(several) == sorted(NOT_THE_SAME), "what is one by now needs no reason"


@pytest.mark.parametrize(
    ("never", "always"),
    [
        ("määritet|määrittää", "määritellä"),
        ("[Yy]hteyttä ei ole asetettu", "määritellä"),
        ("klikka", "napsauttaa"),
    ],
)
def test_one_thing_has_one_name_in_finnish(never: str, always: str) -> None:
    window = (form for forms in parse(read("fi")).values() for form in forms)
    errors = (HERE.parents[1] / "resources" / "messages" / "fi.json").read_text(encoding="utf-8").splitlines()
    wrong = [text for text in (*window, *errors) if re.search(never, text)]
    assert wrong == [], f"say it with {always}"


@pytest.mark.parametrize("language", [*LANGUAGES, *STARTED])
def test_an_installed_program_says_what_a_checkout_says(language: str, tmp_path: Path) -> None:
    release(tmp_path)
    compiled = QTranslator()
    assert compiled.load(f"vfadmin_{language}", str(tmp_path))
    known = parse(read(language))
    checkout = TsTranslator(read(language))
    said = [
        (context, source, count, compiled.translate(context, source, None, count))
        for context, source in known
        for count in ((1, 2, 5) if len(known[context, source]) > 1 else (-1,))
    ]
    assert len(known) >= 20
    assert [one for one in said if one[3] != checkout.translate(one[0], one[1], None, one[2])] == []


def test_a_complete_language_with_an_unfinished_text_is_not_shipped(tmp_path: Path) -> None:
    document = '<!DOCTYPE TS><TS version="2.1" language="fi"><context><name>A</name><message>'
    document += '<source>rows</source><translation type="unfinished"/></message></context></TS>'
    source = tmp_path / "vfadmin_fi.ts"
    source.write_text(document, encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"vfadmin_fi\.ts was not compiled.*unfinished"):
        _compiled(source, tmp_path, ["-fail-on-unfinished"])
    assert not (tmp_path / "vfadmin_fi.qm").exists()


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
    assert shown.window.interior.navigation.item(0).text() == "Henkilöt"
    assert shown.cell(person, At.STATE) == "Ei käytössä"
    speaker.speak("en")
    shown.wait(lambda: shown.window.interior.navigation.item(0).text() == "Persons")
    assert shown.cell(person, At.STATE) == "Unused"
    assert shown.screen.actions_bar.made["sync"].text() == "&Synchronise now"
    assert shown.screen.criteria.chips["error"].text() == "In error"
    shown.window.language_asked.connect(speaker.speak)
    box = shown.window.interior.screens.preferences.language
    box.setCurrentIndex(box.findData("fi"))
    box.activated.emit(box.currentIndex())
    shown.wait(lambda: shown.window.interior.navigation.item(0).text() == "Henkilöt")

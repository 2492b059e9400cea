"""F1 opens the page of the error that is shown, and a code leads to its page everywhere (R22, R28)."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Shown
from tests.ui.looks import dark_palette, light_palette
from tests.ui.persons.test_work import press, some
from vfadmin.errors import CODES
from vfadmin.errors.pages import INDEX
from vfadmin.guide import CHAPTERS, anchor, chapter
from vfadmin.ui.code_text import JOIN, CodeText, code_meant, codes_in
from vfadmin.ui.help_window import HelpWindow, show_help
from vfadmin.ui.persons.columns import At
from vfadmin.ui.style import contrast, restyle, shades
from vfadmin.ui.translations import Speaker
from vfadmin.ui.widgets import InfoBar, wrapping

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


def helping(near: QWidget) -> HelpWindow:
    (found,) = near.findChildren(HelpWindow)
    return found


def in_error(shown: Shown) -> int:
    (person,) = some(lambda one: one.state == "error")
    shown.screen.view.go_to(person, At.NAME)
    shown.screen.view.setFocus()
    shown.wait(lambda: shown.screen.summary.person_id == person)
    return person


def test_r28_f1_opens_the_page_of_the_selected_persons_error(shown: Shown) -> None:
    code = shown.row(in_error(shown)).error.code
    press(shown.window, Qt.Key.Key_F1)

    opened = helping(shown.window)
    assert opened.code == code
    assert opened.windowTitle() == f"Ohje: {code}"
    assert code in opened.text.toPlainText()
    assert not opened.isModal()


def test_r28_f1_asks_about_the_row_even_where_the_summary_is_folded_away(shown: Shown) -> None:
    code = shown.row(in_error(shown)).error.code
    press(shown.window, Qt.Key.Key_F4)
    assert shown.screen.summary.isHidden()

    assert code_meant(shown.window) == code


def test_r28_f1_asks_about_the_latest_message_first(shown: Shown) -> None:
    in_error(shown)
    shown.screen.bar.show_message("bad", "Tunnus on jo käytössä.", "Tarkista.", code="VF-LOGIN-03")

    press(shown.window, Qt.Key.Key_F1)
    assert helping(shown.window).code == "VF-LOGIN-03"


def test_f1_opens_the_guide_where_nothing_is_wrong(shown: Shown) -> None:
    (person,) = some(lambda one: one.state == "active" and not one.delayed)
    shown.screen.view.go_to(person, At.NAME)
    shown.wait(lambda: shown.screen.summary.person_id == person)

    press(shown.window, Qt.Key.Key_F1)
    opened = helping(shown.window)
    assert (opened.code, opened.windowTitle()) == ("", "Ohje: opas")
    opened.all.click()
    assert all(code in opened.text.toPlainText() for code in CODES)


def test_the_help_has_a_button_where_one_looks_for_it(shown: Shown, speaker: Speaker) -> None:
    button = shown.window.interior.side.help
    assert (button.text(), button.toolTip()) == ("Ohje", "Ohje ja opas (F1)")
    assert button.accessibleName() == "Ohje ja opas"
    assert button.isVisible()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press(button, Qt.Key.Key_Space)
    assert helping(shown.window).windowTitle() == "Ohje: opas"
    speaker.speak("en")
    shown.wait(lambda: button.text() == "Help")
    assert button.toolTip() == "Help and guide (F1)"


def test_the_button_asks_as_f1_does_about_the_error_shown(shown: Shown) -> None:
    code = shown.row(in_error(shown)).error.code
    QTest.mouseClick(shown.window.interior.side.help, Qt.MouseButton.LeftButton)
    assert helping(shown.window).code == code


def test_the_button_has_its_place_in_the_smallest_window(shown: Shown) -> None:
    shown.window.resize(shown.window.minimumSize())
    QApplication.processEvents()
    side = shown.window.interior.side
    for button in (side.help, side.keys):
        assert side.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()
    last = side.navigation.visualItemRect(side.navigation.item(side.navigation.count() - 1))
    assert last.bottom() < side.navigation.viewport().height(), "all screens without scrolling"


def test_f1_asks_about_what_stops_everything_when_nothing_nearer_is_wrong(shown: Shown) -> None:
    shown.window.interior.navigation.go("settings")
    assert code_meant(shown.window) == ""
    text = wrapping(shown.window)
    text.setText("Kirjautuminen ei onnistu. (EX-AUTH-01)")
    text.show()

    assert code_meant(shown.window) == "EX-AUTH-01"
    text.deleteLater()


def test_the_code_that_has_the_keyboard_is_meant_before_all_others(shown: Shown) -> None:
    in_error(shown)
    shown.screen.bar.show_message("bad", "Viesti", "Ohje", code="VF-LOGIN-03")
    other = next(one for one in shown.screen.summary.findChildren(CodeText) if one.codes)
    other.setFocus(Qt.FocusReason.TabFocusReason)

    assert code_meant(shown.window) == other.codes[0]


@pytest.fixture
def dialog(speaker: Speaker, qtbot: QtBot) -> QDialog:
    """A question that nothing else can be used beside, with a bar for what is wrong."""
    del speaker
    made = QDialog()
    made.setModal(True)
    made.bar = InfoBar(made)  # type: ignore[attr-defined]  # what a test looks for
    QVBoxLayout(made).addWidget(made.bar)  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.show()
    return made


def test_f1_is_answered_in_a_dialog_that_waits_for_an_answer(dialog: QDialog) -> None:
    for code in ("VF-EVENT-03", "VF-EVENT-02"):
        dialog.bar.show_message("bad", "Ei kelpaa.", "Korjaa.", code=code)  # type: ignore[attr-defined]
        press(dialog, Qt.Key.Key_F1)
        assert helping(dialog).code == code, "and once only, however often the bar was filled"
        helping(dialog).setFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_code_is_reached_and_opened_from_the_keyboard(shown: Shown, key: Qt.Key) -> None:
    shown.screen.bar.show_message("bad", "Viesti", "Tee näin.", code="VF-LOGIN-03")
    remedy = next(one for one in shown.screen.bar.findChildren(CodeText) if one.codes)
    assert remedy.focusPolicy() & Qt.FocusPolicy.TabFocus
    remedy.setFocus(Qt.FocusReason.TabFocusReason)
    press(remedy, Qt.Key.Key_Tab)
    press(remedy, key)
    if not shown.window.findChildren(HelpWindow):  # the first Tab chooses the link on some platforms
        remedy.setFocus(Qt.FocusReason.TabFocusReason)
        press(remedy, key)

    assert helping(shown.window).code == "VF-LOGIN-03"


def test_text_is_never_taken_for_markup(speaker: Speaker, qtbot: QtBot) -> None:
    del speaker
    text = CodeText()
    qtbot.addWidget(text)
    said = 'Anna <b>"arvo"</b> & koodi VF-LOGIN-03\nToinen rivi'
    text.setText(said)
    assert text.text() == said
    assert "&lt;b&gt;" in QLabel.text(text)
    assert "<br>" in QLabel.text(text)

    text.setText("Ei koodia: <b>")
    assert QLabel.text(text) == "Ei koodia: <b>"
    assert text.textFormat() is Qt.TextFormat.PlainText
    assert not text.textInteractionFlags() & Qt.TextInteractionFlag.LinksAccessibleByKeyboard


def test_only_codes_of_the_set_are_links(speaker: Speaker, qtbot: QtBot) -> None:
    del speaker
    text = CodeText()
    qtbot.addWidget(text)
    text.setText("EX-NEW-01 ja EX-MBX-05")

    assert text.codes == ["EX-MBX-05"]
    assert QLabel.text(text).count("<a ") == 1
    assert codes_in(f"VF-{JOIN}LOGIN-{JOIN}03, XEX-MBX-05, EX-MBX-055") == ["VF-LOGIN-03"]


def test_a_link_can_be_read_on_light_and_dark_ground(
    app: QApplication, speaker: Speaker, qtbot: QtBot
) -> None:
    del speaker
    text = CodeText()
    qtbot.addWidget(text)
    text.setText("Koodi EX-MBX-05")
    seen = set()
    for palette in (light_palette(), dark_palette()):
        app.setPalette(palette)
        restyle(app)
        text.changeEvent(QEvent(QEvent.Type.PaletteChange))
        colours = shades(palette)
        assert f"color: {colours.accent_text}" in QLabel.text(text)
        assert contrast(QColor(colours.accent_text), QColor(colours.window)) >= 4.5
        seen.add(colours.accent_text)
    assert len(seen) == 2


# The window of the help


@pytest.fixture
def opened(speaker: Speaker, qtbot: QtBot) -> HelpWindow:
    """The page of a code that has commands."""
    del speaker
    window = HelpWindow()
    qtbot.addWidget(window)
    window.go("EX-MBX-05")
    window.show()
    return window


def test_a_command_of_a_page_can_be_copied(opened: HelpWindow) -> None:
    links = _links(opened)
    copies = [link for link in links if link.startswith("copy:")]
    assert copies
    opened.text.anchorClicked.emit(QUrl(copies[-1]))

    assert QApplication.clipboard().text() == "vfadmin integration resume --all-errors EX-MBX-05"
    opened.text.anchorClicked.emit(QUrl(copies[0]))
    assert QApplication.clipboard().text().startswith("Get-MailboxStatistics ")


def _links(window: HelpWindow) -> list[str]:
    found = []
    block = window.text.document().begin()
    while block.isValid():
        found += [part.fragment().charFormat().anchorHref() for part in block]  # type: ignore[attr-defined]
        block = block.next()
    return [link for link in found if link]


def test_one_goes_from_page_to_page_and_back(opened: HelpWindow) -> None:
    opened.all.click()
    assert opened.code == ""
    assert "EX-CONN-02.md" in _links(opened)
    opened.text.anchorClicked.emit(QUrl("EX-CONN-02.md"))
    assert opened.code == "EX-CONN-02"
    for code in ("", "EX-MBX-05"):
        opened.back.click()
        assert opened.code == code
    assert not opened.back.isEnabled()


def test_the_guide_is_read_from_step_to_step_and_back(opened: HelpWindow) -> None:
    opened.guide.click()
    assert (opened.windowTitle(), opened.code) == ("Ohje: opas", "")
    opened.text.anchorClicked.emit(QUrl("stuck.md"))
    assert opened.text.verticalScrollBar().value() == 0
    opened.text.anchorClicked.emit(QUrl("#6-jokin-odottaa-paatosta"))
    assert opened.text.cursorForPosition(QPoint(40, 12)).block().text() == "6. Jokin odottaa päätöstä"
    opened.text.anchorClicked.emit(QUrl("../../errors/fi/index.md"))
    assert opened.windowTitle() == "Ohje: virheet"
    for _ in range(3):
        opened.back.click()
    assert "Käyttöopas" in opened.text.toPlainText()


def test_a_command_of_the_guide_can_be_copied(opened: HelpWindow) -> None:
    opened.go("guide/stuck")
    copies = [link for link in _links(opened) if link.startswith("copy:")]
    opened.text.anchorClicked.emit(QUrl(copies[0]))

    assert QApplication.clipboard().text() == "vfadmin status"


@pytest.mark.parametrize("name", sorted(CHAPTERS))
def test_every_link_of_the_guide_leads_to_a_page_that_is_here(
    opened: HelpWindow, speaker: Speaker, name: str
) -> None:
    for lang in ("fi", "en"):
        speaker.speak(lang)
        opened.go(f"guide/{name}")
        links = [link for link in _links(opened) if not link.startswith("copy:")]
        for link in links:
            led, _, heading = opened._named(QUrl(link)).partition("#")
            assert led in {*CODES, INDEX, *(f"guide/{one}" for one in CHAPTERS)}, link
            assert heading in {"", *headings(chapter(led.removeprefix("guide/"), lang))}, link


def headings(text: str) -> set[str]:
    return {anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}


@pytest.mark.parametrize(
    ("typed", "code"), [("ex conn 2", "EX-CONN-02"), ("täynnä postilaatikko", "EX-MBX-05")]
)
def test_r28_a_page_is_found_by_its_code_and_by_what_is_seen(
    opened: HelpWindow, typed: str, code: str
) -> None:
    opened.go("VF-LOGIN-01")
    opened.search.insert(typed)
    press(opened.search, Qt.Key.Key_Return)

    assert opened.code == code
    assert opened.search.text() == ""
    assert opened.isVisible(), "Enter finds and does not close"


def test_what_is_typed_narrows_the_list(opened: HelpWindow) -> None:
    opened.search.insert("laatikko täynnä")
    assert _links(opened) == ["EX-MBX-05.md"]
    opened.search.insert(" xyzzy")
    assert _links(opened) == []
    press(opened.search, Qt.Key.Key_Return)
    assert opened.code == "", "nothing to open"
    opened.search.clear()
    press(opened.search, Qt.Key.Key_Return)
    assert "EX-CONN-02.md" in _links(opened)


@pytest.mark.parametrize(
    ("lang", "typed", "heading"),
    [
        ("fi", "jokin odottaa", "6. Jokin odottaa päätöstä"),
        ("fi", "JOKIN ODOTTAA PÄÄTÖSTÄ", "6. Jokin odottaa päätöstä"),
        ("fi", unicodedata.normalize("NFD", "jokin päätöstä"), "6. Jokin odottaa päätöstä"),
        ("fi", "tietoturva säilytysajat", "3. Säilytysajat"),
        ("en", "threats", "6. Threats and protections"),
    ],
)
def test_a_chapter_of_the_guide_is_found_by_its_headings_and_opened_there(
    opened: HelpWindow, speaker: Speaker, lang: str, typed: str, heading: str
) -> None:
    speaker.speak(lang)
    QApplication.processEvents()
    opened.search.insert(typed)
    assert opened.text.toPlainText().splitlines()[0] == {"fi": "Oppaassa", "en": "In the guide"}[lang]
    (link,) = _links(opened)
    opened.text.anchorClicked.emit(QUrl(link))
    assert opened.text.cursorForPosition(QPoint(40, 12)).block().text() == heading
    opened.back.click()
    opened.search.insert(typed)
    press(opened.search, Qt.Key.Key_Return)
    assert opened.text.cursorForPosition(QPoint(40, 12)).block().text() == heading


def test_errors_are_found_before_the_guide(opened: HelpWindow) -> None:
    opened.search.insert("salasana")
    links = _links(opened)
    pages = [link.startswith("guide/") for link in links]
    assert pages == sorted(pages)
    assert set(pages) == {False, True}
    press(opened.search, Qt.Key.Key_Return)
    assert opened.code == links[0].removesuffix(".md")


def test_a_chapter_is_found_by_its_title_and_opened_at_its_top(opened: HelpWindow) -> None:
    opened.search.insert("tietoturva ja tietosuoja")
    assert _links(opened)[0] == "guide/security.md"
    press(opened.search, Qt.Key.Key_Return)
    assert opened.text.toPlainText().startswith("Tietoturva ja tietosuoja")
    assert opened.text.verticalScrollBar().value() == 0


@pytest.mark.parametrize("typed", ["paatosta", "#", "```", "xyzzy", "vfadmin status"])
def test_what_is_no_heading_of_the_guide_is_not_found_there(opened: HelpWindow, typed: str) -> None:
    """An a is no ä; commands and signs are no words of a heading."""
    opened.search.insert(typed)
    assert [link for link in _links(opened) if link.startswith("guide/")] == []


def test_only_pages_of_the_web_are_handed_to_the_browser(
    opened: HelpWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: handed.append(url.toString()))
    opened.text.anchorClicked.emit(QUrl("https://login.microsoftonline.com/error"))
    opened.text.anchorClicked.emit(QUrl("file:///etc/passwd"))

    assert handed == ["https://login.microsoftonline.com/error"]
    assert opened.code == "EX-MBX-05"


def test_the_help_follows_language_and_palette(
    opened: HelpWindow, app: QApplication, speaker: Speaker
) -> None:
    assert "Postilaatikko on täynnä" in opened.text.toPlainText()
    speaker.speak("en")
    QApplication.processEvents()
    assert "The mailbox is full" in opened.text.toPlainText()
    assert opened.leave.text() == "Close"
    app.setPalette(dark_palette())
    restyle(app)
    QApplication.processEvents()
    assert _ground_of_a_command(opened) == QColor(shades(dark_palette()).hover)


def _ground_of_a_command(window: HelpWindow) -> QColor:
    block = window.text.document().begin()
    while "vfadmin integration resume" not in block.text():
        block = block.next()
    return block.blockFormat().background().color()


def test_the_help_is_closed_and_opened_from_the_keyboard_alone(shown: Shown) -> None:
    press(shown.window, Qt.Key.Key_F1)
    first = helping(shown.window)
    press(first.text, Qt.Key.Key_Escape)
    assert first.isHidden()
    assert show_help(shown.window, "EX-MBX-05") is first
    assert show_help(first) is first
    assert first.code == ""


def test_every_part_of_the_help_has_a_name(opened: HelpWindow) -> None:
    assert opened.text.accessibleName() == "Ohje: EX-MBX-05"
    assert opened.search.accessibleName() == "Etsi virhettä tai oppaan kohtaa"
    assert opened.windowTitle() == "Ohje: EX-MBX-05"

"""The filters in force as pills that can be taken away one by one (R20, R21)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.ui.conftest import Shown
from tests.ui.people import sample
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.filter_pills import FilterPill
from vfadmin.ui.translations import Speaker


def pills(shown: Shown) -> dict[str, FilterPill]:
    made = shown.screen.criteria.pills
    return {} if made is None or made.isHidden() else {pill.name: pill for pill in made.pills}


def narrow(shown: Shown) -> None:
    """A text, a company, the inactive ones and a cause."""
    criteria = shown.screen.criteria
    shown.wait(lambda: criteria.company.count() > 1)
    criteria.company.setCurrentIndex(1)
    criteria.inactive.setChecked(True)
    criteria.text.setText("a")
    shown.wait(lambda: {"text", "company", "inactive"} <= set(pills(shown)))


def test_at_first_there_is_no_line_of_filters(shown: Shown) -> None:
    assert shown.screen.criteria.pills is None


def test_r20_every_filter_in_force_is_named_and_taken_away_by_itself(shown: Shown) -> None:
    narrow(shown)
    criteria = shown.screen.criteria
    company = criteria.company.currentText()
    assert {name: pill.text().strip() for name, pill in pills(shown).items()} == {
        "company": f"Yhtiö: {company}",
        "inactive": "Myös ValueFramessa passiiviset",
        "text": "Haku: a",
    }
    assert pills(shown)["company"].accessibleName() == f"Poista rajaus Yhtiö: {company}"
    pills(shown)["company"].click()
    assert criteria.criteria().company_id is None
    pills(shown)["inactive"].click()
    assert not criteria.criteria().include_inactive
    pills(shown)["text"].click()
    assert criteria.text.text() == ""
    assert pills(shown) == {}
    shown.wait(lambda: len(shown.rows()) == sum(one.active for one in sample(40)))


def test_r24_a_cause_is_taken_away_and_the_errors_stay(shown: Shown) -> None:
    error = next(one.id for one in sample(40) if one.state == "error" and one.active)
    code = shown.row(error).error.code
    shown.screen.criteria.show_cause(code)
    assert list(pills(shown)) == ["cause"]
    pills(shown)["cause"].click()
    assert pills(shown) == {}
    assert shown.screen.criteria.chips["error"].isChecked()
    assert shown.screen.criteria.criteria().error_code is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_pill_is_taken_away_by_key_and_the_keyboard_goes_on(shown: Shown, key: Qt.Key) -> None:
    narrow(shown)
    shown.screen.criteria.cause.all.setFocus()
    first = shown.screen.criteria.cause.all.nextInFocusChain()
    assert isinstance(first, FilterPill)
    first.setFocus()
    for left in (2, 1, 0):
        focused = QApplication.focusWidget()
        assert isinstance(focused, FilterPill)
        QTest.keyClick(focused, key)
        assert len(pills(shown)) == left
    assert QApplication.focusWidget() is shown.screen.criteria.text


def test_delete_on_a_pill_is_not_meant_for_the_accounts_of_the_selected(shown: Shown) -> None:
    narrow(shown)
    shown.wait(lambda: any(shown.row(one) and shown.row(one).state == "active" for one in shown.rows()))
    person = next(one for one in shown.rows() if shown.row(one).state == "active")
    shown.screen.view.go_to(person, At.NAME)
    shown.wait(shown.screen.actions_bar.made["remove"].isEnabled)
    pill = pills(shown)["company"]
    pill.setFocus()
    QTest.keyClick(pill, Qt.Key.Key_Delete)
    assert shown.window.findChildren(QDialog) == []
    assert "company" not in pills(shown)


def test_clear_takes_all_of_them_away(shown: Shown) -> None:
    narrow(shown)
    shown.screen.criteria.clear.click()
    assert pills(shown) == {}


def test_a_long_text_is_cut_and_widens_nothing(shown: Shown) -> None:
    shown.window.resize(1000, 600)
    shown.screen.criteria.text.setText("pitkä & " * 30)
    shown.wait(lambda: "text" in pills(shown))
    pill = pills(shown)["text"]
    shown.wait(lambda: pill.text().strip().endswith("\N{HORIZONTAL ELLIPSIS}"))
    assert shown.window.width() == 1000
    assert pill.width() <= 320
    assert "&&" in pill.text(), "not a mnemonic"
    assert ("pitkä & " * 30).strip() in pill.toolTip()


def test_pills_follow_the_language(shown: Shown, speaker: Speaker) -> None:
    narrow(shown)
    speaker.speak("en")
    shown.wait(lambda: pills(shown)["text"].text().strip() == "Search: a")
    assert pills(shown)["text"].accessibleName() == "Remove the filter Search: a"

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.conftest import Shown


def test_a_code_is_never_broken_in_two_and_is_copied_as_it_is(shown: Shown) -> None:
    bar = shown.screen.bar
    bar.show_message("bad", "Tunnus on jo käytössä.", "Tarkista tunnus.", code="VF-LOGIN-03")
    assert "VF-\N{WORD JOINER}LOGIN-\N{WORD JOINER}03" in bar._remedy.text()
    copy = next(one for one in bar.findChildren(QPushButton) if one.text() == "Kopioi")
    copy.click()
    assert QApplication.clipboard().text() == "Tunnus on jo käytössä.\nTarkista tunnus. Koodi VF-LOGIN-03"

"""The search view on a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionHeader, QToolButton, QWidget

from tests.ui.conftest import WAIT_MS, House, Shown
from tests.ui.people import Sample, sample
from vfadmin.errors import StoreError, failure
from vfadmin.services.context import Services
from vfadmin.ui import texts
from vfadmin.ui.icons import pixmap
from vfadmin.ui.persons import cells
from vfadmin.ui.persons.columns import COLUMNS, At, heading
from vfadmin.ui.persons.delegate import ICON, PADDING
from vfadmin.ui.persons.empty import Void
from vfadmin.ui.persons.headings import Headings
from vfadmin.ui.texts import STATE_ICONS, STATES
from vfadmin.ui.translations import Speaker
from vfadmin.ui.widgets import unbroken

TIP = Qt.ItemDataRole.ToolTipRole


def find(shown: Shown, wanted: Callable[[Sample], bool]) -> int:
    house = shown.window.interior.desk._services
    assert house is not None
    return next(one.id for one in sample(40) if wanted(one))


def test_r20_at_first_all_active_persons_are_listed_whatever_their_integration(shown: Shown) -> None:
    expected = {one.id for one in sample(40) if one.active}
    assert set(shown.rows()) == expected
    assert {shown.row(one).state for one in shown.rows()} == set(STATES)


def test_r20_by_name_as_one_types_with_finnish_letters(shown: Shown) -> None:
    name = "äijö"
    expected = [one.id for one in sample(40) if name in one.name.casefold()]
    shown.search(name.upper(), len(expected))
    assert set(shown.rows()) == set(expected)


def test_r20_a_whole_company(shown: Shown) -> None:
    box = shown.screen.criteria.company
    shown.wait(lambda: box.count() == 4)
    box.setCurrentText("Esimerkki Palvelut Oy")
    expected = {one.id for one in sample(40) if one.active and one.company == 2}
    shown.wait(lambda: set(shown.rows()) == expected)


def test_r20_inactive_persons_only_when_asked_for(
    make_house: Callable[..., House], show: Callable[..., Shown]
) -> None:
    house = make_house(list(sample(50)))
    shown = show(house.services)
    gone = {one.id for one in house.people if not one.active}
    assert gone
    assert not gone & set(shown.rows())
    shown.screen.criteria.inactive.setChecked(True)
    shown.wait(lambda: gone <= set(shown.rows()))


def test_r21_states_are_chosen_together_and_counted(shown: Shown) -> None:
    chips = shown.screen.criteria.chips
    shown.wait(lambda: "3" in chips["passive"].accessibleName() or chips["passive"]._count is not None)
    counted = {state: sum(one.active and one.state == state for one in sample(40)) for state in STATES}
    assert {state: chips[state]._count for state in STATES} == counted
    chips["error"].click()
    chips["passive"].click()
    shown.wait(lambda: len(shown.rows()) == counted["error"] + counted["passive"])
    assert {shown.row(one).state for one in shown.rows()} == {"error", "passive"}
    assert chips["active"]._count == counted["active"], "the chips count what they would add"
    shown.screen.criteria.clear.click()
    shown.wait(lambda: len(shown.rows()) == sum(counted.values()))


def test_r12_each_state_has_its_own_shape_and_word(shown: Shown) -> None:
    words, shapes = set(), set()
    for state in STATES:
        image: QImage = pixmap(STATE_ICONS[state], "#000000", 32, 1.0, "#000000").toImage()
        shapes.add(bytes(image.constBits()))  # one colour for all: only the shape can differ
        person = find(shown, lambda one, state=state: one.state == state and not one.delayed)  # type: ignore[misc]  # a default binds
        words.add(shown.cell(person, At.STATE).split(",")[0])
    assert len(shapes) == 4
    assert words == {"Aktiivinen", "Passiivinen", "Virheellinen", "Ei käytössä"}


def test_r24_a_delayed_row_says_so_and_stays_active(shown: Shown) -> None:
    person = find(shown, lambda one: one.delayed)
    assert shown.row(person).state == "active"
    assert shown.cell(person, At.STATE).startswith("Viivästynyt")
    assert "itsestään" in shown.cell(person, At.STATE, TIP)


def test_r10_a_resource_has_no_time_and_its_row_says_why(shown: Shown) -> None:
    person = find(shown, lambda one: one.kind == "resource")
    assert shown.cell(person, At.SYNCED) == ""
    assert cells.note(shown.row(person), At.SYNCED) == "vain liitokset"
    assert cells.note(shown.row(person), At.NAME) == "resurssi"
    assert "ainoastaan liitokset" in shown.cell(person, At.SYNCED, TIP)


def test_r18_the_exclamation_mark_explains_itself(shown: Shown) -> None:
    person = find(shown, lambda one: one.mobile == "activesync")
    other = find(shown, lambda one: one.mobile == "none")
    tip = shown.cell(person, At.MOBILE, TIP)
    assert "ActiveSync on käytössä" in tip
    assert "ei suositeltavaa" in tip
    assert shown.cell(other, At.MOBILE, TIP) is None


def test_r18_the_warning_says_where_it_is_known_from(shown: Shown, speaker: Speaker) -> None:
    person = find(shown, lambda one: one.mobile == "activesync")
    set_on = texts.date(shown.row(person).mobile_sync_from.at)
    shown.screen.view.go_to(person, At.MOBILE)
    shown.screen.open_form(person)
    form = shown.screen.forms.open_ones[-1]
    for language, source in (
        ("fi", f"Lähde: merkitty käsin, {set_on}, tuki.k"),
        ("en", "Source: entered by hand, "),
    ):
        speaker.speak(language)
        shown.wait(lambda source=source: source in unbroken(written_in(shown.screen.summary)))  # type: ignore[misc]
        assert source in str(shown.cell(person, At.MOBILE, TIP))
        shown.wait(lambda source=source: source in written_in(form))  # type: ignore[misc]
    form.reject()


def written_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_r18_only_those_who_use_a_mobile_sync(shown: Shown) -> None:
    shown.screen.criteria.mobile.click()
    expected = {one.id for one in sample(40) if one.mobile != "none" and one.active}
    shown.wait(lambda: set(shown.rows()) == expected)


def test_r22_an_error_is_explained_in_its_cell(shown: Shown) -> None:
    person = find(shown, lambda one: one.state == "error")
    tip = shown.cell(person, At.STATE, TIP)
    assert tip.endswith(str(shown.row(person).error.code))
    assert len(tip.splitlines()) >= 3


def test_r14_with_the_module_off_the_window_says_that_nothing_is_synchronised(
    shown: Shown, house: House
) -> None:
    house.services.settings.set_module(False)
    shown.window.interior.look_around()
    shown.wait(lambda: "mitään ei synkronoida" in shown.window.interior.banner.text)
    assert not shown.screen.actions_bar.made["sync"].isEnabled()
    house.services.settings.set_module(True)
    shown.window.interior.look_around()
    shown.wait(lambda: shown.window.interior.banner.text == "")


def test_a_heading_sorts_and_a_second_click_turns_the_order(shown: Shown) -> None:
    first = shown.rows()
    shown.screen.criteria.sort_by("id")
    shown.wait(lambda: shown.rows() == sorted(first))
    shown.screen.criteria.sort_by("id")
    shown.wait(lambda: shown.rows() == sorted(first, reverse=True))


def test_the_selection_survives_a_refresh_and_another_order(shown: Shown, house: House) -> None:
    chosen = shown.rows()[5:8]
    shown.screen.view.select_ids(chosen, chosen[0])
    house.services.directory.add_person(name="Aaa, Ensimmäinen")
    shown.screen.refresh()
    shown.wait(lambda: len(shown.rows()) == 44 - sum(not one.active for one in sample(40)))
    assert shown.screen.view.selected_ids() == chosen
    shown.screen.criteria.sort_by("id")
    shown.wait(lambda: shown.rows() == sorted(shown.rows()))
    assert set(shown.screen.view.selected_ids()) == set(chosen)
    assert shown.screen.view.current_id() == chosen[0]


def test_an_answer_that_comes_too_late_is_dropped(shown: Shown) -> None:
    seen: list[str] = []
    shown.screen.searcher.found.connect(lambda found: seen.append(found.criteria.text))
    for text in ("a", "aa", "aal", "aalto"):
        shown.screen.searcher.search(shown.screen.criteria.criteria().__class__(text=text))
    shown.wait(lambda: "aalto" in seen)
    assert seen == ["aalto"]


def test_old_rows_stay_until_the_new_ones_are_there(shown: Shown) -> None:
    before = shown.rows()
    shown.screen.criteria.text.setText("aalto")
    shown.screen.criteria._emit()
    assert shown.rows() == before
    shown.wait(lambda: len(shown.rows()) < len(before))


def test_no_match_offers_to_clear(shown: Shown) -> None:
    shown.search("xyzzy", 0)
    empty = shown.screen.empty
    assert (empty.void, empty.isVisible()) == (Void.NO_MATCH, True)
    empty.button.click()
    shown.wait(lambda: len(shown.rows()) > 0)
    assert shown.screen.view.isVisible()


def test_a_filter_that_leaves_nobody_does_not_speak_of_words(shown: Shown) -> None:
    criteria = shown.screen.criteria
    criteria.mobile.setChecked(True)
    criteria.chips["error"].setChecked(True)
    shown.wait(lambda: not shown.rows())
    shown.wait(lambda: shown.screen.empty.void is Void.NONE_SUCH)
    assert shown.screen.empty._text.text() == "Poista jokin rajauksista tai tyhjennä hakuehdot."


def test_r24_nobody_in_error_is_good_news_and_no_failed_search(shown: Shown, house: House) -> None:
    shown.screen.criteria.chips["error"].click()
    shown.wait(lambda: 0 < len(shown.rows()) < 40)
    house.services.activation.resume_all()
    QTest.keyClick(shown.window, Qt.Key.Key_F5)
    shown.wait(lambda: shown.screen.empty.void is Void.NONE_STOPPED)
    assert shown.screen.empty._title.text() == "Yksikään integraatio ei ole pysähtynyt virheeseen"
    shown.screen.empty.button.click()
    shown.wait(lambda: len(shown.rows()) > 0)


def test_an_empty_store_says_where_persons_come_from(
    make_house: Callable[..., House], show: Callable[..., Shown]
) -> None:
    shown = show(make_house([]).services, rows=0)
    shown.wait(lambda: shown.screen.empty.void is Void.NOTHING_YET)


def test_a_store_out_of_reach_says_why_and_is_tried_again(house: House, show: Callable[..., Shown]) -> None:
    tried: list[int] = []

    def opener() -> Services:
        tried.append(1)
        if len(tried) == 1:
            raise StoreError(failure("VF-STORE-01", detail="ei vastausta"))
        return house.services

    shown = show(opener, wait=False)
    shown.wait(lambda: shown.screen.empty.void is Void.OUT_OF_REACH)
    assert "VF-STORE-01" in shown.screen.empty._text.text()
    shown.screen.empty.button.click()
    shown.wait(lambda: len(shown.rows()) > 0)
    assert len(tried) == 2


def test_the_summary_tells_what_stopped_a_person(shown: Shown) -> None:
    person = find(shown, lambda one: one.state == "error")
    shown.screen.view.go_to(person, At.NAME)
    summary = shown.screen.summary
    shown.wait(lambda: summary.person_id == person and bool(summary._runs))
    assert summary._trouble.isVisible()
    code = shown.row(person).error.code
    assert code in summary._trouble._remedy.text()
    summary._trouble.resume.click()
    shown.wait(lambda: shown.row(person).state == "active")


@pytest.mark.parametrize(("width", "folded"), [(1000, True), (1440, False)])
def test_the_summary_folds_away_in_a_narrow_window(shown: Shown, width: int, folded: bool) -> None:
    shown.window.resize(1440, 860)
    shown.window.resize(width, 860)
    shown.wait(lambda: shown.screen.summary.isHidden() is folded)


def test_the_cross_of_the_search_field_goes_with_its_text(shown: Shown) -> None:
    buttons = shown.screen.criteria.text.findChildren(QToolButton)
    cross = next(one for one in buttons if one.defaultAction().objectName() == "_q_qlineeditclearaction")
    shown.search("xyzzy", 0)
    shown.wait(cross.isVisible)
    shown.screen.empty.button.click()
    shown.wait(lambda: not cross.isVisible())


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("width", [1000, 1024, 1440])
def test_states_numbers_and_buttons_are_never_cut(
    shown: Shown, speaker: Speaker, width: int, language: str
) -> None:
    speaker.speak(language)
    shown.window.resize(width, 700)
    view = shown.screen.view
    shown.wait(lambda: abs(view.horizontalHeader().length() - view.viewport().width()) < len(At) + 1)
    metrics = view.fontMetrics()
    edit, *switch = cells.button_labels()
    said = {At.STATE: texts.state_words(), At.ID: ("99999",), At.EDIT: (edit,), At.SWITCH: tuple(switch)}
    for at, words in said.items():
        room = view.columnWidth(at) - 2 * PADDING - (ICON + 10 if at is At.STATE else 0)
        widest = max(words, key=metrics.horizontalAdvance)
        assert metrics.horizontalAdvance(widest) <= room, f"{widest} is cut"
    headings = view.horizontalHeader()
    assert isinstance(headings, Headings)
    for column in COLUMNS:
        option = QStyleOptionHeader()
        headings.initStyleOptionForIndex(option, column.at)
        words = heading(column)
        assert option.text == words or option.text.endswith("…"), "a heading is whole or says it is not"
        assert headings.fontMetrics().horizontalAdvance(option.text) <= view.columnWidth(column.at)
        if option.text != words:
            assert view.model().headerData(column.at, Qt.Orientation.Horizontal, TIP) == words
    for at in (At.NAME, At.EMAIL, At.LOGIN, At.ID):
        assert shown.cell(shown.rows()[0], at, TIP), "what may be cut is told in full"


def test_r12_events_that_wait_are_told_where_the_word_may_be_cut(
    make_house: Callable[..., House], show: Callable[..., Shown]
) -> None:
    house = make_house([replace(next(iter(sample(1))), waiting=1200)])
    shown = show(house.services)
    person = house.people[0].id
    assert shown.cell(person, At.STATE) == "Aktiivinen (1\N{NO-BREAK SPACE}200)"
    assert "Odottavia tapahtumia: 1\N{NO-BREAK SPACE}200" in shown.cell(person, At.STATE, TIP)
    read_out = shown.cell(person, At.STATE, Qt.ItemDataRole.AccessibleTextRole)
    assert read_out == "Tila: Aktiivinen, 1\N{NO-BREAK SPACE}200 odottaa"


def test_what_the_panel_says_of_an_error_stays_inside_it(shown: Shown, speaker: Speaker) -> None:
    shown.window.resize(1440, 860)
    shown.screen.view.go_to(find(shown, lambda one: one.state == "error"), At.NAME)
    card = shown.screen.summary._trouble
    for language in ("fi", "en"):
        speaker.speak(language)
        shown.wait(lambda: card.isVisible() and card.alike.isVisible())
        panel = shown.screen.summary
        right = card.mapTo(panel, card.rect().topRight()).x()
        assert right <= panel.width(), f"{right} of {panel.width()}"


@pytest.mark.parametrize("language", ["fi", "en"])
def test_neither_filter_nor_button_is_squeezed_in_the_narrowest_window(
    shown: Shown, speaker: Speaker, language: str
) -> None:
    speaker.speak(language)
    criteria, width = shown.screen.criteria, shown.window.minimumWidth()
    assert width <= 1024
    shown.wait(lambda: criteria.chips["active"]._count is not None)
    criteria.mobile.click()
    shown.window.resize(width, 700)
    shown.wait(lambda: criteria.clear.isVisible() and shown.window.width() == width)
    shown.wait(lambda: criteria.mobile.width() >= criteria.mobile.sizeHint().width())
    for chip in criteria.chips.values():
        chip.set_count(1_234)
    shown.qtbot.waitUntil(lambda: not criteria.layout().activate(), timeout=WAIT_MS)
    buttons = shown.screen.actions_bar.buttons.values()
    for widget in (*criteria.chips.values(), criteria.mobile, criteria.clear, criteria.inactive, *buttons):
        assert widget.width() >= widget.sizeHint().width(), f"{widget.text()} is squeezed"


def test_a_code_stays_on_one_line_and_is_copied_as_it_is(shown: Shown) -> None:
    shown.screen.bar.show_message("bad", "Viesti", "Ohje", code="VF-LOGIN-03")
    assert "-\N{WORD JOINER}LOGIN-\N{WORD JOINER}03" in shown.screen.bar._remedy.text()
    shown.screen.bar._copy.click()
    assert QApplication.clipboard().text().endswith("Koodi VF-LOGIN-03")


def test_a_delay_is_dated_by_the_clock(shown: Shown) -> None:
    """A time ago has no beginning: "25 min ago onwards" is no language."""
    person = find(shown, lambda one: one.delayed)
    row = shown.row(person)
    assert shown.screen.summary._state(row).startswith("Viivästynyt, alkoi ")
    assert "sitten" not in shown.screen.summary._state(row)

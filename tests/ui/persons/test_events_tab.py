"""A person's events in the form: seen, added, edited, deleted (R7, R31)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.ui.conftest import House, Shown
from tests.ui.persons.test_form import edit
from tests.ui.persons.test_work import press, some
from vfadmin import assets
from vfadmin.ui.confirm import Question
from vfadmin.ui.persons.event_dialog import EventDialog
from vfadmin.ui.persons.event_table import Column
from vfadmin.ui.persons.events_tab import EventsTab

MEETING = {
    "title": "Palaveri",
    "location": "Neukkari 1",
    "start": "2026-03-12T10:00",
    "end": "2026-03-12T11:00",
}
"""Two days after the clock of these tests."""


@pytest.fixture
def person() -> int:
    """Whose events these are: somebody at work."""
    (found,) = some(lambda one: one.state == "active" and one.active and one.kind == "person")
    return found


def add(house: House, person: int, **values: Any) -> int:
    return house.services.events.add({"owner": person, **MEETING, **values}).id


def opened(shown: Shown, person: int, count: int) -> EventsTab:
    shown.screen.open_form(person)
    form = shown.screen.forms.open_ones[-1]
    form.tabs.setCurrentWidget(form.calendars)
    shown.wait(lambda: form.events._page is not None and form.events.model.rowCount() == count)
    return form.events


def close(shown: Shown) -> None:
    shown.screen.forms.open_ones[-1].reject()


def told(tab: EventsTab, row: int) -> list[str]:
    return [str(tab.model.index(row, column).data()) for column in Column]


def dialog_of(tab: EventsTab) -> EventDialog:
    dialogs = tab.findChildren(EventDialog)
    return dialogs[-1]


def choose(dialog: EventDialog, box: str, value: object) -> None:
    found = getattr(dialog, box)
    found.setCurrentIndex(found.findData(value))


def test_the_events_of_two_weeks_are_listed_and_other_days_are_a_step_away(
    shown: Shown, house: House, person: int
) -> None:
    add(house, person)
    add(house, person, title="Myöhemmin", start="2026-03-26T10:00", end="2026-03-26T11:00")
    add(house, person, title="Aiemmin", start="2026-03-02T10:00", end="2026-03-02T11:00")
    tab = opened(shown, person, 1)
    assert told(tab, 0)[1:3] == ["Palaveri", "Neukkari 1"]
    tab.later.click()
    shown.wait(lambda: told(tab, 0)[1] == "Myöhemmin")
    tab.today.click()
    shown.wait(lambda: told(tab, 0)[1] == "Palaveri")
    tab.earlier.click()
    shown.wait(lambda: told(tab, 0)[1] == "Aiemmin")
    tab.length.setCurrentIndex(3)
    shown.wait(lambda: tab.model.rowCount() == 3)
    tab.first.setDate(QDate(2030, 1, 1))
    shown.wait(lambda: tab.model.rowCount() == 0)
    assert tab._stack.currentWidget() is tab.none
    assert not tab.edit.isEnabled()
    assert tab.edit.toolTip() == "Valitse ensin tapahtuma."
    close(shown)


def test_r7_an_event_is_added_with_every_field(shown: Shown, house: House, person: int) -> None:
    tab = opened(shown, person, 0)
    tab.add.click()
    dialog = dialog_of(tab)
    assert dialog.windowTitle() == "Uusi tapahtuma"
    edit(dialog.title, "Asiakaskäynti")
    edit(dialog.location, "Tampere")
    dialog.text.setPlainText("Rivi 1\nRivi 2")
    (kind,) = (one.id for one in house.services.directory.event_types() if one.name == "Asiakaskäynti")
    choose(dialog, "type", kind)
    choose(dialog, "show_as", "oof")
    choose(dialog, "reminder", 30)
    dialog.acknowledged.setChecked(False)
    dialog.times.all_day.setChecked(True)
    dialog.save.click()
    shown.wait(lambda: tab.model.rowCount() == 1)
    (row,) = house.services.events.list(person)
    assert (row.title, row.location, row.text) == ("Asiakaskäynti", "Tampere", "Rivi 1\nRivi 2")
    assert (row.type, row.show_as, row.reminder_minutes) == ("Asiakaskäynti", "oof", 30)
    assert (row.all_day, row.acknowledged, row.private) == (True, False, False)
    assert row.start.isoformat() == "2026-03-10"
    assert row.timezone == "Europe/Helsinki"
    assert tab.bar.message == "Tapahtuma tallennettiin. Seuraava synkronointi vie sen Exchangeen."
    assert house.services.history.audit()[0].action == "event.add"
    close(shown)


def test_an_edit_writes_what_was_changed_and_nothing_else(shown: Shown, house: House, person: int) -> None:
    event = add(house, person, text="Esityslista", reminder_minutes=7, timezone="America/New_York")
    before = house.services.events.show(event)
    tab = opened(shown, person, 1)
    press(tab.view, Qt.Key.Key_Return)
    dialog = dialog_of(tab)
    assert not dialog.save.isEnabled(), "nothing was changed"
    assert dialog.reminder.currentText() == "7 min ennen"
    assert dialog.times.zone.text() == "America/New_York"
    assert dialog.times.start.text() == "12.3.2026 10.00", "by the wall of the event's own zone"
    edit(dialog.location, "Neukkari 2")
    assert dialog.changes() == {"location": "Neukkari 2"}
    dialog.save.click()
    shown.wait(lambda: told(tab, 0)[2] == "Neukkari 2")
    after = house.services.events.show(event)
    changed = {key for key, value in after.as_json().items() if value != before.as_json()[key]}
    assert changed <= {"location", "modified"}
    close(shown)


def test_a_moved_event_keeps_its_length_and_its_zone(shown: Shown, house: House, person: int) -> None:
    event = add(house, person)
    tab = opened(shown, person, 1)
    tab.edit.click()
    dialog = dialog_of(tab)
    dialog.times.start.setDateTime(dialog.times.start.dateTime().addSecs(2 * 3600))
    dialog.save.click()
    shown.wait(lambda: house.services.events.show(event).version > 1)
    row = house.services.events.show(event)
    assert isinstance(row.start, datetime)
    assert row.start.isoformat() == "2026-03-12T12:00:00+02:00"
    assert row.end - row.start == timedelta(hours=1)
    close(shown)


def test_what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten(
    shown: Shown, house: House, person: int
) -> None:
    event = add(house, person)
    tab = opened(shown, person, 1)
    tab.edit.click()
    dialog = dialog_of(tab)
    house.services.events.edit(event, {"location": "Heidän paikkansa", "private": False})
    edit(dialog.location, "Minun paikkani")
    dialog.save.click()
    shown.wait(lambda: bool(dialog.bar.message))
    assert dialog.bar.message == "Tapahtumaa muutettiin sillä välin muualla. Mitään ei tallennettu."
    assert (
        "Paikka: tallennettuna Heidän paikkansa, tällä lomakkeella Minun paikkani"
        in dialog.bar._remedy.text()
    )
    assert not dialog.save.isEnabled()
    assert house.services.events.show(event).location == "Heidän paikkansa"
    dialog.bar._retry.click()
    assert dialog.location.text() == "Heidän paikkansa"
    edit(dialog.location, "Sovittu paikka")
    dialog.save.click()
    shown.wait(lambda: house.services.events.show(event).location == "Sovittu paikka")
    close(shown)


def test_r31_what_became_private_meanwhile_is_not_shown_by_the_difference(
    shown: Shown, house: House, person: int
) -> None:
    event = add(house, person)
    tab = opened(shown, person, 1)
    tab.edit.click()
    dialog = dialog_of(tab)
    house.services.events.edit(event, {"title": "Lääkäri", "private": True})
    edit(dialog.location, "Muualla")
    dialog.save.click()
    shown.wait(lambda: bool(dialog.bar.message))
    assert "Lääkäri" not in dialog.bar._remedy.text()
    dialog.bar._retry.click()
    shown.wait(lambda: told(tab, 0)[1] == "Yksityinen")
    assert not tab.edit.isEnabled()
    close(shown)


def test_r31_of_a_private_event_the_time_is_told_and_no_more(shown: Shown, house: House, person: int) -> None:
    event = add(house, person, title="Lääkäri", text="Salaista", private=True)
    tab = opened(shown, person, 1)
    when, *rest = told(tab, 0)
    assert when.startswith("to 12.3.2026 ")
    assert rest == ["Yksityinen", "", ""]
    for column in Column:
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = str(tab.model.index(0, column).data(role))
            assert not {"Lääkäri", "Salaista", "Neukkari 1"} & set(said.split())
    assert "vain aika" in tab.detail.text()
    press(tab.view, Qt.Key.Key_Return)
    press(tab.view, Qt.Key.Key_Delete)
    assert not tab.findChildren(EventDialog)
    assert not tab.findChildren(Question)
    assert house.services.events.show(event).private
    close(shown)


def test_a_series_is_told_by_its_rule_and_its_times_stay(shown: Shown, house: House, person: int) -> None:
    rule = {"rrule": "FREQ=WEEKLY;BYDAY=MO;COUNT=20", "deleted": ["2026-03-09"]}
    event = add(
        house,
        person,
        title="Viikkopalaveri",
        start="2026-03-02T09:00",
        end="2026-03-02T10:00",
        recurrence=rule,
    )
    before = house.services.events.show(event).recurrence
    tab = opened(shown, person, 1)
    assert told(tab, 0)[0].startswith("ma 2.3.2026 ")
    assert told(tab, 0)[0].endswith(" alkaen")
    assert told(tab, 0)[3] == "joka viikko: maanantai, 20 kertaa"
    tab.edit.click()
    dialog = dialog_of(tab)
    assert dialog.recurrence.text().startswith("Joka viikko: maanantai, 20 kertaa.")
    assert not dialog.times.start.isEnabled()
    edit(dialog.title, "Viikkopalaveri, uusi nimi")
    dialog.save.click()
    shown.wait(lambda: told(tab, 0)[1] == "Viikkopalaveri, uusi nimi")
    assert house.services.events.show(event).recurrence == before
    tab.delete.click()
    (question,) = tab.findChildren(Question)
    assert "Koko sarja poistetaan." in question.box.informativeText()
    question.no.click()
    close(shown)


def test_r9_who_is_linked_and_who_owns_an_event_is_told_by_name(
    shown: Shown, house: House, person: int
) -> None:
    owner = some(lambda one: one.state == "active" and one.active and one.kind == "person", 2)[1]
    name = house.services.directory.person(owner).name
    add(house, owner, participants=[{"person": person, "acknowledged": False}])
    tab = opened(shown, person, 1)
    assert told(tab, 0)[3] == f"omistaja {name}, 1 liitetty"
    tab.edit.click()
    dialog = dialog_of(tab)
    assert f"omistaja {name}" in dialog.linked.text()
    dialog.reject()
    tab.delete.click()
    (question,) = tab.findChildren(Question)
    assert "poistuu kaikilta siihen liitetyiltä" in question.box.informativeText()
    question.no.click()
    close(shown)


def test_delete_asks_and_enter_means_no(shown: Shown, house: House, person: int) -> None:
    event = add(house, person)
    tab = opened(shown, person, 1)
    press(tab.view, Qt.Key.Key_Delete)
    (question,) = tab.findChildren(Question)
    assert question.box.text() == "Poistetaanko tapahtuma ”Palaveri”?"
    press(question.box, Qt.Key.Key_Return)
    shown.wait(lambda: not tab.findChildren(Question))
    assert house.services.events.show(event).title == "Palaveri"
    tab.delete.click()
    (question,) = tab.findChildren(Question)
    question.yes.click()
    shown.wait(lambda: tab.model.rowCount() == 0)
    assert house.services.events.list(person) == []
    assert tab.bar.message == "Tapahtuma poistettiin."
    close(shown)


def test_what_was_changed_since_it_was_listed_is_not_deleted(shown: Shown, house: House, person: int) -> None:
    event = add(house, person)
    tab = opened(shown, person, 1)
    tab.delete.click()
    (question,) = tab.findChildren(Question)
    house.services.events.edit(event, {"title": "Tärkeä"})
    question.yes.click()
    shown.wait(lambda: "Joku muu" in tab.bar.message)
    assert house.services.events.show(event).title == "Tärkeä"
    tab.bar._retry.click()
    shown.wait(lambda: told(tab, 0)[1] == "Tärkeä")
    close(shown)


def test_of_somebody_who_is_not_synchronised_nothing_is_said_of_exchange(shown: Shown) -> None:
    (unused,) = some(lambda one: one.state == "unused" and one.active)
    tab = opened(shown, unused, 0)
    tab.add.click()
    edit(dialog_of(tab).title, "Oma")
    dialog_of(tab).save.click()
    shown.wait(lambda: tab.model.rowCount() == 1)
    assert tab.bar.message == "Tapahtuma tallennettiin."
    close(shown)


def test_the_events_are_a_model_by_the_book(shown: Shown, house: House, person: int) -> None:
    for day in (11, 12, 13):
        add(house, person, start=f"2026-03-{day}T10:00", end=f"2026-03-{day}T11:00")
    tab = opened(shown, person, 3)
    tester = QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tab.load()
    tab.length.setCurrentIndex(0)
    shown.wait(lambda: tab.model.rowCount() == 3)
    assert tester.model() is tab.model
    close(shown)


def test_r7_over_rest_the_tab_says_whose_events_these_are_not_and_writes_none(
    shown: Shown, house: House, person: int, tmp_path: Path
) -> None:
    add(house, person)
    tab = opened(shown, person, 1)
    field_map = tmp_path / "field-map.toml"
    field_map.write_text(assets.read_text("valueframe/field-map.toml"), "utf-8")
    house.services.valueframe.use_rest(field_map)
    tab.load()
    shown.wait(lambda: tab.bar._code == "VF-REST-17")
    assert tab.model.rowCount() == 0
    assert not tab._stack.isVisibleTo(tab)
    assert [one.isEnabled() for one in (tab.add, tab.edit, tab.delete)] == [False] * 3
    house.services.valueframe.use_sql()
    tab.load()
    shown.wait(lambda: tab.model.rowCount() == 1)
    assert (tab._stack.isVisibleTo(tab), tab.bar.isVisibleTo(tab)) == (True, False)
    close(shown)

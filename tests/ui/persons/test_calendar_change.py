"""From the default calendar to one of its own and back, in the person form (R2, R25)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from sqlalchemy import update

from tests.ui.conftest import House, Shown
from tests.ui.persons.test_form import edit
from tests.ui.persons.test_work import press, some
from vfadmin.calendars.exchange.marks import uid_for
from vfadmin.models import Integration, Pair
from vfadmin.ui.persons.calendar_change import CalendarDialog
from vfadmin.ui.persons.form import PersonForm


def paired(house: House, state: str) -> int:
    """A person in the default calendar: two synchronised events from ValueFrame, one born in Outlook."""
    (person,) = some(
        lambda one: one.state == state and one.active and one.kind == "person" and one.calendar == "default"
    )
    with house.store.write() as session:
        for number in range(3):
            key = f"0f6a8f0e-5c11-4f6b-8f26-0a4f7b0f3a5{number}"
            pair = Pair(key=key, person_id=person, valueframe_id=f"{number}", exchange_id=f"x{number}")
            pair.uid, pair.brought = (uid_for(key), True) if number else ("outlook-made-this", False)
            session.add(pair)
    return person


def form_of(shown: Shown, person: int) -> PersonForm:
    shown.screen.open_form(person)
    form = shown.screen.forms.open_ones[-1]
    form.show_exchange()
    return form


def dialog_of(form: PersonForm) -> CalendarDialog:
    form.exchange.change.click()
    (dialog,) = form.findChildren(CalendarDialog)
    return dialog


def test_r2_what_moves_and_what_stays_is_shown_before_an_active_calendar_is_changed(
    shown: Shown, house: House
) -> None:
    person = paired(house, "active")
    form = form_of(shown, person)
    dialog = dialog_of(form)
    assert dialog.new.isChecked(), "the other calendar is meant"
    assert not dialog.verb.isEnabled(), "nothing to agree to before its outcome is shown"
    shown.wait(dialog.verb.isEnabled)
    told = dialog.outcome.text()
    assert "2 ValueFramesta tullutta tapahtumaa siirtyy" in told
    assert "1 Outlookissa luotu tapahtuma jää nykyiseen kalenteriin" in told
    assert "jatkuu heti uudessa kalenterissa" in told
    assert house.services.directory.person(person).calendar == "default"
    edit(dialog.name, "Työt")
    assert not dialog.verb.isEnabled(), "another choice is shown first, too"
    shown.wait(dialog.verb.isEnabled)
    dialog.verb.click()
    shown.wait(lambda: house.services.directory.person(person).calendar == "new")
    row = house.services.directory.person(person)
    assert (row.state, row.calendar_name) == ("active", "Työt")
    shown.wait(lambda: form.exchange.new.isChecked() and form.exchange.calendar_name.text() == "Työt")
    shown.wait(lambda: not form.findChildren(CalendarDialog))
    assert [one.action for one in house.services.history.audit(person)][:2] == [
        "integration.activate",
        "integration.passivate",
    ]
    form.reject()


def test_r2_a_passive_integration_is_activated_with_the_change_and_the_dialog_says_so(
    shown: Shown, house: House
) -> None:
    person = paired(house, "passive")
    form = form_of(shown, person)
    form.exchange.new.setChecked(True)
    edit(form.exchange.calendar_name, "Asiakkaat")
    dialog = dialog_of(form)
    assert dialog.choice() == ("new", "Asiakkaat"), "what was typed in the form is what is asked about"
    shown.wait(dialog.verb.isEnabled)
    assert "Integraatio aktivoidaan samalla" in dialog.outcome.text()
    dialog.verb.click()
    shown.wait(lambda: house.services.directory.person(person).state == "active")
    assert house.services.directory.person(person).calendar_name == "Asiakkaat"
    shown.wait(lambda: not form.save_button.isEnabled())
    form.reject()


def test_r2_the_calendar_in_use_and_a_bad_name_cannot_be_chosen(shown: Shown, house: House) -> None:
    person = paired(house, "active")
    form = form_of(shown, person)
    dialog = dialog_of(form)
    dialog.default.setChecked(True)
    shown.wait(lambda: dialog.outcome.text() == "Tämä kalenteri on jo käytössä.")
    assert not dialog.verb.isEnabled()
    dialog.new.setChecked(True)
    edit(dialog.name, "Työt/2026")
    shown.wait(lambda: "ei kelpaa" in dialog.bar.message)
    assert not dialog.verb.isEnabled()
    press(dialog, Qt.Key.Key_Return)
    shown.wait(lambda: not form.findChildren(CalendarDialog))
    assert house.services.directory.person(person).calendar == "default"
    form.reject()


def test_r2_enter_changes_nothing(shown: Shown, house: House) -> None:
    person = paired(house, "active")
    form = form_of(shown, person)
    dialog = dialog_of(form)
    shown.wait(dialog.verb.isEnabled)
    press(dialog, Qt.Key.Key_Return)
    shown.wait(lambda: not form.findChildren(CalendarDialog))
    assert house.services.directory.person(person).state == "active"
    assert house.services.directory.person(person).calendar == "default"
    form.reject()


def test_r2_what_stopped_meanwhile_is_told_and_the_form_shows_it(shown: Shown, house: House) -> None:
    person = paired(house, "passive")
    form = form_of(shown, person)
    dialog = dialog_of(form)
    shown.wait(dialog.verb.isEnabled)
    with house.store.write() as session:
        session.execute(
            update(Integration)
            .where(Integration.person_id == person)
            .values(state="error", error_code="EX-MBX-01", error_params={})
        )
    dialog.verb.click()
    shown.wait(lambda: bool(dialog.bar.message))
    shown.wait(lambda: form.exchange._state.text() == "Virheellinen")
    assert not form.exchange.change.isEnabled()
    assert house.services.directory.person(person).calendar == "default"
    dialog.reject()
    form.reject()


def test_r25_the_preview_is_at_hand_in_the_form(shown: Shown) -> None:
    (person,) = some(lambda one: one.state == "passive" and one.active and one.kind == "person")
    form = form_of(shown, person)
    assert form.exchange.preview.isEnabled()
    form.exchange.preview.click()
    preview = shown.screen.previews.dialog
    assert preview is not None
    shown.wait(lambda: [one.row.id for one in preview.model.lines] == [person])
    preview.reject()
    form.reject()

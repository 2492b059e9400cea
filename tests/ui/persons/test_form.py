"""The person form (R25)."""

from __future__ import annotations

from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from vfadmin.models import Pair
from vfadmin.ui.persons.form import PersonForm


def opened(shown: Shown, state: str) -> PersonForm:
    person = next(one.id for one in sample(40) if one.active and one.state == state and one.kind == "person")
    shown.screen.open_form(person)
    return shown.screen.forms.open_ones[-1]


def edit(line: object, text: str) -> None:
    """Change a line as typing does."""
    line.setText(text)  # type: ignore[attr-defined]  # any line edit
    line.textEdited.emit(text)  # type: ignore[attr-defined]  # as above


def test_r25_four_tabs_with_the_words_of_the_help_page(shown: Shown) -> None:
    form = opened(shown, "unused")
    assert [form.tabs.tabText(place) for place in range(form.tabs.count())] == [
        *("Perustiedot", "Exchange-synkronointi", "Tapahtumat", "Historia"),
    ]
    assert form.exchange.switch.text() == "Aktivoi exchange-integraatio"
    assert form.exchange.remove.text() == "Poista Exchange-tili"
    form.reject()


def test_r25_a_login_and_a_new_calendar_are_activated_from_the_form(shown: Shown, house: House) -> None:
    """R2: the calendar is chosen at activation, its name is ValueFrame unless another is given."""
    form = opened(shown, "unused")
    form.show_exchange()
    assert not form.exchange.switch.isEnabled()
    edit(form.exchange.login, "ESIM\\lomake")
    form.exchange.new.setChecked(True)
    assert form.exchange.calendar_name.text() == "ValueFrame"
    form.exchange.switch.click()
    shown.wait(lambda: house.services.directory.person(form.person_id).state == "active")
    row = house.services.directory.person(form.person_id)
    assert (row.login, row.calendar, row.calendar_name) == ("ESIM\\lomake", "new", "ValueFrame")
    shown.wait(lambda: form.exchange._state.text() == "Aktiivinen")
    form.reject()


def test_r25_a_live_integration_keeps_its_calendar(shown: Shown) -> None:
    form = opened(shown, "active")
    assert not form.exchange.default.isEnabled()
    assert not form.exchange.new.isEnabled()
    assert form.exchange.switch.text() == "Passivoi"
    form.reject()


def test_where_nothing_waits_to_be_stored_there_is_nothing_to_cancel(shown: Shown) -> None:
    form = opened(shown, "active")
    assert form.cancel_button.text() == "Sulje"
    edit(form.basic.name, "Muutettu, Nimi")
    assert form.cancel_button.text() == "Peruuta"
    form.reject()


def test_basic_data_is_saved(shown: Shown, house: House) -> None:
    form = opened(shown, "active")
    assert not form.save_button.isEnabled()
    person = form.person_id
    edit(form.basic.name, "Muutettu, Nimi")
    assert form.save_button.isEnabled()
    form.save_button.click()
    shown.wait(lambda: not shown.screen.forms.open_ones)
    assert house.services.directory.person(person).name == "Muutettu, Nimi"


def test_a_change_by_somebody_else_is_shown_and_not_overwritten(shown: Shown, house: House) -> None:
    form = opened(shown, "active")
    house.services.directory.change_person(form.person_id, name="Heidän, Nimi")
    edit(form.basic.name, "Minun, Nimi")
    form.save_button.click()
    shown.wait(lambda: bool(form.bar.message))
    assert "Joku muu" in form.bar.message
    assert "Heidän, Nimi" in form.bar._remedy.text()
    assert "Minun, Nimi" in form.bar._remedy.text()
    assert not form.save_button.isEnabled()
    assert house.services.directory.person(form.person_id).name == "Heidän, Nimi"
    form.theirs_button.click()
    assert form.basic.name.text() == "Heidän, Nimi"
    edit(form.basic.name, "Sovittu, Nimi")
    form.save_button.click()
    person = form.person_id
    shown.wait(lambda: house.services.directory.person(person).name == "Sovittu, Nimi")


def test_a_refused_login_is_marked_in_the_form(shown: Shown, house: House) -> None:
    form = opened(shown, "unused")
    taken = next(one.login for one in sample(40) if one.state == "active" and one.login)
    edit(form.exchange.login, taken)
    form.save_button.click()
    shown.wait(lambda: bool(form.bar.message))
    assert form.exchange.login.property("wrong") == "true"
    assert house.services.directory.person(form.person_id).login == ""
    form.reject()


def test_one_form_for_each_person(shown: Shown) -> None:
    form = opened(shown, "active")
    shown.screen.open_form(form.person_id)
    assert len(shown.screen.forms.open_ones) == 1
    form.reject()
    shown.wait(lambda: not shown.screen.forms.open_ones)


def test_r2_a_calendar_with_synchronised_events_is_kept_and_the_form_says_so(
    shown: Shown, house: House
) -> None:
    form = opened(shown, "passive")
    before = house.services.directory.person(form.person_id)
    with house.store.write() as session:
        session.add(Pair(key="key", person_id=form.person_id, valueframe_id="1", exchange_id="x"))
    (form.exchange.default if before.calendar == "new" else form.exchange.new).setChecked(True)
    form.save_button.click()
    shown.wait(lambda: bool(form.bar.message))
    assert "ei voi vaihtaa" in form.bar.message
    assert "Vaihda kalenteri" in form.bar._remedy.text()
    assert form.tabs.currentWidget() is form.exchange
    assert house.services.directory.person(form.person_id).calendar == before.calendar
    form.reject()

"""The runs of a person in the form, each of which opens to what it did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QTreeWidgetItem
from sqlalchemy import delete, select

from tests.clock import FakeClock
from tests.ui.conftest import House, Shown
from tests.ui.persons.test_work import some
from tests.ui.week import keep_a_week
from vfadmin.models import History, Run
from vfadmin.services.history import AuditRow
from vfadmin.sync.values import Reason
from vfadmin.ui.persons import change_words, run_words
from vfadmin.ui.persons.history_tab import HistoryTab
from vfadmin.ui.texts import absolute
from vfadmin.ui.translations import Speaker


def opened(shown: Shown, person: int) -> HistoryTab:
    shown.screen.open_form(person)
    form = shown.screen.forms.open_ones[-1]
    form.tabs.setCurrentWidget(form.history)
    return form.history


def close(shown: Shown) -> None:
    shown.screen.forms.open_ones[-1].reject()


def child(item: QTreeWidgetItem, place: int) -> list[str]:
    found = item.child(place)
    return [found.text(column) for column in range(3)]


def active(count: int = 1) -> list[int]:
    return some(lambda one: one.state == "active" and not one.delayed and one.kind == "person", count)


def test_r28_a_run_opens_to_what_it_did(shown: Shown, house: House) -> None:
    person, colleague = active(2)
    keep_a_week(house.store, person, colleague, house.services.events._clock())
    tab = opened(shown, person)
    shown.wait(lambda: tab.tree.topLevelItemCount() == 4)
    item = tab.tree.topLevelItem(0)
    assert item is not None
    assert item.text(1) == "1 tuotu, 2 viety, 1 poistettu"
    assert tab.detail.text() == "Pyyntöjä Exchangeen 14, kesto 0,9 s."
    item.setExpanded(True)
    shown.wait(lambda: item.childCount() == 4)
    assert child(item, 1)[1:] == ["muutettu Exchangessa", "muokattu"]
    assert child(item, 1)[0].startswith("Tarjouskatselmus, ")
    assert child(item, 3)[1:] == ["poistettu Exchangesta", "poistettu toisella puolella"]
    tab.tree.setCurrentItem(item.child(1))
    assert "Paikka: Neukkari 2 → Teams" in tab.detail.text()
    close(shown)


def test_r31_a_private_event_is_told_by_its_time(shown: Shown, house: House) -> None:
    person, colleague = active(2)
    keep_a_week(house.store, person, colleague, house.services.events._clock())
    tab = opened(shown, person)
    shown.wait(lambda: tab.tree.topLevelItemCount() == 4)
    item = tab.tree.topLevelItem(0)
    assert item is not None
    item.setExpanded(True)
    shown.wait(lambda: item.childCount() == 4)
    assert child(item, 2)[0].startswith("Yksityinen, ")
    tab.tree.setCurrentItem(item.child(2))
    assert "Lääkäri" not in tab.detail.text()
    close(shown)


def test_r28_a_run_that_failed_says_why_and_what_to_do(shown: Shown) -> None:
    (person,) = some(lambda one: one.error == "EX-IMP-01")
    tab = opened(shown, person)
    shown.wait(lambda: tab.tree.topLevelItemCount() == 4)
    item = tab.tree.topLevelItem(3)
    failed = next(one for place in range(4) if (one := tab.tree.topLevelItem(place)) and one.text(2))
    tab.tree.setCurrentItem(item)
    tab.tree.setCurrentItem(failed)
    assert "Impersonointitunnuksella" in failed.text(2)
    assert "New-ManagementRoleAssignment" in tab.detail.text()
    assert "(EX-IMP-01)" in tab.detail.text()
    close(shown)


def test_a_run_without_operations_says_that_nothing_was_written(shown: Shown) -> None:
    (person,) = active()
    tab = opened(shown, person)
    shown.wait(lambda: tab.tree.topLevelItemCount() == 4)
    item = tab.tree.topLevelItem(1)
    assert item is not None
    item.setExpanded(True)
    shown.wait(lambda: child(item, 0)[0] == "Mitään ei kirjoitettu.")
    tab.tree.setCurrentItem(item.child(0))
    assert tab.detail.text() == ""
    close(shown)


def test_who_was_never_synchronised_has_no_runs(shown: Shown) -> None:
    (person,) = some(lambda one: one.state == "unused" and one.active)
    tab = opened(shown, person)
    shown.wait(lambda: tab._stack.currentWidget() is tab.none)
    assert tab.none.text() == "Tätä postilaatikkoa ei ole vielä synkronoitu."
    close(shown)


def test_what_is_open_stays_open_when_the_runs_are_read_again(shown: Shown, house: House) -> None:
    (person,) = active()
    tab = opened(shown, person)
    shown.wait(lambda: tab.tree.topLevelItemCount() == 4)
    second = tab.tree.topLevelItem(1)
    assert second is not None
    second.setExpanded(True)
    shown.wait(lambda: second.childCount() == 1 and second.child(0).text(0) == "Mitään ei kirjoitettu.")
    tab.tree.setCurrentItem(second)
    with house.store.write() as session:
        latest = select(Run).where(Run.person_id == person).order_by(Run.started_at.desc()).limit(1)
        last = session.scalars(latest).one().started_at
        session.add(Run(person_id=person, started_at=last + timedelta(minutes=1), requests=3))
    tab.refresh.click()
    shown.wait(lambda: tab.tree.topLevelItemCount() == 5)
    newest, third = tab.tree.topLevelItem(0), tab.tree.topLevelItem(2)
    assert newest is not None
    assert third is not None
    assert newest.text(1) == "kesken"
    assert third.isExpanded()
    assert tab.tree.currentItem() is third
    with house.store.write() as session:
        session.execute(delete(Run).where(Run.person_id == person))
    tab.refresh.click()
    shown.wait(lambda: tab._stack.currentWidget() is tab.none)
    close(shown)


def test_every_reason_the_engine_gives_has_its_words(speaker: Speaker, shown: Shown, house: House) -> None:
    (person,) = active()
    with house.store.write() as session:
        run = session.scalars(select(Run).where(Run.person_id == person).limit(1)).one()
        for reason in Reason:
            session.add(
                History(
                    run_id=run.id,
                    person_id=person,
                    side="exchange",
                    operation="skip",
                    reason=reason.value,
                    detail={"note": "shared-uid"},
                    at=run.started_at,
                )
            )
    operations = house.services.history.operations(run.id)
    assert len(operations) == len(Reason)
    for language in ("fi", "en"):
        speaker.speak(language)
        assert len({run_words.reason(one) for one in operations}) == len(Reason)
        assert all(run_words.notes(one) for one in operations)
    for note in ("recurrence", "zone"):
        told = []
        for language in ("fi", "en"):
            speaker.speak(language)
            told += run_words.notes(replace(operations[0], detail={"note": note}))
        assert len(set(told)) == len(("fi", "en"))
    speaker.speak("fi")
    assert run_words.done(operations[0]) == "jätetty ennalleen"
    assert run_words.event(operations[0]) == "(ei otsikkoa)"
    assert shown.window.isVisible()


def test_what_was_changed_by_hand_stands_between_the_runs_with_who_and_from_where(
    shown: Shown, house: House, fake_clock: FakeClock
) -> None:
    (person,) = active()
    fake_clock.now += timedelta(hours=1)
    house.services.activation.passivate([person])
    tab = opened(shown, person)
    shown.wait(lambda: tab.tree.topLevelItemCount() == 5)
    change, run = tab.tree.topLevelItem(0), tab.tree.topLevelItem(1)
    assert change is not None
    assert run is not None
    assert [change.text(1), change.text(2)] == ["Integraatio passivoitu", "tuki.k, TYOASEMA-12 (komentorivi)"]
    assert tab.tree.currentItem() is run, "what can be undone is chosen first"
    tab.tree.setCurrentItem(change)
    assert tab.detail.text() == "tuki.k, TYOASEMA-12 (komentorivi)\nTila: Aktiivinen → Passiivinen"
    assert not tab.actions_row.undo.isEnabled()
    close(shown)


def test_every_kind_of_value_has_its_words(speaker: Speaker, fake_clock: FakeClock) -> None:
    del speaker
    since = fake_clock().isoformat()
    before = {"active": True, "calendar": "default", "kind": "person", "name": "A", "delayed_since": since}
    after = {
        "active": False,
        "calendar": "new",
        "kind": "resource",
        "name": "",
        "events": [1, 2],
        "other": None,
    }
    change = AuditRow(1, fake_clock(), "tuki", "kone", "", "something.new", "person:1", before, after)
    assert change_words.title(change) == "something.new"
    assert change_words.who(change) == "tuki, kone"
    assert change_words.lines(change) == [
        "Aktiivinen ValueFramessa: kyllä → ei",
        "Kalenteri: postilaatikon oletuskalenteri → oma kalenteri",
        "Laji: henkilö → resurssi",
        "Nimi: A → -",
        "events: 1, 2",
        f"Viivästynyt alkaen: {absolute(fake_clock())} → -",
    ]

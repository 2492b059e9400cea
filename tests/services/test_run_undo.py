"""Undoing a run: both calendars as before it, where nothing has changed since, and no mail to anybody."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from tests.services.customer import ANNA, HOUR, PEKKA, PEOPLE, SOON, Customer
from tests.services.test_removal import outlook_id
from vfadmin.errors import UsageError
from vfadmin.models import Audit, CalendarEvent, Connection, History, Run
from vfadmin.services.context import Actor
from vfadmin.services.synchronise import RunUndone, Wish
from vfadmin.simulator import Recurrence as Pattern
from vfadmin.simulator.faults import FaultRule

ACTOR = Actor("tuki", "testi")


def edit(customer: Customer, title: str, **values: Any) -> None:
    """Somebody edits that event in ValueFrame."""
    with customer.store.write() as session:
        session.execute(update(CalendarEvent).where(CalendarEvent.title == title).values(**values))


def last_run(customer: Customer, person: int = ANNA) -> int:
    with customer.store.read() as session:
        found = select(History.run_id).where(History.person_id == person).order_by(History.id.desc())
        return session.scalars(found).first() or 0


def undo(customer: Customer, run: int, **wish: Any) -> RunUndone:
    """Undo it; no mail went out, and the next two cycles write nothing."""
    customer.simulator.outbox.clear()
    done = customer.synchronise.undo(Wish(run, **wish), ACTOR)
    assert done.failure is None
    for _ in range(2):
        for result in customer.sync():
            assert (result.ok, result.pulled, result.pushed, result.deleted) == (True, 0, 0, 0)
    assert customer.simulator.outbox == []
    return done


def told(done: RunUndone) -> list[tuple[str, str, str]]:
    return sorted((one.title, one.outcome, one.why) for one in done.events)


def locations(customer: Customer) -> tuple[list[str | None], list[str | None]]:
    with customer.store.read() as session:
        live = select(CalendarEvent.location).where(CalendarEvent.deleted_at.is_(None))
        mine = list(session.scalars(live.order_by(CalendarEvent.title)))
    items = sorted(customer.outlook(ANNA).items(), key=lambda item: item.subject)
    return mine, [item.location for item in items]


@pytest.fixture
def paired(customer: Customer) -> Customer:
    """Anna's calendars in step: one event born on either side."""
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "Palaveri", location="Sali")
    customer.in_outlook(ANNA, "Hammaslääkäri", 4, location="Asema")
    customer.in_step()
    return customer


BOTH = ["Hammaslääkäri", "Palaveri"]


@pytest.mark.both_stores
def test_updates_in_both_directions_are_taken_back_on_both_sides(paired: Customer) -> None:
    edit(paired, "Hammaslääkäri", location="Keskusta", version=CalendarEvent.version + 1)
    paired.outlook(ANNA).edit(outlook_id(paired, "Palaveri"), location="Verkko")
    paired.sync()
    run = last_run(paired)
    assert locations(paired) == (["Keskusta", "Verkko"],) * 2
    looked = paired.synchronise.preview_undo(Wish(run))
    assert told(looked) == [(title, "undone", "") for title in BOTH]
    assert locations(paired) == (["Keskusta", "Verkko"],) * 2, "a preview writes nowhere"
    assert told(undo(paired, run)) == [(title, "undone", "") for title in BOTH]
    assert locations(paired) == (["Asema", "Sali"],) * 2
    assert told(undo(paired, run)) == [(title, "already", "") for title in BOTH]
    with paired.store.read() as session:
        audits = session.scalars(select(Audit.after).where(Audit.action == "history.undo")).all()
    assert [one["undone"] for one in audits if one] == [2, 0]


def test_a_preview_ends_before_its_next_request_when_nobody_waits(paired: Customer) -> None:
    edit(paired, "Palaveri", location="Verkko", version=CalendarEvent.version + 1)
    paired.sync()
    run = last_run(paired)
    asked: list[bool] = []

    def stopping() -> bool:
        asked.append(True)
        return len(asked) == 2

    looked = paired.services.run_undo.preview(run, None, stopping)
    assert looked.failure is not None
    assert looked.failure.code == "VF-STOP-01"
    assert (looked.events, len(asked)) == ((), 2), "ValueFrame was read, Exchange was not"
    assert told(paired.services.run_undo.preview(run)) == [("Palaveri", "undone", "")]


def test_what_has_changed_since_is_left_and_named(paired: Customer) -> None:
    edit(paired, "Hammaslääkäri", location="Keskusta", version=CalendarEvent.version + 1)
    edit(paired, "Palaveri", location="Verkko", version=CalendarEvent.version + 1)
    paired.sync()
    run = last_run(paired)
    paired.outlook(ANNA).edit(outlook_id(paired, "Palaveri"), subject="Palaveri 2")
    done = paired.synchronise.undo(Wish(run), ACTOR)
    assert told(done) == [("Hammaslääkäri", "undone", ""), ("Palaveri", "left", "changed")]
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == ["Hammaslääkäri", "Palaveri 2"]
    assert locations(paired) == (["Asema", "Verkko"],) * 2


def test_only_the_copy_of_what_was_created_goes_and_an_edit_brings_it_again(paired: Customer) -> None:
    paired.in_valueframe(ANNA, "Uusi", 8)
    paired.in_outlook(ANNA, "Vieras", 12)
    paired.sync()
    done = undo(paired, last_run(paired))
    assert told(done) == [("Uusi", "undone", ""), ("Vieras", "undone", "")]
    assert paired.valueframe_titles(ANNA) == [*BOTH, "Uusi"]
    assert paired.outlook_titles(ANNA) == [*BOTH, "Vieras"]
    assert [item.subject for item in paired.outlook(ANNA).deleted_items()] == ["Uusi"]
    assert told(undo(paired, done.run_id)) == [("Uusi", "already", ""), ("Vieras", "already", "")]
    edit(paired, "Uusi", location="Sali", version=CalendarEvent.version + 1)
    paired.outlook(ANNA).edit(outlook_id(paired, "Vieras"), location="Piha")
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == [*BOTH, "Uusi", "Vieras"]


@pytest.mark.parametrize("verify", [True, False], ids=["verified", "listed anew"])
def test_what_an_undo_left_alone_rests_though_everything_is_looked_at(paired: Customer, verify: bool) -> None:
    """A complete comparison, and a cursor that is lost, find it on one side only."""
    undo(paired, last_run(paired))
    paired.simulator.invalidate_sync_states(PEOPLE[ANNA][0])
    for _ in range(2):
        for result in paired.synchronise.run(None, verify=verify):
            assert (result.ok, result.pulled, result.pushed, result.deleted) == (True, 0, 0, 0)
    assert (paired.valueframe_titles(ANNA), paired.outlook_titles(ANNA)) == (["Palaveri"], ["Hammaslääkäri"])


def test_what_an_undo_left_alone_is_synchronised_once_where_the_mailbox_is_added_again(
    paired: Customer,
) -> None:
    undo(paired, last_run(paired))
    paired.services.activation.remove([ANNA])
    paired.activate(ANNA)
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == BOTH


def test_what_was_deleted_on_either_side_comes_back_on_both(paired: Customer) -> None:
    paired.outlook(ANNA).delete(outlook_id(paired, "Palaveri"))
    edit(paired, "Hammaslääkäri", deleted_at=paired.now, version=CalendarEvent.version + 1)
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == []
    done = paired.synchronise.undo(Wish(last_run(paired)), ACTOR)
    assert told(done) == [(title, "undone", "") for title in BOTH]
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == BOTH
    assert locations(paired) == (["Asema", "Sali"],) * 2
    assert {outcome for _, outcome, _ in told(undo(paired, done.run_id))} == {"already"}


def test_the_guard_holds_an_undo_that_deletes_much_until_the_admin_says_so(paired: Customer) -> None:
    for number in range(7):
        paired.in_valueframe(ANNA, f"Uusi {number}", 8 + number)
    paired.sync()
    run = last_run(paired)
    assert {why for _, _, why in told(undo(paired, run))} == {"guard"}
    assert len(paired.outlook_titles(ANNA)) == 9
    assert undo(paired, run, mass=True).count("undone") == 7
    assert paired.outlook_titles(ANNA) == BOTH
    assert len(paired.valueframe_titles(ANNA)) == 9


def test_the_loser_of_a_conflict_comes_back_alone(paired: Customer) -> None:
    edit(paired, "Palaveri", location="Verkko", version=CalendarEvent.version + 1)
    paired.outlook(ANNA).edit(outlook_id(paired, "Palaveri"), location="Piha", subject="Palaveri 2")
    paired.sync()
    with paired.store.read() as session:
        lost = session.scalars(select(History).where(History.reason == "conflict")).one()
    assert locations(paired) == (["Asema", "Verkko"],) * 2
    done = undo(paired, lost.run_id or 0, operation=lost.id)
    assert done.count("undone") == 1
    assert locations(paired) == (["Asema", "Piha"],) * 2
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == ["Hammaslääkäri", "Palaveri 2"]


def test_a_meeting_of_another_person_is_his_and_nobody_gets_a_mail(paired: Customer) -> None:
    paired.activate(PEKKA)
    made = paired.in_outlook(ANNA, "Kutsu", 8, attendees=[PEOPLE[PEKKA][0]])
    uid = paired.outlook(ANNA).item(made).uid
    start = SOON + 8 * HOUR
    pekka = paired.outlook(PEKKA)
    pekka.accept(pekka.receive(PEOPLE[ANNA][0], subject="Kutsu", start=start, end=start + HOUR, uid=uid))
    paired.in_step()
    paired.outlook(ANNA).edit(made, location="Sali")
    paired.in_step()
    run = last_run(paired, PEKKA)
    done = undo(paired, run)
    assert {(one.outcome, one.why) for one in done.events} <= {("left", "anothers"), ("left", "changed")}
    assert "Kutsu" in paired.outlook_titles(PEKKA)


@pytest.mark.parametrize("operation", ["UpdateItem", "DeleteItem"])
def test_an_undo_that_was_cut_off_is_done_again_and_converges(paired: Customer, operation: str) -> None:
    """The answer to a write is lost; the run had changed, deleted and created one event."""
    paired.in_outlook(ANNA, "Kolmas", 6)
    paired.in_step()
    edit(paired, "Hammaslääkäri", location="Keskusta", version=CalendarEvent.version + 1)
    edit(paired, "Palaveri", deleted_at=paired.now, version=CalendarEvent.version + 1)
    paired.in_valueframe(ANNA, "Uusi", 8)
    paired.sync()
    run = last_run(paired)
    paired.simulator.set_faults([FaultRule(operation=operation, status=0, moment="after")])
    paired.simulator.outbox.clear()
    cut = paired.synchronise.undo(Wish(run), ACTOR)
    assert (cut.failure is not None) is (operation == "UpdateItem"), "a deletion is simply asked for again"
    paired.now += HOUR
    assert paired.synchronise.undo(Wish(run), ACTOR).failure is None
    paired.in_step()
    assert paired.simulator.outbox == []
    assert locations(paired)[1] == ["Asema", "", "Sali"]
    assert paired.outlook_titles(ANNA) == [*BOTH[:1], "Kolmas", "Palaveri"]
    assert paired.valueframe_titles(ANNA) == [*BOTH[:1], "Kolmas", "Palaveri", "Uusi"]


def test_what_comes_back_reaches_exchange_once_though_the_answer_is_lost(paired: Customer) -> None:
    paired.outlook(ANNA).delete(outlook_id(paired, "Palaveri"))
    paired.sync()
    assert paired.synchronise.undo(Wish(last_run(paired)), ACTOR).count("undone") == 1
    paired.simulator.set_faults([FaultRule(operation="CreateItem", status=0, moment="after")])
    (cut,) = paired.sync()
    assert not cut.ok
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == BOTH


def test_a_series_gets_its_exceptions_back(paired: Customer) -> None:
    rule = Pattern("Daily", (SOON + 24 * HOUR).date(), count=6)
    series = paired.in_outlook(ANNA, "Sarja", 24, recurrence=rule)
    paired.in_step()
    user = paired.outlook(ANNA)
    days = [(SOON + (number + 1) * 24 * HOUR).date() for number in range(6)]
    user.edit(user.occurrence(series, days[2]).id, location="Piha")
    paired.in_step()
    user.edit(user.occurrence(series, days[2]).id, location="Sali")
    user.delete(user.occurrence(series, days[3]).id)
    paired.sync()
    done = undo(paired, last_run(paired))
    assert told(done) == [("Sarja", "undone", "")]
    assert user.occurrence(series, days[2]).location == "Piha"
    assert user.occurrence(series, days[3]).location == ""


@pytest.mark.both_stores
def test_r31_what_was_written_cannot_be_put_back_once_its_texts_are_removed(paired: Customer) -> None:
    edit(paired, "Palaveri", location="Verkko", version=CalendarEvent.version + 1)
    paired.outlook(ANNA).delete(outlook_id(paired, "Hammaslääkäri"))
    paired.sync()
    run = last_run(paired)
    assert paired.services.forget_texts.forget(ANNA) > 0
    assert {(one.outcome, one.why) for one in undo(paired, run).events} == {("left", "unknown")}
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == ["Palaveri"]


def test_an_unknown_run_and_one_of_which_nothing_is_known_are_refused(paired: Customer) -> None:
    with pytest.raises(UsageError) as refused:
        paired.synchronise.preview_undo(Wish(999_999))
    assert refused.value.failure.code == "VF-UNDO-02"
    with paired.store.read() as session:
        idle = session.scalars(select(Run.id).where(Run.id.not_in(select(History.run_id)))).first()
    assert idle is not None
    with pytest.raises(UsageError) as refused:
        paired.synchronise.undo(Wish(idle), ACTOR)
    assert refused.value.failure.code == "VF-UNDO-03"


def test_r31_what_was_made_private_since_the_run_is_named_by_its_time_alone(paired: Customer) -> None:
    edit(paired, "Palaveri", location="Verkko", version=CalendarEvent.version + 1)
    paired.sync()
    run = last_run(paired)
    edit(paired, "Palaveri", private=True, version=CalendarEvent.version + 1)
    paired.in_step()
    (looked,) = paired.services.run_undo.preview(run).events
    assert (looked.title, looked.private, looked.why) == ("", True, "changed")
    (done,) = paired.synchronise.undo(Wish(run), ACTOR).events
    assert (done.title, done.private) == ("", True)


def test_whoever_watches_an_undo_hears_of_each_event_and_ends_it(paired: Customer) -> None:
    edit(paired, "Hammaslääkäri", location="Keskusta", version=CalendarEvent.version + 1)
    edit(paired, "Palaveri", location="Verkko", version=CalendarEvent.version + 1)
    paired.sync()
    run, heard = last_run(paired), []
    service = paired.services.run_undo
    stopped = service.run(run, None, heard.append, lambda: True)
    assert stopped.failure is not None
    assert (stopped.failure.code, stopped.events, heard) == ("VF-STOP-01", (), [])
    done = service.run(run, None, heard.append, lambda: False)
    assert tuple(heard) == done.events
    assert done.count("undone") == 2
    paired.in_step()
    assert locations(paired) == (["Asema", "Sali"],) * 2


def test_r24_what_keeps_every_run_from_being_undone_is_known_beforehand(customer: Customer) -> None:
    service, settings = customer.services.run_undo, customer.services.settings
    assert service.obstacle() is None
    with customer.store.write() as session:
        session.execute(delete(Connection))
    found = [service.obstacle()]
    settings.set_paused(True)
    found.append(service.obstacle())
    settings.set_module(False)
    found.append(service.obstacle())
    assert [one and one.code for one in found] == ["EX-CONN-01", "VF-PAUSE-01", "VF-MODULE-01"]

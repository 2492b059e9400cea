"""Taking over, previewed and in stages (R29); changed logins, moved and shared mailboxes, leavers (R30)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.services.customer import AINO, ANNA, PEKKA, PEOPLE, SOON, Customer, codes
from vfadmin.calendars.base import Side
from vfadmin.calendars.sql.changes import prune_changes
from vfadmin.errors import UsageError
from vfadmin.models import CalendarEvent, EventType, State
from vfadmin.services.synchronise import DryRun
from vfadmin.sync.values import Act

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
TITLES = [f"Tapahtuma {number:02}" for number in range(25)]


def fill_both(customer: Customer, person: int = ANNA, titles: list[str] = TITLES) -> None:
    """Both calendars hold the same events, put there by another tool: no key of ours anywhere."""
    for number, title in enumerate(titles):
        customer.in_valueframe(person, title, number)
        customer.in_outlook(person, title, number, reminder_minutes=None)


def preview(customer: Customer, person: int = ANNA) -> DryRun:
    (seen,) = customer.services.rehearsal.first_cycle([person])
    return seen


def counts(seen: DryRun) -> dict[str, int]:
    assert seen.failure is None
    found = {f"{act} {side}": seen.count(act, side) for act in Act for side in Side}
    return {"matched": seen.matched} | {name: count for name, count in found.items() if count}


def ids(customer: Customer, person: int = ANNA) -> dict[str, str]:
    return {item.subject: item.id for item in customer.outlook(person).items()}


# --- taking over


def test_r29_scenario_29_two_full_calendars_of_another_tool_create_and_delete_nothing(
    customer: Customer,
) -> None:
    fill_both(customer)
    before = ids(customer)
    customer.activate(ANNA)
    customer.in_step()
    assert customer.valueframe_titles(ANNA) == customer.outlook_titles(ANNA) == TITLES
    assert ids(customer) == before
    assert not [one for one in customer.history(ANNA) if one[1] in ("create", "delete")]
    assert customer.simulator.outbox == []


def test_r29_the_first_cycle_is_previewed_before_anybody_is_activated(customer: Customer) -> None:
    fill_both(customer)
    customer.in_valueframe(ANNA, "Vain ValueFramessa", 40)
    customer.in_outlook(ANNA, "Vain Outlookissa", 41)
    customer.services.activation.set_login(ANNA, PEOPLE[ANNA][1])
    seen = preview(customer)
    assert (seen.first, counts(seen)) == (
        True,
        {"matched": 25, "create valueframe": 1, "create exchange": 1},
    )
    assert customer.row(ANNA).state == State.UNUSED
    assert customer.row(ANNA).mailbox is None
    assert len(customer.outlook_titles(ANNA)) == len(customer.valueframe_titles(ANNA)) == 26

    customer.activate(ANNA)
    assert counts(customer.synchronise.dry_run([ANNA])[0]) == counts(seen)
    (result,) = customer.sync(ANNA)
    assert (result.pulled, result.pushed, result.deleted) == (1, 1, 0)
    after = preview(customer)
    assert (after.first, counts(after)) == (False, {"matched": 0})


def test_r29_a_preview_tells_what_keeps_a_person_out(customer: Customer) -> None:
    customer.services.activation.set_login(ANNA, "EXAMPLE\\tuntematon")
    customer.activate(PEKKA, PEOPLE[PEKKA][0])
    customer.in_step()
    customer.services.activation.set_login(AINO, PEOPLE[PEKKA][1])
    found = customer.services.rehearsal.first_cycle([ANNA, AINO, 99])
    assert [one.failure and one.failure.code for one in found] == ["EX-MBX-03", "EX-MBX-06", "VF-PERSON-01"]


def test_r29_r14_with_the_module_off_no_calendar_is_read(customer: Customer) -> None:
    customer.services.settings.set_module(on=False)
    with pytest.raises(UsageError, match="VF-MODULE-01"):
        customer.services.rehearsal.first_cycle([ANNA])


def test_r29_a_rollout_starts_with_a_few_and_goes_on_when_they_are_green(customer: Customer) -> None:
    for person in PEOPLE:
        fill_both(customer, person, TITLES[:3])
    customer.activate(ANNA)
    customer.in_step()
    assert customer.services.status.summary().counts.active == 1
    assert customer.row(ANNA).last_synced_at is not None
    for person in (PEKKA, AINO):
        assert customer.outlook_titles(person) == TITLES[:3], "who is not activated yet is left alone"
        customer.activate(person)
    customer.in_step()
    for person in PEOPLE:
        assert customer.valueframe_titles(person) == customer.outlook_titles(person) == TITLES[:3]
        assert not [one for one in customer.history(person) if one[1] in ("create", "delete")]


def test_r29_removed_and_activated_again_the_calendars_are_matched_without_doubles(
    customer: Customer,
) -> None:
    fill_both(customer, titles=TITLES[:3])
    customer.in_valueframe(ANNA, "ValueFramesta", 30)
    customer.in_outlook(ANNA, "Outlookista", 31)
    customer.activate(ANNA)
    customer.in_step()
    everything = customer.outlook_titles(ANNA)
    customer.services.activation.remove([ANNA])
    customer.activate(ANNA)
    customer.in_step()
    assert customer.valueframe_titles(ANNA) == customer.outlook_titles(ANNA) == everything


def test_r12_passive_and_active_again_it_goes_on_where_it_stood_without_doubles(customer: Customer) -> None:
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "Jää")
    customer.in_valueframe(ANNA, "Poistetaan", 2)
    customer.in_step()
    customer.services.activation.passivate([ANNA])
    customer.in_valueframe(ANNA, "Uusi", 4)
    customer.in_outlook(ANNA, "Outlookista", 6)
    customer.outlook(ANNA).delete(ids(customer)["Poistetaan"])
    assert customer.sync() == []
    customer.activate(ANNA)
    customer.in_step()
    assert customer.valueframe_titles(ANNA) == customer.outlook_titles(ANNA) == ["Jää", "Outlookista", "Uusi"]


def test_r12_activated_again_after_its_changes_were_pruned_nothing_is_doubled_or_lost(
    customer: Customer,
) -> None:
    customer.activate(ANNA)
    for number, title in enumerate(TITLES[:4]):
        (customer.in_valueframe if number % 2 else customer.in_outlook)(ANNA, title, number)
    customer.in_step()
    customer.services.activation.passivate([ANNA])
    customer.in_valueframe(ANNA, "Uusi", 20)
    with customer.store.write() as session:
        one = session.scalars(select(CalendarEvent).where(CalendarEvent.title == TITLES[0])).one()
        one.deleted_at = customer.now
    customer.simulator.invalidate_sync_states(PEOPLE[ANNA][0])
    assert prune_changes(customer.store, datetime(2100, 1, 1, tzinfo=UTC)) > 0
    customer.activate(ANNA)
    customer.in_step()
    assert customer.valueframe_titles(ANNA) == customer.outlook_titles(ANNA) == [*TITLES[1:4], "Uusi"]


# --- another mailbox


@pytest.fixture
def paired(customer: Customer) -> Customer:
    """Anna in step: half of the events from either side."""
    for number, title in enumerate(TITLES[:8]):
        (customer.in_valueframe if number % 2 else customer.in_outlook)(ANNA, title, number)
    customer.activate(ANNA)
    customer.in_step()
    return customer


def accept(customer: Customer, person: int = ANNA) -> None:
    (result,) = customer.services.activation.resume([person], accept_mailbox=True)
    assert (result.ok, result.state) == (True, State.ACTIVE)


def assert_held(customer: Customer, code: str = "EX-MBX-07", person: int = ANNA) -> None:
    assert codes(customer.sync(person)) == [code]
    assert (customer.row(person).state, customer.row(person).error_code) == (State.ERROR, code)


def test_r30_scenario_25_when_all_ids_change_after_a_move_nothing_is_created_or_deleted(
    paired: Customer,
) -> None:
    before = set(ids(paired).values())
    paired.simulator.move_mailbox("anna@example.test")
    assert not before & set(ids(paired).values())
    assert_held(paired)
    written = len(paired.history(ANNA))

    assert counts(preview(paired)) == {"matched": 8}
    (again,) = paired.services.activation.resume([ANNA])
    assert again.ok
    assert_held(paired)
    assert counts(preview(paired)) == {"matched": 8}
    accept(paired)
    paired.in_step()

    assert len(paired.history(ANNA)) == written, "neither created nor deleted nor changed"
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == TITLES[:8]
    assert paired.services.history.audit(ANNA)[0].after == {
        "state": "active",
        "error": None,
        "accept_mailbox": True,
    }
    paired.outlook(ANNA).edit(ids(paired)[TITLES[0]], location="Turku")
    paired.outlook(ANNA).delete(ids(paired)[TITLES[1]])
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == [TITLES[0], *TITLES[2:8]]


def test_r30_edits_made_around_a_move_are_kept(paired: Customer) -> None:
    paired.outlook(ANNA).edit(ids(paired)[TITLES[0]], location="Turku")
    paired.outlook(ANNA).edit(ids(paired)[TITLES[1]], location="Vaasa")
    paired.simulator.move_mailbox("anna@example.test")
    assert_held(paired)
    paired.in_valueframe(ANNA, "Uusi", 40)
    accept(paired)
    paired.in_step()
    assert sum(item.location in ("Turku", "Vaasa") for item in paired.outlook(ANNA).items()) == 2
    with paired.store.read() as session:
        places = {one.title: one.location for one in session.scalars(select(CalendarEvent))}
    assert (places[TITLES[0]], places[TITLES[1]]) == ("Turku", "Vaasa")
    assert paired.outlook_titles(ANNA) == [*TITLES[:8], "Uusi"]


def test_r30_what_an_empty_new_mailbox_does_not_hold_is_created_there_and_not_deleted(
    paired: Customer,
) -> None:
    paired.services.activation.set_login(ANNA, PEOPLE[AINO][1])
    assert_held(paired)
    assert counts(preview(paired)) == {"matched": 0, "create exchange": 8}
    accept(paired)
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(AINO) == TITLES[:8]
    assert paired.outlook_titles(ANNA) == TITLES[:8], "the former mailbox stays as it is"


def test_r30_scenario_30_a_login_changed_to_another_persons_mailbox_is_held(paired: Customer) -> None:
    paired.activate(PEKKA, PEOPLE[PEKKA][0])
    paired.in_outlook(PEKKA, "Pekan oma")
    paired.in_step()
    with pytest.raises(UsageError, match="VF-LOGIN-03"):
        paired.services.activation.set_login(ANNA, "pekka@EXAMPLE.test")
    paired.services.activation.set_login(ANNA, PEOPLE[PEKKA][1])
    assert_held(paired, "EX-MBX-06")
    assert_untouched(paired)


def assert_untouched(customer: Customer) -> None:
    assert customer.valueframe_titles(ANNA) == customer.outlook_titles(ANNA) == TITLES[:8]
    assert customer.valueframe_titles(PEKKA) == customer.outlook_titles(PEKKA) == ["Pekan oma"]


def test_r30_scenario_30_nor_is_it_written_to_when_its_owner_has_no_integration(paired: Customer) -> None:
    paired.in_outlook(PEKKA, "Pekan oma")
    paired.in_valueframe(PEKKA, "Pekan oma")
    paired.services.activation.set_login(ANNA, PEOPLE[PEKKA][1])
    assert_held(paired)
    assert_untouched(paired)
    paired.services.activation.set_login(ANNA, PEOPLE[ANNA][1])
    paired.services.activation.resume([ANNA])
    paired.in_step()
    assert_untouched(paired)


def test_r30_a_held_login_makes_no_calendar_in_the_other_mailbox(customer: Customer) -> None:
    customer.activate(ANNA, calendar="new", calendar_name="Työt")
    customer.in_valueframe(ANNA, "Palaveri")
    customer.in_step()
    customer.services.activation.set_login(ANNA, PEOPLE[PEKKA][1])
    assert_held(customer)
    with pytest.raises(KeyError):
        customer.outlook_titles(PEKKA, "Työt")
    assert counts(preview(customer)) == {"matched": 0, "create exchange": 1}
    accept(customer)
    customer.in_step()
    assert customer.outlook_titles(PEKKA, "Työt") == customer.outlook_titles(ANNA, "Työt") == ["Palaveri"]


@pytest.mark.parametrize(
    "login", ["anna@example.test", "Anna@Example.Test", "EXAMPLE\\ANNA", "example\\anna"]
)
def test_r30_another_spelling_of_the_same_mailbox_goes_on(paired: Customer, login: str) -> None:
    written = len(paired.history(ANNA))
    paired.services.activation.set_login(ANNA, login)
    paired.in_valueframe(ANNA, "Uusi", 40)
    assert codes(paired.sync(ANNA)) == [None]
    paired.in_step()
    assert paired.outlook_titles(ANNA) == [*TITLES[:8], "Uusi"]
    assert len(paired.history(ANNA)) == written + 1


SPELLINGS = ["anna@example.test", "ANNA@example.test", "anna@EXAMPLE.TEST"]


@pytest.mark.parametrize("login", SPELLINGS)
def test_r30_a_login_that_names_somebodys_mailbox_is_refused_in_each_spelling(
    paired: Customer, login: str
) -> None:
    (result,) = paired.services.activation.activate([PEKKA], login=login)
    assert result.error is not None
    assert result.error.code == "VF-LOGIN-03"


@pytest.mark.parametrize("login", SPELLINGS)
def test_r30_two_persons_never_share_a_mailbox_whose_name_is_not_known_yet(
    customer: Customer, login: str
) -> None:
    customer.activate(ANNA)
    customer.activate(PEKKA, login)
    customer.in_outlook(ANNA, "Oma")
    assert codes(customer.sync(ANNA)) == [None]
    assert_held(customer, "EX-MBX-06", PEKKA)
    assert (customer.valueframe_titles(ANNA), customer.valueframe_titles(PEKKA)) == (["Oma"], [])
    assert customer.row(PEKKA).mailbox is None


def test_r30_who_waits_behind_a_changed_login_still_has_the_former_mailbox(paired: Customer) -> None:
    paired.services.activation.set_login(ANNA, PEOPLE[AINO][1])
    assert_held(paired)
    paired.activate(PEKKA, "ANNA@Example.Test")
    assert_held(paired, "EX-MBX-06", PEKKA)


def test_r30_a_changed_login_that_cannot_be_looked_up_is_told_by_its_own_reason(paired: Customer) -> None:
    paired.services.activation.set_login(ANNA, PEOPLE[ANNA][0])
    paired.simulator.deny_impersonation(PEOPLE[ANNA][0])
    assert_held(paired, "EX-IMP-01")
    paired.simulator.allow_impersonation(PEOPLE[ANNA][0])
    paired.services.activation.resume([ANNA])
    paired.in_step()


def test_r30_a_mailbox_that_was_only_looked_up_anew_goes_on(paired: Customer) -> None:
    paired.set_row(ANNA, mailbox=None)
    paired.in_step()
    assert paired.row(ANNA).mailbox == PEOPLE[ANNA][0]


def test_r30_the_beginning_of_a_name_is_no_login(customer: Customer) -> None:
    customer.services.activation.activate([ANNA], login="EXAMPLE\\ann")
    assert_held(customer, "EX-MBX-03")
    assert customer.row(ANNA).mailbox is None


# --- leavers


@pytest.fixture
def left(paired: Customer) -> Iterator[Customer]:
    """Anna has left: another program wrote so into the store."""
    paired.leaves(ANNA)
    yield paired
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == TITLES[:8]


def test_r30_a_leaver_is_passivated_by_the_next_round_and_nothing_is_deleted(left: Customer) -> None:
    engine = left.synchronise.engine()
    assert engine.due() == []
    assert (left.row(ANNA).state, left.row(ANNA).login) == (State.PASSIVE, PEOPLE[ANNA][1])
    (entry,) = [one for one in left.services.history.audit(ANNA) if one.action == "integration.leaver"]
    assert (entry.actor, entry.before, entry.after) == (
        "vfadmin",
        {"state": "active"},
        {"state": "passive"},
    )
    told = len(left.services.history.audit(ANNA))
    engine.due()
    assert len(left.services.history.audit(ANNA)) == told, "told once"


def test_r30_a_leaver_is_passivated_by_a_sync_of_everybody_too_even_when_stopped(left: Customer) -> None:
    left.set_row(ANNA, state="error", error_code="EX-IMP-01", error_params={})
    assert left.sync() == []
    assert (left.row(ANNA).state, left.row(ANNA).error_code) == (State.PASSIVE, None)


def test_r30_a_leaver_who_comes_back_goes_on_when_an_admin_says_so(left: Customer) -> None:
    left.sync()
    left.services.directory.change_person(ANNA, active=True)
    assert left.sync() == []
    left.activate(ANNA)
    left.in_step()


def test_r30_who_never_had_an_integration_leaves_without_a_trace(customer: Customer) -> None:
    customer.leaves(PEKKA)
    before = customer.services.history.audit(PEKKA)
    customer.sync()
    assert customer.services.history.audit(PEKKA) == before


# --- the other rules of a mailbox's life


def test_r8_the_window_of_days_holds_through_taking_over(customer: Customer) -> None:
    customer.services.settings.set("days_back", 3)
    for days, title in ((-2, "Äsken"), (-4, "Vanha")):
        start = SOON + timedelta(days=days - 1)
        customer.in_valueframe(ANNA, f"{title} VF", starts_at=start, ends_at=start + timedelta(hours=1))
        customer.outlook(ANNA).create(
            subject=f"{title} EX", start=start + timedelta(hours=3), end=start + timedelta(hours=4)
        )
    customer.activate(ANNA)
    customer.in_step()
    assert customer.valueframe_titles(ANNA) == ["Vanha VF", "Äsken EX", "Äsken VF"]
    assert customer.outlook_titles(ANNA) == ["Vanha EX", "Äsken EX", "Äsken VF"]


def test_r13_the_default_event_type_is_for_arrivals_and_not_for_what_was_there(customer: Customer) -> None:
    with customer.store.write() as session:
        session.add_all([EventType(id=5, name="Palaveri"), EventType(id=6, name="Muu")])
    customer.in_valueframe(ANNA, TITLES[0], type_id=6)
    customer.in_outlook(ANNA, TITLES[0])
    customer.in_outlook(ANNA, TITLES[1], 2)
    customer.services.settings.set("default_event_type", "Palaveri")
    customer.activate(ANNA)
    customer.in_step()
    customer.services.settings.set("default_event_type", "Muu")
    customer.in_outlook(ANNA, TITLES[2], 4)
    customer.in_step()
    with customer.store.read() as session:
        types: dict[str, int] = dict(
            session.execute(select(CalendarEvent.title, CalendarEvent.type_id)).all()
        )
    assert types == {TITLES[0]: 6, TITLES[1]: 5, TITLES[2]: 6}


def test_r14_switched_off_and_on_again_nothing_is_missed_or_doubled(paired: Customer) -> None:
    paired.services.settings.set_module(on=False)
    paired.in_outlook(ANNA, "Tauolla", 40)
    with pytest.raises(UsageError, match="VF-MODULE-01"):
        paired.sync()
    assert paired.synchronise.engine().due() == []
    paired.services.settings.set_module(on=True)
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == [*TITLES[:8], "Tauolla"]

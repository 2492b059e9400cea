"""Copies of what was born in another person's Outlook: what ValueFrame brought, and what came by itself.

Such a copy has the UID of the other person's meeting, so its UID proves nothing (R30, R2).
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from tests.services.customer import ANNA, HOUR, PEKKA, PEOPLE, SOON, Customer, codes
from tests.services.test_removal import outlook_id
from vfadmin.calendars.exchange.marks import BROUGHT, PROPERTY_SET
from vfadmin.models import CalendarEvent, EventParticipant, Pair, State
from vfadmin.simulator.faults import FaultRule
from vfadmin.simulator.outlook import named

ANNAS, PEKKAS = (PEOPLE[one][0] for one in (ANNA, PEKKA))


@pytest.fixture
def shared(customer: Customer) -> Customer:
    """See `share`; over EWS."""
    return share(customer)


def share(customer: Customer) -> Customer:
    """Pekka has an event of his own, and a copy of one that was born in Anna's Outlook."""
    for person in (ANNA, PEKKA):
        customer.activate(person)
    customer.in_outlook(ANNA, "Suunnittelu")
    customer.in_outlook(PEKKA, "Hammaslääkäri", 4)
    customer.in_step()
    link(customer, "Suunnittelu")
    customer.in_step()
    assert customer.outlook_titles(PEKKA) == ["Hammaslääkäri", "Suunnittelu"]
    if not customer.over_graph:
        assert uid(customer, PEKKA) == uid(customer, ANNA), "what the UID says is not what this is about"
    return customer


def link(customer: Customer, title: str, person: int = PEKKA) -> None:
    """Somebody links the person to that event in ValueFrame."""
    with customer.store.write() as session:
        number = session.scalars(select(CalendarEvent.id).where(CalendarEvent.title == title)).one()
        session.execute(insert(EventParticipant).values(event_id=number, person_id=person))


def edit(customer: Customer, title: str, **values: Any) -> None:
    """Somebody edits that event in ValueFrame."""
    with customer.store.write() as session:
        session.execute(update(CalendarEvent).where(CalendarEvent.title == title).values(**values))


def uid(customer: Customer, person: int, title: str = "Suunnittelu") -> str:
    return customer.outlook(person).item(outlook_id(customer, title, person)).uid


def invited(customer: Customer, title: str, hours: int, uid: str | None = None) -> str:
    """An invitation of Anna's arrives at Pekka's and is accepted; the meeting's id in his mailbox."""
    start = SOON + hours * HOUR
    pekka = customer.outlook(PEKKA)
    received = pekka.receive(ANNAS, subject=title, start=start, end=start + HOUR, uid=uid)
    pekka.accept(received)
    return received


def counted(customer: Customer, person: int = PEKKA) -> tuple[int, int]:
    """What a removal is said to find: by the store, and by a look into the mailbox."""
    (seen,) = customer.synchronise.preview_removal([person])
    assert seen.failure is None
    return customer.services.activation.preview([person], "remove").brought, seen.taken


def take_out(customer: Customer, person: int = PEKKA) -> int:
    """Remove the integration with what it brought; how many events went. Nobody gets a mail."""
    customer.services.activation.remove([person], take_out=True)
    if customer.row(person).state == State.UNUSED:
        return 0
    (done,) = customer.synchronise.take_out([person])
    assert (done.failure, done.left, customer.row(person).state) == (None, (), State.UNUSED)
    assert customer.simulator.outbox == []
    return done.taken


def deleted(customer: Customer, person: int = PEKKA) -> list[str]:
    return sorted(item.subject for item in customer.outlook(person).deleted_items())


def test_r30_a_copy_of_what_was_born_in_anothers_outlook_is_taken_out(shared: Customer) -> None:
    assert counted(shared) == (1, 1)
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri"]
    assert deleted(shared) == ["Suunnittelu"]
    assert shared.outlook_titles(ANNA) == ["Suunnittelu"]
    assert shared.valueframe_titles(ANNA) == ["Suunnittelu"]


def test_r30_in_the_mailbox_where_it_was_born_it_stays(shared: Customer) -> None:
    assert counted(shared, ANNA) == (0, 0)
    assert take_out(shared, ANNA) == 0
    assert shared.outlook_titles(ANNA) == ["Suunnittelu"]


def test_r30_an_invitation_that_came_by_mail_is_never_taken_out(shared: Customer) -> None:
    """It is written to as well, so a key and a stamp of ours are inside it."""
    made = shared.in_outlook(ANNA, "Kutsu", 8, attendees=[PEKKAS])
    shared.simulator.outbox.clear()  # Outlook's own
    received = invited(shared, "Kutsu", 8, shared.outlook(ANNA).item(made).uid)
    shared.in_step()
    shared.outlook(ANNA).edit(made, location="Sali")
    shared.simulator.outbox.clear()
    shared.in_step()
    assert shared.outlook(PEKKA).item(received).location == "Sali"
    assert named(shared.outlook(PEKKA).item(received).extended, "vfadminKey", PROPERTY_SET)
    assert counted(shared) == (1, 1)
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri", "Kutsu"]


def test_r30_an_invitation_to_what_was_born_in_valueframe_is_none_of_what_it_brought(
    customer: Customer,
) -> None:
    """Its UID is one of ours, and yet it came by mail."""
    for person in (ANNA, PEKKA):
        customer.activate(person)
    customer.in_valueframe(ANNA, "Palaveri")
    customer.in_step()
    made = outlook_id(customer, "Palaveri")
    invited(customer, "Palaveri", 0, customer.outlook(ANNA).item(made).uid)
    customer.outlook(ANNA).edit(made, attendees=[PEKKAS])
    customer.simulator.outbox.clear()
    customer.in_step()
    edit(customer, "Palaveri", location="Sali")
    customer.in_step()
    assert (counted(customer), counted(customer, ANNA)) == ((0, 0), (1, 1))
    assert take_out(customer) == 0
    assert (customer.outlook_titles(PEKKA), deleted(customer)) == (["Palaveri"], [])


@pytest.mark.parametrize("noticed", [True, False])
def test_r30_a_copy_that_an_invitation_made_a_meeting_of_stays(shared: Customer, noticed: bool) -> None:
    copy = outlook_id(shared, "Suunnittelu", PEKKA)
    shared.outlook(PEKKA).learn_of_invitation(copy, ANNAS)
    shared.outlook(PEKKA).accept(copy)
    if noticed:
        shared.in_step()
        assert counted(shared) == (0, 0)
    assert take_out(shared) == 0
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri", "Suunnittelu"]


def test_r30_what_a_person_copied_from_the_copy_is_his_own(shared: Customer) -> None:
    pekka = shared.outlook(PEKKA)
    pekka.edit(pekka.copy(outlook_id(shared, "Suunnittelu", PEKKA)), subject="Oma kopio")
    shared.in_step()
    assert counted(shared) == (1, 1)
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri", "Oma kopio"]


def test_r30_a_copy_whose_answer_never_came_is_taken_out(shared: Customer) -> None:
    shared.in_outlook(ANNA, "Toinen", 8)
    shared.in_step()
    link(shared, "Toinen")
    lost = FaultRule(operation="CreateItem", moment="after", status=0, times=None)
    shared.simulator.set_faults([lost])
    assert codes(shared.sync(PEKKA)) == ["EX-CONN-05"]
    shared.simulator.set_faults([])
    assert "Toinen" in shared.outlook_titles(PEKKA)
    assert take_out(shared) == 2
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri"]


def test_r30_removed_and_activated_again_it_is_still_known_as_brought(shared: Customer) -> None:
    shared.services.activation.remove([PEKKA])
    shared.activate(PEKKA)
    shared.in_step()
    assert counted(shared) == (1, 1)
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri"]


def test_r30_without_evidence_a_copy_stays(shared: Customer) -> None:
    """As earlier versions left them: nothing in the item, nothing in the store."""
    copy = outlook_id(shared, "Suunnittelu", PEKKA)
    extended = shared.outlook(PEKKA).item(copy).extended
    kept = {key: value for key, value in extended.items() if key.name != BROUGHT}
    assert len(kept) == len(extended) - 1
    shared.outlook(PEKKA).edit(copy, extended=kept)
    with shared.store.write() as session:
        session.execute(update(Pair).values(brought=False))
    assert counted(shared) == (0, 0)
    edit(shared, "Suunnittelu", location="Sali")
    shared.in_step()
    assert counted(shared) == (0, 0)
    assert take_out(shared) == 0
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri", "Suunnittelu"]


def test_r30_the_store_alone_is_no_evidence(shared: Customer) -> None:
    """Whatever it says, what is in the mailbox is looked at."""
    with shared.store.write() as session:
        session.execute(update(Pair).values(brought=True))
    assert counted(shared) == (2, 1)
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri"]


def test_r30_what_a_person_made_and_deleted_and_an_edit_brought_back_is_his_own(shared: Customer) -> None:
    shared.outlook(PEKKA).delete(outlook_id(shared, "Hammaslääkäri", PEKKA))
    edit(shared, "Hammaslääkäri", location="Turku")
    shared.in_step()
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri", "Suunnittelu"]
    assert counted(shared) == (1, 1)
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri"]


def test_r30_a_copy_that_was_declined_and_came_back_was_brought_again(shared: Customer) -> None:
    shared.outlook(PEKKA).delete(outlook_id(shared, "Suunnittelu", PEKKA))
    shared.in_step()
    start = SOON + 24 * HOUR
    edit(shared, "Suunnittelu", starts_at=start, ends_at=start + HOUR)
    shared.in_step()
    assert counted(shared) == (1, 1)
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri"]


def test_r30_what_a_person_made_stays_his_own_in_a_mailbox_that_took_its_place(shared: Customer) -> None:
    """What the other mailbox does not hold is created there, and was not born in ValueFrame for that."""
    shared.services.activation.passivate([PEKKA])
    shared.simulator.move_mailbox(PEKKAS)
    for item in shared.outlook(PEKKA).items():
        shared.outlook(PEKKA).delete(item.id)
    shared.activate(PEKKA)
    assert codes(shared.sync(PEKKA)) == ["EX-MBX-07"]
    shared.services.activation.resume([PEKKA], accept_mailbox=True)
    shared.in_step()
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri", "Suunnittelu"]
    assert counted(shared) == (1, 1)
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri"]


def test_r30_what_its_owner_took_back_is_not_there_to_be_taken_out(shared: Customer) -> None:
    with shared.store.write() as session:
        session.execute(delete(EventParticipant))
    shared.in_step()
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri"]
    assert counted(shared) == (0, 0)


def test_r30_of_two_who_are_removed_together_neither_keeps_what_was_brought(customer: Customer) -> None:
    """Who is no longer synchronised is no longer seen among the invited, and nobody edited that."""
    for person in (ANNA, PEKKA):
        customer.activate(person)
    customer.in_valueframe(ANNA, "Palaveri")
    link(customer, "Palaveri")
    customer.in_step()
    assert [take_out(customer, one) for one in (PEKKA, ANNA)] == [1, 1]
    assert [customer.outlook_titles(one) for one in (PEKKA, ANNA)] == [[], []]


def test_r30_whom_somebody_invited_in_outlook_meanwhile_is_an_edit(customer: Customer) -> None:
    for person in (ANNA, PEKKA):
        customer.activate(person)
    customer.in_valueframe(ANNA, "Palaveri")
    customer.in_step()
    customer.outlook(ANNA).edit(outlook_id(customer, "Palaveri"), attendees=[PEKKAS])
    customer.simulator.outbox.clear()
    (seen,) = customer.synchronise.preview_removal([ANNA])
    assert (seen.taken, [one.why for one in seen.left]) == (0, ["edited"])


def test_r2_a_copy_of_what_was_born_in_anothers_outlook_moves_along(shared: Customer) -> None:
    made = shared.in_outlook(ANNA, "Kutsu", 8, attendees=[PEKKAS])
    shared.simulator.outbox.clear()
    invited(shared, "Kutsu", 8, shared.outlook(ANNA).item(made).uid)
    shared.in_step()
    (change,) = shared.services.activation.preview_calendar([PEKKA], "new", "Työt")
    assert (change.moves, change.stays) == (1, 2)
    shared.services.activation.passivate([PEKKA])
    shared.activate(PEKKA, calendar="new", calendar_name="Työt", move_events=True)
    shared.in_step()
    assert shared.outlook_titles(PEKKA) == ["Hammaslääkäri", "Kutsu"]
    assert shared.outlook_titles(PEKKA, "Työt") == ["Suunnittelu"]
    assert take_out(shared) == 1
    assert shared.outlook_titles(PEKKA, "Työt") == []
    assert shared.simulator.outbox == []

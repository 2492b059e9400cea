"""One event in several calendars: its owner, those who take part in it, and what travels between them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from tests.strategies import NOW
from tests.sync.scenarios.fleet import Fleet, address, running_fleet
from tests.sync.scenarios.meetings import (
    acknowledge,
    edit,
    events,
    in_step,
    invite,
    links,
    meeting,
    on_day,
    only,
    outlook_meeting,
    reasons,
    told_of,
)
from vfadmin.models import (
    Cursor,
    Dirty,
    EventLink,
    EventParticipant,
    History,
    Integration,
    Intent,
    Pair,
    Person,
)

NEVER = "kukaan@elsewhere.test"


def test_r9_a_link_brings_the_event_to_the_linked_persons_and_invites_them_in_the_owners_copy(
    fleet: Fleet,
) -> None:
    meeting(fleet, 1, 2, 3)
    fleet.sync(1)  # whoever comes first names the event
    in_step(fleet)
    assert [only(fleet, one).subject for one in (1, 2, 3)] == ["Palaveri"] * 3
    assert told_of(fleet, 1) == {2, 3}
    assert [only(fleet, one).attendees for one in (2, 3)] == [frozenset()] * 2
    assert fleet.outlook(4).items() == []
    # Graph gives every item a UID of its own.
    uids = {only(fleet, one).uid for one in (1, 2, 3)}
    assert len(uids) == 1 + sum(fleet.over_graph(one) for one in (2, 3))
    assert fleet.simulator.outbox == []
    assert len(events(fleet)) == 1


def test_r9_what_the_owner_edits_reaches_every_copy(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2)
    in_step(fleet)
    edit(fleet, number, title="Siirretty", **on_day(2))
    in_step(fleet)
    fleet.outlook(1).edit(only(fleet, 1).id, location="Sali")
    fleet.simulator.outbox.clear()  # Outlook's own, to those invited
    in_step(fleet)
    assert {(only(fleet, one).subject, only(fleet, one).location) for one in (1, 2)} == {
        ("Siirretty", "Sali")
    }
    assert only(fleet, 1).start == only(fleet, 2).start == NOW + timedelta(days=2)


def test_r9_a_link_to_a_person_whose_integration_is_unused_stays_in_valueframe(fleet: Fleet) -> None:
    with fleet.store.write() as session:
        session.execute(update(Integration).where(Integration.person_id == 5).values(state="unused"))
    fleet.count = 4
    number = meeting(fleet, 1, 2, 5)
    in_step(fleet)
    assert told_of(fleet, 1) == {2}
    fleet.outlook(1).edit(only(fleet, 1).id, location="Sali")
    fleet.simulator.outbox.clear()
    in_step(fleet)
    assert set(links(fleet, number)) == {2, 5}


def test_r9_a_link_that_is_taken_off_takes_that_persons_copy(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2, 3)
    in_step(fleet)
    with fleet.store.write() as session:
        session.execute(
            delete(EventParticipant).where(
                EventParticipant.event_id == number, EventParticipant.person_id == 3
            )
        )
    in_step(fleet)
    assert told_of(fleet, 1) == {2}
    assert fleet.outlook(3).items() == []
    assert only(fleet, 2).subject == "Palaveri"


def test_r9_who_is_invited_in_outlook_becomes_a_link_and_strangers_stay_where_they_are(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2)
    in_step(fleet)
    fleet.outlook(1).edit(only(fleet, 1).id, attendees=[address(2), address(4), NEVER])
    fleet.simulator.outbox.clear()
    in_step(fleet)
    assert set(links(fleet, number)) == {2, 4}
    assert only(fleet, 4).subject == "Palaveri"
    with fleet.store.write() as session:
        session.execute(insert(EventParticipant).values(event_id=number, person_id=5))
        session.execute(
            delete(EventParticipant).where(
                EventParticipant.event_id == number, EventParticipant.person_id == 2
            )
        )
    in_step(fleet)
    if fleet.over_graph(1):
        # With guests of his own in it the meeting is read there and never written: ValueFrame follows.
        assert (set(links(fleet, number)), "meeting" in reasons(fleet)) == ({2, 4}, True)
        assert only(fleet, 1).attendees == {address(2), address(4), NEVER}
        assert fleet.outlook(5).items() == []
        return
    assert only(fleet, 1).attendees == {address(4), address(5), NEVER}


def test_r9_with_the_setting_off_links_stay_at_home_and_copies_stay_where_they_are(fleet: Fleet) -> None:
    meeting(fleet, 1, 2)
    in_step(fleet)
    fleet.services.settings.set("participants", value=False)
    number = meeting(fleet, 1, 3, title="Uusi")
    in_step(fleet)
    assert [one.subject for one in fleet.outlook(2).items()] == ["Palaveri"]
    assert fleet.outlook(3).items() == []
    assert set(links(fleet, number)) == {3}
    assert all(not one.attendees for one in fleet.outlook(1).items() if one.subject == "Uusi")


def test_r10_a_linked_resource_is_invited_as_one_and_its_own_events_go_nowhere(fleet: Fleet) -> None:
    with fleet.store.write() as session:
        session.execute(update(Person).where(Person.id == 5).values(kind="resource"))
    fleet.count = 4
    meeting(fleet, 1, 5)
    meeting(fleet, 5, 2, title="Huolto")
    in_step(fleet)
    assert told_of(fleet, 1) == {5}
    assert only(fleet, 1).resources == (set() if fleet.over_graph(1) else {address(5)})
    assert fleet.outlook(2).items() == []


def test_r11_links_to_customers_are_left_alone(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2)
    with fleet.store.write() as session:
        session.execute(insert(EventLink).values(event_id=number, kind="customer", ref=9, label="Oy"))
    in_step(fleet)
    fleet.outlook(2).edit(only(fleet, 2).id, subject="Muu")
    in_step(fleet)
    fleet.outlook(1).delete(only(fleet, 1).id)
    fleet.simulator.outbox.clear()
    in_step(fleet)
    with fleet.store.read() as session:
        assert [one.label for one in session.scalars(select(EventLink))] == ["Oy"]


def test_r15_a_participants_edit_is_put_back_and_the_history_says_so(fleet: Fleet) -> None:
    meeting(fleet, 1, 2)
    in_step(fleet)
    fleet.outlook(2).edit(only(fleet, 2).id, subject="Minun", reminder_minutes=45, show_as="Free")
    in_step(fleet)
    assert only(fleet, 2).subject == "Palaveri"
    assert (only(fleet, 2).reminder_minutes, only(fleet, 2).show_as) == (45, "Free")
    assert (only(fleet, 1).subject, only(fleet, 1).show_as) == ("Palaveri", "Busy")
    with fleet.store.read() as session:
        (told,) = session.scalars(select(History).where(History.reason == "put-back"))
        assert (told.person_id, told.before["title"], told.after["title"]) == (2, "Minun", "Palaveri")


def test_r15_what_is_a_participants_own_stays_his_when_the_owner_edits(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2)
    in_step(fleet)
    fleet.outlook(2).edit(only(fleet, 2).id, reminder_minutes=45, sensitivity="Private")
    in_step(fleet)
    edit(fleet, number, reminder_minutes=5, title="Toinen", show_as="oof")
    in_step(fleet)
    item = only(fleet, 2)
    assert (item.subject, item.reminder_minutes, item.sensitivity, item.show_as) == (
        "Toinen",
        45,
        "Private",
        "OOF",  # of which he has said nothing himself
    )
    assert (only(fleet, 1).reminder_minutes, only(fleet, 1).sensitivity) == (5, "Normal")


def test_r15_who_deletes_his_copy_has_declined_and_is_asked_again_only_for_another_time(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2, 3)
    in_step(fleet)
    fleet.outlook(2).delete(only(fleet, 2).id)
    in_step(fleet)
    edit(fleet, number, title="Uusi nimi")
    in_step(fleet)
    assert fleet.outlook(2).items() == []
    assert links(fleet, number)[2].declined
    assert (only(fleet, 1).subject, only(fleet, 3).subject) == ("Uusi nimi", "Uusi nimi")
    assert told_of(fleet, 1) == {2, 3}
    edit(fleet, number, **on_day(3))
    in_step(fleet)
    assert only(fleet, 2).subject == "Uusi nimi"
    assert not links(fleet, number)[2].declined


def test_r15_the_owners_deletion_takes_every_copy_even_an_edited_one(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2, 3)
    in_step(fleet)
    fleet.outlook(3).edit(only(fleet, 3).id, subject="Minun")
    edit(fleet, number, deleted_at=NOW)
    in_step(fleet)
    assert [fleet.outlook(one).items() for one in (1, 2, 3)] == [[], [], []]


def test_r16_a_meeting_that_is_accepted_in_outlook_is_acknowledged_in_valueframe(fleet: Fleet) -> None:
    uid = fleet.outlook(1).item(outlook_meeting(fleet, 1, address(2))).uid
    invited = invite(fleet, 2, address(1), uid)
    in_step(fleet)
    (event,) = events(fleet)
    assert not links(fleet, event.id)[2].acknowledged
    fleet.outlook(2).accept(invited)
    fleet.simulator.outbox.clear()
    in_step(fleet)
    assert links(fleet, event.id)[2].acknowledged


def test_r16_what_nobody_has_acknowledged_is_tentative_where_that_is_set(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2, 3)
    in_step(fleet)
    assert [only(fleet, one).show_as for one in (1, 2, 3)] == ["Busy"] * 3
    fleet.services.settings.set("show_unacknowledged_as_tentative", value=True)
    in_step(fleet)
    assert [only(fleet, one).show_as for one in (1, 2, 3)] == ["Busy", "Tentative", "Tentative"]
    edit(fleet, number, title="Siirretty")
    in_step(fleet)
    assert [only(fleet, one).show_as for one in (1, 2, 3)] == ["Busy", "Tentative", "Tentative"]
    assert [links(fleet, number)[one].show_as for one in (2, 3)] == [None, None]
    acknowledge(fleet, number, 2)
    fleet.outlook(3).edit(only(fleet, 3).id, show_as="OOF")
    in_step(fleet)
    assert [only(fleet, one).show_as for one in (1, 2, 3)] == ["Busy", "Busy", "OOF"]
    assert (events(fleet)[0].show_as, links(fleet, number)[3].show_as) == ("busy", "oof")


def test_r16_what_was_tentative_is_as_the_owner_has_it_when_the_setting_goes_off(fleet: Fleet) -> None:
    fleet.services.settings.set("show_unacknowledged_as_tentative", value=True)
    number = meeting(fleet, 1, 2)
    in_step(fleet)
    assert only(fleet, 2).show_as == "Tentative"
    fleet.services.settings.set("show_unacknowledged_as_tentative", value=False)
    in_step(fleet)
    assert (only(fleet, 2).show_as, links(fleet, number)[2].show_as) == ("Busy", None)


@pytest.mark.parametrize("order", [(1, 2, 3, 4, 5), (5, 4, 3, 2, 1), (3, 1, 5, 2, 4)])
def test_scenario_24_one_meeting_in_five_mailboxes_is_one_event_with_five_pairs(
    fleet: Fleet, order: tuple[int, ...]
) -> None:
    organizer = 3
    others = [one for one in order if one != organizer]
    uid = fleet.outlook(organizer).item(outlook_meeting(fleet, organizer, *map(address, others))).uid
    for one in others:
        invite(fleet, one, address(organizer), uid)
    for one in order:
        (result,) = fleet.sync(one)
        assert result.failure is None
    in_step(fleet)
    (event,) = events(fleet)
    assert (event.owner_id, event.external_organizer) == (organizer, None)
    assert set(links(fleet, event.id)) == set(others)
    with fleet.store.read() as session:
        paired = session.execute(select(Pair.person_id, Pair.valueframe_id)).all()
    assert sorted(paired) == [(one, str(event.id)) for one in range(1, 6)]
    fleet.outlook(others[0]).delete(only(fleet, others[0]).id)
    fleet.simulator.outbox.clear()
    in_step(fleet)
    assert len(events(fleet)) == 1
    assert [len(fleet.outlook(one).items()) for one in others] == [0, 1, 1, 1]
    assert only(fleet, organizer).subject == "Kokous"


def test_r15_a_meeting_organised_elsewhere_is_held_by_the_lowest_id_and_passes_on(fleet: Fleet) -> None:
    stranger = address(6)
    uid = fleet.outlook(6).item(outlook_meeting(fleet, 6, address(2), address(4))).uid
    for one in (4, 2):
        invite(fleet, one, stranger, uid)
        (result,) = fleet.sync(one)
        assert result.failure is None
    in_step(fleet)
    (event,) = events(fleet)
    assert (event.owner_id, event.external_organizer) == (2, stranger)
    assert set(links(fleet, event.id)) == {4}
    fleet.outlook(2).delete(only(fleet, 2).id)
    fleet.simulator.outbox.clear()
    in_step(fleet)
    (event,) = events(fleet)
    assert event.owner_id == 4
    assert only(fleet, 4).subject == "Kokous"
    assert fleet.outlook(2).items() == []


def test_r15_an_organizers_update_counts_in_whose_mailbox_it_arrives_first(fleet: Fleet) -> None:
    made = outlook_meeting(fleet, 1, address(2), address(3))
    uid = fleet.outlook(1).item(made).uid
    invited = {one: invite(fleet, one, address(1), uid) for one in (2, 3)}
    in_step(fleet)
    later = on_day(4)["starts_at"]
    moved = {"start": later, "end": later + timedelta(hours=1)}
    fleet.outlook(2).learn_of_update(invited[2], **moved)
    assert fleet.sync(2)[0].pulled == 1
    (event,) = events(fleet)
    assert event.starts_at == later
    fleet.outlook(1).edit(made, **moved)
    fleet.outlook(3).learn_of_update(invited[3], **moved)
    fleet.simulator.outbox.clear()
    in_step(fleet)
    assert [only(fleet, one).start for one in (1, 2, 3)] == [later] * 3
    fleet.outlook(3).edit(invited[3], subject="Minun")
    in_step(fleet)
    # What was received stands in Office 365 as its owner left it, and reaches nobody.
    assert only(fleet, 3).subject == ("Minun" if fleet.over_graph(3) else "Kokous")
    assert [one.title for one in events(fleet)] == ["Kokous"]


def test_r30_a_strangers_meeting_passes_on_when_its_holder_leaves(fleet: Fleet) -> None:
    uid = fleet.outlook(6).item(outlook_meeting(fleet, 6, address(2), address(4))).uid
    for one in (2, 4):
        invite(fleet, one, address(6), uid)
    in_step(fleet)
    with fleet.store.write() as session:
        session.execute(update(Person).where(Person.id == 2).values(active=False))
    fleet.clock.advance(timedelta(minutes=5))
    assert all(one.ok for one in fleet.sync(*fleet.due()))
    (event,) = events(fleet)
    assert (event.owner_id, set(links(fleet, event.id))) == (4, {2})
    assert [only(fleet, one).subject for one in (2, 4)] == ["Kokous"] * 2


def test_a_cancelled_meeting_leaves_everybodys_calendar_and_does_not_come_back(fleet: Fleet) -> None:
    uid = fleet.outlook(6).item(outlook_meeting(fleet, 6, address(2), address(4))).uid
    invited = {one: invite(fleet, one, address(6), uid) for one in (2, 4)}
    in_step(fleet)
    for one, item_id in invited.items():
        fleet.outlook(one).learn_of_cancellation(item_id)
    in_step(fleet)
    assert events(fleet) == []
    fleet.simulator.invalidate_sync_states(address(2))
    in_step(fleet)
    assert events(fleet) == []
    assert only(fleet, 2).subject == "Canceled: Kokous"  # for its owner to remove, as Outlook has it


@pytest.mark.parametrize("values", [{"title": "Muokattu"}, on_day(5)], ids=["title", "time"])
def test_a_cancelled_meeting_does_not_come_back_for_an_edit_in_valueframe(
    fleet: Fleet, values: dict[str, Any]
) -> None:
    """An edit beats a deletion, but not its organizer's word that there is no meeting."""
    uid = fleet.outlook(6).item(outlook_meeting(fleet, 6, address(2), address(4))).uid
    invited = {one: invite(fleet, one, address(6), uid) for one in (2, 4)}
    in_step(fleet)
    (event,) = events(fleet)
    edit(fleet, event.id, **values)
    for one, item_id in invited.items():
        fleet.outlook(one).learn_of_cancellation(item_id)
    in_step(fleet)
    assert events(fleet) == []
    assert [only(fleet, one).subject for one in (2, 4)] == ["Canceled: Kokous"] * 2


@pytest.mark.parametrize("cloud", [(), range(1, 22)], ids=["ews", "graph"])
def test_scenario_23_a_meeting_of_twenty_through_its_whole_life_sends_no_mail(
    tmp_path: Path, cloud: Collection[int]
) -> None:
    with running_fleet(tmp_path, 21, in_process=True, cloud=cloud) as fleet:
        number = meeting(fleet, 1, *range(2, 22))
        in_step(fleet)
        assert told_of(fleet, 1) == set(range(2, 22))
        edit(
            fleet,
            number,
            title="Muutettu",
            starts_at=NOW + timedelta(days=2),
            ends_at=NOW + timedelta(days=3),
        )
        in_step(fleet)
        for person in range(1, 22):
            fleet.simulator.invalidate_sync_states(address(person))
        in_step(fleet)
        with fleet.store.write() as session:  # everything the engine remembers is lost: a reinstallation
            for table in (Intent, Pair, Dirty, Cursor):
                session.execute(delete(table))
            session.execute(update(Integration).values(matched=False))
        in_step(fleet)
        assert [only(fleet, person).subject for person in range(1, 22)] == ["Muutettu"] * 21
        assert len(events(fleet)) == 1
        edit(fleet, number, deleted_at=NOW)
        in_step(fleet)
        assert [fleet.outlook(person).items() for person in range(1, 22)] == [[]] * 21
        assert fleet.simulator.outbox == []


def test_a_lone_occurrence_never_joins_somebodys_series(fleet: Fleet) -> None:
    number = meeting(fleet, 1)
    edit(fleet, number, rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=5", uid="sarja-1")
    in_step(fleet)
    fleet.outlook(2).receive(
        address(1),
        subject="Kerta",
        start=NOW + timedelta(days=8),
        end=NOW + timedelta(days=8.1),
        uid="sarja-1",
    )
    in_step(fleet)
    assert [one.title for one in events(fleet)] == ["Palaveri", "Kerta"]
    assert links(fleet, number) == {}

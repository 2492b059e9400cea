"""Meetings in which somebody is first, late, gone, undone, private or under another address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Never

import pytest
from sqlalchemy import insert, select, update

from tests.strategies import NOW
from tests.sync.scenarios.fleet import Fleet, address
from tests.sync.scenarios.meetings import (
    edit,
    events,
    in_step,
    invite,
    links,
    meeting,
    on_day,
    only,
    outlook_meeting,
    told_of,
)
from vfadmin.calendars.base import Written
from vfadmin.calendars.ews.calendar import EwsCalendar
from vfadmin.calendars.graph import GraphCalendar
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, failure
from vfadmin.models import EventLink, EventParticipant, History, Integration, Pair, Person


def set_up(fleet: Fleet, person: int, **values: str | None) -> None:
    """Change a person's integration."""
    with fleet.store.write() as session:
        session.execute(update(Integration).where(Integration.person_id == person).values(**values))


def link(fleet: Fleet, number: int, person: int) -> None:
    with fleet.store.write() as session:
        session.execute(insert(EventParticipant).values(event_id=number, person_id=person))


def invited(fleet: Fleet, organizer: int, *persons: int) -> tuple[str, dict[int, str]]:
    """A meeting made in Outlook and its invitations; the ids of the organizer's item and of the others'."""
    made = outlook_meeting(fleet, organizer, *map(address, persons))
    uid = fleet.outlook(organizer).item(made).uid
    return made, {one: invite(fleet, one, address(organizer), uid) for one in persons}


def forget_mails(fleet: Fleet) -> None:
    """What Outlook itself has sent is no business of a sync."""
    fleet.simulator.outbox.clear()


def test_the_organizers_own_copy_counts_though_a_participants_came_first(fleet: Fleet) -> None:
    made, others = invited(fleet, 1, 2)
    fleet.outlook(1).edit(made, body_text="Esityslista", reminder_minutes=15)
    fleet.outlook(2).edit(
        others[2], body_text="omat muistiinpanot", reminder_minutes=60, sensitivity="Private"
    )
    forget_mails(fleet)
    for person in (2, 1):
        assert fleet.sync(person)[0].ok
    in_step(fleet)
    mine, his = fleet.outlook(1).item(made), fleet.outlook(2).item(others[2])
    assert (mine.show_as, mine.reminder_minutes, mine.sensitivity) == ("Busy", 15, "Normal")
    assert (mine.body_text.strip(), his.body_text.strip()) == ("Esityslista", "omat muistiinpanot")
    assert (his.reminder_minutes, his.sensitivity) == (60, "Private")


def test_two_mailboxes_that_bring_a_meeting_at_once_lose_nobody_from_it(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(fleet, 4, state="passive")
    fleet.count = 3
    made, _ = invited(fleet, 1, 2, 4)
    create, meanwhile = SqlCalendar.create, [2]

    def interrupted(calendar: SqlCalendar, *given: Any, **named: Any) -> Written:
        if calendar._person == 1 and meanwhile:
            fleet.sync(meanwhile.pop())
        return create(calendar, *given, **named)

    monkeypatch.setattr(SqlCalendar, "create", interrupted)
    in_step(fleet)
    assert fleet.outlook(1).item(made).attendees == {address(2), address(4)}


def test_r29_an_organizer_who_is_activated_later_owns_his_meeting(fleet: Fleet) -> None:
    set_up(fleet, 5, state="unused", login="")
    fleet.count = 4
    made, others = invited(fleet, 5, 2)
    in_step(fleet)
    set_up(fleet, 5, state="active", login=address(5))
    fleet.count = 5
    in_step(fleet)
    start = on_day(3)["starts_at"]
    fleet.outlook(5).edit(made, start=start, end=start + timedelta(hours=1), subject="Siirretty")
    forget_mails(fleet)
    in_step(fleet)
    (event,) = events(fleet)
    assert (event.owner_id, event.external_organizer, event.title) == (5, None, "Siirretty")
    # Where a received meeting may not be written, the organizer's own update moves it.
    assert only(fleet, 2).start == (on_day(1)["starts_at"] if fleet.over_graph(2) else start)
    fleet.outlook(2).learn_of_update(
        others[2], start=start, end=start + timedelta(hours=1), subject="Siirretty"
    )
    in_step(fleet)
    assert [(one.starts_at, one.title) for one in events(fleet)] == [(start, "Siirretty")]


def test_lone_occurrences_of_one_series_are_events_of_their_own(fleet: Fleet) -> None:
    starts = {person: NOW + timedelta(days=1 + 7 * (person - 2)) for person in (2, 3)}
    made = {}
    for person, start in starts.items():
        made[person] = fleet.outlook(person).receive(
            address(6), subject="Kerta", start=start, end=start + timedelta(hours=1), uid="sarja-1"
        )
        in_step(fleet)
    assert {one: fleet.outlook(one).item(made[one]).start for one in made} == starts
    assert len(events(fleet)) == 2


def test_a_lone_occurrence_makes_no_second_item_for_the_organizer_of_its_series(fleet: Fleet) -> None:
    number = meeting(fleet, 1)
    edit(fleet, number, rrule="FREQ=WEEKLY;COUNT=5", uid="sarja-1")
    in_step(fleet)
    start = NOW + timedelta(days=8)
    fleet.outlook(2).receive(
        address(1), subject="Palaveri", start=start, end=start + timedelta(hours=1), uid="sarja-1"
    )
    in_step(fleet)
    assert only(fleet, 1).type == "RecurringMaster"
    assert only(fleet, 2).start == start


def test_who_undoes_his_deletion_has_the_same_meeting_again(fleet: Fleet) -> None:
    _, others = invited(fleet, 1, 2)
    in_step(fleet)
    fleet.outlook(2).delete(others[2])
    fleet.outlook(2).restore(fleet.outlook(2).deleted_items()[0].id)
    forget_mails(fleet)
    in_step(fleet)
    assert len(events(fleet)) == 1
    assert [len(fleet.outlook(one).items()) for one in (1, 2)] == [1, 1]


def test_eight_meetings_restored_while_their_deletion_is_held_are_still_eight(fleet: Fleet) -> None:
    for number in range(8):
        start = NOW + timedelta(days=1 + number)
        end = start + timedelta(hours=1)
        made = fleet.outlook(1).create(subject=f"K{number}", start=start, end=end, attendees=[address(2)])
        uid = fleet.outlook(1).item(made).uid
        fleet.outlook(2).receive(address(1), subject=f"K{number}", start=start, end=end, uid=uid)
    forget_mails(fleet)
    in_step(fleet)
    for item in fleet.outlook(2).items():
        fleet.outlook(2).delete(item.id)
    forget_mails(fleet)
    assert fleet.sync(2)[0].held == 8
    for item in fleet.outlook(2).deleted_items():
        fleet.outlook(2).restore(item.id)
    in_step(fleet)
    assert len(events(fleet)) == 8
    assert [len(fleet.outlook(one).items()) for one in (1, 2)] == [8, 8]


def test_r11_an_organizer_who_moves_his_item_away_and_back_keeps_event_and_links(
    fleet: Fleet,
) -> None:
    made, others = invited(fleet, 1, 2)
    in_step(fleet)
    with fleet.store.write() as session:
        session.execute(insert(EventLink).values(event_id=1, kind="customer", ref=9, label="Oy"))
    fleet.outlook(1).add_folder("Muu")
    fleet.outlook(1).move(fleet.outlook(1).move(made, "Muu"), "calendar")
    forget_mails(fleet)
    in_step(fleet)
    assert [one.id for one in events(fleet)] == [1]
    assert only(fleet, 2).id == others[2]


@pytest.mark.parametrize("first", [(1, 2), (2, 1)])
def test_r9_a_link_made_after_the_owners_copy_shares_its_uid_whoever_comes_first(
    fleet: Fleet, first: tuple[int, int]
) -> None:
    number = meeting(fleet, 1)
    in_step(fleet)
    link(fleet, number, 2)
    for person in first:
        assert fleet.sync(person)[0].ok
    in_step(fleet)
    # Graph gives every item a UID of its own; the event has its owner's.
    assert (only(fleet, 1).uid == only(fleet, 2).uid) is not fleet.over_graph(2)
    assert [one.uid for one in events(fleet)] == [only(fleet, 1).uid]
    assert told_of(fleet, 1) == {2}


def invited_in_outlook(fleet: Fleet, *others: int) -> str:
    """The owner invites the second person to his only event; answers what the second one receives.

    Where the ``others`` stand among its attendees they stay there.
    """
    in_step(fleet)
    made = only(fleet, 1)
    kept = [address(one) for one in others if address(one) in made.attendees]
    fleet.outlook(1).edit(made.id, attendees=[address(2), *kept])
    forget_mails(fleet)
    return invite(fleet, 2, address(1), made.uid)


@pytest.mark.parametrize("first", [(1, 2), (2, 1)])
def test_r9_an_invitation_to_what_was_born_in_valueframe_makes_no_second_event(
    fleet: Fleet, first: tuple[int, int]
) -> None:
    number = meeting(fleet, 1, title="Kokous")
    received = invited_in_outlook(fleet)
    for person in first:
        assert fleet.sync(person)[0].ok
    in_step(fleet)
    assert [one.id for one in events(fleet)] == [number]
    assert set(links(fleet, number)) == {2}
    assert only(fleet, 2).id == received


def test_r9_an_invitation_finds_the_event_whoever_was_synchronised_first(fleet: Fleet) -> None:
    """The copy of somebody who takes part may have named the event before the owner's was made."""
    number = meeting(fleet, 1, 3, title="Kokous")
    assert fleet.sync(3)[0].ok
    received = invited_in_outlook(fleet, 3)
    fleet.sync(2)
    in_step(fleet)
    assert [one.id for one in events(fleet)] == [number]
    assert set(links(fleet, number)) == {2, 3}
    assert only(fleet, 2).id == received


def test_r9_what_has_no_uid_in_valueframe_gets_it_when_somebody_is_invited_in_outlook(fleet: Fleet) -> None:
    """An event that was on both sides before there was a vfadmin."""
    start = on_day(1)["starts_at"]
    fleet.outlook(1).create(subject="Kokous", start=start, end=start + timedelta(hours=1))
    number = meeting(fleet, 1, title="Kokous")
    received = invited_in_outlook(fleet)
    for person in (1, 2):
        assert fleet.sync(person)[0].ok
    in_step(fleet)
    assert [one.id for one in events(fleet)] == [number]
    assert only(fleet, 2).id == received


def test_r9_nobody_is_written_into_a_meeting_that_somebody_else_organises(fleet: Fleet) -> None:
    invited(fleet, 6, 2)
    in_step(fleet)
    before = only(fleet, 2).attendees
    link(fleet, 1, 5)
    in_step(fleet)
    assert only(fleet, 2).attendees == before
    assert only(fleet, 5).subject == "Kokous"


def test_notes_in_a_participants_copy_reach_nobody_else(fleet: Fleet) -> None:
    made, others = invited(fleet, 1, 2, 3)
    in_step(fleet)
    fleet.outlook(2).edit(others[2], body_text="salaiset muistiinpanot")
    fleet.outlook(2).learn_of_update(others[2], location="Sali")
    fleet.outlook(1).edit(made, location="Sali")
    forget_mails(fleet)
    in_step(fleet)
    assert {one.location for one in events(fleet)} == {fleet.outlook(1).item(made).location} == {"Sali"}
    # Over Graph the third one waits for the organizer's update.
    assert fleet.outlook(3).item(others[3]).location == ("" if fleet.over_graph(3) else "Sali")
    for text in (fleet.outlook(3).item(others[3]).body_text, fleet.outlook(1).item(made).body_text):
        assert "salaiset" not in text
    assert "salaiset" in fleet.outlook(2).item(others[2]).body_text


@pytest.mark.parametrize("first", [(1, 2), (2, 1)])
def test_r15_an_edit_of_a_meeting_updated_before_it_was_paired_is_put_back(
    fleet: Fleet, first: tuple[int, int]
) -> None:
    made, others = invited(fleet, 1, 2)
    fleet.outlook(2).learn_of_update(others[2], location="Sali")
    fleet.outlook(1).edit(made, location="Sali")
    forget_mails(fleet)
    for person in first:
        assert fleet.sync(person)[0].ok
    in_step(fleet)
    fleet.outlook(2).edit(others[2], subject="Minun")
    in_step(fleet)
    assert {fleet.outlook(1).item(made).subject, events(fleet)[0].title} == {"Kokous"}
    # What was received stands in Office 365 as its owner left it, and reaches nobody.
    assert only(fleet, 2).subject == ("Minun" if fleet.over_graph(2) else "Kokous")


def test_r15_a_received_meeting_that_is_dragged_goes_back_to_its_time(fleet: Fleet) -> None:
    made, others = invited(fleet, 1, 2)
    in_step(fleet)
    before = fleet.outlook(1).item(made).start
    start = on_day(3)["starts_at"]
    fleet.outlook(2).edit(others[2], start=start, end=start + timedelta(hours=1))
    in_step(fleet)
    assert {fleet.outlook(1).item(made).start, events(fleet)[0].starts_at} == {before}
    # In Office 365 what was received stands where its owner dragged it, and nobody else is moved.
    assert only(fleet, 2).start == (start if fleet.over_graph(2) else before)


@pytest.mark.parametrize("email", [address(2), ""])
def test_r9_a_link_outlives_a_changed_login_and_a_shared_address(fleet: Fleet, email: str) -> None:
    number = meeting(fleet, 1, 2)
    in_step(fleet)
    if email:
        with fleet.store.write() as session:
            session.execute(update(Person).where(Person.id == 5).values(email=email))
    else:
        set_up(fleet, 2, login="uusi.nimi@example.test", mailbox=None)
        fleet.count = 1
    fleet.outlook(1).edit(only(fleet, 1).id, location="Sali")
    forget_mails(fleet)
    in_step(fleet)
    assert set(links(fleet, number)) == {2}
    assert only(fleet, 2).subject == "Palaveri"


def test_a_strangers_meeting_passes_to_one_who_has_it_and_not_to_the_holder_himself(fleet: Fleet) -> None:
    set_up(fleet, 3, state="unused", login="")
    fleet.count = 2
    _, others = invited(fleet, 6, 2, 4)
    for _ in range(3):
        fleet.sync(2, 4)
    link(fleet, 1, 3)
    link(fleet, 1, 2)
    fleet.outlook(2).delete(others[2])
    forget_mails(fleet)
    for _ in range(3):
        assert all(one.ok for one in fleet.sync(2, 4))
    (event,) = events(fleet)
    assert event.owner_id == 4
    assert fleet.outlook(2).items() == []


def test_r30_a_leaver_who_is_linked_to_the_meeting_he_holds_stops_nobody(fleet: Fleet) -> None:
    invited(fleet, 6, 2, 4)
    in_step(fleet)
    link(fleet, 1, 2)
    with fleet.store.write() as session:
        session.execute(update(Person).where(Person.id == 2).values(active=False))
    fleet.clock.advance(timedelta(minutes=5))
    assert all(one.ok for one in fleet.sync(*fleet.due()))
    assert fleet.integration(2).state == "passive"
    assert events(fleet)[0].owner_id == 4


def test_r10_a_meeting_that_a_room_organises_belongs_to_who_was_invited(fleet: Fleet) -> None:
    with fleet.store.write() as session:
        session.execute(update(Person).where(Person.id == 5).values(kind="resource"))
    fleet.count = 4
    invited(fleet, 5, 2)
    in_step(fleet)
    (event,) = events(fleet)
    assert event.owner_id == 2
    with fleet.store.read() as session:
        assert session.scalars(select(Pair.status)).all() == ["ok"]


def test_r2_an_organizer_with_a_calendar_of_his_own_gets_no_second_item_in_it(fleet: Fleet) -> None:
    set_up(fleet, 1, calendar="new")
    invited(fleet, 1, 2)
    in_step(fleet)
    assert fleet.outlook(1).items("ValueFrame") == []
    assert len(events(fleet)) == 1


def test_r9_a_link_made_while_the_setting_was_off_travels_when_it_is_on_again(fleet: Fleet) -> None:
    meeting(fleet, 1, 2)
    in_step(fleet)
    fleet.services.settings.set("participants", value=False)
    meeting(fleet, 1, 3, title="Uusi")
    in_step(fleet)
    fleet.services.settings.set("participants", value=True)
    in_step(fleet)
    assert only(fleet, 3).subject == "Uusi"
    assert only(fleet, 2).subject == "Palaveri"


def test_r31_what_the_owner_makes_private_is_private_for_everybody(fleet: Fleet) -> None:
    made, _ = invited(fleet, 1, 2)
    in_step(fleet)
    fleet.outlook(1).edit(made, sensitivity="Private", subject="Syövän hoito")
    forget_mails(fleet)
    assert fleet.sync(1)[0].ok
    assert all(one.private and not one.title for one in fleet.preview(2).operations)
    in_step(fleet)
    # Received over Graph it cannot be marked in his Outlook; all that is ours treats it as private.
    assert only(fleet, 2).sensitivity == ("Normal" if fleet.over_graph(2) else "Private")
    assert all("Syövän" not in one.title for one in fleet.services.events.list(2))
    with fleet.store.read() as session:
        told = [
            one.after for one in session.scalars(select(History).where(History.person_id == 2)) if one.after
        ]
    assert all(one["private"] for one in told if one["title"] == "Syövän hoito")


def test_r31_what_a_participant_made_private_is_not_told_among_his_events(fleet: Fleet) -> None:
    meeting(fleet, 1, 2)
    in_step(fleet)
    fleet.outlook(2).edit(only(fleet, 2).id, sensitivity="Private")
    in_step(fleet)
    (his,), (owners,) = fleet.services.events.list(2), fleet.services.events.list(1)
    assert ("Palaveri" in (his.title, his.text), owners.title) == (False, "Palaveri")


def test_an_edit_that_beats_a_deletion_outlives_a_failed_write(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = meeting(fleet, 1)
    in_step(fleet)
    fleet.outlook(1).delete(only(fleet, 1).id)
    edit(fleet, number, title="Muokattu")

    def broken(*_given: Any, **_named: Any) -> Never:
        raise CalendarError(failure("EX-CONN-05", host="exchange.example.test"))

    with monkeypatch.context() as patch:
        patch.setattr(GraphCalendar if fleet.over_graph(1) else EwsCalendar, "create", broken)
        assert not fleet.sync(1)[0].ok
    in_step(fleet)
    assert [one.title for one in events(fleet)] == ["Muokattu"]
    assert only(fleet, 1).subject == "Muokattu"


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_r15_what_a_participant_had_set_before_the_first_sync_stays_his(
    fleet: Fleet, order: tuple[int, int]
) -> None:
    made, others = invited(fleet, 1, 2)
    fleet.outlook(2).accept(others[2])
    fleet.outlook(2).edit(others[2], reminder_minutes=60, show_as="OOF", sensitivity="Private")
    forget_mails(fleet)
    for person in order:
        assert fleet.sync(person)[0].ok
    in_step(fleet)
    his, mine = fleet.outlook(2).item(others[2]), fleet.outlook(1).item(made)
    assert (his.reminder_minutes, his.show_as, his.sensitivity) == (60, "OOF", "Private")
    assert (mine.show_as, mine.sensitivity) == ("Busy", "Normal")
    assert links(fleet, 1)[2].acknowledged

"""Who is invited: reading the lists, and what is done to them so that our persons are in them."""

from __future__ import annotations

from vfadmin.calendars.base import Attendee, People
from vfadmin.calendars.event import Participant
from vfadmin.calendars.ews import attendees
from vfadmin.calendars.ews.attendees import Change, Invited
from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.xml import branch, element, text_at

OWNER = "p1@example.test"
PEOPLE = People(
    {"p1@example.test": 1, "p2@example.test": 2, "p3@example.test": 3, "sali@example.test": 9},
    {
        2: Attendee("p2@example.test", "Kaksi"),
        3: Attendee("p3@example.test", "Kolme"),
        9: Attendee("sali@example.test", "Sali", resource=True),
    },
)
STRANGER = Invited("t:OptionalAttendees", "Vieras", "vieras@elsewhere.test", "SMTP")
TWO = Invited("t:RequiredAttendees", "Kaksi", "P2@Example.test", "SMTP")
BOSS = Invited("t:RequiredAttendees", "Pomo", "/o=Oy/cn=pomo", "EX")


def persons(*ids: int) -> frozenset[Participant]:
    return frozenset(map(Participant, ids))


def addresses(change: Change) -> list[str | None]:
    return [text_at(one, "t:Mailbox/t:EmailAddress") for one in change.entries]


def meeting(response: str, organizer: str) -> Fields:
    return Fields(
        branch(
            "t:CalendarItem",
            element("t:IsMeeting", "true"),
            element("t:MyResponseType", response),
            branch("t:Organizer", branch("t:Mailbox", element("t:EmailAddress", organizer))),
        )
    )


def test_the_lists_are_read_with_their_places() -> None:
    listed = branch("t:RequiredAttendees", *attendees.lists(persons(2), PEOPLE)[0].entries)
    assert attendees.invited(Fields(branch("t:CalendarItem", listed))) == (
        Invited("t:RequiredAttendees", "Kaksi", "p2@example.test", "SMTP"),
    )
    assert attendees.invited(Fields(branch("t:CalendarItem"))) == ()


def test_r9_our_persons_among_them_are_known_however_they_are_spelt() -> None:
    owner = Invited("t:RequiredAttendees", "", OWNER, "SMTP")
    assert attendees.participants((owner, TWO, BOSS, STRANGER), PEOPLE, OWNER) == persons(2)


def test_a_new_item_invites_rooms_as_resources() -> None:
    people, rooms = attendees.lists(persons(9, 3, 2, 77), PEOPLE)
    assert (people.path, addresses(people)) == (
        "calendar:RequiredAttendees",
        ["p2@example.test", "p3@example.test"],
    )
    assert (rooms.path, addresses(rooms)) == ("calendar:Resources", ["sali@example.test"])


def test_an_addition_is_appended_and_leaves_the_others_answers_alone() -> None:
    (change,) = attendees.changes((TWO, BOSS, STRANGER), persons(2, 3), PEOPLE, OWNER)
    assert (change.append, addresses(change)) == (True, ["p3@example.test"])


def test_a_removal_keeps_everybody_else_in_the_list() -> None:
    (change,) = attendees.changes((TWO, BOSS, STRANGER), persons(), PEOPLE, OWNER)
    assert (change.append, change.path, addresses(change)) == (
        False,
        "calendar:RequiredAttendees",
        ["/o=Oy/cn=pomo"],
    )
    assert text_at(change.entries[0], "t:Mailbox/t:RoutingType") == "EX"


def test_a_list_that_loses_its_last_entry_is_taken_off() -> None:
    (change,) = attendees.changes((TWO,), persons(), PEOPLE, OWNER)
    assert change.value() is None


def test_one_comes_while_another_goes_in_one_list() -> None:
    (change,) = attendees.changes((TWO, BOSS), persons(3), PEOPLE, OWNER)
    assert (change.append, addresses(change)) == (False, ["/o=Oy/cn=pomo", "p3@example.test"])


def test_who_is_there_already_is_not_written_again() -> None:
    assert attendees.changes((TWO, STRANGER), persons(2), PEOPLE, OWNER) == ()


def test_another_organizer_is_named_and_ones_own_is_not() -> None:
    assert attendees.organizer(meeting("Accept", "p2@example.test"), OWNER) == "p2@example.test"
    assert attendees.organizer(meeting("Organizer", "p2@example.test"), OWNER) is None
    assert attendees.organizer(meeting("Unknown", OWNER.upper()), OWNER) is None
    assert attendees.organizer(Fields(branch("t:CalendarItem")), OWNER) is None

"""Meetings over Graph, which can keep no mail to itself: what has guests is read there and never written.

ValueFrame's own links travel in a property and in a line below the text (R9), so nobody is ever invited.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.strategies import NOW
from tests.sync.scenarios.fleet import Fleet, address, running_fleet
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
    reasons,
    unlink,
)
from vfadmin.models import CalendarEvent, Pair


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Fleet]:
    """Five persons in Office 365, all active, and two mailboxes of nobody's."""
    with running_fleet(tmp_path, 5, spare=2, in_process=True, cloud=range(1, 6)) as fleet:
        yield fleet


def guests(count: int) -> tuple[str, ...]:
    return tuple(f"vieras{number}@muualla.test" for number in range(count))


def test_scenario_23_a_meeting_with_20_guests_through_everything_and_no_mail_r9(cloud: Fleet) -> None:
    made = outlook_meeting(cloud, 1, *guests(20))
    in_step(cloud)
    (event,) = events(cloud)
    assert (event.title, event.owner_id) == ("Kokous", 1)

    edit(cloud, event.id, title="Muutettu ValueFramessa")  # is put back
    in_step(cloud)
    assert [one.title for one in events(cloud)] == ["Kokous"]
    assert "meeting" in reasons(cloud)

    edit(cloud, event.id, deleted_at=NOW)  # comes back
    in_step(cloud)
    assert [one.title for one in events(cloud)] == ["Kokous"]

    cloud.simulator.invalidate_sync_states(address(1))  # reset
    in_step(cloud)
    cloud.outlook(1).edit(made, subject="Muutettu Outlookissa")
    cloud.simulator.outbox.clear()  # Outlook's own
    in_step(cloud)
    assert [one.title for one in events(cloud)] == ["Muutettu Outlookissa"]

    with cloud.store.write() as session:  # reinstalled
        for pair in session.scalars(select(Pair)):
            session.delete(pair)
    cloud.simulator.invalidate_sync_states(address(1))
    item = only(cloud, 1)
    assert (item.id, len(item.attendees)) == (made, 20)
    assert cloud.simulator.outbox == []


def test_r9_links_of_valueframe_travel_without_inviting_anybody(cloud: Fleet) -> None:
    number = meeting(cloud, 1, 2, 3)
    in_step(cloud)
    mine = only(cloud, 1)
    assert (mine.attendees, mine.body_text.strip()) == (frozenset(), "[ValueFrame: P2, P3]")
    assert {person: only(cloud, person).subject for person in (2, 3)} == {2: "Palaveri", 3: "Palaveri"}

    unlink(cloud, number, 3)
    edit(cloud, number, body="Esityslista", title="Viikkopalaveri", version=CalendarEvent.version + 1)
    in_step(cloud)
    mine = only(cloud, 1)
    assert (mine.subject, mine.body_text.strip()) == ("Viikkopalaveri", "Esityslista\r\n\r\n[ValueFrame: P2]")
    assert only(cloud, 2).subject == "Viikkopalaveri"
    assert cloud.outlook(3).items() == []
    assert [one.body for one in events(cloud)] == ["Esityslista"]
    assert set(links(cloud, number)) == {2}


def test_r9_a_text_edited_in_outlook_keeps_the_links(cloud: Fleet) -> None:
    number = meeting(cloud, 1, 2)
    in_step(cloud)
    mine = only(cloud, 1)
    cloud.outlook(1).edit(mine.id, body_text="Tuo muistio\n\n[ValueFrame: P2]")
    in_step(cloud)
    assert [one.body for one in events(cloud)] == ["Tuo muistio"]
    assert set(links(cloud, number)) == {2}
    assert only(cloud, 1).attendees == frozenset()


def test_r15_a_reminder_in_a_received_meeting_is_its_owners_and_nobody_elses(cloud: Fleet) -> None:
    made = outlook_meeting(cloud, 1, address(2))
    received = invite(cloud, 2, address(1), cloud.outlook(1).item(made).uid)
    in_step(cloud)
    cloud.outlook(2).edit(received, reminder_minutes=45)
    in_step(cloud)
    (event,) = events(cloud)
    assert links(cloud, event.id)[2].reminder_minutes == 45
    assert cloud.outlook(1).item(made).reminder_minutes != 45


def test_r15_what_the_owner_does_beside_a_received_meeting_is_not_taken_back(cloud: Fleet) -> None:
    """It cannot be shown in Outlook; that Outlook shows something else is nobody's wish."""
    made = outlook_meeting(cloud, 1, address(2))
    invite(cloud, 2, address(1), cloud.outlook(1).item(made).uid)
    in_step(cloud)
    before = links(cloud, 1)[2]
    cloud.outlook(1).edit(made, show_as="OOF", sensitivity="Private", reminder_minutes=5, location="Sali")
    cloud.simulator.outbox.clear()  # Outlook's own
    in_step(cloud)
    (event,) = events(cloud)
    assert (event.show_as, event.private, event.reminder_minutes, event.location) == ("oof", True, 5, "Sali")
    his = links(cloud, 1)[2]
    assert (his.private, his.show_as, his.reminder_minutes) == (
        before.private,
        before.show_as,
        before.reminder_minutes,
    )
    assert reasons(cloud) == {"new", "edited"}
    assert only(cloud, 2).location == ""


def test_an_event_that_gets_a_guest_in_outlook_is_read_from_then_on_r15(cloud: Fleet) -> None:
    number = meeting(cloud, 1)
    in_step(cloud)
    item = only(cloud, 1)
    cloud.outlook(1).edit(item.id, attendees=guests(1))
    cloud.simulator.outbox.clear()
    edit(cloud, number, title="Samaan aikaan", **on_day(2))
    in_step(cloud)
    assert only(cloud, 1).subject == "Palaveri"
    assert [one.title for one in events(cloud)] == ["Palaveri"]
    start = NOW + timedelta(days=3)
    cloud.outlook(1).edit(item.id, start=start, end=start + timedelta(hours=1))
    cloud.simulator.outbox.clear()
    in_step(cloud)
    assert [one.starts_at for one in events(cloud)] == [start]

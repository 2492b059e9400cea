"""Meetings that stand in several calendars: how they are made, looked at and brought into step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from tests.strategies import NOW, plain
from tests.sync.scenarios.fleet import Fleet, address
from tests.sync.world import columns
from vfadmin.calendars.exchange.marks import PROPERTY_SET
from vfadmin.calendars.graph import line, properties
from vfadmin.calendars.graph.properties import PARTICIPANTS
from vfadmin.models import CalendarEvent, EventParticipant, History
from vfadmin.simulator.outlook import ItemView, named


def meeting(fleet: Fleet, owner: int, *linked: int, title: str = "Palaveri", days: float = 1) -> int:
    """An event in ValueFrame with links, as another program would write it."""
    values = columns(plain(title, days=days)) | {"owner_id": owner, "created_at": NOW, "modified_at": NOW}
    with fleet.store.write() as session:
        number: int = session.execute(
            insert(CalendarEvent).values(values).returning(CalendarEvent.id)
        ).scalar_one()
        for person in linked:
            session.execute(insert(EventParticipant).values(event_id=number, person_id=person))
    return number


def edit(fleet: Fleet, number: int, **values: Any) -> None:
    with fleet.store.write() as session:
        session.execute(update(CalendarEvent).where(CalendarEvent.id == number).values(**values))


def on_day(days: float) -> dict[str, Any]:
    """The columns of an hour so many days from now."""
    start = NOW + timedelta(days=days)
    return {"starts_at": start, "ends_at": start + timedelta(hours=1)}


def unlink(fleet: Fleet, number: int, person: int) -> None:
    chosen = EventParticipant.event_id == number, EventParticipant.person_id == person
    with fleet.store.write() as session:
        session.execute(delete(EventParticipant).where(*chosen))


def acknowledge(fleet: Fleet, number: int, person: int) -> None:
    """The person acknowledges the event in ValueFrame."""
    chosen = EventParticipant.event_id == number, EventParticipant.person_id == person
    with fleet.store.write() as session:
        session.execute(update(EventParticipant).where(*chosen).values(acknowledged=True))


def invite(fleet: Fleet, person: int, organizer: str, uid: str) -> str:
    """The invitation to a meeting made by `outlook_meeting` arrives."""
    start = NOW + timedelta(days=1)
    return fleet.outlook(person).receive(
        organizer, subject="Kokous", start=start, end=start + timedelta(hours=1), uid=uid
    )


def links(fleet: Fleet, number: int) -> dict[int, EventParticipant]:
    with fleet.store.read() as session:
        found = session.scalars(select(EventParticipant).where(EventParticipant.event_id == number)).all()
        return {one.person_id: one for one in found}


def events(fleet: Fleet) -> list[CalendarEvent]:
    """All living events of everybody."""
    with fleet.store.read() as session:
        living = select(CalendarEvent).where(CalendarEvent.deleted_at.is_(None)).order_by(CalendarEvent.id)
        return list(session.scalars(living))


def only(fleet: Fleet, person: int) -> ItemView:
    """The one item of a mailbox."""
    (item,) = fleet.outlook(person).items()
    return item


def reasons(fleet: Fleet) -> set[str]:
    """Every reason that stands in the history."""
    with fleet.store.read() as session:
        return {reason for reason in session.scalars(select(History.reason)) if reason}


def told_of(fleet: Fleet, owner: int) -> set[int]:
    """Whom the owner's only item names as taking part.

    Over EWS they are its attendees. Graph would send them invitations (R9), so there it has none, and a
    property of ours and a line below the text tell of them.
    """
    item = only(fleet, owner)
    if not fleet.over_graph(owner):
        persons = range(1, fleet.count + 2)
        return {one for one in persons if address(one) in item.attendees | item.resources}
    told = named(item.extended, PARTICIPANTS, PROPERTY_SET)
    found = properties.participants({PARTICIPANTS: str(told)})
    assert (item.attendees, item.resources) == (frozenset(), frozenset())
    assert item.body_text.strip().endswith(line.of(f"P{one}" for one in found))
    return set(found)


def in_step(fleet: Fleet, rounds: int = 4) -> None:
    """Synchronise everybody until nobody writes; nothing may fail and nobody may get a mail."""
    mails = len(fleet.simulator.outbox)
    everybody = range(1, fleet.count + 1)
    for _ in range(rounds):
        results = fleet.sync(*everybody)
        assert [one.failure for one in results] == [None] * fleet.count
        if not any(one.pulled or one.pushed or one.deleted for one in results):
            assert len(fleet.simulator.outbox) == mails
            return
    raise AssertionError(f"still writing: {results}")


def outlook_meeting(fleet: Fleet, organizer: int, *invited: str) -> str:
    """A meeting made in Outlook, whose invitations have gone out."""
    start = NOW + timedelta(days=1)
    made = fleet.outlook(organizer).create(
        subject="Kokous", start=start, end=start + timedelta(hours=1), attendees=invited
    )
    fleet.simulator.outbox.clear()
    return made

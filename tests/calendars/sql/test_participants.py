"""A person's view of somebody else's event, and the meetings that several mailboxes bring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.contract.keeper import drained, mark, read, timed
from tests.contract.sql_keeper import NOW, OWNER, SOMEBODY, SqlKeeper, opened_sql_keeper
from vfadmin.calendars.base import Mark, Naming
from vfadmin.calendars.event import NO_REMINDER, PERSONAL, Participant, Recurrence, ShowAs
from vfadmin.errors import ItemGone, StaleVersion
from vfadmin.models import CalendarEvent, EventParticipant, Integration, Person

THIRD = 1003
UID = "kokous-1"


pytestmark = pytest.mark.both_stores


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[SqlKeeper]:
    with opened_sql_keeper(tmp_path) as keeper:
        with keeper.store.write() as session:
            session.add(Person(id=THIRD, name="Kolmas", sort_name="kolmas"))
            session.flush()
            for one in (OWNER, SOMEBODY, THIRD):
                session.add(
                    Integration(
                        person_id=one, login=f"p{one}@example.test", state="active", calendar_name="v"
                    )
                )
        yield keeper


def linked(keeper: SqlKeeper, **values: Any) -> str:
    """An event of the owner's to which somebody is linked; its id."""
    number = keeper.outside.create("Palaveri")
    with keeper.store.write() as session:
        session.add(EventParticipant(event_id=int(number), person_id=SOMEBODY, **values))
    return number


def link(keeper: SqlKeeper, number: str, person: int = SOMEBODY) -> EventParticipant:
    with keeper.store.read() as session:
        return session.get_one(EventParticipant, (int(number), person))


def event(keeper: SqlKeeper, number: str) -> CalendarEvent:
    with keeper.store.read() as session:
        return session.get_one(CalendarEvent, int(number))


def set_event(keeper: SqlKeeper, number: str, assignment: str) -> None:
    with keeper.store.write() as session:
        session.execute(text(f"UPDATE event SET {assignment} WHERE id = {number}"))  # noqa: S608 - of a test


def brought(organizer: str | None = None) -> Mark:
    made = mark()
    return Mark(made.key, made.stamp, uid=UID, organizer=organizer)


def test_a_link_puts_the_event_into_the_linked_persons_calendar(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    item = read(keeper.of(SOMEBODY), number)
    assert (item.participating, item.event.title, item.without) == (True, "Palaveri", {"participants"})
    assert drained(keeper.of(SOMEBODY), None)[0] == {number}
    assert drained(keeper.of(THIRD), None)[0] == set()
    own = read(keeper.calendar(), number)
    assert (own.participating, own.event.participants) == (False, {Participant(SOMEBODY)})


def test_r9_without_links_only_what_is_owned_is_there(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    alone = keeper.of(SOMEBODY, linked=False)
    assert drained(alone, None)[0] == set()
    assert alone.fetch([number]).items == {}
    assert read(keeper.of(OWNER, linked=False), number).event.participants == frozenset()


def test_r10_what_a_resource_owns_is_in_nobodys_calendar(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    with keeper.store.write() as session:
        session.execute(text(f"UPDATE person SET kind = 'resource' WHERE id = {OWNER}"))  # noqa: S608
    assert keeper.of(SOMEBODY).fetch([number]).items == {}
    assert drained(keeper.of(SOMEBODY), None)[0] == set()


def test_r15_what_is_the_participants_own_is_written_to_the_link_alone(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    calendar, key = keeper.of(SOMEBODY), mark()
    item = read(calendar, number)
    mine = timed(private=True, show_as=ShowAs.FREE, reminder_minutes=None, acknowledged=True)
    written = calendar.update(number, mine, PERSONAL, item.version, key)
    shown = read(calendar, number)
    assert written.participating
    assert (shown.event.private, shown.event.show_as, shown.event.reminder_minutes) == (
        True,
        ShowAs.FREE,
        None,
    )
    assert (shown.event.acknowledged, shown.key, shown.stamp) == (True, key.key, key.stamp)
    assert link(keeper, number).reminder_minutes == NO_REMINDER
    assert (event(keeper, number).private, event(keeper, number).sync_key) == (False, None)
    assert [one.id for one in calendar.find(key.key)] == [number]


def test_r15_of_which_the_participant_said_nothing_is_as_the_owner_has_it(keeper: SqlKeeper) -> None:
    number = linked(keeper, reminder_minutes=7)
    set_event(keeper, number, "private = true, show_as = 'oof', reminder_minutes = 30")
    shown = read(keeper.of(SOMEBODY), number).event
    assert (shown.private, shown.show_as, shown.reminder_minutes) == (True, ShowAs.OOF, 7)


@pytest.mark.parametrize(
    ("own", "owners", "shown"),
    [
        ({}, "busy", ShowAs.TENTATIVE),
        ({}, "oof", ShowAs.TENTATIVE),
        ({}, "free", ShowAs.FREE),
        ({"acknowledged": True}, "busy", ShowAs.BUSY),
        ({"show_as": "busy"}, "oof", ShowAs.BUSY),
        ({"show_as": "free"}, "busy", ShowAs.FREE),
    ],
)
def test_r16_what_is_not_acknowledged_may_be_shown_as_tentative_to_the_participant(
    keeper: SqlKeeper, own: dict[str, Any], owners: str, shown: ShowAs
) -> None:
    number = linked(keeper, **own)
    set_event(keeper, number, f"show_as = '{owners}'")
    assert read(keeper.of(SOMEBODY, tentative=True), number).event.show_as is shown
    assert read(keeper.of(OWNER, tentative=True), number).event.show_as is ShowAs(owners)
    plainly = read(keeper.of(SOMEBODY), number).event.show_as
    assert plainly is ShowAs(own.get("show_as", owners))


def test_r15_deleting_is_declining_until_the_time_changes(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    calendar = keeper.of(SOMEBODY)
    calendar.delete(number, read(calendar, number).version)
    assert link(keeper, number).declined
    assert calendar.fetch([number]).items == {}
    assert read(keeper.calendar(), number).event.participants == {Participant(SOMEBODY)}
    set_event(keeper, number, "title = 'Toinen'")
    assert link(keeper, number).declined
    set_event(keeper, number, "ends_at = '2026-03-02 11:00:00.000000'")
    assert not link(keeper, number).declined
    assert read(calendar, number).event.title == "Toinen"


def test_a_view_is_written_under_its_version_only(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    calendar = keeper.of(SOMEBODY)
    version = read(calendar, number).version
    set_event(keeper, number, "title = 'Toinen'")
    with pytest.raises(StaleVersion):
        calendar.update(number, timed(), PERSONAL, version, mark())
    with pytest.raises(StaleVersion):
        calendar.delete(number, version)
    with pytest.raises(ItemGone):
        keeper.of(THIRD).update(number, timed(), PERSONAL, version, mark())


def test_r9_an_update_of_the_participants_changes_the_links_that_travel(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    with keeper.store.write() as session:
        session.add(Person(id=1004, name="Ilman", sort_name="ilman"))
        session.flush()
        session.add(EventParticipant(event_id=int(number), person_id=1004))
    wanted = timed(participants=frozenset({Participant(THIRD), Participant(1004), Participant(4711)}))
    version = read(keeper.calendar(), number).version
    shown = keeper.calendar().update(number, wanted, frozenset({"participants"}), version, mark()).shown
    assert shown is not None
    assert shown.participants == {Participant(THIRD)}
    with keeper.store.read() as session:
        assert set(session.scalars(select(EventParticipant.person_id))) == {THIRD, 1004}


def test_a_uid_that_is_there_already_makes_a_participant_and_no_second_event(keeper: SqlKeeper) -> None:
    first = keeper.calendar().create(timed("Kokous"), brought())
    second = keeper.of(SOMEBODY).create(timed("Kokous", reminder_minutes=5), brought())
    assert (second.id, second.existing, second.participating) == (first.id, True, True)
    assert link(keeper, first.id).reminder_minutes == 5
    again = keeper.of(SOMEBODY).create(timed("Kokous"), brought())
    assert again.id != first.id  # an item of its own that happens to have the UID


def test_a_meeting_belongs_to_its_organizer_whoever_brings_it_first(keeper: SqlKeeper) -> None:
    organizer = f"P{OWNER}@EXAMPLE.test"
    first = keeper.of(SOMEBODY).create(timed("Kokous"), brought(organizer=organizer))
    assert (first.participating, event(keeper, first.id).owner_id) == (True, OWNER)
    own = keeper.calendar().create(timed("Kokous", show_as=ShowAs.OOF), brought())
    assert (own.id, own.existing, own.participating) == (first.id, True, False)
    assert event(keeper, first.id).show_as == "oof"


def test_a_meeting_of_a_strangers_is_held_by_the_lowest_id_and_passes_on(keeper: SqlKeeper) -> None:
    stranger = "vieras@elsewhere.test"
    first = keeper.of(SOMEBODY).create(timed("Kokous", reminder_minutes=9), brought(organizer=stranger))
    keeper.calendar().create(timed("Kokous", reminder_minutes=3), brought(organizer=stranger))
    held = event(keeper, first.id)
    assert (held.owner_id, held.external_organizer, held.reminder_minutes) == (OWNER, stranger, 3)
    assert link(keeper, first.id).reminder_minutes == 9
    keeper.calendar().delete(first.id, read(keeper.calendar(), first.id).version)
    passed = event(keeper, first.id)
    assert (passed.owner_id, passed.deleted_at, passed.reminder_minutes) == (SOMEBODY, None, 9)
    assert link(keeper, first.id, OWNER).declined
    keeper.of(SOMEBODY).delete(first.id, read(keeper.of(SOMEBODY), first.id).version)
    assert event(keeper, first.id).deleted_at == NOW


def test_a_lone_occurrence_does_not_join_the_series_whose_uid_it_has(keeper: SqlKeeper) -> None:
    series = keeper.calendar().create(timed("Sarja", recurrence=Recurrence("FREQ=DAILY;COUNT=3")), brought())
    lone = keeper.of(SOMEBODY).create(timed("Kerta"), brought())
    assert lone.id != series.id
    assert not lone.existing


def test_an_event_keeps_the_first_uid_it_is_given_and_nobody_is_told(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    version = read(keeper.calendar(), number).version
    assert keeper.calendar().name([Naming(number, "yksi")])[number] == "yksi"
    assert keeper.of(SOMEBODY).name([Naming(number, "kaksi")])[number] == "yksi"
    assert read(keeper.calendar(), number).version == version
    assert keeper.calendar().name([Naming("4711", "kolme"), Naming("eikä mikään", "neljä")]) == {}


def test_what_changes_hands_between_owner_and_participant_is_told_to_both(keeper: SqlKeeper) -> None:
    number = linked(keeper)
    *_, cursor = drained(keeper.of(SOMEBODY), None)
    keeper.now += timedelta(minutes=1)
    set_event(keeper, number, f"owner_id = {THIRD}")
    assert drained(keeper.of(SOMEBODY), cursor)[0] == {number}

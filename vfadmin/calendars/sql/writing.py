"""What a write to a person's calendar means in the store, inside one transaction.

To somebody else's event a person can write what is his own of it, which stands in his link (R15). All other
fields go to the event itself: that the owner agrees is for the caller to know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Item, Mark, Naming, People, Written
from vfadmin.calendars.event import FIELDS, PERSONAL, Event, Participant
from vfadmin.calendars.sql import view
from vfadmin.calendars.sql.rows import item_of, link_values_of, values_of
from vfadmin.errors import ItemGone, StaleVersion, failure
from vfadmin.models import (
    CalendarEvent,
    EventParticipant,
    Integration,
    Person,
    PersonKind,
    State,
)
from vfadmin.models.prepared import add, run, run_each

_SHARED = frozenset(FIELDS) - PERSONAL
_ROW = CalendarEvent.id == bindparam("row")
_ADD = insert(CalendarEvent)
PUT = update(CalendarEvent).where(_ROW)
_NAME = (
    update(CalendarEvent)
    .where(_ROW, or_(CalendarEvent.uid.is_(None), CalendarEvent.uid == bindparam("known")))
    .values(uid=bindparam("given"))
)
_READ_NAMES = select(CalendarEvent.id, CalendarEvent.uid).where(
    CalendarEvent.id.in_(bindparam("some", expanding=True))
)
_LINK = insert(EventParticipant)
_THE_LINK = (EventParticipant.event_id == bindparam("event"), EventParticipant.person_id == bindparam("who"))
_PUT_LINK = update(EventParticipant).where(*_THE_LINK)
_DROP_LINK = delete(EventParticipant).where(*_THE_LINK)
_READ_LINK = select(EventParticipant).where(*_THE_LINK)
_OTHERS = (
    select(EventParticipant)
    .join(Person, Person.id == EventParticipant.person_id)
    .join(Integration, Integration.person_id == EventParticipant.person_id)
    .where(
        EventParticipant.event_id == bindparam("event"),
        EventParticipant.declined.is_(False),
        EventParticipant.sync_key.is_not(None),
        Person.kind == PersonKind.PERSON.value,
        Person.active.is_(True),
        Integration.state != State.UNUSED.value,
    )
    .order_by(EventParticipant.person_id)
)
_HELD = select(CalendarEvent.id).where(
    CalendarEvent.owner_id == bindparam("person"),
    CalendarEvent.external_organizer.is_not(None),
    CalendarEvent.deleted_at.is_(None),
)
_STANDING = (
    select(CalendarEvent.id, CalendarEvent.version, CalendarEvent.owner_id, CalendarEvent.external_organizer)
    .where(_ROW, CalendarEvent.deleted_at.is_(None))
    .with_for_update()
)
_DELETED = select(CalendarEvent.id).where(
    CalendarEvent.owner_id == bindparam("person"), CalendarEvent.deleted_at.is_not(None)
)
_DELETED_BY_KEY = _DELETED.where(CalendarEvent.sync_key == bindparam("key"))
_DELETED_BY_ID = _DELETED.where(_ROW)
_SAME_UID = (
    select(
        CalendarEvent.id,
        CalendarEvent.owner_id,
        CalendarEvent.rrule,
        CalendarEvent.sync_key,
        CalendarEvent.starts_at,
        CalendarEvent.external_organizer,
        CalendarEvent.provisional,
        Person.kind,
    )
    .join(Person, Person.id == CalendarEvent.owner_id)
    .where(
        CalendarEvent.uid == bindparam("uid"),
        CalendarEvent.deleted_at.is_(None),
        CalendarEvent.original_start.is_(None),
    )
    .order_by(CalendarEvent.id)
    .with_for_update(of=CalendarEvent)
)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes for one person in one transaction. ``linked`` says whether links to persons count.

    ``people`` are those for whom links travel, asked where an event has any. ``tentative`` is for what is
    shown (see `rows.item_of`).
    """

    session: Session
    person: int
    now: datetime
    linked: bool
    default_type: Callable[[], int | None]
    people: Callable[[], People]
    tentative: bool = False

    def items(self, numbers: Collection[int]) -> Iterator[Item]:
        """The items as the person sees them."""
        found = run(self.session, view.ITEMS_BY_ID, person=self.person, linked=self.linked, some=numbers)
        yield from self._shown_in(found.all())

    def read(self, number: int) -> Item | None:
        """The same of one event."""
        return next(self.items([number]), None)

    def by_key(self, key: str) -> Item | None:
        """The item that carries the person's key."""
        found = run(self.session, view.ITEM_BY_KEY, person=self.person, linked=self.linked, key=key)
        return next(self._shown_in(found.all()), None)

    def known_as(self, uids: Collection[str]) -> dict[str, str]:
        """The UIDs of the person's items that have one of these, by their ids."""
        known = view.KNOWN_AS
        found = run(self.session, known, person=self.person, linked=self.linked, some=list(uids))
        return {str(number): uid for number, uid in found}

    def _shown_in(self, rows: Sequence[Row[Any]]) -> Iterator[Item]:
        linked = self._linked_to([row.id for row in rows if row.link is None])
        for row in rows:
            yield item_of(row, linked.get(row.id, ()), tentative=self.tentative)

    def _linked_to(self, numbers: Collection[int]) -> dict[int, list[int]]:
        """The persons linked to each of the person's own events as far as their links travel."""
        found: dict[int, list[int]] = {}
        if numbers:
            for event, person in run(self.session, view.LINKED, some=numbers, linked=self.linked):
                if person != self.person:
                    found.setdefault(event, []).append(person)
        return found

    def create(self, event: Event, mark: Mark, revive: int | None) -> Written:
        """Add the event, or find that it is there: under the key, or as another person's meeting."""
        there = self.by_key(mark.key)
        if there is not None:
            return replace(written(there), existing=True)
        joined = self._join(event, mark)
        if joined is not None:
            return replace(self.shown(joined), existing=True)
        old = self._deleted(mark.key, revive)
        if old is None:
            return self.shown(self._insert(event, mark))
        run(self.session, PUT, row=old, deleted_at=None, **values_of(event), **self.marks(mark))
        self._link_exactly(old, event)
        return self.shown(old)

    def update(self, number: int, event: Event, names: frozenset[str], version: int, mark: Mark) -> Written:
        """Write the named fields where they belong. Raises StaleVersion and ItemGone."""
        if self._owner(number, version).owner_id == self.person:
            values = values_of(event, names) | self.marks(mark)
            run(self.session, PUT, row=number, **values)
            if "participants" in names:
                self._link_exactly(number, event)
            return self.shown(number)
        shared = values_of(event, names & _SHARED)
        if shared:
            run(self.session, PUT, row=number, modified_at=mark.modified or self.now, **shared)
        values = link_values_of(event, names & PERSONAL) | _link_marks(mark)
        run(self.session, _PUT_LINK, event=number, who=self.person, **values)
        return self.shown(number)

    def delete(self, number: int, version: int) -> None:
        """Delete the person's own event; of somebody else's, decline it. Raises StaleVersion and ItemGone."""
        row = self._owner(number, version)
        if row.owner_id != self.person:
            run(self.session, _PUT_LINK, event=number, who=self.person, declined=True)
            return
        heir = _next_of(self.session, number, self.person) if row.external_organizer else None
        if heir is None:
            run(self.session, PUT, row=number, deleted_at=self.now)
            return
        self._hand_over(number, heir)
        run(self.session, _DROP_LINK, event=number, who=self.person)
        run(self.session, _LINK, event_id=number, person_id=self.person, declined=True)

    def name(self, names: Mapping[int, Naming]) -> dict[int, str]:
        """Give each event its UID unless it has another than the one known; by number the ones they have."""
        if not names:
            return {}
        run_each(
            self.session,
            _NAME,
            [{"row": number, "given": one.uid, "known": one.known} for number, one in names.items()],
        )
        return {number: uid for number, uid in run(self.session, _READ_NAMES, some=list(names)) if uid}

    def shown(self, number: int) -> Written:
        """What a write left. A trigger moves the version after the statement, so it is read afterwards."""
        item = self.read(number)
        if item is None:
            raise ItemGone(failure("EX-ITEM-01"))
        return written(item)

    def _owner(self, number: int, version: int) -> Row[Any]:
        row = run(self.session, _STANDING, row=number).one_or_none()
        seen = None if row is None else self.read(number)
        if row is None or seen is None:
            raise ItemGone(failure("EX-ITEM-01"))
        if row.version != version:
            raise StaleVersion(failure("EX-ITEM-02"))
        return row

    def _insert(self, event: Event, mark: Mark) -> int:
        """The event of whoever organises it; one organised elsewhere belongs to who brings it."""
        organizer = self._organizer(event, mark)
        owner = self.person if organizer is None else organizer
        values = self.new(event, mark, self.default_type()) | {
            "owner_id": owner,
            "external_organizer": self._stranger(mark),
            "provisional": owner != self.person,
        }
        if owner == self.person:
            number = add(self.session, _ADD, **(values | self.marks(mark)))
            self._link_exactly(number, event)
            return number
        # What a participant has noted down in his copy is not the organizer's text.
        number = add(self.session, _ADD, **(values | {"body": ""}))
        self._add_link(number, event, mark)
        return number

    def new(self, event: Event, mark: Mark, default_type: int | None) -> dict[str, Any]:
        """The columns of a new event, but for whose it is and its marks."""
        return values_of(event) | {
            "type_id": default_type,
            "created_at": mark.created or self.now,
            "modified_at": mark.modified or self.now,
            "uid": mark.uid,
        }

    def _organizer(self, event: Event, mark: Mark) -> int | None:
        """Whose event it is, if another person's; a lone occurrence is in no other calendar."""
        if not self.linked or mark.organizer is None:
            return None
        same = run(self.session, _SAME_UID, uid=mark.uid)
        if event.recurrence is None and any(row.rrule for row in same):
            return None
        return self.people().organizer(mark.organizer)

    def _stranger(self, mark: Mark) -> str | None:
        """The address of an organizer who is no person of ours."""
        ours = mark.organizer is not None and self.people().person(mark.organizer) is not None
        return None if ours else mark.organizer

    def _link_exactly(self, number: int, event: Event) -> None:
        """Of the links that travel leave those of the event; all others stay as they are."""
        wanted = {one.person for one in event.participants} - {self.person}
        there = set(self._linked_to([number]).get(number, ()))
        if not self.linked or wanted == there:
            return
        wanted &= self.people().attendees.keys()
        for person in sorted(there - wanted):
            run(self.session, _DROP_LINK, event=number, who=person)
        for person in sorted(wanted - there):
            run(self.session, _LINK, event_id=number, person_id=person)

    def _join(self, event: Event, mark: Mark) -> int | None:
        """The event that another mailbox has brought already under this UID; the person is in it from now on.

        A lone occurrence never joins a series (it has the UID of the whole) nor one of another time, and an
        event of the person's that has an item of its own takes no second one.
        """
        if not mark.uid or not self.linked:
            return None
        for row in run(self.session, _SAME_UID, uid=mark.uid):
            if row.kind != PersonKind.PERSON or bool(row.rrule) != (event.recurrence is not None):
                continue
            if row.owner_id == self.person:
                if row.sync_key is None:
                    return self._claim(row, event, mark)
                continue
            link = run(self.session, _READ_LINK, event=row.id, who=self.person).one_or_none()
            if link is None and not row.rrule and row.starts_at != event.when.start:
                continue
            if link is None or link.sync_key is None or link.declined:
                return self._take_part(row, event, mark, linked=link is not None)
        return None

    def _claim(self, row: Row[Any], event: Event, mark: Mark) -> int:
        """The organizer's own copy: it says what the event is where only a participant's has said so."""
        fields = frozenset(FIELDS) if row.provisional else PERSONAL
        run(self.session, PUT, row=row.id, **values_of(event, fields), **self.marks(mark))
        self._link_too(row.id, event)
        return int(row.id)

    def _take_part(self, row: Row[Any], event: Event, mark: Mark, *, linked: bool) -> int:
        self._add_link(row.id, event, mark, existing=linked)
        if row.external_organizer and mark.organizer is None:
            # Whoever was taken for a stranger is one of ours by now.
            self.take_over(row.id, row.owner_id)
            run(
                self.session,
                PUT,
                row=row.id,
                external_organizer=None,
                **values_of(event),
                **self.marks(mark),
            )
            self._link_too(row.id, event)
        elif row.external_organizer and self.person < row.owner_id:
            self.take_over(row.id, row.owner_id)
        return int(row.id)

    def _link_too(self, number: int, event: Event) -> None:
        """Link whom the organizer has invited, beside those who are linked."""
        there = {Participant(one) for one in self._linked_to([number]).get(number, ())}
        self._link_exactly(number, replace(event, participants=event.participants | there))

    def _add_link(self, number: int, event: Event, mark: Mark, *, existing: bool = False) -> None:
        values = link_values_of(event) | _link_marks(mark) | {"declined": False}
        if existing:
            run(self.session, _PUT_LINK, event=number, who=self.person, **values)
        else:
            run(self.session, _LINK, event_id=number, person_id=self.person, **values)

    def take_over(self, number: int, holder: int) -> None:
        """Hold a meeting organised elsewhere in place of ``holder``, who takes part in it from now on."""
        row = run(self.session, select(CalendarEvent).where(_ROW), row=number).one()
        link = run(self.session, _READ_LINK, event=number, who=self.person).one()
        self._hand_over(number, link)
        run(self.session, _DROP_LINK, event=number, who=holder)
        run(
            self.session,
            _LINK,
            event_id=number,
            person_id=holder,
            private=row.private,
            show_as=row.show_as,
            reminder_minutes=-1 if row.reminder_minutes is None else row.reminder_minutes,
            acknowledged=row.acknowledged,
            declined=False,
            sync_key=row.sync_key,
            sync_stamp=row.sync_stamp,
        )

    def _hand_over(self, number: int, heir: Row[Any]) -> None:
        """Make a participant the owner; what was the link's becomes the event's."""
        run(self.session, _DROP_LINK, event=number, who=heir.person_id)
        values: dict[str, Any] = {
            "owner_id": heir.person_id,
            "acknowledged": heir.acknowledged,
            "sync_key": heir.sync_key,
            "sync_stamp": heir.sync_stamp,
        }
        if heir.private is not None:
            values["private"] = heir.private
        if heir.show_as is not None:
            values["show_as"] = heir.show_as
        if heir.reminder_minutes is not None:
            values["reminder_minutes"] = None if heir.reminder_minutes < 0 else heir.reminder_minutes
        run(self.session, PUT, row=number, **values)

    def _deleted(self, key: str, revive: int | None) -> int | None:
        """The softly deleted row that carries the key, or else the one with that id."""
        keyed = run(self.session, _DELETED_BY_KEY, person=self.person, key=key).scalar()
        if keyed is not None or revive is None:
            return keyed
        return run(self.session, _DELETED_BY_ID, person=self.person, row=revive).scalar()

    def marks(self, mark: Mark) -> dict[str, Any]:
        """The columns that hold an own event's key, stamp and times."""
        values: dict[str, Any] = {
            "sync_key": mark.key,
            "sync_stamp": mark.stamp,
            "modified_at": mark.modified or self.now,
            "provisional": False,
        }
        if mark.created is not None:
            values["created_at"] = mark.created
        return values


def pass_on(session: Session, person: int, now: datetime) -> int:
    """Let the next of those who have them hold the meetings of strangers that this person holds; how many."""
    passed = 0
    for number in run(session, _HELD, person=person).scalars().all():
        heir = _next_of(session, number, person)
        if heir is not None:
            pen = Pen(session, heir.person_id, now, linked=True, default_type=_no_type, people=People)
            pen.take_over(number, person)
            passed += 1
    return passed


def _next_of(session: Session, number: int, holder: int) -> Row[Any] | None:
    """The link of the lowest id of the others who have the meeting."""
    others = run(session, _OTHERS, event=number).all()
    return next((one for one in others if one.person_id != holder), None)


def _no_type() -> int | None:
    return None


def written(item: Item) -> Written:
    """What a write left behind, where the item can be read back at once."""
    return Written(item.id, item.version, item.uid, item.event, participating=item.participating)


def _link_marks(mark: Mark) -> dict[str, Any]:
    return {"sync_key": mark.key, "sync_stamp": mark.stamp}

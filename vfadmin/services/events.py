"""ValueFrame-side events, as the command line and the person form show and edit them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vfadmin.calendars.codec import recurrence_json
from vfadmin.calendars.event import Participant, Recurrence, When
from vfadmin.calendars.series import ends
from vfadmin.errors import UsageError, failure
from vfadmin.models import CalendarEvent, EventLink, EventParticipant, EventType, Person
from vfadmin.models.people import fold
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, difference, record
from vfadmin.services.directory import Clock
from vfadmin.services.event_form import HOME_ZONE, Draft, parsed
from vfadmin.services.rows import chunks
from vfadmin.services.source import needs_database
from vfadmin.services.subjects import subject

PRIVATE_TITLE = "Yksityinen"
"""What R31 lets readers see of a private event besides its time, in every language."""


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A person or resource linked to an event."""

    person: int
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event; of a private one, readers who are not its owner see time and *Yksityinen* (R31).

    ``start`` and ``end`` are dates of an all-day event, its end exclusive, else times with the offset of
    ``timezone``. ``redacted`` says that the rest was left out. ``version`` moves with every change.
    """

    id: int
    owner: int
    type: str | None
    title: str
    location: str
    text: str
    start: datetime | date
    end: datetime | date
    all_day: bool
    timezone: str
    private: bool
    show_as: str
    acknowledged: bool
    reminder_minutes: int | None
    participants: tuple[ParticipantRow, ...]
    links_kept: int
    recurrence: Mapping[str, Any] | None
    created: datetime
    modified: datetime
    type_id: int | None = None
    redacted: bool = False
    version: int = 0

    def as_json(self) -> dict[str, Any]:
        """The event under the keys of the command line, times in ISO 8601."""
        return {
            "id": self.id,
            "owner": self.owner,
            "type": self.type,
            "title": self.title,
            "location": self.location,
            "text": self.text,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "all_day": self.all_day,
            "timezone": self.timezone,
            "private": self.private,
            "show_as": self.show_as,
            "acknowledged": self.acknowledged,
            "reminder_minutes": self.reminder_minutes,
            "participants": [
                {"person": one.person, "acknowledged": one.acknowledged} for one in self.participants
            ],
            "links_kept": self.links_kept,
            "recurrence": None if self.recurrence is None else dict(self.recurrence),
            "created": self.created.isoformat(),
            "modified": self.modified.isoformat(),
        }


class Events:
    """Lists and edits events of the store. What it writes reaches Exchange at the next sync.

    Where ValueFrame is reached over REST its events are not these: everything raises UsageError VF-REST-17.
    """

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def show(self, event_id: int, *, redact: bool = True) -> EventRow:
        """One event. Raises UsageError VF-EVENT-01."""
        with self._store.read() as session:
            needs_database(session)
            return _rows(session, [_found(session, event_id)], redact=redact)[0]

    def add(self, data: Mapping[str, Any], *, redact: bool = True) -> EventRow:
        """Add the event such a document (the command line's event keys) describes.

        Raises UsageError: VF-EVENT-02 (names the field), VF-EVENT-03 (ends before it starts), VF-EVENT-04
        (bad recurrence), VF-PERSON-01.
        """
        draft, now = parsed(data), self._clock()
        with self._store.write() as session:
            needs_database(session)
            added = CalendarEvent(created_at=now, exceptions=[], deleted_occurrences=[])
            _fill(session, added, draft, now)
            session.add(added)
            session.flush()
            _link(session, added.id, draft.event.participants)
            return self._written(session, added, "event.add", None, redact=redact)

    def edit(
        self, event_id: int, changes: Mapping[str, Any], version: int | None = None, *, redact: bool = True
    ) -> EventRow:
        """Change the given keys only.

        Raises UsageError VF-EVENT-01, VF-EVENT-05 when ``version`` has moved, and as `add`.
        """
        with self._store.write() as session:
            needs_database(session)
            row = _found(session, event_id, version)
            before = _rows(session, [row], redact=False)[0].as_json()
            draft = parsed({**before, **changes}, recurrence_stands="recurrence" not in changes)
            _fill(session, row, draft, self._clock())
            _link(session, row.id, draft.event.participants)
            return self._written(session, row, "event.edit", before, redact=redact)

    def delete(self, event_id: int, version: int | None = None) -> EventRow:
        """Delete softly; answers the row that was. Raises UsageError VF-EVENT-01, and -05 as `edit`."""
        with self._store.write() as session:
            needs_database(session)
            row = _found(session, event_id, version)
            shown = _rows(session, [row], redact=True)[0]
            row.deleted_at = row.modified_at = self._clock()
            named = {"owner": row.owner_id, "title": shown.title, "start": shown.start.isoformat()}
            record(
                session,
                self._actor,
                "event.delete",
                f"event:{event_id}",
                named,
                {"deleted": True},
                self._clock(),
            )
            return shown

    def list(
        self,
        person_id: int,
        from_: datetime | date | None = None,
        to: datetime | date | None = None,
        *,
        redact: bool = True,
    ) -> list[EventRow]:
        """The person's own and linked events that overlap [from_, to), by start.

        Of a series the last occurrence counts, and it is shown with its first one.
        A date means its midnight in Finnish time. Raises UsageError VF-PERSON-01.
        """
        linked = select(EventParticipant.event_id).where(
            EventParticipant.person_id == person_id, EventParticipant.declined.is_(False)
        )
        wanted = select(CalendarEvent).where(
            CalendarEvent.deleted_at.is_(None),
            or_(CalendarEvent.owner_id == person_id, CalendarEvent.id.in_(linked)),
        )
        if from_ is not None:
            recurs = CalendarEvent.rrule.is_not(None)
            wanted = wanted.where(or_(CalendarEvent.ends_at > _moment(from_), recurs))
        if to is not None:
            wanted = wanted.where(CalendarEvent.starts_at < _moment(to))
        with self._store.read() as session:
            needs_database(session)
            subject(session, person_id)
            found = session.scalars(wanted.order_by(CalendarEvent.starts_at, CalendarEvent.id)).all()
            going = [one for one in found if from_ is None or not _is_over(one, _moment(from_))]
            rows = _rows(session, going, redact=redact)
            hidden = select(EventParticipant.event_id).where(
                EventParticipant.person_id == person_id, EventParticipant.private.is_(True)
            )
            own = set(session.scalars(hidden)) if redact else set()
            return [_redacted(replace(row, private=True)) if row.id in own else row for row in rows]

    def _written(
        self,
        session: Session,
        row: CalendarEvent,
        action: str,
        before: dict[str, Any] | None,
        *,
        redact: bool,
    ) -> EventRow:
        session.flush()
        session.refresh(row)  # the version was moved by a trigger
        shown = _rows(session, [row], redact=False)[0]
        after = shown.as_json()
        changed = (None, after) if before is None else difference(before, after)
        if changed is not None:
            hide = shown.private or bool((before or {}).get("private"))
            old, new = (audited(one, hide=hide) for one in changed)
            record(session, self._actor, action, f"event:{row.id}", old, new, self._clock())
        return _redacted(shown) if redact and shown.private else shown


_AUDITED_OF_PRIVATE = frozenset({"id", "owner", "start", "end", "all_day", "timezone", "private", "modified"})


def audited(facts: Mapping[str, Any] | None, *, hide: bool) -> dict[str, Any] | None:
    """What the audit trail keeps; of a private event the names of changed fields, not their values."""
    if facts is None:
        return None
    return {
        name: value if not hide or name in _AUDITED_OF_PRIVATE else PRIVATE_TITLE
        for name, value in facts.items()
    }


def _found(session: Session, event_id: int, version: int | None = None) -> CalendarEvent:
    row = session.get(CalendarEvent, event_id)
    if row is None or row.deleted_at is not None:
        raise UsageError(failure("VF-EVENT-01", event=event_id))
    if version is not None and row.version != version:
        raise UsageError(failure("VF-EVENT-05", event=event_id))
    return row


def _fill(session: Session, row: CalendarEvent, draft: Draft, now: datetime) -> None:
    event = draft.event
    if session.get(Person, draft.owner) is None:
        raise UsageError(failure("VF-PERSON-01", person=draft.owner))
    row.owner_id = draft.owner
    row.type_id = _type_id(session, draft.type)
    row.title, row.location, row.body = event.title, event.location, event.text
    row.starts_at, row.ends_at = event.when.start, event.when.end
    row.all_day, row.zone = event.when.all_day, draft.zone
    row.private, row.show_as = event.private, event.show_as.value
    row.reminder_minutes, row.acknowledged = event.reminder_minutes, event.acknowledged
    if not draft.keeps_recurrence:
        rule = recurrence_json(event.recurrence) or {"rrule": None, "exceptions": [], "deleted": []}
        row.rrule, row.exceptions = rule["rrule"], rule["exceptions"]
        row.deleted_occurrences = rule["deleted"]
    row.modified_at = now


def _type_id(session: Session, wanted: str | int | None) -> int | None:
    if wanted is None:
        return None
    for one in session.scalars(select(EventType)):
        if one.id == wanted or fold(one.name) == fold(str(wanted)):
            return one.id
    raise UsageError(failure("VF-EVENT-02", field="type", value=str(wanted)[:80]))


def _link(session: Session, event_id: int, wanted: Iterable[Participant]) -> None:
    """Make the links those given; what a participant set on a link that stays is theirs (R15)."""
    standing = {
        one.person_id: one
        for one in session.scalars(select(EventParticipant).where(EventParticipant.event_id == event_id))
    }
    for one in wanted:
        link = standing.pop(one.person, None)
        if link is not None:
            link.acknowledged = one.acknowledged
        elif session.get(Person, one.person) is None:
            raise UsageError(failure("VF-PERSON-01", person=one.person))
        else:
            session.add(
                EventParticipant(
                    event_id=event_id, person_id=one.person, acknowledged=one.acknowledged, declined=False
                )
            )
    for link in standing.values():
        session.delete(link)


def _rows(session: Session, events: Sequence[CalendarEvent], *, redact: bool) -> list[EventRow]:
    types = {one.id: one.name for one in session.scalars(select(EventType))}
    links: dict[int, int] = {}
    participants: dict[int, list[ParticipantRow]] = {}
    for chunk in chunks([one.id for one in events]):
        counted = select(EventLink.event_id, func.count()).where(EventLink.event_id.in_(chunk))
        links |= dict(session.execute(counted.group_by(EventLink.event_id)).all())
        linked = select(EventParticipant).where(EventParticipant.event_id.in_(chunk))
        for one in session.scalars(linked.order_by(EventParticipant.person_id)):
            row = ParticipantRow(one.person_id, one.acknowledged)
            participants.setdefault(one.event_id, []).append(row)
    rows = [
        _row(one, types.get(one.type_id or 0), links.get(one.id, 0), tuple(participants.get(one.id, ())))
        for one in events
    ]
    return [_redacted(row) if redact and row.private else row for row in rows]


def _row(
    one: CalendarEvent, type_name: str | None, links: int, participants: tuple[ParticipantRow, ...]
) -> EventRow:
    zone = _zone(one.zone)
    rule = None
    if one.rrule:
        rule = {"rrule": one.rrule, "exceptions": one.exceptions, "deleted": one.deleted_occurrences}
    return EventRow(
        id=one.id,
        owner=one.owner_id,
        type=type_name,
        title=one.title,
        location=one.location,
        text=one.body,
        start=one.starts_at.date() if one.all_day else one.starts_at.astimezone(zone),
        end=one.ends_at.date() if one.all_day else one.ends_at.astimezone(zone),
        all_day=one.all_day,
        timezone=one.zone,
        private=one.private,
        show_as=one.show_as,
        acknowledged=one.acknowledged,
        reminder_minutes=one.reminder_minutes,
        participants=participants,
        links_kept=links,
        recurrence=rule,
        created=one.created_at,
        modified=one.modified_at,
        type_id=one.type_id,
        version=one.version,
    )


def _is_over(one: CalendarEvent, at: datetime) -> bool:
    if not one.rrule:
        return one.ends_at <= at
    when = When(one.starts_at, one.ends_at, all_day=one.all_day, zone=one.zone)
    end = ends(Recurrence(one.rrule), when)
    return end is not None and end <= at


def _redacted(row: EventRow) -> EventRow:
    return replace(
        row,
        type=None,
        type_id=None,
        title=PRIVATE_TITLE,
        location="",
        text="",
        reminder_minutes=None,
        participants=(),
        links_kept=0,
        recurrence=None,
        redacted=True,
    )


def _zone(name: str) -> ZoneInfo:
    """The zone another program may have written: an unknown one is shown in UTC, never a traceback."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return ZoneInfo("UTC")


def _moment(bound: datetime | date) -> datetime:
    if isinstance(bound, datetime):
        return bound if bound.tzinfo is not None else bound.replace(tzinfo=ZoneInfo(HOME_ZONE))
    return datetime.combine(bound, time(), ZoneInfo(HOME_ZONE)).astimezone(UTC)

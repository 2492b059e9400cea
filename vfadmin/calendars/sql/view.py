"""What a person's calendar in the store consists of: the events owned, and those taken part in.

An event somebody else owns is in it while the person is linked to it and has not declined it, unless the
owner is a resource, whose events concern nobody (R10). The parameter ``linked`` says whether links count at
all (R9).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from vfadmin.calendars.sql.rows import COLUMNS, LINK
from vfadmin.models import CalendarEvent, EventParticipant, Integration, Person, PersonKind, State

_PERSON: BindParameter[int] = bindparam("person")
_LINKED = bindparam("linked", type_=Boolean()).is_(True)
_SOME: BindParameter[int] = bindparam("some", expanding=True)
_OWNED = aliased(CalendarEvent, name="owned")
_SHARED = aliased(CalendarEvent, name="shared")
_MINE = aliased(EventParticipant, name="mine")
_OWNER = aliased(Person, name="owner")


def _takes_part(event: type[CalendarEvent]) -> ColumnElement[bool]:
    person = exists().where(_OWNER.id == event.owner_id, _OWNER.kind == PersonKind.PERSON.value)
    return and_(_LINKED, _MINE.person_id == _PERSON, _MINE.declined.is_(False), person.correlate(event))


_LIVE = CalendarEvent.deleted_at.is_(None)
_VISIBLE = and_(
    _LIVE,
    or_(
        CalendarEvent.owner_id == _PERSON,
        exists().where(_MINE.event_id == CalendarEvent.id, _takes_part(CalendarEvent)),
    ),
)
_MY_LINK = and_(
    LINK.event_id == CalendarEvent.id, LINK.person_id == _PERSON, CalendarEvent.owner_id != _PERSON
)
_MY_EVENTS = (
    select(_OWNED.id)
    .where(_OWNED.owner_id == _PERSON)
    .union(select(_MINE.event_id).join(_SHARED, _SHARED.id == _MINE.event_id).where(_takes_part(_SHARED)))
)
_MARKED = (
    select(_OWNED.id)
    .where(_OWNED.owner_id == _PERSON, _OWNED.sync_key == bindparam("key"))
    .union(select(_MINE.event_id).where(_MINE.person_id == _PERSON, _MINE.sync_key == bindparam("key")))
)


def _items() -> Select[Any]:
    return select(*COLUMNS).select_from(CalendarEvent).outerjoin(LINK, _MY_LINK).where(_VISIBLE)


def _changed() -> Select[Any]:
    # The end goes through text: what another program wrote amiss must not hide the rest of the page. That
    # of a series is its first occurrence's, which says nothing about the last.
    ends = case((CalendarEvent.rrule.is_(None), cast(CalendarEvent.ends_at, String)))
    return select(CalendarEvent.id, CalendarEvent.version, ends)


ITEMS_BY_ID = _items().where(CalendarEvent.id.in_(_SOME))
ITEM_BY_KEY = _items().where(CalendarEvent.id.in_(_MARKED))
KNOWN_AS = select(CalendarEvent.id, CalendarEvent.uid).where(_VISIBLE, CalendarEvent.uid.in_(_SOME))
CHANGED_BY_ID = _changed().where(_VISIBLE, CalendarEvent.id.in_(_SOME))
LINKED = (
    select(EventParticipant.event_id, EventParticipant.person_id)
    .join(Integration, Integration.person_id == EventParticipant.person_id)
    .where(
        EventParticipant.event_id.in_(_SOME),
        Integration.state != State.UNUSED.value,
        Integration.login != "",
        _LINKED,
    )
)
"""The links that travel (R9): to those whose integration is not *unused* and has a login."""
LISTING = (
    _changed()
    .where(_LIVE, CalendarEvent.id.in_(_MY_EVENTS), CalendarEvent.id > bindparam("after"))
    .order_by(CalendarEvent.id)
    .limit(bindparam("size"))
)

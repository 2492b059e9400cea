"""What changed in the store: cursors over the change log, its pages, and its pruning.

A cursor names the store, the person and the last change that was read; while everything is being
listed, also the last id that was listed. It means nothing to another store or for another person.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from vfadmin.calendars.base import ChangedId, ChangePage
from vfadmin.calendars.sql import view
from vfadmin.errors import CursorLost, failure
from vfadmin.models import CalendarEvent, ChangeFloor, ChangeLog, EventParticipant, StoreIdentity
from vfadmin.models.prepared import run
from vfadmin.models.store import Store

PAGE = 500
"""Ids a page reports at most."""


@dataclass(frozen=True, slots=True)
class SqlCursor:
    """How far the changes of one person in one store were read; ``listed`` is the last id of a listing."""

    store: str
    person: int
    seq: int
    listed: int | None = None

    def token(self) -> str:
        """The opaque form that the engine keeps."""
        parts = [self.store, str(self.person), str(self.seq)]
        return ":".join(parts if self.listed is None else [*parts, str(self.listed)])

    @classmethod
    def parse(cls, token: str) -> SqlCursor:
        """The cursor of a token. Raises CursorLost for anything else."""
        try:
            store, person, seq, *listed = token.split(":")
            (position,) = listed or ("",)
            return cls(store, int(person), int(seq), int(position) if position else None)
        except ValueError as error:
            raise CursorLost(failure("EX-CAL-02")) from error


def page_of(
    session: Session, person: int, token: str | None, size: int = PAGE, *, linked: bool = True
) -> ChangePage:
    """The page behind the cursor ``token``, or the first one of a listing. Raises CursorLost."""
    here, floor, newest = run(session, _STANDING, person=person).one()
    if token is None:
        return _listing_page(session, SqlCursor(here, person, newest, 0), size, linked=linked)
    cursor = SqlCursor.parse(token)
    if (cursor.store, cursor.person) != (here, person) or not floor <= cursor.seq <= newest:
        raise CursorLost(failure("EX-CAL-02"))
    if cursor.listed is not None:
        return _listing_page(session, cursor, size, linked=linked)
    if cursor.seq == newest:
        return ChangePage((), (), token, last=True)
    return _change_page(session, cursor, size, linked=linked)


def unmoved(session: Session, tokens: Mapping[int, str]) -> set[int]:
    """The persons behind whose cursors, by person, `page_of` would show nothing, not even a lost one."""
    here = store_identity(session)
    cursors: dict[int, SqlCursor] = {}
    for person, token in tokens.items():
        with suppress(CursorLost):
            cursor = SqlCursor.parse(token)
            if (cursor.store, cursor.person, cursor.listed) == (here, person, None):
                cursors[person] = cursor
    if not cursors:
        return set()
    some = list(cursors)
    _, _, newest = run(session, _STANDING, person=some[0]).one()
    floors = {row.person_id: row.seq for row in run(session, _FLOORS, some=some)}
    after = min(one.seq for one in cursors.values())
    told = {row.person_id: row.seq for row in run(session, _TOLD, some=some, after=after)}
    return {
        person
        for person, cursor in cursors.items()
        if max(floors.get(person, 0), told.get(person, 0)) <= cursor.seq <= newest
    }


def store_identity(session: Session) -> str:
    """Which database this is."""
    return session.scalars(select(StoreIdentity.identity)).one()


def tell_of_undecided(session: Session, now: datetime) -> None:
    """Tell each person of the events he has not acknowledged: how they are shown has just changed (R16)."""
    undecided = (
        EventParticipant.acknowledged.is_(False),
        EventParticipant.declined.is_(False),
        EventParticipant.show_as.is_(None),
    )
    session.execute(
        update(CalendarEvent)
        .where(CalendarEvent.id.in_(select(EventParticipant.event_id).where(*undecided)))
        .values(version=CalendarEvent.version + 1)
        .execution_options(synchronize_session=False)
    )
    told = select(EventParticipant.person_id, EventParticipant.event_id, literal(now.astimezone(UTC)))
    session.execute(insert(ChangeLog).from_select(["person_id", "event_id", "at"], told.where(*undecided)))


def renew_identity(session: Session) -> None:
    """Make all cursors into this database void: for a copy that was restored from a backup."""
    session.execute(update(StoreIdentity).values(identity=str(uuid.uuid4())))


def prune_changes(store: Store, before: datetime, most: int = 1_000) -> int:
    """Remove what the change log holds from before that time, so many of its oldest rows at most.

    Answers how many rows went; none are left when it is none. A row with a later one for the same event and
    person goes without a trace. With one that was the latest, the person's floor rises: whoever has not read
    it by then has lost the cursor.
    """
    with store.read() as session:
        oldest = session.execute(
            select(ChangeLog.seq, ChangeLog.at).order_by(ChangeLog.seq).limit(most)
        ).all()
    unwanted = [row.seq for row in oldest if row.at < before]
    if not unwanted:
        return 0
    with store.write() as session:
        old = (
            ChangeLog.seq >= unwanted[0],
            ChangeLog.seq <= unwanted[-1],
            ChangeLog.at < before.astimezone(UTC),
        )
        later = aliased(ChangeLog)
        superseded = exists().where(
            later.person_id == ChangeLog.person_id,
            later.event_id == ChangeLog.event_id,
            later.seq > ChangeLog.seq,
        )
        removed = _removed(session, delete(ChangeLog).where(*old, superseded))
        tops = select(ChangeLog.person_id, func.max(ChangeLog.seq)).where(*old).group_by(ChangeLog.person_id)
        floors = {one.person_id: one.seq for one in session.scalars(select(ChangeFloor))}
        for person, seq in session.execute(tops).all():
            session.merge(ChangeFloor(person_id=person, seq=max(seq, floors.get(person, 0))))
        session.flush()
        return removed + _removed(session, delete(ChangeLog).where(*old))


def _removed(session: Session, statement: Any) -> int:  # noqa: ANN401 - a DELETE of any table
    count: int = session.connection().execute(statement).rowcount
    return count


def _standing() -> Select[Any]:
    """The store's identity, the person's floor, and the highest change number anybody may have read.

    One statement, because this is all there is to do for a calendar that did not change.
    """
    floor = select(ChangeFloor.seq).where(ChangeFloor.person_id == bindparam("person")).scalar_subquery()
    logged = select(func.max(ChangeLog.seq)).scalar_subquery()
    pruned = select(func.max(ChangeFloor.seq)).scalar_subquery()
    zero = literal(0)
    newest = case((pruned > func.coalesce(logged, zero), pruned), else_=func.coalesce(logged, zero))
    return select(StoreIdentity.identity, func.coalesce(floor, zero), newest)


_STANDING = _standing()


_SOME: BindParameter[int] = bindparam("some", expanding=True)
_FLOORS = select(ChangeFloor.person_id, ChangeFloor.seq).where(ChangeFloor.person_id.in_(_SOME))
_TOLD = (
    select(ChangeLog.person_id, func.max(ChangeLog.seq).label("seq"))
    .where(ChangeLog.person_id.in_(_SOME), ChangeLog.seq > bindparam("after"))
    .group_by(ChangeLog.person_id)
)
_LOG = (
    select(ChangeLog.seq, ChangeLog.event_id)
    .where(ChangeLog.person_id == bindparam("person"), ChangeLog.seq > bindparam("after"))
    .order_by(ChangeLog.seq)
    .limit(bindparam("size"))
)


def _listing_page(session: Session, cursor: SqlCursor, size: int, *, linked: bool) -> ChangePage:
    after = cursor.listed or 0
    rows = run(session, view.LISTING, person=cursor.person, linked=linked, after=after, size=size + 1).all()
    last = len(rows) <= size
    rows = rows[:size]
    behind = replace(cursor, listed=None if last else rows[-1].id)
    return ChangePage(tuple(_changed(rows)), (), behind.token(), last=last, listing=True)


def _change_page(session: Session, cursor: SqlCursor, size: int, *, linked: bool) -> ChangePage:
    log = run(session, _LOG, person=cursor.person, after=cursor.seq, size=size + 1).all()
    last = len(log) <= size
    log = log[:size]
    if not log:
        return ChangePage((), (), cursor.token(), last=True)
    ids = list(dict.fromkeys(row.event_id for row in log))
    found = run(session, view.CHANGED_BY_ID, person=cursor.person, linked=linked, some=ids)
    live = {row[0]: row for row in found}
    behind = replace(cursor, seq=log[-1].seq)
    return ChangePage(
        changed=tuple(_changed([live[one] for one in ids if one in live])),
        deleted=tuple(str(one) for one in ids if one not in live),
        cursor=behind.token(),
        last=last,
    )


def _changed(rows: Collection[Any]) -> Iterator[ChangedId]:
    for identifier, version, ends in rows:
        yield ChangedId(str(identifier), str(version), _moment(ends))


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

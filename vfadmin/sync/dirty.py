"""Dirty ids and cursors inside a transaction of the journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from vfadmin.calendars.base import ChangedId, Side
from vfadmin.models import Cursor, Dirty, Pair
from vfadmin.sync import rows


@dataclass(frozen=True, slots=True)
class DirtyId:
    """An id that changed and is not settled; ``inferred`` when no page told of it."""

    id: str
    inferred: bool


def id_column(side: Side) -> InstrumentedAttribute[str | None]:
    """The pair's column with the ids of that side."""
    return Pair.valueframe_id if side is Side.VALUEFRAME else Pair.exchange_id


def mark(
    session: Session,
    person_id: int,
    side: Side,
    news: Mapping[str, str | None],
    *,
    inferred: bool = False,
) -> None:
    """Make the ids dirty, with the version that was reported of each; an older mark is replaced."""
    for some in rows.chunked(news):
        session.execute(delete(Dirty).where(_of(person_id, side), Dirty.item_id.in_(some)))
    if news:
        fresh = {"person_id": person_id, "side": side.value, "inferred": inferred, "attempts": 0}
        session.execute(
            insert(Dirty), [{**fresh, "item_id": id_, "version": version} for id_, version in news.items()]
        )


def clear(session: Session, person_id: int, clears: Iterable[tuple[Side, str]]) -> None:
    """Forget that the ids are dirty."""
    ids: dict[Side, list[str]] = {}
    for side, item_id in clears:
        ids.setdefault(side, []).append(item_id)
    for side, cleared in ids.items():
        for some in rows.chunked(cleared):
            session.execute(delete(Dirty).where(_of(person_id, side), Dirty.item_id.in_(some)))


def postpone(session: Session, person_id: int, side: Side, item_id: str, until: datetime) -> None:
    """Leave the id alone until then."""
    chosen = update(Dirty).where(_of(person_id, side), Dirty.item_id == item_id)
    session.execute(chosen.values(not_before=until))


def due(session: Session, person_id: int, side: Side, now: datetime) -> dict[str, DirtyId]:
    """The dirty ids to settle now: not those that wait for their time."""
    column = id_column(side)
    waiting = select(column).where(Pair.person_id == person_id, Pair.next_try_at > now, column.is_not(None))
    chosen = select(Dirty.item_id, Dirty.inferred).where(
        _of(person_id, side),
        or_(Dirty.not_before.is_(None), Dirty.not_before <= now),
        Dirty.item_id.not_in(waiting),
    )
    return {id_: DirtyId(id_, inferred) for id_, inferred in session.execute(chosen)}


def wake(session: Session, person_id: int, side: Side, ids: Iterable[str]) -> None:
    """Try a quarantined pair at once when one of its items was touched: that may have mended it."""
    column = id_column(side)
    for some in rows.chunked(ids):
        waiting = update(Pair).where(
            Pair.person_id == person_id, column.in_(some), Pair.next_try_at.is_not(None)
        )
        session.execute(waiting.values(next_try_at=None))


def known_ids(session: Session, person_id: int, side: Side) -> list[str]:
    """All ids of that side that pairs know and no page has told of already."""
    column = id_column(side)
    told = select(Dirty.item_id).where(_of(person_id, side))
    chosen = select(column).where(Pair.person_id == person_id, column.is_not(None), column.not_in(told))
    return [id_ for id_ in session.scalars(chosen) if id_ is not None]


def echoes(session: Session, person_id: int, side: Side, changed: Collection[ChangedId]) -> set[str]:
    """The changed ids that stand at the version we left them at: our own writes come back."""
    versions = {one.id: one.version for one in changed if one.version is not None}
    pairs = rows.by_ids(session, person_id, side, versions)
    twins = [pair.twin(side) for pair in pairs]
    return {twin.id for twin in twins if twin.id is not None and twin.version == versions[twin.id]}


def move_cursor(session: Session, person_id: int, side: Side, token: str) -> None:
    """Remember how far that side was read."""
    row = session.get(Cursor, (person_id, side.value))
    if row is None:
        session.add(Cursor(person_id=person_id, side=side.value, token=token))
    elif row.token != token:
        row.token = token


def _of(person_id: int, side: Side) -> ColumnElement[bool]:
    return and_(Dirty.person_id == person_id, Dirty.side == side.value)

"""Dirty ids and cursors inside a transaction of the journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from vfadmin.calendars.base import ChangedId, Side
from vfadmin.models import Cursor, Dirty, Pair
from vfadmin.models.prepared import run
from vfadmin.sync import rows
from vfadmin.sync.values import BOTH


@dataclass(frozen=True, slots=True)
class DirtyId:
    """An id that changed and is not settled; ``inferred`` when no page told of it."""

    id: str
    inferred: bool


def id_column(side: Side) -> InstrumentedAttribute[str | None]:
    """The pair's column with the ids of that side."""
    return Pair.valueframe_id if side is Side.VALUEFRAME else Pair.exchange_id


_OF = (Dirty.person_id == bindparam("person"), Dirty.side == bindparam("of"))
_SOME: BindParameter[str] = bindparam("some", expanding=True)
_CLEAR = delete(Dirty).where(*_OF, Dirty.item_id.in_(_SOME))
_MARK = insert(Dirty)
_POSTPONE = (
    update(Dirty).where(*_OF, Dirty.item_id == bindparam("item")).values(not_before=bindparam("until"))
)
_WAITING = {
    side: select(id_column(side)).where(
        Pair.person_id == bindparam("person"),
        Pair.next_try_at > bindparam("now"),
        id_column(side).is_not(None),
    )
    for side in BOTH
}
_TIMELY = select(Dirty.item_id, Dirty.inferred).where(
    *_OF, or_(Dirty.not_before.is_(None), Dirty.not_before <= bindparam("now"))
)
_DUE = {side: _TIMELY.where(Dirty.item_id.not_in(_WAITING[side])) for side in BOTH}
_ASLEEP = select(Pair.valueframe_id, Pair.exchange_id).where(
    Pair.person_id == bindparam("person"), Pair.next_try_at > bindparam("now")
)
_PAIRED = {
    side: select(id_column(side)).where(Pair.person_id == bindparam("person"), id_column(side).is_not(None))
    for side in BOTH
}
_WAKE = {
    side: update(Pair)
    .where(Pair.person_id == bindparam("person"), id_column(side).in_(_SOME), Pair.next_try_at.is_not(None))
    .values(next_try_at=None)
    for side in BOTH
}
_KNOWN = {
    side: select(id_column(side)).where(
        Pair.person_id == bindparam("person"),
        id_column(side).is_not(None),
        id_column(side).not_in(select(Dirty.item_id).where(*_OF)),
    )
    for side in BOTH
}
_CURSOR = (Cursor.person_id == bindparam("person"), Cursor.side == bindparam("of"))
_MOVE = update(Cursor).where(*_CURSOR).values(token=bindparam("to"))
_BEGIN = insert(Cursor)
_TOKENS = select(Cursor.side, Cursor.token).where(Cursor.person_id == bindparam("person"))


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
        run(session, _CLEAR, person=person_id, of=side.value, some=some)
    if news:
        fresh = {"person_id": person_id, "side": side.value, "inferred": inferred, "attempts": 0}
        session.connection().execute(
            _MARK, [{**fresh, "item_id": id_, "version": version} for id_, version in news.items()]
        )


def clear(session: Session, person_id: int, clears: Iterable[tuple[Side, str]]) -> None:
    """Forget that the ids are dirty."""
    ids: dict[Side, list[str]] = {}
    for side, item_id in clears:
        ids.setdefault(side, []).append(item_id)
    for side, cleared in ids.items():
        for some in rows.chunked(cleared):
            run(session, _CLEAR, person=person_id, of=side.value, some=some)


def postpone(session: Session, person_id: int, side: Side, item_id: str, until: datetime) -> None:
    """Leave the id alone until then."""
    run(session, _POSTPONE, person=person_id, of=side.value, item=item_id, until=until)


def due(session: Session, person_id: int, side: Side, now: datetime) -> dict[str, DirtyId]:
    """The dirty ids to settle now: not those that wait for their time."""
    found = run(session, _DUE[side], person=person_id, of=side.value, now=now)
    return {id_: DirtyId(id_, inferred) for id_, inferred in found}


def timely(session: Session, person_id: int, side: Side, now: datetime) -> dict[str, DirtyId]:
    """The dirty ids whose time has come, whatever their pairs wait for."""
    found = run(session, _TIMELY, person=person_id, of=side.value, now=now)
    return {id_: DirtyId(id_, inferred) for id_, inferred in found}


def waiting(session: Session, person_id: int, now: datetime) -> list[dict[Side, str | None]]:
    """The ids of the pairs that wait for their time."""
    found = run(session, _ASLEEP, person=person_id, now=now)
    return [dict(zip(BOTH, ids, strict=True)) for ids in found]


def paired_ids(session: Session, person_id: int, side: Side) -> list[str]:
    """All ids of that side that pairs know."""
    return list(run(session, _PAIRED[side], person=person_id).scalars())


def wake(session: Session, person_id: int, side: Side, ids: Iterable[str]) -> None:
    """Try a quarantined pair at once when one of its items was touched: that may have mended it."""
    for some in rows.chunked(ids):
        run(session, _WAKE[side], person=person_id, some=some)


def known_ids(session: Session, person_id: int, side: Side) -> list[str]:
    """All ids of that side that pairs know and no page has told of already."""
    return list(run(session, _KNOWN[side], person=person_id, of=side.value).scalars())


def echoes(session: Session, person_id: int, side: Side, changed: Collection[ChangedId]) -> set[str]:
    """The changed ids that stand at the version we left them at: our own writes come back."""
    versions = {one.id: one.version for one in changed if one.version is not None}
    pairs = rows.by_ids(session, person_id, side, versions)
    twins = [pair.twin(side) for pair in pairs]
    return {twin.id for twin in twins if twin.id is not None and twin.version == versions[twin.id]}


def cursors(session: Session, person_id: int) -> dict[Side, str]:
    """How far each side was read; one that was not, or whose cursor was lost, is missing."""
    return {Side(side): token for side, token in run(session, _TOKENS, person=person_id)}


def move_cursor(session: Session, person_id: int, side: Side, token: str) -> None:
    """Remember how far that side was read."""
    moved = run(session, _MOVE, person=person_id, of=side.value, to=token)
    if moved.rowcount == 0:
        run(session, _BEGIN, person_id=person_id, side=side.value, token=token, generation=1)

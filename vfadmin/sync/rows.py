"""Pairs between their table row and their value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vfadmin.calendars.base import Side
from vfadmin.calendars.codec import from_json
from vfadmin.calendars.event import Event
from vfadmin.models import Intent, Pair
from vfadmin.models.prepared import run
from vfadmin.sync.documents import document
from vfadmin.sync.values import PairView, Twin

CHUNK = 400
"""Bound parameters of one statement; old SQLite builds stop at 999."""


def view(row: Pair | Row[Any]) -> PairView:
    """The pair a row stands for; a row of all its columns does as well as an entity."""
    return PairView(
        key=row.key,
        valueframe=Twin(row.valueframe_id, row.valueframe_version, _event(row.seen_valueframe)),
        exchange=Twin(row.exchange_id, row.exchange_version, _event(row.seen_exchange)),
        base=_event(row.base),
        uid=row.uid,
        status=row.status,
        row=row.id,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        participating=row.participating,
        sequence=row.sequence,
        brought=row.brought,
        decision=row.decision,
    )


def columns(pair: PairView) -> dict[str, Any]:
    """The columns that hold the pair."""
    return {
        "key": pair.key,
        "valueframe_id": pair.valueframe.id,
        "valueframe_version": pair.valueframe.version,
        "seen_valueframe": _json(pair.valueframe.seen),
        "exchange_id": pair.exchange.id,
        "exchange_version": pair.exchange.version,
        "seen_exchange": _json(pair.exchange.seen),
        "base": _json(pair.base),
        "uid": pair.uid,
        "status": pair.status,
        "attempts": pair.attempts,
        "next_try_at": pair.next_try_at,
        "participating": pair.participating,
        "sequence": pair.sequence,
        "brought": pair.brought,
        "decision": pair.decision,
    }


def _having(column: InstrumentedAttribute[Any]) -> Select[Any]:
    return select(Pair).where(
        Pair.person_id == bindparam("person"), column.in_(bindparam("some", expanding=True))
    )


_BY_ID = {Side.VALUEFRAME: _having(Pair.valueframe_id), Side.EXCHANGE: _having(Pair.exchange_id)}
_BY_KEY = _having(Pair.key)
_BY_UID = _having(Pair.uid)
_DOUBTFUL = (
    select(Pair.key)
    .join(Intent, Intent.pair_id == Pair.id)
    .where(Intent.person_id == bindparam("person"), Pair.person_id == bindparam("person"))
)


def by_ids(session: Session, person_id: int, side: Side, ids: Iterable[str]) -> list[PairView]:
    """The pairs that have one of the ids on that side."""
    return _where(session, person_id, _BY_ID[side], ids)


def by_keys(session: Session, person_id: int, keys: Iterable[str]) -> list[PairView]:
    """The pairs of those keys."""
    return _where(session, person_id, _BY_KEY, keys)


def by_uids(session: Session, person_id: int, uids: Iterable[str]) -> list[PairView]:
    """The pairs of those UIDs."""
    return _where(session, person_id, _BY_UID, uids)


def doubtful_keys(session: Session, person_id: int) -> set[str]:
    """The keys of the pairs with an open intent."""
    return set(run(session, _DOUBTFUL, person=person_id).scalars())


def chunked(values: Iterable[str]) -> Iterator[list[str]]:
    """The values in portions one statement can take."""
    source = iter(values)
    while some := list(islice(source, CHUNK)):
        yield some


def _where(session: Session, person_id: int, chosen: Select[Any], values: Iterable[str]) -> list[PairView]:
    found: list[PairView] = []
    for some in chunked(values):
        found.extend(view(row) for row in run(session, chosen, person=person_id, some=some))
    return found


def _event(data: dict[str, Any] | None) -> Event | None:
    return None if data is None else from_json(data)


def _json(event: Event | None) -> dict[str, Any] | None:
    return None if event is None else document(event)

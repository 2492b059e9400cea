"""Reading what the engine remembers about one mailbox."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, bindparam, func, select

from vfadmin.calendars.base import Side
from vfadmin.calendars.codec import from_json
from vfadmin.models import Dirty, History, Intent, Pair, PairStatus
from vfadmin.models.prepared import run
from vfadmin.models.store import Store
from vfadmin.sync import dirty, rows
from vfadmin.sync.dirty import DirtyId
from vfadmin.sync.doubles import SHARED_UID
from vfadmin.sync.guard import Deletions
from vfadmin.sync.settle import from_payload
from vfadmin.sync.values import Act, PairPlan, PairView, Reason, Repair, Write

_DAY = timedelta(hours=24)
GIVE_UP = 3
"""Attempts after which one event stops holding up the others."""


def _count(*conditions: ColumnElement[bool], of: type[Pair | History]) -> ScalarSelect[int]:
    return select(func.count()).select_from(of).where(*conditions).scalar_subquery()


_PERSON: BindParameter[int] = bindparam("person")
# What an admin had deleted was not one too many: after his word the count begins anew.
_DELETED = (
    History.operation == Act.DELETE.value,
    History.at > bindparam("since"),
    History.reason != Reason.PROCESSED.value,
)
# What an admin had taken out is his word already.
_FLEET = (*_DELETED, History.reason != Reason.TAKEN_OUT.value)
_DELETIONS = select(
    _count(*_DELETED, History.person_id == _PERSON, of=History).label("recent"),
    _count(Pair.person_id == _PERSON, Pair.status == PairStatus.HELD.value, of=Pair).label("held"),
    _count(Pair.person_id == _PERSON, of=Pair).label("pairs"),
    _count(*_FLEET, of=History).label("fleet_recent"),
    _count(of=Pair).label("fleet_pairs"),
)


@dataclass(frozen=True, slots=True)
class OpenIntent:
    """An intent whose write may or may not have happened."""

    row: int
    stamp: str
    plan: PairPlan
    write: Write
    since: datetime


class Memory:
    """What is remembered of one mailbox, read only."""

    def __init__(self, store: Store, person_id: int, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._person = person_id
        self._clock = clock

    def cursor(self, side: Side) -> str | None:
        """How far that side was read; None before the first time and after a lost cursor."""
        with self._store.read() as session:
            return dirty.cursors(session, self._person).get(side)

    def due(self, side: Side) -> dict[str, DirtyId]:
        """The dirty ids to settle now: not those that wait for their time or for an admin."""
        with self._store.read() as session:
            return dirty.due(session, self._person, side, self._clock())

    def pairs_by_ids(self, side: Side, ids: Collection[str]) -> list[PairView]:
        """The pairs that have one of these ids on that side."""
        with self._store.read() as session:
            return rows.by_ids(session, self._person, side, ids)

    def pairs_by_keys(self, keys: Collection[str]) -> list[PairView]:
        """The pairs of those keys."""
        with self._store.read() as session:
            return rows.by_keys(session, self._person, keys)

    def doubtful_keys(self) -> set[str]:
        """The keys of the pairs that have an open intent."""
        with self._store.read() as session:
            return rows.doubtful_keys(session, self._person)

    def unread_items(self) -> bool:
        """Whether some item could not be read yet and has not been given up on."""
        chosen = select(Dirty.item_id).where(
            Dirty.person_id == self._person,
            Dirty.error_code.is_not(None),
            Dirty.error_code != SHARED_UID,
            Dirty.attempts < GIVE_UP,
            Dirty.not_before > self._clock(),
        )
        with self._store.read() as session:
            return session.scalar(chosen.limit(1)) is not None

    def doubles(self) -> list[str]:
        """The Exchange ids that were set aside because they share a UID."""
        chosen = select(Dirty.item_id).where(
            Dirty.person_id == self._person,
            Dirty.side == Side.EXCHANGE.value,
            Dirty.error_code == SHARED_UID,
        )
        with self._store.read() as session:
            return list(session.scalars(chosen))

    def pairs_by_uids(self, uids: Collection[str]) -> list[PairView]:
        """The pairs of those UIDs."""
        with self._store.read() as session:
            return rows.by_uids(session, self._person, uids)

    def deletions(self, planned: int, inferred: int) -> Deletions:
        """What the guard judges the planned deletions by."""
        since = self._clock() - _DAY
        with self._store.read() as session:
            row = run(session, _DELETIONS, person=self._person, since=since).one()
        recent = row.recent + row.held
        return Deletions(planned, inferred, recent, row.pairs, row.fleet_recent, row.fleet_pairs)

    def repairs(self) -> dict[str, Repair]:
        """The last repair of each pair, by its key."""
        chosen = (
            select(History.pair_key, History.side, History.before, History.after)
            .where(History.person_id == self._person, History.reason == Reason.VERIFIED.value)
            .order_by(History.id)
        )
        with self._store.read() as session:
            found = session.execute(chosen).all()
        return {
            key: Repair(Side(side), from_json(before), from_json(after))
            for key, side, before, after in found
            if key and before and after
        }

    def open_intents(self) -> list[OpenIntent]:
        """What a killed process left behind."""
        with self._store.read() as session:
            if not rows.doubtful_keys(session, self._person):
                return []
            found = session.execute(
                select(Intent, Pair)
                .join(Pair, Pair.id == Intent.pair_id)
                .where(Intent.person_id == self._person)
            ).all()
            return [self._opened(intent, rows.view(pair)) for intent, pair in found]

    def _opened(self, intent: Intent, pair: PairView) -> OpenIntent:
        plan, write = from_payload(pair, intent.operation, intent.side, intent.payload)
        return OpenIntent(intent.id, intent.stamp, plan, write, intent.created_at)

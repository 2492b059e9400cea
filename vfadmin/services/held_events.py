"""What waits in one mailbox, event by event, as readers may see it (R31)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.errors import Params
from vfadmin.models import CalendarEvent, Dirty, History, Integration, Intent, Pair, PairStatus, Person
from vfadmin.services.events import PRIVATE_TITLE
from vfadmin.services.history import private_keys
from vfadmin.services.rows import chunks
from vfadmin.sync.doubles import SHARED_UID
from vfadmin.sync.mailbox import HELD
from vfadmin.sync.values import Decision

MAILBOX_REF = "mailbox"
"""The reference of another mailbox behind the login."""
_TOLD = ("hold", "quarantine")
_REF_LENGTH = 12


class Kind(StrEnum):
    """What it is that waits; the word is part of the command line's contract."""

    DELETION = "delete"
    CREATION = "create"
    FAILING = "quarantine"
    MAILBOX = "mailbox"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """One thing that waits. ``ref`` names it for a decision; it is good until the decision is done.

    ``side`` is where it would be deleted or created, or could not be read or written. ``start`` is ISO 8601,
    ``since`` in UTC. ``decision`` is a word that was given and is not carried out yet, ``ways`` those that
    fit. ``pair`` and ``item`` say which row of the engine's it is. Of a conflict, ``side`` is where the loser
    was written over in ``fields``, by that ``operation`` of that ``run``.
    """

    ref: str
    person_id: int
    kind: Kind
    title: str = ""
    start: str | None = None
    all_day: bool = False
    private: bool = False
    side: str = ""
    code: str | None = None
    params: Params = field(default_factory=dict)
    since: datetime | None = None
    decision: Decision | None = None
    ways: tuple[Decision, ...] = ()
    pair: int | None = None
    item: str | None = None
    fields: tuple[str, ...] = ()
    run: int | None = None
    operation: int | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What history says of it: on which side, since when, and how the event looked."""

    side: str
    since: datetime
    before: Mapping[str, Any] | None


def events_of(session: Session, person: Person, integration: Integration | None) -> tuple[WaitingEvent, ...]:
    """Everything that waits in that mailbox: the mailbox itself first, then by kind and time."""
    if integration is None:
        return ()
    told = _told(session, person.id)
    found = [*_pairs(session, person.id, told), *_unpaired(session, integration, told)]
    found.sort(key=lambda one: (list(Kind).index(one.kind), one.start or "", one.title, one.ref))
    return (*_moved(integration), *found)


def _moved(integration: Integration) -> list[WaitingEvent]:
    if integration.error_code != HELD:
        return []
    return [
        WaitingEvent(
            MAILBOX_REF,
            integration.person_id,
            Kind.MAILBOX,
            side=Side.EXCHANGE.value,
            code=HELD,
            params=integration.error_params,
            since=integration.error_since,
            ways=(Decision.PROCESS,),
        )
    ]


def _pairs(session: Session, person_id: int, told: Mapping[str, _Told]) -> list[WaitingEvent]:
    waiting = select(Pair).where(
        Pair.person_id == person_id, Pair.status.in_([PairStatus.HELD, PairStatus.QUARANTINED])
    )
    found = session.scalars(waiting).all()
    private = private_keys(session, {pair.key for pair in found})
    # Of what was never written anywhere the intent alone knows how it looks.
    open_ = select(Intent.pair_id, Intent.payload).where(Intent.person_id == person_id)
    meant = {row.pair_id: row.payload.get("agreed") or {} for row in session.execute(open_)}
    return [
        _of_pair(pair, told.get(pair.key), meant.get(pair.id, {}), private=pair.key in private)
        for pair in found
    ]


def _of_pair(pair: Pair, told: _Told | None, meant: Mapping[str, Any], *, private: bool) -> WaitingEvent:
    private = private or bool(meant.get("private"))
    seen = {Side.VALUEFRAME.value: pair.seen_valueframe, Side.EXCHANGE.value: pair.seen_exchange}
    side = "" if told is None else told.side
    shown = seen.get(side) or pair.base or pair.seen_valueframe or pair.seen_exchange or meant
    kind = Kind.FAILING
    if pair.status == PairStatus.HELD:
        kind = Kind.DELETION if pair.error_code is None else Kind.CREATION
    return WaitingEvent(
        str(pair.id),
        pair.person_id,
        kind,
        title=PRIVATE_TITLE if private else str(shown.get("title", "")),
        start=shown.get("start"),
        all_day=bool(shown.get("all_day")),
        private=private,
        side=side,
        code=pair.error_code,
        params=pair.error_params,
        since=None if told is None else told.since,
        decision=None if pair.decision is None else Decision(pair.decision),
        ways=_ways(pair, kind, side),
        pair=pair.id,
    )


def _ways(pair: Pair, kind: Kind, side: str) -> tuple[Decision, ...]:
    if kind is not Kind.DELETION:
        return (Decision.PROCESS, Decision.SKIP)
    if pair.participating and side == Side.EXCHANGE.value:
        # Its owner took it away: it is not this person's to bring back (R15).
        return (Decision.PROCESS, Decision.SKIP)
    return (Decision.PROCESS, Decision.SKIP, Decision.RESTORE)


def _unpaired(session: Session, integration: Integration, told: Mapping[str, _Told]) -> list[WaitingEvent]:
    """What could not be read or was set aside, and no pair stands for it."""
    waiting = select(Dirty).where(Dirty.person_id == integration.person_id, Dirty.error_code.is_not(None))
    rows = session.scalars(waiting).all()
    near = [row.item_id for row in rows if row.side == Side.VALUEFRAME.value and row.item_id.isdigit()]
    known = {(Side.VALUEFRAME.value, id_): facts for id_, facts in _in_valueframe(session, near).items()}
    return [
        _of_item(row, integration, told.get(row.item_id), known.get((row.side, row.item_id))) for row in rows
    ]


def _in_valueframe(session: Session, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What the store says of its own events, those too that the engine cannot read."""
    found: dict[str, dict[str, Any]] = {}
    shown = CalendarEvent.title, CalendarEvent.starts_at, CalendarEvent.all_day, CalendarEvent.private
    for some in chunks(map(int, ids)):
        for id_, title, start, all_day, private in session.execute(
            select(CalendarEvent.id, *shown).where(CalendarEvent.id.in_(some))
        ):
            facts = {"title": title, "start": start.isoformat(), "all_day": all_day, "private": private}
            found[str(id_)] = facts
    return found


def _of_item(
    row: Dirty, integration: Integration, told: _Told | None, event: Mapping[str, Any] | None
) -> WaitingEvent:
    shown = event or (None if told is None else told.before) or {}
    private = bool(shown.get("private"))
    # One of many with a UID must stay known, and before the first cycle is through its twin must be met.
    bound = row.error_code == SHARED_UID or not integration.matched
    return WaitingEvent(
        hashlib.sha256(f"{row.side}:{row.item_id}".encode()).hexdigest()[:_REF_LENGTH],
        row.person_id,
        Kind.FAILING,
        title=PRIVATE_TITLE if private else str(shown.get("title", "")),
        start=shown.get("start"),
        all_day=bool(shown.get("all_day")),
        private=private,
        side=row.side,
        code=row.error_code,
        since=None if told is None else told.since,
        ways=(Decision.PROCESS,) if bound else (Decision.PROCESS, Decision.SKIP),
        item=row.item_id,
    )


def _told(session: Session, person_id: int) -> dict[str, _Told]:
    """The last word of history about each, by the pair's key or the item's id."""
    entries = (
        select(History.pair_key, History.detail, History.side, History.at, History.before)
        .where(History.person_id == person_id, History.operation.in_(_TOLD))
        .order_by(History.id)
    )
    found: dict[str, _Told] = {}
    for key, detail, side, at, before in session.execute(entries):
        name = key or (detail or {}).get("item")
        if name:
            found[name] = _Told(side, at, before)
    return found

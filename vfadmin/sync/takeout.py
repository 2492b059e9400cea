"""The wish that an ending integration takes out of the mailbox what it brought there (R30).

The wish is an intent for each pair that may have to be looked at, committed together with the end of the
synchronisation; so whoever runs next finds what a killed process left. The doing is in `removal`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.models import Integration, Intent, Pair, State
from vfadmin.sync.lease import lease_is_free
from vfadmin.sync.rows import chunked

TAKE_OUT = "take-out"
"""The operation of such an intent. One that was open already keeps stamp and payload: its write may stand."""


def brought(session: Session, person_ids: Iterable[int]) -> dict[int, int]:
    """How many events the mailboxes of these persons hold that came there from ValueFrame."""
    counted: dict[int, int] = {}
    for some in chunked(str(one) for one in person_ids):
        chosen = (
            select(Pair.person_id, func.count())
            .where(
                Pair.person_id.in_([int(one) for one in some]),
                Pair.exchange_id.is_not(None),
                Pair.brought.is_(True),
            )
            .group_by(Pair.person_id)
        )
        counted.update((person, count) for person, count in session.execute(chosen))
    return counted


def born_in_outlook(session: Session, person_id: int) -> int:
    """How many paired events of that mailbox were not brought there from ValueFrame."""
    chosen = select(func.count()).where(
        Pair.person_id == person_id, Pair.exchange_id.is_not(None), Pair.brought.is_(False)
    )
    return session.scalar(chosen) or 0


def may_be_ours(pair: Pair) -> bool:
    """Whether it takes a look at the item in Exchange to know: a create that was cut off left no UID."""
    return pair.brought or pair.uid is None


def ask(session: Session, person_id: int, now: datetime) -> bool:
    """Note the wish; False when nothing of ours can be in the mailbox."""
    known = session.scalars(select(Pair).where(Pair.person_id == person_id)).all()
    pairs = [pair for pair in known if may_be_ours(pair)]
    intents = session.scalars(select(Intent).where(Intent.person_id == person_id))
    opened = {intent.pair_id: intent for intent in intents}
    for pair in pairs:
        intent = opened.get(pair.id)
        if intent is None:
            session.add(
                Intent(
                    pair_id=pair.id,
                    person_id=person_id,
                    side=Side.EXCHANGE.value,
                    operation=TAKE_OUT,
                    stamp="",
                    payload={},
                    created_at=now,
                )
            )
        elif intent.operation != TAKE_OUT:
            intent.payload = {**intent.payload, "on": intent.side}
            intent.operation = TAKE_OUT
    return bool(pairs)


def is_asked(session: Session, person_id: int) -> bool:
    """Whether there is such a wish."""
    return session.scalar(select(_wished(person_id))) is True


def asked(session: Session, now: datetime) -> list[int]:
    """The persons whose mailbox waits for it and may be tried now."""
    chosen = select(Integration.person_id).where(
        Integration.state == State.PASSIVE,
        or_(Integration.next_run_at.is_(None), Integration.next_run_at <= now),
        lease_is_free(now),
        _wished(Integration.person_id),
    )
    return list(session.scalars(chosen.order_by(Integration.person_id)))


def _wished(person_id: object) -> ColumnElement[bool]:
    return exists().where(and_(Intent.person_id == person_id, Intent.operation == TAKE_OUT))

"""An admin's word about what waits for him, written down for the next cycle. The callers commit.

They hold the mailbox's lease: a cycle under way would write over what it has not read. Nothing is written to
either calendar from here. What is to be deleted or restored is planned by the next cycle from what stands
there then, so an edit made meanwhile still outweighs a deletion.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.models import Dirty, Intent, Pair, PairStatus
from vfadmin.sync import dirty, rows
from vfadmin.sync.settle import from_payload, intended
from vfadmin.sync.values import BOTH, Decision


def say(session: Session, pairs: Iterable[Pair], decision: Decision) -> None:
    """Have the deletions of these pairs done or undone by the next cycle.

    The word is about these pairs alone: what is held later waits for another one.
    """
    for pair in pairs:
        pair.decision, pair.next_try_at = decision.value, None
        _look_again(session, pair)


def leave_alone(session: Session, pair: Pair) -> None:
    """Let what stands alone stay as it is, for as long as it stands alone: not deleted, not made anew.

    The pair stays, so that what is edited there later is known and not taken for a new event.
    """
    session.execute(delete(Intent).where(Intent.pair_id == pair.id))
    pair.status, pair.decision = PairStatus.CLOSED, Decision.SKIP.value
    _quiet(session, pair)


def try_again(session: Session, pair: Pair) -> None:
    """End the wait of a pair that failed."""
    pair.next_try_at = None
    _look_again(session, pair)


def let_rest(session: Session, pair: Pair) -> None:
    """Try what failed no more until somebody edits it, or both calendars are compared completely."""
    pair.status = PairStatus.FROZEN
    _quiet(session, pair)


def create_again(session: Session, pair: Pair) -> None:
    """Create anew what nobody knew the outcome of: an admin has looked, and it is not there.

    Where no intent is left, the far side has done such a create before: the word stays with the pair and
    makes the next one another.
    """
    intent = session.scalars(select(Intent).where(Intent.pair_id == pair.id)).one_or_none()
    if intent is not None:
        plan, write = from_payload(rows.view(pair), intent.operation, intent.side, intent.payload)
        for name, value in rows.columns(intended(plan, write)).items():
            setattr(pair, name, value)
        session.delete(intent)
    else:
        pair.decision, pair.attempts = Decision.PROCESS.value, 0
    pair.status, pair.error_code, pair.error_params = PairStatus.OK, None, {}
    _look_again(session, pair)


def read_again(item: Dirty) -> None:
    """End the wait of an item that could not be read, or was set aside."""
    item.not_before = None


def _look_again(session: Session, pair: Pair) -> None:
    for side, item_id in _ids(pair):
        dirty.mark(session, pair.person_id, side, {item_id: None})


def _quiet(session: Session, pair: Pair) -> None:
    pair.next_try_at, pair.attempts = None, 0
    pair.error_code, pair.error_params = None, {}
    dirty.clear(session, pair.person_id, _ids(pair))


def _ids(pair: Pair) -> list[tuple[Side, str]]:
    held = {Side.VALUEFRAME: pair.valueframe_id, Side.EXCHANGE: pair.exchange_id}
    return [(side, item_id) for side in BOTH if (item_id := held[side]) is not None]

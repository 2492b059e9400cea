"""Some mailboxes together: their leases in one commit, and the news that there is none in another.

Nearly every look at a mailbox finds nothing. By itself such a look costs a request, and what it takes to
write down who looks and that nothing was there; the request stays, the rest is shared. Nothing else is
different: a mailbox is looked at under a lease of its own, what is written names its fence, and where
anything speaks for a cycle there is one, under the same lease and with the page that was read.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from sqlalchemy import BindParameter, bindparam, or_, select, union, update

from vfadmin.calendars.base import Side
from vfadmin.errors import VfadminError
from vfadmin.models import Cursor, Dirty, Intent
from vfadmin.models.prepared import run, run_each
from vfadmin.sync import mailbox as mailboxes
from vfadmin.sync import schedule
from vfadmin.sync.cycle import Bench, Taken
from vfadmin.sync.failpoint import failpoint
from vfadmin.sync.lease import LENGTH, acquire_many, release_many
from vfadmin.sync.outcome import close_breaker, record_quiet
from vfadmin.sync.reader import Begun
from vfadmin.sync.run import finish_idle
from vfadmin.sync.values import BOTH, MailboxResult

_LOG = logging.getLogger(__name__)
_WAITING = LENGTH / 10
"""So long a lease may wait for its turn (a short one a third of it); then the mailbox is taken anew."""

_SOME: BindParameter[int] = bindparam("some", expanding=True)
_TOKENS = select(Cursor.person_id, Cursor.side, Cursor.token).where(Cursor.person_id.in_(_SOME))
_LOUD = union(
    select(Intent.person_id).where(Intent.person_id.in_(_SOME)),
    select(Dirty.person_id).where(
        Dirty.person_id.in_(_SOME), or_(Dirty.not_before.is_(None), Dirty.not_before <= bindparam("now"))
    ),
)
_MOVE = (
    update(Cursor)
    .where(Cursor.person_id == bindparam("person"), Cursor.side == Side.EXCHANGE.value)
    .values(token=bindparam("to"))
)


@dataclass(frozen=True, slots=True)
class Portion:
    """Mailboxes whose leases were taken together, by person, and those that need not be looked at any more.

    Of the others who were asked for nothing is known: each is to be taken for himself.
    """

    taken: Mapping[int, Taken]
    needless: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Quiet:
    """A mailbox in which nothing has happened, not yet written down; its lease is still held.

    ``cursor`` is the new one, where Exchange gave one all the same.
    """

    taken: Taken
    result: MailboxResult
    cursor: str | None = None


def take(bench: Bench, person_ids: Collection[int], if_due: Collection[int] = ()) -> Portion:
    """Take the leases of those mailboxes that were found and matched already, as far as they are free.

    Who is among ``if_due`` is looked at only if he is due still: another process may have been quicker.
    Raises StoreError.
    """
    now = bench.clock()
    with bench.store.write() as session:
        at_once = [one for one in person_ids if one not in if_due]
        wanted = schedule.still_due(session, now, person_ids, at_once)
        settled = mailboxes.load_settled(session, wanted)
        leases = acquire_many(session, list(settled), bench.owner, now, bench.lease) if settled else {}
    failpoint("portion-taken")
    try:
        cursors = _at_rest(bench, list(leases), now)
    except Exception:  # noqa: BLE001 - they are held by now, and each has its cycle all the same
        _LOG.exception("it is not known which of %s mailboxes are at rest", len(leases))
        cursors = {}
    taken = {
        person_id: Taken(leases[person_id], settled[person_id], now, cursors.get(person_id))
        for person_id in person_ids
        if person_id in leases
    }
    return Portion(taken, frozenset(if_due).intersection(person_ids).difference(wanted))


def look(bench: Bench, taken: Taken) -> Quiet | Begun | None:
    """Ask Exchange whether anything has changed, where nothing in the store speaks for a cycle already.

    Answers what the cycle is to go on with where there has to be one. Never raises for what happens outside.
    """
    if taken.cursor is None:
        return None
    began = monotonic()
    try:
        calendar = bench.doors.exchange(taken.mailbox)
    except VfadminError:
        return None  # the cycle meets it again, and makes of it what has to be made
    begun = Begun(calendar, taken.cursor)
    page = begun.still
    if page is None:
        return begun
    result = MailboxResult(
        taken.lease.person_id,
        ok=True,
        requests=calendar.requests,
        duration_ms=int((monotonic() - began) * 1000),
    )
    calendar.close()
    return Quiet(taken, result, page.cursor if page.cursor != taken.cursor else None)


def record(bench: Bench, quiet: Collection[Quiet]) -> None:
    """Write down that nothing had happened in these mailboxes, and give them back. Raises StoreError.

    What another process has by now is left as it is; what that records counts.
    """
    now = bench.clock()
    poll = bench.poll()
    with bench.store.write() as session:
        held = record_quiet(session, [one.taken.lease for one in quiet], now, poll)
        ours = [one for one in quiet if one.taken.lease.person_id in held]
        moved = [
            {"person": one.taken.lease.person_id, "to": one.cursor} for one in ours if one.cursor is not None
        ]
        run_each(session, _MOVE, moved)
        if ours:
            finish_idle(session, [(one.result, one.taken.at) for one in ours], now)
        for name, since in _worked(ours).items():
            close_breaker(session, name, since)
        release_many(session, [one.taken.lease for one in ours])  # at the end: all was written under them
    failpoint("portion-recorded")


def give_back(bench: Bench, taken: Iterable[Taken]) -> None:
    """Give back mailboxes whose turn did not come. Raises StoreError."""
    leases = [one.lease for one in taken]
    if leases:
        with bench.store.write() as session:
            release_many(session, leases)


def is_stale(bench: Bench, taken: Taken) -> bool:
    """Whether it has waited so long that what was read of it may not hold any more."""
    return abs(bench.clock() - taken.at) > min(_WAITING, taken.lease.length / 3)


def _worked(quiet: Iterable[Quiet]) -> dict[str, datetime]:
    """The connections that answered, with when the last of those who asked began."""
    found: dict[str, datetime] = {}
    for one in quiet:
        name, began = one.taken.mailbox.connection, one.taken.at
        found[name] = max(began, found.get(name, began))
    return found


def _at_rest(bench: Bench, person_ids: list[int], now: datetime) -> dict[int, str]:
    """The cursors into Exchange of those mailboxes for which the store knows of nothing to be done."""
    if bench.unmoved is None or not person_ids:
        return {}
    tokens: dict[Side, dict[int, str]] = {side: {} for side in BOTH}
    with bench.store.read() as session:
        loud = set(run(session, _LOUD, some=person_ids, now=now).scalars())
        for person_id, side, token in run(session, _TOKENS, some=person_ids):
            if person_id not in loud:
                tokens[Side(side)][person_id] = token
    far = tokens[Side.EXCHANGE]
    return {one: far[one] for one in bench.unmoved(tokens[Side.VALUEFRAME]) if one in far}

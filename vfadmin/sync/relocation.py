"""Taking along what ValueFrame brought when a person's calendar changes within the mailbox (R2).

Runs before the new calendar's folder is remembered, so a run that was cut off is simply done again: what
had been moved by then is met by the key inside it. What was born in Outlook stays where its owner put it;
its pair is *closed*: kept, so that its event in ValueFrame is not brought anew, and not synchronised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Calendar, Item, Side
from vfadmin.models import Pair, PairStatus
from vfadmin.models.store import Store
from vfadmin.sync import dirty, rows
from vfadmin.sync import lease as leases
from vfadmin.sync.chronicle import Entry, add
from vfadmin.sync.failpoint import failpoint
from vfadmin.sync.lease import Lease
from vfadmin.sync.run import RunRecord
from vfadmin.sync.values import PairView, Reason

_PORTION = 50


class Relocation:
    """One change of calendar. ``checkpoint`` may stop it between two moves."""

    def __init__(
        self,
        store: Store,
        lease: Lease,
        run: RunRecord,
        clock: Callable[[], datetime],
        checkpoint: Callable[[], None],
    ) -> None:
        self._store, self._lease, self._run = store, lease, run
        self._clock, self._checkpoint = clock, checkpoint

    def bring(self, calendar: Calendar) -> None:
        """Bring what is ours into that calendar, which is the one chosen now. Raises CalendarError."""
        with self._store.read() as session:
            pairs = _bound(session, self._lease.person_id)
        if not pairs:
            return
        for start in range(0, len(pairs), _PORTION):
            portion = pairs[start : start + _PORTION]
            ids = [id_ for pair in portion if (id_ := pair.exchange.id)]
            fetched, there = calendar.anywhere(ids), calendar.holds(ids)
            for pair in portion:
                id_ = pair.exchange.id or ""
                self._checkpoint()
                if id_ in there:
                    self._reopen(pair, id_)
                elif id_ in fetched.failures:
                    self._close(pair)
                else:
                    self._one(calendar, pair, fetched.items.get(id_))

    def _one(self, calendar: Calendar, pair: PairView, item: Item | None) -> None:
        if item is None:
            self._gone(pair)
        elif not item.brought:
            self._close(pair)
        else:
            moved = calendar.bring(item.id)
            failpoint("moved")
            if moved is None:
                self._gone(pair)
            else:
                self._moved(pair, moved, item)

    def _moved(self, pair: PairView, moved: str, item: Item) -> None:
        with self._write() as session:
            session.execute(_row(pair).values(exchange_id=moved, exchange_version=None))
            entry = Entry(pair.key, Side.EXCHANGE, "move", Reason.CALENDAR_CHANGED, item.event, item.event)
            add(session, self._lease.person_id, self._run.row(session), [entry], self._clock())

    def _close(self, pair: PairView) -> None:
        if pair.status == PairStatus.CLOSED:
            return
        with self._write() as session:
            session.execute(_row(pair).values(status=PairStatus.CLOSED, next_try_at=None))
            entry = Entry(pair.key, Side.EXCHANGE, "close", Reason.CALENDAR_CHANGED, pair.exchange.seen)
            add(session, self._lease.person_id, self._run.row(session), [entry], self._clock())

    def _reopen(self, pair: PairView, id_: str) -> None:
        """It lies in the chosen calendar already: it was moved by hand, or the calendar is the former one."""
        if pair.status != PairStatus.CLOSED:
            return
        with self._write() as session:
            session.execute(_row(pair).values(status=PairStatus.OK))
            dirty.mark(session, self._lease.person_id, Side.EXCHANGE, {id_: None})
            if pair.valueframe.id is not None:
                dirty.mark(session, self._lease.person_id, Side.VALUEFRAME, {pair.valueframe.id: None})

    def _gone(self, pair: PairView) -> None:
        """Deleted meanwhile, or moved by a run that was cut off: the cycle finds out."""
        with self._write() as session:
            dirty.mark(
                session, self._lease.person_id, Side.EXCHANGE, {pair.exchange.id or "": None}, inferred=True
            )

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with self._store.write() as session:
            leases.renew(session, self._lease, self._clock())
            yield session
        self._run.stored()


def _bound(session: Session, person_id: int) -> list[PairView]:
    chosen = select(Pair).where(Pair.person_id == person_id, Pair.exchange_id.is_not(None)).order_by(Pair.id)
    return [rows.view(pair) for pair in session.scalars(chosen)]


def _row(pair: PairView) -> Update:
    return update(Pair).where(Pair.id == pair.row)

"""Many mailboxes at once: a pool of plain threads, each synchronising one mailbox at a time."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from vfadmin.sync import removal, retention, schedule, takeout
from vfadmin.sync.attention import Attention, ChangeWatch, MailboxWatch, Open, Waker
from vfadmin.sync.cycle import Bench
from vfadmin.sync.dry_run import dry_run
from vfadmin.sync.leavers import passivate_leavers
from vfadmin.sync.round import More, Orders, Round, Staff, nobody
from vfadmin.sync.values import DryRun, MailboxResult
from vfadmin.sync.wakes import Wakes

_BATCH = 500
_FRESH = 1.0
"""Seconds for which the switch of the whole is taken to stand where it stood."""
_RENEW_EVERY = 15.0
_PRUNE_EVERY = 3_600.0


class _Remembered:
    """An answer of the store that many threads want between any two steps: a second old at most."""

    def __init__(self, ask: Callable[[], bool], clock: Callable[[], float]) -> None:
        self._ask, self._clock = ask, clock
        self._known: tuple[float, bool] | None = None

    def __call__(self) -> bool:
        now = self._clock()
        if self._known is None or now - self._known[0] >= _FRESH:
            self._known = now, self._ask()
        return self._known[1]

    def forget(self) -> None:
        """Ask anew the next time."""
        self._known = None


class Engine:
    """Synchronises mailboxes. The methods are called by one thread; `stop` by any."""

    def __init__(
        self,
        bench: Bench,
        *,
        enabled: Callable[[], bool],
        workers: int = 8,
        open_notifier: Open | None = None,
        renew: Callable[[], None] | None = None,
        keep: Callable[[], timedelta] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bench = bench
        self._enabled = enabled
        self._allowed = _Remembered(enabled, monotonic)
        self._workers = workers
        self._monotonic = monotonic
        self._stopping = threading.Event()
        self._ending: frozenset[int] = frozenset()
        self._wakes = Wakes()
        self._hurried: set[int] = set()
        wakers: list[Waker] = [ChangeWatch(self._wakes)]
        if open_notifier is not None:
            wakers.append(MailboxWatch(self._wakes, open_notifier))
        self._renew = renew
        self._next_renewal = float("-inf")
        self._keep = keep
        self._next_pruning = float("-inf")
        self._attention = Attention(bench.store, bench.clock, self._wakes, wakers)

    def due(self) -> list[int]:
        """The persons whose mailbox is due now; none while the module is off (R14)."""
        if not self._enabled():
            return []
        self._look_for_secrets()
        self._throw_away()
        passivate_leavers(self._bench.store, self._bench.owner, self._bench.clock())
        with self._bench.store.read() as session:
            ended = self._ended(session)
            due = schedule.due(session, self._bench.clock(), _BATCH)
        return [*ended, *self._apart(due)]

    def _apart(self, due: list[int]) -> list[int]:
        """Begin elsewhere than another process does, where there is enough for both."""
        start = zlib.crc32(self._bench.owner.encode()) % _BATCH if len(due) == _BATCH else 0
        return due[start:] + due[:start]

    def woken(self) -> list[int]:
        """Whose mailbox changed on either side and may be synchronised before its time.

        The first call begins to listen, and `hear_no_more` ends it; who never asks is never told. None while
        the module is off (R14). Raises StoreError.
        """
        if not self._allowed():
            self._attention.close()
            return []
        ready = self._attention.ready()
        self._hurried.update(ready)
        return ready

    def rest(self, seconds: float) -> None:
        """Wait so long, or until a mailbox was woken, or until `ring`."""
        self._wakes.rest(seconds)

    def ring(self) -> None:
        """End a `rest` now; from any thread."""
        self._wakes.ring()

    def hear_no_more(self) -> None:
        """Stop listening; takes a second at most."""
        self._attention.close()

    def everybody(self) -> list[int]:
        """All persons whose mailbox is synchronised."""
        passivate_leavers(self._bench.store, self._bench.owner, self._bench.clock())
        with self._bench.store.read() as session:
            return [*self._ended(session), *schedule.synchronised(session)]

    def sync(
        self,
        person_ids: Iterable[int],
        on_start: Callable[[int], None] = lambda _: None,
        more: More | None = None,
        *,
        due: More | None = None,
        if_due: Collection[int] = (),
        verify: bool = False,
    ) -> Iterator[MailboxResult]:
        """Synchronise these mailboxes, each once; results come as they are ready.

        With ``verify`` both calendars of each are compared completely. One that gives no sign of life for a
        quarter of an hour is given up as a failure, and another thread takes its place. ``more`` is asked
        now and then for others that cannot wait for the end of these, and ``due``, when few are left, for
        others that come after them. Who is among ``if_due`` is left out where another process was quicker, as
        are those of ``due``. ``on_start`` is called in the tasks' threads. After `stop` no further mailbox
        begins and the running ones end after their current write. None begins while the module is off (R14)
        or all is paused.
        """
        self._allowed.forget()
        orders = Orders(person_ids, on_start, more or nobody, due or nobody, if_due, verify)
        return Round(self._staff(), orders).results()

    def _staff(self) -> Staff:
        return Staff(
            self._bench,
            self._wakes,
            self._workers,
            self._monotonic,
            self._goes_on,
            self._allowed.forget,
            lambda: self._stopping.is_set() or not self._allowed(),
            self._stopping.is_set,
            lambda: self._ending,
            self._hurried,
        )

    def _goes_on(self) -> bool:
        return not self._stopping.is_set() and self._allowed()

    def preview(self, person_ids: Iterable[int], *, idle: bool = False) -> list[DryRun]:
        """What the next sync of these mailboxes would do; with ``idle`` also of those not at work.

        Writes nowhere.
        """
        with ThreadPoolExecutor(self._workers, thread_name_prefix="preview") as pool:
            return list(pool.map(partial(dry_run, self._bench, idle=idle), dict.fromkeys(person_ids)))

    def stop(self) -> None:
        """End after the current writes."""
        self._stopping.set()

    def resume(self) -> None:
        """Take up work again after `stop`."""
        self._stopping.clear()

    def take_out(self, person_ids: Iterable[int]) -> list[removal.TakenOut]:
        """Finish the removal of these integrations now: what ValueFrame brought is taken out."""
        return [removal.take_out(self._bench, one, self._stopping.is_set) for one in person_ids]

    def preview_removal(self, person_ids: Iterable[int]) -> list[removal.TakenOut]:
        """What would be taken out of these mailboxes. Writes nowhere."""
        return [removal.preview(self._bench, one) for one in person_ids]

    def _look_for_secrets(self) -> None:
        """Now and then: whoever replaces a secret's file tells nobody."""
        if self._renew is not None and self._monotonic() >= self._next_renewal:
            self._next_renewal = self._monotonic() + _RENEW_EVERY
            self._renew()

    def _throw_away(self) -> None:
        """Once an hour: what is older than it is to be kept."""
        if self._keep is not None and self._monotonic() >= self._next_pruning:
            self._next_pruning = self._monotonic() + _PRUNE_EVERY
            retention.prune(self._bench.store, self._bench.clock() - self._keep())

    def _ended(self, session: Session) -> list[int]:
        """Integrations that were removed, and whose mailbox is still to be cleared of what was brought."""
        ending = takeout.asked(session, self._bench.clock())
        self._ending = frozenset(ending)
        return ending

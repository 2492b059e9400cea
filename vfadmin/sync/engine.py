"""Many mailboxes at once: a pool of plain threads, each synchronising one mailbox at a time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from vfadmin.errors import VfadminError, failure
from vfadmin.sync import hung, removal, retention, schedule, takeout
from vfadmin.sync.ahead import Turns
from vfadmin.sync.attention import Attention, ChangeWatch, MailboxWatch, Open, Waker
from vfadmin.sync.crew import FAREWELL, PATIENCE, Crew, Ended
from vfadmin.sync.cycle import Bench, sync_mailbox
from vfadmin.sync.dry_run import dry_run
from vfadmin.sync.lease import TAKEN
from vfadmin.sync.leavers import passivate_leavers
from vfadmin.sync.values import DryRun, MailboxResult
from vfadmin.sync.verify import verify_mailbox
from vfadmin.sync.wakes import Wakes

_LOG = logging.getLogger(__name__)
_BATCH = 200
_GLANCE = 0.25
"""Seconds between two looks for who was woken while others are at work."""
_FRESH = 1.0
"""Seconds for which the switch of the whole is taken to stand where it stood."""
_RENEW_EVERY = 15.0
_PRUNE_EVERY = 3_600.0
_Crew = Crew[tuple[int, ...], MailboxResult | None]
_Work = Callable[[Bench, int, Callable[[], bool]], MailboxResult]


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
        noted: Callable[[MailboxResult], None] = lambda _: None,
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
        self._noted = noted
        self._next_pruning = float("-inf")
        self._attention = Attention(bench.store, bench.clock, self._wakes, wakers)

    def due(self, among: schedule.Stretch | None = None) -> list[int]:
        """The persons whose mailbox is due now; none while the module is off (R14).

        Of all of them a batch; ``among`` them everybody, where somebody else does what `tend` does.
        """
        if not self._enabled():
            return []
        if among is None:
            self.tend()
        with self._bench.store.read() as session:
            ending = [one for one in self._ended(session) if among is None or one in among]
            limit = _BATCH if among is None else None
            return [*ending, *schedule.due(session, self._bench.clock(), limit, among)]

    def tend(self) -> None:
        """What is to be done now and then beside synchronising, each at its time. Raises StoreError."""
        self._look_for_secrets()
        self._throw_away()
        passivate_leavers(self._bench.store, self._bench.owner, self._bench.clock())

    def woken(self) -> list[int]:
        """Whose mailbox changed on either side and may be synchronised before its time.

        The first call begins to listen, and `hear_no_more` ends it; who never asks is never told. None while
        the module is off (R14). Raises StoreError.
        """
        if not self._enabled():
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
        more: Callable[[], Iterable[int]] | None = None,
        *,
        verify: bool = False,
    ) -> Iterator[MailboxResult]:
        """Synchronise these mailboxes, each once; results come as they are ready.

        With ``verify`` both calendars of each are compared completely. One that gives no sign of life for a
        quarter of an hour is given up as a failure, and another thread takes its place. ``more`` is asked
        now and then for others that cannot wait for the end of these. ``on_start`` is called in the tasks'
        threads. After `stop` no further mailbox begins and the running ones end after their current write.
        None begins while the module is off (R14) or all is paused.
        """
        work = verify_mailbox if verify else sync_mailbox
        crew = _Crew(self._workers, "mailbox", self._monotonic)
        turns = Turns(person_ids, together=self._bench.look_ahead is not None and not verify)
        try:
            while True:
                while turns and crew.free and self._goes_on():
                    some = turns.next()
                    if isinstance(some, tuple):
                        crew.begin(some, partial(self._look, some))
                    else:
                        crew.begin((some,), partial(self._one, some, on_start, work))
                if not crew.at_work:
                    return
                for ended in self._wait(crew):
                    result = self._outcome(ended)
                    if result is None:
                        turns.asked(ended.key)
                    elif not self._taken_elsewhere(result):
                        self._noted(result)
                        yield result
                if more is not None and self._goes_on():
                    self._admit(more(), turns, {one for some in crew.at_work for one in some})
        finally:
            while crew.at_work:
                self._wait(crew)

    def _wait(self, crew: _Crew) -> list[Ended[tuple[int, ...], MailboxResult | None]]:
        return crew.wait(_GLANCE, FAREWELL if self._stopping.is_set() else PATIENCE)

    def _outcome(self, ended: Ended[tuple[int, ...], MailboxResult | None]) -> MailboxResult | None:
        """What a task came to; None where some were only asked together, whatever came of it."""
        if ended.error is not None:
            raise ended.error
        if not ended.hung:
            return ended.value
        _LOG.warning("given up after no sign of life: mailboxes of %s, in %s", ended.key, ended.hung)
        if len(ended.key) > 1:
            return None
        return hung.give_up(self._bench, ended.key[0])

    def _admit(self, woken: Iterable[int], turns: Turns, running: Collection[int]) -> None:
        """Those who were woken go first; who is at work is woken again afterwards."""
        for person_id in woken:
            if person_id in running:
                self._wakes.wake([person_id])
            else:
                turns.hurry(person_id)

    def _look(self, person_ids: Collection[int], sign: Callable[[], bool]) -> None:
        """Ask for them together; what goes wrong shows when each asks for himself."""
        sign()
        look = self._bench.look_ahead
        try:
            if look is not None:
                look(person_ids)
        except VfadminError as error:
            _LOG.debug("nothing was asked for %s mailboxes together: %s", len(person_ids), error.failure.code)
        except Exception:  # noqa: BLE001 - each asks for himself all the same
            _LOG.exception("unforeseen fault while asking for %s mailboxes together", len(person_ids))

    def _taken_elsewhere(self, result: MailboxResult) -> bool:
        """Whether another process that heard the same was quicker: no news for anybody, but look again."""
        hurried = result.person_id in self._hurried
        self._hurried.discard(result.person_id)
        taken = result.failure is not None and result.failure.code == TAKEN
        if taken:
            self._wakes.wake([result.person_id])
        return taken and hurried

    def _goes_on(self) -> bool:
        return not self._stopping.is_set() and self._enabled()

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

    def _one(
        self, person_id: int, on_start: Callable[[int], None], work: _Work, sign: Callable[[], bool]
    ) -> MailboxResult:
        def stopping() -> bool:
            return sign() or self._stopping.is_set() or not self._allowed()

        on_start(person_id)
        self._wakes.forget(person_id)
        try:
            if person_id in self._ending:
                return removal.as_result(removal.take_out(self._bench, person_id, stopping))
            return work(self._bench, person_id, stopping)
        except VfadminError as error:
            return MailboxResult(person_id, ok=False, failure=error.failure)
        except Exception as error:  # noqa: BLE001 - the others of the batch go on
            _LOG.exception("unforeseen fault around the mailbox of person %s", person_id)
            found = failure("VF-INTERNAL-01", detail=type(error).__name__)
            return MailboxResult(person_id, ok=False, failure=found)

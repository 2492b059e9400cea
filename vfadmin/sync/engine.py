"""Many mailboxes at once: a pool of plain threads, each synchronising one mailbox at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from vfadmin.errors import VfadminError, failure
from vfadmin.sync import schedule
from vfadmin.sync.cycle import Bench, sync_mailbox
from vfadmin.sync.dry_run import dry_run
from vfadmin.sync.values import DryRun, MailboxResult
from vfadmin.sync.verify import verify_mailbox

_LOG = logging.getLogger(__name__)
_BATCH = 200
_Work = Callable[[Bench, int, Callable[[], bool]], MailboxResult]


class Engine:
    """Synchronises mailboxes. The methods are called by one thread; `stop` by any."""

    def __init__(self, bench: Bench, *, enabled: Callable[[], bool], workers: int = 8) -> None:
        self._bench = bench
        self._enabled = enabled
        self._workers = workers
        self._stopping = threading.Event()

    def due(self) -> list[int]:
        """The persons whose mailbox is due now; none while the module is off (R14)."""
        if not self._enabled():
            return []
        with self._bench.store.read() as session:
            return schedule.due(session, self._bench.clock(), _BATCH)

    def everybody(self) -> list[int]:
        """All persons whose mailbox is synchronised."""
        with self._bench.store.read() as session:
            return schedule.synchronised(session)

    def sync(
        self,
        person_ids: Iterable[int],
        on_start: Callable[[int], None] = lambda _: None,
        *,
        verify: bool = False,
    ) -> Iterator[MailboxResult]:
        """Synchronise these mailboxes, each once; results come as they are ready.

        With ``verify`` both calendars of each are compared completely. ``on_start`` is called in the pool's
        threads. After `stop` no further mailbox begins and the running ones end after their current write.
        None begins while the module is off (R14).
        """
        work = verify_mailbox if verify else sync_mailbox
        with ThreadPoolExecutor(self._workers, thread_name_prefix="mailbox") as pool:
            waiting = iter(dict.fromkeys(person_ids))
            running: set[Future[MailboxResult]] = set()
            while True:
                while len(running) < self._workers and not self._stopping.is_set() and self._enabled():
                    person_id = next(waiting, None)
                    if person_id is None:
                        break
                    running.add(pool.submit(self._one, person_id, on_start, work))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()

    def preview(self, person_ids: Iterable[int]) -> list[DryRun]:
        """What the next sync of these mailboxes would do. Writes nowhere."""
        return [dry_run(self._bench, person_id) for person_id in person_ids]

    def stop(self) -> None:
        """End after the current writes."""
        self._stopping.set()

    def resume(self) -> None:
        """Take up work again after `stop`."""
        self._stopping.clear()

    def _one(self, person_id: int, on_start: Callable[[int], None], work: _Work) -> MailboxResult:
        on_start(person_id)
        try:
            return work(self._bench, person_id, self._stopping.is_set)
        except VfadminError as error:
            return MailboxResult(person_id, ok=False, failure=error.failure)
        except Exception as error:  # noqa: BLE001 - the others of the batch go on
            _LOG.exception("unforeseen fault around the mailbox of person %s", person_id)
            found = failure("VF-INTERNAL-01", detail=type(error).__name__)
            return MailboxResult(person_id, ok=False, failure=found)

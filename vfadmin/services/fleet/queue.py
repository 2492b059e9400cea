"""The thread in which a worker takes jobs from the queue, whatever happens to the database meanwhile."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from procrastinate import PsycopgConnector
from sqlalchemy import text

from vfadmin.errors import VfadminError
from vfadmin.models.store import Store
from vfadmin.services.fleet.pace import Pace
from vfadmin.services.fleet.tasks import HOUSE, MAILBOXES, Hands, Tasks

_LOG = logging.getLogger(__name__)
_AGAIN = 1.0
"""Seconds between two attempts to reach a database that is away."""
_THREADS = 2
_HOUSEKEEPING = 2
"""Quick jobs at a time."""


class Queue:
    """Runs the jobs of `Tasks` between `begin` and `end`, in a thread with an event loop of its own.

    ``lost`` is called when the database went away: the jobs that were at work are somebody else's by then.
    """

    def __init__(self, store: Store, schema: str, hands: Hands, pace: Pace, lost: Callable[[], None]) -> None:
        self._store, self._schema, self._hands, self._pace, self._lost = store, schema, hands, pace, lost
        self._ending = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: Tasks | None = None
        self._serving: asyncio.Task[None] | None = None
        self._away = False
        self._thread = threading.Thread(target=self._run, name="queue", daemon=True)

    def begin(self) -> None:
        """Take jobs from now on."""
        # Each of their parts tells of an outage, in the driver's words, which quote addresses; we tell once.
        for name in ("procrastinate", "psycopg", "psycopg.pool"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._thread.start()

    def end(self) -> None:
        """Take no more, and wait until those that are at work have ended."""
        self._ending.set()
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._cancel)
        self._thread.join()

    def hurry(self) -> None:
        """Let some worker take those who are in a hurry; from any thread, and does not wait."""
        self._ask(lambda tasks: tasks.queue_hurried())

    def look(self) -> None:
        """Have it looked for what is due now; from any thread, and does not wait."""
        self._ask(lambda tasks: tasks.queue_dispatch())

    def _ask(self, ask: Callable[[Tasks], Coroutine[Any, Any, None]]) -> None:
        """What cannot be asked now is found within a second of the queue's return."""
        loop, tasks = self._loop, self._tasks
        if loop is None or tasks is None or self._ending.is_set():
            return
        asked = asyncio.run_coroutine_threadsafe(ask(tasks), loop)
        asked.add_done_callback(_note_failure)

    def _run(self) -> None:
        # psycopg cannot use the event loop that is usual on Windows.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._keep_on())

    async def _keep_on(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_unretrieved)
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="queue") as threads:
            while not self._ending.is_set():
                self._serving = asyncio.create_task(self._serve(threads))
                try:
                    await self._serving
                except asyncio.CancelledError:
                    break
                except Exception as error:  # noqa: BLE001 - whatever it was, the next attempt may succeed
                    if not self._away:  # one line for an outage, not one for every attempt
                        _LOG.warning("the queue is out of reach and is tried again: %s", _words(error))
                    self._away = True
                self._lost()
                if not self._ending.is_set():
                    await asyncio.sleep(_AGAIN)
        self._loop = None

    def _cancel(self) -> None:
        if self._serving is not None:
            self._serving.cancel()

    async def _serve(self, threads: ThreadPoolExecutor) -> None:
        """Until it is cancelled, or one of the parts has ended for want of the database."""
        await asyncio.get_running_loop().run_in_executor(threads, self._greet)
        tasks = Tasks(connector_to(self._store, self._schema), self._hands, threads, self._pace)
        async with tasks.app.open_async():
            self._tasks, self._away = tasks, False
            parts = [
                asyncio.create_task(self._part(tasks, HOUSE, _HOUSEKEEPING)),
                asyncio.create_task(self._part(tasks, MAILBOXES, self._pace.shards)),
            ]
            try:
                await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._tasks = None
                self._lost()
                for one in parts:
                    one.cancel()  # it waits for the jobs that are at work
                ended = await asyncio.gather(*parts, return_exceptions=True)
        for failed in ended:
            if isinstance(failed, Exception):
                raise failed

    def _greet(self) -> None:
        """Raises StoreError at once where the database is away; a pool would try for half a minute."""
        with self._store.read() as session:
            session.execute(text("SELECT 1"))

    async def _part(self, tasks: Tasks, queue: str, at_once: int) -> None:
        pace = self._pace
        await tasks.app.run_worker_async(
            queues=[queue],
            name=queue,
            concurrency=at_once,
            fetch_job_polling_interval=pace.poll,
            abort_job_polling_interval=pace.stalled,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=pace.stalled / 4,
            stalled_worker_timeout=pace.stalled,
        )


def connector_to(store: Store, schema: str) -> PsycopgConnector:
    """Connections to the store's own database that see the queue's tables; not opened yet."""
    _, reached = store.engine.dialect.create_connect_args(store.engine.url)

    async def prepare(connection: psycopg.AsyncConnection[Any]) -> None:
        # A worker that freezes between a statement and its commit would keep rows that all others wait for.
        await connection.set_autocommit(True)
        await connection.execute(f"SET search_path TO {schema}".encode())

    kept = {"application_name": "vfadmin queue", **reached}
    return PsycopgConnector(kwargs=kept, configure=prepare, min_size=1, max_size=6)


def _unretrieved(_loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
    """A job's end that was not stored: the database is away, or somebody else has the job by now."""
    _LOG.info("the queue went on after: %s", _words(told.get("exception")))


def _note_failure(asked: Any) -> None:  # noqa: ANN401 - a future of either kind
    if not asked.cancelled() and asked.exception() is not None:
        _LOG.info("the queue was not to be asked: %s", _words(asked.exception()))


def _words(error: object) -> str:
    """What it is called; a driver's own words may quote an address."""
    return error.failure.code if isinstance(error, VfadminError) else type(error).__name__

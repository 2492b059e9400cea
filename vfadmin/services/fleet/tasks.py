"""The jobs of the queue: which there are, how each is kept from being there twice, and how they are mended.

All are coroutines, which keep no thread: mailboxes are synchronised by the engine's own crew, and what asks
the store does so in threads of the queue's. Tasks that block would share the event loop's small executor.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status

from vfadmin.errors import VfadminError
from vfadmin.services.fleet.dispatch import Wanted
from vfadmin.services.fleet.pace import Pace
from vfadmin.sync.schedule import Stretch

_LOG = logging.getLogger(__name__)
HOUSE, MAILBOXES = "house", "mailboxes"
"""Two queues: what is quick never waits behind what is long."""
_EVERY_SECOND, _EVERY_OTHER_SECOND = "* * * * * *", "* * * * * */2"
_FORGOTTEN = 10
"""A worker's row is taken away after so many times the silence in which it counts as stalled."""
T = TypeVar("T")


class Hands(Protocol):
    """What the jobs need of the worker they run in. The first two are called in the queue's threads."""

    def wanted(self) -> Wanted:
        """What is to be queued now. Raises StoreError."""

    def take_hurried(self) -> bool:
        """Have some synchronised who are in a hurry; whether that were all this worker takes now."""

    def synchronise(self, stretch: Stretch, tell: Callable[[], None]) -> None:
        """Have the due ones of a stretch synchronised, and be told when that is done; does not wait."""


class Tasks:
    """The queue's application over one connector, and its jobs. Used in the thread of the event loop."""

    def __init__(self, connector: BaseConnector, hands: Hands, threads: Executor, pace: Pace) -> None:
        # The tasks belong to the application that has the real connector: one that got it later by
        # `with_connector` would leave the periodic ones with the connector they were made with.
        self.app = App(connector=connector)
        self._hands, self._threads, self._pace = hands, threads, pace
        app = self.app
        self._dispatch = app.task(name="dispatch", queueing_lock="dispatch", queue=HOUSE)(self.dispatch)
        self._hurried = app.task(name="hurried", queueing_lock="hurried", queue=HOUSE)(self.hurried)
        self._reap = app.task(name="reap", queueing_lock="reap", queue=HOUSE)(self.reap)
        self._stretch = app.task(name="stretch", queue=MAILBOXES)(self.stretch)
        app.periodic(cron=_EVERY_SECOND, periodic_id="dispatch")(self._dispatch)
        app.periodic(cron=_EVERY_OTHER_SECOND, periodic_id="reap")(self._reap)

    async def dispatch(self, timestamp: int) -> None:  # noqa: ARG002 - of a periodic task
        """Queue the stretches in which somebody is due, and that are not queued or at work already."""
        wanted = await self._asked(self._hands.wanted, Wanted())
        if wanted.hurried:
            await self.queue_hurried()
        if not wanted.stretches:
            return
        there = {job.queueing_lock for job in await self.app.job_manager.list_jobs_async(queue=MAILBOXES)}
        for stretch in wanted.stretches:
            name = f"stretch {stretch.first}"
            if name not in there:
                job = self._stretch.configure(lock=name, queueing_lock=name)
                await _once(job.defer_async(first=stretch.first, end=stretch.end))

    async def hurried(self) -> None:
        """Take some of those who were woken; the rest is for whoever has a hand free."""
        if not await self._asked(self._hands.take_hurried, True):
            await self.queue_hurried()

    async def stretch(self, first: int, end: int | None) -> None:
        """Synchronise a stretch; the job lasts as long as that does, so that everybody sees it is at work."""
        done = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._hands.synchronise(Stretch(first, end), lambda: _tell(loop, done))
        await done.wait()

    async def reap(self, timestamp: int) -> None:  # noqa: ARG002 - of a periodic task
        """Queue the jobs of workers again that were killed, or that gave no sign of life."""
        jobs, silence = self.app.job_manager, self._pace.stalled
        for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=silence):
            _LOG.warning("a job of a worker that is gone is taken up again: %s", job.task_name)
            await self._again(job)
        await jobs.prune_stalled_workers(silence * _FORGOTTEN)

    async def _again(self, job: Job) -> None:
        jobs = self.app.job_manager
        try:
            await jobs.retry_job(job)
        except ConnectorException:
            # The same is queued once more already, or somebody else was quicker.
            try:
                await jobs.finish_job(job, Status.FAILED, delete_job=True)
            except ConnectorException as error:
                _LOG.debug("nothing was left to mend of job %s: %s", job.id, type(error).__name__)

    async def queue_hurried(self) -> None:
        """Let some worker take those who are in a hurry."""
        await _once(self._hurried.defer_async())

    async def queue_dispatch(self) -> None:
        """Have it looked for what is due now, instead of within a second."""
        await _once(self._dispatch.defer_async(timestamp=0))

    async def _asked(self, ask: Callable[[], T], otherwise: T) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except VfadminError as error:
            _LOG.info("the store was not to be asked: %s", error.failure.code)
            return otherwise


def _tell(loop: asyncio.AbstractEventLoop, done: asyncio.Event) -> None:
    """From another thread; a loop that has ended meanwhile needs no word."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(done.set)


async def _once(deferring: Any) -> None:  # noqa: ANN401 - a coroutine
    with suppress(AlreadyEnqueued):
        await deferring

"""The queue on a real server: what Procrastinate does that one has to know, each pitfall by its name."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from procrastinate import PsycopgConnector
from procrastinate.jobs import Status
from sqlalchemy import text

from tests.fleet.world import QUICK
from vfadmin.errors import StoreError, failure
from vfadmin.models.store import Store
from vfadmin.services.fleet.dispatch import Wanted
from vfadmin.services.fleet.pace import LARGEST, SMALLEST, Pace
from vfadmin.services.fleet.queue import connector_to
from vfadmin.services.fleet.schema import prepare_queue
from vfadmin.services.fleet.tasks import HOUSE, MAILBOXES, Tasks
from vfadmin.sync.schedule import Stretch

pytestmark = pytest.mark.postgresql
ONE, TWO = Stretch(1, 101), Stretch(101)
NOTHING = Wanted()


class Hands:
    """A worker that notes what it is asked, and has everything done at once."""

    def __init__(self, wanted: Wanted = NOTHING) -> None:
        self.now_wanted = wanted
        self.done: list[Stretch] = []
        self.threads: set[str] = set()
        self.enough = True
        self.asked = threading.Event()

    def wanted(self) -> Wanted:
        self.threads.add(threading.current_thread().name)
        self.asked.set()
        return self.now_wanted

    def take_hurried(self) -> bool:
        self.enough, before = True, self.enough
        return before

    def synchronise(self, stretch: Stretch, tell: Callable[[], None]) -> None:
        self.done.append(stretch)
        threading.Thread(target=tell).start()


class Bed:
    """The queue's tables in a store, and a way to do something with its tasks."""

    def __init__(self, store: Store) -> None:
        self.store, self.schema = store, prepare_queue(store)

    def run(self, hands: Hands, do: Callable[[Tasks], Awaitable[None]]) -> None:
        async def inside() -> None:
            with ThreadPoolExecutor(2, thread_name_prefix="queue") as threads:
                tasks = Tasks(connector_to(self.store, self.schema), hands, threads, QUICK)
                async with tasks.app.open_async():
                    await do(tasks)

        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(inside())

    def jobs(self) -> list[tuple[Any, ...]]:
        asked = f"SELECT task_name, status, queueing_lock FROM {self.schema}.procrastinate_jobs ORDER BY id"  # noqa: S608
        with self.store.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(asked))]

    def sql(self, statement: str) -> None:
        with self.store.engine.begin() as connection:
            connection.exec_driver_sql(f"SET LOCAL search_path TO {self.schema}")
            connection.exec_driver_sql(statement)


@pytest.fixture
def bed(store: Store) -> Iterator[Bed]:
    return Bed(store)


async def _serve(tasks: Tasks, until: Callable[[], bool], queues: list[str] | None = None) -> None:
    """Run a worker until that is so."""
    working = asyncio.create_task(
        tasks.app.run_worker_async(
            queues=queues,
            concurrency=4,
            install_signal_handlers=False,
            delete_jobs="always",
            fetch_job_polling_interval=Pace().poll,
        )
    )
    async with asyncio.timeout(60):
        while not until():
            await asyncio.wait([working], timeout=0.02)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


def test_the_queue_has_a_schema_of_its_own(bed: Bed) -> None:
    asked = "SELECT DISTINCT table_schema FROM information_schema.tables WHERE table_name LIKE 'procra%'"
    with bed.store.engine.connect() as connection:
        assert connection.execute(text(asked)).scalars().all() == ["vfadmin_queue_3_10"]


def test_a_stretch_is_queued_once_however_often_it_is_looked(bed: Bed) -> None:
    async def look(tasks: Tasks) -> None:
        for _ in range(3):
            await tasks.dispatch(0)

    bed.run(Hands(Wanted((ONE, TWO))), look)
    assert bed.jobs() == [("stretch", "todo", "stretch 1"), ("stretch", "todo", "stretch 101")]


def test_a_queueing_lock_refuses_the_second_of_two_at_once(bed: Bed) -> None:
    async def both(tasks: Tasks) -> None:
        await asyncio.gather(*(tasks.queue_hurried() for _ in range(4)))

    bed.run(Hands(), both)
    assert bed.jobs() == [("hurried", "todo", "hurried")]


def test_who_is_in_a_hurry_is_queued_again_until_all_are_taken(bed: Bed) -> None:
    hands = Hands(Wanted((ONE,), hurried=True))
    hands.enough = False

    async def look(tasks: Tasks) -> None:
        await tasks.dispatch(0)
        await tasks.hurried()
        assert hands.enough
        await tasks.hurried()

    bed.run(hands, look)
    assert [name for name, *_ in bed.jobs()] == ["hurried", "stretch"]


def test_a_store_that_does_not_answer_queues_nothing(bed: Bed) -> None:
    class Deaf(Hands):
        def wanted(self) -> Wanted:
            raise StoreError(failure("VF-STORE-04"))

    async def look(tasks: Tasks) -> None:
        await tasks.dispatch(0)

    bed.run(Deaf(), look)
    assert bed.jobs() == []


def test_pitfall_periodic_jobs_need_the_connector_they_were_made_with(bed: Bed) -> None:
    """`App.with_connector` would leave them with another one: nobody queues anything here but the clock."""
    hands = Hands(Wanted((ONE,)))

    async def serve(tasks: Tasks) -> None:
        await _serve(tasks, lambda: bool(hands.done))

    bed.run(hands, serve)
    assert set(hands.done) == {ONE}


def test_pitfall_finished_jobs_stay_unless_they_are_deleted(bed: Bed) -> None:
    hands = Hands(Wanted((ONE, TWO)))

    async def serve(tasks: Tasks) -> None:
        await tasks.dispatch(0)
        hands.now_wanted = Wanted()
        await _serve(tasks, lambda: len(hands.done) == 2, [MAILBOXES])

    bed.run(hands, serve)
    assert [name for name, *_ in bed.jobs() if name == "stretch"] == []


def test_pitfall_tasks_that_block_share_a_small_executor(bed: Bed) -> None:
    """So none blocks: each is a coroutine, and what asks the store does it in threads of its own."""
    hands = Hands()

    async def look(tasks: Tasks) -> None:
        ours = [one for name, one in tasks.app.tasks.items() if "builtin" not in name]
        assert sorted(one.name for one in ours) == ["dispatch", "hurried", "reap", "stretch"]
        assert all(inspect.iscoroutinefunction(one.func) for one in ours)
        await tasks.dispatch(0)

    bed.run(hands, look)
    assert all(name.startswith("queue") for name in hands.threads)


def test_pitfall_a_lock_that_is_let_go_wakes_nobody(bed: Bed) -> None:
    """Whoever waits for it finds it at the next look, which is a second away at most."""
    assert Pace().poll <= 1
    hands = Hands()

    async def serve(tasks: Tasks) -> None:
        jobs = tasks.app.job_manager
        for queueing in ("a", "b"):
            made = tasks.app.configure_task(
                "stretch", queue=MAILBOXES, lock="stretch 1", queueing_lock=queueing
            )
            await made.defer_async(first=1, end=101)
        mine = await jobs.register_worker()
        first = await jobs.fetch_job([MAILBOXES], mine)
        assert first is not None
        assert await jobs.fetch_job([MAILBOXES], mine) is None  # the lock holds
        serving = asyncio.create_task(_serve(tasks, lambda: bool(hands.done), [MAILBOXES]))
        await asyncio.wait([serving], timeout=0.2)
        assert hands.done == []
        await jobs.finish_job(first, Status.SUCCEEDED, delete_job=True)
        await serving

    bed.run(hands, serve)
    assert hands.done == [ONE]


@pytest.mark.expected_log("a job of a worker that is gone is taken up again: stretch")
@pytest.mark.parametrize("queued_again", [False, True])
def test_pitfall_a_killed_workers_job_needs_a_reaper(bed: Bed, queued_again: bool) -> None:
    """One that was queued once more meanwhile may not come back: it goes, and the other one is done."""

    async def die_and_reap(tasks: Tasks) -> None:
        jobs = tasks.app.job_manager
        await tasks.dispatch(0)
        killed = await jobs.register_worker()
        assert await jobs.fetch_job([MAILBOXES], killed) is not None
        if queued_again:
            made = tasks.app.configure_task("stretch", queue=MAILBOXES, queueing_lock="stretch 1")
            await made.defer_async(first=1, end=101)
        await tasks.reap(0)
        assert bed.jobs()[0][1] == "doing"  # it was seen a moment ago
        bed.sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        await tasks.reap(0)
        await tasks.reap(0)

    bed.run(Hands(Wanted((ONE,))), die_and_reap)
    assert bed.jobs() == [("stretch", "todo", "stretch 1")]


def test_pitfall_never_a_job_for_each_mailbox() -> None:
    for mailboxes in (1, 60, 499, 20_000):
        for workers in (0, 1, 3, 40):
            assert SMALLEST <= Pace().size(mailboxes, workers) <= LARGEST
    assert Pace().size(20_000, 1) == LARGEST
    assert Pace().size(600, 3) == 100
    assert (SMALLEST, LARGEST) == (50, 200)
    assert HOUSE != MAILBOXES
    assert replace(Pace(), smallest=2, largest=2).size(600, 3) == 2


def test_pitfall_a_worker_that_freezes_between_statement_and_commit_holds_everybody_up(bed: Bed) -> None:
    """Each statement is a transaction of its own, so there is no such moment."""

    async def look(tasks: Tasks) -> None:
        connector = tasks.app.connector
        assert isinstance(connector, PsycopgConnector)
        async with connector.pool.connection() as connection:
            await connection.execute("SELECT 1")
            assert connection.info.transaction_status.name == "IDLE"

    bed.run(Hands(), look)

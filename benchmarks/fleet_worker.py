"""One process that synchronises, as `vfadmin sync --watch` does, with an eye on what it costs."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.fleet_exchange import Address
from vfadmin.models.store import Store, open_store
from vfadmin.services.context import Actor
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.settings import Settings
from vfadmin.services.synchronise import Synchronise
from vfadmin.sync.engine import Engine
from vfadmin.sync.values import MailboxResult

ACTOR = Actor("fleet", "benchmark")


@dataclass
class Spent:
    """What a process has used and done until now."""

    cpu: float = 0.0
    resident_kb: float = 0.0
    mailboxes: int = 0
    requests: int = 0
    failed: int = 0
    statements: int = 0
    rows_sent: int = 0
    commits: int = 0
    sessions: int = 0
    failures: dict[str, int] = field(default_factory=dict)

    def since(self, before: Spent) -> Spent:
        """What came to it; memory and failures stand as they are."""
        kept = {"resident_kb", "failures"}
        changed = {
            one.name: getattr(self, one.name) - getattr(before, one.name)
            for one in fields(self)
            if one.name not in kept
        }
        return Spent(**changed, resident_kb=self.resident_kb, failures=self.failures)


def together(some: list[Spent]) -> Spent:
    """The sum over processes."""
    total = Spent()
    for one in some:
        for name, value in asdict(one).items():
            if name != "failures":
                setattr(total, name, getattr(total, name) + value)
        total.failures = dict(Counter(total.failures) + Counter(one.failures))
    return total


class FleetWorker:
    """The process, from outside. Used by one thread."""

    def __init__(self, database: str, address: Address, *, streaming: bool) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, far = context.Pipe()
        self._process = context.Process(target=_work, args=(far, database, address, streaming), daemon=True)
        self._process.start()
        self._pipe.recv()

    def spent(self) -> Spent:
        """What it has used until now."""
        self._pipe.send("spent")
        found: Spent = self._pipe.recv()
        return found

    def close(self) -> None:
        """End it after its current writes."""
        self._pipe.send("stop")
        self._process.join(60)


class _Deaf(Synchronise):
    """Without notifications: what polling costs is measured alone."""

    def engine(self) -> Engine:
        """See `Synchronise.engine`."""
        return Engine(
            self._bench,
            enabled=self._allowed,
            workers=self._settings.number("workers"),
            renew=self._doors.renew,
        )


class _Counting:
    """Counts what the store is asked."""

    def __init__(self, store: Store, spent: Spent) -> None:
        self._spent = spent
        for engine in {store.engine, store._reader}:  # noqa: SLF001 - on SQLite readers have an engine apart
            event.listen(engine, "before_cursor_execute", self._asked)
            event.listen(engine, "commit", self._committed)
            event.listen(engine, "begin", self._begun)

    def _asked(self, *given: Any) -> None:  # noqa: ANN401 - SQLAlchemy's arguments
        _, _, _, parameters, _, many = given
        self._spent.statements += 1
        self._spent.rows_sent += len(parameters) if many else 1

    def _committed(self, *_: object) -> None:
        self._spent.commits += 1

    def _begun(self, *_: object) -> None:
        self._spent.sessions += 1


def _work(pipe: Pipe, database: str, address: Address, streaming: bool) -> None:
    store, secrets, spent = open_store(database), MemorySecrets(), Spent()
    secrets.write("ews", address.password)
    secrets.write("graph", address.client_secret)

    def clock() -> datetime:
        return datetime.now(UTC)

    settings = Settings(store, clock=clock, actor=ACTOR)
    kind = Synchronise if streaming else _Deaf
    synchronise = kind(store, settings, secrets, clock=clock)
    _Counting(store, spent)

    def on_result(result: MailboxResult) -> None:
        spent.mailboxes += 1
        spent.requests += result.requests
        if result.failure is not None:
            spent.failed += 1
            code = result.failure.code
            spent.failures[code] = spent.failures.get(code, 0) + 1

    watching = threading.Thread(target=synchronise.watch, args=(None, on_result))
    watching.start()
    pipe.send("ready")
    with suppress(EOFError):  # who measured was killed
        while pipe.recv() != "stop":
            gc.collect()
            used = resource.getrusage(resource.RUSAGE_SELF)
            spent.cpu, spent.resident_kb = used.ru_utime + used.ru_stime, _resident_kb()
            pipe.send(spent)
    synchronise.stop()
    watching.join()
    synchronise.close()
    store.close()


def _resident_kb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024

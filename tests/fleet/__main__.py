"""python -m tests.fleet: minutes of three workers under load, and what befalls them.

Each act prints what it measured. It ends with 0 when nothing was lost, doubled, mailed or had by two and all
recoveries were within their limit, with 1 otherwise.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

from sqlalchemy import func, select

from tests.fleet.world import Fleet, company, nest_for
from tests.postgresql import restart, start_server, take_away
from vfadmin.errors import StoreError
from vfadmin.models import Integration
from vfadmin.models.store import open_store
from vfadmin.services.fleet.pace import Pace
from vfadmin.simulator.faults import FaultRule

LIMIT = 60.0
"""Seconds in which what a worker left is to be taken up, once it was killed or froze."""


class Load:
    """People who write on both sides, a round after another, until it is enough."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.rounds: list[str] = []
        self.refused = 0
        self.between_rounds = threading.Lock()
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()

    def _in_valueframe(self, person: int, title: str) -> bool:
        """Whether the database took it: a frozen worker may hold the writers up."""
        try:
            self.fleet.in_valueframe(person, title, len(self.rounds))
        except StoreError as error:
            if error.failure.code != "VF-STORE-04":
                raise
            return False
        return True

    def _write(self) -> None:
        while not self._enough.is_set():
            name = f"r{len(self.rounds)}"
            with self.between_rounds:
                for person in self.fleet.people:
                    while not self._in_valueframe(person, f"{name} vf {person}"):
                        self.refused += 1
                    self.fleet.in_outlook(person, f"{name} ex {person}", len(self.rounds))
                self.rounds.append(name)
            self._enough.wait(30)


def main(arguments: list[str] | None = None) -> int:
    """Play the acts and print figures; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    server = start_server()
    server.sql("CREATE DATABASE vfadmin_empty TEMPLATE template0")
    open_store(server.url("vfadmin_empty")).close()
    try:
        with company(chosen.mailboxes) as simulator, tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            with nest_for(home / "secrets", simulator.password) as nest:
                pace = Pace(smallest=chosen.shard, largest=chosen.shard)
                fleet = Fleet(server, home, nest, simulator, pace)
                try:
                    fleet.settle()
                    return _play(fleet, chosen)
                finally:
                    fleet.stop()
                    fleet.close()
    finally:
        take_away(server)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fleet", description=__doc__)
    parser.add_argument("--mailboxes", type=int, default=24, help="how many there are")
    parser.add_argument("--shard", type=int, default=5, help="mailboxes of a job; 50 to 200 in earnest")
    parser.add_argument("--minutes", type=float, default=5.0, help="of all acts together")
    parser.add_argument("--frozen", type=float, default=60.0, help="seconds that a worker stands still")
    return parser


def _play(fleet: Fleet, chosen: argparse.Namespace) -> int:
    began = time.monotonic()
    killed, frozen, _ = fleet.begin(3)
    fleet.until(lambda: _started(fleet), "everybody was synchronised once", 600)
    print(f"{len(fleet.people)} mailboxes, three workers: all were synchronised once", flush=True)
    fleet.simulator.set_faults(
        [FaultRule(kind="drip", operation="CreateItem", piece=400, pause_ms=40, times=None)]
    )
    taken: dict[str, float] = {}
    with Load(fleet) as load:
        taken["killed"] = _taken_up(fleet, killed, signal.SIGKILL)
        taken["frozen"] = _taken_up(fleet, frozen, signal.SIGSTOP)
        _pause(chosen.frozen - taken["frozen"])
        fleet.tell(frozen, signal.SIGCONT)
        with load.between_rounds:
            restart(fleet.server)
        done = fleet.witness.count()
        more = 2 * len(fleet.people)
        taken["server restarted"] = fleet.until(
            lambda: fleet.witness.count() > done + more, "everybody was at work again", 300
        )
        fleet.begin(1)
        _pause(60 * chosen.minutes - (time.monotonic() - began))
    fleet.simulator.set_faults([])
    last = fleet.until(fleet.in_step, "all of it is done", 900)
    print(f"server restarted: everybody was at work again after {taken['server restarted']:.1f} s")
    print(f"{load.refused} writes of other programs had to be made again", flush=True)
    print(f"in step {last:.1f} s after the last of {len(load.rounds)} rounds", flush=True)
    fleet.assert_whole(load.rounds)
    row = [(one.mailboxes, one.changes, one.per_minute) for one in fleet.services.workers.alive()]
    print(f"workers (mailboxes, changes, a minute): {row}; nothing lost, doubled, mailed or had by two")
    late = {what for what, seconds in taken.items() if seconds > LIMIT}
    print(f"in {time.monotonic() - began:.0f} s" + (f"; LATE: {sorted(late)}" if late else ""))
    return 1 if late else 0


def _taken_up(fleet: Fleet, worker: int, word: signal.Signals) -> float:
    """Seconds until all that this worker had at work when it was struck is held by another one, or done."""

    def held() -> set[int]:
        return {person for person, owner in fleet.leases().items() if f":{worker}:" in owner}

    fleet.until(lambda: bool(held()), "it is in mid-sync", 300)
    fleet.tell(worker, word)
    left = held()
    print(f"{word.name}: {len(left)} mailboxes were at work there", flush=True)
    seconds = fleet.until(lambda: not held(), "nothing is at work there any more", 300)
    print(f"{word.name}: taken up after {seconds:.1f} s", flush=True)
    return seconds


def _started(fleet: Fleet) -> bool:
    with fleet.store.read() as session:
        never = select(func.count()).where(Integration.last_synced_at.is_(None))
        return session.scalar(never) == 0


def _pause(seconds: float) -> None:
    if seconds > 0:
        threading.Event().wait(seconds)


if __name__ == "__main__":
    sys.exit(main())

"""What a fleet of mailboxes costs: idle sweeps, a sweep with some changed, and a change while sweeping.

Run: python -m benchmarks.fleet [mailboxes] [--protocol ews|graph] [--events 20] [--latency-ms 100]
[--processes 2] [--threads 16] [--sweeps 3] [--changes 20] [--streaming]

The simulator is a process of its own, every answer of which takes the latency; the store is PostgreSQL from
a wheel with what makes it safe switched on, in memory where there is room; the processes do what
`vfadmin sync --watch` does, under the leases of the store. All on one machine, whose cores they share.
Without ``--streaming`` nobody is told of changes in Exchange, so what is measured is polling alone. Figures
go to ``benchmarks/results`` too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.fleet_exchange import FleetExchange
from benchmarks.fleet_store import FleetStore
from benchmarks.fleet_worker import FleetWorker, Spent, together

RESULTS = Path(__file__).parent / "results"
GOAL_SECONDS, GOAL_KB = 60.0, 2.0
PATIENCE = 1_800.0
LOOK = 0.1
WARM = 200


@dataclass(frozen=True, slots=True)
class Sweep:
    """One look at all mailboxes: what it took and cost."""

    seconds: float
    spent: Spent
    store_cpu: float
    exchange_cpu: float
    commits: int
    log_bytes: int
    asked: dict[str, int]


class Fleet:
    """Exchange, store and processes."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.exchange = FleetExchange(options.mailboxes)
        self.store = FleetStore(options.mailboxes)
        known = self.exchange.known(options.protocol)
        self.store.enlist(self.exchange.address, known, options.protocol, options.threads)
        self.store.pair_up(options.events)
        self.exchange.be_slow(options.latency_ms / 1000)
        self.workers: list[FleetWorker] = []

    def begin(self) -> None:
        """Start the processes."""
        for _ in range(self.options.processes):
            one = FleetWorker(self.store.url, self.exchange.address, streaming=self.options.streaming)
            self.workers.append(one)

    def close(self) -> None:
        """Take everything away."""
        for one in self.workers:
            one.close()
        self.exchange.close()
        self.store.close()

    def spent(self) -> list[Spent]:
        """What each process has used until now."""
        return [one.spent() for one in self.workers]

    def sweep(self, count: int | None = None) -> Sweep:
        """Make them due and wait until all were looked at."""
        self.exchange.requests()
        before, cpu, store_cpu = self.spent(), self.exchange.cpu(), self.store.cpu()
        commits, log = self.store.written()
        began = time.perf_counter()
        since = self.store.make_due(count)
        while self.store.left(since):
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{self.store.left(since)} mailboxes were not looked at")
            time.sleep(LOOK)
        seconds = time.perf_counter() - began
        after, (commits_after, log_after) = self.spent(), self.store.written()
        spent = together([new.since(old) for new, old in zip(after, before, strict=True)])
        return Sweep(
            seconds,
            spent,
            self.store.cpu() - store_cpu,
            self.exchange.cpu() - cpu,
            commits_after - commits,
            log_after - log,
            dict(self.exchange.requests()),
        )


def visible(fleet: Fleet, source: str, changes: int) -> list[float]:
    """Seconds from a change on one side to its being visible on the other, while sweeps are under way."""
    chance, found = random.Random(1), []  # noqa: S311 - the same mailboxes at each run
    for number in range(changes):
        person, title = chance.randint(1, fleet.options.mailboxes), f"{source} {number}"
        fleet.store.make_due()
        began = time.perf_counter()
        if source == "Exchange":
            fleet.exchange.add([person], title)
        else:
            fleet.store.add_event(person, title)
        while not (
            fleet.store.events_titled(title, person)
            if source == "Exchange"
            else fleet.exchange.shows(person, title)
        ):
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(title)
            time.sleep(LOOK / 5)
        found.append(time.perf_counter() - began)
    return found


def measure(fleet: Fleet) -> dict[str, object]:
    """Everything, in order; each table row by its name."""
    options, found = fleet.options, dict[str, object]()
    n = options.mailboxes
    fleet.begin()
    fleet.sweep(min(WARM, n))
    warm = sum(one.resident_kb for one in fleet.spent())
    idle = [fleet.sweep() for _ in range(options.sweeps)]
    resident = idle[-1].spent.resident_kb
    found["idle"] = [asdict(one) for one in idle]
    if n > WARM:
        found["kb_a_mailbox"] = (resident - warm) / (n - WARM) / options.processes
    table(idle, n, found)
    changed = changed_sweep(fleet)
    found["changed"] = asdict(changed)
    found["sizes"] = sizes(fleet)
    sides = ("ValueFrame", "Exchange") if options.streaming else ("ValueFrame",)
    for source in sides if options.changes else ():
        seconds = sorted(visible(fleet, source, options.changes))
        found[f"visible from {source}"] = seconds
        name = f"{source} to the other side while sweeping"
        told(name, f"p50 {median(seconds):.2f} s, worst {seconds[-1]:.2f} s of {len(seconds)}")
    return found


def table(idle: list[Sweep], n: int, found: dict[str, object]) -> None:
    """What an idle sweep took, as medians."""

    def middle(name: str) -> float:
        return median(float(getattr(one.spent, name)) for one in idle) / n

    failed = sum((Counter(one.spent.failures) for one in idle[-1:]), Counter[str]())
    seconds = median(one.seconds for one in idle)
    told("idle sweep of all", f"{seconds:.1f} s (goal {GOAL_SECONDS:.0f}), {n / seconds:.0f} mailboxes/s")
    told("requests a mailbox", f"{median(sum(one.asked.values()) for one in idle) / n:.3f} {idle[-1].asked}")
    told("client CPU a mailbox", f"{middle('cpu') * 1000:.2f} ms")
    told("store CPU a mailbox", f"{median(one.store_cpu for one in idle) / n * 1000:.2f} ms")
    told("simulator CPU a mailbox", f"{median(one.exchange_cpu for one in idle) / n * 1000:.2f} ms")
    told(
        "statements a mailbox",
        f"{middle('statements'):.2f} (with each row of a batch {middle('rows_sent'):.2f})",
    )
    told("transactions a mailbox", f"{middle('sessions'):.2f}, of them committed {middle('commits'):.2f}")
    told("log of the store a mailbox", f"{median(one.log_bytes for one in idle) / n:.0f} bytes")
    if "kb_a_mailbox" in found:
        told("memory a mailbox and process", f"{found['kb_a_mailbox']:.2f} KB (goal {GOAL_KB:.0f})")
    told("failed", f"{dict(failed) or 'none'}")


def changed_sweep(fleet: Fleet) -> Sweep:
    """A sweep in which one of a hundred mailboxes has a new event."""
    n, title = fleet.options.mailboxes, "Uusi"
    some = random.Random(2).sample(range(1, n + 1), max(1, n // 100))  # noqa: S311 - the same ones each time
    fleet.exchange.add(some, title)
    sweep = fleet.sweep()
    brought = fleet.store.events_titled(title)
    told("sweep with 1 % changed", f"{sweep.seconds:.1f} s, {brought} of {len(some)} brought")
    return sweep


def sizes(fleet: Fleet) -> dict[str, tuple[int, int]]:
    """What the store holds of a mailbox."""
    found, n = fleet.store.sizes(), fleet.options.mailboxes
    for name, (rows, size) in found.items():
        told(f"  {name} a mailbox", f"{rows / n:8.2f} rows {size / n:10.0f} bytes")
    told("store a mailbox", f"{sum(size for _, size in found.values()) / n / 1024:.1f} KB with indexes")
    return found


def told(name: str, text: str) -> None:
    """One line of the table."""
    print(f"{name:<42} {text}", flush=True)


def main(words: list[str]) -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet")
    parser.add_argument("mailboxes", type=int, nargs="?", default=1_000)
    parser.add_argument("--protocol", choices=("ews", "graph"), default="ews")
    for name, default in (
        ("events", 20), ("latency-ms", 100), ("processes", 2), ("threads", 16), ("sweeps", 3), ("changes", 20)
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--streaming", action="store_true")
    options = parser.parse_args(words)
    machine = f"{os.cpu_count()} cores {platform.machine()}, load {os.getloadavg()[0]:.1f} before"
    told("machine", machine)
    told("fleet", " ".join(f"{name}={value}" for name, value in vars(options).items()))
    fleet = Fleet(options)
    try:
        found = measure(fleet)
    finally:
        fleet.close()
    RESULTS.mkdir(exist_ok=True)
    kept = {"options": vars(options), "machine": machine, "python": sys.version, **found}
    path = RESULTS / f"fleet-{options.protocol}-{options.mailboxes}-{time.strftime('%Y%m%dT%H%M%S')}.json"
    path.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    told("kept in", str(path.relative_to(Path.cwd())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

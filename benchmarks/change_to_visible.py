"""How long a change takes to be visible on the other side, in both directions, with streaming.

Run: python -m benchmarks.change_to_visible [mailboxes] [changes]. On the simulator over HTTPS and a new
SQLite store, with the engine as `vfadmin sync --watch` runs it; times are wall clock on this machine. Each
change is a new event in one mailbox, made when the one before it is visible; it counts as visible when the
other side's own view shows it, which is looked at every 5 ms. Polling is set to a day, so it helps nobody.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import func, select

from vfadmin.models import CalendarEvent
from vfadmin.models.store import Store, open_store
from vfadmin.services.context import Actor, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import Synchronise
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

PATIENCE = 60.0
LOOK = 0.005
GOAL = 5.0


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Following(logging.Handler):
    """Tells when one stream carries all mailboxes."""

    def __init__(self, count: int) -> None:
        super().__init__(logging.DEBUG)
        self.line, self.seen = f"following {count} mailboxes", threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line."""
        if record.getMessage() == self.line:
            self.seen.set()


class Side:
    """One side: how an event is added to it, and whether it shows one."""

    def __init__(self, name: str, add: Callable[[int, str], None], shows: Callable[[int, str], bool]) -> None:
        self.name, self.add, self.shows = name, add, shows


def outlook(simulator: Simulator, addresses: list[str]) -> Side:
    """Exchange, as somebody's Outlook sees it."""

    def add(person: int, title: str) -> None:
        start = now() + timedelta(days=1)
        simulator.outlook(addresses[person]).create(
            subject=title, start=start, end=start + timedelta(hours=1)
        )

    def shows(person: int, title: str) -> bool:
        return any(item.subject == title for item in simulator.outlook(addresses[person]).items())

    return Side("Exchange", add, shows)


def valueframe(store: Store) -> Side:
    """ValueFrame, as another program on the same store sees it."""

    def add(person: int, title: str) -> None:
        start = now() + timedelta(days=1)
        times = {"starts_at": start, "ends_at": start + timedelta(hours=1), "created_at": start}
        with store.write() as session:
            session.add(CalendarEvent(owner_id=person + 1, title=title, modified_at=start, **times))

    def shows(person: int, title: str) -> bool:
        chosen = select(func.count()).where(
            CalendarEvent.owner_id == person + 1, CalendarEvent.title == title
        )
        with store.read() as session:
            return bool(session.scalar(chosen))

    return Side("ValueFrame", add, shows)


def measure(source: Side, target: Side, people: int, changes: int) -> list[float]:
    """Seconds from each change to its being visible."""
    chance, found = random.Random(1), []  # noqa: S311 - the same mailboxes at each run
    for number in range(changes):
        person, title = chance.randrange(people), f"{source.name} {number}"
        began = time.perf_counter()
        source.add(person, title)
        while not target.shows(person, title):
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(title)
            time.sleep(LOOK)
        found.append(time.perf_counter() - began)
    return found


def tell(source: Side, target: Side, seconds: list[float]) -> None:
    """Print what was measured."""
    p95 = quantiles(seconds, n=100, method="inclusive")[94]
    way = f"{source.name:>10} -> {target.name:<10}"
    print(
        f"{way}  p50 {median(seconds):6.2f} s  p95 {p95:6.2f} s (goal {GOAL:.0f})"
        f"  worst {max(seconds):6.2f} s  of {len(seconds)}"
    )


def opened(folder: Path, simulator: Simulator, addresses: list[str]) -> tuple[Store, Synchronise]:
    """An installation whose mailboxes are all active."""
    store, secrets = open_store(f"sqlite:///{folder / 'vfadmin.db'}"), MemorySecrets()
    services = build_services(store, folder, clock=now, actor=Actor("benchmark", "here"), secrets=secrets)
    services.connections.set(
        protocol="ews",
        url=simulator.ews_url,
        account=simulator.account,
        auth="ntlm",
        server_version="auto",
        ca_file=str(simulator.ca_file),
    )
    secrets.write("ews", simulator.password)
    services.settings.set("poll_seconds", 86_400)
    for number, address in enumerate(addresses, start=1):
        services.directory.add_person(name=address, email=address, company="Esimerkki", person_id=number)
        services.activation.activate([number], login=address)
    return store, Synchronise(store, services.settings, secrets, clock=now)


def main(people: int, changes: int) -> int:
    """Measure and print."""
    addresses = [f"p{number:04}@example.test" for number in range(people)]
    specs = tuple(MailboxSpec(one, f"EXAMPLE\\{one.partition('@')[0]}") for one in addresses)
    following = Following(people)
    logger = logging.getLogger("vfadmin.calendars.ews.notifications")
    logger.addHandler(following)
    logger.setLevel(logging.DEBUG)
    with tempfile.TemporaryDirectory() as folder, Simulator(SimulatorConfig(mailboxes=specs)) as simulator:
        store, synchronise = opened(Path(folder), simulator, addresses)
        watching = threading.Thread(target=synchronise.watch, args=(None, lambda _: None))
        watching.start()
        try:
            if not following.seen.wait(PATIENCE):
                print("the mailboxes were not followed in time (more than 200 take several connections)")
            sides = outlook(simulator, addresses), valueframe(store)
            for source, target in (sides, sides[::-1]):
                tell(source, target, measure(source, target, people, changes))
        finally:
            began = time.perf_counter()
            synchronise.stop()
            watching.join()
            print(f"stopped in {time.perf_counter() - began:.2f} s")
            synchronise.close()
            store.close()
    return 0


if __name__ == "__main__":
    arguments = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(arguments + [20, 100][len(arguments) :])))

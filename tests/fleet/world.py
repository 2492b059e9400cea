"""A company with a mailbox for everybody, a database server of its own, and as many workers as one likes."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from sqlalchemy import func, select, update

from tests.fleet.witness import Witness
from tests.postgresql import Server
from tests.roles import as_user
from vfadmin.models import CalendarEvent, Dirty, Integration, Intent
from vfadmin.models.store import Store, open_store
from vfadmin.services.context import Actor, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.fleet.pace import Pace
from vfadmin.services.mounted_secrets import MOUNTED
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

QUICK = Pace(lease=2.0, beat=0.3, stalled=4.0, poll=1.0, smallest=2, largest=2)
HOUR = timedelta(hours=1)
PATIENCE = 150.0
"""Seconds: a busy machine may be slow, and a story that takes so long has gone wrong."""


def now() -> datetime:
    return datetime.now(UTC)


class Nest:
    """The process that workers are forked from."""

    def __init__(self, secrets: Path) -> None:
        environment = {**os.environ, MOUNTED: str(secrets), "TZ": "UTC"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fleet.nest"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parents[2],
        )
        self.living: list[int] = []

    def hatch(self, told: dict[str, object]) -> int:
        """Fork a worker; the number of its process."""
        written, read = _pipes(self._process)
        written.write(json.dumps(told) + "\n")
        written.flush()
        number = int(read.readline())
        self.living.append(number)
        return number

    def close(self) -> None:
        for number in self.living:
            for word in (signal.SIGCONT, signal.SIGKILL):
                _signal(number, word)
        written, read = _pipes(self._process)
        written.close()
        self._process.wait(30)
        read.close()


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _signal(number: int, word: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, word)


class Fleet:
    """One database, one Exchange, and the workers between them."""

    def __init__(
        self, server: Server, folder: Path, nest: Nest, simulator: Simulator, pace: Pace = QUICK
    ) -> None:
        self.server, self.folder, self.nest, self.simulator, self.pace = server, folder, nest, simulator, pace
        self.database = server.new_database()
        self.store: Store = open_store(server.url(self.database))
        self.services = build_services(
            self.store, folder, clock=now, actor=Actor("tuki", "testi"), secrets=MemorySecrets()
        )
        self.people = {number: spec.email for number, spec in enumerate(simulator.config.mailboxes, 1)}
        self.witness = Witness(server, self.database)
        self._words: dict[int, Path] = {}
        self._database_users = itertools.cycle(["postgres"])

    def log_in_as(self, *users: str) -> None:
        """Workers that begin from now on are these users of the database, one after the other."""
        self._database_users = itertools.cycle(users)

    def settle(self) -> None:
        """Everybody is in the directory and active."""
        self.services.connections.set(
            protocol="ews",
            url=self.simulator.ews_url,
            account=self.simulator.account,
            auth="basic",
            server_version="2016",
            ca_file=str(self.simulator.ca_file),
        )
        self.services.settings.set("poll_seconds", 15)
        for number, email in self.people.items():
            self.services.directory.add_person(name=email, email=email, person_id=number)
            (done,) = self.services.activation.activate([number], login=email)
            assert done.ok, done
        self.witness.begin()

    # --- workers

    def begin(self, count: int = 1, mailboxes: int = 4) -> list[int]:
        """Start so many workers and wait until each takes jobs."""
        made = []
        for _ in range(count):
            word = self.folder / f"word-{len(self._words)}"
            url = as_user(self.server.url(self.database), next(self._database_users))
            told = {
                "store": f"{url}&application_name=worker-{len(self._words)}",
                "home": str(self.folder / f"home-{len(self._words)}"),
                "word": str(word),
                "mailboxes": mailboxes,
                "pace": asdict(self.pace),
            }
            number = self.nest.hatch(told)
            self._words[number] = word
            made.append(number)
        for number in made:
            self.until(lambda number=number: self.word(number) == "ready", "a worker is ready")
        return made

    def word(self, number: int) -> str:
        path = self._words[number]
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def log(self) -> str:
        """What all workers logged."""
        return "\n".join(
            path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("home-*/logs/*.log"))
        )

    def tell(self, number: int, word: signal.Signals) -> None:
        os.kill(number, word)

    def stop(self) -> None:
        """Ask all workers to end, and wait for it."""
        for number in self._words:
            _signal(number, signal.SIGCONT)
            _signal(number, signal.SIGTERM)
        for number in self._words:
            self.until(lambda number=number: not _lives(number), "a worker ends")

    # --- people

    def in_valueframe(self, person: int, title: str, hours: int = 0) -> None:
        start = now().replace(microsecond=0) + timedelta(days=1, hours=hours)
        values = {"starts_at": start, "ends_at": start + HOUR, "created_at": now(), "modified_at": now()}
        with self.store.write() as session:
            session.add(CalendarEvent(owner_id=person, title=title, **values))

    def in_outlook(self, person: int, title: str, hours: int = 0) -> None:
        start = now().replace(microsecond=0) + timedelta(days=2, hours=hours)
        self.simulator.outlook(self.people[person]).create(subject=title, start=start, end=start + HOUR)

    def work(self, round_: str) -> None:
        """Everybody has an event more on either side, and is due."""
        for person in self.people:
            self.in_valueframe(person, f"{round_} vf {person}")
            self.in_outlook(person, f"{round_} ex {person}")
        self.due()

    def due(self) -> None:
        with self.store.write() as session:
            session.execute(
                update(Integration).values(next_run_at=now()).where(Integration.lease_owner.is_(None))
            )

    # --- what is seen

    def titles(self) -> tuple[Counter[tuple[int, str]], Counter[tuple[int, str]]]:
        """What each person sees in ValueFrame and in Outlook."""
        with self.store.read() as session:
            live = select(CalendarEvent.owner_id, CalendarEvent.title).where(
                CalendarEvent.deleted_at.is_(None)
            )
            here = Counter((owner, title) for owner, title in session.execute(live))
        there = Counter(
            (person, item.subject)
            for person, email in self.people.items()
            for item in self.simulator.outlook(email).items("calendar")
        )
        return here, there

    def in_step(self) -> bool:
        """Whether both sides show the same and nothing is under way."""
        with self.store.read() as session:
            open_ = [session.scalar(select(func.count()).select_from(one)) for one in (Intent, Dirty)]
            held = session.scalar(select(func.count()).where(Integration.lease_owner.is_not(None)))
        if any(open_) or held:
            return False
        here, there = self.titles()
        return here == there

    def assert_whole(self, rounds: list[str]) -> None:
        """No loss, no duplicate, no mail, and no mailbox that two had."""
        here, there = self.titles()
        wanted = Counter(
            (person, f"{one} {side} {person}")
            for person in self.people
            for one in rounds
            for side in ("vf", "ex")
        )
        assert here == wanted
        assert there == wanted
        assert self.simulator.outbox == []
        usurped = self.witness.usurped()
        assert usurped == [], usurped[:5]
        strange = self.witness.written_by_others()
        assert strange == [], strange[:5]

    def until(self, true: Callable[[], bool], what: str, patience: float = PATIENCE) -> float:
        """Wait until it is true; how many seconds that took."""
        began = time.monotonic()
        pause = threading.Event()
        while not true():
            assert time.monotonic() < began + patience, (
                f"not within {patience} s: {what}\n{self.log()[-4000:]}"
            )
            pause.wait(0.02)
        return time.monotonic() - began

    def leases(self) -> dict[int, str]:
        """Who holds which mailbox."""
        with self.store.read() as session:
            held = select(Integration.person_id, Integration.lease_owner)
            return dict(session.execute(held.where(Integration.lease_owner.is_not(None))).all())

    def beats(self, number: int) -> int:
        """Seconds between the first and the latest sign of life of that worker."""
        seen = [one for one in self.services.workers.alive() if one.pid == number]
        return max((round((one.seen_at - one.started_at).total_seconds()) for one in seen), default=0)

    def close(self) -> None:
        self.store.close()


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def company(size: int) -> Iterator[Simulator]:
    """An Exchange with so many mailboxes, a little slow."""
    specs = tuple(
        MailboxSpec(email=f"h{number}@example.test", login=f"h{number}@example.test")
        for number in range(size)
    )
    with Simulator(SimulatorConfig(mailboxes=specs)) as running:
        yield running


@contextmanager
def nest_for(folder: Path, password: str) -> Iterator[Nest]:
    """A nest whose workers know the password of the account."""
    folder.mkdir(mode=0o700)
    secret = folder / "vfadmin-ews"
    secret.write_text(password, encoding="utf-8")
    secret.chmod(0o600)
    nest = Nest(folder)
    try:
        yield nest
    finally:
        nest.close()

"""Some persons whose mailboxes are behind EWS and Graph at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from tests.clock import FakeClock
from tests.empty_database import opened_empty
from tests.strategies import NOW, plain
from tests.sync.world import columns
from vfadmin.models import CalendarEvent, Connection, Integration, Pair, Person
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import Synchronise
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

ACTOR = Actor("tuki", "testi")


class Company:
    """Some persons whose mailboxes are behind EWS and Graph at once."""

    def __init__(self, store: Store, simulator: Simulator, home: Path, way: str = "ews") -> None:
        self.store, self.simulator, self.clock = store, simulator, FakeClock(NOW)
        self.count = len(simulator.mailboxes)
        secrets = MemorySecrets()
        secrets.write("ews", simulator.password)
        secrets.write("graph", simulator.client_secret)
        self.services: Services = build_services(store, home, clock=self.clock, actor=ACTOR, secrets=secrets)
        self._secrets = secrets
        self.synchronise = self._begin()
        self._enlist(way)

    def _begin(self) -> Synchronise:
        return Synchronise(self.store, self.services.settings, self._secrets, clock=self.clock)

    def begin_anew(self) -> None:
        """As when the program is started again: nothing is signed in."""
        self.synchronise.close()
        self.synchronise = self._begin()

    def sync(self) -> tuple[int, int, int, int]:
        """What one round wrote: into ValueFrame, into Exchange, deleted, and requests."""
        self.clock.advance(timedelta(minutes=5))
        results = self.synchronise.run()
        assert [one.failure for one in results] == [None] * self.count
        return (
            sum(one.pulled for one in results),
            sum(one.pushed for one in results),
            sum(one.deleted for one in results),
            sum(one.requests for one in results),
        )

    def everything(self) -> list[tuple[str, str, str]]:
        """What stands in Exchange: whose, under which id, and its title."""
        found = {spec.email: self.simulator.outlook(spec.email).items() for spec in self.simulator.mailboxes}
        return sorted((email, item.id, item.subject) for email, items in found.items() for item in items)

    def ids(self) -> set[str | None]:
        with self.store.read() as session:
            return set(session.scalars(select(Pair.exchange_id)))

    def connections(self) -> set[str | None]:
        with self.store.read() as session:
            return set(session.scalars(select(Integration.connection)))

    def add_in_valueframe(self, person: int, title: str, day: float) -> None:
        values = columns(plain(title, days=day)) | {"owner_id": person, "created_at": NOW, "modified_at": NOW}
        with self.store.write() as session:
            session.add(CalendarEvent(**values))

    def add_in_outlook(self, person: int, title: str, day: float) -> None:
        event = plain(title, days=day)
        user = self.simulator.outlook(address(person))
        user.create(subject=title, start=event.when.start, end=event.when.end)

    def _enlist(self, way: str) -> None:
        tenant = self.simulator.config.graph
        ca_file = str(self.simulator.ca_file)
        with self.store.write() as session:
            ews = Connection(name="ews", protocol="ews", url=self.simulator.ews_url, ca_file=ca_file)
            ews.account, ews.auth, ews.server_version = self.simulator.account, "basic", "online"
            graph = Connection(name="graph", protocol="graph", url=self.simulator.graph_url, ca_file=ca_file)
            graph.options = {
                "tenant": tenant.tenant,
                "client_id": tenant.client_id,
                "authority": self.simulator.authority,
            }
            session.add_all([ews, graph])
            for one in range(1, self.count + 1):
                session.add(Person(id=one, name=f"P{one}", sort_name=f"p{one}"))
                session.flush()
                session.add(Integration(person_id=one, login=address(one), state="active", connection=way))


def address(person: int) -> str:
    return f"p{person}@example.test"


@contextmanager
def running_company(directory: Path, mailboxes: int, events: int, way: str = "ews") -> Iterator[Company]:
    """A company in step over EWS or Graph, half of each person's events from either side."""
    specs = tuple(MailboxSpec(email=address(one)) for one in range(1, mailboxes + 1))
    config = SimulatorConfig(mailboxes=specs, version="online", protocol="both", clock=lambda: NOW)
    store = opened_empty(directory / "vfadmin.db")
    with Simulator(config) as simulator:
        company = Company(store, simulator, directory, way)
        for person in range(1, mailboxes + 1):
            for number in range(events // 2):
                company.add_in_valueframe(person, f"VF {number}", 1 + number / 10)
                company.add_in_outlook(person, f"Outlook {number}", 1 + number / 10)
        company.sync()
        try:
            yield company
        finally:
            company.synchronise.close()
            store.close()

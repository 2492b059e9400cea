"""Many mailboxes behind one server, reached as the program reaches them, with a clock of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select

from tests.clock import FakeClock
from tests.empty_database import opened_empty
from tests.soak.in_process import URL, answering_in_process
from tests.soak.in_process_graph import HOST, tenant_in_process
from tests.strategies import NOW
from tests.sync.world import columns
from vfadmin.calendars.event import Event
from vfadmin.models import CalendarEvent, Connection, Integration, Person
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import MailboxResult, Synchronise
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.config import GraphConfig
from vfadmin.simulator.outlook import OutlookUser
from vfadmin.sync.values import DryRun


class Fleet:
    """Persons 1 to n with the mailboxes p1@… to pn@…, all active; those of ``cloud`` over Graph."""

    def __init__(
        self,
        store: Store,
        simulator: Simulator,
        home: Path,
        count: int,
        cloud: Collection[int],
        *,
        listens: bool,
    ) -> None:
        self.store, self.simulator, self.clock, self.count = store, simulator, FakeClock(NOW), count
        self.cloud, self._listens = frozenset(cloud), listens
        secrets = MemorySecrets()
        secrets.write("ews", simulator.password)
        secrets.write("graph", simulator.client_secret)
        actor = Actor("tuki", "testi")
        self.services: Services = build_services(store, home, clock=self.clock, actor=actor, secrets=secrets)
        self.synchronise = Synchronise(store, self.services.settings, secrets, clock=self.clock)
        self._enlist()

    def outlook(self, person: int) -> OutlookUser:
        return self.simulator.outlook(address(person))

    def over_graph(self, person: int) -> bool:
        """Whether the mailbox is in Office 365, where nothing may be written that others are invited to."""
        return person in self.cloud

    def sync(self, *persons: int) -> list[MailboxResult]:
        """Synchronise these persons now, or whoever is due."""
        self.clock.advance(timedelta(seconds=1))
        engine = self.synchronise.engine()
        return sorted(engine.sync(persons or engine.due()), key=lambda one: one.person_id)

    def add(self, person: int, event: Event) -> None:
        """Add an event in ValueFrame, as another program would."""
        values = columns(event) | {"owner_id": person, "created_at": NOW, "modified_at": NOW}
        with self.store.write() as session:
            session.execute(insert(CalendarEvent).values(values))

    def titles(self, person: int) -> tuple[list[str], list[str]]:
        """The titles of the person's live events in ValueFrame and in Exchange."""
        mine = CalendarEvent.owner_id == person, CalendarEvent.deleted_at.is_(None)
        with self.store.read() as session:
            near = sorted(session.scalars(select(CalendarEvent.title).where(*mine)))
        return near, sorted(item.subject for item in self.outlook(person).items())

    def due(self) -> list[int]:
        return sorted(self.synchronise.engine().due())

    def preview(self, person: int) -> DryRun:
        (found,) = self.synchronise.dry_run([person])
        return found

    def integration(self, person: int) -> Integration:
        with self.store.read() as session:
            return session.get_one(Integration, person)

    def _enlist(self) -> None:
        persons = range(1, self.count + 1)
        with self.store.write() as session:
            if not self.cloud.issuperset(persons):
                session.add(self._over_ews())
            if self.cloud:
                session.add(self._over_graph())
            session.flush()
            people = [{"id": one, "name": f"P{one}", "sort_name": f"p{one}"} for one in persons]
            session.execute(insert(Person), people)
            logins = [{"person_id": one, "login": address(one), "state": "active"} for one in persons]
            session.execute(insert(Integration), logins)

    def _over_ews(self) -> Connection:
        url = self.simulator.ews_url if self._listens else URL
        server = Connection(name="ews", protocol="ews", url=url)
        server.account, server.auth = self.simulator.account, "basic"
        server.server_version = "2016"
        server.ca_file = str(self.simulator.ca_file) if self._listens else None
        return server

    def _over_graph(self) -> Connection:
        simulator = self.simulator
        url = simulator.graph_url if self._listens else f"{HOST}/v1.0"
        tenant = Connection(name="graph", protocol="graph", url=url)
        tenant.ca_file = str(simulator.ca_file) if self._listens else None
        chosen = simulator.config.graph
        tenant.options = {
            "tenant": chosen.tenant,
            "client_id": chosen.client_id,
            "authority": simulator.authority if self._listens else HOST,
        }
        return tenant


def address(person: int) -> str:
    return f"p{person}@example.test"


@contextmanager
def running_fleet(
    directory: Path,
    count: int,
    spare: int = 0,
    *,
    in_process: bool = False,
    cloud: Collection[int] = (),
    graph: GraphConfig | None = None,
) -> Iterator[Fleet]:
    """A fleet of so many persons; ``spare`` further mailboxes belong to nobody in ValueFrame.

    Those of the ``cloud`` are in Office 365 and reached over Graph, the others over EWS on a server of their
    own. ``in_process`` leaves the sockets out, which cost more than half of a large fleet's time.
    """
    specs = tuple(
        MailboxSpec(email=address(one), cloud=one in cloud or one > count)
        for one in range(1, count + spare + 1)
    )
    everybody = range(1, count + 1)
    version = "online" if set(everybody) <= set(cloud) else "2016"
    config = SimulatorConfig(
        mailboxes=specs,
        version=version,
        clock=lambda: NOW,
        tls=not in_process,
        protocol="both" if cloud else "ews",
        graph=graph or GraphConfig(),
    )
    simulator = Simulator(config)
    store = opened_empty(directory / "vfadmin.db")
    with ExitStack() as running:
        if in_process:
            running.enter_context(answering_in_process(simulator))
            running.enter_context(tenant_in_process(simulator))
        else:
            running.enter_context(simulator)
        fleet = Fleet(store, simulator, directory, count, cloud, listens=not in_process)
        try:
            yield fleet
        finally:
            fleet.synchronise.close()
            store.close()

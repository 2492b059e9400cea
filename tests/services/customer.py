"""A customer with three mailboxes behind one server: the services, the engine and the people who use both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from tests.strategies import NOW
from vfadmin.models import CalendarEvent, History, Integration, Person
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import MailboxResult, Synchronise
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.outlook import OutlookUser

ANNA, PEKKA, AINO = 1, 2, 3
PEOPLE = {
    ANNA: ("anna@example.test", "EXAMPLE\\anna"),
    PEKKA: ("pekka@example.test", "EXAMPLE\\pekka"),
    AINO: ("aino@example.test", "EXAMPLE\\aino"),
}
SOON = NOW + timedelta(days=1)
HOUR = timedelta(hours=1)


def exchange_of(people: dict[int, tuple[str, str]] = PEOPLE) -> Simulator:
    """A server with their mailboxes, not started."""
    specs = tuple(MailboxSpec(email=email, login=login, name=login) for email, login in people.values())
    return Simulator(SimulatorConfig(mailboxes=specs, clock=lambda: NOW))


def tenant_of(clock: Callable[[], datetime] = lambda: NOW) -> Simulator:
    """The same mailboxes in Office 365, reached over Graph alone."""
    specs = tuple(MailboxSpec(email=email, login=login, name=login) for email, login in PEOPLE.values())
    config = SimulatorConfig(mailboxes=specs, clock=clock, version="online", protocol="graph")
    return Simulator(config)


class Customer:
    """One installation. Nobody is activated yet; the clock moves by hand."""

    def __init__(self, store: Store, home: Path, simulator: Simulator) -> None:
        self.store, self.simulator, self.now = store, simulator, NOW
        secrets = MemorySecrets()
        actor = Actor("tuki", "testi")
        self.services = build_services(store, home, clock=self.clock, actor=actor, secrets=secrets)
        self.over_graph = simulator.config.protocol == "graph"
        self._connect()
        secrets.write("ews", simulator.password)
        secrets.write("graph", simulator.client_secret)
        for person_id, (email, _) in PEOPLE.items():
            self.services.directory.add_person(name=email, email=email, person_id=person_id)
        self.synchronise = Synchronise(store, self.services.settings, secrets, clock=self.clock)

    def _connect(self) -> None:
        simulator, connections = self.simulator, self.services.connections
        if self.over_graph:
            connections.set(
                protocol="graph",
                url=simulator.graph_url,
                tenant=simulator.config.graph.tenant,
                client_id=simulator.config.graph.client_id,
                authority=simulator.base_url,
                ca_file=str(simulator.ca_file),
            )
            return
        connections.set(
            protocol="ews",
            url=simulator.ews_url,
            account=simulator.account,
            auth="basic",
            server_version="2016",
            ca_file=str(simulator.ca_file),
        )

    def clock(self) -> datetime:
        return self.now

    def activate(self, person_id: int, login: str | None = None, **choice: Any) -> None:
        (result,) = self.services.activation.activate(
            [person_id], login=login or PEOPLE[person_id][0 if self.over_graph else 1], **choice
        )
        assert result.ok, result

    def sync(self, *ids: int) -> list[MailboxResult]:
        """One cycle a little later, of these or of everybody."""
        self.now += timedelta(minutes=1)
        return self.synchronise.run(ids or None)

    def in_step(self, *ids: int) -> None:
        """Cycles until nothing is written."""
        for _ in range(4):
            results = self.sync(*ids)
            assert all(one.ok for one in results), results
            if not any(one.pulled or one.pushed or one.deleted for one in results):
                return
        raise AssertionError(results)

    def outlook(self, person_id: int) -> OutlookUser:
        return self.simulator.outlook(PEOPLE[person_id][0])

    def in_outlook(self, person_id: int, title: str, hours: int = 0, **values: Any) -> str:
        """Somebody adds an event in Outlook."""
        start = SOON + hours * HOUR
        return self.outlook(person_id).create(subject=title, start=start, end=start + HOUR, **values)

    def in_valueframe(self, person_id: int, title: str, hours: int = 0, **values: Any) -> int:
        """Somebody adds an event in ValueFrame."""
        start = SOON + hours * HOUR
        columns = {"starts_at": start, "ends_at": start + HOUR, "created_at": NOW, "modified_at": NOW}
        event = CalendarEvent(owner_id=person_id, title=title, **{**columns, **values})
        with self.store.write() as session:
            session.add(event)
            session.flush()
            return event.id

    def valueframe_titles(self, person_id: int) -> list[str]:
        """The live events in ValueFrame."""
        live = (CalendarEvent.owner_id == person_id, CalendarEvent.deleted_at.is_(None))
        with self.store.read() as session:
            return sorted(session.scalars(select(CalendarEvent.title).where(*live)))

    def outlook_titles(self, person_id: int, folder: str = "calendar") -> list[str]:
        """The events in the mailbox."""
        return sorted(item.subject for item in self.outlook(person_id).items(folder))

    def row(self, person_id: int) -> Integration:
        with self.store.read() as session:
            return session.get_one(Integration, person_id)

    def set_row(self, person_id: int, **values: Any) -> None:
        with self.store.write() as session:
            session.execute(update(Integration).where(Integration.person_id == person_id).values(values))

    def leaves(self, person_id: int) -> None:
        """Another program writes that the person is not active any more."""
        with self.store.write() as session:
            session.execute(update(Person).where(Person.id == person_id).values(active=False))

    def history(self, person_id: int) -> list[tuple[str, str, str]]:
        with self.store.read() as session:
            rows = session.scalars(select(History).where(History.person_id == person_id).order_by(History.id))
            return [(row.side, row.operation, row.reason) for row in rows]


def codes(results: Iterable[MailboxResult]) -> list[str | None]:
    return [None if one.failure is None else one.failure.code for one in results]

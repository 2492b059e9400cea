"""Taking mailboxes from EWS to Graph: the same events, other ids, and nothing written (R5, R29)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.clock import FakeClock
from tests.empty_database import opened_empty
from tests.strategies import NOW, plain
from tests.sync.world import columns
from vfadmin.models import Audit, CalendarEvent, Connection, Integration, Pair, Person
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import Synchronise
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

MAILBOXES, EVENTS = 4, 30
ACTOR = Actor("tuki", "testi")


class Company:
    """Some persons whose mailboxes are behind EWS and Graph at once."""

    def __init__(self, store: Store, simulator: Simulator, home: Path) -> None:
        self.store, self.simulator, self.clock = store, simulator, FakeClock(NOW)
        secrets = MemorySecrets()
        secrets.write("ews", simulator.password)
        secrets.write("graph", simulator.client_secret)
        self.services: Services = build_services(store, home, clock=self.clock, actor=ACTOR, secrets=secrets)
        self.synchronise = Synchronise(store, self.services.settings, secrets, clock=self.clock)
        self._enlist()

    def sync(self) -> tuple[int, int, int, int]:
        """What one round wrote: into ValueFrame, into Exchange, deleted, and requests."""
        self.clock.advance(timedelta(minutes=5))
        results = self.synchronise.run()
        assert [one.failure for one in results] == [None] * MAILBOXES
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

    def _enlist(self) -> None:
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
            for one in range(1, MAILBOXES + 1):
                session.add(Person(id=one, name=f"P{one}", sort_name=f"p{one}"))
                session.flush()
                session.add(Integration(person_id=one, login=address(one), state="active", connection="ews"))


def address(person: int) -> str:
    return f"p{person}@example.test"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    specs = tuple(MailboxSpec(email=address(one)) for one in range(1, MAILBOXES + 1))
    config = SimulatorConfig(mailboxes=specs, version="online", protocol="both", clock=lambda: NOW)
    store = opened_empty(tmp_path / "vfadmin.db")
    with Simulator(config) as simulator:
        company = Company(store, simulator, tmp_path)
        for person in range(1, MAILBOXES + 1):
            for number in range(EVENTS // 2):
                company.add_in_valueframe(person, f"VF {number}", 1 + number / 10)
                company.add_in_outlook(person, f"Outlook {number}", 1 + number / 10)
        company.sync()
        try:
            yield company
        finally:
            company.synchronise.close()
            store.close()


def test_r5_mailboxes_move_to_graph_with_everything_that_is_paired(company: Company) -> None:
    before, ids = company.everything(), company.ids()
    seen = company.synchronise.transfer(None, ACTOR, dry_run=True)
    assert (company.connections(), company.ids()) == ({"ews"}, ids)
    done = company.synchronise.transfer(None, ACTOR)
    assert seen == done
    assert [(one.pairs, one.translated, one.missing, one.failure) for one in done] == (
        [(EVENTS, EVENTS, 0, None)] * MAILBOXES
    )
    assert company.connections() == {"graph"}
    assert not company.ids() & ids
    assert company.sync()[:3] == (0, 0, 0)
    assert company.everything() == before
    assert company.simulator.outbox == []


def test_r5_what_was_moved_goes_back_while_ews_answers(company: Company) -> None:
    before, ids = company.everything(), company.ids()
    company.synchronise.transfer([1, 2], ACTOR)
    company.synchronise.transfer([1, 2], ACTOR, back=True)
    assert (company.connections(), company.ids()) == ({"ews"}, ids)
    assert company.sync()[:3] == (0, 0, 0)
    assert company.everything() == before


def test_r29_where_ids_cannot_be_translated_events_are_known_by_what_they_are(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a mailbox was moved from an own server to Office 365."""
    monkeypatch.setattr(company.synchronise._doors, "translated", lambda *_: {})
    before = company.everything()
    done = company.synchronise.transfer(None, ACTOR)
    assert [(one.matched, one.missing) for one in done] == [(EVENTS, 0)] * MAILBOXES
    assert company.sync()[:3] == (0, 0, 0)
    assert company.everything() == before


def test_an_edit_made_before_the_move_is_an_edit_after_it(company: Company) -> None:
    user = company.simulator.outlook(address(1))
    item = next(item for item in user.items() if item.subject == "VF 3")
    user.edit(item.id, subject="Siirron edellä muutettu")
    company.synchronise.transfer([1], ACTOR)
    assert company.sync()[:3] == (1, 0, 0)
    with company.store.read() as session:
        titles = set(session.scalars(select(CalendarEvent.title).where(CalendarEvent.owner_id == 1)))
    assert "Siirron edellä muutettu" in titles


def test_a_mailbox_of_which_something_is_missing_stays_where_it_is(company: Company) -> None:
    user = company.simulator.outlook(address(2))
    user.delete(next(item.id for item in user.items()))
    ids = company.ids()
    (one,) = company.synchronise.transfer([2], ACTOR)
    assert (one.missing, one.failure and one.failure.code) == (1, "VF-MOVE-01")
    assert (company.connections(), company.ids()) == ({"ews"}, ids)


def test_the_move_is_in_the_trail(company: Company) -> None:
    company.synchronise.transfer([3], ACTOR)
    with company.store.read() as session:
        (entry,) = session.scalars(select(Audit).where(Audit.action == "integration.move"))
    assert (entry.subject, entry.after) == ("person:3", {"connection": "graph", "pairs": EVENTS})

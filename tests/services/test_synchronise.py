"""Synchronising through the services: the connection's row, the keyring's secret, a real server (R6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.empty_database import opened_empty
from tests.strategies import NOW
from vfadmin.errors import UsageError
from vfadmin.models import Connection, Integration, State
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import MailboxResult, Synchronise
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

PEOPLE = {
    1: ("anna@example.test", "EXAMPLE\\anna"),
    2: ("pekka@example.test", "EXAMPLE\\pekka"),
}


@dataclass
class Site:
    """A customer's installation with a server."""

    store: Store
    services: Services
    synchronise: Synchronise
    simulator: Simulator

    def row(self, person_id: int) -> Integration:
        with self.store.read() as session:
            return session.get_one(Integration, person_id)


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    specs = tuple(MailboxSpec(email=email, login=login, name=login) for email, login in PEOPLE.values())
    with Simulator(SimulatorConfig(mailboxes=specs, clock=lambda: NOW)) as running:
        yield running


@pytest.fixture
def site(simulator: Simulator, tmp_path: Path) -> Iterator[Site]:
    simulator.reset()
    store = opened_empty(tmp_path / "vfadmin.db")
    secrets = MemorySecrets()
    actor = Actor("tuki", "testi")
    services = build_services(store, tmp_path, clock=lambda: NOW, actor=actor, secrets=secrets)
    services.connections.set(
        protocol="ews",
        url=simulator.ews_url,
        account=simulator.account,
        auth="ntlm",
        server_version="2016",
        ca_file=str(simulator.ca_file),
    )
    secrets.write("ews", simulator.password)
    for person_id, (email, login) in PEOPLE.items():
        services.directory.add_person(name=email, email=email, company="Esimerkki", person_id=person_id)
        services.activation.activate([person_id], login=login)
    synchronise = Synchronise(store, services.settings, secrets, clock=lambda: NOW)
    yield Site(store, services, synchronise, simulator)
    synchronise.close()
    store.close()


def test_ad_logins_are_resolved_and_both_calendars_are_brought_into_step_r6(site: Site) -> None:
    from datetime import timedelta

    start = NOW + timedelta(days=1)
    site.simulator.outlook("anna@example.test").create(
        subject="Outlookista", start=start, end=start + timedelta(hours=1)
    )
    told: list[MailboxResult] = []
    results = site.synchronise.run(None, told.append)
    assert sorted(results, key=lambda one: one.person_id) == sorted(told, key=lambda one: one.person_id)
    assert all(result.ok for result in results), results
    assert site.row(1).mailbox == "anna@example.test"
    assert [event["title"] for event in _titles(site, 1)] == ["Outlookista"]
    assert site.simulator.outbox == []


def _titles(site: Site, person_id: int) -> list[dict[str, str]]:
    from vfadmin.models import CalendarEvent

    with site.store.read() as session:
        chosen = select(CalendarEvent.title).where(CalendarEvent.owner_id == person_id)
        return [{"title": title} for title in session.scalars(chosen)]


def test_a_dry_run_asks_the_server_and_changes_nothing(site: Site) -> None:
    (one, other) = site.synchronise.dry_run()
    assert (one.failure, other.failure) == (None, None)
    assert site.row(1).mailbox is None


def test_the_module_switched_off_refuses_r14(site: Site) -> None:
    site.services.settings.set_module(on=False)
    with pytest.raises(UsageError) as refused:
        site.synchronise.run([1])
    assert refused.value.failure.code == "VF-MODULE-01"
    with pytest.raises(UsageError):
        site.synchronise.dry_run([1])


def test_the_default_event_type_is_given_to_what_arrives_r13(site: Site) -> None:
    from datetime import timedelta

    from vfadmin.models import CalendarEvent, EventType

    with site.store.write() as session:
        session.add(EventType(id=5, name="Palaveri"))
    site.services.settings.set("default_event_type", "5")
    start = NOW + timedelta(days=1)
    site.simulator.outlook("anna@example.test").create(
        subject="Outlookista", start=start, end=start + timedelta(hours=1)
    )
    site.synchronise.run([1])
    with site.store.read() as session:
        assert session.scalars(select(CalendarEvent.type_id)).all() == [5]


def test_a_mailbox_outside_the_role_stops_and_is_put_back_to_work_r24(site: Site) -> None:
    site.simulator.deny_impersonation("pekka@example.test")
    results = {one.person_id: one for one in site.synchronise.run()}
    assert results[1].ok
    failed = results[2].failure
    assert failed is not None
    assert (failed.code, site.row(2).state) == ("EX-IMP-01", State.ERROR)
    site.simulator.allow_impersonation("pekka@example.test")
    (resumed,) = site.services.activation.resume([2])
    assert resumed.ok
    (again,) = site.synchronise.run([2])
    assert again.ok
    assert site.row(2).error_code is None


def test_a_changed_connection_is_used_at_once(site: Site) -> None:
    site.services.secrets.write("ews", "wrong")
    (refused,) = site.synchronise.run([1])
    assert refused.failure is not None
    assert refused.failure.code == "EX-AUTH-01"
    before = len(site.simulator.requests)
    (still,) = site.synchronise.run([1])
    assert still.failure is not None
    assert still.failure.code == "EX-AUTH-01"
    assert len(site.simulator.requests) == before, "a refused account is not tried again"
    site.services.secrets.write("ews", site.simulator.password)
    with site.store.write() as session:
        session.execute(update(Connection).values(version=Connection.version + 1, blocked_code=None))
    (mended,) = site.synchronise.run([1])
    assert mended.ok


def test_r27_a_replaced_secret_is_tried_once_without_a_word_from_anybody(site: Site) -> None:
    """As a mounted file is: replaced behind the program's back."""
    site.services.secrets.write("ews", "wrong")
    assert refused(site)
    for another in ("wrong", "wrong too"):
        before = len(site.simulator.requests)
        site.services.secrets.write("ews", another)
        assert refused(site)
        assert refused(site)
        # The same secret is not sent again; another one is, once: NTLM's sign-in is three requests.
        assert len(site.simulator.requests) - before == (0 if another == "wrong" else 3)
    site.services.secrets.forget("ews")
    assert refused(site), "without a secret nothing is tried"
    site.services.secrets.write("ews", site.simulator.password)
    assert site.synchronise.engine().due() != []
    (mended,) = site.synchronise.run([1])
    assert mended.ok
    assert site.services.connections.show("ews").blocked is None


def refused(site: Site) -> bool:
    """Whether the sign-in counts as refused."""
    (result,) = site.synchronise.run([1])
    return result.failure is not None and result.failure.code == "EX-AUTH-01"


def test_without_a_connection_the_remedy_is_named(site: Site) -> None:
    site.services.connections.forget("ews")
    (result,) = site.synchronise.run([1])
    assert result.failure is not None
    assert result.failure.code == "EX-CONN-01"


def test_an_own_calendar_is_made_at_the_first_sync_r2(site: Site) -> None:
    site.services.activation.passivate([2])
    site.services.activation.activate([2], calendar="new", calendar_name="ValueFrame")
    (result,) = site.synchronise.run([2])
    assert result.ok, result
    outlook = site.simulator.outlook("pekka@example.test")
    assert outlook.items(folder="ValueFrame") == []

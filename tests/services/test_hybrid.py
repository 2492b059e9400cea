"""A company with an own server and Office 365: which way leads to whose mailbox (R3, R6)."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.services.certificates import write_pfx
from tests.strategies import NOW
from vfadmin.errors import UsageError
from vfadmin.models import Connection, Cursor, Integration
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import MailboxResult, Synchronise
from vfadmin.simulator import FaultRule, MailboxSpec, Simulator, SimulatorConfig

CLOUD, OWN, DOMAIN, NOWHERE = 1, 2, 3, 4
LOGINS = {
    CLOUD: "anna@example.test",
    OWN: "pekka@example.test",
    DOMAIN: "EXAMPLE\\aino",
    NOWHERE: "kukaan@example.test",
}
SPECS = (
    MailboxSpec("anna@example.test", "EXAMPLE\\anna"),
    MailboxSpec("pekka@example.test", "EXAMPLE\\pekka", cloud=False),
    MailboxSpec("aino@example.test", "EXAMPLE\\aino", cloud=False),
)


@pytest.fixture(scope="module")
def servers() -> Iterator[Simulator]:
    config = SimulatorConfig(mailboxes=SPECS, protocol="both", clock=lambda: NOW)
    with Simulator(config) as running:
        yield running


class Company:
    """Its installation; a connection of each protocol unless told otherwise."""

    def __init__(self, store: Store, home: Path, servers: Simulator) -> None:
        self.store, self.servers, self.now = store, servers, NOW
        self.secrets = MemorySecrets()
        actor = Actor("tuki", "testi")
        self.services = build_services(store, home, clock=self.clock, actor=actor, secrets=self.secrets)
        for person_id, login in LOGINS.items():
            self.services.directory.add_person(name=login, email=f"p{person_id}@x.test", person_id=person_id)
            self.services.directory.change_person(person_id, login=login)
        self.synchronise = Synchronise(store, self.services.settings, self.secrets, clock=self.clock)

    def clock(self) -> datetime:
        return self.now

    def over_ews(self, **more: Any) -> None:
        self.services.connections.set(
            protocol="ews",
            url=self.servers.ews_url,
            account=self.servers.account,
            auth="basic",
            server_version="2016",
            ca_file=str(self.servers.ca_file),
            secret=self.servers.password,
            **more,
        )

    def over_graph(self, **more: Any) -> None:
        given = {
            "tenant": self.servers.config.graph.tenant,
            "client_id": self.servers.config.graph.client_id,
            "url": self.servers.graph_url,
            "authority": self.servers.authority,
            "ca_file": str(self.servers.ca_file),
            "secret": self.servers.client_secret,
        }
        self.services.connections.set(protocol="graph", **{**given, **more})

    def sync(self, *ids: int) -> list[MailboxResult]:
        self.now += timedelta(minutes=1)
        return sorted(self.synchronise.run(ids), key=lambda one: one.person_id)

    def activated(self, *ids: int) -> list[MailboxResult]:
        assert all(one.ok for one in self.services.activation.activate(ids))
        return self.sync(*ids)

    def way(self, person_id: int) -> str | None:
        with self.store.read() as session:
            row = session.get(Integration, person_id)
            return None if row is None else row.connection

    def blocked(self) -> dict[str, str | None]:
        with self.store.read() as session:
            return {one.name: one.blocked_code for one in session.query(Connection)}


@pytest.fixture
def company(store: Store, tmp_path: Path, servers: Simulator) -> Iterator[Company]:
    servers.reset()
    made = Company(store, tmp_path, servers)
    yield made
    made.synchronise.close()


def test_r3_each_mailbox_is_reached_where_it_is_and_that_is_remembered(company: Company) -> None:
    company.over_ews()
    company.over_graph()

    results = company.activated(CLOUD, OWN, DOMAIN)

    assert [one.failure for one in results] == [None, None, None]
    assert (company.way(CLOUD), company.way(OWN), company.way(DOMAIN)) == ("graph", "ews", "ews")
    company.servers.clear_requests()
    assert all(one.ok for one in company.sync(OWN))
    asked = {record.operation for record in company.servers.requests if record.operation}
    assert not any(name.startswith("Graph") for name in asked)


def test_r3_the_only_connection_leads_to_everybody(company: Company) -> None:
    company.over_graph(name="cloud")

    (anna,) = company.activated(CLOUD)
    own, domain = company.activated(OWN, DOMAIN)

    assert (anna.ok, company.way(CLOUD)) == (True, "cloud")
    assert [one.failure and one.failure.code for one in (own, domain)] == ["EX-MBX-08", "EX-MBX-03"]


def test_r3_a_mailbox_that_is_nowhere_is_told_by_the_answer_that_says_most(company: Company) -> None:
    company.over_ews()
    company.over_graph()

    (nowhere,) = company.activated(NOWHERE)

    assert nowhere.failure is not None
    assert nowhere.failure.code == "EX-MBX-01"
    assert company.way(NOWHERE) is None


def test_r3_the_way_may_be_chosen_by_hand_before_a_mailbox_is_found(company: Company) -> None:
    company.over_ews()
    company.over_graph()

    (chosen,) = company.services.door_choice.choose([CLOUD], "ews")
    assert chosen.ok
    assert company.activated(CLOUD)[0].ok
    assert company.way(CLOUD) == "ews"
    (refused,) = company.services.door_choice.choose([CLOUD], "graph")
    assert refused.error is not None
    assert (refused.error.code, refused.error.params["action"]) == ("VF-STATE-01", "connection")

    company.services.activation.remove([CLOUD])
    assert company.way(CLOUD) is None
    assert company.activated(CLOUD)[0].ok
    assert company.way(CLOUD) == "graph"


def test_r3_a_way_that_does_not_exist_cannot_be_chosen(company: Company) -> None:
    company.over_ews()

    with pytest.raises(UsageError) as error:
        company.services.door_choice.choose([CLOUD], "nope")
    assert error.value.failure.code == "EX-CONN-09"
    (unknown,) = company.services.door_choice.choose([99], "ews")
    assert unknown.error is not None
    assert unknown.error.code == "VF-PERSON-01"


def test_r27_a_refused_second_way_closes_its_own_breaker_and_not_the_first_ones(company: Company) -> None:
    company.over_ews()
    company.over_graph()
    company.services.connections.set(name="ews", secret="wrong")

    (own,) = company.activated(OWN)

    assert own.failure is not None
    assert own.failure.code == "EX-AUTH-01"
    assert company.blocked() == {"ews": "EX-AUTH-01", "graph": None}
    company.servers.clear_requests()
    (again,) = company.sync(OWN)
    assert again.failure is not None
    assert again.failure.code == "EX-AUTH-01"
    # The account is not tried once more behind Graph's answer.
    assert not any(not record.operation.startswith("Graph") for record in company.servers.requests)
    assert company.activated(CLOUD)[0].ok


def test_r27_a_refused_application_stops_everybody_of_its_tenant_after_one_sign_in(company: Company) -> None:
    company.over_graph(secret="wrong")
    company.servers.clear_requests()

    first, second = company.activated(CLOUD, NOWHERE)

    assert first.failure is not None
    assert first.failure.code == "EX-AUTH-06"
    assert second.failure is not None
    assert company.servers.request_counts()["GraphToken"] == 1
    assert company.blocked() == {"graph": "EX-AUTH-06"}
    company.over_graph()
    assert company.sync(CLOUD)[0].ok
    assert company.blocked() == {"graph": None}


def test_r27_a_new_secret_is_taken_up_without_a_restart(company: Company) -> None:
    company.over_graph()
    assert company.activated(CLOUD)[0].ok
    # As a mounted file is: replaced behind the program's back, while the old secret has run out.
    right = company.secrets.read("graph")
    given = iter(["run out", right, right])
    company.secrets.read = lambda _: next(given)  # type: ignore[method-assign]
    fresh = Synchronise(company.store, company.services.settings, company.secrets, clock=company.clock)
    company.servers.clear_requests()
    company.now += timedelta(minutes=1)
    try:
        assert fresh.run([CLOUD])[0].ok
    finally:
        fresh.close()
    assert company.servers.request_counts()["GraphToken"] == 2


def test_r3_one_throttled_mailbox_does_not_hold_up_another(company: Company) -> None:
    company.over_graph()
    company.servers.set_faults(
        [
            FaultRule(
                mailbox="anna@example.test", status=429, code="TooManyRequests", retry_after=60, times=None
            )
        ]
    )

    (anna,) = company.activated(CLOUD)

    assert anna.failure is not None
    assert anna.failure.code == "EX-BUSY-01"
    assert company.blocked() == {"graph": None}


def test_r3_a_forgotten_connection_is_named_and_nothing_is_guessed(company: Company) -> None:
    company.over_ews()
    company.over_graph()
    assert company.activated(CLOUD)[0].ok
    company.services.connections.forget("graph")

    (anna,) = company.sync(CLOUD)

    assert anna.failure is not None
    assert (anna.failure.code, anna.failure.params["name"]) == ("EX-CONN-09", "graph")
    assert company.way(CLOUD) == "graph"


def test_r3_unchanged_mailboxes_of_a_tenant_are_asked_together(store: Store, tmp_path: Path) -> None:
    specs = tuple(MailboxSpec(f"p{number}@example.test") for number in range(1, 5))
    with Simulator(SimulatorConfig(mailboxes=specs, protocol="graph", clock=lambda: NOW)) as running:
        company = Company(store, tmp_path, running)
        company.over_graph()
        for number in LOGINS:
            company.services.directory.change_person(number, login=f"p{number}@example.test")
        assert all(one.ok for one in company.activated(*LOGINS))
        company.sync(*LOGINS)
        running.clear_requests()
        try:
            quiet = company.sync(*LOGINS)
        finally:
            company.synchronise.close()
        counts = running.request_counts()
    assert [(one.ok, one.pushed, one.pulled) for one in quiet] == [(True, 0, 0)] * 4
    assert (counts["GraphBatch"], counts["GraphDelta"]) == (1, 4)
    assert sum(counts.values()) == 5, "nothing was asked beside the one request with four in it"


def test_r8_a_wider_window_is_listed_anew_over_graph_alone(company: Company) -> None:
    company.over_ews()
    company.over_graph()
    assert all(one.ok for one in company.activated(CLOUD, OWN))

    company.services.settings.set("days_back", 60)

    with company.store.read() as session:
        left = {(one.person_id, one.side) for one in session.query(Cursor)}
    assert left == {(CLOUD, "valueframe"), (OWN, "valueframe"), (OWN, "exchange")}
    assert all(one.ok and not one.deleted for one in company.sync(CLOUD, OWN))


def test_r27_nothing_of_a_sign_in_is_in_a_log_a_file_or_the_store(
    store: Store, tmp_path: Path, servers: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    servers.reset()
    caplog.set_level(logging.DEBUG)
    company = Company(store, tmp_path, servers)
    company.over_graph()
    assert company.activated(CLOUD)[0].ok
    company.services.connections.test("graph", person_id=CLOUD)
    company.over_graph(secret="canary-wr0ng")
    assert not company.sync(CLOUD)[0].ok
    company.synchronise.close()
    store.close()

    told = caplog.text + "".join(repr(record.args) for record in caplog.records)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    for secret in (servers.client_secret, "canary-wr0ng", "eyJ", "client_assertion"):
        assert secret not in told
        assert secret.encode() not in kept
    assert "anna@example.test" not in told, "nor whose mailbox was read"


def test_r27_nothing_of_a_certificate_is_in_a_log_a_file_or_the_store(
    store: Store,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    servers: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    servers.reset()
    caplog.set_level(logging.DEBUG)
    passphrase, wrong = "canary-pa55phrase", "canary-wr0ng"
    file = tmp_path_factory.mktemp("varmenne") / "vfadmin.pfx"
    servers.register_certificate(
        write_pfx(file, passphrase, datetime.now(UTC) + timedelta(days=200), NOW - timedelta(days=300))
    )
    company = Company(store, tmp_path, servers)
    company.over_graph(certificate=str(file), secret=passphrase)
    assert company.activated(CLOUD)[0].ok
    assert company.services.connections.test("graph", person_id=CLOUD)
    with pytest.raises(UsageError, match="EX-AUTH-13"):
        company.over_graph(certificate=str(file), secret=wrong)
    company.synchronise.close()
    store.close()

    told = caplog.text + "".join(repr(record.args) for record in caplog.records)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert servers.request_counts()["GraphToken"] >= 1
    for secret in (passphrase, wrong, "PRIVATE KEY", "eyJ", "client_assertion"):
        assert secret not in told
        assert secret.encode() not in kept


@pytest.mark.parametrize("auth", ["basic", "ntlm"])
def test_r27_nothing_of_a_password_is_in_a_log_a_file_or_the_store(
    store: Store, tmp_path: Path, servers: Simulator, caplog: pytest.LogCaptureFixture, auth: str
) -> None:
    servers.reset()
    caplog.set_level(logging.DEBUG)
    company = Company(store, tmp_path, servers)
    company.over_ews()
    company.services.connections.set(name="ews", auth=auth)
    assert company.activated(OWN)[0].ok
    assert all(step.ok for step in company.services.connections.test("ews", person_id=OWN))
    company.services.connections.set(name="ews", secret="canary-wr0ng")
    assert not company.sync(OWN)[0].ok
    company.synchronise.close()
    store.close()

    told = caplog.text + "".join(repr(record.args) for record in caplog.records)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    words = servers.password, "canary-wr0ng"
    basic = [b64encode(f"{servers.account}:{word}".encode()).decode() for word in words]
    # The last is how NTLM's answer begins, from which a weak password can be found.
    for secret in (*words, *basic, "TlRMTVNTUAAD"):
        assert secret not in told
        assert secret.encode() not in kept

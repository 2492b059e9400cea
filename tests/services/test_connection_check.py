"""The connection check against a real server on loopback (R28)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.services.scenes import change, person
from vfadmin.models.store import Store
from vfadmin.services.connections import CheckStep
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

ANNA = "anna.virtanen@example.com"
BASICS = ["dns", "tcp", "tls", "certificate", "ews_path", "auth_offers", "sign_in", "server_version", "clock"]


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    mailboxes = (MailboxSpec(email=ANNA, login="EXAMPLE\\anna.virtanen", name="Anna Virtanen"),)
    with Simulator(SimulatorConfig(mailboxes=mailboxes, version="2016")) as running:
        yield running


@pytest.fixture
def connected(store: Store, tmp_path: Path, simulator: Simulator) -> Services:
    # The server tells its own time, and the check compares: here the clock must be the real one.
    services = build_services(
        store,
        tmp_path,
        clock=lambda: datetime.now(UTC),
        actor=Actor("tuki", "kone-1"),
        secrets=MemorySecrets(),
    )
    services.connections.set(
        url=simulator.ews_url,
        account=simulator.account,
        ca_file=str(simulator.ca_file),
        secret=simulator.password,
    )
    return services


def verdicts(steps: list[CheckStep]) -> dict[str, str]:
    return {step.check: "ok" if step.ok else step.code or "" for step in steps}


def test_r28_a_good_connection_passes_every_step(connected: Services) -> None:
    assert verdicts(connected.connections.test()) == dict.fromkeys(BASICS, "ok")


def test_r28_a_person_is_checked_up_to_the_calendar(connected: Services) -> None:
    one = person(connected, "Anna Virtanen", login=ANNA)

    steps = verdicts(connected.connections.test(person_id=one.id))

    assert steps == dict.fromkeys([*BASICS, "impersonation", "calendar"], "ok")


def test_r6_a_name_in_a_domain_is_looked_up_first(connected: Services) -> None:
    one = person(connected, "Anna Virtanen", login="EXAMPLE\\anna.virtanen")

    steps = connected.connections.test(person_id=one.id)

    assert verdicts(steps) == dict.fromkeys([*BASICS, "login", "impersonation", "calendar"], "ok")
    assert next(step.detail for step in steps if step.check == "login") == ANNA


def test_r6_a_name_that_leads_nowhere_is_said_so(connected: Services) -> None:
    one = person(connected, "Anna", login="EXAMPLE\\anna")

    assert verdicts(connected.connections.test(person_id=one.id))["login"] == "EX-MBX-03"


def test_a_mailbox_that_was_resolved_before_is_checked_directly(connected: Services, store: Store) -> None:
    one = person(connected, "Anna Virtanen", login="EXAMPLE\\whoever")
    change(store, one.id, mailbox=ANNA)

    steps = verdicts(connected.connections.test(person_id=one.id))

    assert "login" not in steps
    assert steps["calendar"] == "ok"


def test_r28_a_wrong_password_stops_at_the_sign_in(connected: Services) -> None:
    connected.connections.set(secret="wrong")
    one = person(connected, "Anna Virtanen", login="EXAMPLE\\anna.virtanen")

    steps = verdicts(connected.connections.test(person_id=one.id))

    assert steps["sign_in"] == "EX-AUTH-01"
    assert "login" not in steps


def test_r28_an_unknown_authority_stops_at_the_certificate(connected: Services) -> None:
    connected.connections.set(ca_file="")

    assert verdicts(connected.connections.test())["certificate"] == "EX-TLS-01"

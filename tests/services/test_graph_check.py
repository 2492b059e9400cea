"""The connection check of Graph against a tenant on loopback: each trouble, its cause and remedy (R28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.certificates import write_pfx
from tests.services.scenes import person
from tests.services.workbooks import write_list
from vfadmin.errors.texts import LANGUAGES, explain
from vfadmin.models.store import Store
from vfadmin.services.connections import CheckStep
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.simulator import FaultRule, GraphConfig, MailboxSpec, Simulator, SimulatorConfig

ANNA, PEKKA = "anna@example.test", "pekka@example.test"
HOSTS = [f"{which}{step}" for which in ("", "login_") for step in ("dns", "tcp", "tls", "certificate")]
BASICS = [*HOSTS, "authority", "token", "graph", "roles"]
SECRET = "canary-s3cret"


def tenant(graph: GraphConfig | None = None) -> Simulator:
    specs = (MailboxSpec(ANNA, "EXAMPLE\\anna"), MailboxSpec(PEKKA, "EXAMPLE\\pekka", cloud=False))
    return Simulator(SimulatorConfig(mailboxes=specs, protocol="graph", graph=graph or GraphConfig()))


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with tenant() as running:
        yield running


@pytest.fixture
def services(store: Store, tmp_path: Path) -> Services:
    # The server tells its own time, and the check compares: here the clock must be the real one.
    return build_services(
        store,
        tmp_path,
        clock=lambda: datetime.now(UTC),
        actor=Actor("tuki", "kone-1"),
        secrets=MemorySecrets(),
    )


@pytest.fixture
def connected(services: Services, simulator: Simulator) -> Services:
    simulator.reset()
    connect(services, simulator)
    return services


def connect(services: Services, simulator: Simulator, **more: str) -> None:
    given = {
        "tenant": simulator.config.graph.tenant,
        "client_id": simulator.config.graph.client_id,
        "url": simulator.graph_url,
        "authority": simulator.base_url,
        "ca_file": str(simulator.ca_file),
        "secret": simulator.client_secret,
    }
    services.connections.set(protocol="graph", **{**given, **more})


def verdicts(steps: list[CheckStep]) -> dict[str, str]:
    return {step.check: "ok" if step.ok else step.code or "" for step in steps}


def last(services: Services, person_id: int | None = None) -> CheckStep:
    """The step a check ended with; all before it were good."""
    steps = services.connections.test(person_id=person_id)
    assert all(step.ok for step in steps[:-1]), verdicts(steps)
    for lang in LANGUAGES if steps[-1].failure else ():
        told = explain(steps[-1].code or "", steps[-1].failure.params if steps[-1].failure else {}, lang)
        assert told.message
        assert told.remedy
    return steps[-1]


def test_r28_a_good_connection_over_graph_passes_every_step(
    connected: Services, simulator: Simulator
) -> None:
    simulator.clear_requests()

    steps = connected.connections.test()

    assert verdicts(steps) == dict.fromkeys([*BASICS, "clock"], "ok")
    assert next(one.detail for one in steps if one.check == "roles") == ", ".join(
        sorted(simulator.config.graph.roles)
    )
    assert simulator.request_counts()["GraphToken"] == 1


def test_r28_a_person_is_checked_up_to_the_calendar_over_graph(connected: Services) -> None:
    one = person(connected, "Anna", login=ANNA)

    steps = connected.connections.test(person_id=one.id)

    assert verdicts(steps) == dict.fromkeys([*BASICS, "mailbox", "calendar", "clock"], "ok")
    assert next(step.detail for step in steps if step.check == "mailbox") == ANNA


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (700016, "EX-AUTH-05"),
        (7000215, "EX-AUTH-06"),
        (7000222, "EX-AUTH-07"),
        (700027, "EX-AUTH-08"),
        (53003, "EX-AUTH-09"),
        (650056, "EX-AUTH-10"),
        (900144, "EX-AUTH-11"),
    ],
)
def test_r28_what_entra_refuses_is_said_by_its_number_after_one_sign_in(
    connected: Services, simulator: Simulator, number: int, code: str
) -> None:
    simulator.set_faults([FaultRule(operation="GraphToken", code=f"AADSTS{number}", times=None)])
    simulator.clear_requests()

    step = last(connected)

    assert (step.check, step.code, step.detail) == ("token", code, f"AADSTS{number}")
    assert simulator.request_counts()["GraphToken"] == 1


def test_r28_an_outage_of_entra_is_no_refusal(connected: Services, simulator: Simulator) -> None:
    simulator.set_faults([FaultRule(operation="GraphToken", code="AADSTS90033", times=None)])
    assert (last(connected).check, last(connected).code) == ("token", "EX-BUSY-02")


def test_r28_an_unknown_tenant_stops_before_the_sign_in(connected: Services, simulator: Simulator) -> None:
    connect(connected, simulator, tenant="muualla.example")
    simulator.clear_requests()

    step = last(connected)

    assert (step.check, step.code) == ("authority", "EX-AUTH-04")
    assert simulator.request_counts()["GraphToken"] == 0


def test_r28_a_page_in_place_of_the_sign_in_is_somebody_in_between(
    connected: Services, simulator: Simulator
) -> None:
    simulator.set_faults([FaultRule(operation="GraphDiscovery", kind="login_page", times=None)])

    assert (last(connected).check, last(connected).code) == ("authority", "EX-CONN-07")


@pytest.mark.parametrize(
    ("word", "status", "code"),
    [
        ("InvalidAuthenticationToken", 401, "EX-AUTH-12"),
        ("ServiceUnavailable", 503, "EX-BUSY-02"),
        ("TooManyRequests", 429, "EX-BUSY-01"),
    ],
)
def test_r28_a_token_that_graph_refuses_is_told_from_one_that_entra_refuses(
    connected: Services, simulator: Simulator, word: str, status: int, code: str
) -> None:
    rule = FaultRule(operation="GraphGetCalendar", code=word, status=status, times=None)
    simulator.set_faults([rule])
    one = person(connected, "Anna", login=ANNA)
    simulator.clear_requests()

    step = last(connected, one.id)

    assert (step.check, step.code) == ("mailbox", code)
    assert simulator.request_counts()["GraphToken"] == 1


@pytest.mark.parametrize(
    ("login", "rule", "check", "code"),
    [
        (PEKKA, None, "mailbox", "EX-MBX-08"),
        ("nobody@example.test", None, "mailbox", "EX-MBX-01"),
        (
            ANNA,
            FaultRule(operation="GraphGetCalendar", code="ErrorAccessDenied", status=403, times=None),
            "mailbox",
            "EX-GRAPH-02",
        ),
        (
            ANNA,
            FaultRule(operation="GraphListEvents", code="ErrorAccessDenied", status=403, times=None),
            "calendar",
            "EX-GRAPH-02",
        ),
    ],
)
def test_r28_what_is_wrong_with_a_mailbox_is_said(
    connected: Services, simulator: Simulator, login: str, rule: FaultRule | None, check: str, code: str
) -> None:
    simulator.set_faults([] if rule is None else [rule])
    one = person(connected, "Joku", login=login)

    step = last(connected, one.id)

    assert (step.check, step.code) == (check, code)


def test_r28_a_name_in_a_domain_means_nothing_to_graph(connected: Services) -> None:
    one = person(connected, "Anna", login="EXAMPLE\\anna")

    step = last(connected, one.id)

    assert (step.check, step.code) == ("login", "EX-MBX-03")


@pytest.mark.parametrize("field", ["url", "authority"])
def test_r28_a_host_that_does_not_answer_is_named(
    connected: Services, simulator: Simulator, field: str
) -> None:
    connect(connected, simulator, **{field: "https://localhost:9/v1.0"})

    step = last(connected)

    assert (step.check, step.code) == ({"url": "tcp", "authority": "login_tcp"}[field], "EX-CONN-03")
    assert step.failure is not None
    assert (step.failure.params["host"], step.failure.params["port"]) == ("localhost", "9")


def test_r28_an_unknown_authority_stops_at_the_certificate_of_graph(connected: Services) -> None:
    connected.connections.set(name="graph", ca_file="")

    assert (last(connected).check, last(connected).code) == ("certificate", "EX-TLS-01")


def test_r28_nobody_consented_is_seen_in_the_token_unless_exchange_itself_gives_the_right(
    services: Services,
) -> None:
    with tenant(GraphConfig(roles=("User.Read.All",))) as running:
        connect(services, running)
        one = person(services, "Anna", login=ANNA)
        step = last(services)
        assert (step.check, step.code, step.detail) == ("roles", "EX-AUTH-10", "User.Read.All")
        assert verdicts(services.connections.test(person_id=one.id))["roles"] in {"ok", "EX-AUTH-10"}
    with tenant(GraphConfig(roles=("Calendars.ReadWrite",))) as running:
        connect(services, running)
        # The one permission is enough: no directory is asked.
        assert verdicts(services.connections.test(person_id=one.id))["calendar"] == "ok"


def test_r27_a_certificate_signs_in_once_it_is_registered(
    services: Services, simulator: Simulator, tmp_path: Path
) -> None:
    simulator.reset()
    now = datetime.now(UTC)
    file = tmp_path / "vfadmin.pfx"
    pem = write_pfx(file, SECRET, now + timedelta(days=200))
    connect(services, simulator, certificate=str(file), secret=SECRET)
    step = last(services)
    assert (step.check, step.code, step.detail) == ("token", "EX-AUTH-08", "AADSTS700027")

    simulator.register_certificate(pem)

    assert verdicts(services.connections.test()) == dict.fromkeys([*BASICS, "clock"], "ok")
    file.unlink()
    assert (last(services).check, last(services).code) == ("token", "EX-AUTH-13")


def test_r28_an_expired_secret_is_said_so(services: Services) -> None:
    gone = datetime.now(UTC) - timedelta(days=1)
    with tenant(replace(GraphConfig(), secret_expires=gone)) as running:
        connect(services, running)
        assert last(services).code == "EX-AUTH-07"


def test_r28_a_clock_that_is_wrong_is_said_so(store: Store, tmp_path: Path, simulator: Simulator) -> None:
    simulator.reset()
    late = build_services(
        store,
        tmp_path,
        clock=lambda: datetime.now(UTC) + timedelta(minutes=6),
        actor=Actor("tuki", "kone-1"),
        secrets=MemorySecrets(),
    )
    connect(late, simulator)

    assert (last(late).check, last(late).code) == ("clock", "EX-CONN-12")


def test_r26_the_logins_of_a_list_are_asked_about_over_graph(connected: Services, tmp_path: Path) -> None:
    logins = (ANNA, PEKKA, "nobody@example.test")
    rows = [[None, f"Uusi {place}", None, None, login] for place, login in enumerate(logins)]
    plan = connected.bulk_import.check(write_list(tmp_path / "lista.xlsx", *rows))

    answers = connected.mailbox_checks.ask(plan)

    found = {row: one.failure and one.failure.code for row, one in sorted(answers.verdicts.items())}
    assert found == {2: None, 3: "EX-MBX-08", 4: "EX-MBX-01"}
    assert answers.verdicts[2].mailbox == ANNA


def test_r27_a_wrong_secret_is_tried_once_whatever_the_number_of_rows(
    connected: Services, simulator: Simulator, tmp_path: Path
) -> None:
    connect(connected, simulator, secret="wrong")
    simulator.clear_requests()
    rows = [[None, f"Uusi {place}", None, None, f"kuka{place}@example.test"] for place in range(20)]
    plan = connected.bulk_import.check(write_list(tmp_path / "lista.xlsx", *rows))

    answers = connected.mailbox_checks.ask(plan)

    assert answers.stopped is not None
    assert answers.stopped.code == "EX-AUTH-06"
    assert simulator.request_counts()["GraphToken"] == 1


def test_r28_a_token_that_graph_does_not_accept_is_seen_without_a_mailbox(services: Services) -> None:
    with tenant(replace(GraphConfig(), token_lifetime_s=0)) as running:
        connect(services, running)
        assert (last(services).check, last(services).code) == ("graph", "EX-AUTH-12")


def test_r28_an_application_access_policy_is_told_from_a_missing_permission(
    connected: Services, simulator: Simulator
) -> None:
    one = person(connected, "Anna", login=ANNA)
    simulator.deny_impersonation(ANNA)
    try:
        step = last(connected, one.id)
    finally:
        simulator.allow_impersonation(ANNA)

    assert (step.check, step.code) == ("mailbox", "EX-GRAPH-01")
    assert step.failure is not None
    remedy = explain("EX-GRAPH-01", step.failure.params, "en").remedy
    client = simulator.config.graph.client_id
    assert f'Test-ApplicationAccessPolicy -AppId "{client}" -Identity "{ANNA}"' in remedy


def test_r3_without_a_name_the_check_is_of_the_way_that_leads_to_the_person(connected: Services) -> None:
    connected.connections.set(url="https://localhost:9/ews/exchange.asmx", account="a@f.fi", secret="x")
    cloud = person(connected, "Anna", login=ANNA)
    own = person(connected, "Pekka", login="EXAMPLE\\pekka")

    assert verdicts(connected.connections.test(person_id=cloud.id))["calendar"] == "ok"
    assert verdicts(connected.connections.test(person_id=own.id)) == {"dns": "ok", "tcp": "EX-CONN-03"}

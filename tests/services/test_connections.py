from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clock import FakeClock
from tests.services.certificates import write_authority
from tests.services.scenes import person
from vfadmin.errors import SecretError, UsageError
from vfadmin.models import Audit, Connection
from vfadmin.models.store import Store
from vfadmin.services.connections import CheckStep, Connections
from vfadmin.services.context import Actor, Services
from vfadmin.services.credentials import Secrets
from vfadmin.services.rows import ErrorInfo

URL = "https://mail.firma.fi/ews/exchange.asmx"
SECRET = "canary-pa55word"


def code_of(error: pytest.ExceptionInfo[Any]) -> str:
    found: str = error.value.failure.code
    return found


def block(store: Store, clock: FakeClock, name: str = "ews") -> None:
    with store.write() as session:
        row = session.get(Connection, name)
        assert row is not None
        row.blocked_code, row.blocked_params, row.blocked_since = "EX-AUTH-01", {"account": "a"}, clock.now


def test_a_connection_is_set_and_shown_without_its_secret(services: Services) -> None:
    row = services.connections.set(url=f" {URL} ", account="FIRMA\\svc", auth="NTLM", secret=SECRET)

    assert (row.name, row.protocol, row.url, row.account) == ("ews", "ews", URL, "FIRMA\\svc")
    assert (row.auth, row.server_version, row.ca_file, row.version) == ("ntlm", "auto", None, 1)
    assert row.secret_stored is True
    assert services.secrets.read("ews") == SECRET
    assert services.connections.show() == services.connections.show("ews") == row
    assert services.connections.list() == [row]


@pytest.mark.sqlite
def test_r27_the_secret_is_nowhere_in_the_store(services: Services, store: Store, tmp_path: Path) -> None:
    services.connections.set(url=URL, account="svc@firma.fi", secret=SECRET)
    services.connections.set(secret=SECRET + "2")
    services.connections.forget()
    store.close()

    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert b"svc@firma.fi" in everything
    assert SECRET.encode() not in everything


def test_one_value_changes_and_the_others_stay(services: Services, tmp_path: Path) -> None:
    authority = write_authority(tmp_path / "ca.pem")
    services.connections.set(url=URL, account="svc@firma.fi", auth="basic", ca_file=str(authority))

    row = services.connections.set(server_version="2013")

    assert (row.url, row.auth, row.server_version, row.ca_file) == (URL, "basic", "2013", str(authority))
    assert row.version == 2
    assert services.connections.set(ca_file="").ca_file is None


def test_a_relative_ca_file_is_kept_as_an_absolute_path(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_authority(tmp_path / "ca.pem")
    monkeypatch.chdir(tmp_path)

    assert services.connections.set(url=URL, account="a@f.fi", ca_file="ca.pem").ca_file == str(
        tmp_path / "ca.pem"
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"url": "http://mail.firma.fi/ews/exchange.asmx"}, "url"),
        ({"url": "mail.firma.fi"}, "url"),
        ({"url": "https:///ews"}, "url"),
        ({"url": "https://mail.firma.fi/ews /x"}, "url"),
        ({"url": "https://mail.firma.fi:99999/ews"}, "url"),
        ({"url": None}, "url"),
        ({"account": " "}, "account"),
        ({"account": "a\0b"}, "account"),
        ({"account": "x" * 321}, "account"),
        ({"auth": "kerberos"}, "auth"),
        ({"server_version": "2007"}, "server_version"),
        ({"protocol": "smtp", "name": "other"}, "protocol"),
        ({"protocol": "graph", "name": "other"}, "account"),
        ({"tenant": "firma.fi"}, "tenant"),
        ({"name": "on premises"}, "name"),
        ({"name": "x" * 51}, "name"),
        ({"secret": ""}, "secret"),
    ],
)
def test_a_malformed_value_is_named_and_nothing_is_stored(
    services: Services, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(UsageError) as error:
        services.connections.set(**{"url": URL, "account": "svc@firma.fi", **values})

    assert code_of(error) == "EX-CONN-10"
    assert error.value.failure.params["field"] == field
    assert services.connections.list() == []


def test_a_refused_connection_leaves_no_secret_behind(services: Services) -> None:
    with pytest.raises(UsageError):
        services.connections.set(url="nonsense", account="a@f.fi", secret=SECRET)

    with pytest.raises(SecretError) as error:
        services.secrets.read("ews")
    assert code_of(error) == "VF-SECRET-03"


@pytest.mark.parametrize("content", [None, b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nxx\n"])
def test_a_ca_file_without_a_certificate_is_refused(
    services: Services, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UsageError) as error:
        services.connections.set(url=URL, account="svc@firma.fi", ca_file=str(path))

    assert code_of(error) == "EX-TLS-04"
    assert error.value.failure.params["path"] == str(path)


def test_without_a_keyring_nothing_is_set(store: Store, fake_clock: FakeClock) -> None:
    from keyring.backends import fail

    connections = Connections(store, Secrets(fail.Keyring), clock=fake_clock, actor=Actor("a", "b"))

    with pytest.raises(SecretError) as error:
        connections.set(url=URL, account="svc@firma.fi", secret=SECRET)

    assert code_of(error) == "VF-SECRET-01"
    assert connections.list() == []
    assert connections.set(url=URL, account="svc@firma.fi").secret_stored is None


def test_whether_a_secret_is_stored_is_shown(services: Services) -> None:
    assert services.connections.set(url=URL, account="svc@firma.fi").secret_stored is False


def test_no_connection_and_an_unknown_one_are_told_apart(services: Services) -> None:
    for call in (services.connections.show, services.connections.test, services.connections.forget):
        with pytest.raises(UsageError) as error:
            call()
        assert code_of(error) == "EX-CONN-01"
    services.connections.set(name="north", url=URL, account="a@f.fi")

    with pytest.raises(UsageError) as error:
        services.connections.show("south")

    assert code_of(error) == "EX-CONN-09"
    assert error.value.failure.params == {"name": "south", "known": "north"}


def test_of_several_the_one_named_after_its_protocol_is_meant(services: Services) -> None:
    services.connections.set(name="north", url=URL, account="a@f.fi")
    assert services.connections.show().name == "north"
    services.connections.set(name="south", url=URL, account="a@f.fi")
    with pytest.raises(UsageError) as error:
        services.connections.show()
    assert code_of(error) == "EX-CONN-09"

    services.connections.set(url=URL, account="a@f.fi")

    assert services.connections.show().name == "ews"
    assert [row.name for row in services.connections.list()] == ["ews", "north", "south"]


def test_the_circuit_breaker_is_shown_and_closed_by_hand_or_by_a_change(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    services.connections.set(url=URL, account="a@f.fi", secret="x")
    block(store, fake_clock)
    assert services.connections.show().blocked == ErrorInfo("EX-AUTH-01", {"account": "a"}, fake_clock.now)
    assert services.status.summary().synchronising is False

    refused = services.connections.show().version
    # A session that was refused sends nothing more: another version makes every process sign in anew.
    assert services.connections.unblock().version > refused
    assert services.connections.unblock().blocked is None
    block(store, fake_clock)
    assert services.connections.set(secret="new").blocked is None
    assert services.status.summary().synchronising is True


def test_forgetting_takes_the_secret_too(services: Services) -> None:
    services.connections.set(url=URL, account="a@f.fi", secret="x")

    assert services.connections.forget().name == "ews"

    assert services.connections.list() == []
    with pytest.raises(SecretError):
        services.secrets.read("ews")


def test_every_change_is_in_the_audit_trail_and_no_secret_is(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    services.connections.set(url=URL, account="a@f.fi", secret=SECRET)
    services.connections.set(account="b@f.fi")
    services.connections.set(secret=SECRET)
    services.connections.set(account="b@f.fi")
    block(store, fake_clock)
    services.connections.unblock()
    services.connections.forget()

    with store.read() as session:
        trail = [(one.action, one.before, one.after) for one in session.query(Audit)]

    assert [action for action, _, _ in trail] == [
        "connection.set",
        "connection.set",
        "connection.set",
        "connection.unblock",
        "connection.forget",
    ]
    assert trail[1][1:] == ({"account": "a@f.fi"}, {"account": "b@f.fi"})
    assert trail[2][2] == {"secret": "replaced"}
    assert SECRET not in json.dumps(trail)


def test_r28_a_check_stops_at_the_first_step_that_fails(services: Services, fake_clock: FakeClock) -> None:
    services.connections.set(url="https://127.0.0.1:9/ews/exchange.asmx", account="a@f.fi", secret="x")
    one = person(services, login="FIRMA\\matti")
    fake_clock.advance(timedelta(minutes=1))
    heard: list[CheckStep] = []

    steps = services.connections.test(person_id=one.id, on_step=heard.append)

    assert [(step.check, step.ok, step.code) for step in steps] == [
        ("dns", True, None),
        ("tcp", False, "EX-CONN-03"),
    ]
    assert heard == steps
    assert services.connections.test() == steps


def test_r28_a_check_for_a_person_needs_a_login(services: Services) -> None:
    services.connections.set(url=URL, account="a@f.fi", secret="x")
    one = person(services)

    with pytest.raises(UsageError) as error:
        services.connections.test(person_id=one.id)
    assert code_of(error) == "VF-LOGIN-01"
    with pytest.raises(UsageError) as error:
        services.connections.test(person_id=99)
    assert code_of(error) == "VF-PERSON-01"


def test_r28_a_check_needs_the_secret(services: Services) -> None:
    services.connections.set(url=URL, account="a@f.fi")

    with pytest.raises(SecretError) as error:
        services.connections.test()

    assert code_of(error) == "VF-SECRET-03"


def test_r28_a_tls_profile_is_one_hosts_and_does_not_go_with_the_address(services: Services) -> None:
    row = services.connections.set(url=URL, account="svc@firma.fi", tls_profile="2010")
    assert row.tls_profile == "2010"
    assert services.connections.set(account="other@firma.fi").tls_profile == "2010"
    assert services.connections.set(url=URL.replace("/ews/", "/EWS/")).tls_profile == "2010"
    assert services.connections.set(url="https://other.example/ews/exchange.asmx").tls_profile == "modern"
    both = services.connections.set(url=URL, tls_profile="2010")
    assert (both.url, both.tls_profile) == (URL, "2010")
    assert services.connections.set(tls_profile="MODERN").tls_profile == "modern"


@pytest.mark.parametrize(
    "given",
    [
        {"url": URL, "account": "a@f.fi", "tls_profile": "ssl3"},
        {"url": "https://[", "account": "a@f.fi", "tls_profile": "2010"},
        {"protocol": "graph", "tenant": "f.fi", "client_id": "app-1", "tls_profile": "2010"},
    ],
    ids=["unknown", "no address", "graph"],
)
def test_r28_a_tls_profile_that_cannot_be_is_refused(services: Services, given: dict[str, str]) -> None:
    with pytest.raises(UsageError) as error:
        services.connections.set(**given)
    assert error.value.failure.code == "EX-CONN-10"
    assert error.value.failure.params["field"] == (
        "url" if given.get("url") == "https://[" else "tls_profile"
    )

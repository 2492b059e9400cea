"""Connections to Office 365: what they are made of, their certificate, and when their secret ends (R27)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clock import FakeClock
from tests.services.certificates import write_pfx
from vfadmin.calendars.graph.connection import AUTHORITY, GRAPH_URL
from vfadmin.errors import SecretError, UsageError
from vfadmin.models import Audit
from vfadmin.models.store import Store
from vfadmin.services.connections import ConnectionRow
from vfadmin.services.context import Services

TENANT, CLIENT = "firma.onmicrosoft.com", "1c9d7e52-8f3b-4a6d-9e0c-5b7a3f2d1e48"
SECRET = "canary-s3cret"


def put(services: Services, **values: Any) -> ConnectionRow:
    given = {"protocol": "graph", "tenant": TENANT, "client_id": CLIENT, **values}
    return services.connections.set(**given)


def refused(services: Services, **values: Any) -> tuple[str, str]:
    with pytest.raises(UsageError) as error:
        put(services, **values)
    found = error.value.failure
    return found.code, str(found.params.get("field", ""))


def test_r3_a_connection_to_office_365_is_set_and_shown_without_its_secret(services: Services) -> None:
    row = put(services, tenant=f" {TENANT} ", secret=SECRET)

    assert (row.name, row.protocol, row.url, row.authority) == ("graph", "graph", GRAPH_URL, AUTHORITY)
    assert (row.tenant, row.client_id, row.certificate, row.account) == (TENANT, CLIENT, None, None)
    assert (row.secret_stored, row.secret_expires, row.secret_days_left) == (True, None, None)
    assert services.secrets.read("graph") == SECRET
    assert services.connections.show() == row


def test_r3_one_connection_of_each_protocol_stands_beside_the_other(services: Services) -> None:
    put(services)
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")

    assert [row.protocol for row in services.connections.list()] == ["ews", "graph"]
    assert services.connections.show("graph").tenant == TENANT


def test_one_value_of_graph_changes_and_the_others_stay(services: Services, store: Store) -> None:
    put(services, authority="https://login.microsoftonline.us/")

    row = services.connections.set(name="graph", tenant="toinen.fi")

    assert (row.tenant, row.client_id, row.authority) == (
        "toinen.fi",
        CLIENT,
        "https://login.microsoftonline.us/",
    )
    assert services.connections.set(name="graph", authority="").authority == AUTHORITY
    with store.read() as session:
        trail = [(one.before, one.after) for one in session.query(Audit)]
    assert trail[1] == ({"tenant": TENANT}, {"tenant": "toinen.fi"})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"tenant": None}, "tenant"),
        ({"tenant": "two words"}, "tenant"),
        ({"client_id": None}, "client_id"),
        ({"client_id": "a/b"}, "client_id"),
        ({"authority": "http://login.microsoftonline.com"}, "authority"),
        ({"authority": f"https://a:{SECRET}@login.microsoftonline.com"}, "authority"),
        ({"url": "graph.microsoft.com"}, "url"),
        ({"account": "svc@firma.fi"}, "account"),
        ({"auth": "basic"}, "auth"),
        ({"server_version": "2016"}, "server_version"),
        ({"secret_expires": "ensi vuonna"}, "secret_expires"),
        ({"secret_expires": "2026-02-30"}, "secret_expires"),
        ({"secret": "a\tb"}, "secret"),
    ],
)
def test_a_malformed_value_of_graph_is_named_and_nothing_is_stored(
    services: Services, values: dict[str, Any], field: str
) -> None:
    assert refused(services, **{"secret": SECRET, **values}) == ("EX-CONN-10", field)
    assert services.connections.list() == []
    with pytest.raises(SecretError):
        services.secrets.read("graph")


def test_a_connection_keeps_its_protocol(services: Services) -> None:
    put(services, name="cloud")

    with pytest.raises(UsageError) as error:
        services.connections.set(name="cloud", protocol="ews", url="https://x.fi/ews", account="a")
    assert error.value.failure.params["field"] == "protocol"
    assert services.connections.set(name="cloud", secret=SECRET).protocol == "graph"


def test_r27_the_end_of_a_secret_is_told_a_month_ahead(services: Services, fake_clock: FakeClock) -> None:
    ends = fake_clock.now.date() + timedelta(days=31)
    row = put(services, secret=SECRET, secret_expires=ends.isoformat())
    assert (row.secret_expires, row.secret_days_left) == (ends, None)

    left = []
    for days in (1, 29, 1, 1):
        fake_clock.advance(timedelta(days=days))
        left.append(services.connections.show().secret_days_left)
    assert left == [30, 1, 0, -1]
    assert services.status.summary().connections[0].secret_days_left == -1


def test_r27_a_new_secret_has_another_last_day_than_the_one_before(services: Services) -> None:
    put(services, secret=SECRET, secret_expires="2030-01-31")
    assert put(services).secret_expires is not None

    assert put(services, secret=SECRET + "2").secret_expires is None
    assert str(put(services, secret=SECRET, secret_expires="2031-01-31").secret_expires) == "2031-01-31"
    assert put(services, secret_expires="").secret_expires is None


def test_r27_a_certificate_tells_its_own_end_and_its_passphrase_is_in_the_keyring(
    services: Services, store: Store, tmp_path: Path, fake_clock: FakeClock
) -> None:
    file, ends = tmp_path / "vfadmin.pfx", fake_clock.now + timedelta(days=12)
    write_pfx(file, SECRET, ends)

    row = put(services, certificate=str(file), secret=SECRET)

    assert (row.certificate, row.secret_expires, row.secret_days_left) == (str(file), ends.date(), 12)
    assert services.secrets.read("graph") == SECRET
    write_pfx(file, SECRET, ends + timedelta(days=365))
    assert put(services, tenant="toinen.fi").secret_days_left is None
    assert put(services, certificate="", secret="client secret").secret_expires is None
    store.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*.db*"))
    assert SECRET.encode() not in stored


@pytest.mark.parametrize("wrong", ["missing", "rubbish", "no passphrase", "another passphrase", "directory"])
def test_r27_a_certificate_that_cannot_be_used_is_refused_when_it_is_set(
    services: Services, tmp_path: Path, fake_clock: FakeClock, wrong: str
) -> None:
    file = tmp_path / "vfadmin.pfx"
    if wrong == "rubbish":
        file.write_bytes(b"-----BEGIN PRIVATE KEY-----")
    elif wrong == "directory":
        file.mkdir()
    elif wrong != "missing":
        known = None if wrong == "no passphrase" else "another"
        write_pfx(file, known, fake_clock.now + timedelta(days=99))

    assert refused(services, certificate=str(file), secret=SECRET)[0] == "EX-AUTH-13"

    assert services.connections.list() == []
    with pytest.raises(SecretError):
        services.secrets.read("graph")


def test_r27_a_certificate_may_be_set_before_its_passphrase(
    services: Services, tmp_path: Path, fake_clock: FakeClock
) -> None:
    file, ends = tmp_path / "vfadmin.pfx", fake_clock.now + timedelta(days=99)
    write_pfx(file, SECRET, ends)

    assert put(services, certificate=str(file)).secret_expires is None
    assert services.connections.set(name="graph", secret=SECRET).secret_expires == ends.date()
    assert refused(services, secret_expires="2030-01-31") == ("EX-CONN-10", "secret_expires")

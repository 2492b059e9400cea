"""R27: a refused sign-in is tried again when its secret is another one, and not before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.empty_database import opened_empty
from tests.strategies import NOW
from vfadmin.errors import SecretError, failure
from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.sync.renewals import Renewals


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = opened_empty(tmp_path / "vfadmin.db")
    yield opened
    opened.close()


class Kept:
    """Where the secret is; None: nowhere."""

    def __init__(self) -> None:
        self.secret: str | None = "first"

    def read(self, name: str) -> str:
        if self.secret is None:
            raise SecretError(failure("VF-SECRET-03", connection=name))
        return self.secret


def refuse(store: Store, protocol: str, code: str = "EX-AUTH-01", **options: str) -> Connection:
    """A connection whose sign-in was refused."""
    with store.write() as session:
        row = session.get(Connection, "own")
        if row is None:
            row = Connection(name="own", protocol=protocol, options=options, version=4)
            session.add(row)
        row.blocked_code, row.blocked_since = code, NOW
    return stored(store)


def stored(store: Store) -> Connection:
    with store.read() as session:
        return session.get_one(Connection, "own")


@pytest.mark.parametrize("protocol", ["ews", "graph"])
def test_another_secret_opens_the_breaker_and_moves_the_version(store: Store, protocol: str) -> None:
    kept = Kept()
    renewals = Renewals(store, kept.read)
    assert renewals.watched(refuse(store, protocol))() == "first"
    renewals.look()
    assert (stored(store).blocked_code, stored(store).version) == ("EX-AUTH-01", 4)
    kept.secret = None
    renewals.look()
    assert stored(store).blocked_code == "EX-AUTH-01"
    kept.secret = "second"
    renewals.look()
    assert (stored(store).blocked_code, stored(store).blocked_since, stored(store).version) == (None, None, 5)


def test_over_ews_the_first_secret_is_the_refused_one_and_over_graph_the_last(store: Store) -> None:
    for protocol, opened in (("ews", True), ("graph", False)):
        kept = Kept()
        renewals = Renewals(store, kept.read)
        handed = renewals.watched(refuse(store, protocol))
        handed()
        kept.secret = "second"
        handed()
        renewals.look()
        assert (stored(store).blocked_code is None) is opened
        with store.write() as session:
            session.delete(session.get_one(Connection, "own"))


def test_another_certificate_counts_under_the_same_passphrase(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "app.pfx"
    path.write_bytes(b"one")
    renewals = Renewals(store, Kept().read)
    renewals.watched(refuse(store, "graph", "EX-AUTH-08", certificate=str(path)))()
    renewals.look()
    assert stored(store).blocked_code == "EX-AUTH-08"
    os.utime(path, ns=(1, 1))
    renewals.look()
    assert stored(store).blocked_code is None


def test_a_certificate_that_is_gone_is_another_one(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "app.pfx"
    path.write_bytes(b"one")
    renewals = Renewals(store, Kept().read)
    renewals.watched(refuse(store, "graph", "EX-AUTH-13", certificate=str(path)))()
    path.unlink()
    renewals.look()
    assert stored(store).blocked_code is None


def test_who_was_given_no_secret_or_one_of_an_earlier_version_says_nothing(store: Store) -> None:
    kept = Kept()
    renewals = Renewals(store, kept.read)
    row = refuse(store, "ews")
    renewals.look()
    renewals.watched(row)()
    kept.secret = "second"
    with store.write() as session:
        session.get_one(Connection, "own").version = 7
    renewals.look()
    assert (stored(store).blocked_code, stored(store).version) == ("EX-AUTH-01", 7)


def test_another_failure_of_the_connection_is_none_of_its_business(store: Store) -> None:
    kept = Kept()
    renewals = Renewals(store, kept.read)
    renewals.watched(refuse(store, "ews", "EX-TLS-01"))()
    kept.secret = "second"
    renewals.look()
    assert stored(store).blocked_code == "EX-TLS-01"

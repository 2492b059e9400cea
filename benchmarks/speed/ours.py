"""The product under measurement: its store, its engine and its connection, as `vfadmin sync` uses them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from benchmarks.speed.far_side import FarSide, values_of
from tests.quick_folder import quick_folder
from vfadmin.calendars.ews import EwsConnection, EwsServer
from vfadmin.models import CalendarEvent, Pair
from vfadmin.models.store import Store, open_store
from vfadmin.services.context import Actor, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import Synchronise
from vfadmin.simulator.config import utc_now
from vfadmin.sync.values import MailboxResult


def server(far: FarSide, connections: int = 8) -> EwsServer:
    """The keeper of the server's calendars."""
    connection = EwsConnection("ews", far.url, far.account, "basic", "2016", far.ca_file)
    return EwsServer(connection, lambda: far.password, connections)


class Installation:
    """A store with some persons whose mailboxes are active, and what synchronises them."""

    def __init__(self, store: Store, far: FarSide, mailboxes: list[str], home: Path, **settings: int) -> None:
        self.store, self.count = store, len(mailboxes)
        secrets = MemorySecrets()
        secrets.write("ews", far.password)
        actor = Actor("benchmark", "here")
        services = build_services(store, home, clock=utc_now, actor=actor, secrets=secrets)
        services.connections.set(
            protocol="ews",
            url=far.url,
            account=far.account,
            auth="basic",
            server_version="2016",
            ca_file=far.ca_file,
        )
        for name, value in settings.items():
            services.settings.set(name, value)
        for number, address in enumerate(mailboxes, start=1):
            services.directory.add_person(name=address, email=address, company="Esimerkki", person_id=number)
            services.activation.activate([number], login=address)
        self.synchronise = Synchronise(store, services.settings, secrets, clock=utc_now)

    def fill(self, count: int, person: int = 1) -> None:
        """So many events in ValueFrame, written by another program."""
        rows = [_row(person, number) for number in range(count)]
        with self.store.write() as session:
            session.connection().execute(insert(CalendarEvent), rows)

    def sync(self) -> list[MailboxResult]:
        """One round; all of it has to go well."""
        results = self.synchronise.run()
        assert [one.failure for one in results] == [None] * self.count
        return results

    def pairs(self) -> int:
        """How many pairs are in step."""
        with self.store.read() as session:
            return session.scalar(select(func.count()).where(Pair.status == "ok")) or 0


def _row(person: int, number: int) -> dict[str, Any]:
    made = values_of(number)
    return {
        "owner_id": person,
        "title": made["subject"],
        "location": made["location"],
        "body": made["body_text"],
        "starts_at": made["start"],
        "ends_at": made["end"],
        "created_at": made["start"],
        "modified_at": made["start"],
        "zone": "Europe/Helsinki",
    }


@contextmanager
def installed(
    far: FarSide, mailboxes: list[str], url: str | None = None, **settings: int
) -> Iterator[Installation]:
    """An installation over a new SQLite store, or over the empty database at the address."""
    with quick_folder() as folder:
        store = open_store(url or f"sqlite:///{folder / 'vfadmin.db'}")
        made = Installation(store, far, mailboxes, folder, **settings)
        try:
            yield made
        finally:
            made.synchronise.close()
            store.close()

"""The store of the fleet's measurement: PostgreSQL, as it is set up by default, with a company in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text

from benchmarks.fleet_exchange import Address, Known
from benchmarks.fleet_worker import ACTOR
from tests.postgresql import Server, start_server
from vfadmin.calendars.codec import to_json
from vfadmin.calendars.event import Event, When
from vfadmin.calendars.sql.changes import store_identity
from vfadmin.models import Connection, Cursor, Integration, State
from vfadmin.models.store import Store, open_store
from vfadmin.services.settings import Settings

USUAL = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
}
"""What the tests switch off for speed is on."""

_TABLES = ("person", "integration", "cursor", "run", "pair", "event", "change_log", "dirty", "history")


class FleetStore:
    """One database on a server of its own."""

    def __init__(self, mailboxes: int) -> None:
        self.mailboxes = mailboxes
        self.server: Server = start_server(**USUAL)
        self.server.sql("CREATE DATABASE fleet TEMPLATE template0")
        self.url = self.server.url("fleet")
        self.store: Store = open_store(self.url)

    def enlist(self, address: Address, known: list[Known], protocol: str, workers: int) -> None:
        """Connections, settings, and everybody active, in step, and not due for a while."""
        ews = Connection(name="ews", protocol="ews", url=address.ews, ca_file=address.ca_file)
        ews.account, ews.auth, ews.server_version = address.account, "basic", "online"
        graph = Connection(name="graph", protocol="graph", url=address.graph, ca_file=address.ca_file)
        graph.options = {
            "tenant": address.tenant, "client_id": address.client_id, "authority": address.authority
        }  # fmt: skip
        with self.store.write() as session:
            session.add_all([ews, graph])
            session.execute(
                text(
                    "INSERT INTO person (id, name, sort_name, search_text, email, kind, active)"
                    " SELECT n, 'Henkilö ' || n, 'henkilo ' || n, 'henkilo ' || n,"
                    " 'p' || lpad(CAST(n AS text), 6, '0') || '@fleet.test', 'person', true"
                    " FROM generate_series(1, :n) n"
                ),
                {"n": self.mailboxes},
            )
            later = datetime.now(UTC) + timedelta(hours=12)
            usual = {"state": State.ACTIVE, "connection": protocol, "matched": True, "next_run_at": later}
            session.execute(
                insert(Integration),
                [
                    {"person_id": person, "login": one.mailbox, "mailbox": one.mailbox}
                    | {"mailbox_identity": one.mailbox, "folder_identity": one.folder, **usual}
                    for person, one in enumerate(known, start=1)
                ],
            )
            here = store_identity(session)
            session.execute(
                insert(Cursor),
                [
                    {"person_id": person, "side": side, "token": token}
                    for person, one in enumerate(known, start=1)
                    for side, token in (("exchange", one.cursor), ("valueframe", f"{here}:{person}:0"))
                ],
            )
        settings = Settings(self.store, clock=lambda: datetime.now(UTC), actor=ACTOR)
        settings.set("workers", workers)
        settings.set("poll_seconds", 86_400)

    def pair_up(self, events: int) -> None:
        """Give everybody so many events that stand on both sides already, past the triggers."""
        start = (datetime.now(UTC) + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
        when = When(start, start + timedelta(hours=1), zone="Europe/Helsinki")
        shown = json.dumps(to_json(Event(title="Palaveri asiakkaan luona", when=when, text="Muistio " * 12)))
        names = {"n": self.mailboxes, "m": events, "shown": shown, "start": start, "end": when.end}
        with self.store.rebuild() as connection:
            connection.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
            connection.execute(
                text(
                    "INSERT INTO event (owner_id, title, body, starts_at, ends_at, created_at, modified_at,"
                    " sync_key, version) SELECT n, 'Palaveri asiakkaan luona', repeat('Muistio ', 12),"
                    " :start, :end, :start, :start, CAST(CAST(md5('e' || n || '-' || k) AS uuid) AS text), 1"
                    " FROM generate_series(1, :n) n, generate_series(1, :m) k"
                ),
                names,
            )
            connection.execute(
                text(
                    "INSERT INTO pair (key, person_id, valueframe_id, exchange_id, valueframe_version,"
                    " exchange_version, uid, base, seen_valueframe, seen_exchange, status, error_params,"
                    " attempts) SELECT sync_key, owner_id, CAST(id AS text), repeat(sync_key, 4), '1',"
                    " sync_key, sync_key, CAST(:shown AS jsonb), CAST(:shown AS jsonb),"
                    " CAST(:shown AS jsonb), 'ok', '{}', 0 FROM event"
                ),
                names,
            )
            connection.execute(text("ALTER TABLE event ENABLE TRIGGER USER"))
        self._sql("VACUUM ANALYZE")

    def make_due(self, count: int | None = None) -> datetime:
        """Everybody, or the first so many, is due from now on, and nobody else."""
        now = datetime.now(UTC)
        with self.store.write() as session:
            session.execute(
                text(
                    "UPDATE integration SET next_run_at = CASE WHEN person_id <= :count"
                    " THEN :now ELSE CAST(:later AS timestamptz) END"
                ),
                {"count": count or self.mailboxes, "now": now, "later": now + timedelta(hours=12)},
            )
        return now

    def left(self, since: datetime) -> int:
        """How many of those who were due then have not been synchronised."""
        with self.store.read() as session:
            asked = "SELECT count(*) FROM integration WHERE next_run_at <= :since OR lease_until IS NOT NULL"
            return int(session.execute(text(asked), {"since": since}).scalar_one())

    def events_titled(self, title: str, owner: int | None = None) -> int:
        """How many events of that title ValueFrame shows, of everybody or of one person."""
        with self.store.read() as session:
            asked = (
                "SELECT count(*) FROM event WHERE title = :title AND coalesce(:owner, owner_id) = owner_id"
            )
            return int(session.execute(text(asked), {"title": title, "owner": owner}).scalar_one())

    def add_event(self, owner: int, title: str) -> None:
        """Somebody enters an event in ValueFrame."""
        start = (datetime.now(UTC) + timedelta(days=1)).replace(second=0, microsecond=0)
        with self.store.write() as session:
            session.execute(
                text(
                    "INSERT INTO event (owner_id, title, starts_at, ends_at, created_at, modified_at)"
                    " VALUES (:owner, :title, :start, :end, :start, :start)"
                ),
                {"owner": owner, "title": title, "start": start, "end": start + timedelta(hours=1)},
            )

    def written(self) -> tuple[int, int]:
        """Transactions committed in the database and bytes of its log, both since it was made."""
        self._sql("SELECT pg_stat_force_next_flush()")
        (commits, log), *_ = self._sql(
            "SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = 'fleet'),"
            " pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
        )
        return int(str(commits)), int(str(log))

    def sizes(self) -> dict[str, tuple[int, int]]:
        """Rows and bytes (with indexes) of the tables that grow with the mailboxes."""
        found = {}
        for name in _TABLES:
            (row, *_) = self._sql(f"SELECT count(*), pg_total_relation_size('{name}') FROM {name}")  # noqa: S608
            found[name] = int(str(row[0])), int(str(row[1]))
        return found

    def cpu(self) -> float:
        """CPU seconds of the server and its connections, as far as they are open."""
        parent, ticks = self.server.process.pid, 0
        for one in Path("/proc").glob("[0-9]*/stat"):
            try:
                told = one.read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if parent in (int(told[1]), int(one.parent.name)):
                ticks += int(told[11]) + int(told[12])
        return ticks / 100

    def close(self) -> None:
        """Take it all away."""
        from tests.postgresql import take_away  # noqa: PLC0415

        self.store.close()
        take_away(self.server)

    def _sql(self, statement: str) -> list[tuple[object, ...]]:
        return self.server.sql(statement, "fleet")

"""What a move from the file to a server takes, and whether everything is the same there afterwards.

``python -m benchmarks.database_move [PERSONS]``: persons with logins, five events in both calendars, two runs
and ten lines of history each, in an SQLite file; then ``vfadmin db move`` into a PostgreSQL of its own. Times
are of this process and of the wall; the ratio is to reading the same rows from the file once, which does not
depend on how busy the machine is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from tests.postgresql import server
from vfadmin.calendars.codec import to_json
from vfadmin.calendars.event import Event, When
from vfadmin.models import CalendarEvent, Company, History, Integration, Pair, Person, Run, portable
from vfadmin.models.store import Store, open_store
from vfadmin.services.backup_file import counted
from vfadmin.services.database import DatabaseCare

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
EVENTS, RUNS, LINES = 5, 2, 10
TEXT = "Käydään läpi tarjous ja sovitaan jatkosta. " * 5


def fill(store: Store, persons: int) -> None:
    """The persons with everything that hangs on them, in transactions of five hundred."""
    with store.write() as session:
        session.execute(insert(Company), [{"name": f"Yhtiö {n} Öy"} for n in range(20)])
    for first in range(1, persons + 1, 500):
        ids = range(first, min(first + 500, persons + 1))
        with store.write() as session:
            session.execute(insert(Person), [_person(one) for one in ids])
            session.execute(insert(Integration), [_integration(one) for one in ids])
            session.execute(insert(CalendarEvent), [_event(one, n) for one in ids for n in range(EVENTS)])
            session.execute(insert(Pair), [_pair(one, n) for one in ids for n in range(EVENTS)])
            session.execute(insert(Run), [_run(one, n) for one in ids for n in range(RUNS)])
            session.execute(insert(History), [_line(one, n) for one in ids for n in range(LINES)])


def _person(one: int) -> dict[str, Any]:
    name = f"Äijälä Örjan {one}"
    return {"id": one, "name": name, "sort_name": name, "search_text": name, "company_id": 1 + one % 20}


def _integration(one: int) -> dict[str, Any]:
    return {"person_id": one, "login": f"FIRMA\\h{one}", "login_key": f"h{one}", "state": "active"}


def _event(one: int, n: int) -> dict[str, Any]:
    starts = NOW + timedelta(days=n, minutes=one % 600)
    facts = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "created_at": NOW}
    return {**facts, "owner_id": one, "title": f"Palaveri {n}", "body": TEXT, "modified_at": NOW}


def _shown(n: int) -> dict[str, Any]:
    when = When(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=1), zone="Europe/Helsinki")
    return to_json(Event(title=f"Palaveri {n}", when=when, text=TEXT))


def _pair(one: int, n: int) -> dict[str, Any]:
    ids = {"key": f"{one}-{n}", "valueframe_id": f"{one}:{n}", "exchange_id": f"AAMk{one}:{n}"}
    shown = _shown(n)
    return {**ids, "person_id": one, "base": shown, "seen_valueframe": shown, "seen_exchange": shown}


def _run(one: int, n: int) -> dict[str, Any]:
    at = NOW - timedelta(hours=n)
    return {"person_id": one, "started_at": at, "finished_at": at, "pushed": EVENTS}


def _line(one: int, n: int) -> dict[str, Any]:
    said = {"side": "exchange", "operation": "update", "reason": "edited", "detail": {"fields": ["title"]}}
    return {**said, "person_id": one, "before": _shown(n), "after": _shown(n + 1), "at": NOW}


def timed(what: str, work: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds of this process it took, which are told beside those of the wall."""
    own, wall = time.process_time(), time.monotonic()
    done = work()
    took = time.process_time() - own
    sys.stdout.write(f"{what}: {took:.1f} s of this process, {time.monotonic() - wall:.1f} s by the clock\n")
    return took, done


def told(url: str) -> dict[str, tuple[int, str]]:
    """Length and sum of every table as it stands there."""
    store = open_store(url)
    with store.read() as session:
        connection = session.connection()
        found = {one.table: counted(one, portable.rows(connection, one)) for one in portable.shapes()}
    store.close()
    return {table: (one.rows, one.sha256) for table, one in found.items()}


def main(persons: int) -> int:
    """0 when everything is the same on both sides."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "vfadmin.db"
        old, new = f"sqlite:///{file}", server().url(server().new_database(template="template0"))
        store = open_store(old)
        timed(f"{persons} persons made", lambda: fill(store, persons))
        store.close()
        read, before = timed("read once from the file", lambda: told(old))
        moved, (_, done) = timed("moved", lambda: DatabaseCare(old, lambda: NOW).move(new))
        after = told(new)
        size = file.stat().st_size / 2**20
        sys.stdout.write(
            f"{done.rows} rows, {size:.0f} MiB; the move takes {moved / read:.1f} times the reading\n"
        )
        for table in ("store_identity", "integration"):  # a new name, and no lease is taken along
            del before[table], after[table]
        return int(before != after)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))

"""Processes that synchronise, as the store tells of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from vfadmin.models import Worker
from vfadmin.models.store import Store


def put_to_work(store: Store, now: datetime) -> None:
    """Two workers, one of which is about to end, and a window."""
    rows = [
        ("a", "palvelin-1", 812, "worker", 62, 48_211, False, 5),
        ("b", "palvelin-2", 1204, "worker", 58, 45_930, True, 9),
        ("c", "TYOASEMA-12", 7710, "desktop", 0, 37, False, 2),
    ]
    with store.write() as session:
        for name, host, pid, kind, recent, mailboxes, stopping, ago in rows:
            session.add(
                Worker(
                    id=name,
                    host=host,
                    pid=pid,
                    version="0.9.0",
                    kind=kind,
                    started_at=now - timedelta(hours=13, minutes=pid % 60),
                    seen_at=now - timedelta(seconds=ago),
                    stopping=stopping,
                    mailboxes=mailboxes,
                    changes=mailboxes // 7,
                    recent=recent,
                )
            )

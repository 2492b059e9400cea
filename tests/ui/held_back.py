"""A mailbox in which something waits for an admin, as the engine leaves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.services.scenes import change
from tests.strategies import plain
from vfadmin.calendars.codec import to_json
from vfadmin.models import History, Pair, Run
from vfadmin.models.store import Store

HELD = 7


def hold(store: Store, person_id: int, at: datetime) -> None:
    """Of 12 events 7 were deleted in Outlook and are held; an eighth does not succeed."""
    with store.write() as session:
        for number in range(12):
            event = to_json(plain(f"Palaveri {number:02}", days=1 + number / 24))
            key = f"pari-{number}"
            status = "held" if number < HELD else "quarantined" if number == HELD else "ok"
            session.add(
                Pair(
                    key=key,
                    person_id=person_id,
                    status=status,
                    base=event,
                    valueframe_id=f"v{number}",
                    seen_valueframe=event,
                    exchange_id=f"x{number}",
                    seen_exchange=event,
                    error_code="EX-ITEM-03" if number == HELD else None,
                    error_params={},
                )
            )
            if number <= HELD:
                session.add(
                    History(
                        person_id=person_id,
                        pair_key=key,
                        side="valueframe" if number < HELD else "exchange",
                        operation="hold" if number < HELD else "quarantine",
                        reason="held" if number < HELD else "quarantined",
                        detail={},
                        at=at - timedelta(hours=2),
                    )
                )
    change(store, person_id, waiting=HELD + 1)


def contest(store: Store, person_id: int, at: datetime, count: int = 2) -> None:
    """So many of his events were edited on both sides, and Exchange lost where they are."""
    with store.write() as session:
        run = Run(person_id=person_id, started_at=at - timedelta(hours=1), finished_at=at, conflicts=count)
        session.add(run)
        session.flush()
        for number in range(count):
            event = to_json(plain(f"Katselmus {number:02}", days=2 + number / 24))
            session.add(
                History(
                    run_id=run.id,
                    person_id=person_id,
                    pair_key=f"riita-{number}",
                    side="exchange",
                    operation="update",
                    reason="conflict",
                    before=event | {"location": "Verkko"},
                    after=event | {"location": "Sali"},
                    detail={"fields": ["location"], "lost": ["location"]},
                    at=at - timedelta(hours=1),
                    contested=True,
                )
            )

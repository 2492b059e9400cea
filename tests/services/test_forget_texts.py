"""R31: what was written in events can be taken out of a person's history, and is nowhere in the file then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.clock import FakeClock
from tests.services.scenes import active
from tests.services.test_history import CANARY, PRIVATE, PUBLIC, add_operation, add_run
from vfadmin.calendars.codec import from_json
from vfadmin.calendars.event import Event, Override, Recurrence
from vfadmin.errors import UsageError
from vfadmin.models import History
from vfadmin.models.store import Store
from vfadmin.services import forget_texts
from vfadmin.services.context import Services

DAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
SERIES = Event(
    title=f"{CANARY} sarja",
    when=PUBLIC.when,
    recurrence=Recurrence(
        "FREQ=DAILY;COUNT=3",
        (Override(DAY.date(), title=f"{CANARY} poikkeus", location=CANARY, text=CANARY),),
    ),
)


def _bytes(store: Store) -> bytes:
    place = Path(store.place)
    return b"".join(path.read_bytes() for path in place.parent.glob(f"{place.name}*"))


@pytest.mark.sqlite  # looks into the file
def test_r31_no_byte_of_the_texts_is_left_and_what_happened_is(
    services: Services, store: Store, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forget_texts, "BATCH", 30)
    anna, other = active(services, "Anna").id, active(services, "Ossi").id
    run = add_run(store, anna, fake_clock.now)
    long = replace(PUBLIC, text=f"{CANARY} " * 2_000)
    for number in range(100):
        detail = {"fields": ["text"], "lost": ["title"], "quote": CANARY, "event": number}
        add_operation(
            store, anna, run, fake_clock.now, (PRIVATE, SERIES, long)[number % 3], long, detail=detail
        )
    add_operation(store, other, None, fake_clock.now, PUBLIC, None)
    assert CANARY.encode() in _bytes(store)
    assert services.forget_texts.count(anna) == 100

    assert services.forget_texts.forget(anna) == 100

    assert CANARY.encode() not in _bytes(store)
    assert services.forget_texts.count(anna) == 0
    with store.read() as session:
        rows = session.scalars(select(History).where(History.person_id == anna).order_by(History.id)).all()
    assert rows[0].detail == {"fields": ["text"], "lost": ["title"], "event": 0, "forgotten": True}
    events = [from_json(row.before or {}) for row in rows]
    assert {one.when for one in events} == {PUBLIC.when}
    assert {one.title + one.location + one.text for one in events} == {""}
    assert events[1].recurrence == Recurrence("FREQ=DAILY;COUNT=3", (Override(DAY.date()),))
    (kept,) = services.history.of_person(other)
    assert kept.title == PUBLIC.title
    (told,) = [one for one in services.history.audit(anna) if one.action == "history.forget_texts"]
    assert (told.actor, told.after) == ("tuki", {"operations": 100})
    fake_clock.advance(timedelta(minutes=1))
    assert services.forget_texts.forget(anna) == 0


@pytest.mark.both_stores
def test_r31_nobodys_texts_cannot_be_forgotten(services: Services) -> None:
    with pytest.raises(UsageError, match="VF-PERSON-01"):
        services.forget_texts.forget(99)
    with pytest.raises(UsageError, match="VF-PERSON-01"):
        services.forget_texts.count(99)


@pytest.mark.both_stores
def test_r31_what_is_left_of_the_history_says_what_happened_without_a_text(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    anna = active(services, "Anna").id
    add_operation(store, anna, add_run(store, anna, fake_clock.now), fake_clock.now, SERIES, PUBLIC)
    assert services.forget_texts.forget(anna) == 1
    assert services.forget_texts.forget(anna) == 0
    with store.read() as session:
        (left,) = session.scalars(select(History))
    assert left.operation == "update"
    assert CANARY not in f"{left.before} {left.after} {left.detail}"
    assert PUBLIC.title not in f"{left.after}"

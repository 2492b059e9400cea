from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.clock import FakeClock
from tests.services.scenes import active
from vfadmin.calendars.codec import KEYS, to_json
from vfadmin.calendars.event import Event, Participant, When
from vfadmin.errors import UsageError
from vfadmin.models import History, Pair, Run
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.rows import ErrorInfo

WHEN = When(datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC), zone="Europe/Helsinki")
CANARY = "kanarialintu"
PRIVATE = Event(
    title=f"{CANARY} title",
    when=WHEN,
    location=f"{CANARY} location",
    text=f"{CANARY} text",
    private=True,
    participants=frozenset({Participant(4711)}),
)
PUBLIC = Event(title="Palaveri", when=WHEN, location="Neukkari")


@pytest.fixture
def owner(services: Services) -> int:
    return active(services, "Anna").id


def add_run(store: Store, owner: int, started: datetime, **columns: Any) -> int:
    with store.write() as session:
        run = Run(person_id=owner, started_at=started, **columns)
        session.add(run)
        session.flush()
        return run.id


def add_operation(
    store: Store,
    owner: int,
    run: int | None,
    at: datetime,
    before: Event | None,
    after: Event | None,
    **columns: Any,
) -> None:
    with store.write() as session:
        session.add(
            History(
                run_id=run,
                person_id=owner,
                at=at,
                before=None if before is None else to_json(before),
                after=None if after is None else to_json(after),
                **{"side": "exchange", "operation": "update", "reason": "edited", "detail": {}, **columns},
            )
        )


def test_runs_come_newest_first_with_what_each_did(
    services: Services, store: Store, owner: int, fake_clock: FakeClock
) -> None:
    first = add_run(store, owner, fake_clock.now, finished_at=fake_clock.now, pulled=3, pushed=2, requests=9)
    fake_clock.advance(timedelta(minutes=2))
    failed = add_run(
        store,
        owner,
        fake_clock.now,
        finished_at=fake_clock.now,
        error_code="EX-CONN-04",
        error_params={"host": "mail.firma.fi"},
    )
    fake_clock.advance(timedelta(minutes=2))
    killed = add_run(store, owner, fake_clock.now)

    runs = services.history.runs(owner)

    assert [run.id for run in runs] == [killed, failed, first]
    assert [run.ok for run in runs] == [False, False, True]
    assert runs[0].finished is None
    assert runs[1].error == ErrorInfo("EX-CONN-04", {"host": "mail.firma.fi"}, runs[1].finished)
    assert (runs[2].pulled, runs[2].pushed, runs[2].requests, runs[2].error) == (3, 2, 9, None)
    assert services.history.runs(owner, limit=1) == runs[:1]


def test_operations_show_what_changed(
    services: Services, store: Store, owner: int, fake_clock: FakeClock
) -> None:
    run = add_run(store, owner, fake_clock.now)
    moved = Event(title="Palaveri 2", when=WHEN, location="Neukkari")
    add_operation(store, owner, run, fake_clock.now, PUBLIC, moved, detail={"fields": ["title"], "lost": []})
    add_operation(store, owner, run, fake_clock.now, PUBLIC, None, operation="delete", reason="deleted")
    add_operation(store, owner, None, fake_clock.now, None, None, operation="skip", reason="left-alone")

    first, second = services.history.operations(run)

    assert (first.title, first.start, first.fields) == ("Palaveri 2", "2026-03-02T08:00:00+00:00", ("title",))
    assert first.before == to_json(PUBLIC)
    assert first.detail == {"fields": ["title"], "lost": []}
    assert (second.title, second.operation, second.fields, second.after) == ("Palaveri", "delete", (), None)
    assert [one.operation for one in services.history.of_person(owner)] == ["skip", "delete", "update"]
    assert len(services.history.of_person(owner, limit=2)) == 2
    assert services.history.operations(999) == []


@pytest.mark.both_stores
def test_what_changed_is_told_in_one_order_whatever_the_database_keeps(
    services: Services, store: Store, owner: int, fake_clock: FakeClock
) -> None:
    run = add_run(store, owner, fake_clock.now)
    later = replace(WHEN, start=WHEN.start + timedelta(hours=1), end=WHEN.end + timedelta(hours=1))
    other = replace(PUBLIC, when=later, location="Teams", title="Katselmus", text="Uusi")
    add_operation(store, owner, run, fake_clock.now, PUBLIC, other)
    (one,) = services.history.operations(run)
    assert one.fields == ("title", "location", "text", "start", "end")
    assert one.after is not None
    assert tuple(one.after) == KEYS


@pytest.mark.parametrize(
    ("before", "after"), [(PRIVATE, None), (None, PRIVATE), (PUBLIC, PRIVATE), (PRIVATE, PUBLIC)]
)
def test_r31_a_private_event_comes_out_as_its_time_and_yksityinen(
    services: Services,
    store: Store,
    owner: int,
    fake_clock: FakeClock,
    before: Event | None,
    after: Event | None,
) -> None:
    run = add_run(store, owner, fake_clock.now)
    add_operation(
        store,
        owner,
        run,
        fake_clock.now,
        before,
        after,
        detail={"fields": ["text"], "lost": [], "code": "EX-ITEM-03", "quote": CANARY},
    )

    (row,) = services.history.operations(run)

    assert row.redacted
    assert (row.title, row.start) == ("Yksityinen", "2026-03-02T08:00:00+00:00")
    for event in (row.before, row.after):
        assert event is None or set(event) == {"title", "private", "start", "end", "all_day", "zone"}
    assert row.detail == {"fields": ["text"], "lost": [], "code": "EX-ITEM-03"}
    assert CANARY not in str(row)
    assert "Palaveri" not in str(row)
    assert "4711" not in str(row)


def test_r31_what_was_public_once_is_not_told_after_it_became_private(
    services: Services, store: Store, owner: int, fake_clock: FakeClock
) -> None:
    for key, event in (("a", PUBLIC), ("a", PRIVATE), ("b", PUBLIC), ("c", PUBLIC)):
        add_operation(store, owner, None, fake_clock.now, None, event, pair_key=key)
    with store.write() as session:
        session.add(Pair(key="b", person_id=owner, base=to_json(PRIVATE)))
        session.add(Pair(key="c", person_id=owner, base=to_json(PUBLIC)))

    rows = services.history.of_person(owner)

    assert [(row.title, row.redacted) for row in rows] == [
        ("Palaveri", False),
        ("Yksityinen", True),
        ("Yksityinen", True),
        ("Yksityinen", True),
    ]


def test_an_unknown_person_has_no_history(services: Services) -> None:
    for call in (services.history.runs, services.history.of_person):
        with pytest.raises(UsageError) as error:
            call(99)
        assert error.value.failure.code == "VF-PERSON-01"


def test_the_audit_trail_tells_who_where_and_when(
    services: Services, owner: int, fake_clock: FakeClock
) -> None:
    services.settings.set("days_back", 3)
    services.activation.passivate([owner])

    mine = services.history.audit(owner)
    everything = services.history.audit(limit=2)

    assert [one.action for one in mine] == ["integration.passivate", "integration.activate", "person.add"]
    assert (mine[0].actor, mine[0].host, mine[0].at) == ("tuki", "kone-1", fake_clock.now)
    assert (mine[0].before, mine[0].after) == ({"state": "active"}, {"state": "passive"})
    assert [one.action for one in everything] == ["integration.passivate", "setting.set"]

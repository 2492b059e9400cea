"""What is older than it is to be kept goes, in small batches, and nothing that is still needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from tests.empty_database import opened_empty
from tests.services.scenes import active, remember
from tests.strategies import NOW
from vfadmin.models import ChangeLog, History, Intent, Pair, Run
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import Synchronise
from vfadmin.sync import retention

OLD, YOUNG = NOW - timedelta(days=31), NOW - timedelta(days=29)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened_empty(tmp_path / "vfadmin.db")
    yield store
    store.close()


@pytest.fixture
def services(store: Store, tmp_path: Path) -> Services:
    actor = Actor("tuki", "kone-1")
    return build_services(store, tmp_path, clock=lambda: NOW, actor=actor, secrets=MemorySecrets())


def _run(store: Store, person: int, at: datetime, told: int = 1) -> int:
    with store.write() as session:
        run = Run(person_id=person, started_at=at)
        session.add(run)
        session.flush()
        common = {"run_id": run.id, "person_id": person, "side": "exchange", "operation": "update"}
        session.add_all([History(**common, reason="edited", detail={}, at=at) for _ in range(told)])
        return run.id


def _count(store: Store, table: type[Run | History | ChangeLog]) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.both_stores
def test_r24_what_is_older_than_the_setting_goes_and_the_rest_stays(
    services: Services, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 10)
    anna = active(services, "Anna").id
    remember(store, anna, OLD)
    gone, needed, reaching = _run(store, anna, OLD, 25), _run(store, anna, OLD), _run(store, anna, OLD)
    with store.write() as session:
        pair = session.scalars(select(Pair)).one()
        session.query(Intent).delete()
        session.add(
            Intent(
                pair_id=pair.id,
                person_id=anna,
                run_id=needed,
                side="exchange",
                operation="create",
                stamp="s",
                payload={},
                created_at=OLD,
            )
        )
        session.add(
            History(
                run_id=reaching,
                person_id=anna,
                side="exchange",
                operation="update",
                reason="edited",
                detail={},
                at=YOUNG,
            )
        )
    latest = _run(store, anna, YOUNG)
    sizes: list[int] = []
    event.listen(
        store.engine,
        "after_cursor_execute",
        lambda _c, cursor, sql, *_: sizes.append(cursor.rowcount) if sql.startswith("DELETE") else None,
    )

    assert retention.prune(store, NOW - timedelta(days=30)) >= 28

    with store.read() as session:
        assert list(session.scalars(select(Run.id).order_by(Run.id))) == [needed, reaching, latest]
        assert set(session.scalars(select(History.at))) == {YOUNG}
    assert gone not in {needed, reaching, latest}
    assert sum(sizes) >= 28
    assert max(sizes) <= 10
    assert retention.prune(store, NOW - timedelta(days=30)) == 0


@pytest.mark.both_stores
def test_r24_the_latest_run_of_a_person_stays_however_old(services: Services, store: Store) -> None:
    anna = active(services, "Anna").id
    _run(store, anna, OLD)
    latest = _run(store, anna, OLD)
    retention.prune(store, NOW)
    with store.read() as session:
        assert list(session.scalars(select(Run.id))) == [latest]
    assert _count(store, History) == 0


@pytest.mark.both_stores
def test_r24_the_engine_throws_away_once_an_hour_what_the_setting_says(
    services: Services, store: Store
) -> None:
    seconds = [0.0]
    services.settings.set("history_days", 30)
    anna = active(services, "Anna").id
    synchronise = Synchronise(store, services.settings, MemorySecrets(), clock=lambda: NOW)
    engine = synchronise.engine()
    engine._monotonic = lambda: seconds[0]
    _run(store, anna, OLD)
    engine.due()
    assert _count(store, History) == 0
    _run(store, anna, OLD)
    seconds[0] = 3_599.0
    engine.due()
    assert _count(store, History) == 1
    seconds[0] = 3_600.0
    engine.due()
    assert _count(store, History) == 0
    synchronise.close()

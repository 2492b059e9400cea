"""The choice of ValueFrame's side, as the engine meets it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from tests.clock import FakeClock
from tests.contract.rest_keeper import EVENTS, KEYS, map_text, resources
from tests.strategies import NOW
from tests.sync.scenarios.fleet import Fleet, running_fleet
from vfadmin.errors import SecretError, UsageError, failure
from vfadmin.models import Pair
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.valueframe import ValueFrame
from vfadmin.simulator.valueframe import ValueFrameConfig, ValueFrameSimulator

HOUR = timedelta(hours=1)
START = NOW + timedelta(days=3)


@pytest.fixture
def simulator() -> Iterator[ValueFrameSimulator]:
    with ValueFrameSimulator(ValueFrameConfig(resources())) as running:
        yield running


@pytest.fixture
def field_map(simulator: ValueFrameSimulator, tmp_path: Path) -> Path:
    path = tmp_path / "kartta.toml"
    path.write_text(map_text(simulator), encoding="utf-8")
    return path


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with running_fleet(tmp_path, 2) as fleet:
        yield fleet


def test_the_engine_synchronises_with_whichever_source_is_chosen(
    fleet: Fleet, simulator: ValueFrameSimulator, field_map: Path
) -> None:
    vault = fleet.services.secrets
    for name, key in KEYS.items():
        vault.write(name, key)
    chosen = fleet.services.valueframe
    assert chosen.use_rest(field_map).source == "rest"
    for person in (1, 2):
        times = {"startDateTime": START.isoformat(), "endDateTime": (START + HOUR).isoformat()}
        simulator.add(EVENTS, {"ownerId": person, "title": f"Palaveri {person}", **times})
    fleet.outlook(1).create(subject="Outlookista", start=START, end=START + HOUR)
    assert [one.ok for one in fleet.sync(1, 2)] == [True, True]
    rows = [(row["ownerId"], row["title"]) for row in simulator.rows(EVENTS)]
    assert sorted(rows) == [(1, "Outlookista"), (1, "Palaveri 1"), (2, "Palaveri 2")]
    assert fleet.titles(1) == ([], ["Outlookista", "Palaveri 1"])
    with pytest.raises(UsageError) as refused:
        chosen.use_sql()
    assert refused.value.failure.code == "VF-REST-15"
    # The same interface by a map that was corrected is no other source.
    text = field_map.read_text(encoding="utf-8").replace("limit = 200", "limit = 100")
    field_map.write_text(text, encoding="utf-8")
    assert chosen.use_rest(field_map).source == "rest"
    assert [one.ok for one in fleet.sync(1, 2)] == [True, True]
    assert len(simulator.rows(EVENTS)) == 3
    fleet.synchronise.close()


def test_a_failure_of_valueframes_side_delays_and_closes_no_connection_to_exchange(
    fleet: Fleet, simulator: ValueFrameSimulator, field_map: Path
) -> None:
    fleet.services.valueframe.use_rest(field_map)
    for name in KEYS:
        fleet.services.secrets.write(name, "väärä")
    (result, _) = fleet.sync(1, 2)
    assert result.failure is not None
    assert result.failure.code == "VF-REST-02"
    assert fleet.integration(1).state == "active"
    (connection,) = fleet.services.connections.list()
    assert connection.blocked is None
    assert len(simulator.requests) == 1


def test_a_source_is_not_changed_under_what_is_synchronised(fleet: Fleet, field_map: Path) -> None:
    with fleet.store.write() as session:
        pair = {"key": "k", "person_id": 1, "valueframe_id": "1", "exchange_id": "x", "error_params": {}}
        session.execute(insert(Pair), [pair])
    chosen = fleet.services.valueframe
    with pytest.raises(UsageError) as refused:
        chosen.use_rest(field_map)
    assert (refused.value.failure.code, refused.value.failure.params["count"]) == ("VF-REST-15", 1)
    assert chosen.use_sql().source == "sql"


def test_a_keyring_that_cannot_be_opened_leaves_open_what_is_in_it(fleet: Fleet, field_map: Path) -> None:
    class Locked(MemorySecrets):
        def read(self, connection: str) -> str:
            raise SecretError(failure("VF-SECRET-02", connection=connection))

    services = fleet.services
    locked = ValueFrame(fleet.store, Locked(), services.directory, clock=FakeClock(NOW), actor=services.actor)
    assert [one.key_stored for one in locked.use_rest(field_map).resources] == [None, None, None]


def test_persons_need_a_map_of_theirs(fleet: Fleet, field_map: Path) -> None:
    text = field_map.read_text(encoding="utf-8")
    field_map.write_text(text[: text.index("[companies]")], encoding="utf-8")
    fleet.services.valueframe.use_rest(field_map)
    with pytest.raises(Exception, match="VF-REST-01"):
        fleet.services.valueframe.pull()

"""Three workers on one database: what a killed one, a frozen one and a restarted server leave behind."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fleet.world import Fleet, Nest, company, nest_for
from tests.postgresql import Server, restart, start_server, take_away
from tests.roles import LOGINS, make_login, make_roles
from vfadmin.models.rights import Role
from vfadmin.models.roles import USUAL
from vfadmin.models.store import open_store
from vfadmin.simulator import Simulator
from vfadmin.simulator.faults import FaultRule

pytestmark = [
    pytest.mark.timeout(500),
    pytest.mark.postgresql,
    pytest.mark.skipif(sys.platform == "win32", reason="needs signals that stop and kill"),
]
SIZE = 6


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with company(SIZE) as running:
        yield running


@pytest.fixture(scope="module")
def nest(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nest]:
    with nest_for(tmp_path_factory.mktemp("fleet") / "secrets", simulator.password) as running:
        yield running


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One that may be restarted without anybody else's noticing."""
    running = start_server()
    running.sql("CREATE DATABASE vfadmin_empty TEMPLATE template0")
    open_store(running.url("vfadmin_empty")).close()
    yield running
    take_away(running)


@pytest.fixture
def fleet(server: Server, tmp_path: Path, nest: Nest, simulator: Simulator) -> Iterator[Fleet]:
    simulator.reset()
    made = Fleet(server, tmp_path, nest, simulator)
    made.settle()
    yield made
    made.stop()
    made.close()


def _slow(simulator: Simulator) -> None:
    simulator.set_faults([FaultRule(kind="drip", operation="CreateItem", piece=400, pause_ms=40, times=None)])


def _in_mid_sync(fleet: Fleet, *workers: int) -> None:
    """Everybody has work, and these workers have mailboxes at work."""
    _slow(fleet.simulator)
    fleet.work("a")

    def busy() -> bool:
        owners = {owner.split(":")[1] for owner in fleet.leases().values()}
        return owners.issuperset(map(str, workers))

    fleet.until(busy, "they are in mid-sync")


def test_what_a_killed_and_a_frozen_worker_leave_goes_on_elsewhere(
    fleet: Fleet, simulator: Simulator
) -> None:
    """And the frozen one stores nothing in anybody's name when it wakes."""
    killed, frozen, _ = fleet.begin(3, mailboxes=2)
    _in_mid_sync(fleet, killed, frozen)
    fleet.tell(killed, signal.SIGKILL)
    fleet.tell(frozen, signal.SIGSTOP)
    simulator.set_faults([])
    fleet.until(fleet.in_step, "the other has done it all")
    fleet.tell(frozen, signal.SIGCONT)
    fleet.work("b")
    fleet.until(fleet.in_step, "both go on")
    fleet.assert_whole(["a", "b"])
    assert all(fleet.witness.taken_by(one) for one in (killed, frozen))


def test_a_restarted_database_server_is_found_again_under_load(fleet: Fleet, simulator: Simulator) -> None:
    """And who is terminated in mid-sync finishes its writes and gives everything back."""
    first, second = fleet.begin(2, mailboxes=2)
    _in_mid_sync(fleet, first, second)
    restart(fleet.server)
    simulator.set_faults([])
    fleet.until(fleet.in_step, "all of it is done")
    fleet.until(lambda: len(fleet.services.workers.alive()) == 2, "both are there")
    fleet.assert_whole(["a"])
    _slow(simulator)
    fleet.work("b")
    fleet.until(lambda: bool(fleet.leases()), "somebody is in mid-sync")
    fleet.tell(first, signal.SIGTERM)
    fleet.until(lambda: fleet.word(first) == "ended", "it has ended")
    assert all(f":{first}:" not in owner for owner in fleet.leases().values())
    assert [one.pid for one in fleet.services.workers.alive()] == [second]
    simulator.set_faults([])
    fleet.until(fleet.in_step, "the other one does the rest")
    fleet.assert_whole(["a", "b"])


def test_a_worker_stops_when_another_version_has_changed_the_schema(fleet: Fleet) -> None:
    (only,) = fleet.begin(1)
    with fleet.store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    fleet.until(lambda: fleet.word(only) == "VF-WORKER-02", "it has ended and says why")
    assert fleet.services.workers.alive() == ()


def test_workers_that_own_nothing_need_the_workers_role_only(fleet: Fleet) -> None:
    """Two users of the database share one queue."""
    make_roles(fleet.store, fleet.server)
    make_login("toinen_ajo", f'IN ROLE "{USUAL[Role.WORKER]}"', on=fleet.server)
    fleet.log_in_as(LOGINS[Role.WORKER], "toinen_ajo")
    first, second = fleet.begin(2)
    fleet.work("a")
    fleet.until(fleet.in_step, "all of it is done")
    fleet.assert_whole(["a"])
    assert all(fleet.witness.taken_by(one) for one in (first, second))
    asked = "SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name LIKE 'worker-%'"
    assert set(fleet.server.sql(asked)) == {(LOGINS[Role.WORKER],), ("toinen_ajo",)}
    fleet.tell(first, signal.SIGTERM)
    fleet.until(lambda: fleet.word(first) == "ended", "it has ended")
    assert [one.pid for one in fleet.services.workers.alive()] == [second]
    assert "queue is out of reach" not in fleet.log()

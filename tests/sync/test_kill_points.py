"""The process is killed at every named place of a cycle; the next cycle loses and doubles nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.strategies import plain
from tests.sync.ews_world import MAILBOX, OutlookSide, running_outlook_side
from tests.sync.world import MortalStore, World, store_at
from vfadmin.calendars.base import Side
from vfadmin.sync.failpoint import POINTS
from vfadmin.sync.lease import LENGTH

ROOT = Path(__file__).parents[2]
WRITES = 6
"""An addition, an edit and a deletion on either side: six writes."""

AROUND_WRITES = ("intent-stored", "write-done", "result-stored")
PLACES = [(point, nth) for point in POINTS for nth in range(1, (WRITES if point in AROUND_WRITES else 1) + 1)]
EXPECTED = {"VF uusi", "EX uusi", "VF pysyy", "EX pysyy"}


@pytest.fixture(scope="module")
def side() -> Iterator[OutlookSide]:
    with running_outlook_side() as running:
        yield running


@pytest.fixture
def world(side: OutlookSide, tmp_path: Path) -> Iterator[World]:
    store = store_at(tmp_path / "vfadmin.db")
    yield World(store, side)
    store.close()


def prepare(world: World) -> None:
    """Four events in step, then one addition, one edit and one deletion on either side."""
    users = {"VF": world.valueframe, "EX": world.exchange}
    for day, title in enumerate(("VF pysyy", "VF poistuu", "EX pysyy", "EX poistuu"), start=1):
        users[title[:2]].add(plain(title, days=day))
    world.settle()
    for name, other in (("VF", "EX"), ("EX", "VF")):
        user = users[name]
        ids = user.ids()
        user.edit(ids[f"{name} pysyy"], location=f"muutettu {name}")
        user.remove(ids[f"{other} poistuu"])
        user.add(plain(f"{name} uusi", days=9))


def run_to_the_end_of(world: World, side: OutlookSide, store: MortalStore, place: str) -> int:
    """Run a cycle in another process and answer how it ended."""
    told = {
        "now": world.now.isoformat(),
        "store": store.url,
        "url": side.simulator.ews_url,
        "account": side.simulator.account,
        "password": side.simulator.password,
        "ca_file": str(side.simulator.ca_file),
        "mailbox": MAILBOX,
    }
    process = subprocess.run(
        [sys.executable, "-m", "tests.sync.killed_process"],
        input=json.dumps(told) + "\n",
        text=True,
        cwd=ROOT,
        env={**os.environ, "VFADMIN_FAILPOINT": place},
        timeout=60,
        check=False,
    )
    return process.returncode


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("point", "nth"), PLACES, ids=str)
def test_a_killed_cycle_is_taken_up_without_loss_or_double(
    world: World, side: OutlookSide, point: str, nth: int
) -> None:
    killed_and_taken_up(world, side, point, nth)


@pytest.mark.postgresql
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("point", "nth"), PLACES[::5], ids=str)
def test_a_cycle_killed_on_a_shared_database_is_taken_up_likewise(
    world: World, side: OutlookSide, point: str, nth: int
) -> None:
    killed_and_taken_up(world, side, point, nth)


def killed_and_taken_up(world: World, side: OutlookSide, point: str, nth: int) -> None:
    """Kill the cycle there, and look at what the next one makes of it."""
    prepare(world)
    assert run_to_the_end_of(world, side, world.store, f"{point}:{nth}") == -signal.SIGKILL
    world.now += LENGTH
    world.settle()
    shown = {one: world.shown(one) for one in Side}
    assert shown[Side.VALUEFRAME] == shown[Side.EXCHANGE]
    assert sorted(event.title for event in shown[Side.VALUEFRAME]) == sorted(EXPECTED)
    places = {event.title: event.location for event in shown[Side.EXCHANGE]}
    assert (places["VF pysyy"], places["EX pysyy"]) == ("muutettu VF", "muutettu EX")
    assert world.exchange.mails() == 0

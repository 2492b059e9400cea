"""A copy of the database, taken in the middle of a run, opens and converges.

Backup programs copy files whenever they please, and a restored copy knows less than the mailbox does.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.sync.ews_world import OutlookSide, running_outlook_side
from tests.sync.test_kill_points import EXPECTED, WRITES, prepare
from tests.sync.world import Killed, World, store_at
from vfadmin.calendars.base import Side
from vfadmin.sync.lease import LENGTH

pytestmark = pytest.mark.sqlite  # it is files that a backup program copies
Copy = Callable[[Path, Path], None]


def files(source: Path, target: Path) -> None:
    """The database and its log, file by file."""
    for suffix in ("", "-wal"):
        part = source.with_name(source.name + suffix)
        if part.exists():
            shutil.copyfile(part, target.with_name(target.name + suffix))


def online(source: Path, target: Path) -> None:
    """SQLite's own backup."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


@pytest.fixture(scope="module")
def side() -> Iterator[OutlookSide]:
    with running_outlook_side() as running:
        yield running


@pytest.mark.parametrize("ends", [True, False], ids=["and-the-run-ends-there", "and-the-run-goes-on"])
@pytest.mark.parametrize("copy", [files, online])
@pytest.mark.parametrize("nth", range(1, WRITES + 1))
@pytest.mark.parametrize("place", ["before-write", "after-write"])
def test_a_copy_from_the_middle_of_a_run_converges(
    side: OutlookSide, tmp_path: Path, place: str, nth: int, copy: Copy, *, ends: bool
) -> None:
    original = store_at(tmp_path / "vfadmin.db")
    world = World(original, side)
    prepare(world)
    passed = 0

    def strike(at: str) -> None:
        nonlocal passed
        passed += at == place
        if at == place and passed == nth:
            copy(tmp_path / "vfadmin.db", tmp_path / "copy.db")
            if ends:
                raise Killed

    world.strike = strike  # type: ignore[method-assign] # the place where a fault would strike
    world.sync()
    original.close()
    assert passed >= nth

    copied = store_at(tmp_path / "copy.db")
    again = World(copied, side, keep=True)
    again.now = world.now + LENGTH
    again.settle()
    shown = {one: again.shown(one) for one in Side}
    copied.close()
    assert shown[Side.VALUEFRAME] == shown[Side.EXCHANGE]
    assert sorted(event.title for event in shown[Side.VALUEFRAME]) == sorted(EXPECTED)
    places = {event.title: event.location for event in shown[Side.EXCHANGE]}
    assert (places["VF pysyy"], places["EX pysyy"]) == ("muutettu VF", "muutettu EX")
    assert again.exchange.mails() == 0

"""Many events written in one step: as few requests and commits as that takes, and as safe as one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.strategies import plain
from tests.sync.ews_world import OutlookSide, running_outlook_side
from tests.sync.world import Fault, StoreUser, World, store_at
from vfadmin.calendars.base import Calendar, Draft, Side, Written
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, failure

MANY = 60
"""More than one request takes, on either side."""


@pytest.fixture(scope="module")
def outlook() -> Iterator[OutlookSide]:
    with running_outlook_side() as side:
        yield side


@pytest.fixture
def world(outlook: OutlookSide, tmp_path: Path) -> Iterator[World]:
    store = store_at(tmp_path / "vfadmin.db")
    yield World(store, outlook)
    store.close()


@contextmanager
def counted(world: World, outlook: OutlookSide) -> Iterator[dict[str, int]]:
    """The requests and commits of what is done meanwhile."""
    found: dict[str, int] = {}
    commits: list[object] = []
    note = commits.append
    event.listen(world.store.engine, "commit", note)
    outlook.simulator.clear_requests()
    yield found
    event.remove(world.store.engine, "commit", note)
    found.update(outlook.simulator.request_counts(), commits=len(commits))


def both_alike(world: World, count: int) -> None:
    shown = {side: world.shown(side) for side in Side}
    assert shown[Side.VALUEFRAME] == shown[Side.EXCHANGE]
    assert len(shown[Side.EXCHANGE]) == count
    assert world.exchange.mails() == 0


def test_a_cycle_sends_no_more_requests_and_commits_than_it_needs(world: World, outlook: OutlookSide) -> None:
    """What a cycle costs, step by step; whoever makes it dearer finds it here."""
    world.settle()
    for number in range(MANY):
        world.valueframe.add(plain(f"VF {number}", days=1 + number / 10))
    with counted(world, outlook) as spent:
        world.sync()
    commits = spent.pop("commits")
    assert spent == {"SyncFolderItems": 2, "FindItem": 1, "CreateItem": 2, "GetItem": 2}
    # A page, then for each of two batches names, intents and results; the echo, what is confirmed, the end.
    assert commits <= 12

    for number in range(MANY):
        world.exchange.add(plain(f"EX {number}", days=1 + number / 10))
    with counted(world, outlook) as spent:
        world.sync()
    commits = spent.pop("commits")
    assert spent == {"SyncFolderItems": 1, "GetItem": 2}
    assert commits <= 8
    both_alike(world, 2 * MANY)

    world.settle()
    ids = world.valueframe.ids()
    for number in range(MANY):
        world.valueframe.edit(ids[f"VF {number}"], location="Muualla")
    with counted(world, outlook) as spent:
        world.sync()
    spent.pop("commits")
    assert spent == {"SyncFolderItems": 2, "UpdateItem": 2, "GetItem": 2}
    world.settle()
    with counted(world, outlook) as spent:
        world.sync()
    assert spent.pop("SyncFolderItems") == 1
    assert spent.keys() == {"commits"}
    both_alike(world, 2 * MANY)


@pytest.mark.parametrize("place", ["before-commit", "after-commit"])
@pytest.mark.parametrize("nth", range(2, 9))
def test_a_process_killed_at_any_commit_of_a_batch_loses_and_doubles_nothing(
    world: World, place: str, nth: int
) -> None:
    for number in range(4):
        world.valueframe.add(plain(f"VF {number}", days=1 + number))
        world.exchange.add(plain(f"EX {number}", days=1 + number))
    world.sync(Fault(place, nth, kill=True))
    world.settle()
    both_alike(world, 8)


@pytest.mark.parametrize("kill", [False, True], ids=["broken", "killed"])
@pytest.mark.parametrize("place", ["before-write", "after-write"])
@pytest.mark.parametrize("nth", [1, 2, 4, 6])
def test_a_batch_that_lands_in_part_is_taken_up(world: World, place: str, nth: int, kill: bool) -> None:
    """Of four events so many reached the other side before the connection broke."""
    for number in range(4):
        world.valueframe.add(plain(f"VF {number}", days=1 + number))
        world.exchange.add(plain(f"EX {number}", days=1 + number))
    world.sync(Fault(place, nth, kill=kill))
    ids = world.valueframe.ids()
    if "VF 0" in ids:
        world.valueframe.edit(ids["VF 0"], location="Muualla")
    world.settle()
    both_alike(world, 8)


def test_an_edit_between_a_lost_batch_and_its_recovery_is_kept(world: World) -> None:
    for number in range(3):
        world.valueframe.add(plain(f"VF {number}", days=1 + number))
    world.sync(Fault("after-write", 3, kill=True))
    world.exchange.edit(world.exchange.ids()["VF 1"], location="Käyttäjän paikka")
    world.settle()
    places = {one.title: one.location for one in world.shown(Side.VALUEFRAME)}
    assert places["VF 1"] == "Käyttäjän paikka"
    both_alike(world, 3)


class Poisoned(SqlCalendar):
    """A calendar whose connection breaks at one event, whatever it is sent with."""

    broken = 0

    def _check(self, titles: Sequence[str]) -> CalendarError | None:
        if "Myrkky" not in titles:
            return None
        Poisoned.broken += 1
        return CalendarError(failure("EX-CONN-05", host="exchange.example.test"))

    def write_together(self, drafts: Sequence[Draft]) -> Sequence[Written | CalendarError]:
        error = self._check([one.event.title for one in drafts])
        return super().write_together(drafts) if error is None else [error] * len(drafts)

    def create(self, *given: object, **named: object) -> Written:
        error = self._check([given[0].title])  # type: ignore[attr-defined]
        if error is not None:
            raise error
        return super().create(*given, **named)  # type: ignore[arg-type]


class PoisonedUser(StoreUser):
    """Somebody whose calendar is like that."""

    def calendar(self) -> Calendar:
        plain_one = super().calendar()
        assert isinstance(plain_one, SqlCalendar)
        plain_one.__class__ = Poisoned
        return plain_one


def test_what_breaks_every_connection_does_not_take_its_batch_with_it(tmp_path: Path) -> None:
    """Scenario 18, with an event that no answer ever comes back for."""
    store, far = store_at(tmp_path / "a.db"), store_at(tmp_path / "b.db")
    world = World(store, PoisonedUser(far, Side.EXCHANGE))
    for number in range(8):
        world.valueframe.add(plain("Myrkky" if number == 3 else f"VF {number}", days=1 + number))
    Poisoned.broken = 0
    for _ in range(6):
        world.sync()
    assert len(world.shown(Side.EXCHANGE)) == 7
    assert world.set_aside() == 1
    assert Poisoned.broken <= 4
    store.close()
    far.close()

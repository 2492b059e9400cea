"""What becomes of held deletions by an admin's word, over EWS and Graph, whenever the process is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.looking import fill, history, integration
from tests.sync.world import PERSON, Fault, World
from vfadmin.calendars.base import Side
from vfadmin.services.audit import Actor
from vfadmin.services.context import build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.held import Decision, Held

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


@pytest.fixture
def held(world: World, tmp_path: Path) -> Held:
    """The admin's list over that world's store, of whose 12 events 7 were deleted in Outlook and are held."""
    fill(world, 12)
    ids = world.exchange.ids()
    for title in sorted(ids)[:7]:
        world.exchange.remove(ids[title])
    result = world.sync()
    assert result is not None
    assert (result.held, result.deleted) == (7, 0)
    services = build_services(
        world.store, tmp_path, clock=lambda: world.now, actor=Actor("tuki", "kone"), secrets=MemorySecrets()
    )
    return services.held


def decide(held: Held, word: Decision) -> None:
    assert [one.error for one in held.decide(word, PERSON)] == [None] * 7


def titles(world: World, side: Side) -> list[str]:
    return [event.title for event in world.shown(side)]


FAULTS = [Fault("before-write", 4, kill=True), Fault("after-write", 1, kill=True)]
FAULTS += [Fault("before-commit", 6, kill=True), Fault("after-commit", 3, kill=True)]


def killed_and_settled(world: World, fault: Fault) -> None:
    """A process that dies at that place, and a complete comparison at the end, which writes nothing."""
    assert world.sync(Fault(fault.place, fault.nth, kill=True)) is None
    world.settle()
    result = world.sync(complete=True)
    assert result is not None
    assert (result.pulled, result.pushed, result.deleted, result.held) == (0, 0, 0, 0)
    assert integration(world).waiting == 0
    assert world.exchange.mails() == 0


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: f"{one.place}-{one.nth}")
def test_r24_processed_deletions_survive_a_killed_process(world: World, held: Held, fault: Fault) -> None:
    decide(held, Decision.PROCESS)
    killed_and_settled(world, fault)
    assert titles(world, VF) == titles(world, EX) == [f"Tapahtuma {number:02}" for number in range(7, 12)]
    assert history(world).count(("valueframe", "delete", "processed")) == 7


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: f"{one.place}-{one.nth}")
def test_r24_restored_events_survive_a_killed_process(world: World, held: Held, fault: Fault) -> None:
    decide(held, Decision.RESTORE)
    killed_and_settled(world, fault)
    assert titles(world, VF) == titles(world, EX) == [f"Tapahtuma {number:02}" for number in range(12)]


def test_r24_skipped_deletions_survive_a_lost_cursor(world: World, held: Held) -> None:
    decide(held, Decision.SKIP)
    world.lose_cursor(VF)
    world.lose_cursor(EX)
    result = world.sync()
    assert result is not None
    assert (result.pulled, result.pushed, result.deleted, result.held) == (0, 0, 0, 0)
    assert len(world.shown(VF)) == 12
    assert len(world.shown(EX)) == 5


def test_r24_a_word_that_was_not_committed_changes_nothing(world: World, held: Held) -> None:
    before = held.events(PERSON)
    world.fault = Fault("before-commit", 1, kill=True)
    with pytest.raises(BaseException, match=r"^$"):
        held.decide(Decision.PROCESS, PERSON)
    world.fault = None
    assert held.events(PERSON) == before
    result = world.sync()
    assert result is not None
    assert result.deleted == 0

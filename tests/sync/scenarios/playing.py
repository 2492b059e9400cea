"""How a scenario is set up and how each of them ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from tests.strategies import plain
from tests.sync.ews_world import MAILBOX, OutlookSide
from tests.sync.graph_world import OPERATIONS, GraphSide
from tests.sync.world import Fault, World
from vfadmin.calendars.base import Side
from vfadmin.models import Dirty, Intent
from vfadmin.simulator.faults import FaultRule
from vfadmin.simulator.item import Item
from vfadmin.sync.values import MailboxResult

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


@dataclass(slots=True)
class Meanwhile(Fault):
    """What a person does in the middle of a cycle, at the n-th passing of a place."""

    action: Callable[[], object] = lambda: None

    def strike(self, place: str) -> None:
        if place != self.place:
            return
        self.nth -= 1
        if self.nth == 0:
            self.action()


def outlook(world: World) -> OutlookSide:
    """The Exchange side of a world over EWS."""
    side = world.exchange
    assert isinstance(side, OutlookSide)
    return side


def set_faults(world: World, *rules: FaultRule) -> None:
    """Let the server misbehave from now on; without rules it behaves. Rules name EWS' operations."""
    side = outlook(world)
    if isinstance(side, GraphSide):
        rules = tuple(replace(one, operation=OPERATIONS.get(one.operation, one.operation)) for one in rules)
    side.simulator.set_faults(list(rules))


def void_sync_state(world: World) -> None:
    """Exchange forgets how far its mailbox was read."""
    outlook(world).simulator.invalidate_sync_states(MAILBOX)


def change_items(world: World, change: Callable[[Item], Item]) -> None:
    """Save every item of the mailbox as no client could: what another server would let stand there."""
    store = outlook(world).simulator._store
    with store.lock:
        mailbox = store.by_email(MAILBOX)
        assert mailbox is not None
        for item in tuple(mailbox.items.values()):
            mailbox.save(change(item))


def fill_in_step(world: World, count: int) -> list[str]:
    """So many events in step on both sides, made in Outlook; their titles in order."""
    titles = [f"Tapahtuma {number:04}" for number in range(count)]
    for number, title in enumerate(titles):
        world.exchange.add(plain(title, days=1 + number / 24))
    world.settle()
    return titles


def synced(world: World, fault: Fault | None = None) -> MailboxResult:
    """One cycle of a process that lives on."""
    result = world.sync(fault)
    assert result is not None
    return result


def writes(result: MailboxResult) -> tuple[int, int, int]:
    """How much was written into ValueFrame, into Exchange, and deleted."""
    return result.pulled, result.pushed, result.deleted


NOTHING = (0, 0, 0)


def titles_of(world: World, side: Side) -> list[str]:
    return [event.title for event in world.shown(side)]


def dirty_ids(world: World) -> list[str]:
    with world.store.read() as session:
        return list(session.scalars(select(Dirty.item_id)))


def assert_in_step(world: World, titles: list[str]) -> None:
    """How every scenario ends: these events, alike on both sides; another cycle is idle; no mail went out."""
    world.settle()
    result = synced(world)
    assert (result.ok, writes(result), result.conflicts) == (True, NOTHING, 0)
    near, far = world.shown(VF), world.shown(EX)
    assert near == far
    assert [event.title for event in near] == sorted(titles)
    assert world.exchange.mails() == 0
    with world.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Intent)) == 0

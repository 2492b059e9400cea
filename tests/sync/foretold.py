"""Plan = deed: before a clean cycle the dry run is taken, then the cycle runs, and they must be the same."""

from __future__ import annotations

from sqlalchemy import func, select

from tests.sync.machine import Calendars
from tests.sync.world import PERSON, Doors, World
from vfadmin.calendars.base import Side
from vfadmin.models import History
from vfadmin.sync import lease as leases
from vfadmin.sync.dry_run import dry_run
from vfadmin.sync.journal import Journal
from vfadmin.sync.recover import settle_intents
from vfadmin.sync.run import RunRecord

WRITES = {"create", "update", "delete"}
Deed = tuple[str, str, str, str, tuple[str, ...]]


class Foretold(Calendars):
    """The state machine whose every clean cycle was foretold."""

    def check(self) -> None:
        self.noted(compare_with_the_deed(self.world))
        super().check()

    def noted(self, deeds: list[Deed]) -> None:
        """Hear what a cycle did that was foretold."""


def compare_with_the_deed(world: World) -> list[Deed]:
    """The dry run, and then the clean cycle it tells of; answers what that did."""
    _settle_what_was_interrupted(world)
    told = dry_run(world.bench, PERSON)
    assert told.failure is None, told
    foretold = [
        (one.side.value, one.operation, one.reason, one.title, one.fields)
        for one in told.operations
        if one.operation in WRITES
    ]
    before = _last(world)
    result = world.sync()
    assert result is not None
    assert result.ok, result
    done = deeds(world, before)
    assert done == foretold
    return done


def deeds(world: World, after: int) -> list[Deed]:
    """What was done since that entry of the history, in its order."""
    chosen = select(History).where(History.id > after, History.operation.in_(WRITES)).order_by(History.id)
    with world.store.read() as session:
        return [
            (
                one.side,
                one.operation,
                one.reason,
                str((one.after or one.before or {}).get("title", "")),
                tuple(one.detail["fields"]),
            )
            for one in session.scalars(chosen)
        ]


def _last(world: World) -> int:
    with world.store.read() as session:
        return session.scalar(select(func.max(History.id))) or 0


def _settle_what_was_interrupted(world: World) -> None:
    """As the cycle does before it decides anything: a dry run does not write, so it cannot."""
    doors = Doors(world)
    with world.store.write() as session:
        lease = leases.acquire(session, PERSON, "settling", world.now)
    journal = Journal(world.store, lease, RunRecord(PERSON, world.now), lambda: world.now)
    calendars = {
        Side.VALUEFRAME: doors.valueframe(PERSON),
        Side.EXCHANGE: world.exchange.calendar(),
    }
    settle_intents(journal, calendars)
    with world.store.write() as session:
        leases.release(session, lease)

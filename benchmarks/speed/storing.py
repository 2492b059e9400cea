"""What the store takes a second: events changed in it, with their intents, pairs and history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from statistics import median
from uuid import UUID

from benchmarks.speed.driver_alone import Recorder
from benchmarks.speed.measure import Cost, Row, cost
from benchmarks.speed.wire import event_of
from tests.empty_database import opened_empty
from tests.quick_folder import quick_folder
from tests.stores import POSTGRESQL, SQLITE, STORES
from vfadmin.calendars.base import Item, Side
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.models import Integration, Person
from vfadmin.models.store import Store
from vfadmin.simulator.config import utc_now
from vfadmin.sync import lease as leases
from vfadmin.sync.journal import Journal
from vfadmin.sync.run import RunRecord
from vfadmin.sync.values import Act, Outcome, PairPlan, PairView, Reason, Twin, Write
from vfadmin.sync.writer import Tally, Writer

GOAL = 10_000


def rows(events: int, rounds: int) -> Iterator[Row]:
    """So many events that come from Exchange, added to the store and then changed, on either database."""
    yield from _beside_the_driver(events, rounds)
    for kind in (SQLITE, POSTGRESQL):
        found = [_stored(kind, events) for _ in range(rounds)]
        for what, costs in zip(("added", "changed"), zip(*found, strict=True), strict=True):
            rate = median([events / one.wall for one in costs])
            by_cpu = median([events / one.cpu for one in costs])
            note = f"{by_cpu:,.0f} to a second of this process's CPU"
            yield Row(f"events {what} a second, {kind}", rate, GOAL, "1/s", rate, GOAL, least=True, note=note)


def _beside_the_driver(events: int, rounds: int) -> Iterator[Row]:
    """CPU an event beside that of the same statements, sent to SQLite's driver with nothing around them."""
    found = [_recorded(events) for _ in range(rounds)]
    for what, costs in zip(("added", "changed"), zip(*found, strict=True), strict=True):
        ours, alone = (median([one[at].cpu for one in costs]) / events * 1e6 for at in (0, 1))
        yield Row(f"storing events {what}, to the driver alone", ours, alone, "us CPU", ours / alone, None)


def _recorded(events: int) -> list[tuple[Cost, Cost]]:
    with STORES.using(SQLITE), quick_folder() as folder:
        store = opened_empty(folder / "vfadmin.db")
        recorders = [Recorder(store, folder / f"{name}.db") for name in ("added", "changed")]
        waiting = iter(recorders)

        def measured(work: Callable[[], object]) -> Cost:
            with next(waiting).listening():
                return cost(work)

        try:
            costs = _both(store, events, measured)
            return [(one, recorder.replayed()) for one, recorder in zip(costs, recorders, strict=True)]
        finally:
            store.close()


def _stored(kind: str, events: int) -> tuple[Cost, Cost]:
    with STORES.using(kind), quick_folder() as folder:
        store = opened_empty(folder / "vfadmin.db")
        try:
            return _both(store, events)
        finally:
            store.close()


def _both(
    store: Store, events: int, measured: Callable[[Callable[[], object]], Cost] = cost
) -> tuple[Cost, Cost]:
    with store.write() as session:
        session.add(Person(id=1, name="Virtanen, Äijö", sort_name="virtanen"))
        session.flush()
        session.add(Integration(person_id=1, login="aijo@example.test", state="active"))
    with store.write() as session:
        lease = leases.acquire(session, 1, "benchmark", utc_now())
    journal = Journal(store, lease, RunRecord(1, utc_now()), utc_now)
    near, far = (SqlCalendar(store, 1, clock=utc_now, default_type=lambda: None) for _ in Side)
    ids = (str(UUID(int=number)) for number in count(1))
    sides = {Side.VALUEFRAME: near, Side.EXCHANGE: far}
    writer = Writer(journal, sides, ids, lambda: None, Tally())
    plans = [_new(number) for number in range(events)]
    added = measured(lambda: writer.carry_out(plans))
    keys = [plan.pair.key for plan in plans]
    pairs = sorted(journal.pairs_by_keys(keys), key=lambda pair: pair.key)
    changes = [_changed(pair) for pair in pairs]
    assert len(changes) == events
    changed = measured(lambda: writer.carry_out(changes))
    assert (writer.tally.pulled, writer.tally.again, writer.tally.skipped) == (2 * events, False, 0)
    return added, changed


def _new(number: int) -> PairPlan:
    event, id_ = event_of(number), f"AAMk{number:060}"
    item = Item(id_, "1", event, uid=f"{number:080}")
    pair = PairView(str(UUID(int=1_000_000 + number)), exchange=Twin(id_, "1"), uid=item.uid)
    current = {Side.VALUEFRAME: None, Side.EXCHANGE: item}
    write = Write(Act.CREATE, Side.VALUEFRAME, Reason.NEW)
    return PairPlan(pair, current, event, (write,), Outcome.SETTLE, ((Side.EXCHANGE, id_),))


def _changed(pair: PairView) -> PairPlan:
    """The event an hour later, and elsewhere."""
    assert pair.base is not None
    later = replace(pair.base.when, end=pair.base.when.end + timedelta(hours=1))
    event = replace(pair.base, when=later, location="Muualla")
    near, far = pair.valueframe, pair.exchange
    assert near.id is not None
    assert near.seen is not None
    assert far.id is not None
    current: dict[Side, Item | None] = {
        Side.VALUEFRAME: Item(near.id, near.version or "", near.seen, key=pair.key, uid=pair.uid),
        Side.EXCHANGE: Item(far.id, "2", event, uid=pair.uid),
    }
    names = frozenset({"when", "location"})
    write = Write(Act.UPDATE, Side.VALUEFRAME, Reason.EDITED, names, names)
    return PairPlan(pair, current, event, (write,), Outcome.SETTLE, ((Side.EXCHANGE, far.id),))

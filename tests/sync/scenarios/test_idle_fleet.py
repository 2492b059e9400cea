"""What mailboxes of which there is no news cost: requests, statements and commits.

What docs/SCALE.md builds on is measured by `benchmarks/fleet.py`; here it is held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.sync.scenarios.fleet import Fleet, running_fleet
from vfadmin.sync.ahead import TOGETHER

MAILBOXES = 50
PORTIONS = ceil(MAILBOXES / TOGETHER)
STATEMENTS = 20
"""At most for each portion: leases, cursors, changes, the record, and what the engine asks now and then."""


class Spent(Counter[str]):
    """Statements, commits and transactions of a store."""

    @contextmanager
    def counted(self, fleet: Fleet) -> Iterator[None]:
        names = {"before_cursor_execute": "statements", "commit": "commits", "begin": "transactions"}
        listeners = []
        # On a server both are one engine, and whoever listened twice would count twice.
        reader = fleet.store._reader if fleet.store.scheme == "sqlite" else fleet.store.engine
        for engine in {fleet.store.engine, reader}:
            for name, counted in names.items():

                def count(*_: object, counted: str = counted) -> None:
                    self[counted] += 1

                event.listen(engine, name, count)
                listeners.append((engine, name, count))
        yield
        for engine, name, count in listeners:
            event.remove(engine, name, count)


@pytest.mark.parametrize("protocol", ["ews", "graph"])
def test_fifty_quiet_mailboxes_cost_a_request_or_a_twentieth_each(tmp_path: Path, protocol: str) -> None:
    everybody = range(1, MAILBOXES + 1)
    cloud = everybody if protocol == "graph" else ()
    with running_fleet(tmp_path, MAILBOXES, in_process=True, cloud=cloud) as fleet:
        assert all(one.ok for one in fleet.sync(*everybody))
        fleet.clock.advance(timedelta(minutes=3))
        fleet.simulator.clear_requests()
        engine, spent = fleet.synchronise.engine(), Spent()
        with spent.counted(fleet):
            due = engine.due()
            results = list(engine.sync(due, more=engine.woken, due=engine.due, if_due=set(due)))
        engine.hear_no_more()
        assert sorted(one.person_id for one in results) == list(everybody)
        assert all(one.ok and not (one.pulled or one.pushed) for one in results)
        told = {"SyncFolderItems": MAILBOXES}
        if protocol == "graph":
            told = {"GraphBatch": PORTIONS, "GraphDelta": MAILBOXES}
        asked = Counter(one.operation for one in fleet.simulator.requests if one.operation in told)
        assert asked == told
        assert spent["commits"] <= 2 * PORTIONS + 1, "leases, and what came of them"
        assert spent["statements"] <= STATEMENTS * PORTIONS + 40

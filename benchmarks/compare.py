"""How long comparing two calendars of 5,000 events takes, in how many requests and how much memory.

    python -m benchmarks.compare [--events 5000]

A simulated Exchange in this process, over HTTPS on a real socket; its work is in the time and the memory.
"""

from __future__ import annotations

import argparse
import resource
import time
from datetime import timedelta

from tests.quick_folder import quick_folder
from tests.strategies import NOW, plain
from tests.sync.ews_world import running_outlook_side
from tests.sync.world import PERSON, World, store_at
from vfadmin.sync.compare import Resolution, compare


def main() -> None:
    """Fill both calendars, bring them into step, change some events, compare, and print figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5_000)
    events = parser.parse_args().events
    with quick_folder() as folder, running_outlook_side() as side:
        store = store_at(folder / "valueframe.db")
        world = World(store, side)
        for number in range(events):
            event = plain(f"e{number}", days=1 + number % 600)
            world.valueframe.add(event)
            side.add(event)  # so that the first cycle matches and has nothing to write
        world.sync()
        world.now += timedelta(minutes=1)
        for number, item in enumerate(list(world.valueframe.ids().values())[:100]):
            world.valueframe.edit(item, location=f"Huone {number}")
        before, began = _peak(), time.perf_counter()
        found = compare(world.bench, PERSON)
        seconds = time.perf_counter() - began
        apart = sum(one.resolution is Resolution.SYNC for one in found.rows)
        print(
            f"{len(found.rows):,} events, {apart} to be written: {seconds:.1f} s, {found.requests} requests"
        )
        print(f"peak memory {before} MB before, {_peak()} MB after; at {NOW:%Y-%m-%d}")
        store.close()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()

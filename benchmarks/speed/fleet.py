"""Many mailboxes at a distance: polls a second, and a first sync of all beside what nothing can beat."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks.speed.far_side import FarSide
from benchmarks.speed.measure import Row, cost
from benchmarks.speed.ours import installed

CONNECTIONS = 27
"""Exchange's EWSMaxConcurrency for one account."""
LATENCY = 0.1


def polls(far: FarSide, mailboxes: list[str], rounds: int) -> Iterator[Row]:
    """Unchanged mailboxes a second, with every answer 100 ms away."""
    with installed(far, mailboxes, workers=CONNECTIONS) as made:
        made.sync()
        far.tell("latency", LATENCY)
        found = [cost(made.sync) for _ in range(rounds)]
        far.tell("latency", 0.0)
    most = CONNECTIONS / LATENCY
    rate = median([len(mailboxes) / one.wall for one in found])
    by_cpu = median([len(mailboxes) / one.cpu for one in found])
    note = f"the connections allow {most:.0f}, one core's CPU {by_cpu:.0f}"
    yield Row(
        "unchanged mailboxes a second at 100 ms, 27 connections", rate, most, "1/s", rate, 200, True, note
    )


def first(far: FarSide, mailboxes: list[str], events: int) -> Iterator[Row]:
    """A first sync of all mailboxes at once, beside the larger of its CPU time and its requests' waiting."""
    for box in mailboxes:
        far.tell("fill", box, events)
    with installed(far, mailboxes, workers=CONNECTIONS) as made:
        far.tell("requests")
        far.tell("latency", LATENCY)
        spent = cost(made.sync)
        far.tell("latency", 0.0)
        requests = sum(far.tell("requests").values())
        assert made.pairs() == len(mailboxes) * events
    connections = min(CONNECTIONS, len(mailboxes))
    waiting = requests * LATENCY / connections
    bound = max(spent.cpu, waiting)
    note = f"CPU {spent.cpu:.1f} s, {requests} requests waiting {waiting:.1f} s"
    what = f"first sync of {len(mailboxes)} x {events:,}, to the larger of both"
    yield Row(what, spent.wall, bound, "s", spent.wall / bound, 1.5, note=note)

"""Whether a first sync of many events costs as much an event as one of few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.speed.first import WAYS, Boxes
from benchmarks.speed.measure import Row, cost
from benchmarks.speed.ours import installed


def rows(boxes: Boxes, sizes: Sequence[int]) -> Iterator[Row]:
    """CPU an event in either direction, for each size beside the smallest."""
    for way in WAYS:
        least: float | None = None
        for events in sizes:
            spent = _cpu(boxes, events, way) / events * 1e3
            least = spent if least is None else least
            what = f"first sync {way}, CPU an event, {events:,} to {sizes[0]:,}"
            yield Row(what, spent, least, "ms CPU", spent / least, 1.3)


def _cpu(boxes: Boxes, events: int, way: str) -> float:
    far, box = boxes.far, boxes.next()
    if way == "in":
        far.tell("fill", box, events)
    with installed(far, [box]) as made:
        if way == "out":
            made.fill(events)
        spent = cost(made.sync).cpu
        assert made.pairs() == events
    return spent

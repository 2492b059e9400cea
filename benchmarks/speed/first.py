"""A first sync, one with nothing to do, one of ten changes: beside plain exchangelib, and vdirsyncer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.speed import others
from benchmarks.speed.far_side import FarSide
from benchmarks.speed.measure import Cost, Row, cost
from benchmarks.speed.ours import installed
from benchmarks.speed.stock import stock

WAYS = ("in", "out")
"""Towards ValueFrame (the folder of vdirsyncer), and towards the server."""
_AGAIN = 5
"""How often in a row nothing is to be done, for a figure that can be told from noise."""

Costs = dict[tuple[str, str, str], list[Cost]]
"""By who did it, what, and in which direction."""


@dataclass(slots=True)
class Boxes:
    """Mailboxes nobody has used yet."""

    far: FarSide
    used: int = field(default=0)

    def next(self) -> str:
        """One of them."""
        self.used += 1
        return self.far.mailboxes[self.used - 1]


def rows(boxes: Boxes, programs: others.Tools | None, events: int, rounds: int) -> Iterator[Row]:
    """All figures with so many events: the three take turns, each with a calendar of its own every time.

    Without its programs vdirsyncer is left out.
    """
    costs = _taken(boxes, programs, events, rounds)
    goals = {"stock": 1 / 5} | ({} if programs is None else {"vdirsyncer": 1.0})
    yield from _first(costs, events, goals)
    for step, said in (("none", "nothing changed"), ("ten", "10 changes in the server")):
        for other in goals:
            goal = 1.0 if (other, step) == ("vdirsyncer", "none") else None
            yield _row(costs, other, step, f"{said}, {events:,} events, to {other}", goal, ways=("in",))


def distant(boxes: Boxes, events: int, rounds: int, seconds: float) -> Iterator[Row]:
    """A first sync with a server whose every answer takes so long to come, beside plain exchangelib."""
    boxes.far.tell("latency", seconds)
    costs = _taken(boxes, None, events, rounds)
    boxes.far.tell("latency", 0.0)
    yield from _first(costs, events, {"stock": 1 / 5}, f", {1000 * seconds:.0f} ms away")


def _taken(boxes: Boxes, programs: others.Tools | None, events: int, rounds: int) -> Costs:
    costs: Costs = {}
    for _ in range(rounds):
        for way in WAYS:
            for work in (_ours, _stock):
                work(boxes, events, way, costs)
            if programs is not None:
                _vdirsyncer(programs, events, way, costs)
    return costs


def _first(costs: Costs, events: int, goals: Mapping[str, float], where: str = "") -> Iterator[Row]:
    for other, goal in goals.items():
        # The goal is for five thousand events; what fewer take says more of starting than of working.
        aim = goal if events >= 5_000 else None
        yield _row(costs, other, "first", f"first sync, {events:,} each way{where}, to {other}", aim)
        for way in WAYS:
            yield _row(costs, other, "first", f"  {way}: the clock", None, ways=(way,))
            yield _row(costs, other, "first", f"  {way}: CPU of the client", None, ways=(way,), cpu=True)


def _row(
    costs: Costs,
    other: str,
    step: str,
    what: str,
    goal: float | None,
    *,
    ways: tuple[str, ...] = WAYS,
    cpu: bool = False,
) -> Row:
    def of(who: str) -> float:
        return sum(median([_seconds(one, who, cpu=cpu) for one in costs[who, step, way]]) for way in ways)

    ours, theirs = of("ours"), of(other)
    return Row(what, ours, theirs, "s CPU" if cpu else "s", ours / theirs, goal)


def _seconds(one: Cost, who: str, *, cpu: bool) -> float:
    if not cpu:
        return one.wall
    return one.children if who == "vdirsyncer" else one.cpu


def _note(costs: Costs, who: str, step: str, way: str, work: Callable[[], object], times: int = 1) -> None:
    found = [cost(work) for _ in range(times)]
    each = Cost(
        sum(one.cpu for one in found) / times,
        sum(one.children for one in found) / times,
        sum(one.wall for one in found) / times,
    )
    costs.setdefault((who, step, way), []).append(each)


def _ours(boxes: Boxes, events: int, way: str, costs: Costs) -> None:
    far, box = boxes.far, boxes.next()
    if way == "in":
        far.tell("fill", box, events)
    with installed(far, [box]) as made:
        if way == "out":
            made.fill(events)
        _note(costs, "ours", "first", way, made.sync)
        assert (made.pairs(), far.tell("count", box)) == (events, events)
        _note(costs, "ours", "none", way, made.sync, _AGAIN)
        if way == "in":
            far.tell("edit", box, 10, "Muualla")
            _note(costs, "ours", "ten", way, made.sync)
    assert far.tell("mails") == 0


def _stock(boxes: Boxes, events: int, way: str, costs: Costs) -> None:
    far, box = boxes.far, boxes.next()
    if way == "in":
        far.tell("fill", box, events)
    made = stock(far, box)
    _note(costs, "stock", "first", way, made.read_changes if way == "in" else lambda: made.write(events))
    assert far.tell("count", box) == events
    if way == "in":
        assert len(made.items) == events
        _note(costs, "stock", "none", way, made.read_changes, _AGAIN)
        far.tell("edit", box, 10, "Muualla")
        _note(costs, "stock", "ten", way, made.read_changes)


def _vdirsyncer(programs: others.Tools, events: int, way: str, costs: Costs) -> None:
    with tempfile.TemporaryDirectory() as folder, others.pair(programs, Path(folder)) as made:
        made.fill(made.served if way == "in" else made.folder, events)
        _note(costs, "vdirsyncer", "first", way, made.sync)
        assert (made.count(made.served), made.count(made.folder)) == (events, events)
        _note(costs, "vdirsyncer", "none", way, made.sync)
        if way == "in":
            made.edit(10, "Muualla")
            _note(costs, "vdirsyncer", "ten", way, made.sync)

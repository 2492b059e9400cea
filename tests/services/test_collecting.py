"""Who collects cycles, and when nobody does."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from vfadmin.services.collecting import CycleCollector, without_collecting


class Knot:
    """An object in a cycle."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def collector() -> Iterator[CycleCollector]:
    """In a process whose thresholds are a hundred objects, and five collections of the younger."""
    collects, limits = gc.isenabled(), gc.get_threshold()
    gc.collect()
    gc.set_threshold(100, 5, 5)
    yield CycleCollector()
    gc.set_threshold(*limits)
    if collects:
        gc.enable()


def tangle(count: int = 200) -> list[Knot]:
    return [Knot() for _ in range(count)]


def test_by_itself_the_process_collects_no_more(collector: CycleCollector) -> None:
    del collector
    before = gc.get_stats()
    for _ in range(20):
        tangle()
    assert gc.get_stats() == before


def test_nothing_is_collected_below_the_threshold(collector: CycleCollector) -> None:
    assert collector.collect() is None


def test_the_older_ones_come_after_so_many_of_the_younger(collector: CycleCollector) -> None:
    seen = []
    for _ in range(6):
        tangle(110)
        seen.append(collector.collect())
    assert seen[0] == 0
    assert seen.count(1) in (1, 2), "550 objects, and somewhat more for the noting"


def test_many_made_at_a_time_count_as_many(collector: CycleCollector) -> None:
    tangle(600)
    assert collector.collect() == 1
    tangle(3_000)
    assert collector.collect() == 2


def test_all_are_looked_through_only_when_a_quarter_has_come(collector: CycleCollector) -> None:
    def go_on() -> set[int | None]:
        seen = set()
        for _ in range(40):
            tangle()
            seen.add(collector.collect())
        return seen

    assert 2 in go_on(), "the first time nothing is known of them"
    assert 2 not in go_on(), "nothing has come that stayed"
    kept = tangle(len(gc.get_objects(2)))
    assert 2 in go_on()
    assert len(kept) > 0


def test_nobody_collects_where_rest_is_wished_for(collector: CycleCollector) -> None:
    with without_collecting():
        with without_collecting():
            tangle()
        assert collector.collect() is None
    assert collector.collect() is not None
    assert not gc.isenabled(), "nobody has switched it on behind the collector's back"


def test_where_python_collects_it_goes_on_after_the_rest() -> None:
    collects = gc.isenabled()
    gc.enable()
    try:
        with without_collecting():
            assert not gc.isenabled()
        assert gc.isenabled()
    finally:
        if not collects:
            gc.disable()

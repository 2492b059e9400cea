"""When Python's collector of cycles may look through what there is.

What is in no cycle is freed at once and always; this is about the rest.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_OLD = 2
"""The generation of all objects."""
_GROWN_BY = 1.25
"""Python's own rule: all objects are looked through only when a quarter has come to those that stayed."""

_lock = threading.Lock()
_resting = 0
"""How many wish that nobody collects. There is one collector in a process, so there is one number."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let the collector rest meanwhile, in the whole process.

    It looks at every object there is each time their number has grown by a quarter. A list of a hundred
    thousand rows makes millions, none of them in a cycle: a fifth of the time went into that.
    """
    global _resting  # noqa: PLW0603 - see there
    with _lock:
        _resting += 1
        collects = gc.isenabled()
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _resting -= 1
            if collects:  # of two at a time the first to begin switches it on again
                gc.enable()


class CycleCollector:
    """Collects when it is asked to, by Python's own thresholds. By itself the process does so no more."""

    def __init__(self) -> None:
        gc.disable()
        self._stayed = 0

    def collect(self) -> int | None:
        """Collect the generation that is due, and answer which; None if none is, or somebody wants rest."""
        due = None if _resting else self._due()
        if due is not None:
            gc.collect(due)
        if due == _OLD:
            self._stayed = len(gc.get_objects(_OLD))
        return due

    def _due(self) -> int | None:
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return None
        if counts[1] <= limits[1]:
            return 0
        grown = counts[_OLD] > limits[_OLD] and len(gc.get_objects(_OLD)) > _GROWN_BY * self._stayed
        return _OLD if grown else 1

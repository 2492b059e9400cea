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
    """Collects when it is asked to, by Python's own thresholds. By itself the process does so no more.

    Python counts its collections of the younger objects to know when the older ones are due. Here one may
    stand for very many of those, so that the objects are counted which were made since.
    """

    def __init__(self) -> None:
        gc.disable()
        self._since_middle = self._since_all = self._stayed = 0

    def collect(self) -> int | None:
        """Collect the generation that is due, and answer which; None if none is, or somebody wants rest."""
        made, limit = gc.get_count()[0], gc.get_threshold()[0]
        if _resting or made <= limit:
            return None
        self._since_middle += made
        self._since_all += made
        due = self._due()
        gc.collect(due)
        if due:
            self._since_middle = 0
        if due == _OLD:
            self._stayed = len(gc.get_objects(_OLD))
        return due

    def _due(self) -> int:
        young, middle, old = gc.get_threshold()
        if self._since_middle <= young * middle:
            return 0
        if self._since_all <= young * middle * old:
            return 1
        self._since_all = 0
        return _OLD if len(gc.get_objects(_OLD)) > _GROWN_BY * self._stayed else 1

"""Which fault strikes which request, counted."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from vfadmin.simulator.valueframe.config import RestFault


class Faults:
    """The faults in force. Safe to replace while requests are under way."""

    def __init__(self) -> None:
        self._armed: list[list[int]] = []
        self._faults: list[RestFault] = []
        self._lock = threading.Lock()

    def replace(self, faults: Iterable[RestFault]) -> None:
        """Put other faults in force; none end all misbehaviour."""
        with self._lock:
            self._faults = list(faults)
            self._armed = [[0, 0] for _ in self._faults]

    def striking(self, method: str, resource: str, *, single: bool) -> RestFault | None:
        """The first fault that strikes such a request; those after it do not count it."""
        with self._lock:
            for fault, counts in zip(self._faults, self._armed, strict=True):
                if fault.method not in ("", method) or fault.resource not in ("", resource):
                    continue
                if fault.single not in (None, single):
                    continue
                if fault.times is not None and counts[1] >= fault.times:
                    continue
                counts[0] += 1
                if counts[0] > fault.skip:
                    counts[1] += 1
                    return fault
        return None

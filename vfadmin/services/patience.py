"""Waiting for something that will be free soon, for so long and no longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

LEASE_SECONDS = 10.0
"""Longer than nearly every cycle of one mailbox takes; who waits must not be made to wait for a stuck one."""
_LOOK_SECONDS = 0.2


def never() -> bool:
    """Whether to try again: no."""
    return False


@dataclass(slots=True)
class Patience:
    """Answers whether to try once more, after a moment; never once ``cancelled`` says so."""

    seconds: float = LEASE_SECONDS
    cancelled: Callable[[], bool] = never
    clock: Callable[[], float] = time.monotonic
    rest: Callable[[float], None] = time.sleep
    _ends: float | None = field(default=None, init=False)

    def __call__(self) -> bool:
        """Whether to try again; returns after the moment has passed."""
        now = self.clock()
        self._ends = now + self.seconds if self._ends is None else self._ends
        if self.cancelled() or now >= self._ends:
            return False
        self.rest(_LOOK_SECONDS)
        return not self.cancelled()

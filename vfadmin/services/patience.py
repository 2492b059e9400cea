"""Waiting for so long and no longer: for what will be free soon, and for work that may hang."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

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


def within(
    seconds: float, work: Callable[[], T], name: str, cancelled: Callable[[], bool] = never
) -> T | None:
    """What the work answers, or None when it takes longer or is cancelled: its thread is left behind.

    A server that drips meets every time-out between two bytes. Raises what the work raises.
    """
    answer: list[T] = []
    broken: list[BaseException] = []

    def run() -> None:
        try:
            answer.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            broken.append(error)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    ends = time.monotonic() + seconds
    while thread.is_alive() and time.monotonic() < ends and not cancelled():
        thread.join(min(_LOOK_SECONDS, max(0.0, ends - time.monotonic())))
    if cancelled():
        return None
    if broken:
        raise broken[0]
    return answer[0] if answer else None

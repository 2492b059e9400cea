"""Threads that each do one task, and an eye on those that give no sign of life.

A pool of the standard library waits for its threads, at the latest when the process ends. One thread that
hangs in a library or in a network would hold up a whole batch, and the window that is to close. Here it
is given up: another thread takes its place, and whatever it may still want to write is refused by the fence
of its lease.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Generic, TypeVar

PATIENCE = 900.0
"""Seconds. Longer than a request may take and wait for its turn, and than a lease lasts."""
FAREWELL = 150.0
"""Seconds, once everything is to end: longer than an answer may take."""

_PLACES = 6
"""How many of the innermost calls name a place."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Task = Callable[[Callable[[], bool]], T]
"""What a thread does. It calls what it is given between its steps and ends soon when that answers true."""


@dataclass(frozen=True, slots=True)
class Ended(Generic[K, T]):
    """A task that has ended, or that is ``hung`` and has been given up, and where it was seen last."""

    key: K
    value: T | None = None
    error: BaseException | None = None
    hung: str = ""


class _Worker(Generic[T]):
    """One task in a thread of its own, which does not keep the process alive."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.seen = clock()
        self.given_up = False
        self.thread: threading.Thread | None = None

    def sign(self) -> bool:
        """A sign of life; answers whether nobody waits for the task any more."""
        self.seen = self._clock()
        return self.given_up


class Crew(Generic[K, T]):
    """At most so many tasks at a time, each under a key of its own. Used by one thread."""

    def __init__(self, most: int, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._name, self._clock = most, name, clock
        self._workers: dict[K, _Worker[T]] = {}
        self._ended: SimpleQueue[tuple[_Worker[T], Ended[K, T]]] = SimpleQueue()
        self._made = 0

    @property
    def at_work(self) -> tuple[K, ...]:
        """The tasks that have not ended."""
        return tuple(self._workers)

    @property
    def free(self) -> bool:
        """Whether one more may begin."""
        return len(self._workers) < self._most

    def begin(self, key: K, task: Task[T]) -> None:
        """Begin a task."""
        worker = self._workers[key] = _Worker(self._clock)
        self._made += 1
        name = f"{self._name}_{self._made}"
        worker.thread = threading.Thread(target=self._run, args=(worker, key, task), name=name, daemon=True)
        worker.thread.start()

    def wait(self, seconds: float, patience: float = PATIENCE) -> list[Ended[K, T]]:
        """Those that end within so many seconds, once there are any; and who was silent for too long."""
        return [*self._back(seconds), *self._silent(patience)]

    def _back(self, seconds: float) -> Iterator[Ended[K, T]]:
        with suppress(Empty):
            worker, ended = self._ended.get(timeout=seconds)
            while True:
                if not worker.given_up:
                    del self._workers[ended.key]
                    yield ended
                worker, ended = self._ended.get_nowait()

    def _run(self, worker: _Worker[T], key: K, task: Task[T]) -> None:
        try:
            ended: Ended[K, T] = Ended(key, task(worker.sign))
        except BaseException as error:  # noqa: BLE001 - for the thread that waits
            ended = Ended(key, error=error)
        self._ended.put((worker, ended))

    def _silent(self, patience: float) -> list[Ended[K, T]]:
        now = self._clock()
        hung = [key for key, worker in self._workers.items() if now - worker.seen > patience]
        found: list[Ended[K, T]] = []
        for key in hung:
            worker = self._workers.pop(key)
            worker.given_up = True
            found.append(Ended(key, hung=_place(worker.thread)))
        return found


def _place(thread: threading.Thread | None) -> str:
    """Where in the program a thread is: names of modules and functions, and no value of anybody's."""
    number = thread.ident if thread is not None else None
    frame = sys._current_frames().get(number or 0)  # noqa: SLF001 - no public way leads there
    places: list[str] = []
    while frame is not None and len(places) < _PLACES:
        places.append(_named(frame))
        frame = frame.f_back
    return " < ".join(places) or "?"


def _named(frame: FrameType) -> str:
    return f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}:{frame.f_lineno}"

"""Mailboxes on their way from the queue's thread to the engine's, and word of their end on its way back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from vfadmin.sync.schedule import Stretch

Find = Callable[[Stretch], Iterable[int]]
"""Who of a stretch is due. Raises StoreError."""


@dataclass(eq=False, slots=True)
class _Batch:
    """Who of a job has not ended yet, and whom to tell at the end."""

    tell: Callable[[], None]
    left: set[int] = field(default_factory=set)


class Inbox:
    """Thread-safe. The engine's thread takes and tells what ended, others put in."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._stretches: list[tuple[Stretch, _Batch]] = []
        self._single: list[int] = []
        self._taken_single: set[int] = set()
        self._open: list[_Batch] = []
        self._at_work: set[int] = set()

    @property
    def at_work(self) -> frozenset[int]:
        """Those who have begun and not ended."""
        with self._changed:
            return frozenset(self._at_work)

    def put(self, stretch: Stretch, tell: Callable[[], None]) -> None:
        """Have those of the stretch synchronised who are due; ``tell`` is called when all have been."""
        with self._changed:
            self._stretches.append((stretch, _Batch(tell)))
            self._changed.notify_all()

    def hurry(self, person_ids: Iterable[int]) -> None:
        """Have these synchronised next."""
        with self._changed:
            self._single.extend(person_ids)
            self._changed.notify_all()

    @property
    def hurrying(self) -> int:
        """How many of `hurry` have not begun."""
        with self._changed:
            return len(self._single) + len(self._taken_single)

    def wait(self, seconds: float) -> None:
        """Until there is something to take, or so long, or `ring`."""
        with self._changed:
            if not self._stretches and not self._single:
                self._changed.wait(seconds)

    def ring(self) -> None:
        """End a `wait`."""
        with self._changed:
            self._changed.notify_all()

    def take(self, find: Find) -> list[int]:
        """Everybody who came in, who is to go first last: each new one goes before those who wait."""
        with self._changed:
            stretches, self._stretches = self._stretches, []
            single, self._single = self._single, []
            self._taken_single.update(single)
            self._open.extend(batch for _, batch in stretches)
        found: list[int] = []
        for stretch, batch in stretches:
            wanted = [*find(stretch)]
            batch.left.update(wanted)
            found.extend(reversed(wanted))
            self._close_if_done([batch])
        return [*found, *reversed(single)]

    def started(self, person_id: int) -> None:
        """One of them is at work; from any thread."""
        with self._changed:
            self._taken_single.discard(person_id)
            self._at_work.add(person_id)

    def ended(self, person_id: int) -> None:
        """One of them was synchronised, or was not to be had."""
        with self._changed:
            self._at_work.discard(person_id)
            batches = [*self._open]
        for batch in batches:
            batch.left.discard(person_id)
        self._close_if_done(batches)

    def all_ended(self) -> None:
        """Nobody who was taken is at work or will be."""
        with self._changed:
            self._taken_single.clear()
            self._at_work.clear()
        self._close(self._everything())

    def let_go(self) -> None:
        """The jobs are nobody's any more: tell them all. Who was taken is synchronised all the same."""
        with self._changed:
            self._open.extend(batch for _, batch in self._stretches)
            self._stretches = []
        self._close(self._everything())

    def give_back(self) -> list[int]:
        """Those of `hurry` who were never begun; they are forgotten here."""
        with self._changed:
            unbegun = [*self._single, *self._taken_single]
            self._single, self._taken_single = [], set()
        return unbegun

    def _everything(self) -> list[_Batch]:
        with self._changed:
            return [*self._open]

    def _close_if_done(self, batches: Iterable[_Batch]) -> None:
        self._close([batch for batch in batches if not batch.left])

    def _close(self, batches: Collection[_Batch]) -> None:
        for batch in self._shut(batches):
            batch.tell()

    def _shut(self, batches: Collection[_Batch]) -> Iterator[_Batch]:
        with self._changed:
            closing = [one for one in self._open if one in batches]
            self._open = [one for one in self._open if one not in closing]
        yield from closing

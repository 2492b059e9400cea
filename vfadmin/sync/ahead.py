"""Whose turn it is among many mailboxes.

Some at a time are taken together, and asked for together where their protocol can.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from itertools import islice

TOGETHER = 20
"""Mailboxes taken together: Graph takes no more questions in one request."""

Look = Callable[[Collection[int]], None]
"""Asks for these persons' mailboxes together. Never raises: who was not answered asks for himself."""


class Turns:
    """The persons who wait, in their order. Used by one thread."""

    def __init__(self, person_ids: Iterable[int], *, together: bool) -> None:
        self._waiting = deque(dict.fromkeys(person_ids))
        self._known = set(self._waiting)
        self._ready: deque[int] = deque()
        self._together = together

    def __bool__(self) -> bool:
        """Whether anybody waits."""
        return bool(self._waiting or self._ready)

    @property
    def few(self) -> bool:
        """Whether those who are to come can be taken at once."""
        return len(self._waiting) < TOGETHER

    def next(self, *, may_take: bool = True, enough: int = 1) -> int | tuple[int, ...] | None:
        """The next person, or those who are to be taken together before it is their turn.

        None where nobody is ready and no more ``may_take`` place; none are taken while ``enough`` are ready.
        """
        if not self._together or (len(self._waiting) == 1 and not self._ready):
            return self._popped(self._waiting)
        if self._waiting and may_take and len(self._ready) < enough:
            some = tuple(islice(self._waiting, TOGETHER))
            for one in some:
                self._waiting.popleft()
                self._known.discard(one)
            return some
        return self._popped(self._ready)

    def _popped(self, some: deque[int]) -> int | None:
        if not some:
            return None
        one = some.popleft()
        self._known.discard(one)
        return one

    def ready(self, person_ids: Iterable[int]) -> None:
        """They were taken, or are to be taken by themselves, and are next."""
        fresh = [one for one in person_ids if one not in self._known]
        self._known.update(fresh)
        self._ready.extendleft(reversed(fresh))

    def hurry(self, person_id: int) -> None:
        """Somebody who was woken goes first."""
        if person_id not in self._known:
            self._known.add(person_id)
            self._waiting.appendleft(person_id)

    def queue(self, person_ids: Iterable[int]) -> None:
        """These come last."""
        fresh = [one for one in dict.fromkeys(person_ids) if one not in self._known]
        self._known.update(fresh)
        self._waiting.extend(fresh)

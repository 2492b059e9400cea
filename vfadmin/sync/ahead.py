"""Whose turn it is among many mailboxes: some at a time are asked together whether anything changed.

Where a protocol takes many questions in one request, most mailboxes have answered before it is their turn.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable

TOGETHER = 20
"""Mailboxes asked in one request: Graph takes no more."""

Look = Callable[[Collection[int]], None]
"""Asks for these persons' mailboxes together. Never raises: who was not answered asks for himself."""


class Turns:
    """The persons who wait, in their order. Used by one thread."""

    def __init__(self, person_ids: Iterable[int], *, together: bool) -> None:
        self._waiting = deque(dict.fromkeys(person_ids))
        self._together = together
        self._asked: set[int] = set()

    def __bool__(self) -> bool:
        """Whether anybody waits."""
        return bool(self._waiting)

    def next(self) -> int | tuple[int, ...]:
        """The next person, or those who are to be asked together before it is their turn."""
        if not self._together or self._waiting[0] in self._asked or len(self._waiting) == 1:
            return self._waiting.popleft()
        some = [one for one in self._waiting if one not in self._asked][:TOGETHER]
        for one in some:
            self._waiting.remove(one)
        return tuple(some)

    def asked(self, person_ids: Collection[int]) -> None:
        """They were asked, and are next."""
        self._asked.update(person_ids)
        self._waiting.extendleft(reversed([*person_ids]))

    def hurry(self, person_id: int) -> None:
        """Somebody who was woken goes first."""
        if person_id not in self._waiting:
            self._waiting.appendleft(person_id)

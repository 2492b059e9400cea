"""What happened to the items of one mailbox, in order, for those who subscribed to it."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from vfadmin.simulator.config import utc_now
from vfadmin.simulator.item import Item

_KEPT = 5000


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an item; the old ids are those of what was moved or copied."""

    number: int
    kind: str
    at: datetime
    item_id: str
    change_key: str
    folder_id: str
    old_item_id: str = ""
    old_change_key: str = ""
    old_folder_id: str = ""


class Journal:
    """The latest events of a mailbox. The store's lock protects it; `listeners` are rung under that lock."""

    def __init__(self) -> None:
        self.clock: Callable[[], datetime] = utc_now
        self.generation = uuid.uuid4()
        self.last = 0
        self.listeners: set[Callable[[], None]] = set()
        self._events: deque[Event] = deque(maxlen=_KEPT)

    def record(self, kind: str, item: Item, old: Item | None = None) -> None:
        """Keep an event and ring."""
        self.last += 1
        former = (old.id, old.change_key, old.folder_id) if old is not None else ()
        self._events.append(
            Event(self.last, kind, self.clock(), item.id, item.change_key, item.folder_id, *former)
        )
        self.ring()

    def since(self, position: int) -> list[Event] | None:
        """The events after a position, or None where some of them are no longer kept."""
        first = self._events[0].number if self._events else self.last + 1
        if not first - 1 <= position <= self.last:
            return None
        return [event for event in self._events if event.number > position]

    def ring(self) -> None:
        """Wake all who listen."""
        for listener in tuple(self.listeners):
            listener()

    def renew(self) -> None:
        """Begin anew: subscriptions and watermarks from before are void."""
        self.generation = uuid.uuid4()
        self._events.clear()
        self.ring()

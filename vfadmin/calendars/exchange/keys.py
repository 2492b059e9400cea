"""Which items of a calendar carry a key of ours."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

Known = dict[str, tuple[str, ...]]
"""Ids by key; after somebody copied an item there are several."""


class Keys(ABC):
    """The keys of one calendar, listed once for all creates of a cycle."""

    def __init__(self) -> None:
        self._known: Known | None = None

    @abstractmethod
    def carriers(self, key: str | None) -> Iterator[tuple[str, str]]:
        """Key and id of the items that carry the key, or any key, asked for now."""

    def ids(self, key: str) -> tuple[str, ...]:
        """The items that carried the key when all were listed, or were made since."""
        if self._known is None:
            listed: Known = {}
            for carried, item_id in self.carriers(None):
                listed[carried] = (*listed.get(carried, ()), item_id)
            self._known = listed
        return self._known.get(key, ())

    def doubt(self) -> Known:
        """Before a create: one whose answer is lost may leave an item nobody here knows of."""
        known, self._known = self._known, None
        return known or {}

    def settle(self, known: Known, made: Mapping[str, str]) -> None:
        """After creates: what was known before them, and the ids of what they made by key."""
        known.update((key, (item_id,)) for key, item_id in made.items())
        self._known = known

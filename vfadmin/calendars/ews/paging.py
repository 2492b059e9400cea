"""Whether a list that comes in pages gets on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

PATIENCE = 100
"""Pages in a row without anything new. A calendar folder full of other kinds of items has such pages."""


class Progress:
    """Tells a server that moves on from one that would keep us in its pages for ever."""

    def __init__(self, start: Hashable) -> None:
        self._places = {hash(start)}
        self._seen: set[int] = set()
        self._barren = 0

    def made(self, place: Hashable, entries: Iterable[Hashable]) -> bool:
        """Whether a page led to a place where we have not been, and brought something new of late."""
        new = {hash(entry) for entry in entries} - self._seen
        been = hash(place) in self._places
        self._seen |= new
        self._places.add(hash(place))
        self._barren = 0 if new else self._barren + 1
        return not been and self._barren < PATIENCE

"""Which columns the results show and in what order, as an admin arranged them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vfadmin.ui.persons.columns import COLUMNS, At

ALWAYS = frozenset({At.NAME, At.LOGIN, At.EDIT, At.SWITCH})
"""Whose row it is, and what is done in it, is always shown."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The columns from left to right, and those that are hidden."""

    order: tuple[At, ...] = tuple(column.at for column in COLUMNS)
    hidden: frozenset[At] = frozenset()

    def with_order(self, order: Iterable[At]) -> Arrangement:
        """The same columns in this order."""
        return Arrangement(tuple(order), self.hidden)

    def toggled(self, at: At) -> Arrangement:
        """The column shown if it was hidden, and the other way round; some cannot be hidden."""
        return Arrangement(self.order, (self.hidden ^ {at}) - ALWAYS)


def dump(arrangement: Arrangement) -> str:
    """The arrangement as text: names from left to right, a hidden one with a hyphen."""
    return " ".join(f"{'-' if at in arrangement.hidden else ''}{at.name.lower()}" for at in arrangement.order)


def parse(text: str) -> Arrangement:
    """The arrangement in a text. Unknown names are passed over; columns that are not named come last."""
    named = {at.name.lower(): at for at in At}
    words = dict.fromkeys(word for word in text.split() if word.lstrip("-") in named)
    order = dict.fromkeys(named[word.lstrip("-")] for word in words)
    order |= dict.fromkeys(Arrangement().order)
    hidden = {named[word[1:]] for word in words if word.startswith("-") and word[1:] in named}
    return Arrangement(tuple(order), frozenset(hidden) - ALWAYS)

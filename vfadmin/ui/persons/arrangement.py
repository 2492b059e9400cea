"""Which columns the results show, in what order and how wide, as an admin arranged them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vfadmin.ui.persons.columns import COLUMNS, At
from vfadmin.ui.persons.delegate import BUTTONS

ALWAYS = frozenset({At.NAME, At.LOGIN, At.EDIT, At.SWITCH})
"""Whose row it is, and what is done in it, is always shown."""

_LEAST, _MOST = 1, 1000
"""Characters of a width that somebody can have meant."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The columns from left to right, those that are hidden, and the widths set by hand, in characters."""

    order: tuple[At, ...] = tuple(column.at for column in COLUMNS)
    hidden: frozenset[At] = frozenset()
    widths: tuple[tuple[At, float], ...] = ()

    def with_order(self, order: Iterable[At]) -> Arrangement:
        """The same columns in this order."""
        return replace(self, order=tuple(order))

    def toggled(self, at: At) -> Arrangement:
        """The column shown if it was hidden, and the other way round; some cannot be hidden."""
        return replace(self, hidden=(self.hidden ^ {at}) - ALWAYS)


def dump(arrangement: Arrangement) -> str:
    """The arrangement as text: names from left to right, a hidden one with a hyphen; then the widths."""
    order = (f"{'-' if at in arrangement.hidden else ''}{_name(at)}" for at in arrangement.order)
    return " ".join([*order, *(f"{_name(at)}={width:.2f}" for at, width in arrangement.widths)])


def parse(text: str) -> Arrangement:
    """The arrangement in a text. What is unknown or senseless is passed over; columns not named come last."""
    named = {_name(at): at for at in At}
    words = dict.fromkeys(word for word in text.split() if word.lstrip("-") in named)
    order = dict.fromkeys(named[word.lstrip("-")] for word in words)
    order |= dict.fromkeys(Arrangement().order)
    hidden = {named[word[1:]] for word in words if word.startswith("-") and word[1:] in named}
    sized = (word.partition("=") for word in text.split())
    widths = {named[name]: _number(width) for name, _, width in sized if name in named}
    sound = {at: width for at, width in widths.items() if _LEAST <= width <= _MOST and at not in BUTTONS}
    return Arrangement(tuple(order), frozenset(hidden) - ALWAYS, tuple(sorted(sound.items())))


def _name(at: At) -> str:
    return at.name.lower()


def _number(text: str) -> float:
    """The number in a text, 0 for none."""
    return round(float(text), 2) if re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", text) else 0
